// What an operator is told, what nobody is told, and what the log says.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { house, startWorker, tokenFor, until } from './harness.mjs';

const CANARY = 'canary-7f3a';
const { sim, worker } = await house({
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_old',
  DATABASE_URL: `postgres://user:${CANARY}@db.example/app`,
  REDIS_TOKEN: CANARY,
  ALLOWED_ORIGINS: `not an origin ${CANARY}`,
});
const heard = [];
const call = async (...args) => {
  const answer = await worker.call(...args);
  heard.push(`${JSON.stringify([...answer.headers])} ${answer.text}`);
  return answer;
};
const admin = () => tokenFor(sim, 'user_admin');
const idOf = ({ headers }) => headers.get('x-request-id');

test('GET /api/diagnostic/env tells strangers only whether all is well', async () => {
  for (const token of [undefined, tokenFor(sim, 'user_alice')]) {
    const { status, body } = await call('/api/diagnostic/env', { token });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['ok']);
    assert.equal(typeof body.ok, 'boolean');
  }
});

test('GET /api/diagnostic/env tells a bad token no more', async () => {
  for (const token of ['nonsense', tokenFor(sim, 'user_admin', { ttlSeconds: -60 }), `${admin()}x`]) {
    assert.equal((await call('/api/diagnostic/env', { token })).status, 401);
  }
});

test('GET /api/diagnostic/env tells an admin each setting by name', async () => {
  const { body } = await call('/api/diagnostic/env', { token: admin() });
  assert.equal(body.environment, 'development');
  const states = Object.fromEntries(body.settings.map(({ name, state }) => [name, state]));
  assert.equal(states.CLERK_SECRET_KEY, 'set');
  assert.equal(states.CLERK_JWT_KEY, 'default');
  assert.equal(states.DB_TIMEOUT_MS, 'default');
  assert.equal(states.ALLOWED_ORIGINS, 'invalid');
  assert.equal(body.ok, false);
});

test('GET /api/diagnostic/env names the old spellings', async () => {
  const { body } = await call('/api/diagnostic/env', { token: admin() });
  const notice = (name) => body.notices.find((words) => words.includes(name));
  assert.match(notice('NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'), /\bCLERK_PUBLISHABLE_KEY\b/);
  for (const name of ['DATABASE_URL', 'REDIS_TOKEN']) assert.ok(notice(name), name);
});

test('GET /api/diagnostic/env tells what is missing', async () => {
  const other = await startWorker(sim, { CLERK_SECRET_KEY: null });
  const { body } = await other.call('/api/diagnostic/env', { token: admin() });
  assert.equal(body.settings.find(({ name }) => name === 'CLERK_SECRET_KEY').state, 'missing');
  assert.equal(body.ok, false);
  const well = await startWorker(sim);
  assert.equal((await well.call('/api/diagnostic/env')).body.ok, true);
});

const FIELDS = [
  'level', 'id', 'method', 'route', 'status', 'code', 'ms', 'phases', 'user', 'org', 'actor', 'why', 'notes',
];

async function lineOf(answer) {
  const lines = await until(() => worker.lines(idOf(answer)).length > 0 && worker.lines(idOf(answer)), 'a log line');
  return lines.at(-1);
}

test('each request leaves one line', async () => {
  const requests = [['/api/health', {}], ['/api/nothing', {}], ['/api/user', {}], ['/api/user', { token: admin() }], ['/', {}]];
  for (const [path, options] of requests) {
    const answer = await call(path, options);
    const line = await lineOf(answer);
    assert.equal(worker.lines(idOf(answer)).length, 1, path);
    assert.deepEqual(Object.keys(line).filter((field) => !FIELDS.includes(field)), [], path);
    assert.deepEqual([line.method, line.status, line.code ?? null], ['GET', answer.status, answer.code ?? null], path);
    assert.equal(typeof line.ms, 'number');
    for (const [name, ms] of line.phases) assert.ok(typeof name === 'string' && typeof ms === 'number', path);
  }
});

const phasesOf = ({ phases }) => phases.map(([name]) => name);

test('the line tells which steps a request took', async () => {
  for (const keys of ['KEYS_LEARNED', 'CACHE_HIT']) {
    const fresh = keys === 'KEYS_LEARNED' ? await startWorker(sim) : worker;
    const answer = await fresh.call('/api/user', { token: admin() });
    const phases = phasesOf((await until(() => fresh.lines(idOf(answer)), 'a log line'))[0]);
    for (const name of ['AUTH', 'DATABASE_QUERY_START', 'DATABASE_QUERY_SUCCESS', keys]) {
      assert.ok(phases.includes(name), `${name} is not among ${phases}`);
    }
  }
});

test('when Clerk fails to tell of a person, the line says so', async () => {
  const faults = [
    [{ status: 500 }, /500/], [{ hang: true }, /too long/], [{ body: '<html>' }, /unreadable/], [{ drop: true }, /./],
  ];
  for (const [i, [fault, why]] of faults.entries()) {
    const token = tokenFor(sim, `user_unknown${i}`);
    sim.fault({ service: 'clerk', op: 'user', ...fault });
    const answer = await call('/api/user', { token });
    const { status, level, notes } = await lineOf(answer);
    assert.deepEqual([answer.status, status, level, notes?.length], [200, 200, 'info', 1], JSON.stringify(fault));
    for (const pattern of [/clerk/, why]) assert.match(notes[0], pattern);
  }
  assert.equal((await lineOf(await call('/api/user', { token: admin() }))).notes, undefined);
});

test('the line names the route, the person, the organization and who acts for them', async () => {
  const actor = { iss: 'https://dashboard.clerk.com', sid: 'sess_9', sub: 'user_admin' };
  const token = tokenFor(sim, 'user_alice', { orgId: 'org_acme', orgRole: 'admin', claims: { act: actor } });
  const line = await lineOf(await call('/api/user', { token }));
  assert.deepEqual([line.route, line.user, line.org, line.actor], ['/api/user', 'user_alice', 'org_acme', 'user_admin']);
});

test('nothing a caller sends makes a line of its own', async () => {
  const before = worker.output().length;
  const path = '/api/%0a%7b%22level%22:%22forged%22%7d';
  const answer = await call(path, { headers: { 'x-request-id': '{"forged":1}', 'user-agent': '"}\t{"level":"forged"' } });
  await lineOf(answer);
  assert.equal(worker.output().length, before + 1);
  assert.notEqual((await lineOf(answer)).level, 'forged');
});

test('a panic ends its request, leaves its id in the log, and the next request is served', async () => {
  const id = 'panic-0001';
  const started = performance.now();
  const request = { headers: { authorization: `Bearer ${admin()}`, 'x-request-id': id }, signal: AbortSignal.timeout(30_000) };
  const status = await worker.raw('/api/sentry-example-api?kind=panic', request).then((response) => response.status, (error) => error.name);
  assert.notEqual(status, 'TimeoutError');
  assert.ok(!(status >= 200 && status < 300), `status ${status}`);
  assert.ok(performance.now() - started < 30_000);
  const printed = worker.output();
  const named = printed.findIndex((line) => line.includes(id));
  const panicked = printed.findIndex((line) => /panicked at/.test(line));
  assert.ok(named >= 0 && panicked > named, `id at ${named}, panic at ${panicked}`);
  assert.equal((await call('/api/health')).status, 200);
  assert.equal((await call('/api/user', { token: admin() })).status, 200);
});

test('in production nobody can ask for a panic', async () => {
  const production = await startWorker(sim, { APP_ENV: 'production' });
  const panic = '/api/sentry-example-api?kind=panic';
  const answer = await production.call(panic, { token: admin() });
  assert.deepEqual([answer.status, answer.code], [403, 'forbidden']);
  const plain = await production.call('/api/sentry-example-api', { token: admin() });
  assert.deepEqual([plain.status, plain.code], [500, 'internal_error']);
});

test('timings are told to admins and outside production only', async () => {
  const production = await startWorker(sim, { APP_ENV: 'production' });
  const timing = async (where, path, token) => (await where.call(path, { token })).headers.get('server-timing');
  const alice = tokenFor(sim, 'user_alice');
  assert.equal(await timing(production, '/api/user', alice), null);
  assert.equal(await timing(production, '/api/health'), null);
  assert.match(await timing(production, '/api/user', admin()), /AUTH;dur=\d+.*DATABASE_QUERY_SUCCESS;dur=\d+/);
  assert.match(await timing(worker, '/api/user', alice), /AUTH;dur=\d+/);
  assert.match(await timing(worker, '/api/health'), /total;dur=\d+/);
});

test('no secret was ever told or printed', async () => {
  const token = tokenFor(sim, 'user_alice');
  await call(`/api/user?token=${CANARY}`, { token, headers: { cookie: CANARY } });
  const everything = [...heard, ...worker.output()].join('\n');
  const signature = token.split('.')[2];
  for (const secret of [CANARY, 'sk_test_simulated', signature, 'pk_test_old']) {
    assert.ok(!everything.includes(secret), `${secret} was told`);
  }
});

after(() => assert.ok(heard.length > 10));
