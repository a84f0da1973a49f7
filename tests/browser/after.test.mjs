// What stays of an interview, in front of the real Worker: the list, the transcript, its files, and its deletion.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { OFFER, turnOf } from '../edge/interview.mjs';
import { checkLooks, focused, heading, open as openScreen } from './screens.mjs';
import { checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const LIST = 'Your interviews';
const BEGAN = Date.parse('2026-11-01T10:00:00.000Z');
const HOUR = 3_600_000;

const USAGE = {
  text_in: 0, text_cached: 0, audio_in: 0, audio_cached: 0, text_out: 0, audio_out: 0, transcribed_ms: 0, transcribed_tokens: 0, cost: 0,
};

/** Its feedback has tests of its own: here there is none. */
const NO_FEEDBACK = { state: 'failed', failure: 'not_set_up', triesLeft: 0, counts: null, report: null, objections: [] };
const noFeedback = (page) => page.route('**/api/sessions/*/feedback', (route) => route.fulfill({ json: NO_FEEDBACK }));

async function open(page, ...where) {
  await noFeedback(page);
  return openScreen(page, ...where);
}

let people = 0;

async function somebody() {
  const name = `After Person ${(people += 1)}`;
  const { id } = site.sim.clerk.addUserByEmail(name, `after-${people}@example.test`);
  const { token } = site.sim.signIn({ userId: id });
  assert.equal((await site.worker.call('/api/user', { token })).status, 200);
  return { name, id, token };
}

const put = (table, row) => site.worker.rows(
  `insert into ${table} (${Object.keys(row)}) values (${Object.keys(row).map(() => '?')})`, ...Object.values(row));

/** An interview that is over and in the archive, the `n`th of its person. */
async function held(person, n, more = {}) {
  const id = `ses_${`${person.id}-${n}`.replace(/\W/g, '').padStart(32, '0').slice(-32)}`;
  const opened = BEGAN + n * HOUR;
  await put('sessions', {
    id, person: person.id, payer: person.id, job_title: `Nurse, ward ${n}`, job_description: null, company: 'Northwind', level: 'mid',
    focus: 'general', language: 'en', persona: 'warm', minutes: 30, seconds: 1800, model: 'gpt-realtime', opened_at: opened,
    began_at: opened, ended_at: opened + 1_200_000, ending: 'ended_by_user', heard_ms: 1_134_000, charged: 630, speaks: 1, relayed: 0,
    ...USAGE, archived_at: opened + 1_200_000, ...more,
  });
  return id;
}

const said = (session, number, more) => put('transcript_lines', {
  session, number, item: `item_${number}`, speaker: number % 2 ? 'person' : 'interviewer', text: `Sentence ${number} <b>&amp;`,
  mark: 'final', at_ms: number * 4000, end_ms: number * 4000 + 3000, source: 'sideband', typed: 0, ...more,
});

test('whoever had no interview yet sees a flat line and the way to the first', () =>
  site.page({}, async (page) => {
    const { name } = await somebody();
    await open(page, '/sessions', name, LIST);
    await page.getByText('No interview yet.').waitFor();
    await checkLooks(page);
    await page.getByRole('link', { name: 'Get ready for the first' }).click();
    await heading(page, 'Get ready to talk.');
  }));

test('interviews are listed newest first, in pages, each with its end and its cost', () =>
  site.page({}, async (page) => {
    const person = await somebody();
    await held(person, 1, { ending: 'no_media_path', charged: 0, heard_ms: 0 });
    for (let n = 2; n <= 23; n += 1) await held(person, n);
    await open(page, '/sessions', person.name, LIST);
    const rows = page.locator('.talks li');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 20);
    for (const words of ['Nurse, ward 23', 'You ended it.', '18 min 54 s heard, 0.63 VocahireCredits']) {
      await rows.first().getByText(words).waitFor();
    }
    await checkLooks(page);
    await page.getByRole('button', { name: 'Show earlier' }).press('Enter');
    await page.getByText('No connection came about.').waitFor();
    assert.equal(await focused(page), 'Nurse, ward 3', 'reading goes on where the new ones begin');
    assert.deepEqual(await rows.locator('a').allTextContents(), Array.from({ length: 23 }, (_, i) => `Nurse, ward ${23 - i}`));
    await rows.last().getByText('nothing charged').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show earlier' }).count(), 0);
  }));

test('a list that cannot be had says so and is tried again', () =>
  site.page({ allow: /503/ }, async (page) => {
    const { name } = await somebody();
    const json = { error: 'Slow.', code: 'database_timeout', requestId: 'req_0123456789abcdef' };
    await page.route('**/api/sessions?*', (route) => route.fulfill({ status: 503, json }), { times: 1 });
    await open(page, '/sessions', name, LIST);
    await page.getByRole('alert').getByText('Our database did not answer in time.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No interview yet.').waitFor();
  }));

test('a transcript reads whole: what it was, what it cost by which rule, each line with its time and its marks', () =>
  site.page({}, async (page) => {
    const person = await somebody();
    const id = await held(person, 1);
    await said(id, 0);
    await said(id, 1, { mark: 'failed', text: '' });
    await said(id, 2, { mark: 'interrupted' });
    await said(id, 3, { typed: 1 });
    await said(id, 4, { mark: 'partial', source: 'relay' });
    await said(id, 5, { mark: 'partial', text: '' });
    await open(page, `/sessions/${id}`, person.name, 'Nurse, ward 1');
    await page.getByText('Northwind · Some years in · Mixed · Mara, warm · English').waitFor();
    for (const words of ['18 min 54 s', '0.63 VocahireCredits']) await page.locator('.sums').getByText(words).waitFor();
    await page.getByText('Interview, 18 min 54 s: ended by you.').waitFor();
    const texts = await page.locator('.lines li').allTextContents();
    assert.deepEqual(texts.map((text) => text.trim().replace(/\s+/g, ' ')), [
      '0:00 AI interviewer Sentence 0 <b>&amp;',
      '0:04 You could not be transcribed',
      '0:08 AI interviewer Sentence 2 <b>&amp; interrupted, so not all of it was heard',
      '0:12 You Sentence 3 <b>&amp; typed',
      '0:16 AI interviewer Sentence 4 <b>&amp; unfinished as your browser took it down',
    ]);
    assert.equal(await page.locator('.track .interviewer, .track .person').count(), 2);
    await page.getByText('Until November 1, 2027, for you alone').waitFor();
    assert.equal(await page.title(), 'Nurse, ward 1 · Vocahire');
    await checkLooks(page);
    await page.setViewportSize({ width: 320, height: 500 });
    await checkMeasures(page);
    await page.getByRole('link', { name: 'All interviews' }).click();
    await heading(page, LIST);
  }));

test('a long talk is read to its end, and saved as text, JSON and WebVTT', () =>
  site.page({ acceptDownloads: true }, async (page) => {
    const person = await somebody();
    const id = await held(person, 1);
    for (let n = 0; n < 205; n += 1) await said(id, n);
    await open(page, `/sessions/${id}`, person.name, 'Nurse, ward 1');
    await page.getByText('Sentence 204').waitFor();
    assert.equal(await page.locator('.lines li').count(), 205);
    const save = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Save as ${name}` }).click()]);
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')];
    };
    const [textName, text] = await save('Text');
    assert.match(textName, /\.txt$/);
    assert.match(text, /Sentence 204 <b>&amp;/);
    const [captionsName, captions] = await save('WebVTT');
    assert.match(captionsName, /\.vtt$/);
    assert.match(captions, /^WEBVTT\n/);
    const [jsonName, json] = await save('JSON');
    const whole = JSON.parse(json);
    assert.deepEqual([jsonName, whole.id, whole.lines.length, whole.roomKey], [`${id}.json`, id, 205, undefined]);
    await page.getByText('The file is saved.').waitFor();
  }));

test('a file that cannot be had says so and is tried again', () =>
  site.page({ allow: /503/, acceptDownloads: true }, async (page) => {
    const person = await somebody();
    const id = await held(person, 1);
    await said(id, 0);
    await open(page, `/sessions/${id}`, person.name, 'Nurse, ward 1');
    const json = { error: 'Slow.', code: 'database_timeout', requestId: 'req_0123456789abcdef' };
    await page.route('**/transcript?format=text', (route) => route.fulfill({ status: 503, json }), { times: 1 });
    await page.getByRole('button', { name: 'Save as Text' }).click();
    await page.getByRole('alert').waitFor();
    await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Try again' }).click()]);
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('an interview without a word says so', () =>
  site.page({}, async (page) => {
    const person = await somebody();
    const id = await held(person, 1, { ending: 'no_media_path', charged: 0, heard_ms: 0 });
    await open(page, `/sessions/${id}`, person.name, 'Nurse, ward 1');
    await page.getByText('Nothing was said, so there is nothing to read.').waitFor();
    await page.getByText('Interview not charged: no connection came about.').waitFor();
    await checkLooks(page);
  }));

test('deleting says what goes and what stays, is done by its button alone, and leads to the list', () =>
  site.page({ allow: /ERR_FAILED|404/ }, async (page) => {
    const person = await somebody();
    const [id, other] = [await held(person, 1), await held(person, 2)];
    await said(id, 0);
    await open(page, `/sessions/${id}`, person.name, 'Nurse, ward 1');
    const opener = page.getByRole('button', { name: 'Delete this interview now…' });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete this interview now?' });
    for (const words of ['What goes:', 'What stays:', 'It cannot be undone.']) await dialog.getByText(words).waitFor();
    await checkLooks(page);
    await page.keyboard.press('Escape');
    assert.equal(await opener.evaluate((element) => element === document.activeElement), true);
    // Its answer is lost: nobody knows, and once more does no harm.
    await page.route(`**/api/sessions/${id}`, async (route) => {
      const headers = route.request().headers();
      assert.equal((await site.worker.raw(`/api/sessions/${id}`, { method: 'DELETE', headers })).status, 200);
      return route.abort();
    }, { times: 1 });
    await opener.click();
    await dialog.getByRole('button', { name: 'Delete the interview' }).click();
    await dialog.getByText('We cannot tell yet whether it is deleted.').waitFor();
    await dialog.getByRole('button', { name: 'Delete the interview' }).click();
    await heading(page, LIST);
    await page.getByText('The interview is deleted.').waitFor();
    await page.locator('.talks a').first().waitFor();
    assert.deepEqual(await page.locator('.talks a').allTextContents(), ['Nurse, ward 2']);
    assert.equal(new URL(page.url()).search, '');
    assert.deepEqual(await site.worker.rows('select id from sessions where person = ?', person.id), [{ id: other }]);
    assert.deepEqual(await site.worker.rows('select text from transcript_lines where session = ?', id), []);
  }));

test('what belongs to somebody else is not there, as what never was', () =>
  site.page({ allow: /404/ }, async (page) => {
    const id = await held(await somebody(), 1);
    const { name } = await somebody();
    await open(page, `/sessions/${id}`, name, 'What you asked for does not exist.');
    await checkLooks(page);
    await page.getByRole('button', { name: 'All interviews' }).click();
    await heading(page, LIST);
  }));

test('what it cost is looked for again until it is known, and the balance with it', () =>
  site.page({}, async (page) => {
    const person = await somebody();
    const id = await held(person, 1);
    let asked = 0;
    await page.route(`**/api/sessions/${id}`, async (route) => {
      asked += 1;
      const response = await route.fetch({ url: new URL(`/api/sessions/${id}`, site.worker.url).href });
      const session = await response.json();
      return route.fulfill({ response, json: asked < 3 ? { ...session, charged: null, rule: null } : session });
    });
    await open(page, `/sessions/${id}`, person.name, 'Nurse, ward 1');
    await page.getByText('being settled').waitFor();
    await page.getByText('You ended it.').waitFor();
    await Promise.all([page.waitForRequest('**/api/user'), page.getByText('0.63 VocahireCredits').waitFor()]);
    assert.equal(asked, 3);
  }));

/** An interview that goes on without a page of its own. Nobody listens for us here, so the browser's word is taken. */
async function goingOn({ token }) {
  const headers = { 'content-type': 'application/json' };
  const call = async (path, body) => {
    const answer = await site.worker.call(path, { method: 'POST', token, headers, body: JSON.stringify(body) });
    assert.ok(answer.status < 300, answer.text);
    return JSON.parse(answer.text);
  };
  site.sim.openaiMedia({ media: false });
  site.sim.fault({ service: 'openai', op: 'sideband', status: 500, times: 2 });
  const { id, token: ticket } = await call('/api/realtime-session', { jobTitle: 'Nurse' });
  await call('/api/webrtc-exchange', { sessionId: id, token: ticket, sdp: OFFER });
  await until(async () => (await call(`/api/sessions/${id}/heartbeat`, { packets: 100 })).relay, 'the page is asked');
  await call(`/api/sessions/${id}/transcript`, { batch: 1, events: turnOf('item_1', 'I am a nurse.') });
  return id;
}

test('an interview that is not over says so and how long it has, and can be ended there', () =>
  site.page({}, async (page) => {
    const person = await somebody();
    const id = await goingOn(person);
    await open(page, '/sessions', person.name, LIST);
    await page.getByText('One interview is not over yet.').waitFor();
    await page.getByRole('link', { name: 'Look at it' }).click();
    await heading(page, 'Nurse');
    await page.getByText(/It has \d+ minutes left\./).waitFor();
    const said = page.locator('.lines li').filter({ hasText: 'I am a nurse.' });
    await said.getByText('as your browser took it down').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Delete this interview now…' }).count(), 0);
    await checkLooks(page);
    await page.getByRole('button', { name: 'End this interview' }).click();
    await page.getByText('nothing charged').waitFor();
    await page.getByRole('link', { name: '3.00 VocahireCredits' }).waitFor();
    await page.getByRole('button', { name: 'Delete this interview now…' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/sessions/${id}`);
  }));

test('an interview that goes on elsewhere is followed on this screen, line by line, to its end', () =>
  site.page({}, async (page) => {
    const person = await somebody();
    const id = await goingOn(person);
    await open(page, `/sessions/${id}`, person.name, 'Nurse');
    await page.getByText('You see here what is said, as soon as it is said.').waitFor();
    const call = site.sim.openaiCalls().at(-1).id;
    await until(() => site.sim.openaiCalls().at(-1).sideband === 1, 'the sideband');
    site.sim.openaiCall({ open: true, hear: 'Now I speak.' }, { id: call });
    await page.locator('.lines li').filter({ hasText: 'Now I speak.' }).waitFor();
    const key = await site.worker.call(`/api/sessions/${id}`, { token: person.token });
    const ended = await site.worker.call(`/api/sessions/${id}/end`, {
      method: 'POST', token: JSON.parse(key.text).roomKey, body: '{}', headers: { 'content-type': 'application/json' },
    });
    assert.equal(ended.status, 200);
    await page.getByRole('button', { name: 'Delete this interview now…' }).waitFor();
  }));
