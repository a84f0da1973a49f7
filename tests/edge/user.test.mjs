// GET /api/user: who is signed in, from the token, the database and Clerk.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { house, startWorker, tokenFor } from './harness.mjs';

const { sim, worker } = await house();
const { call } = worker;
const MINUTE = 60_000;
const NO_PLAN = { isPremium: false, premiumUntil: null, premiumLeftSeconds: null, premiumMoreAt: null };
const WELCOME = { credits: '3.00', held: '0.00', available: '3.00', payable: '3.00', owed: '0.00', ...NO_PLAN };

let people = 0;
let token, userId;

// A new person for each test, so that each begins without a row.
beforeEach(async () => {
  sim.reset();
  userId = `user_person${++people}`;
  token = tokenFor(sim, userId, { name: 'Pat Person', email: 'pat@example.test' });
});

const row = async (id) => (await worker.rows('select * from users where id = ?', id))[0];
const clerkCalls = () => sim.log('clerk').filter(({ op }) => op === 'user');
const userFault = (how) => sim.fault({ service: 'clerk', op: 'user', ...how });

test('the row is made and filled from Clerk', async () => {
  const answer = await call('/api/user', { token });
  assert.equal(answer.status, 200);
  // The simulator has no https, and a picture by plain http is left out.
  assert.deepEqual(answer.body, { id: userId, email: 'pat@example.test', name: 'Pat Person', imageUrl: null, role: 'user', ...WELCOME });
  const { email, name } = await row(userId);
  assert.deepEqual([email, name], ['pat@example.test', 'Pat Person']);
});

test('a picture is kept when it comes by https', async () => {
  const picture = 'https://img.clerk.com/abc';
  const person = { id: userId, image_url: picture, updated_at: 1, email_addresses: [], primary_email_address_id: null };
  userFault({ body: person });
  assert.equal((await call('/api/user', { token })).body.imageUrl, picture);
});

test('a filled row is asked for again after an hour', async () => {
  const long = tokenFor(sim, userId, { ttlSeconds: 24 * 3600 });
  const asks = async (minutes) => {
    await worker.clock(minutes * MINUTE);
    for (let i = 0; i < 3; i++) assert.equal((await call('/api/user', { token: long })).status, 200);
    return clerkCalls().length;
  };
  assert.deepEqual([await asks(0), await asks(59), await asks(61), await asks(62)], [1, 1, 2, 2]);
  await worker.clock(0);
});

test('a name changed at Clerk is told within the hour', async () => {
  const long = tokenFor(sim, userId, { ttlSeconds: 24 * 3600 });
  assert.equal((await call('/api/user', { token: long })).body.name, 'Pat Person');
  sim.clerk.addUser({ id: userId, name: 'Pat Renamed' });
  await worker.clock(61 * MINUTE);
  assert.equal((await call('/api/user', { token: long })).body.name, 'Pat Renamed');
  await worker.clock(0);
});

test('an administrator is told so', async () => {
  assert.equal((await call('/api/user', { token: tokenFor(sim, 'user_admin') })).body.role, 'admin');
});

test('each person sees themself', async () => {
  const answers = await Promise.all(['user_alice', 'user_bob'].map((id) => call('/api/user', { token: tokenFor(sim, id) })));
  const told = answers.map(({ body }) => [body.id, body.name]);
  assert.deepEqual(told, [['user_alice', 'Alice Example'], ['user_bob', 'Bob Example']]);
});

test('a person without name and address has none', async () => {
  const bare = tokenFor(sim, `${userId}_bare`, { name: null, email: null });
  const { status, body } = await call('/api/user', { token: bare });
  assert.deepEqual([status, body.name, body.email], [200, null, null]);
});

test('a slow Clerk delays by two seconds at most, and fills the row later', async () => {
  userFault({ latencyMs: 20_000 });
  const started = performance.now();
  const first = await call('/api/user', { token });
  assert.ok(performance.now() - started < 4000);
  assert.deepEqual([first.status, first.body], [200, { id: userId, email: null, name: null, imageUrl: null, role: 'user', ...WELCOME }]);
  assert.equal((await row(userId)).email, null);
  const fresh = tokenFor(sim, userId, { ttlSeconds: 3600 });
  await worker.clock(2 * MINUTE);
  assert.equal((await call('/api/user', { token: fresh })).body.name, 'Pat Person');
  assert.equal((await row(userId)).email, 'pat@example.test');
  await worker.clock(0);
});

test('whatever is wrong at Clerk, the person is served', async () => {
  const faults = [
    { status: 404 }, { status: 401 }, { status: 500 }, { status: 429 }, { body: '<html>' }, { body: {} },
    { body: 'x'.repeat(3_000_000) }, { drop: true }, { halfClose: true }, { hang: true }, { trickle: 50 },
    { body: { id: 'user_other', first_name: 'Other' } },
  ];
  for (const [i, fault] of faults.entries()) {
    const id = `${userId}_${i}`;
    const own = tokenFor(sim, id);
    userFault(fault);
    const { status, body } = await call('/api/user', { token: own });
    const what = JSON.stringify(fault).slice(0, 60);
    assert.deepEqual([status, body.id, body.name], [200, id, null], what);
  }
});

test('a hundred first requests at once make one row and ask Clerk once', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => call('/api/user', { token })));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  // Only the one who asks has the name at once; the others may be told of an empty row.
  assert.ok(answers.some(({ body }) => body.name === 'Pat Person'));
  assert.ok(answers.every(({ body }) => [null, 'Pat Person'].includes(body.name)));
  assert.equal((await row(userId)).name, 'Pat Person');
  assert.equal(clerkCalls().length, 1);
});

test('an answer of Clerk\'s beyond all measure is not read', async () => {
  userFault({ body: { ...sim.clerk.userJson(sim.clerk.users.get(userId)), padding: 'x'.repeat(200_000) } });
  const { status, body } = await call('/api/user', { token });
  assert.deepEqual([status, body.name], [200, null]);
});

test('the bookmark goes out, and the next request reads at least so far', async () => {
  const first = await call('/api/user', { token });
  const bookmark = first.headers.get('x-d1-bookmark');
  assert.match(bookmark, /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{32}$/);
  const headers = { 'x-test-db': 'count', 'x-d1-bookmark': bookmark };
  const second = await call('/api/user', { token, headers });
  assert.deepEqual(JSON.parse(second.headers.get('x-test-db-seen')).sessions, [bookmark]);
});

test('a request that used no database has no bookmark', async () => {
  assert.equal((await call('/api/health')).headers.get('x-d1-bookmark'), null);
});

test('a bookmark that is none does no harm', async () => {
  const sound = `00000001-00000002-00004e2f-${'0a'.repeat(16)}`;
  const bookmarks = [
    '', 'x', 'x'.repeat(257), 'first-primary', '0'.repeat(4000), '"; drop table users', '00000000-00000000-00000000-zz',
    sound.toUpperCase(), `${sound}0`, sound.slice(1), sound.replaceAll('-', ''), sound.replace('a', 'g'),
  ];
  for (const bookmark of bookmarks) {
    const headers = { 'x-d1-bookmark': bookmark, 'x-test-db': 'count' };
    const answer = await call('/api/user', { token, headers });
    const { sessions } = JSON.parse(answer.headers.get('x-test-db-seen'));
    assert.deepEqual([answer.status, sessions], [200, ['first-unconstrained']], bookmark.slice(0, 70));
  }
});

test('a redirect of Clerk\'s is not followed with the secret', async () => {
  userFault({ location: `${sim.url}/stolen` });
  assert.equal((await call('/api/user', { token })).status, 200);
  assert.deepEqual(sim.log().filter(({ path }) => path === '/stolen'), []);
});

test('Clerk is asked with the secret, by name, for this person only', async () => {
  await call('/api/user', { token });
  const [{ method, path, headers, body }] = clerkCalls();
  assert.deepEqual([method, path, headers.authorization, body], ['GET', `/v1/users/${userId}`, 'Bearer sk_test_simulated', '']);
  assert.match(headers['user-agent'], /vocahire/i);
  const known = sim.log('clerk').find(({ op }) => op === 'jwks');
  assert.ok(!known?.headers.authorization, 'the key set is public and needs no secret');
});

test('a refused token leaves no row', async () => {
  const bad = tokenFor(sim, `${userId}_bad`, { claims: { azp: 'https://evil.example' } });
  assert.equal((await call('/api/user', { token: bad })).status, 401);
  assert.equal(await row(`${userId}_bad`), undefined);
});

test('without the secret key it is told that something is missing', async () => {
  const other = await startWorker(sim, { CLERK_SECRET_KEY: null });
  const { status, code } = await other.call('/api/user', { token });
  assert.deepEqual([status, code], [503, 'not_configured']);
});
