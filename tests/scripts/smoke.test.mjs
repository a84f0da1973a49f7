import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { runScript } from './helpers.mjs';

const json = (body, status = 200) => [status, { 'content-type': 'application/json' }, JSON.stringify(body)];
const page = (status) => [status, { 'content-security-policy': "default-src 'self'; script-src 'self'" }, '<!doctype html>'];

const answers = {
  '/api/health': json({ status: 'ok' }),
  '/api/version': json({ version: '0.1.0', deployment: null, environment: 'production' }),
  '/api/config': json({ environment: 'production', clerk: {} }),
  '/api/diagnostic/env': json({ ok: true }),
  '/api/openapi.json': json({ openapi: '3.1.0' }),
  '/api/user': json({ code: 'no_token' }, 401),
  '/api/test-basic-realtime': json({ code: 'gone' }, 410),
  '/api/test-realtime-api': json({ code: 'gone' }, 410),
  '/api/debug-realtime': json({ code: 'gone' }, 410),
  '/api/none': json({ code: 'not_found' }, 404),
  '/': page(200),
  '/none': page(404),
};

async function smokeOf(t, changed) {
  const server = createServer((request, response) => {
    const [status, headers, body] = { ...answers, ...changed }[request.url];
    response.writeHead(status, { 'x-request-id': 'req_0123456789abcdef', ...headers }).end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  return runScript('scripts/smoke.mjs', { args: [`http://127.0.0.1:${server.address().port}`] });
}

test('a healthy Worker passes', async (t) => {
  const { code, stdout } = await smokeOf(t, {});
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, /^red/m);
});

for (const [what, changed] of [
  ['a wrong status', { '/api/user': json({ code: 'no_token' }, 500) }],
  ['a wrong body', { '/api/health': json({ status: 'no' }) }],
  ['inline scripts in the policy', { '/': [200, { 'content-security-policy': "script-src 'unsafe-inline'" }, ''] }],
  ['missing settings', { '/api/diagnostic/env': json({ ok: false }) }],
]) {
  test(`${what} is found`, async (t) => {
    const { code, stdout } = await smokeOf(t, changed);
    assert.equal(code, 1);
    assert.equal(stdout.match(/^red/gm).length, 1);
  });
}

test('an address where nobody is, and no address', async () => {
  const nobody = await runScript('scripts/smoke.mjs', { args: ['http://127.0.0.1:1'] });
  assert.equal(nobody.code, 1);
  const none = await runScript('scripts/smoke.mjs');
  assert.match(none.stderr, /^Which address\?/);
});
