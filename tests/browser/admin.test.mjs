// The pages of operators, in front of the real Worker.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ADMIN, ALICE, checkLooks, heading, open } from './screens.mjs';
import { checkAccess, openSite } from './stack.mjs';
import { watched } from './webhooks-told.mjs';

const site = await openSite();
const entry = (page, reason) => page.getByText(`Given by us: ${reason}`);

/** Who opens a wallet by coming here. */
async function comeAs(userId) {
  const { token } = site.sim.signIn({ userId });
  assert.equal((await site.worker.call('/api/user', { token })).status, 200);
}

async function personPage(page, userId, title) {
  await comeAs(userId);
  await open(page, `/admin?user=${userId}`, ADMIN, title);
  await page.getByText('Welcome credits').waitFor();
}

async function fill(page, amount, reason) {
  await page.getByLabel('Amount, such as 1.50').fill(amount);
  await page.getByLabel('Reason, which they will read').fill(reason);
}

test('the page of operators is closed to others', () =>
  site.page({}, async (page) => {
    await open(page, '/admin', ALICE, 'This page is not open to you.');
    await checkAccess(page);
    await page.locator('.account').click();
    assert.equal(await page.getByRole('link', { name: 'Administration' }).count(), 0);
    await page.goto('/admin?user=user_bob');
    await heading(page, 'This page is not open to you.');
  }));

test('an operator finds somebody, opens them, and comes back to what was found', () =>
  site.page({}, async (page) => {
    await comeAs('user_bob');
    await watched(page);
    await open(page, '/admin', ADMIN, 'Administration');
    await page.getByText('No round has begun yet.').waitFor();
    await page.getByLabel('Id, e-mail address or name begins with').fill('user_b');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.search === '?q=user_b');
    await page.getByText('1 shown.').waitFor();
    await checkLooks(page);
    await page.getByRole('link', { name: 'user_bob' }).click();
    await heading(page, 'Bob Example');
    await page.getByText('Welcome credits').waitFor();
    await checkLooks(page);
    await page.getByRole('button', { name: 'Check this wallet now' }).click();
    await page.getByText('all as it must be').waitFor();
    await page.goBack();
    await page.getByText('1 shown.').waitFor();
    await page.goto('/admin?q=nobody-at-all');
    await page.getByText('Nobody was found.').waitFor();
  }));

test('what is given is written once although the answer was lost', () =>
  site.page({ allow: /ERR_FAILED/ }, async (page) => {
    await personPage(page, 'user_bob', 'Bob Example');
    const keys = [];
    await page.route('**/api/admin/credits', async (route) => {
      const request = route.request();
      keys.push(request.headers()['idempotency-key']);
      if (keys.length > 1) return route.fallback();
      const done = await site.worker.raw('/api/admin/credits', { method: 'POST', headers: request.headers(), body: request.postData() });
      assert.equal(done.status, 200);
      return route.abort();
    });
    await fill(page, '1,5', 'a bad line');
    await page.getByRole('button', { name: 'Give 1.50' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('We cannot tell whether it was written.').waitFor();
    assert.doesNotMatch(await alert.textContent(), /nothing was/i);
    assert.equal(await page.getByLabel('Amount, such as 1.50').isDisabled(), true, 'another wish would be another entry');
    await checkLooks(page);
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('Written as entry 2: 4.50 available now.').waitFor();
    assert.equal(new Set(keys).size, 1, 'the same wish, the same key');
    await entry(page, 'a bad line').waitFor();
    assert.equal(await entry(page, 'a bad line').count(), 1);
    await page.locator('.statement .key').getByText(keys[0]).waitFor();
    await page.locator('.statement .by').getByText('user_admin').waitFor();
    await page.unroute('**/api/admin/credits');
    await fill(page, '1.50', 'a bad line');
    await page.getByRole('button', { name: 'Give 1.50' }).click();
    await page.getByText('Written as entry 3: 6.00 available now.').waitFor();
  }));

test('a wish that was left is looked up in the statement', () =>
  site.page({ allow: /ERR_FAILED/ }, async (page) => {
    await personPage(page, 'user_alice', ALICE);
    await page.route('**/api/admin/credits', (route) => route.abort(), { times: 1 });
    await fill(page, '0.20', 'never sent');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Leave it, and look at the statement' }).click();
    await page.getByRole('button', { name: 'Give', exact: true }).waitFor();
    assert.equal(await page.getByLabel('Reason, which they will read').inputValue(), '');
    assert.equal(await entry(page, 'never sent').count(), 0);
  }));

test('more than there is cannot be taken, and less can; a bad form is not sent', () =>
  site.page({ allow: /422/ }, async (page) => {
    await personPage(page, 'user_admin', ADMIN);
    let sent = 0;
    page.on('request', (request) => { sent += request.method() === 'POST' && request.url().endsWith('/api/admin/credits') ? 1 : 0; });
    await fill(page, '1.005', 'too fine');
    await page.keyboard.press('Enter');
    await page.getByText('An amount is digits with at most two decimals, and not zero.').waitFor();
    await fill(page, '9.00', 'no');
    await page.keyboard.press('Enter');
    await page.getByText('A reason has at least three letters.').waitFor();
    assert.equal(sent, 0);
    await page.getByLabel('Take', { exact: true }).check();
    await fill(page, '9.00', 'too much');
    await page.getByRole('button', { name: 'Take 9.00' }).click();
    await page.getByRole('alert').getByText('This is understood, but it cannot be done.').waitFor();
    await fill(page, '1.00', 'a test of ours');
    await page.getByRole('button', { name: 'Take 1.00' }).click();
    await page.getByText('Written as entry 2: 2.00 available now.').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.getByText('\u22121.00', { exact: true }).waitFor();
    assert.equal(sent, 2);
  }));

test('a wallet that nobody has opened says so', () =>
  site.page({ allow: /409/ }, async (page) => {
    site.sim.clerk.addUserByEmail('Una Untouched', 'una@example.test');
    const { id } = [...site.sim.clerk.users.values()].find(({ name }) => name === 'Una Untouched');
    await open(page, `/admin?user=${id}`, ADMIN, id);
    await page.getByText('This wallet is not open yet').waitFor();
    assert.equal(await page.locator('.adjust').count(), 0);
    await checkLooks(page);
  }));
