// The whole journey of one person, from the front page to an interview that is deleted again: by keyboard alone, in Chromium,
// on the real Worker. Nothing is answered for here but what others do: Clerk, OpenAI, and the person's voice.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { LINES, goodPdf } from './resume-files.mjs';
import { LOBBY, VOICE, spoken, startButton } from './room-people.mjs';
import { heading } from './screens.mjs';
import { checkAccess, openSite } from './stack.mjs';

const site = await openSite({ ROOM_ARCHIVE_SECONDS: '1' });

const NAME = 'Robin Example'; // as it stands in the resume
const EMAIL = 'robin@example.test';
const JOB = 'Product manager for bookings';
const CV = { name: 'cv.pdf', mimeType: 'application/pdf', buffer: goodPdf() };

// The simulator writes these down for the first two times that it hears a voice. The third is typed.
const SAID = [
  'I started out in support and moved towards building things, because I liked fixing the causes.',
  'We had a service that failed every night. I measured first, found a full queue, and gave it a limit.',
  'We disagreed about the date, so I wrote down both risks, and then we chose the later week together.',
];
const ASKED = ['what brought you to this kind of work?', 'Tell me about a hard problem', 'Think of a time you disagreed'];
const WHY = 'I did say what came of it: the queue had a limit.';

const GONE = /status of 404 .*\/api\/sessions\/ses_\w+$/; // the one complaint that is wanted: what is deleted is not there
const MOST_STOPS = 120;

const button = (page, name) => page.getByRole('button', { name });
const link = (page, name) => page.getByRole('link', { name });
const hasFocus = (target) => target.evaluate((element) => element === document.activeElement);

/** With the key that everybody has who has no mouse. */
async function reach(page, target) {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${target} cannot be reached by key on ${page.url()}`);
}

async function press(page, target, key = 'Enter') {
  await reach(page, target);
  await page.keyboard.press(key);
}

async function write(page, field, text) {
  await reach(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function choose(page, field, file) {
  const asked = page.waitForEvent('filechooser'); // from the start: once the key is pressed it is late to begin listening
  await press(page, field);
  await (await asked).setFiles(file);
}

async function visit(page, name) {
  await press(page, button(page, /^Account:/));
  await press(page, page.getByRole('group', { name: 'Account' }).getByRole('link', { name, exact: true }));
}

async function joins(page) {
  await page.goto('/');
  await heading(page, 'Practise your job interview out loud.');
  await checkAccess(page);
  await press(page, link(page, 'Create your account'));
  await heading(page, 'Create your account');
  await write(page, page.getByLabel('Name', { exact: true }), NAME);
  await write(page, page.getByLabel('E-mail'), EMAIL);
  await checkAccess(page);
  await press(page, button(page, 'Continue').last());
  await heading(page, LOBBY);
  await link(page, '3.00 VocahireCredits').waitFor();
}

async function bringsResume(page) {
  await press(page, link(page, 'Add your resume'));
  await heading(page, 'Your resume');
  await checkAccess(page);
  await choose(page, page.getByLabel('Choose a file'), CV);
  await page.getByRole('heading', { name: 'Is this your resume?' }).waitFor();
  assert.equal(await page.getByLabel('Text of your resume').inputValue(), [...LINES.slice(0, 3), '', ...LINES.slice(3)].join('\n'));
  await press(page, button(page, 'Keep this resume'));
  await page.getByText('Your resume is kept.').waitFor();
  await press(page, button(page, 'Analyse it'));
  await page.locator('.found').getByText('talking with people').waitFor();
  await checkAccess(page);
  await press(page, link(page, 'Use it in an interview'));
  await heading(page, LOBBY);
}

async function prepares(page) {
  await write(page, page.getByLabel('Which job do you prepare for?'), JOB);
  await press(page, page.getByRole('radio', { name: '30 minutes' }), 'ArrowDown');
  await press(page, page.getByRole('checkbox', { name: 'Let the interviewer read my resume (cv.pdf)' }), 'Space');
  await press(page, page.getByLabel('Level'), 'ArrowDown');
  await write(page, page.getByLabel('Company, if you know it'), 'Northwind');
  await page.getByText('15 minutes: 0.50 of your 3.00 VocahireCredits.').waitFor();
  await page.locator('.connection strong').getByText(/fine|blocked|slow/).waitFor();
  await page.evaluate(() => window.speak(true));
  await page.getByText('We hear you.').waitFor();
  await page.evaluate(() => window.speak(false));
  await checkAccess(page);
}

/** The interviewer has asked this, and waits. */
async function isAsked(page, words) {
  await spoken(page).filter({ hasText: words }).waitFor();
  await heading(page, 'Your turn.');
}

async function answersAloud(page, words) {
  await page.evaluate(() => window.speak(true));
  await heading(page, 'You are speaking.');
  await page.evaluate(() => window.speak(false));
  await page.locator('.captions .person').filter({ hasText: words }).waitFor();
}

async function answersInWriting(page, words) {
  await press(page, button(page, 'Type an answer'));
  await write(page, page.getByLabel('Your answer'), words);
  await page.keyboard.press('Enter');
  await page.locator('.captions .person').filter({ hasText: words }).waitFor();
}

/** From the click to the page of the interview: its id. */
async function talks(page) {
  await press(page, startButton(page));
  await heading(page, 'The interviewer is speaking.');
  await page.waitForFunction(async () => (await window.heard()) > 0.01);
  await checkAccess(page);
  await isAsked(page, ASKED[0]);
  await answersAloud(page, SAID[0]);
  await isAsked(page, ASKED[1]);
  await answersAloud(page, SAID[1]);
  await isAsked(page, ASKED[2]);
  await answersInWriting(page, SAID[2]);
  await press(page, button(page, 'End…'));
  await checkAccess(page);
  await press(page, button(page, 'End the interview'));
  await page.waitForURL('**/sessions/ses_*');
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** What went to others: to OpenAI the resume that was said yes to, and to whoever judges no name. */
async function wasSent() {
  const [call, ...more] = site.sim.openaiCalls();
  assert.deepEqual([more.length, call.offers.length], [0, 1]);
  for (const words of [JOB, 'Northwind', LINES[2]]) assert.ok(call.instructions.includes(words), words);
  await until(() => site.sim.openaiCalls()[0].state === 'ended', 'the call is hung up');
  const asked = site.sim.openaiResponses().map(({ body }) => body);
  assert.deepEqual(asked.map(({ text }) => text.format.name), ['resume_analysis', 'interview_feedback']);
  for (const body of asked) assert.doesNotMatch(JSON.stringify(body), /robin/i);
}

const score = (page, name) => page.locator('.score').filter({ has: page.locator('.name', { hasText: name }) });
const textsOf = (locator) => locator.evaluateAll((all) => all.map((one) => one.textContent));

/** The report is there, and every word in it that is said to be the person's is. */
async function readsReport(page) {
  await heading(page, JOB);
  await page.getByText('Written by AI', { exact: true }).waitFor();
  await page.locator('.lines li').filter({ hasText: SAID[2] }).getByText('typed').waitFor();
  const lines = await textsOf(page.locator('.lines .person p > span[lang]'));
  assert.deepEqual(lines, SAID);
  const quoted = await textsOf(page.locator('.report .quote:not(.better *) q'));
  assert.ok(quoted.length >= 5, `${quoted.length} quotations`);
  for (const quote of quoted) assert.ok(SAID.some((line) => line.includes(quote)), quote);
  assert.equal(await page.locator('.score').count(), 5);
  await page.getByText('nothing charged').waitFor();
  await link(page, '3.00 VocahireCredits').waitFor();
  await checkAccess(page);
}

/** From a grade to the words that it stands on, to the moment they were said, and back: the grade. */
async function opensScore(page) {
  const row = score(page, 'Structure');
  const [, grade] = /^([1-5]) of 5$/.exec(await row.locator('.figure').textContent());
  await press(page, row.locator('summary'));
  const quote = row.locator('.quote a').first();
  const [text, at] = [await quote.locator('q').textContent(), (await quote.locator('.at').textContent()).split(' ').at(-1)];
  await press(page, quote);
  const line = page.locator('.lines li.found.person');
  assert.ok(await hasFocus(line), 'reading goes on where it was said');
  assert.equal(await line.locator('mark').textContent(), text);
  assert.equal((await line.locator('.at').textContent()).trim(), at);
  const place = await page.getByRole('slider', { name: 'Place in the talk' }).getAttribute('aria-valuetext');
  assert.ok(place.startsWith(`${at} of `) && place.endsWith('you speak'), place);
  await checkAccess(page);
  await press(page, button(page, 'Back to where you were'));
  assert.ok(await hasFocus(quote));
  return grade;
}

async function disagrees(page) {
  const row = score(page, 'Structure');
  await press(page, button(page, 'I disagree with the score for structure'));
  await write(page, page.getByLabel('Why do you disagree with the score for structure?'), WHY);
  await press(page, button(page, 'Keep my objection'));
  await row.locator('.objection').getByText(WHY).waitFor();
  await page.reload();
  await row.locator('summary').getByText('You disagree.').waitFor();
  await press(page, row.locator('summary'));
  await row.locator('.objection').getByText(WHY).waitFor();
  await checkAccess(page);
}

/** It stands there with the grade that the report gave, and leads back to it. */
async function seesProgress(page, id, grade) {
  await visit(page, 'Progress');
  await heading(page, 'One more graded interview, and this page can compare.');
  await page.getByText('You practised in one of the last twelve weeks').waitFor();
  await press(page, page.locator('summary', { hasText: 'Show as table' }));
  const table = page.getByRole('table', { name: 'Your interviews in numbers, newest first' });
  const row = table.getByRole('row').filter({ hasText: JOB });
  const heads = await textsOf(table.getByRole('columnheader'));
  assert.equal(await row.locator('th, td').nth(heads.indexOf('Structure')).textContent(), grade);
  await checkAccess(page);
  await press(page, row.getByRole('link'));
  await heading(page, JOB);
  assert.equal(new URL(page.url()).pathname, `/sessions/${id}`);
}

async function findsItAgain(page, id) {
  await visit(page, 'History');
  await heading(page, 'Your interviews');
  await page.locator('.talks').getByText('It ended in its first minute.').waitFor();
  await checkAccess(page);
  await press(page, page.locator('.talks a'));
  await heading(page, JOB);
  assert.equal(new URL(page.url()).pathname, `/sessions/${id}`);
}

/** The transcript as it is saved, and the page that checks the receipt, opened by its link. */
async function makesReceipt(page) {
  const saved = page.waitForEvent('download');
  await press(page, button(page, 'Save as Text'));
  const transcript = await readFile(await (await saved).path(), 'utf8');
  for (const line of SAID) assert.ok(transcript.includes(line), line);
  await press(page, button(page, 'Make a receipt'));
  const address = await page.getByLabel('The link to it').inputValue();
  assert.ok(address.startsWith(site.at('/verify#')), address);
  await checkAccess(page);
  const opened = page.context().waitForEvent('page');
  await press(page, link(page, 'See what it says'));
  const verify = await opened;
  assert.equal(verify.url(), address);
  return { transcript, address, verify };
}

const verdict = (verify, what) => verify.getByRole('heading', { name: `This receipt is ${what}.` }).waitFor();

async function pastes(verify, receipt, what) {
  await write(verify, verify.getByLabel('The receipt, or the link to it'), receipt);
  await press(verify, button(verify, 'Check the receipt'));
  await verdict(verify, what);
}

/** Another letter in the middle of one of its parts, where each bit counts. */
function changed(address, part) {
  const parts = address.split('#')[1].split('.');
  const middle = Math.floor(parts[part].length / 2);
  return parts.with(part, parts[part].replace(/./g, (letter, at) => (at !== middle ? letter : letter === 'A' ? 'B' : 'A'))).join('.');
}

async function verifies({ verify, transcript, address }) {
  await verdict(verify, 'genuine');
  await verify.locator('.verdict').getByText('Nothing', { exact: true }).waitFor();
  const field = verify.getByLabel('The transcript, a text file');
  const file = (text) => ({ name: 'talk.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await choose(verify, field, file(transcript));
  await verify.getByText('It is the same transcript.').waitFor();
  await checkAccess(verify);
  await choose(verify, field, file(transcript.replace('gave', 'save')));
  await verify.getByText('It is not the same.').waitFor();
  for (const part of [0, 1]) await pastes(verify, changed(address, part), 'not valid');
  await checkAccess(verify);
  await pastes(verify, address, 'genuine');
}

async function deletes(page, id) {
  await press(page, button(page, 'Delete this interview now…'));
  await checkAccess(page);
  await press(page, button(page, 'Delete the interview'));
  await heading(page, 'Your interviews');
  await page.getByText('The interview is deleted.').waitFor();
  await page.getByText('No interview yet.').waitFor();
  await checkAccess(page);
  await visit(page, 'Progress');
  await page.getByText('No interview yet.').waitFor();
  await page.goto(`/sessions/${id}`);
  await heading(page, 'What you asked for does not exist.');
  await checkAccess(page);
}

/** Nowhere a word of it is left; the money's line stays, and the receipt holds no word. */
async function isGone(page, id, { verify, address }) {
  const token = await page.evaluate(() => window.Clerk.session.getToken());
  for (const path of ['', '/feedback', '/transcript', '/receipt']) {
    assert.equal((await site.worker.call(`/api/sessions/${id}${path}`, { token })).status, 404, path);
  }
  assert.deepEqual(await site.worker.rows('select id from sessions'), []);
  for (const table of ['transcript_lines', 'session_events', 'feedback', 'feedback_scores']) {
    assert.deepEqual(await site.worker.rows(`select * from ${table}`), [], table);
  }
  await visit(page, 'VocahireCredits');
  await heading(page, 'You have 3.00 VocahireCredits.');
  await page.getByText('it ended in its first minute').waitFor();
  await checkAccess(page);
  await pastes(verify, address, 'genuine');
}

test('from the front page through an interview to its report, its receipt and its end, by key alone', () =>
  site.page({ permissions: ['microphone'], acceptDownloads: true, allow: GONE }, async (page) => {
    site.sim.setWebhookUrl(site.worker.url);
    await page.addInitScript(VOICE);
    await joins(page);
    await bringsResume(page);
    await prepares(page);
    const id = await talks(page);
    await readsReport(page);
    await wasSent();
    const grade = await opensScore(page);
    await disagrees(page);
    await seesProgress(page, id, grade);
    await findsItAgain(page, id);
    const receipt = await makesReceipt(page);
    await verifies(receipt);
    await page.bringToFront();
    await deletes(page, id);
    await isGone(page, id, receipt);
    assert.deepEqual(site.worker.output().filter((line) => /"status":5\d\d/.test(line)), []);
  }));
