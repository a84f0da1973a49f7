// The settings page and the end of an account, in front of the real Worker.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { ALICE, checkLooks, heading, open } from './screens.mjs';
import { checkAccess, openSite } from './stack.mjs';

const site = await openSite();
const opener = (page) => page.getByRole('button', { name: 'Delete your account…' });
const confirm = (page) => page.getByRole('button', { name: 'Delete the account' });

test('who one is stands there, and is changed where the sign-in is kept', () =>
  site.page({}, async (page) => {
    await open(page, '/settings', ALICE, 'Settings');
    for (const text of [ALICE, 'alice@example.test']) await page.locator('.facts').getByText(text, { exact: true }).waitFor();
    await page.locator('main').getByRole('button', { name: 'Manage account' }).click();
    await page.getByRole('dialog', { name: 'Account' }).waitFor();
  }));

test('an account is deleted only by who types the word, and stays deleted', () =>
  site.page({ allow: /401/ }, async (page) => {
    const { id } = site.sim.clerk.addUserByEmail('Dora Deleted', 'dora@example.test');
    await open(page, '/settings', 'Dora Deleted', 'Settings');
    await page.getByText('You lose 3.00 VocahireCredits').waitFor();
    await checkLooks(page);
    await opener(page).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
    await dialog.waitFor();
    await checkLooks(page);
    await dialog.getByLabel('Type DELETE to confirm').press('Enter');
    await dialog.getByText('Nothing happens until you type DELETE.').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await dialog.isVisible(), false, 'without the word nothing happens');
    assert.equal(await opener(page).evaluate((element) => element === document.activeElement), true);
    await opener(page).click();
    await dialog.getByLabel('Type DELETE to confirm').fill('delete');
    await page.keyboard.press('Enter');
    await heading(page, 'Your account is deleted.');
    await page.getByText('3.00 VocahireCredits were given up.').waitFor();
    assert.equal(await page.locator('.account').count(), 0);
    await checkAccess(page);
    const { token } = site.sim.signIn({ userId: id });
    assert.equal((await site.worker.call('/api/user', { token })).code, 'account_closed');
    await page.getByRole('button', { name: 'Go to the front page' }).click();
    await page.waitForURL((url) => url.pathname === '/');
  }));

test('a deletion that was done although its answer was lost is told as done when it is sent again', () =>
  site.page({ allow: /401|ERR_FAILED/ }, async (page) => {
    site.sim.clerk.addUserByEmail('Lara Lost', 'lara@example.test');
    await open(page, '/settings', 'Lara Lost', 'Settings');
    await page.route('**/api/me', async (route) => {
      const done = await site.worker.raw('/api/me', { method: 'DELETE', headers: route.request().headers() });
      assert.equal(done.status, 200);
      return route.abort();
    }, { times: 1 });
    await opener(page).click();
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await confirm(page).click();
    const alert = page.getByRole('alert');
    await alert.getByText('We cannot tell yet whether your account is deleted.').waitFor();
    assert.doesNotMatch(await alert.textContent(), /nothing was/i);
    await checkLooks(page);
    await confirm(page).click();
    await heading(page, 'Your account is deleted.');
  }));

test('a deletion whose request was lost is sent again', () =>
  site.page({ allow: /ERR_FAILED/ }, async (page) => {
    site.sim.clerk.addUserByEmail('Rita Request', 'rita@example.test');
    await open(page, '/settings', 'Rita Request', 'Settings');
    await page.route('**/api/me', (route) => route.abort(), { times: 1 });
    await opener(page).click();
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await confirm(page).click();
    await page.getByRole('alert').getByText('Delete it again: twice does no harm.').waitFor();
    await confirm(page).click();
    await heading(page, 'Your account is deleted.');
    await page.getByText('3.00 VocahireCredits were given up.').waitFor();
  }));

test('whoever comes back to a deleted account is told so and can sign out', () =>
  site.page({ allow: /401/ }, async (page) => {
    const { id } = site.sim.clerk.addUserByEmail('Cleo Closed', 'cleo@example.test');
    const { token } = site.sim.signIn({ userId: id });
    await site.worker.call('/api/user', { token });
    assert.equal((await site.worker.call('/api/me', { method: 'DELETE', token })).status, 200);
    // At Clerk the account goes a moment later; this is somebody whose sign-in still works.
    await until(() => !site.sim.clerk.users.has(id), 'the account at Clerk is gone');
    site.sim.clerk.addUser({ id, name: 'Cleo Closed', email: 'cleo@example.test' });
    await open(page, '/credits', 'Cleo Closed', 'This account is deleted.');
    await checkLooks(page);
    await page.locator('main').getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.pathname === '/');
  }));
