// Every route by name, and what HTTP means for all of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { house, tokenFor } from './harness.mjs';

const FRIEND = 'https://friend.example';
const { sim, worker } = await house({ ALLOWED_ORIGINS: FRIEND });
const { call } = worker;

const ROUTES = [
  { path: '/api/health', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'public' },
  { path: '/api/version', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'public' },
  { path: '/api/config', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'public' },
  { path: '/api/openapi.json', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'public' },
  { path: '/api/csp-report', allow: ['OPTIONS', 'POST'], guard: 'public' },
  { path: '/api/user', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/me', allow: ['DELETE', 'OPTIONS'], guard: 'user' },
  { path: '/api/credits/statement', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/realtime-session', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/realtime/sessions', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/webrtc-exchange', allow: ['OPTIONS', 'POST'], guard: 'room' },
  { path: '/api/sessions', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/sessions/:id', allow: ['DELETE', 'GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/sessions/:id/transcript', allow: ['GET', 'HEAD', 'OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/sessions/:id/heartbeat', allow: ['OPTIONS', 'POST'], guard: 'room' },
  { path: '/api/sessions/:id/patience', allow: ['OPTIONS', 'POST'], guard: 'room' },
  { path: '/api/sessions/:id/pause', allow: ['OPTIONS', 'POST'], guard: 'room' },
  { path: '/api/sessions/:id/live-ticket', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/sessions/:id/live', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'socket' },
  { path: '/api/sessions/:id/end', allow: ['OPTIONS', 'POST'], guard: 'room' },
  { path: '/api/sessions/:id/feedback', allow: ['GET', 'HEAD', 'OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/sessions/:id/objection', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/sessions/:id/receipt', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/receipts/verify', allow: ['OPTIONS', 'POST'], guard: 'public' },
  { path: '/api/progress', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/resume', allow: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/resume/analysis', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/files/:id', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'link' },
  { path: '/api/billing/products', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/billing/checkout', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/billing/checkouts/:id', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/billing/portal', allow: ['OPTIONS', 'POST'], guard: 'user' },
  { path: '/api/diagnostic/webhooks', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'brief' },
  { path: '/api/admin/reconcile', allow: ['OPTIONS', 'POST'], guard: 'admin' },
  { path: '/api/admin/replay', allow: ['OPTIONS', 'POST'], guard: 'admin' },
  { path: '/api/ice-servers', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/xirsys-ice-servers', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'user' },
  { path: '/api/diagnostic/webrtc-test', allow: ['GET', 'HEAD', 'OPTIONS', 'POST'], guard: 'brief' },
  { path: '/api/admin/connection-checks', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'admin' },
  { path: '/api/diagnostic/env', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'brief' },
  { path: '/api/diagnostic/ledger', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'brief' },
  { path: '/api/diagnostic/readiness', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'brief' },
  { path: '/api/admin/usage', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'admin' },
  { path: '/api/admin/users', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'admin' },
  { path: '/api/admin/statement', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'admin' },
  { path: '/api/admin/credits', allow: ['OPTIONS', 'POST'], guard: 'admin' },
  { path: '/api/sentry-example-api', allow: ['GET', 'HEAD', 'OPTIONS'], guard: 'admin' },
];
const GONE = ['/api/test-basic-realtime', '/api/test-realtime-api', '/api/debug-realtime'];
const SCREENS = [
  '/interview', '/sessions', '/sessions/ses_1', '/progress', '/resume', '/credits',
  '/settings', '/admin', '/diagnostics/webrtc', '/simple-webrtc-test', '/realtime-test.html', '/sign-in', '/sign-up',
];
const PAGES = ['/', '/help', '/terms', '/privacy', '/verify', ...SCREENS];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** An address of that form, of which nothing is known. */
const of = (path) => path.replace(':id', 'ses_unknown');
const methods = (text) => text.split(',').map((method) => method.trim()).sort();

test('each route answers its own methods and names them for the others', async () => {
  for (const { path, allow } of ROUTES) {
    for (const method of METHODS.filter((one) => !allow.includes(one))) {
      const answer = await call(of(path), { method });
      assert.deepEqual([answer.status, answer.code], [405, method === 'HEAD' ? undefined : 'method_not_allowed'], `${method} ${path}`);
      assert.deepEqual(methods(answer.headers.get('allow')), allow, `${method} ${path}`);
    }
  }
});

test('OPTIONS tells the methods', async () => {
  for (const { path, allow } of ROUTES) {
    const answer = await call(of(path), { method: 'OPTIONS' });
    assert.deepEqual([answer.status, answer.text], [204, ''], path);
    assert.deepEqual(methods(answer.headers.get('allow')), allow, path);
  }
});

test('HEAD answers as GET without the body', async () => {
  const token = tokenFor(sim, 'user_admin');
  for (const { path } of ROUTES.filter(({ allow }) => allow.includes('GET'))) {
    const got = await call(of(path), { token });
    const head = await call(of(path), { method: 'HEAD', token });
    assert.deepEqual([head.status, head.text], [got.status, ''], path);
    assert.equal(head.headers.get('content-type'), got.headers.get('content-type'), path);
  }
});

test('the guards', async () => {
  for (const { path, guard, allow } of ROUTES) {
    const method = ['GET', 'POST', 'DELETE'].find((one) => allow.includes(one));
    const nobody = await call(of(path), { method });
    if (['public', 'brief'].includes(guard)) assert.ok(nobody.status < 400 || method === 'POST', path);
    else if (guard === 'link') assert.deepEqual([nobody.status, nobody.code], [404, 'not_found'], path);
    else assert.deepEqual([nobody.status, nobody.code], [401, 'no_token'], path);
    if (guard !== 'admin') continue;
    const stranger = await call(of(path), { method, token: tokenFor(sim, 'user_alice') });
    assert.deepEqual([stranger.status, stranger.code], [403, 'forbidden'], path);
  }
});

test('a guarded answer may not be stored', async () => {
  const token = tokenFor(sim, 'user_admin');
  for (const path of ['/api/user', '/api/diagnostic/env', '/api/sentry-example-api']) {
    const answer = await call(path, { token });
    assert.equal(answer.headers.get('cache-control'), 'no-store', path);
  }
});

test('GET /api/health', async () => {
  const answer = await call('/api/health');
  assert.deepEqual([answer.status, answer.body], [200, { status: 'ok' }]);
});

test('GET /api/sentry-example-api fails on purpose', async () => {
  const answer = await call('/api/sentry-example-api', { token: tokenFor(sim, 'user_admin') });
  assert.deepEqual([answer.status, answer.code], [500, 'internal_error']);
});

test('POST /api/csp-report takes a report', async () => {
  const body = JSON.stringify({ 'csp-report': { 'document-uri': 'http://localhost:8787/', 'violated-directive': 'img-src' } });
  for (const type of ['application/csp-report', 'application/reports+json', 'application/json']) {
    const answer = await call('/api/csp-report', { method: 'POST', body, headers: { 'content-type': type } });
    assert.deepEqual([answer.status, answer.text], [204, ''], type);
  }
});

test('POST /api/csp-report leaves one line, in which nothing is the reporter\'s own text', async () => {
  const url = 'https://evil.example/path?secret=1';
  const old = { 'csp-report': { 'violated-directive': 'img-src', 'blocked-uri': url } };
  const many = Array.from({ length: 7 }, () => ({ body: { effectiveDirective: 'script-src-elem', blockedURL: url } }));
  const odd = { 'csp-report': { 'effective-directive': '"}\n{"level":"forged"', 'blocked-uri': 'inline' } };
  const reports = [
    [old, { directive: 'img-src', blocked: 'https://evil.example', count: 1 }],
    [many, { directive: 'script-src-elem', blocked: 'https://evil.example', count: 7 }],
    [odd, { directive: null, blocked: 'inline', count: 1 }],
    [{ 'csp-report': { 'effective-directive': 'x'.repeat(41) } }, { directive: null, blocked: null, count: 1 }],
  ];
  for (const [report, expected] of reports) {
    const headers = { 'content-type': 'application/json' };
    const answer = await call('/api/csp-report', { method: 'POST', body: JSON.stringify(report), headers });
    assert.equal(answer.status, 204);
    const lines = worker.lines(answer.headers.get('x-request-id')).filter(({ event }) => event === 'policy');
    const told = lines.map(({ directive, blocked, count }) => ({ directive, blocked, count }));
    assert.deepEqual(told, [expected]);
  }
});

test('what is gone says so', async () => {
  for (const path of GONE) {
    for (const method of ['GET', 'POST']) {
      const answer = await call(path, { method });
      assert.deepEqual([answer.status, answer.code], [410, 'gone'], `${method} ${path}`);
    }
  }
});

test('an unknown API path is not found, whatever the method', async () => {
  const paths = ['/api/nothing', '/api/', '/api/health/', '/api/health/more', '/api//health', '/api/Health', '/api/%68ealth'];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await call(path, { method });
      assert.deepEqual([answer.status, answer.code], [404, 'not_found'], `${method} ${path}`);
    }
  }
});

test('a request id is kept when it is sound and made when not', async () => {
  for (const id of ['12345678', 'req_0123456789abcdef', 'a.b-c_D9'.repeat(8)]) {
    assert.equal((await call('/api/health', { headers: { 'x-request-id': id } })).headers.get('x-request-id'), id);
  }
  for (const id of ['', 'short', 'x'.repeat(65), 'with space', 'with"quote"', 'semi;colon', '\u00e9'.repeat(9), '{"a":"bbbb"}']) {
    const answer = await call('/api/nothing', { headers: { 'x-request-id': id } });
    assert.match(answer.headers.get('x-request-id'), /^req_[0-9a-f]{16}$/, id);
    assert.equal(answer.body.requestId, answer.headers.get('x-request-id'));
  }
});

test('two requests have two ids', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, async () => (await call('/api/health')).headers.get('x-request-id')));
  assert.equal(new Set(ids).size, 20);
});

test('another site may read only when it is on the list', async () => {
  const allowed = await call('/api/config', { headers: { origin: FRIEND } });
  assert.equal(allowed.headers.get('access-control-allow-origin'), FRIEND);
  assert.match(allowed.headers.get('vary'), /origin/i);
  const strangers = ['https://friend.example.evil', 'http://friend.example', 'https://friend.example:8443', 'null', 'https://evil.example'];
  for (const origin of strangers) {
    const answer = await call('/api/config', { headers: { origin } });
    assert.equal(answer.headers.get('access-control-allow-origin'), null, origin);
  }
});

test('no answer ever allows credentials across sites', async () => {
  for (const { path } of ROUTES) {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const answer = await call(of(path), { method, headers: { origin: FRIEND } });
      assert.equal(answer.headers.get('access-control-allow-credentials'), null, path);
      assert.notEqual(answer.headers.get('access-control-allow-origin'), '*', path);
    }
  }
});

test('a preflight from the list is allowed the methods and headers of the API', async () => {
  const headers = { origin: FRIEND, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
  const answer = await call('/api/user', { method: 'OPTIONS', headers });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get('access-control-allow-origin'), FRIEND);
  assert.match(answer.headers.get('access-control-allow-methods'), /GET/);
  assert.match(answer.headers.get('access-control-allow-headers'), /authorization/i);
  const stranger = await call('/api/user', { method: 'OPTIONS', headers: { ...headers, origin: 'https://evil.example' } });
  assert.equal(stranger.headers.get('access-control-allow-origin'), null);
});

test('an error too can be read from the list', async () => {
  const answer = await call('/api/user', { headers: { origin: FRIEND } });
  assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [401, FRIEND]);
});

test('pages are documents with a policy', async () => {
  for (const path of PAGES) {
    const answer = await call(path);
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers.get('content-type'), /^text\/html/, path);
    const policy = answer.headers.get('content-security-policy');
    assert.doesNotMatch(/script-src[^;]*/.exec(policy)[0], /unsafe-inline|unsafe-eval/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    const head = await call(path, { method: 'HEAD' });
    assert.deepEqual([head.status, head.text], [200, ''], path);
  }
});

test('a page whose file cannot be fetched ends with an error of ours', async () => {
  const answer = await worker.raw('/help', { headers: { 'x-test-assets': 'fail', 'x-request-id': 'lost-page' } });
  const { code, requestId } = await answer.json();
  const told = [answer.status, answer.headers.get('x-request-id'), code, requestId];
  assert.deepEqual(told, [500, 'lost-page', 'internal_error', 'lost-page']);
  const lines = worker.lines('lost-page');
  assert.equal(lines.length, 1);
  const [{ status, level, route, why }] = lines;
  assert.deepEqual([status, level, route, lines[0].code], [500, 'error', '/help', 'internal_error']);
  assert.match(why, /no files today/);
});

test('a page that the browser has already is not sent again, and the log says so', async () => {
  for (const path of PAGES) {
    const etag = (await call(path)).headers.get('etag');
    assert.ok(etag, path);
    const again = await call(path, { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag], path);
    assert.deepEqual(worker.lines(again.headers.get('x-request-id')).map(({ status }) => status), [304], path);
    assert.equal((await call(path, { headers: { 'if-none-match': '"another"' } })).status, 200, path);
  }
});

test('a page with a slash behind moves for good', async () => {
  for (const path of PAGES.filter((one) => one !== '/')) {
    const answer = await call(`${path}/`);
    assert.equal(answer.status, 308, path);
    assert.equal(answer.headers.get('location'), path);
  }
  const kept = await call('/sign-in/?redirect_url=%2Finterview');
  assert.deepEqual([kept.status, kept.headers.get('location')], [308, '/sign-in?redirect_url=%2Finterview']);
});

test('pages are not shared with other sites', async () => {
  for (const path of [...PAGES, '/nothing']) {
    for (const method of ['GET', 'HEAD']) {
      const { headers } = await call(path, { method, headers: { origin: FRIEND } });
      const shared = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
      assert.deepEqual(shared, [], `${method} ${path}`);
    }
  }
});

test('a page cannot be posted to', async () => {
  for (const path of PAGES) {
    const answer = await call(path, { method: 'POST' });
    assert.equal(answer.status, 405, path);
    assert.ok(methods(answer.headers.get('allow')).includes('GET'), path);
  }
});

test('an unknown page is the page that says so', async () => {
  const paths = ['/nothing', '/help/more', '/index.html', '/coach.html', '/404.html', '/.dev.vars', '/_headers', '/%2e%2e/wrangler.toml'];
  for (const path of paths) {
    const answer = await call(path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.headers.get('content-type'), /^text\/html/, path);
  }
  for (const method of METHODS) assert.equal((await call('/nothing', { method })).status, 404, method);
});

test('a double slash does not lead to another site', async () => {
  for (const path of ['//evil.example/', '//evil.example/%2e%2e', '/\\evil.example/', '/help//', '///help/']) {
    const response = await worker.raw(`http://localhost:8787${path}`);
    const target = new URL(response.headers.get('location') ?? '/', 'http://localhost:8787/');
    assert.equal(target.host, 'localhost:8787', path);
  }
});

test('files come without the Worker', async () => {
  const response = await fetch(new URL('/app/base.css', worker.url));
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/css/);
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
});
