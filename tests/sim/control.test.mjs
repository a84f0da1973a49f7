// The control API: faults, log, refusals, and the program around it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

import { backend, post, simulator } from './harness.mjs';

const sim = await simulator();
const fault = (how) => post(sim, '/__sim/fault', { service: 'clerk', op: 'user', ...how });
const user = (signal) => fetch(`${sim.url}/v1/users/user_alice`, { headers: { authorization: 'Bearer sk_test_simulated' }, signal });

test('a fault holds for as many calls as told', async () => {
  await fault({ status: 503, body: { errors: [] }, times: 2 });
  assert.deepEqual([(await user()).status, (await user()).status, (await user()).status], [503, 503, 200]);
});

test('faults queue up, and reset clears them', async () => {
  await fault({ status: 500 });
  await fault({ status: 502, times: 9 });
  assert.deepEqual([(await user()).status, (await user()).status], [500, 502]);
  await post(sim, '/__sim/reset', {});
  assert.equal((await user()).status, 200);
});

test('a fault of one operation leaves the others alone', async () => {
  await fault({ status: 500 });
  assert.equal((await fetch(`${sim.url}/.well-known/jwks.json`)).status, 200);
});

test('a late answer is late', async () => {
  await fault({ latencyMs: 200 });
  const started = performance.now();
  assert.equal((await user()).status, 200);
  assert.ok(performance.now() - started >= 199);
});

test('a hung call never answers', async () => {
  await fault({ hang: true });
  await assert.rejects(user(AbortSignal.timeout(200)), { name: 'TimeoutError' });
});

test('a dropped call loses its connection', async () => {
  await fault({ drop: true });
  await assert.rejects(user(), TypeError);
});

test('a half-closed call breaks within the body', async () => {
  await fault({ halfClose: true });
  const response = await user();
  assert.equal(response.status, 200);
  await assert.rejects(response.text(), TypeError);
});

test('a trickling body comes byte by byte', async () => {
  await fault({ trickle: 2, body: 'x'.repeat(50) });
  const started = performance.now();
  assert.equal(await (await user()).text(), 'x'.repeat(50));
  assert.ok(performance.now() - started >= 80);
});

test('another body, and another place', async () => {
  await fault({ body: '<html>not a key set</html>' });
  const page = await user();
  assert.deepEqual([page.headers.get('content-type'), await page.text()], ['text/html', '<html>not a key set</html>']);
  await fault({ location: `${sim.url}/v1/users/user_bob` });
  assert.equal((await (await user()).json()).id, 'user_bob');
});

test('the log tells what was received', async () => {
  await backend(sim, '/v1/users/user_alice?a=1', { 'x-mark': 'here' });
  await fetch(`${sim.url}/somewhere`, { method: 'POST', body: 'words' });
  const all = await (await fetch(`${sim.url}/__sim/log`)).json();
  const [{ method, path, headers, body, at, op }, ...rest] = await (await fetch(`${sim.url}/__sim/log?service=clerk`)).json();
  assert.deepEqual([method, path, headers['x-mark'], body, op], ['GET', '/v1/users/user_alice?a=1', 'here', '', 'user']);
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < 10_000);
  assert.deepEqual([rest.length, all.length, all[1].body], [0, 2, 'words']);
});

test('the control API refuses what it does not know', async () => {
  for (const [path, body] of [
    ['sign-in', { userId: 'user_alice', colour: 'red' }],
    ['sign-in', {}],
    ['sign-in', { userId: 'alice' }],
    ['sign-in', { userId: 'user_alice', version: 3 }],
    ['sign-in', { userId: 'user_alice', ttlSeconds: '60' }],
    ['fault', { service: 'clerk', op: 'nothing' }],
    ['fault', { service: 'clerk', op: 'user', times: 0 }],
    ['fault', { service: 'clerk', op: 'user', slow: true }],
    ['rotate', { service: 'nobody' }],
    ['events/clerk', { event: { type: 'user.created' } }],
    ['events/clerk', {}],
    ['reset', { everything: true }],
    ['reset', []],
  ]) {
    const answer = await post(sim, `/__sim/${path}`, body);
    assert.equal(answer.status, 400, `${path} ${JSON.stringify(body)}`);
    assert.equal(typeof answer.body.error, 'string');
  }
  assert.equal((await post(sim, '/__sim/nothing', {})).status, 404);
});

test('the front page lists the calls', async () => {
  const response = await fetch(sim.url);
  assert.match(response.headers.get('content-type'), /^text\/html/);
  const text = await response.text();
  for (const call of ['POST /__sim/reset', 'GET /v1/users/:id', 'GET /.well-known/jwks.json']) assert.ok(text.includes(call), call);
});

test('both families of localhost answer', async () => {
  const answers = await Promise.allSettled(['127.0.0.1', '[::1]', 'localhost'].map((host) => fetch(`http://${host}:${sim.port}/`)));
  assert.equal(answers[0].value?.status, 200);
  assert.equal(answers[2].value?.status, 200);
  assert.ok(answers[1].status === 'rejected' || answers[1].value.status === 200);
});

const program = new URL('./server.mjs', import.meta.url).pathname;
const start = (port) => spawn(process.execPath, [program], { env: { ...process.env, SIM_PORT: String(port), PORT: '1' } });

test('the program ends on a signal', async () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    const child = start(0);
    const [line] = await once(child.stdout, 'data');
    assert.match(String(line), /^Simulator at http:\/\/localhost:\d+\n$/);
    child.kill(signal);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  }
});

test('in the program a model takes its time, so that a page can show it', async (t) => {
  const child = start(0);
  t.after(() => child.kill());
  const [line] = await once(child.stdout, 'data');
  const began = performance.now();
  const response = await fetch(`${String(line).trim().split(' ').at(-1)}/v1/responses`, {
    method: 'POST', body: JSON.stringify({ model: 'gpt-6-luna', input: 'Hello' }),
    headers: { authorization: 'Bearer sk-simulated', 'content-type': 'application/json' },
  });
  assert.equal(response.status, 200);
  assert.ok(performance.now() - began > 1000);
});

test('a taken port is one sentence', async () => {
  const child = start(sim.port);
  const words = [];
  child.stderr.on('data', (chunk) => words.push(chunk));
  assert.deepEqual(await once(child, 'close'), [1, null]);
  assert.equal(words.join(''), `Port ${sim.port} is taken: end the program that uses it, or choose another port with SIM_PORT.\n`);
});
