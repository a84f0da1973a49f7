// The browser scripts in a real Chromium, under a policy as strict as the product's.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';

import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { simulator } from './harness.mjs';

const sim = await simulator();
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', sim.url));
let browser, site, origin, page, problems;

const policy = (allowed) => `default-src 'none'; script-src 'self' ${allowed}; connect-src 'self' ${allowed}; style-src 'unsafe-inline'`;
const html = (key) => `<!doctype html><html lang="en"><title>Page</title><main id="main"></main>
<script defer crossorigin="anonymous" src="${sim.url}/npm/@clerk/ui@1/dist/ui.browser.js"></script>
<script defer crossorigin="anonymous" src="${sim.url}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"
  data-clerk-publishable-key="${key}"></script>`;

before(async () => {
  site = createServer((request, response) => {
    const key = new URL(request.url, 'http://site').searchParams.get('key') ?? sim.workerVars().CLERK_PUBLISHABLE_KEY;
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy(sim.url) }).end(html(key));
  });
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  origin = `http://localhost:${site.address().port}`;
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  site.close();
  site.closeAllConnections();
});

beforeEach(async () => {
  problems = [];
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.text().includes('Content Security Policy') && problems.push(message.text()));
});

async function open(path = '/', options = {}) {
  await page.goto(origin + path);
  await page.evaluate((given) => window.Clerk.load({ ui: { ClerkUI: window.__internal_ClerkUICtor }, ...given }), options);
}

const mountSignIn = (options) => page.evaluate((given) => window.Clerk.mountSignIn(document.getElementById('main'), given), options);

async function signInAs(name) {
  await open('/sign-in');
  await mountSignIn({ fallbackRedirectUrl: '/interview' });
  await page.getByRole('button', { name: `Continue as ${name}` }).click();
  await page.waitForURL(`${origin}/interview`);
  await open('/interview');
}

test('sign in, take a token, sign out', async () => {
  await open('/sign-in');
  assert.equal(await page.evaluate(() => window.Clerk.isSignedIn), false);
  await signInAs('Alice Example');
  const seen = await page.evaluate(async () => {
    const { isSignedIn, user, session } = window.Clerk;
    const token = await session.getToken();
    const fresh = await session.getToken({ skipCache: true });
    return { isSignedIn, name: user.fullName, email: user.primaryEmailAddress.emailAddress, token, fresh };
  });
  assert.deepEqual([seen.isSignedIn, seen.name, seen.email], [true, 'Alice Example', 'alice@example.test']);
  const { payload } = await jwtVerify(seen.token, keys, { issuer: sim.url, algorithms: ['RS256'] });
  assert.deepEqual([payload.sub, payload.azp], ['user_alice', origin]);
  assert.notEqual(decodeJwt(seen.fresh).jti, payload.jti);
  await page.evaluate(() => window.Clerk.signOut({ redirectUrl: '/bye' }));
  await page.waitForURL(`${origin}/bye`);
  await open('/bye');
  assert.equal(await page.evaluate(() => window.Clerk.isSignedIn), false);
  assert.deepEqual(problems, []);
});

test('a token is kept while it has more than ten seconds left', async () => {
  await signInAs('Bob Example');
  const jtis = await page.evaluate(async () => {
    const tokens = [await window.Clerk.session.getToken(), await window.Clerk.session.getToken()];
    const now = Date.now();
    Date.now = () => now + 51_000;
    tokens.push(await window.Clerk.session.getToken());
    return tokens.map((token) => JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).jti);
  });
  assert.equal(jtis[0], jtis[1]);
  assert.notEqual(jtis[0], jtis[2]);
});

test('anybody signs in by name and address, and is the same person again', async () => {
  const ids = [];
  for (const _ of [1, 2]) {
    await open('/sign-in?redirect_url=%2Fasked');
    await mountSignIn({ fallbackRedirectUrl: '/interview' });
    await page.getByLabel('Name').fill('Dora Fields');
    await page.getByLabel('E-mail').fill('dora@example.test');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.waitForURL(`${origin}/asked`);
    await open('/asked');
    ids.push(await page.evaluate(() => window.Clerk.user.id));
    await page.evaluate(() => window.Clerk.signOut({ redirectUrl: '/' }));
    await page.waitForURL(`${origin}/`);
  }
  assert.match(ids[0], /^user_[0-9a-f]{24}$/);
  assert.equal(ids[0], ids[1]);
  assert.deepEqual(problems, []);
});

test('a redirect to another site is not followed', async () => {
  await open('/sign-in?redirect_url=http%3A%2F%2Felsewhere.test%2F');
  await mountSignIn({ fallbackRedirectUrl: '/interview' });
  await page.getByRole('button', { name: 'Continue as Alice Example' }).click();
  await page.waitForURL(`${origin}/interview`);
});

test('the user button opens the account and signs out', async () => {
  await signInAs('Alice Example');
  await page.evaluate(() => window.Clerk.mountUserButton(document.getElementById('main')));
  await page.getByRole('button', { name: 'Open user menu' }).click();
  await page.getByRole('button', { name: 'Manage account' }).click();
  assert.equal(await page.getByRole('dialog', { name: 'Account' }).getByText('alice@example.test').count(), 1);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${origin}/`);
  assert.deepEqual(problems, []);
});

test('listeners hear at once and of each change, until they leave', async () => {
  await signInAs('Alice Example');
  const heard = await page.evaluate(async () => {
    const heard = [];
    const leave = window.Clerk.addListener(({ user }) => heard.push(user?.id ?? null));
    window.Clerk.addListener(({ user }) => heard.push(`second ${user?.id ?? null}`));
    leave();
    await window.Clerk.signOut({ redirectUrl: '#out' });
    return heard;
  });
  assert.deepEqual(heard, ['user_alice', 'second user_alice', 'second null']);
});

test('a session that the server no longer knows is signed out', async () => {
  await signInAs('Alice Example');
  sim.reset();
  assert.equal(await page.evaluate(() => window.Clerk.session.getToken()), null);
  assert.equal(await page.evaluate(() => window.Clerk.isSignedIn), false);
});

test('nothing is mounted without the interface', async () => {
  await open('/', { ui: undefined });
  const verbs = ['mountSignIn', 'mountSignUp', 'mountUserButton', 'openUserProfile'];
  const words = await page.evaluate((names) => names.map((name) => {
    try {
      return window.Clerk[name](document.getElementById('main'));
    } catch (error) {
      return error.message;
    }
  }), verbs);
  for (const word of words) assert.match(word, /not loaded with Ui components/);
});

test('a malformed or foreign publishable key is refused', async () => {
  for (const key of ['', 'nonsense', 'pk_test_bm90aGluZw==', `pk_test_${Buffer.from('elsewhere.test$').toString('base64')}`]) {
    problems.length = 0;
    await page.goto(`${origin}/?key=${encodeURIComponent(key)}`);
    assert.equal(await page.evaluate(() => typeof window.Clerk), 'undefined', key);
    assert.match(problems.join(), /publishableKey/);
  }
});
