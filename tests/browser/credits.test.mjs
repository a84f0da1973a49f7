// The page of what somebody has, in front of the real Worker.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { ALICE, adjust, checkLooks, focused, open } from './screens.mjs';
import { sells } from './shop-told.mjs';
import { checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const credits = async (page, title = 'You have', name = ALICE) => {
  await sells(page);
  await open(page, '/credits', name, title);
};
const REFUSED = { error: 'Away.', code: 'wallet_unavailable', requestId: 'req_0123456789abcdef' };

test('whoever is new has three VocahireCredits and reads where they came from', () =>
  site.page({}, async (page) => {
    await credits(page, 'You have 3.00 VocahireCredits.');
    await page.getByText('Enough for three full interviews or six short ones.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Welcome credits' });
    await row.getByText('+3.00', { exact: true }).waitFor();
    assert.equal(Number.isNaN(Date.parse(await row.locator('time').getAttribute('datetime'))), false);
    await page.getByRole('link', { name: '3.00 VocahireCredits' }).waitFor();
    assert.equal(await page.locator('.aside').count(), 0, 'what is not so is not explained');
    assert.equal(await page.getByRole('button', { name: 'Show earlier' }).count(), 0);
    await checkLooks(page);
  }));

test('a long statement comes in pages, in order, each line once, and as a file', () =>
  site.page({ acceptDownloads: true }, async (page) => {
    await credits(page);
    await page.getByText('Welcome credits').waitFor();
    for (let n = 1; n <= 30; n += 1) await adjust(site, 'user_alice', '0.01', `line ${n} <b>&amp;`);
    await page.reload();
    await page.getByText('line 30 <b>&amp;').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 25);
    await adjust(site, 'user_alice', '-0.01', 'meanwhile');
    await page.getByRole('button', { name: 'Show earlier' }).press('Enter');
    await page.getByText('6 earlier entries shown. That is the whole statement.').waitFor();
    assert.match(await focused(page), /line 5 /, 'reading goes on where the new lines begin');
    const texts = await page.locator('tbody .what').allTextContents();
    assert.deepEqual(texts, [...Array.from({ length: 30 }, (_, n) => `Given by us: line ${30 - n} <b>&amp;`), 'Welcome credits']);
    assert.equal(await page.getByRole('button', { name: 'Show earlier' }).count(), 0);
    const save = page.getByRole('button', { name: 'Download all as CSV' });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    assert.equal(download.suggestedFilename(), 'vocahire-credits.csv');
    const file = await readFile(await download.path(), 'utf8');
    assert.equal(file.trimEnd().split('\r\n').length, 33);
    await page.getByText('The file is saved.').waitFor();
  }));

test('what is held and owed is explained, and a plan told', () =>
  site.page({}, async (page) => {
    const head = { settled: '1.00', held: '1.00', available: '0.00', payable: '0.00', owed: '4.00' };
    const person = { id: 'user_alice', name: ALICE, email: null, imageUrl: null, role: 'user', credits: '1.00', ...head,
      isPremium: true, premiumUntil: '2027-01-15T00:00:00.000Z' };
    const text = 'Payment refunded: its credits are taken back; 4.00 of it is owed';
    const line = { number: 3, at: '2026-11-20T10:00:00.000Z', kind: 'clawback', text,
      amount: '-5.00', held: '0.00', settled: '1.00', available: '0.00', owed: '4.00', reference: 'ch_1' };
    const hold = { ...line, number: 2, text: 'Held for an interview', amount: '0.00', held: '1.00' };
    const ended = { ...line, number: 1, text: 'Interview', amount: '-0.63', held: '-1.00', reference: 'x'.repeat(64) };
    await page.route('**/api/user', (route) => route.fulfill({ json: person }));
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ json: { ...head, lines: [line, hold, ended], next: null } }));
    await credits(page, 'You have 0.00 VocahireCredits.');
    await page.getByText('1.00 held', { exact: true }).first().waitFor();
    await page.getByText('4.00 owed', { exact: true }).waitFor();
    await page.getByText('Your plan covers your interviews; they cost none of these.').waitFor();
    assert.equal(await page.getByText(/2027/).count(), 0, 'the day of the Wallet is no end of the plan');
    await page.getByText('\u22125.00', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Held for an interview' }).getByText('1.00 held').waitFor();
    await page.getByText('1.00 released', { exact: true }).waitFor();
    assert.equal(await page.locator('.balance-curve').count(), 1);
    await checkLooks(page);
    await page.setViewportSize({ width: 320, height: 500 });
    await checkMeasures(page);
  }));

test('a statement that is empty says so', () =>
  site.page({}, async (page) => {
    const json = { settled: '0.00', held: '0.00', available: '0.00', payable: '0.00', owed: '0.00', lines: [], next: null };
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ json }));
    await credits(page, 'You have 0.00 VocahireCredits.');
    await page.getByText('Nothing has happened yet.').waitFor();
    await page.getByText('An interview needs at least 0.50.').waitFor();
    await checkLooks(page);
  }));

test('a statement that cannot be had says so and is tried again', () =>
  site.page({ allow: /503/ }, async (page) => {
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ status: 503, json: REFUSED }));
    await credits(page);
    await page.getByRole('alert').getByText('Your VocahireCredits could not be reached just now.').waitFor();
    await checkLooks(page);
    await page.unroute('**/api/credits/statement*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.statement').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('earlier lines that cannot be had leave the others, and are tried again', () =>
  site.page({ allow: /503/ }, async (page) => {
    await credits(page);
    await page.getByRole('button', { name: 'Show earlier' }).waitFor();
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ status: 503, json: REFUSED }), { times: 1 });
    await page.getByRole('button', { name: 'Show earlier' }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 25);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('That is the whole statement.').waitFor();
    assert.equal(await page.getByText('Welcome credits').count(), 1);
  }));

test('a file that cannot be had says so and is tried again', () =>
  site.page({ allow: /503/, acceptDownloads: true }, async (page) => {
    await credits(page);
    await page.route('**/api/credits/statement?format=csv', (route) => route.fulfill({ status: 503, json: REFUSED }), { times: 1 });
    await page.getByRole('button', { name: 'Download all as CSV' }).click();
    await page.getByRole('alert').waitFor();
    await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Try again' }).click()]);
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('what the statement tells is what the menu shows', () =>
  site.page({}, async (page) => {
    await sells(page);
    await open(page, '/interview', ALICE, 'Get ready to talk.');
    const before = await page.locator('.balance').textContent();
    await adjust(site, 'user_alice', '0.25', 'while the page is open');
    await page.locator('.balance').click();
    await page.getByText('Given by us: while the page is open').waitFor();
    const shown = parseFloat(await page.locator('.balance').textContent());
    assert.equal(shown.toFixed(2), (parseFloat(before) + 0.25).toFixed(2));
    await page.goBack();
    await page.locator('.sum').getByText(`of your ${shown.toFixed(2)} VocahireCredits`).waitFor();
  }));
