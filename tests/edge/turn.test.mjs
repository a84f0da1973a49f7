// Relays on the real runtime: the two lists, what each vendor's trouble comes to, the operator's look, and what was measured.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { simulator, startWorker, tokenFor, until } from './harness.mjs';

const sim = await simulator();
const TEST = '/api/diagnostic/webrtc-test';
const LISTS = { '/api/ice-servers': ['cloudflare', 'xirsys'], '/api/xirsys-ice-servers': ['xirsys', 'fallback'] };
const MEASURED = { verdict: 'good', udp: 'reached', tls: 'missed', relay443: 'missed', path: 'relay', roundTripMs: 3, calls: true };
let people = 0;

const worker = await startWorker(sim);
const somebody = () => tokenFor(sim, `user_relay${(people += 1)}`);
const list = async (path, token = somebody(), where = worker) => (await where.call(path, { token })).body;
const waysOf = ({ iceServers }) => iceServers.flatMap(({ urls }) => urls).map((url) => url.replace(/:\d+\?/, ':port?'));
const asked = () => [...sim.log('cloudflare'), ...sim.log('xirsys')].length;
const fault = (service, trouble) => sim.fault({ service, op: service === 'xirsys' ? 'servers' : 'generate', ...trouble });

test('a browser is told of relays, once for a while, and without port 53', async () => {
  for (const [path, [source]] of Object.entries(LISTS)) {
    const token = somebody();
    const told = await list(path, token);
    assert.equal(told.source, source);
    assert.deepEqual(waysOf(told), ['turn:127.0.0.1:port?transport=udp', 'turn:127.0.0.1:port?transport=tcp']);
    assert.ok(told.iceServers[0].username && told.iceServers[0].credential);
    const left = Date.parse(told.expiresAt) - Date.now();
    assert.ok(left > 7_100_000 && left <= 7_200_000, `${left}`);
    const before = asked();
    assert.deepEqual(await list(path, token), told);
    assert.equal(asked(), before);
  }
});

test('no vendor learns for whom', async () => {
  await list('/api/ice-servers', tokenFor(sim, 'user_canary', { email: 'canary@example.test' }));
  for (const { headers, body, path } of [...sim.log('cloudflare'), ...sim.log('xirsys')]) {
    assert.doesNotMatch(JSON.stringify([headers, body, path]), /canary|user_|forwarded|cf-connecting/i);
  }
});

const TROUBLES = [
  { status: 500 }, { status: 401 }, { status: 302, location: 'http://localhost:1/' }, { drop: true }, { hang: true }, { halfClose: true },
  { body: '<html>' }, { body: { s: 'error', v: 'unauthorized' } }, { bytes: 100_000 }, { trickle: 200 },
  { body: { s: 'ok', iceServers: [{ urls: ['http://evil.example'], username: 'u', credential: 'c' }], v: { iceServers: [{}] } } },
];

test('whatever one vendor does, the other serves; when both do it, the list is shorter', async () => {
  // Each in an isolate of its own: one that failed is left alone for a while.
  for (const trouble of TROUBLES) {
    const words = JSON.stringify(trouble);
    const other = await startWorker(sim);
    fault('cloudflare', trouble);
    const before = performance.now();
    assert.equal((await list('/api/ice-servers', undefined, other)).source, 'xirsys', words);
    assert.ok(performance.now() - before < 4500, words);
    fault('xirsys', trouble);
    const token = somebody();
    const answer = await other.call('/api/ice-servers', { token });
    assert.deepEqual([answer.status, answer.body], [200, { iceServers: [], source: 'stun', expiresAt: null }], words);
    const id = answer.headers.get('x-request-id');
    const [line] = await until(() => other.lines(id).length > 0 && other.lines(id), 'a log line');
    assert.ok(line.notes.some((note) => note.includes('xirsys')), words);
  }
});

test('where no vendor is set, there is our own list', async () => {
  const names = Object.keys(sim.workerVars()).filter((name) => /^(TURN|XIRSYS)_/.test(name));
  const unset = Object.fromEntries(names.map((name) => [name, null]));
  const plain = await startWorker(sim, { ...unset, STUN_URLS: 'stun:stun.example:3478' });
  for (const [path, source] of [['/api/ice-servers', 'stun'], ['/api/xirsys-ice-servers', 'fallback']]) {
    assert.deepEqual(await list(path, undefined, plain), { iceServers: [{ urls: ['stun:stun.example:3478'] }], source, expiresAt: null });
  }
});

test('GET /api/diagnostic/webrtc-test asks nobody for strangers, and a vendor once a minute for an operator', async () => {
  const fresh = await startWorker(sim);
  const before = asked();
  assert.deepEqual((await fresh.call(TEST)).body, { ok: true });
  const known = (await fresh.call(TEST, { token: somebody() })).body;
  assert.ok(Math.abs(Date.parse(known.now) - Date.now()) < 5000);
  assert.equal(asked(), before);
  const admin = tokenFor(sim, 'user_admin');
  fault('xirsys', { status: 503 });
  const told = (await fresh.call(TEST, { token: admin })).body;
  assert.deepEqual(told.vendors.map(({ vendor, answers, why }) => [vendor, answers, why]), [
    ['cloudflare', true, null], ['xirsys', false, 'xirsys: 503'],
  ]);
  assert.deepEqual(told.vendors[0].ways.map(({ way }) => way), ['udp', 'tcp']);
  const after = asked();
  assert.equal(after, before + 2);
  assert.deepEqual((await fresh.call(TEST, { token: admin })).body.vendors, told.vendors);
  assert.deepEqual((await fresh.call(TEST)).body, { ok: false });
  assert.equal(asked(), after);
});

const keep = (token, body) => worker.call(TEST, {
  method: 'POST', token, body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
});
const open = (code) => worker.call(`/api/admin/connection-checks?code=${code}`, { token: tokenFor(sim, 'user_admin') });

test('POST /api/diagnostic/webrtc-test keeps what was measured, an operator opens it, a deletion takes it along', async () => {
  const token = somebody();
  await worker.call('/api/user', { token });
  const { status, body } = await keep(token, MEASURED);
  assert.equal(status, 201);
  const told = await open(body.code.toLowerCase());
  assert.deepEqual(told.body.measured, MEASURED);
  assert.doesNotMatch(told.text, /user_/);
  assert.equal((await worker.call(`/api/admin/connection-checks?code=${body.code}`, { token })).status, 403);
  assert.equal((await keep(token, { ...MEASURED, address: '192.0.2.1' })).code, 'bad_request');
  assert.equal((await worker.call('/api/me', { method: 'DELETE', token })).status, 200);
  await until(async () => (await open(body.code)).status === 404, 'the check goes with its person');
});

test('the cron takes what is older than thirty days', async () => {
  const { body } = await keep(somebody(), MEASURED);
  await worker.rows('update connection_checks set at = at - ? where code = ?', 30 * 86_400_000 + 1, body.code);
  assert.equal((await open(body.code)).status, 404);
  await worker.cron();
  await until(async () => (await worker.rows('select * from connection_checks where code = ?', body.code)).length === 0, 'it is swept');
});
