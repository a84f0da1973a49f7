// The web app's rules without a browser.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { ApiError, createApi, errorOf } from '../../static/app/api.js';
import { clockText, spokenLength } from '../../static/app/exchange.js';
import { MARK_LEVELS, linePath, speechLevel, speechLevels } from '../../static/app/line.js';
import { afterSignIn, signInAddress } from '../../static/app/redirect.js';
import { insideLink, matchRoute } from '../../static/app/router.js';
import { explain, initials, pictureAddress, waitText } from '../../static/app/words.js';

const STATIC = new URL('../../static/', import.meta.url);
const text = (path) => readFileSync(new URL(path, STATIC), 'utf8');
const documents = readdirSync(STATIC).filter((name) => name.endsWith('.html'));
const ORIGIN = 'https://vocahire.example';
const ROUTES = { '/interview': { title: 'Interview' }, '/sign-in': { title: 'Sign in' } };

test('routes match whole paths only', () => {
  assert.equal(matchRoute(ROUTES, '/interview').title, 'Interview');
  for (const path of ['/', '/interview/', '/interviews', '/constructor', '__proto__']) assert.equal(matchRoute(ROUTES, path), null, path);
});

test('only plain links to the shell stay inside it', () => {
  const link = (href, more = {}) => ({ href, target: '', download: '', ...more });
  assert.equal(insideLink(ROUTES, link(`${ORIGIN}/sign-in?a=1`), ORIGIN), '/sign-in?a=1');
  assert.equal(insideLink(ROUTES, link(`${ORIGIN}/help`), ORIGIN), null);
  assert.equal(insideLink(ROUTES, link('https://evil.example/sign-in'), ORIGIN), null);
  assert.equal(insideLink(ROUTES, link(`${ORIGIN}/sign-in`, { target: '_blank' }), ORIGIN), null);
  assert.equal(insideLink(ROUTES, null, ORIGIN), null);
});

test('after signing in only paths of this site are taken', () => {
  const check = (asked, expected) => assert.equal(afterSignIn(asked, '/interview', ORIGIN), expected, String(asked));
  check('/interview?from=mail#top', '/interview?from=mail#top');
  check(`${ORIGIN}/help`, '/help');
  const refused = [null, '', 'https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example', '/.//evil.example',
    `${ORIGIN}//evil.example`, `${ORIGIN}.evil.example/`, `${ORIGIN}@evil.example/`, 'javascript:alert(1)', 'data:text/html,x',
    'http://vocahire.example/help', '\t//evil.example', 'https://[', '/sign-in', '/sign-up?redirect_url=/sign-in'];
  for (const asked of refused) check(asked, '/interview');
});

test('the sign-in page is told the way back, as a full address when it lives elsewhere', () => {
  assert.deepEqual(signInAddress('/sign-in', '/interview?a=1', ORIGIN), {
    away: false,
    href: '/sign-in?redirect_url=%2Finterview%3Fa%3D1',
  });
  assert.deepEqual(signInAddress('https://accounts.example/in?x=1', '/interview', ORIGIN), {
    away: true,
    href: 'https://accounts.example/in?x=1&redirect_url=https%3A%2F%2Fvocahire.example%2Finterview',
  });
});

const answer = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers });

test('a call carries a fresh token and the last bookmark', async () => {
  const seen = [];
  let minted = 0;
  const fetch = async (path, { headers }) => {
    seen.push([path, headers.authorization, headers['x-d1-bookmark']]);
    return answer(200, {}, path === '/api/user' ? { 'x-d1-bookmark': `b${seen.length}` } : {});
  };
  const api = createApi({ token: async () => `t${(minted += 1)}`, fetch });
  for (const path of ['/api/config', '/api/user', '/api/version', '/api/user', '/api/user']) await api.get(path);
  assert.deepEqual(seen, [
    ['/api/config', undefined, undefined],
    ['/api/user', 'Bearer t1', undefined],
    ['/api/version', 'Bearer t2', 'b2'],
    ['/api/user', 'Bearer t3', 'b2'],
    ['/api/user', 'Bearer t4', 'b4'],
  ]);
});

test('failures become one typed error', async () => {
  const failing = (fetch) => createApi({ token: async () => null, fetch }).get('/api/user').then(assert.fail, (error) => error);
  const told = { error: 'x', code: 'provider_busy', requestId: 'req_1', retryAfterMs: 5 };
  const own = await failing(async () => answer(503, told));
  assert.ok(own instanceof ApiError);
  const details = { error: 'x', retryAfterMs: 5 };
  assert.deepEqual({ ...own }, { name: 'ApiError', code: 'provider_busy', status: 503, requestId: 'req_1', details });
  const foreign = await failing(async () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'x-request-id': 'req_2' } }));
  assert.deepEqual([foreign.code, foreign.requestId], ['internal_error', 'req_2']);
  assert.equal(errorOf(400, null, null).code, 'bad_request');
  assert.equal((await failing(async () => { throw new TypeError('Failed to fetch'); })).code, 'unreachable');
  assert.equal((await failing(async () => { throw new DOMException('late', 'TimeoutError'); })).code, 'no_answer');
  assert.equal((await failing(async () => new Response('not JSON'))).code, 'internal_error');
});

test('a token that cannot be had is a failure of the sign-in service', async () => {
  const api = createApi({ token: async () => { throw new Error('clerk'); }, fetch: assert.fail });
  await assert.rejects(api.get('/api/user'), { code: 'sign_in_unreachable' });
});

test('every code has words of its own tone, and an unknown one too', () => {
  const money = ['account_closed', 'insufficient_credits', 'conflict', 'idempotency_mismatch', 'unprocessable', 'rate_limited',
    'wallet_unavailable', 'session_in_progress', 'session_ended', 'bad_request'];
  const others = ['token_expired', 'database_timeout', 'provider_refused', 'internal_error', 'unreachable', 'unheard_of', 'constructor'];
  for (const code of [...money, ...others]) {
    const words = Object.values(explain(code));
    assert.equal(words.length, 3);
    for (const sentence of words) assert.match(sentence, /^[A-Z].*\.$/);
    assert.doesNotMatch(words.join(' '), /oops|something went wrong|[a-z]_[a-z]/i);
  }
});

test('initials and pictures', () => {
  const names = { 'Alice Example': 'AE', 'zofia@example.test': 'ZT', Łukasz: 'Ł', 'Ana María de la Cruz': 'AC', '': '' };
  for (const [name, expected] of Object.entries(names)) assert.equal(initials(name), expected);
  assert.equal(initials(null), '');
  assert.equal(pictureAddress('https://img.clerk.com/a.png'), 'https://img.clerk.com/a.png');
  for (const address of [null, 'http://img.clerk.com/a', 'https://img.clerk.com.evil.example/a', 'javascript:1']) {
    assert.equal(pictureAddress(address), null);
  }
});

test('the line is flat in silence, stays inside its height, and ends where it should', () => {
  assert.equal(linePath([0, 0, 0], 100, 20), 'M0 10C25 10 25 10 50 10C75 10 75 10 100 10');
  const numbers = linePath([0, 1, 1, 0.5, 0], 200, 40).match(/-?[\d.]+/g).map(Number);
  assert.deepEqual(numbers.slice(-2), [200, 20]);
  assert.ok(numbers.filter((_, i) => i % 2).every((y) => y >= 0 && y <= 40));
});

test('levels of a talk: silent outside of it and ahead of the moment, never above one', () => {
  const cues = [{ from: 1, to: 4 }, { from: 5, to: 9 }];
  assert.equal(speechLevel(cues, 0.5), 0);
  assert.equal(speechLevel(cues, 4.5), 0);
  const whole = speechLevels(cues, 10, 200);
  assert.ok(whole.every((level) => level >= 0 && level <= 1) && Math.max(...whole) > 0.5);
  const half = speechLevels(cues, 10, 200, 5);
  assert.deepEqual(half.slice(0, 99), whole.slice(0, 99));
  assert.ok(half.slice(101).every((level) => level === 0));
});

test('words are said whole', () => {
  const said = (part) => 'What did you do first?'.slice(0, spokenLength('What did you do first?', part));
  assert.deepEqual([-1, 0, 0.1, 0.4, 0.99, 1, 2].map(said), ['', '', 'What', 'What did', 'What did you do first?',
    'What did you do first?', 'What did you do first?']);
  assert.deepEqual([0, 9.9, 40].map(clockText), ['0:00 of 0:40', '0:09 of 0:40', '0:40 of 0:40']);
});

test('the mark in every page is the line of the one module', () => {
  const drawn = (source) => /<path[^>]* d="(M0 12C[^"]+)"/.exec(source)[1].replace(/\s+/g, ' ').replaceAll(' C', 'C');
  const mark = linePath(MARK_LEVELS, 34, 24);
  for (const name of [...documents, 'app/icon.svg']) assert.equal(drawn(text(name)), mark, name);
});

test('every document names its language, its title and what it is, and holds no script of its own', () => {
  assert.equal(documents.length, 7);
  for (const name of documents) {
    const source = text(name);
    assert.match(source, /<html lang="en">/, name);
    assert.match(source, /<title>[^<]*Vocahire[^<]*<\/title>/, name);
    assert.match(source, /<meta name="description"\s+content="[^"]{20,160}"/, name);
    assert.match(source, /<main id="main"/, name);
    assert.doesNotMatch(source, /\son[a-z]+=|\sstyle=|javascript:|<style|lorem/i, name);
    for (const [, attributes, body] of source.matchAll(/<script([^>]*)>([^<]*)/g)) {
      assert.match(attributes, /src="\/app\//, name);
      assert.equal(body, '', name);
    }
  }
});

test('money is called VocahireCredits wherever it is named', () => {
  const screens = ['interview', 'lobby-begin', 'lobby-job', 'lobby-ready', 'history', 'session', 'session-head', 'session-delete',
    'session-receipt', 'report', 'sign-up', 'sign-in'].map((name) => `app/screens/${name}.js`);
  const pages = [...documents, 'app/words.js', 'app/talk.js', 'app/lobby/words.js', ...screens].map(text);
  for (const source of pages) assert.doesNotMatch(source, /(?<!Vocahire|[/-])\bcredits?\b(?!\.css)/i);
});

/** WCAG 2: relative luminance of a colour like #0f6b63, and the contrast of two. */
function luminance(hex) {
  const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = [1, 3, 5].map((i) => linear(parseInt(hex.slice(i, i + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test('text keeps a contrast of 4.5 on every ground, edges 3, in both schemes', () => {
  const pairs = [...text('app/base.css').matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
  const colour = Object.fromEntries(pairs.map(([, name, light, dark]) => [name, [light, dark]]));
  const check = (front, back, least) => [0, 1].forEach((scheme) => {
    const found = contrast(colour[front][scheme], colour[back][scheme]);
    assert.ok(found >= least, `${front} on ${back} in ${scheme ? 'dark' : 'light'}: ${found.toFixed(2)}`);
  });
  for (const back of ['paper', 'sheet', 'wash']) {
    for (const front of ['ink', 'quiet', 'accent', 'accent-strong', 'warning', 'danger']) check(front, back, 4.5);
    check('edge', back, 3);
  }
  for (const back of ['accent', 'accent-strong']) check('on-accent', back, 4.5);
});

test('a body is sent as JSON with the headers that are wished for, and a refusal keeps its details', async () => {
  let seen;
  const refused = { error: 'No.', code: 'insufficient_credits', requestId: 'req_1', currentCredits: '0.20', minimumRequired: '0.50' };
  const fetch = async (path, init) => {
    seen = { path, ...init };
    return new Response(JSON.stringify(refused), { status: 403 });
  };
  const api = createApi({ token: async () => 'jwt', fetch });
  const error = await api.send('POST', '/api/x', { body: { a: 1 }, headers: { 'idempotency-key': 'key-00000001' } }).catch((e) => e);
  assert.deepEqual([seen.path, seen.method, seen.body], ['/api/x', 'POST', '{"a":1}']);
  assert.deepEqual([seen.headers['content-type'], seen.headers['idempotency-key'], seen.headers.authorization],
    ['application/json', 'key-00000001', 'Bearer jwt']);
  assert.equal(error.code, 'insufficient_credits');
  assert.match(explain(error.code, error.details).happened, /^You have 0\.20 VocahireCredits, and an interview needs at least 0\.50\.$/);
});

test('whoever is too fast is told how long to wait', () => {
  assert.match(explain('rate_limited', { retryAfterMs: 59_001 }).next, /60 seconds/);
  assert.match(explain('rate_limited', { retryAfterMs: 3_000_000 }).next, /50 minutes/);
  const used = explain('rate_limited', { reason: 'fair_use', retryAfterMs: 10_800_000 });
  assert.match(`${used.happened} ${used.next}`, /^Your plan has covered .* It covers more in 3 hours\./);
  const waits = [[1, '1 second'], [119_999, '120 seconds'], [120_001, '3 minutes'], [7_200_000, '2 hours'], [undefined, 'a moment'],
    [-1, 'a moment']];
  for (const [milliseconds, expected] of waits) assert.equal(waitText(milliseconds), expected);
});
