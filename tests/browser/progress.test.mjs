// The progress page in front of the real Worker, with the answers of the API made here.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CRITERIA, session, seven } from './progress-told.mjs';
import { ALICE, checkLooks, focused, heading, open } from './screens.mjs';
import { checkAccess, checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const WEEK = 7 * 86_400_000;
const BEGAN = Date.now() - 11 * WEEK;
const BETTER = 'You are getting better at Structure, Relevance and two more.';

const tells = (page, sessions) => page.route('**/api/progress', (route) => route.fulfill({ json: { criteria: CRITERIA, sessions } }));

async function progress(page, sessions, title, path = '/progress') {
  await tells(page, sessions);
  await open(page, path, ALICE, title);
}

const card = (page, name) => page.locator('.multiple').filter({ has: page.getByRole('heading', { name, exact: true }) });
const paths = (page, name) => card(page, name).locator('svg > path:not(.rule, .break)').count();

test('in three seconds: whether one gets better, and at what, drawn and in words', () =>
  site.page({}, async (page) => {
    await progress(page, seven(BEGAN), BETTER);
    await page.getByText('Compared are the last two grades of each criterion with as many before them.').waitFor();
    assert.match(await card(page, 'Structure').locator('.now').textContent(), /^4 up from 2$/);
    assert.match(await card(page, 'Reflection').locator('.now').textContent(), /^3 steady$/);
    assert.match(await card(page, 'Depth').locator('.now').textContent(), /^2 $/);
    assert.match(await card(page, 'Your share').locator('.now').textContent(), /^64 % $/);
    await page.getByText('You practised in eight of the last twelve weeks').waitFor();
    await checkLooks(page);
    await page.setViewportSize({ width: 320, height: 600 });
    await checkMeasures(page);
  }));

test('only what can be compared is joined, and a change of the rubric is marked', () =>
  site.page({}, async (page) => {
    await progress(page, seven(BEGAN), BETTER);
    assert.deepEqual([await paths(page, 'Structure'), await paths(page, 'Reflection'), await paths(page, 'Depth')], [2, 2, 1]);
    assert.equal(await card(page, 'Structure').locator('.break').count(), 1);
    assert.equal(await card(page, 'Fillers').locator('.break').count(), 0);
    assert.equal(await card(page, 'Reflection').locator('.dot').count(), 5, 'no dot where no grade was given');
    await page.getByText('At a dashed line the rubric or the level changed').waitFor();
    const numbers = await page.locator('.plot path').evaluateAll((all) => all.map((one) => one.getAttribute('d')).join(' '));
    assert.doesNotMatch(numbers, /NaN|Infinity|undefined/);
  }));

test('each point leads to its interview, and says which one it is', () =>
  site.page({ allow: /404/ }, async (page) => {
    await progress(page, seven(BEGAN), BETTER);
    const last = card(page, 'Structure').locator('a').last();
    assert.match(await last.locator('title').textContent(), /: 4 of 5, Product manager$/);
    await page.route('**/api/sessions/ses_9**', (route) => route.fulfill({ status: 404, json: { error: 'Gone.', code: 'not_found' } }));
    const asked = page.waitForRequest('**/api/sessions/ses_9');
    await last.locator('rect').click();
    await asked;
    assert.equal(new URL(page.url()).pathname, '/sessions/ses_9');
  }));

test('the pictures are hidden from who cannot see them, and their table is always there', () =>
  site.page({ allow: /404/ }, async (page) => {
    await progress(page, seven(BEGAN), BETTER);
    assert.equal(await page.locator('main svg').evaluateAll((all) => all.every((svg) => svg.closest('[aria-hidden=true]'))), true);
    await page.locator('summary', { hasText: 'Show as table' }).press('Enter');
    const table = page.getByRole('table', { name: 'Your interviews in numbers, newest first' });
    await table.waitFor();
    const heads = await table.getByRole('columnheader').allTextContents();
    assert.deepEqual(heads, ['Interview', ...CRITERIA.map(({ name }) => name), 'Your share', 'Fillers', 'Rubric']);
    const rows = await table.getByRole('rowheader').allTextContents();
    assert.equal(rows.length, 7, 'one that is neither scored nor counted has no row');
    const cells = (n) => table.getByRole('row').nth(n).getByRole('cell').allTextContents();
    assert.deepEqual(await cells(1), ['4', '4', '3', '5', '3', '–not judged', '–not judged', '–not judged', '64 %', '1.2', 'coach-1']);
    assert.equal((await cells(5))[4], 'empty');
    await checkAccess(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await checkMeasures(page);
    await table.getByRole('link').first().press('Enter');
    assert.equal(new URL(page.url()).pathname, '/sessions/ses_9');
  }));

test('what comes next leads into the lobby with a focus that judges it', () =>
  site.page({ permissions: ['microphone'] }, async (page) => {
    await page.route('**/api/resume', (route) => route.fulfill({ json: { resume: null, convert: false } }));
    await progress(page, seven(BEGAN), BETTER);
    await page.getByRole('heading', { name: 'Next: Depth' }).waitFor();
    await page.getByText('Go one layer deeper').waitFor();
    await page.getByRole('link', { name: 'Practise it: Your craft' }).press('Enter');
    await heading(page, 'Get ready to talk.');
    assert.equal(await page.getByLabel('What the questions are about').inputValue(), 'technical');
    assert.equal(new URL(page.url()).search, '', 'it is taken over once');
    await page.getByLabel('What the questions are about').selectOption('case');
    await page.reload();
    await heading(page, 'Get ready to talk.');
    assert.equal(await page.getByLabel('What the questions are about').inputValue(), 'case', 'and what is chosen after that counts');
  }));

test('one focus alone can be looked at, by keyboard too, and the address keeps it', () =>
  site.page({}, async (page) => {
    await progress(page, seven(BEGAN), BETTER);
    await page.getByRole('radio', { name: 'All' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await heading(page, 'One more graded interview, and this page can compare.');
    assert.deepEqual(await page.locator('.multiple h3').allTextContents(),
      ['Relevance', 'Specifics', 'Depth', 'Reasoning', 'Trade-offs', 'Your share', 'Fillers']);
    assert.equal(new URL(page.url()).search, '?focus=technical');
    await checkAccess(page);
    await page.reload();
    await heading(page, 'One more graded interview, and this page can compare.');
    assert.equal(await page.getByRole('radio', { name: 'Your craft' }).isChecked(), true);
  }));

test('with one focus there is nothing to choose, and with one rubric nothing to tell apart', () =>
  site.page({}, async (page) => {
    await progress(page, [session(0, [3, 3, 3, 3, 3], { from: BEGAN }), session(1, [3, 4, 3, null, 3], { from: BEGAN })],
      'Last time you were better at Structure.', '/progress?focus=nonsense');
    assert.equal(await page.getByRole('radio').count(), 0);
    assert.equal(await page.getByText('At a dashed line').count(), 0);
    await page.getByText('a first hint, not yet a trend').waitFor();
    await page.getByText('Show as table').click();
    assert.equal(await page.getByRole('columnheader', { name: 'Rubric' }).count(), 0);
    await checkLooks(page);
  }));

test('too little to compare is said, and what there is stands there all the same', () =>
  site.page({}, async (page) => {
    await progress(page, [session(0, null, { from: BEGAN })], 'None of your interviews is scored yet.');
    await page.getByText('With two that are scored').waitFor();
    assert.deepEqual(await page.locator('.multiple h3').allTextContents(), ['Your share', 'Fillers']);
    assert.equal(await page.locator('.next').count(), 0);
    await checkLooks(page);
  }));

test('an interview that is neither scored nor counted counts as practice alone', () =>
  site.page({}, async (page) => {
    await progress(page, [session(11, null, { from: BEGAN, counts: null })], 'None of your interviews is scored yet.');
    await page.getByText('You practised in one of the last twelve weeks.').waitFor();
    assert.equal(await page.locator('.multiple, table').count(), 0);
    await checkAccess(page);
  }));

test('many interviews still make a calm picture', () =>
  site.page({}, async (page) => {
    const many = Array.from({ length: 200 }, (_, n) => session(n / 20, [1 + (n % 5), 3, 3, 3, 3], { from: BEGAN, id: `ses_${n}` }));
    await progress(page, many, /./);
    assert.equal(await card(page, 'Relevance').locator('svg.many .dot').count(), 200);
    await checkMeasures(page);
  }));

test('whoever had no interview yet sees a flat line and the way to the first', () =>
  site.page({ permissions: ['microphone'] }, async (page) => {
    await page.route('**/api/resume', (route) => route.fulfill({ json: { resume: null, convert: false } }));
    await progress(page, [], 'Your progress');
    await page.getByText('No interview yet.').waitFor();
    assert.equal(await page.locator('.line.flat').count(), 1);
    await checkLooks(page);
    await page.getByRole('link', { name: 'Get ready for the first' }).click();
    await heading(page, 'Get ready to talk.');
  }));

test('an answer that cannot be had is asked for again', () =>
  site.page({ allow: /503/ }, async (page) => {
    await tells(page, seven(BEGAN));
    const json = { error: 'Slow.', code: 'database_timeout', requestId: 'req_0123456789abcdef' };
    await page.route('**/api/progress', (route) => route.fulfill({ status: 503, json }), { times: 1 });
    await open(page, '/progress', ALICE, 'Your progress');
    await page.getByRole('alert').getByText('Our database did not answer in time.').waitFor();
    await checkLooks(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading(page, BETTER);
  }));

test('the menu leads to progress and to the resume, and the sentence has the focus', () =>
  site.page({}, async (page) => {
    await tells(page, seven(BEGAN));
    await page.route('**/api/resume', (route) => route.fulfill({ json: { resume: null, convert: false } }));
    await open(page, '/settings', ALICE, 'Settings');
    await page.locator('.account').click();
    await page.getByRole('link', { name: 'Progress' }).click();
    await heading(page, BETTER);
    assert.equal(await focused(page), BETTER);
    await page.locator('.account').click();
    await page.getByRole('link', { name: 'Resume' }).click();
    await heading(page, 'Your resume');
    assert.equal(await page.title(), 'Resume · Vocahire');
  }));
