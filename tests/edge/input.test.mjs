// Bad input: refused with a code, in time, and nothing is written.

import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { house, tokenFor } from './harness.mjs';
import { randomRequests } from './random-requests.mjs';

const LIMIT = 64 * 1024;
const { sim, worker } = await house();
const { call } = worker;
const report = (body, type = 'application/json', more = {}) =>
  call('/api/csp-report', { method: 'POST', body, headers: { 'content-type': type, ...more } });

test('a body of the limit is taken, one byte more is not', async () => {
  const sized = (bytes) => JSON.stringify({ 'csp-report': { pad: '' } }).replace('""', `"${'x'.repeat(bytes - 25)}"`);
  assert.equal(sized(LIMIT).length, LIMIT);
  assert.equal((await report(sized(LIMIT))).status, 204);
  const answer = await report(sized(LIMIT + 1));
  assert.deepEqual([answer.status, answer.code], [413, 'too_large']);
});

/** A request by hand, whose body comes as `feed` writes it and never ends. */
function handWritten(headers, feed) {
  return new Promise((resolve, reject) => {
    const url = new URL('/api/csp-report', worker.url);
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
    request.on('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode });
      request.destroy();
    });
    request.on('error', reject);
    feed((chunk) => request.write(chunk));
  });
}

// The sender never ends, so an answer proves that the body was judged while it came. Not much more than the limit is sent:
// past some 64 KiB of unread body the runtime cuts the connection, as HTTP allows, and the answer may be lost with it.
test('a body without a length is refused while it comes', async () => {
  const answer = await handWritten({}, (write) => write(Buffer.alloc(LIMIT + 32 * 1024, 32)));
  assert.equal(answer.status, 413);
});

test('an announced oversize is refused before it is sent', async () => {
  const answer = await handWritten({ 'content-length': String(1024 ** 3) }, (write) => write(Buffer.alloc(10, 32)));
  assert.equal(answer.status, 413);
});

test('a body that dawdles is left after ten seconds', async () => {
  const begun = Date.now();
  const answer = await handWritten({}, (write) => write(Buffer.alloc(10, 32)));
  assert.equal(answer.status, 400);
  const took = Date.now() - begun;
  assert.ok(took >= 9000 && took < 15_000, `${took} ms`);
});

test('a body that breaks off does no harm', async () => {
  const { hostname, port } = worker.url;
  for (const head of ['content-length: 500', 'transfer-encoding: chunked']) {
    const socket = connect(Number(port), hostname);
    const body = head.startsWith('transfer') ? '1f4\r\n{"csp-report"' : '{"csp-report"';
    socket.on('error', () => {});
    const written = `POST /api/csp-report HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${head}\r\n\r\n${body}`;
    await new Promise((done) => socket.write(written, done));
    socket.destroy();
    assert.equal((await call('/api/health')).status, 200);
  }
});

test('a type that is not meant is refused', async () => {
  const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx', 'application', '*/*'];
  for (const type of types) {
    const answer = await report('{}', type);
    assert.deepEqual([answer.status, answer.code], [415, 'unsupported_media_type'], type);
  }
  const none = await call('/api/csp-report', { method: 'POST', body: new Uint8Array([123, 125]) });
  assert.deepEqual([none.status, none.code], [415, 'unsupported_media_type']);
});

test('a type may carry a parameter and capitals', async () => {
  const body = JSON.stringify({ 'csp-report': {} });
  for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/csp-report;x=1']) {
    assert.equal((await report(body, type)).status, 204, type);
  }
});

test('what is not JSON is refused', async () => {
  const bodies = ['', '{', '{"a":}', 'undefined', '{} {}', "{'a':1}", '\ufeff', '{"a":"\u0001"}', '['.repeat(10_000), 'NaN'];
  for (const body of [...bodies, new Uint8Array([0x22, 0xc3, 0x28, 0x22]), new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])]) {
    const answer = await report(body);
    assert.deepEqual([answer.status, answer.code], [400, 'bad_json'], String(body).slice(0, 20));
  }
});

test('a compressed body is refused', async () => {
  const answer = await report(gzipSync('{"csp-report":{}}'), 'application/json', { 'content-encoding': 'gzip' });
  assert.deepEqual([answer.status, answer.code], [415, 'unsupported_media_type']);
});

test('a body where none is expected is not read', async () => {
  for (const path of ['/api/user', '/api/health']) {
    const answer = await call(path, { method: 'POST', body: 'x'.repeat(10_000), headers: { 'content-type': 'application/json' } });
    assert.deepEqual([answer.status, answer.code], [405, 'method_not_allowed'], path);
  }
});

test('long and odd addresses are only unknown', async () => {
  const paths = [
    `/api/${'x'.repeat(7000)}`, '/api/%00', '/api/%ff', '/api/%', '/api/%zz', '/api/..%2fuser', '/api/user%2f', '/api/user;a=1',
    '/api/user%20', '/api/\u00fcser', '/api/user%23',
  ];
  for (const path of paths) {
    const answer = await call(path);
    assert.deepEqual([answer.status, answer.code], [404, 'not_found'], path.slice(0, 40));
  }
  assert.equal((await call(`/api/health?${'a=b&'.repeat(1500)}`)).status, 200);
});

test('odd headers are survived', async () => {
  const odd = [
    { authorization: `Bearer ${'a.'.repeat(3000)}` }, { authorization: 'Bearer \u00e9.\u00e9.\u00e9' }, { origin: 'x'.repeat(7000) },
    { 'x-request-id': 'x'.repeat(7000) }, { 'if-none-match': '*' }, { range: 'bytes=0-1' }, { 'x-d1-bookmark': '\u00e9' },
  ];
  for (const headers of odd) {
    const answer = await call('/api/user', { headers });
    assert.equal(answer.status, 401, JSON.stringify(headers).slice(0, 60));
  }
});

test('random requests', async () => {
  const count = Number(process.env.RANDOM_REQUESTS ?? 1000);
  const seed = Number(process.env.RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 32));
  console.log(`${count} random requests, RANDOM_SEED=${seed}`);
  const requests = randomRequests(seed, count);
  const sender = async () => {
    for (const { path, ...options } of requests) {
      const what = `RANDOM_SEED=${seed} ${JSON.stringify({ path, ...options }).slice(0, 300)}`;
      const answer = await call(path, { ...options, signal: AbortSignal.timeout(5000) })
        .catch((error) => assert.fail(`${what}: ${error.message}`));
      assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));
  assert.equal((await call('/api/health')).status, 200);
});

test('a valid token where nothing is to be done with it', async () => {
  const token = tokenFor(sim, 'user_alice');
  const requests = [
    ['GET', '/api/health', 200], ['GET', '/api/config', 200], ['GET', '/api/diagnostic/env', 200],
    ['GET', '/help', 200], ['GET', '/api/sentry-example-api', 403], ['POST', '/api/user', 405],
    ['DELETE', '/api/user', 405], ['PUT', '/api/user', 405], ['PATCH', '/api/user', 405],
    ['OPTIONS', '/api/user', 204], ['GET', '/api/user/', 404],
    ['GET', '/api/users', 404], ['POST', '/api/csp-report', 415], ['GET', '/api/debug-realtime', 410],
    ['GET', '/user', 404],
  ];
  for (const [method, path, status] of requests) {
    const { status: told } = await call(path, { method, token, headers: { 'x-test-db': 'count' } });
    assert.equal(told, status, `${method} ${path}`);
  }
});

test('after all this nothing was written', async () => {
  assert.deepEqual(await worker.rows('select count(*) as n from users'), [{ n: 0 }]);
});
