// What the Worker tells of itself: configuration, version, its own description.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { house, startWorker } from './harness.mjs';

const { sim, worker } = await house();
const root = new URL('../../', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');

test('GET /api/config', async () => {
  const { CLERK_PUBLISHABLE_KEY } = sim.workerVars();
  const answer = await worker.call('/api/config');
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, {
    environment: 'development',
    clerk: {
      publishableKey: CLERK_PUBLISHABLE_KEY, frontendApi: sim.url, signInUrl: '/sign-in', signUpUrl: '/sign-up',
      userUrl: null, afterSignInUrl: '/interview',
    },
    interview: { seconds: 1800, transcriptDays: 365, mode: 'supervised' },
    iceServers: [],
  });
});

test('GET /api/config tells what was set, and that sign-in is not', async () => {
  const set = await startWorker(sim, {
    APP_ENV: 'production', CLERK_SIGN_IN_URL: 'https://accounts.example.com/sign-in', CLERK_USER_URL: 'https://accounts.example.com/user',
    AFTER_SIGN_IN_URL: '/help',
  });
  const { environment, clerk } = (await set.call('/api/config')).body;
  assert.equal(environment, 'production');
  assert.deepEqual([clerk.signInUrl, clerk.userUrl, clerk.afterSignInUrl],
    ['https://accounts.example.com/sign-in', 'https://accounts.example.com/user', '/help']);

  const bare = await startWorker(sim, Object.fromEntries(Object.keys(sim.workerVars()).map((name) => [name, null])));
  const { clerk: none, iceServers } = (await bare.call('/api/config')).body;
  assert.equal(none, null);
  assert.deepEqual(iceServers, [{ urls: ['stun:stun.cloudflare.com:3478'] }]);
  const user = await bare.call('/api/user', { token: sim.signIn({ userId: 'user_alice' }).token });
  assert.deepEqual([user.status, user.code], [503, 'not_configured']);
  assert.equal((await bare.call('/api/health')).status, 200);
  assert.equal((await bare.call('/')).status, 200);
});

test('a setting that is wrong is told and not used', async () => {
  const { pem } = sim.clerk.key();
  // Without the address of ours the issuer is the one that the key names.
  const issuer = `https://${new URL(sim.url).host}`;
  const token = sim.signIn({ userId: 'user_admin', claims: { iss: issuer } }).token;
  const wrong = [
    {
      CLERK_SIGN_IN_URL: 'javascript:1', CLERK_SIGN_UP_URL: '//x', CLERK_FRONTEND_API_URL: 'http://evil.example',
      AFTER_SIGN_IN_URL: '/sign-in',
    },
    {
      CLERK_SIGN_IN_URL: '//x', CLERK_FRONTEND_API_URL: 'https://clerk.example;script-src',
      AFTER_SIGN_IN_URL: '/sign-up?a=1',
    },
  ];
  for (const vars of wrong) {
    const other = await startWorker(sim, { CLERK_JWT_KEY: pem, ...vars });
    const { status, body } = await other.call('/api/diagnostic/env', { token });
    assert.equal(status, 200);
    const states = Object.fromEntries(body.settings.map(({ name, state }) => [name, state]));
    for (const name of Object.keys(vars)) assert.equal(states[name], 'invalid', `${name}=${vars[name]}`);
    const { clerk } = (await other.call('/api/config')).body;
    const told = [clerk.frontendApi, clerk.signInUrl, clerk.signUpUrl, clerk.afterSignInUrl];
    assert.deepEqual(told, [issuer, '/sign-in', '/sign-up', '/interview']);
  }
});

test('a publishable key may come without the padding of its base64', async () => {
  const key = `pk_live_${Buffer.from('a.example$').toString('base64')}`;
  assert.match(key, /==$/);
  for (const publishableKey of [key, key.replace('==', '')]) {
    const other = await startWorker(sim, { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_FRONTEND_API_URL: null });
    const { clerk } = (await other.call('/api/config')).body;
    assert.deepEqual([clerk?.publishableKey, clerk?.frontendApi], [publishableKey, 'https://a.example']);
  }
});

test('GET /api/version', async () => {
  const answer = await worker.call('/api/version');
  assert.equal(answer.status, 200);
  const { version, deployment, environment } = answer.body;
  assert.equal(version, /^version = "(.*)"$/m.exec(text('Cargo.toml'))[1]);
  assert.equal(environment, 'development');
  if (deployment !== null) assert.deepEqual(Object.keys(deployment).sort(), ['id', 'tag', 'timestamp']);
});

test('GET /api/openapi.json is a 3.1 document', async () => {
  const { status, body } = await worker.call('/api/openapi.json');
  assert.equal(status, 200);
  assert.match(body.openapi, /^3\.1\.\d+$/);
  assert.equal(typeof body.info.title, 'string');
  assert.equal(typeof body.info.version, 'string');
  const ids = new Set();
  for (const [path, item] of Object.entries(body.paths)) {
    assert.match(path, /^\/api\//);
    for (const [method, operation] of Object.entries(item)) {
      assert.ok(['get', 'post', 'put', 'patch', 'delete'].includes(method), `${method} ${path}`);
      assert.ok(operation.summary || operation.description, `${method} ${path} has no words`);
      if (operation.operationId) assert.ok(!ids.has(operation.operationId) && ids.add(operation.operationId), operation.operationId);
      checkResponses(operation.responses, `${method} ${path}`);
    }
  }
});

function checkResponses(responses, where) {
  const statuses = Object.keys(responses);
  assert.ok(statuses.some((status) => /^[2-5]\d\d$/.test(status)), where);
  for (const [status, response] of Object.entries(responses)) {
    assert.match(status, /^([1-5]\d\d|default)$/, where);
    assert.ok(response.$ref || typeof response.description === 'string', `${where} ${status} has no description`);
  }
}

test('every reference in the document leads somewhere', async () => {
  const { body } = await worker.call('/api/openapi.json');
  const visit = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (typeof value.$ref === 'string') {
      const found = value.$ref.slice(2).split('/').reduce((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], body);
      assert.ok(found, value.$ref);
    }
    Object.values(value).forEach(visit);
  };
  visit(body);
});

test('a route behind a guard says so in the document', async () => {
  const { paths, components } = (await worker.call('/api/openapi.json')).body;
  assert.ok(Object.values(components.securitySchemes).some(({ type, scheme }) => type === 'http' && scheme === 'bearer'));
  for (const path of ['/api/user', '/api/sentry-example-api']) assert.equal(paths[path].get.security.length, 1, path);
  assert.ok(!paths['/api/health'].get.security?.length);
});

test('the README has a row for each route of the document', async () => {
  const readme = text('README.md');
  const { paths } = (await worker.call('/api/openapi.json')).body;
  for (const path of Object.keys(paths)) assert.ok(readme.includes(path.replace('{id}', ':id')), `${path} is not in the README`);
});

test('the configuration under test is the product\'s, but for its entry', () => {
  const settings = (toml) => toml
    .replace(/^\s*#.*$/gm, '')
    .replace(/^\[build\]\n(?:.+\n)*/m, '')
    .replace(/^(name|main) = .*$/gm, '')
    .replaceAll('"../../', '"')
    .split('\n').map((line) => line.trim()).filter(Boolean);
  assert.deepEqual(settings(text('tests/edge/wrangler.toml')), settings(text('wrangler.toml')));
});
