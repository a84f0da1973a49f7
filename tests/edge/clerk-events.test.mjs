// POST /api/webhooks/clerk: events signed by the official Svix client, late, twice, in any order, forged, and with a
// database that fails. `CLERK_EVENTS` is how many are shuffled.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Webhook } from 'svix';

import { house, startWorker, tokenFor, until } from './harness.mjs';

const EVENTS = Number(process.env.CLERK_EVENTS ?? 1000);
const LIMIT = 256 * 1024;
const [OLD, NEW, STRANGE] = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`);
const { sim, worker } = await house({ CLERK_WEBHOOK_SECRET: `${NEW}, ${OLD}`, DB_TIMEOUT_MS: '300' });

let people = 0;
let id;
beforeEach(() => { id = `user_event${++people}`; });

const now = () => Math.floor(Date.now() / 1000);
const event = (type, data) => JSON.stringify({ object: 'event', type, data, timestamp: 1, instance_id: 'ins_1' });
const person = (userId, name, updatedAt) => ({
  id: userId, first_name: name, last_name: null, image_url: null, updated_at: updatedAt, primary_email_address_id: 'e',
  email_addresses: [{ id: 'e', email_address: `${userId}@example.test`, verification: { status: 'verified' } }],
});
const created = (name = 'Pat') => event('user.created', person(id, name, 10));
const rowOf = async (userId) => (await worker.rows('select * from users where id = ?', userId))[0];
const sign = (secret, message, at, body) => new Webhook(secret).sign(message, new Date(at * 1000), body);

/** Sends `body` signed by the Svix client; `changes` are made to the headers afterwards. */
function deliver(body, { secret = NEW, message = `msg_${id}`, at = now(), family = 'svix', to = worker, changes = {} } = {}) {
  const signed = { id: message, timestamp: String(at), signature: sign(secret, message, at, body) };
  const named = Object.fromEntries(Object.entries({ ...signed, ...changes }).map(([name, value]) => [`${family}-${name}`, value]));
  return to.call('/api/webhooks/clerk', { method: 'POST', body, headers: { 'content-type': 'application/json', ...named } });
}

const told = ({ status, code, body }) => [status, code ?? body.done];

test('a person told under either family of headers is stored', async () => {
  assert.deepEqual(told(await deliver(created('One'))), [200, 'stored']);
  assert.equal((await rowOf(id)).name, 'One');
  const update = event('user.updated', person(id, 'Two', 11));
  assert.deepEqual(told(await deliver(update, { family: 'webhook', message: `msg_${id}_2` })), [200, 'stored']);
  assert.equal((await rowOf(id)).name, 'Two');
  const log = await worker.rows('select type, object_id, outcome from webhook_events where object_id = ? order by type', id);
  assert.deepEqual(log.map((row) => Object.values(row)), [['user.created', id, 'stored'], ['user.updated', id, 'stored']]);
});

test('during a rotation both secrets count, and one good signature of several', async () => {
  assert.equal((await deliver(created(), { secret: OLD })).status, 200);
  const [message, at, body] = [`msg_${id}`, now(), created()];
  const both = `v1a,AAAA ${sign(STRANGE, message, at, body)} ${sign(OLD, message, at, body)}`;
  assert.equal((await deliver(body, { at, changes: { signature: both } })).status, 200);
});

test('what is forged, changed, stale or early leaves no row', async () => {
  const body = created();
  const [at, message] = [now(), `msg_${id}`];
  const good = sign(NEW, message, at, body);
  const changed = body.replace('Pat', 'Pam');
  const cases = {
    'another secret': deliver(body, { secret: STRANGE }),
    'a changed byte': deliver(changed, { at, changes: { signature: good } }),
    'a byte more': deliver(`${body} `, { at, changes: { signature: good } }),
    'another id': deliver(body, { at, message: 'msg_other', changes: { signature: good } }),
    'another time': deliver(body, { at: at + 1, changes: { signature: good } }),
    'another version': deliver(body, { at, changes: { signature: good.replace('v1,', 'v2,') } }),
    'no signature': deliver(body, { changes: { signature: '' } }),
    'a huge signature': deliver(body, { at, changes: { signature: `${'v1,AAAA '.repeat(1000)}${good}` } }),
    'a huge id': deliver(body, { message: 'm'.repeat(5000) }),
    'too old': deliver(body, { at: at - 310 }),
    'too early': deliver(body, { at: at + 310 }),
    'a number that is none': deliver(body, { at, changes: { timestamp: `${at}.0` } }),
    'no headers': worker.call('/api/webhooks/clerk', { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
  };
  for (const [what, answer] of Object.entries(cases)) assert.deepEqual(told(await answer), [400, 'bad_signature'], what);
  assert.equal(await rowOf(id), undefined);
  assert.deepEqual(await worker.rows('select id from webhook_events where id like ?', `%${id}%`), []);
  for (const at of [now() - 295, now() + 295]) assert.equal((await deliver(body, { at })).status, 200);
});

test('a person\'s token is no signature', async () => {
  const headers = { 'content-type': 'application/json' };
  const answer = await worker.call('/api/webhooks/clerk', { method: 'POST', body: created(), headers, token: tokenFor(sim, 'user_admin') });
  assert.deepEqual(told(answer), [400, 'bad_signature']);
});

test('a body of the limit is taken, one byte more is not', async () => {
  const sized = (bytes) => event('session.created', '').replace('""', `"${'x'.repeat(bytes - event('session.created', '').length)}"`);
  assert.equal(sized(LIMIT).length, LIMIT);
  assert.deepEqual(told(await deliver(sized(LIMIT))), [200, 'ignored']);
  assert.deepEqual(told(await deliver(sized(LIMIT + 1))), [413, 'too_large']);
  const text = await worker.call('/api/webhooks/clerk', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });
  assert.deepEqual(told(text), [415, 'unsupported_media_type']);
});

test('what is signed but unreadable is not acknowledged, what is unknown is', async () => {
  assert.deepEqual(told(await deliver('{"type":')), [400, 'bad_json']);
  assert.deepEqual(told(await deliver(event('user.created', { id }))), [400, 'bad_request']);
  assert.deepEqual(told(await deliver(event('user.deleted', { deleted: true }))), [400, 'bad_request']);
  assert.equal(await rowOf(id), undefined);
  const answer = await deliver(event('role.created', { id: 'role_1', private: 'Canary' }));
  assert.deepEqual(told(answer), [200, 'ignored']);
  const request = answer.headers.get('x-request-id');
  const [line] = await until(() => worker.lines(request).length > 0 && worker.lines(request), 'the log line');
  assert.deepEqual(line.notes, ['clerk told role.created']);
});

test('a body is read as the bytes it is', async () => {
  const body = created('Zoë 😀').replaceAll(',', ',\r\n ');
  assert.equal((await deliver(body)).status, 200);
  assert.equal((await rowOf(id)).name, 'Zoë 😀');
});

test('who is deleted is closed for good', async () => {
  const token = tokenFor(sim, id);
  assert.equal((await worker.call('/api/user', { token })).status, 200);
  assert.deepEqual(told(await deliver(event('user.deleted', { id, object: 'user', deleted: true }))), [200, 'deleted']);
  await deliver(event('user.updated', person(id, 'Late', 9e12)), { message: `msg_${id}_2` });
  const { name, email, claim_hmacs: claims, deleted_at: gone } = await rowOf(id);
  assert.deepEqual([name, email, claims, gone > 0], [null, null, null, true]);
  assert.deepEqual(told(await worker.call('/api/user', { token })), [401, 'account_closed']);
  assert.equal((await worker.rows('select * from welcome_claims where owner = ?', id)).length, 1);
});

test('a person deleted at Clerk is deleted here, by the simulator\'s own event', async () => {
  const own = await startWorker(sim);
  sim.setWebhookUrl(own.url);
  assert.equal((await own.call('/api/user', { token: tokenFor(sim, id) })).status, 200);
  const { statuses } = await sim.clerkEvents({ event: { type: 'user.updated', data: person(id, 'Told', 9e12) }, times: 2 });
  assert.deepEqual(statuses, [200, 200]);
  const headers = { authorization: `Bearer ${sim.workerVars().CLERK_SECRET_KEY}` };
  assert.equal((await fetch(`${sim.url}/v1/users/${id}`, { method: 'DELETE', headers })).status, 200);
  const gone = () => own.rows('select * from users where id = ? and deleted_at is not null and name is null', id);
  await until(async () => (await gone()).length === 1, 'the row to be a tombstone');
  assert.deepEqual((await sim.clerkEvents({ event: { type: 'user.deleted', data: { id } }, signWith: STRANGE })).statuses, [400]);
  sim.setWebhookUrl(null);
});

test('without its secret the address is closed', async () => {
  for (const name of ['CLERK_WEBHOOK_SECRET', 'CLAIM_SECRET']) {
    const other = await startWorker(sim, { [name]: null });
    assert.deepEqual(told(await deliver(created(), { to: other, secret: sim.workerVars().CLERK_WEBHOOK_SECRET })), [503, 'not_configured']);
  }
});

test('a database that fails is not acknowledged, and the next delivery heals', async () => {
  const spoiled = (body, how) => worker.raw('/api/webhooks/clerk', {
    method: 'POST', body, headers: { ...signedHeaders(body), 'content-type': 'application/json', 'x-test-db': how },
  });
  const signedHeaders = (body, at = now()) => ({
    'svix-id': `msg_${id}`, 'svix-timestamp': String(at), 'svix-signature': sign(NEW, `msg_${id}`, at, body),
  });
  const codes = { hang: 'database_timeout', 'fail-before': 'database_error', 'fail-after': 'database_error' };
  for (const [how, code] of Object.entries(codes)) {
    id = `user_${how}`;
    const answer = await spoiled(created(), how);
    assert.deepEqual([answer.status, (await answer.json()).code], [503, code], how);
    assert.equal((await rowOf(id)) !== undefined, how === 'fail-after', how);
    assert.deepEqual(told(await deliver(created())), [200, 'stored']);
    assert.equal((await rowOf(id)).name, 'Pat');
    for (const batch of [1, 2]) {
      const last = await spoiled(event('user.deleted', { id }), `${how}:${batch}`);
      assert.deepEqual([last.status, (await last.json()).code], [503, code], `${how}:${batch}`);
    }
    assert.deepEqual(told(await deliver(event('user.deleted', { id }))), [200, 'deleted']);
    assert.ok((await rowOf(id)).deleted_at, how);
  }
});

/** A generator of numbers that says the same each time. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The events of many lives, in their true order: people, organisations and memberships made, changed and ended. */
function lives(count) {
  const events = [];
  const add = (type, data) => events.push({ message: `msg_life${events.length}`, body: event(type, data) });
  for (let n = 0; events.length < count; n++) {
    const [user, org, membership] = [`user_life${n}`, `org_life${n >> 2}`, `orgmem_life${n}`];
    const member = (role, at) => ({ id: membership, role, updated_at: at, organization: { id: org }, public_user_data: { user_id: user } });
    const company = (name, at) => ({ id: org, name, slug: null, updated_at: at });
    add('user.created', person(user, 'First', 10));
    if (n % 4 === 0) add('organization.created', company('First', 11));
    add('organizationMembership.created', member('org:member', 12));
    for (let k = 0; k < n % 3; k++) add('user.updated', person(user, `Name ${k}`, 13 + k));
    if (n % 2 === 0) add('organizationMembership.updated', member('org:admin', 20));
    if (n % 4 === 3) add('organization.updated', company('Second', 21));
    if (n % 5 === 0) add('organizationMembership.deleted', member('org:admin', 22));
    if (n % 28 === 3) add('organization.deleted', { id: org, deleted: true });
  }
  // Who leaves is not told of again: what a goodbye claims depends on what was known when it came.
  for (let n = 0; n < count / 50; n++) add('user.deleted', { id: `user_left${n}`, deleted: true });
  return events;
}

async function tables(of) {
  const queries = [
    'select id, email, name, image_url, clerk_updated_at, claim_hmacs, deleted_at is null as here from users',
    'select id, name, slug, updated_at, deleted_at is null as here from organisations',
    'select id, organisation_id, user_id, role, updated_at, deleted_at is null as here from memberships',
    'select provider, id, type, object_id, outcome from webhook_events',
  ];
  return Promise.all(queries.map((sql) => of.rows(`${sql} order by id`)));
}

/** So many at once, as Svix does. */
async function inParallel(list, work) {
  const left = [...list];
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next);
  }));
}

test(`${EVENTS} events shuffled and doubled end as in order once, among forged ones`, async () => {
  const events = lives(EVENTS);
  const vars = { CLERK_WEBHOOK_SECRET: NEW };
  const [ordered, shuffled] = [await startWorker(sim, vars), await startWorker(sim, vars)];
  for (const { body, message } of events) assert.equal((await deliver(body, { message, to: ordered })).status, 200);
  const seed = Math.floor(Math.random() * 2 ** 32);
  const random = seeded(seed);
  const deliveries = [...events, ...events].map((one) => ({ ...one, at: random() })).sort((a, b) => a.at - b.at);
  await inParallel(deliveries, async ({ body, message, at }) => {
    const forged = at < 0.05 && await deliver(body.replace('life', 'evil'), { message: `${message}_evil`, secret: STRANGE, to: shuffled });
    if (forged) assert.equal(forged.status, 400);
    assert.equal((await deliver(body, { message, to: shuffled })).status, 200);
  });
  const [wanted, got] = [await tables(ordered), await tables(shuffled)];
  for (const [n, rows] of wanted.entries()) assert.deepEqual(got[n], rows, `seed ${seed}, table ${n}`);
  const sizes = wanted.map((rows) => rows.length);
  assert.ok(sizes.every((size) => size > EVENTS / 50) && sizes[3] === events.length, String(sizes));
});
