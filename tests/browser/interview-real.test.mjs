// What becomes of interviews in Chromium when time runs out, when a page goes on for ever, and when it is suddenly gone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isOver, stateOf } from '../edge/interview.mjs';
import { WORKER_URL, until } from '../edge/harness.mjs';
import { peopleOf, spoken } from './room-people.mjs';
import { heading } from './screens.mjs';
import { openSite } from './stack.mjs';

const DAY_SECONDS = 86_400;
const BEAT_MS = 5000;
const LESS_THAN_LOST = 12; // seconds; a page that is silent for 20 is waited for
const QUIET_DB = -50;
const HEARD = { permissions: ['microphone'] };

// Two Workers: for one the time is what its tests say, for the other what the wall says.
const [LONG, SHORT] = [400, 12];
const [told, real] = await Promise.all([LONG, SHORT].map((seconds) => openSite({
  INTERVIEW_SECONDS: String(seconds), ROOM_ARCHIVE_SECONDS: '1',
})));
const [early, late] = [told, real].map(peopleOf);

const { token } = told.sim.clerk;
told.sim.clerk.token = (wish) => token({ ttlSeconds: DAY_SECONDS, ...wish }); // else the time that is told would void it
let ahead = 0;

const toldTime = (seconds) => {
  ahead += seconds;
  return told.worker.clock(ahead * 1000);
};

/** So much later for the Worker; the page, whose clock is the test's too, asks at once how things stand. */
async function later(page, seconds) {
  await toldTime(seconds);
  const answer = page.waitForResponse('**/heartbeat');
  await page.clock.fastForward(BEAT_MS);
  return (await answer).json();
}

/** The same where no page is left to ask: the Room rings. */
async function laterAlone({ room }, seconds) {
  await toldTime(seconds);
  await room('ring');
}

/** How loud the interviewer is, again and again, beside the audio element. */
const listen = (page) => page.evaluate(() => {
  const level = window.loudness();
  window.levels = [];
  const take = () => {
    window.levels.push(level());
    setTimeout(take, 20);
  };
  take();
});

async function isLoud(page) {
  const before = await page.evaluate(() => window.heard());
  await page.waitForFunction((least) => window.levels.at(-1) > least, QUIET_DB);
  await page.waitForFunction(async (energy) => (await window.heard()) > energy + 0.01, before);
}

/** Half a second in which nothing is heard. */
const isSilent = (page) => page.waitForFunction((most) => {
  const last = window.levels.slice(-25);
  return last.length === 25 && last.every((level) => level < most);
}, QUIET_DB);

/** A part of the 1.00 that was held, in the person's favour. */
const share = (part, whole) => (Math.floor((100 * part) / whole) / 100).toFixed(2);

async function wholeOne(page) {
  await page.clock.install();
  const talk = await early.interviewOf(await early.talking(page));
  await listen(page);
  await isLoud(page);
  await early.speak(page);
  await heading(page, 'The interviewer is speaking.');
  await isLoud(page);
  await heading(page, 'Your turn.');
  await isSilent(page);
  for (const seconds of [110, 110, 110]) assert.equal((await later(page, seconds)).wrapUp, false);
  assert.equal((await later(page, 27)).wrapUp, true);
  await page.getByText('The end is near.').waitFor();
  await early.speak(page);
  await spoken(page).filter({ hasText: 'it was good to talk with you. Goodbye.' }).waitFor();
  await isLoud(page);
  let { ended } = await later(page, 10);
  assert.equal(ended, null); // what was said took some of the 33 s that are left
  while (!ended) ({ ended } = await later(page, LESS_THAN_LOST)); // in one leap the Room's alarm may miss the page before it asks
  assert.deepEqual([ended.ending, ended.heardSeconds], ['ran_its_time', LONG]);
  await page.waitForURL(`**/sessions/${talk.id}`);
  await page.getByText('Goodbye.').first().waitFor();
  const { line } = await isOver(null, talk, { ending: 'ran_its_time', charged: '1.00' });
  assert.match(line.text, /6 min 40 s: it ran its time$/);
}

async function left(page) {
  const talk = await early.interviewOf(await early.talking(page));
  await early.speak(page);
  told.sim.openaiCall({ close: true }, { id: talk.who.calls()[0].id }); // for a minute what is handed on is wanted
  await until(async () => (await stateOf(talk)).life.deaf_at !== null, 'nobody listens');
  await page.goto('/help');
  await until(async () => (await talk.room('rows', { sql: 'select * from batches' })).length > 0, 'the last batch');
  for (const seconds of [21, 121]) await laterAlone(talk, seconds);
  await isOver(null, talk, { ending: 'connection_lost', charged: '0.00' });
}

async function killed() {
  const browser = await told.launch();
  const context = await browser.newContext({ baseURL: WORKER_URL, ...HEARD });
  const page = await context.newPage();
  await page.clock.install();
  const person = await early.talking(page);
  const talk = await early.interviewOf(person);
  await early.speak(page);
  assert.equal((await later(page, 110)).state, 'live');

  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const gone = new Promise((resolve) => { browser.on('disconnected', resolve); });
  process.kill(processInfo.find(({ type }) => type === 'browser').id, 'SIGKILL');
  await gone;

  await laterAlone(talk, 31);
  assert.equal(await talk.stage(), 'reconnecting');
  await laterAlone(talk, 111);
  assert.equal(await talk.stage(), 'ended');
  await until(() => person.calls()[0].state === 'ended', 'the call is hung up');
  assert.equal(person.calls()[0].hungUpBy, 'api');
  const { heard_ms: heard } = await until(async () => (await talk.archived())[0], 'the archive');
  assert.ok(heard >= 110_000 && heard < 130_000, `${heard} ms heard`);
  await isOver(null, talk, { ending: 'connection_lost', charged: share(heard, LONG * 1000) });
}

async function goesOn(page) {
  await page.route(/\/api\/sessions\/[^/]+\/(heartbeat|end)$/, () => {}); // never leaves, and is never answered
  const person = await late.talking(page);
  const talk = await late.interviewOf(person);
  await late.speak(page);
  await page.evaluate(() => window.speak(true));
  await until(() => person.calls()[0].state === 'ended', 'the deadline', 2 * SHORT * 1000);
  assert.equal(person.calls()[0].hungUpBy, 'api');
  const { line } = await isOver(null, talk, { ending: 'ran_its_time', charged: '1.00' });
  assert.match(line.text, /12 s: it ran its time$/);
  await page.getByText('The connection is gone.').waitFor(); // nobody has told it of an end, and it finds no way back
}

test('when time runs out, and when a page is suddenly gone', { concurrency: true }, (t) => Promise.all([
  t.test('a page that goes on is hung up at the deadline all the same', () => real.page(HEARD, goesOn)),
  t.test('where time is what it is told to be', async (own) => {
    await own.test('lines with silence between them; the end is told, the interviewer says goodbye, and then it is over',
      () => told.page(HEARD, wholeOne));
    await own.test('a page that is left sends the last it heard, nothing more; the call is over, and so short a one is free',
      () => told.page(HEARD, left));
    await own.test('a browser that is killed is waited for, then given up: what was heard until then counts', killed);
  }),
]));
