// The database hangs, fails before and fails after: typed, in time, and the next request is well again.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { house, tokenFor } from './harness.mjs';

const { sim, worker } = await house({ DB_TIMEOUT_MS: '300' });

async function spoiled(how, userId) {
  const started = performance.now();
  const answer = await worker.call('/api/user', { token: tokenFor(sim, userId), headers: { 'x-test-db': how } });
  return { ...answer, took: performance.now() - started, seen: JSON.parse(answer.headers.get('x-test-db-seen')) };
}

const stored = (userId) => worker.rows('select id from users where id = ?', userId);

async function wellAgain(userId) {
  const { status, body } = await worker.call('/api/user', { token: tokenFor(sim, userId) });
  assert.deepEqual([status, body.id], [200, userId]);
  assert.equal((await stored(userId)).length, 1);
}

test('a database that hangs', async () => {
  const { status, code, body, took, seen } = await spoiled('hang', 'user_hang');
  assert.deepEqual([status, code], [503, 'database_timeout']);
  assert.ok(body.retryAfterMs > 0);
  assert.ok(took >= 300 && took < 3000, `${took} ms`);
  assert.ok(seen.batches >= 1);
  await wellAgain('user_hang');
});

test('a database that fails before it is done', async () => {
  const { status, code, seen } = await spoiled('fail-before', 'user_before');
  assert.deepEqual([status, code], [503, 'database_error']);
  assert.ok(seen.batches >= 1);
  assert.deepEqual(await stored('user_before'), []);
  await wellAgain('user_before');
});

test('a database that fails after it is done', async () => {
  const { status, code, seen } = await spoiled('fail-after', 'user_after');
  assert.deepEqual([status, code], [503, 'database_error']);
  assert.ok(seen.batches >= 1);
  await wellAgain('user_after');
});

test('a new person whose row was written, but nobody told us', async () => {
  const { status, code, seen } = await spoiled('fail-after:2', 'user_written');
  assert.deepEqual([status, code, seen.batches], [503, 'database_error', 2]);
  assert.equal((await stored('user_written')).length, 1);
  await wellAgain('user_written');
});

test('a new person whose name was stored, but nobody told us', async () => {
  const { status, code, seen } = await spoiled('fail-after:3', 'user_named');
  assert.deepEqual([status, code, seen.batches], [503, 'database_error', 3]);
  await wellAgain('user_named');
  const [{ email }] = await worker.rows('select email from users where id = ?', 'user_named');
  assert.equal(email, 'named@example.test');
});

test('a new person whose row is never written', async () => {
  const { status, code, took, seen } = await spoiled('hang:2', 'user_unwritten');
  assert.deepEqual([status, code, seen.batches], [503, 'database_timeout', 2]);
  assert.ok(took < 3000, `${took} ms`);
  assert.deepEqual(await stored('user_unwritten'), []);
  await wellAgain('user_unwritten');
});

// What JavaScript throws passes through the Worker's WebAssembly as an error: it must not take the isolate with it.
test('a database that throws at once', async () => {
  const { status, code } = await spoiled('throw', 'user_thrown');
  assert.deepEqual([status, code], [503, 'database_error']);
  assert.match(worker.output().join('\n'), /thrown at once/);
  await wellAgain('user_thrown');
});

test('what went wrong stands in the log and not in the answer', async () => {
  const { body, headers } = await spoiled('fail-before', 'user_told');
  assert.deepEqual(Object.keys(body).sort(), ['code', 'error', 'requestId', 'retryAfterMs']);
  assert.doesNotMatch(body.error, /D1|failed before|select|insert/i);
  const [line] = worker.lines(headers.get('x-request-id'));
  assert.equal(line.code, 'database_error');
  assert.match(JSON.stringify(worker.output()), /failed before it was done/);
});

test('ten at once on a hanging database all end in time', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => spoiled('hang', `user_many${i}`)));
  for (const { code, took } of answers) {
    assert.equal(code, 'database_timeout');
    assert.ok(took < 5000, `${took} ms`);
  }
  await wellAgain('user_many0');
});

test('a caller who leaves while the database hangs holds nobody up', async () => {
  const headers = { authorization: `Bearer ${tokenFor(sim, 'user_leaving')}`, 'x-test-db': 'hang' };
  await assert.rejects(worker.raw('/api/user', { headers, signal: AbortSignal.timeout(100) }), { name: 'TimeoutError' });
  await wellAgain('user_leaving');
});

test('a known person costs one round trip to the database', async () => {
  await wellAgain('user_known');
  const { status, seen } = await spoiled('count', 'user_known');
  assert.equal(status, 200);
  assert.deepEqual([seen.batches, seen.sessions.length], [1, 1]);
});

test('a route without rows does not touch the database', async () => {
  for (const path of ['/api/health', '/api/config', '/api/version']) {
    const { status, headers } = await worker.call(path, { headers: { 'x-test-db': 'hang' } });
    assert.equal(status, 200, path);
    assert.deepEqual(JSON.parse(headers.get('x-test-db-seen')), { batches: 0, statements: 0, sessions: [] }, path);
  }
});
