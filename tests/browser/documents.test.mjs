// The pages that need no sign-in: landing, help, terms, privacy, the check of receipts, and the one for addresses that do not exist.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkAccess, checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const DOCUMENTS = ['/', '/help', '/terms', '/privacy', '/verify'];
const PHONE = { width: 360, height: 740 };
const MISSING = /status of 404/;

for (const path of DOCUMENTS) {
  test(`${path} loads without a complaint and reads well in light, dark and on a phone`, () =>
    site.page({}, async (page) => {
      const response = await page.goto(path);
      assert.equal(response.status(), 200);
      assert.equal(await page.locator('h1').count(), 1);
      assert.match(await page.title(), /Vocahire/);
      await checkAccess(page);
      await checkMeasures(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await checkAccess(page);
      await page.setViewportSize(PHONE);
      await checkMeasures(page);
    }));
}

test('twice the size on a narrow window still needs no sideways scrolling', () =>
  site.page({ viewport: { width: 320, height: 500 } }, async (page) => {
    for (const path of DOCUMENTS) {
      await page.goto(path);
      await checkMeasures(page);
    }
  }));

test('an address that does not exist gets a page that says so and leads home', () =>
  site.page({ allow: MISSING }, async (page) => {
    const response = await page.goto('/no/such/page');
    assert.equal(response.status(), 404);
    assert.match(await page.locator('h1').textContent(), /no page here/);
    await checkAccess(page);
    await page.getByRole('link', { name: 'Go to the front page' }).click();
    await page.waitForURL((url) => url.pathname === '/');
  }));

test('every link and every file that a page names is there', () =>
  site.page({ allow: MISSING }, async (page) => {
    const addresses = new Set();
    for (const path of [...DOCUMENTS, '/sign-in', '/missing']) {
      await page.goto(path);
      const found = await page.evaluate(() =>
        [...document.querySelectorAll('[href]:not([href^="#"]), [src]')].map((element) => element.href || element.src));
      found.filter((address) => address.startsWith(site.at('/'))).forEach((address) => addresses.add(address));
    }
    assert.ok(addresses.size > 15, [...addresses].join(' '));
    const statuses = await page.evaluate((all) => Promise.all(all.map(async (url) => [url, (await fetch(url)).status])), [...addresses]);
    assert.deepEqual(statuses.filter(([, status]) => status !== 200), []);
  }));

test('files that the Worker does not serve carry their own headers', () =>
  site.page({}, async (page) => {
    await page.goto('/help');
    const headers = await page.evaluate(() => Promise.all(['/app/base.css', '/vendor/lit.js', '/robots.txt'].map(async (path) => {
      const { headers } = await fetch(path);
      return ['x-content-type-options', 'cross-origin-resource-policy', 'cache-control'].map((name) => headers.get(name));
    })));
    assert.deepEqual(headers.map(([sniff, policy]) => [sniff, policy]), Array(3).fill(['nosniff', 'same-origin']));
    assert.equal(headers[0][2], 'public, max-age=0, must-revalidate');
    assert.equal(headers[1][2], 'public, max-age=0, must-revalidate');
  }));

test('the policy is in force: a script in the page is refused and reported', () =>
  site.page({ allow: /script-src/ }, async (page, complaints) => {
    await page.goto('/');
    const reported = page.waitForRequest('**/api/csp-report');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
    });
    await reported;
    assert.equal(await page.evaluate(() => window.ran), undefined);
    assert.ok(complaints.some((text) => text.startsWith('report:')));
  }));

test('dark follows the system', () =>
  site.page({ colorScheme: 'dark' }, async (page) => {
    await page.goto('/');
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(ground, 'rgb(22, 21, 19)');
  }));

test('the example plays when it is seen, rests on request, and goes on', () =>
  site.page({}, async (page) => {
    await page.goto('/');
    const path = page.locator('#exchange > .line path');
    const button = page.locator('.player .button');
    const flat = await path.getAttribute('d');
    assert.equal(await button.textContent(), 'Play');
    await page.locator('.turns').scrollIntoViewIfNeeded();
    await page.waitForFunction((before) => document.querySelector('#exchange > .line path').getAttribute('d') !== before, flat);
    await button.press('Enter');
    assert.equal(await button.textContent(), 'Play');
    const resting = await path.getAttribute('d');
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    assert.equal(await path.getAttribute('d'), resting);
    await button.press('Space');
    await page.waitForFunction((before) => document.querySelector('#exchange > .line path').getAttribute('d') !== before, resting);
    assert.equal(await button.textContent(), 'Pause');
  }));

test('under reduced motion the example is whole at once and nothing plays', () =>
  site.page({ reducedMotion: 'reduce' }, async (page) => {
    await page.goto('/');
    assert.equal(await page.locator('.player').isVisible(), false);
    assert.ok((await page.locator('#exchange > .line path').getAttribute('d')).length > 1000);
    const colours = await page.evaluate(() => ['.turns p', 'body'].map((name) => getComputedStyle(document.querySelector(name)).color));
    assert.equal(colours[0], colours[1]);
  }));

test('without scripts the landing page reads whole, and the coach says what it needs', () =>
  site.page({ javaScriptEnabled: false }, async (page) => {
    await page.goto('/');
    assert.ok(await page.getByText('Nobody missed an appointment.', { exact: true }).isVisible());
    assert.equal(await page.locator('.player').isVisible(), false);
    await page.goto('/interview');
    assert.match(await page.locator('h1').textContent(), /needs JavaScript/);
  }));

test('the keyboard goes through the landing page in its order, each stop with a ring', () =>
  site.page({}, async (page) => {
    await page.goto('/');
    const stops = [];
    for (let i = 0; i < 5; i += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => document.activeElement.textContent.trim()));
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    }
    assert.deepEqual(stops, ['Skip to the content', 'Vocahire', 'Help', 'Sign in', 'Create your account']);
    await page.locator('.skip').press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  }));
