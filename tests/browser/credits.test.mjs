// The credits page, the settings page and the page of operators, in front of the real Worker.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { checkAccess, checkMeasures, openSite, signInAs } from './stack.mjs';

const site = await openSite();
const ALICE = 'Alice Example';
const ADMIN = 'Admin Example';
const PHONE = { width: 360, height: 740 };

const at = (page, path) => page.waitForURL((url) => url.pathname === path);
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

async function open(page, path, name, title) {
  await page.goto(path);
  await signInAs(page, name);
  await at(page, path);
  await heading(page, title);
}

const credits = (page, name = ALICE) => open(page, '/credits', name, 'Your credits');

/** Light, dark, and small. */
async function checkLooks(page) {
  await checkAccess(page);
  await checkMeasures(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(PHONE);
  await checkAccess(page);
  await checkMeasures(page);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** An operator's act, past the page. */
async function adjust(userId, amount, reason, key = `key-${Math.random().toString(36).slice(2)}-0000`) {
  const { token } = site.sim.signIn({ userId: 'user_admin' });
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const body = JSON.stringify({ userId, amount, reason });
  const answer = await site.worker.call('/api/admin/credits', { method: 'POST', token, headers, body });
  assert.equal(answer.status, 200, answer.text);
}

test('whoever is new has three credits and reads where they came from', () =>
  site.page({}, async (page) => {
    await credits(page);
    await page.locator('.have').getByText('3.00', { exact: true }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Welcome credits' });
    await row.getByText('+3.00', { exact: true }).waitFor();
    assert.equal(await row.locator('time').getAttribute('datetime').then((iso) => !Number.isNaN(Date.parse(iso))), true);
    await page.getByRole('link', { name: '3.00 credits' }).waitFor();
    assert.equal(await page.getByText('owed').count() + await page.getByText('held.').count(), 0, 'what is not so is not explained');
    await checkLooks(page);
  }));

test('a long statement comes in pages, in order, each line once, and as a file', () =>
  site.page({ acceptDownloads: true }, async (page) => {
    await credits(page);
    await page.getByText('Welcome credits').waitFor();
    for (let n = 1; n <= 30; n++) await adjust('user_alice', '0.01', `line ${n} <b>&amp;`);
    await page.reload();
    await page.getByText('line 30 <b>&amp;').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 25);
    await page.getByRole('button', { name: 'Show earlier lines' }).click();
    await page.getByText('6 earlier lines are shown.').waitFor();
    const texts = await page.locator('tbody .what span:first-child').allTextContents();
    assert.deepEqual(texts, [...Array.from({ length: 30 }, (_, n) => `Given by us: line ${30 - n} <b>&amp;`), 'Welcome credits']);
    assert.equal(await page.getByRole('button', { name: 'Show earlier lines' }).count(), 0);
    const save = page.getByRole('button', { name: 'Download as CSV' });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    assert.equal(download.suggestedFilename(), 'vocahire-credits.csv');
    const file = await readFile(await download.path(), 'utf8');
    assert.equal(file.trimEnd().split('\r\n').length, 32);
  }));

test('what is held and owed is explained, and a plan told', () =>
  site.page({}, async (page) => {
    const head = { settled: '1.00', held: '1.00', available: '0.00', owed: '4.00' };
    const person = { id: 'user_alice', name: ALICE, email: null, imageUrl: null, role: 'user', credits: '1.00', ...head,
      isPremium: true, premiumUntil: '2027-01-15T00:00:00.000Z' };
    const text = 'Payment refunded: its credits are taken back; 4.00 of it is owed';
    const line = { number: 3, at: '2026-11-20T10:00:00.000Z', kind: 'clawback', text,
      amount: '-5.00', held: '0.00', settled: '1.00', available: '0.00', owed: '4.00', reference: 'ch_1' };
    const hold = { ...line, number: 2, text: 'Held for an interview', amount: '0.00', held: '1.00' };
    await page.route('**/api/user', (route) => route.fulfill({ json: person }));
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ json: { ...head, lines: [line, hold], next: null } }));
    await credits(page);
    await page.getByText('1.00 held.').waitFor();
    await page.getByText('4.00 owed.').waitFor();
    await page.getByText('Your plan covers interviews').waitFor();
    await page.getByText('\u22125.00', { exact: true }).waitFor();
    await page.getByText('no change', { exact: true }).waitFor();
    await checkLooks(page);
  }));

test('a statement that cannot be had says so and is tried again', () =>
  site.page({ allow: /503/ }, async (page) => {
    const refused = { error: 'Away.', code: 'wallet_unavailable', requestId: 'req_0123456789abcdef' };
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ status: 503, json: refused }));
    await credits(page);
    await page.getByRole('alert').getByText('Your VocahireCredits could not be reached.').waitFor();
    await page.unroute('**/api/credits/statement*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.statement').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('an account is deleted only by who types the word, and stays deleted', () =>
  site.page({ allow: /401/ }, async (page) => {
    const { id } = site.sim.clerk.addUserByEmail('Dora Deleted', 'dora@example.test');
    await open(page, '/settings', 'Dora Deleted', 'Settings');
    await page.getByText('You lose 3.00 VocahireCredits').waitFor();
    await checkLooks(page);
    await page.getByRole('button', { name: 'Delete your account…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
    await dialog.waitFor();
    await checkAccess(page);
    await dialog.getByRole('button', { name: 'Delete the account' }).click({ force: true });
    await page.keyboard.press('Escape');
    assert.equal(await dialog.isVisible(), false, 'without the word nothing happens');
    await page.getByRole('button', { name: 'Delete your account…' }).click();
    await dialog.getByLabel('Type DELETE to confirm').fill('delete');
    await dialog.getByRole('button', { name: 'Delete the account' }).click();
    await heading(page, 'Your account is deleted.');
    await page.getByText('3.00 VocahireCredits were given up.').waitFor();
    await checkAccess(page);
    const { token } = site.sim.signIn({ userId: id });
    assert.equal((await site.worker.call('/api/user', { token })).code, 'account_closed');
  }));

test('a deletion whose answer is lost is sent again', () =>
  site.page({ allow: /503|ERR_FAILED/ }, async (page) => {
    let sent = 0;
    await page.route('**/api/me', async (route) => {
      sent += 1;
      if (sent === 1) return route.abort();
      return route.fulfill({ json: { closed: true, forfeited: '0.00' } });
    });
    await open(page, '/settings', ALICE, 'Settings');
    await page.getByRole('button', { name: 'Delete your account…' }).click();
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await page.getByRole('button', { name: 'Delete the account' }).click();
    await page.getByRole('alert').getByText('deleting it again does no harm', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Delete the account' }).click();
    await heading(page, 'Your account is deleted.');
  }));

test('the page of operators is closed to others', () =>
  site.page({}, async (page) => {
    await open(page, '/admin', ALICE, 'This page is not open to you.');
    await checkAccess(page);
  }));

test('an operator finds somebody, gives credits once although the answer is lost, and checks the wallet', () =>
  site.page({ allow: /ERR_FAILED|422/ }, async (page) => {
    const { token } = site.sim.signIn({ userId: 'user_bob' });
    await site.worker.call('/api/user', { token });
    await open(page, '/admin', ADMIN, 'Administration');
    await page.getByLabel('Id, e-mail address or name begins with').fill('user_bob');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'user_bob' }).click();
    await page.getByRole('heading', { level: 2, name: 'user_bob' }).waitFor();
    await page.getByText('Welcome credits').waitFor();
    await checkLooks(page);
    const keys = [];
    await page.route('**/api/admin/credits', async (route) => {
      const request = route.request();
      keys.push(request.headers()['idempotency-key']);
      if (keys.length > 1) return route.fallback();
      const done = await site.worker.raw('/api/admin/credits', { method: 'POST', headers: request.headers(), body: request.postData() });
      assert.equal(done.status, 200);
      return route.abort();
    });
    await page.getByLabel('Amount, such as').fill('1.50');
    await page.getByLabel('Reason, which they will read').fill('a bad line');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('Written as line 2: they have 4.50 now.').waitFor();
    assert.equal(new Set(keys).size, 1, 'the same wish, the same key');
    await page.getByText('Given by us: a bad line').waitFor();
    assert.equal(await page.getByText('Given by us: a bad line').count(), 1);
    await page.unroute('**/api/admin/credits');
    await page.getByLabel('Amount, such as').fill('-9.00');
    await page.getByLabel('Reason, which they will read').fill('too much');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('alert').getByText('This asks for more than there is.').waitFor();
    await page.getByRole('button', { name: 'Check user_bob now' }).click();
    await page.getByText('all as it must be').waitFor();
  }));
