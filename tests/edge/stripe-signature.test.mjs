// POST /api/webhooks/stripe: nothing without a signature of Stripe's own over exactly these bytes, lately. The fixtures are
// made by the official library.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import Stripe from 'stripe';

import { openShop, shopOf, signed } from './billing.mjs';
import { startWorker, tokenFor } from './harness.mjs';

const [OLD, NEW, STRANGE] = ['Old', 'New', 'Strange'].map((name) => `whsec_${name}SecretOfTheseTests0123456789`);
const LIMIT = 256 * 1024;
const shop = await openShop({ STRIPE_WEBHOOK_SECRET: `${NEW}, ${OLD}` });
const { sim, worker, post } = shop;

beforeEach(() => shop.anew());

let count = 0;
const now = () => Math.floor(Date.now() / 1000);
const told = ({ status, code, body }) => [status, code ?? body.done];
const rows = () => worker.rows("select id, type, object_id, outcome from webhook_events where provider = 'stripe' order by id");
const failures = () => worker.rows('select * from webhook_failures');
const eventOf = (more = {}) => ({
  id: `evt_fixture${++count}x`, object: 'event', api_version: '2026-10-28.endive', created: now(), livemode: false, pending_webhooks: 1,
  request: { id: null, idempotency_key: null }, type: 'product.updated', data: { object: { id: 'prod_1', object: 'product' } }, ...more,
});
const bodyOf = (more) => JSON.stringify(eventOf(more), null, 2);
const v1Of = (body, secret, at = now()) => /v1=([0-9a-f]+)/.exec(signed(body, secret, at))[1];

test('what the official library signs and reads back is taken', async () => {
  const body = bodyOf();
  const header = signed(body, NEW);
  assert.equal(Stripe.webhooks.constructEvent(body, header, NEW).type, 'product.updated');
  assert.deepEqual(told(await post(body, header)), [200, 'ignored']);
  const { id } = JSON.parse(body);
  assert.deepEqual((await rows()).filter((row) => row.id === id), [{ id, type: 'product.updated', object_id: null, outcome: 'ignored' }]);
});

test('while a secret is rolled both count, in either order, in mid-stream', async () => {
  const [at, stream] = [now(), []];
  for (const secrets of [[OLD], [NEW, OLD], [OLD, NEW], [STRANGE, NEW], [OLD, STRANGE], [NEW]]) {
    const body = bodyOf();
    stream.push([body, [`t=${at}`, ...secrets.map((secret) => `v1=${v1Of(body, secret, at)}`)].join()]);
  }
  for (const [body, header] of stream) assert.deepEqual(told(await post(body, header)), [200, 'ignored'], header);
  const after = await startWorker(sim, { STRIPE_WEBHOOK_SECRET: NEW });
  const [body] = stream[0];
  assert.deepEqual(told(await shopOf(sim, after).post(body, signed(body, OLD))), [400, 'bad_signature'], 'the old one is done with');
});

test('the simulator rolls its secret, and both it and the old one sign', async () => {
  const its = shopOf(sim, await startWorker(sim));
  const old = sim.stripe.secret();
  sim.setWebhookUrl(its.worker.url);
  sim.rotate({ service: 'stripe', keepOld: true });
  const tell = async () => (await sim.stripeDeliver({ event: eventOf() })).statuses;
  assert.deepEqual(await tell(), [200]);
  assert.notEqual(sim.stripe.secret(), old);
  sim.rotate({ service: 'stripe' });
  assert.deepEqual(await tell(), [400]);
});

test('forged, changed, stale and early leave no trace', async () => {
  const before = await rows();
  const body = bodyOf();
  const at = now();
  const good = v1Of(body, NEW, at);
  const cases = {
    'another secret': signed(body, STRANGE, at), 'no secret': signed(body, '', at),
    'the secret without its prefix': signed(body, NEW.slice(6), at),
    'the secret decoded': signed(body, Buffer.from(NEW.slice(6), 'base64'), at), 'another time': `t=${at + 1},v1=${good}`,
    'two timestamps': `t=${at},t=${at},v1=${good}`, 'two other timestamps': `t=${at - 9999},t=${at},v1=${good}`,
    'v0 only': `t=${at},v0=${good}`, 'v2 only': `t=${at},v2=${good}`, 'no scheme': `t=${at},${good}`, 'no time': `v1=${good}`,
    'an empty time': `t=,v1=${good}`, 'a time of no number': `t=x${at},v1=${good}`, 'a time with a sign': `t=+${at},v1=${good}`,
    'a time with a dot': `t=${at}.0,v1=${good}`, 'a time in hexadecimal': `t=0x${at.toString(16)},v1=${good}`,
    'a huge time': `t=${at}${'0'.repeat(30)},v1=${good}`, 'a time below zero': `t=-${at},v1=${good}`,
    'an empty signature': `t=${at},v1=`, 'a short one': `t=${at},v1=${good.slice(0, 62)}`, 'a long one': `t=${at},v1=${good}00`,
    'one of odd length': `t=${at},v1=${good.slice(0, 63)}`, 'no hexadecimal': `t=${at},v1=${'g'.repeat(64)}`,
    'another digit': `t=${at},v1=${good.slice(0, 63)}${good.endsWith('0') ? '1' : '0'}`,
    'base64': `t=${at},v1=${Buffer.from(good, 'hex').toString('base64')}`,
    'semicolons': `t=${at};v1=${good}`, 'an upper scheme': `T=${at},V1=${good}`, 'empty': '', 'commas': ',,,,', 'signs': '=,=,=',
    'too much': `t=${at},${`v1=${'0'.repeat(64)},`.repeat(100)}v1=${good}`, 'stale': signed(body, NEW, at - 306),
    'of yesterday': signed(body, NEW, at - 86_400),
    'early': signed(body, NEW, at + 306), 'of 1970': signed(body, NEW, 1),
  };
  for (const [what, header] of Object.entries(cases)) assert.deepEqual(told(await post(body, header)), [400, 'bad_signature'], what);
  assert.deepEqual(told(await post(body, null)), [400, 'bad_signature'], 'no header');
  assert.deepEqual([await rows(), await failures()], [before, []]);
});

test('every byte counts', async () => {
  const body = bodyOf();
  const header = signed(body, NEW);
  const changed = [
    `${body} `, ` ${body}`, `${body}\n`, body.slice(0, -1), body.replace('false', 'true'), body.replaceAll('\n', '\r\n'),
    JSON.stringify(JSON.parse(body)),
    `\ufeff${body}`, '', body.replace('evt_', 'evt_x'), `${body}\0`,
  ];
  for (const other of changed) assert.deepEqual(told(await post(other, header)), [400, 'bad_signature'], other.slice(0, 30));
  const random = Math.floor(Math.random() * body.length);
  for (let n = 0; n < 24; n++) {
    const bytes = Buffer.from(body);
    bytes[(random + n * 17) % bytes.length] ^= 1 << (n % 8);
    assert.deepEqual(told(await post(bytes, header)), [400, 'bad_signature'], `byte ${(random + n * 17) % bytes.length}`);
  }
  assert.deepEqual(told(await post(body, header)), [200, 'ignored']);
});

test('inside of five minutes it counts, with several signatures, spaces and the old scheme beside', async () => {
  for (const [at, dress] of [
    [now() - 295, (t, v1) => `t=${t},v1=${v1}`], [now() + 295, (t, v1) => `t=${t},v1=${v1}`], [now(), (t, v1) => `t=${t}, v1=${v1}`],
    [now(), (t, v1) => `v1=${v1},t=${t}`], [now(), (t, v1) => `t=${t},v1=${'0'.repeat(64)},v1=${v1},v0=${'1'.repeat(64)}`],
    [now(), (t, v1) => `t=${t},v1=nonsense,v1=,v9=1,${'x=y,'.repeat(5)}v1=${v1}`],
    [now(), (t, v1) => `t=${t},${`v1=${'0'.repeat(64)},`.repeat(40)}v1=${v1}`],
    [now(), (t, v1) => `t=${t},v1=${v1.toUpperCase()}`],
  ]) {
    const body = bodyOf();
    const header = dress(at, v1Of(body, NEW, at));
    assert.deepEqual(told(await post(body, header)), [200, 'ignored'], header.slice(0, 60));
  }
});

test('nobody\'s token is a signature', async () => {
  const body = bodyOf();
  const headers = { authorization: `Bearer ${tokenFor(sim, 'user_admin')}` };
  assert.deepEqual(told(await post(body, null, { headers })), [400, 'bad_signature']);
  assert.deepEqual(told(await post(body, signed(body, NEW), { headers: { authorization: 'Bearer nonsense' } })), [200, 'ignored']);
});

test('what is signed but of no form is not acknowledged', async () => {
  const before = await rows();
  const send = (body) => post(body, signed(body, NEW));
  const noJson = [
    '', ' ', '{', '{"id":', 'null x', "{'id':1}", '{"id":"evt_1",}', '\u0000', 'evt_1', '{"id":NaN}', '{"a":1}{"b":2}', '[1,',
  ];
  for (const body of noJson) assert.deepEqual(told(await send(body)), [400, 'bad_json'], JSON.stringify(body));
  const noEvent = [
    'null', '1', '"evt_1"', '[]', '{}', '{"object":"event"}', bodyOf({ id: 7 }), bodyOf({ id: '' }), bodyOf({ id: 'evt/../1' }),
    bodyOf({ id: 'x'.repeat(300) }),
    bodyOf({ type: 1 }), bodyOf({ type: null }), bodyOf({ type: 'a b' }), bodyOf({ type: 't'.repeat(101) }), bodyOf({ livemode: 'no' }),
    bodyOf({ livemode: undefined }),
    bodyOf({ id: { toString: 1 } }), JSON.stringify([eventOf()]),
    '{"id":"evt_a","id":"evt_b","object":"event","type":"x.y","livemode":false,"data":{"object":{}}}',
    '{"id":"evt_a","object":"event","type":"x.y","livemode":true,"livemode":false,"data":{"object":{}}}',
  ];
  for (const body of noEvent) assert.deepEqual(told(await send(body)), [400, 'bad_request'], body.slice(0, 80));
  const deep = `{"id":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
  assert.equal((await send(deep)).status, 400);
  assert.deepEqual([await rows(), await failures()], [before, []]);
});

test('events of any form that are about nothing of ours are let pass', async () => {
  const before = (await failures()).length;
  const bodies = [
    bodyOf({ type: 'account.updated', account: 'acct_1' }), bodyOf({ type: 'something.new.in.2027' }), bodyOf({ type: 'nodot' }),
    bodyOf({ type: '.' }),
    bodyOf({ data: undefined }), bodyOf({ data: null }), bodyOf({ data: [] }), bodyOf({ data: { object: null } }),
    bodyOf({ data: { object: 'cs_1' } }),
    bodyOf({ type: 'checkout.session.completed', data: { object: { id: 7 } } }),
    bodyOf({ type: 'checkout.session.completed', data: { object: { id: '../../v1/customers' } } }),
    bodyOf({ type: 'customer.subscription.updated', data: { object: { id: 'sub_1', customer: { id: 'cus_1' } } } }),
    bodyOf({ type: 'invoice.paid', data: { object: { id: 'in_1', customer: 'cus_1' } } }),
    bodyOf({ type: 'charge.succeeded', data: { object: { id: 'ch_1' } } }),
    bodyOf({ type: 'refund.created', data: { object: { id: 're_1', charge: null } } }), bodyOf({ object: 'event2' }),
    bodyOf({ type: 'charge.updated', data: { object: { id: 'ch_1' } } }),
    bodyOf({ metadata: { 'žluťoučký': '😀\u2028', __proto__: 'x' }, big: 1e308, more: 'x'.repeat(50_000) }),
  ];
  for (const body of bodies) assert.deepEqual(told(await post(body, signed(body, NEW))), [200, 'ignored'], body.slice(0, 120));
  assert.equal((await failures()).length, before);
  assert.equal(shop.asked().length, 0, 'Stripe is not asked about them');
});

test('thin events, and those of the other mode, have no effect; real money that cannot be taken is not acknowledged', async () => {
  const session = { id: 'cs_test_1', object: 'checkout.session', payment_status: 'paid' };
  const thin = {
    ...eventOf(), object: 'v2.core.event', type: 'v2.core.event_destination.ping', related_object: { id: 'ed_1' }, data: undefined,
  };
  const others = [
    [thin, 200, 'ignored'], [{ ...thin, type: 'checkout.session.completed', data: { object: session } }, 200, 'ignored'],
    [eventOf({ livemode: true, type: 'checkout.session.completed', data: { object: session } }), 503, 'not_configured'],
    [eventOf({ livemode: true, type: 'customer.subscription.deleted', data: { object: { id: 'sub_1', customer: 'cus_1' } } }),
      503, 'not_configured'],
  ];
  for (const [event, ...wanted] of others) {
    const body = JSON.stringify({ ...event, id: `evt_other${++count}x` });
    assert.deepEqual(told(await post(body, signed(body, NEW))), wanted, body.slice(0, 80));
  }
  assert.equal(shop.asked().length, 0);
  const live = shopOf(sim, await startWorker(sim, { STRIPE_SECRET_KEY: 'sk_live_51Simulated', STRIPE_WEBHOOK_SECRET: NEW }));
  const body = bodyOf({ type: 'checkout.session.completed', data: { object: session } });
  assert.deepEqual(told(await live.post(body, signed(body, NEW))), [200, 'ignored'], 'a test in a live house');
  const real = bodyOf({ livemode: true, type: 'checkout.session.completed', data: { object: session } });
  assert.deepEqual(told(await live.post(real, signed(real, NEW))), [502, 'provider_refused'], 'it is asked for with the live key');
});

test('a body of the limit is taken, one byte more is not, and only JSON', async () => {
  const sized = (bytes) => {
    const empty = bodyOf({ filler: '' });
    return empty.replace('"filler": ""', `"filler": "${'x'.repeat(bytes - empty.length)}"`);
  };
  const most = sized(LIMIT);
  assert.equal(most.length, LIMIT);
  assert.deepEqual(told(await post(most, signed(most, NEW))), [200, 'ignored']);
  const more = sized(LIMIT + 1);
  assert.deepEqual(told(await post(more, signed(more, NEW))), [413, 'too_large']);
  const body = bodyOf();
  const text = await post(body, signed(body, NEW), { headers: { 'content-type': 'text/plain' } });
  assert.deepEqual(told(text), [415, 'unsupported_media_type']);
  const typed = await post(body, signed(body, NEW), { headers: { 'content-type': 'application/json; charset=utf-8' } });
  assert.deepEqual(told(typed), [200, 'ignored']);
});

test('without its secret the address is closed', async () => {
  const body = bodyOf();
  const bare = shopOf(sim, await startWorker(sim, { STRIPE_WEBHOOK_SECRET: null }));
  assert.deepEqual(told(await bare.post(body, signed(body, NEW))), [503, 'not_configured']);
  assert.deepEqual(told(await bare.post(body, signed(body, ''))), [503, 'not_configured']);
  const wrong = shopOf(sim, await startWorker(sim, { STRIPE_WEBHOOK_SECRET: 'whsec_short' }));
  assert.deepEqual(told(await wrong.post(body, signed(body, 'whsec_short'))), [503, 'not_configured']);
});
