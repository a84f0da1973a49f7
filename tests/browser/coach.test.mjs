// The coach's shell: signing in and out, the way back, the account menu, and what failures say.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkAccess, checkMeasures, openSite, signInAs } from './stack.mjs';

const site = await openSite();
const ALICE = 'Alice Example';
const ADMIN = 'Admin Example';
const PHONE = { width: 360, height: 740 };

const WELCOME = {
  credits: '3.00', held: '0.00', available: '3.00', payable: '3.00', owed: '0.00', isPremium: false, premiumUntil: null,
};
const at = (page, path) => page.waitForURL((url) => url.pathname + url.search === path);
const LOBBY = 'Get ready to talk.';
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

/** The lobby, of somebody whose name the page knows. */
async function known(page, name) {
  await heading(page, LOBBY);
  await page.getByRole('button', { name: `Account: ${name}` }).waitFor();
}

async function interviewOf(page, name) {
  await page.goto('/interview');
  await signInAs(page, name);
  await at(page, '/interview');
  await heading(page, LOBBY);
}

test('who is not signed in is asked to, and one click leads back to the interview page', () =>
  site.page({}, async (page) => {
    await page.goto('/interview');
    await at(page, '/sign-in?redirect_url=%2Finterview');
    await heading(page, 'Sign in');
    await checkAccess(page);
    await signInAs(page, ALICE);
    await at(page, '/interview');
    await known(page, ALICE);
    assert.equal(await page.title(), 'Interview · Vocahire');
    assert.equal(await page.locator('h1').count(), 1);
    await checkAccess(page);
    await checkMeasures(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize(PHONE);
    await checkAccess(page);
    await checkMeasures(page);
  }));

test('the account menu opens, is walked and closes by keyboard', () =>
  site.page({}, async (page) => {
    await interviewOf(page, ADMIN);
    const button = page.getByRole('button', { name: `Account: ${ADMIN}` });
    const panel = page.locator('.account-panel');
    await button.focus();
    await page.keyboard.press('Enter');
    assert.equal(await panel.isVisible(), true);
    await page.getByRole('button', { name: `Account: ${ADMIN}`, expanded: true }).waitFor();
    for (const text of [ADMIN, 'admin@example.test', 'Administrator']) await panel.getByText(text, { exact: true }).waitFor();
    await checkAccess(page);
    await checkMeasures(page);
    for (const name of ['Interview', 'History', 'Progress', 'Resume', 'VocahireCredits', 'Settings', 'Administration', 'Manage account']) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
    }
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Sign out');
    await page.keyboard.press('Escape');
    assert.equal(await panel.isVisible(), false);
    assert.equal(await button.evaluate((element) => element === document.activeElement), true);
  }));

test('Alice is no administrator, and "Manage account" opens what Clerk offers', () =>
  site.page({}, async (page) => {
    await interviewOf(page, ALICE);
    await page.getByRole('button', { name: `Account: ${ALICE}` }).click();
    assert.equal(await page.getByText('Administrator').count(), 0);
    await page.getByRole('button', { name: 'Manage account' }).click();
    await page.getByRole('dialog').waitFor();
    assert.equal(await page.locator('.account-panel').isVisible(), false);
  }));

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
for (const [what, imageUrl, body, shown] of [
  ['a picture at Clerk is shown', 'https://img.clerk.com/alice', PICTURE, 'IMG'],
  ['a picture that is none gives way to initials', 'https://img.clerk.com/alice', 'none', 'SPAN'],
  ['a picture that the policy forbids is not even asked for', 'https://elsewhere.example.test/alice', PICTURE, 'SPAN'],
]) {
  test(what, () =>
    site.page({}, async (page) => {
      const person = { id: 'user_alice', name: ALICE, email: null, imageUrl, role: 'user', ...WELCOME };
      await page.route('https://*/alice', (route) => route.fulfill({ contentType: 'image/svg+xml', body }));
      await page.route('**/api/user', (route) => route.fulfill({ json: person }));
      await interviewOf(page, ALICE);
      await page.waitForFunction((name) => document.querySelector('.disc').tagName === name, shown);
      await page.waitForFunction(() => [...document.images].every((image) => image.complete));
      assert.equal(await page.locator('.disc').evaluate((disc) => disc.tagName), shown);
    }));
}

test('signing out leads to the landing page, and the interview page asks again', () =>
  site.page({}, async (page) => {
    await interviewOf(page, ALICE);
    await page.getByRole('button', { name: `Account: ${ALICE}` }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await at(page, '/');
    await page.goBack();
    await at(page, '/sign-in?redirect_url=%2Finterview');
    assert.equal(await page.getByText(ALICE, { exact: true }).count(), 0);
  }));

test('signing out in one tab ends the other', () =>
  site.page({}, async (page) => {
    await interviewOf(page, ALICE);
    const other = await page.context().newPage();
    await other.goto('/interview');
    await other.getByRole('button', { name: `Account: ${ALICE}` }).click();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await at(page, '/');
  }));

test('a deep link survives the sign-in', () =>
  site.page({}, async (page) => {
    await page.goto('/interview?from=mail');
    await signInAs(page, ALICE);
    await at(page, '/interview?from=mail');
    await known(page, ALICE);
  }));

for (const evil of ['https://evil.example/', '//evil.example', '/\\evil.example', `${site.at('/')}/evil.example`, 'javascript:alert(1)']) {
  test(`signing in never leads to ${evil}`, () =>
    site.page({}, async (page) => {
      await page.goto(`/sign-in?redirect_url=${encodeURIComponent(evil)}`);
      await signInAs(page, ALICE);
      await at(page, '/interview');
      assert.equal(new URL(page.url()).origin, new URL(site.at('/')).origin);
    }));
}

test('a new person creates an account and is known by name', () =>
  site.page({ viewport: PHONE }, async (page) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Create your account' }).click();
    await heading(page, 'Create your account');
    await page.getByLabel('Name').fill('Zofia Łuczak');
    await page.getByLabel('E-mail').fill('zofia@example.test');
    await checkAccess(page);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await at(page, '/interview');
    await known(page, 'Zofia Łuczak');
  }));

test('between the two entry pages no page is loaded anew, and the way back works', () =>
  site.page({}, async (page) => {
    await page.goto('/sign-in?redirect_url=/interview?from=mail');
    await page.evaluate(() => { window.same = true; });
    await page.getByRole('link', { name: 'Create one' }).click();
    await heading(page, 'Create your account');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    assert.equal(new URL(page.url()).searchParams.get('redirect_url'), '/interview?from=mail');
    await page.evaluate(() => addEventListener('leaving', (event) => event.preventDefault(), { once: true }));
    await page.goBack();
    await heading(page, 'Create your account');
    assert.equal(new URL(page.url()).pathname, '/sign-up', 'a screen may ask to stay');
    await page.goBack();
    await heading(page, 'Sign in');
    assert.equal(await page.evaluate(() => window.same), true);
  }));

test('a failure of ours says what happened, what it means, what to do, and its request id; trying again helps', () =>
  site.page({ allow: /status of 503/, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    let failing = true;
    const body = { error: 'Slow.', code: 'database_timeout', requestId: 'req_0123456789abcdef' };
    await page.route('**/api/user', (route) => (failing ? route.fulfill({ status: 503, json: body }) : route.continue()));
    await page.goto('/interview');
    await signInAs(page, ALICE);
    await heading(page, 'Our database did not answer in time.');
    await page.getByText('Nothing was charged.').waitFor();
    await page.getByText('req_0123456789abcdef').waitFor();
    await page.getByRole('button', { name: 'Account: Your account' }).waitFor();
    await checkAccess(page);
    await checkMeasures(page);
    await page.getByRole('button', { name: 'Copy the request id' }).click();
    await page.getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'req_0123456789abcdef');
    failing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await known(page, ALICE);
  }));

test('a token that is refused leads to a new sign-in and back', () =>
  site.page({ allow: /status of 401/ }, async (page) => {
    const body = { error: 'Late.', code: 'token_expired', requestId: 'req_0123456789abcdef' };
    await page.route('**/api/user', (route) => route.fulfill({ status: 401, json: body }), { times: 1 });
    await page.goto('/interview');
    await signInAs(page, ALICE);
    await heading(page, 'Your sign-in has ended.');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await at(page, '/sign-in?redirect_url=%2Finterview');
    await signInAs(page, ALICE);
    await known(page, ALICE);
  }));

test('a server out of reach is named, and trying again helps', () =>
  site.page({ allow: /ERR_FAILED/ }, async (page) => {
    await page.route('**/api/config', (route) => route.abort(), { times: 1 });
    await page.goto('/sign-in');
    await heading(page, 'The server could not be reached.');
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading(page, 'Sign in');
  }));

test('a blocked sign-in service is named', () =>
  site.page({ allow: /ERR_FAILED/ }, async (page) => {
    await page.route('**/npm/@clerk/**', (route) => route.abort());
    await page.goto('/sign-in');
    await heading(page, 'The sign-in service could not be reached.');
    await checkAccess(page);
  }));

/** The configuration as another site would have it. */
async function configure(page, change) {
  await page.route('**/api/config', async (route) => {
    const response = await route.fetch({ url: new URL('/api/config', site.worker.url).href });
    await route.fulfill({ response, json: change(await response.json()) });
  });
}

test('a site without sign-in says so', () =>
  site.page({}, async (page) => {
    await configure(page, (config) => ({ ...config, clerk: null }));
    await page.goto('/sign-up');
    await heading(page, 'Sign-in is not set up on this site.');
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  }));

test('a sign-in page on another host is visited with the way back', () =>
  site.page({}, async (page) => {
    const signInUrl = 'https://accounts.example.test/sign-in';
    await configure(page, (config) => ({ ...config, clerk: { ...config.clerk, signInUrl } }));
    await page.route(`${signInUrl}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }));
    await page.goto('/interview');
    await page.waitForURL(`${signInUrl}?**`);
    assert.equal(new URL(page.url()).searchParams.get('redirect_url'), site.at('/interview'));
  }));
