// The page that checks receipts, for whoever was given one: no account, and an API that answers as a test says.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { checkLooks, openStage, refusal } from './report-stage.mjs';
import { SIGNED } from './report-told.mjs';
import { focused } from './screens.mjs';

const stage = await openStage();
const TEXT = 'Interview of 19 November\n0:00 AI interviewer: Hello.\n0:04 You: Hello.\n';
const hash = createHash('sha256').update(TEXT).digest('hex');
const file = (text) => ({ name: 'ses_1.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
const at = (path) => ({ path });
const verdict = (page, name) => page.getByRole('heading', { name }).waitFor();

test('a link that was given is checked at once: what it proves, in plain words', () =>
  stage.on({}, at('/verify#a.b'), async (page, { calls }) => {
    await verdict(page, 'This receipt is genuine.');
    assert.deepEqual(calls.map(({ name, body }) => [name, body]), [['POST verify', { receipt: 'a.b' }]]);
    const facts = await page.locator('.verdict > dl > div').allInnerTexts();
    const told = Object.fromEntries(facts.map((text) => text.replaceAll('\u202f', ' ').split(/\n+/)));
    assert.deepEqual(told, {
      Began: 'Nov 19, 2026, 6:02 PM', Ended: 'Nov 19, 2026, 6:21 PM', Heard: '18 min 54 s', 'How it ended': 'The person ended it',
      Charged: '0.63 VocahireCredits', 'Scored by': 'Rubric coach-1', Signed: 'Nov 19, 2026, 6:30 PM',
    });
    await page.getByText('The id and the fingerprints in it').press('Enter');
    await page.getByText(SIGNED.transcriptHash).waitFor();
    await checkLooks(page);
    await page.setViewportSize({ width: 320, height: 500 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }));

test('one that was changed is not valid, and proves nothing', () =>
  stage.on({}, at('/verify#a.c'), async (page) => {
    await verdict(page, 'This receipt is not valid.');
    await page.getByText('It proves nothing.').waitFor();
    assert.equal(await page.getByLabel('The transcript, a text file').isVisible(), false);
    await checkLooks(page);
  }));

test('one that is pasted is checked, by key, with its link or in two lines; without one it says so', () =>
  stage.on({}, at('/verify'), async (page, { calls }) => {
    await checkLooks(page);
    const field = page.getByLabel('The receipt, or the link to it');
    await page.getByRole('button', { name: 'Check the receipt' }).press('Enter');
    await page.getByText('Paste the receipt first.').waitFor();
    assert.equal(calls.length, 0);
    await field.fill(' https://vocahire.example/verify#a\n.b ');
    await page.getByRole('button', { name: 'Check the receipt' }).press('Enter');
    await verdict(page, 'This receipt is genuine.');
    assert.deepEqual([calls[0].body, await focused(page)], [{ receipt: 'a.b' }, 'This receipt is genuine.']);
    await field.fill('a.c');
    await page.getByRole('button', { name: 'Check the receipt' }).click();
    await verdict(page, 'This receipt is not valid.');
    await page.evaluate(() => { location.hash = '#a.b'; });
    await verdict(page, 'This receipt is genuine.');
  }));

test('a transcript is compared here, and goes nowhere', () =>
  stage.on({ 'POST verify': { valid: true, signed: { ...SIGNED, transcriptHash: hash } } }, at('/verify#a.b'), async (page, { calls }) => {
    const choose = page.getByLabel('The transcript, a text file');
    await choose.setInputFiles(file(TEXT));
    await page.getByText('It is the same transcript.').waitFor();
    await checkLooks(page);
    await choose.setInputFiles(file(TEXT.replace('Hello', 'Hallo')));
    await page.getByText('It is not the same.').waitFor();
    assert.equal(await page.getByText('It is the same transcript.').count(), 0);
    assert.deepEqual(calls.map(({ name }) => name), ['POST verify']);
  }));

test('a check that could not be made says that nothing is known yet, and is made again', () =>
  stage.on({ 'POST verify': refusal(503, 'internal_error') }, { ...at('/verify#a.b'), allow: /503/ }, async (page, { world }) => {
    await page.getByRole('alert').getByText('Whether the receipt is valid is not known yet.').waitFor();
    await checkLooks(page);
    world['POST verify'] = { valid: true, signed: SIGNED };
    await page.getByRole('button', { name: 'Try again' }).click();
    await verdict(page, 'This receipt is genuine.');
  }));

test('without scripts the page says what it needs', () =>
  stage.on({}, { ...at('/verify'), javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator('noscript p').isVisible());
  }));
