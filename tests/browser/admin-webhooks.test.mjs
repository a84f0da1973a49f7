// What operators see of webhooks, in front of the real Worker, with the answers about them made here.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ADMIN, checkEverywhere, checkLooks, focused, open } from './screens.mjs';
import { AWAY } from './shop-told.mjs';
import { openSite } from './stack.mjs';
import { FAILED, QUIET, UNTAKEN, watched } from './webhooks-told.mjs';

const site = await openSite();
const part = (page) => page.getByRole('region', { name: 'Webhooks' });
const compare = (page) => part(page).getByRole('button', { name: 'Compare with Stripe now' });

async function admin(page, details) {
  await watched(page, details);
  await open(page, '/admin', ADMIN, 'Administration');
}

test('an operator reads when Stripe and Clerk were last heard, and that all is well', () =>
  site.page({}, async (page) => {
    await admin(page, QUIET);
    for (const words of ['test mode, last event 3 minutes ago', 'no event yet', '120 events', 'No differences are known.',
      'No event has failed.']) {
      await part(page).getByText(words).waitFor();
    }
    assert.equal(await part(page).getByRole('button', { name: /again/ }).count(), 0);
    await checkLooks(page);
  }));

test('failures and differences are named with what they are about', () =>
  site.page({}, async (page) => {
    await admin(page, FAILED);
    await part(page).getByText('The book differs from Stripe’s.').waitFor();
    await part(page).getByText('bought at Stripe, and not in the book').waitFor();
    await part(page).getByText('two times tried: the wallet did not answer').waitFor();
    assert.equal(await part(page).getByRole('link', { name: 'user_bob' }).getAttribute('href'), '/admin?user=user_bob');
    await part(page).getByText('The secret of its webhooks is not set.').waitFor();
    await checkLooks(page);
  }));

test('a comparison is made on demand, by keyboard, and its outcome shown', () =>
  site.page({}, async (page) => {
    await admin(page, QUIET);
    await page.route('**/api/admin/reconcile', (route) => route.fulfill({ json: FAILED }));
    await compare(page).press('Enter');
    await part(page).getByText('Compared just now.').waitFor();
    await part(page).getByText('bought at Stripe, and not in the book').waitFor();
    assert.equal(await focused(page), 'Compare with Stripe now');
  }));

test('a difference that is an event is handled again, and is gone once it was taken', () =>
  site.page({ allow: /504/ }, async (page) => {
    await admin(page, UNTAKEN);
    const again = part(page).getByRole('button', { name: /^Handle again/ });
    await part(page).getByText('told by Stripe, and not taken here').waitFor();
    assert.deepEqual(await again.evaluateAll((all) => all.map((one) => one.ariaLabel)), ['Handle again: evt_2'], 'a visit has none');
    await checkEverywhere(page);
    await page.route('**/api/admin/replay', (route) => route.fulfill({ status: 504, json: AWAY }), { times: 1 });
    await again.press('Enter');
    await part(page).getByRole('alert').waitFor();
    assert.equal(await again.count(), 1, 'what was not taken stays');
    await page.unroute('**/api/diagnostic/webhooks');
    await watched(page, { ...UNTAKEN, differences: FAILED.differences });
    const asked = page.waitForRequest('**/api/admin/replay');
    await page.route('**/api/admin/replay', (route) => route.fulfill({ json: { done: 'ignored' } }));
    await again.press('Enter');
    assert.deepEqual((await asked).postDataJSON(), { event: 'evt_2' });
    await part(page).getByText('evt_2: looked at again; there is nothing to do for it.').waitFor();
    assert.deepEqual([await again.count(), await part(page).getByText('bought at Stripe, and not in the book').count()], [0, 1]);
    await checkEverywhere(page);
  }));

test('a failure is handled again, and a comparison that fails is tried again', () =>
  site.page({ allow: /504/ }, async (page) => {
    await admin(page, FAILED);
    const asked = page.waitForRequest('**/api/admin/replay');
    await page.route('**/api/admin/replay', (route) => route.fulfill({ json: { done: 'stored' } }));
    await page.unroute('**/api/diagnostic/webhooks');
    await part(page).getByRole('button', { name: 'Handle again: evt_1' }).waitFor();
    await watched(page, QUIET);
    await part(page).getByRole('button', { name: 'Handle again: evt_1' }).press('Enter');
    assert.deepEqual((await asked).postDataJSON(), { event: 'evt_1' });
    await part(page).getByText('evt_1: handled again, and what it says is in the book.').waitFor();
    await part(page).getByText('No event has failed.').waitFor();
    await page.route('**/api/admin/reconcile', (route) => route.fulfill({ status: 504, json: AWAY }), { times: 1 });
    await compare(page).click();
    await part(page).getByRole('alert').waitFor();
    await checkLooks(page);
    await page.route('**/api/admin/reconcile', (route) => route.fulfill({ json: { ok: true, ...QUIET } }), { times: 1 });
    await part(page).getByRole('button', { name: 'Try again' }).click();
    await part(page).getByText('Compared just now.').waitFor();
    assert.equal(await part(page).getByRole('alert').count(), 0);
  }));
