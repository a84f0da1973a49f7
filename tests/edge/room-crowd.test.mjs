// Many interviews at once: some with media by real peers, many without. All of them are settled, and a Room is small.
// CROWD_TALKS and CROWD_ROOMS say how many (npm run soak: 20 and 200).

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeBrowser } from '../sim/openai/peer-client.mjs';
import { houseOfInterviews, isOver } from './interview.mjs';
import { until } from './until.mjs';

const TALKS = Number(process.env.CROWD_TALKS ?? 3);
const ROOMS = Number(process.env.CROWD_ROOMS ?? 20);
const LIMIT_MS = 20_000 + 1000 * TALKS + 300 * ROOMS;
const SECONDS = 6;
const numbers = (count) => Array.from({ length: count }, (_, n) => n);

test(`${TALKS} interviews with sound both ways at once, to their deadline`, { timeout: LIMIT_MS }, async (t) => {
  const house = await houseOfInterviews({ INTERVIEW_SECONDS: String(SECONDS), ROOM_ARCHIVE_SECONDS: '1' });
  const before = await started(house);
  house.sim.openaiMedia({ media: true });
  const talks = await Promise.all(numbers(TALKS).map(async (n) => {
    const browser = await makeBrowser();
    t.after(() => browser.vanish());
    const talk = await (await house.person(`talker${n}x`)).interview();
    await browser.connect(async (offer) => (await talk.exchange(offer)).body.sdp);
    browser.send({ type: 'response.create' });
    await talk.until(({ state }) => state === 'live', 'live', browser.heard.packets);
    return { talk, browser };
  }));
  const grown = house.memory() - before;
  await Promise.all(talks.map(async ({ talk, browser }) => {
    await until(() => browser.heard.loud > 20, 'the interviewer is heard');
    browser.speak(800);
    await browser.waitFor('input_audio_buffer.speech_stopped');
    const said = async (who) => (await talk.lines()).lines.some(({ speaker, source }) => speaker === who && source === 'sideband');
    await until(async () => (await said('interviewer')) && said('person'), 'both are written down');
    // The page goes on: it never says that it ends.
    await browser.closed();
    await isOver(house, talk, { ending: 'ran_its_time', charged: '1.00' });
    assert.equal(talk.call().hungUpBy, 'api');
  }));
  t.diagnostic(`memory for each of ${TALKS}: ${Math.round(grown / TALKS)} KiB`);
});

test(`${ROOMS} interviews at once`, { timeout: LIMIT_MS }, async (t) => {
  const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1' });
  const before = await started(house);
  const from = performance.now();
  const talks = await Promise.all(numbers(ROOMS).map(async (n) => {
    const talk = await (await (await house.person(`guest${n}x`)).interview()).connected();
    await talk.says(`I am the one with the number ${n}.`);
    return talk;
  }));
  const [live, grown] = [performance.now() - from, house.memory() - before];
  await Promise.all(talks.map((talk) => talk.post('end')));
  await Promise.all(talks.map((talk) => isOver(house, talk, { ending: 'ended_early', charged: '0.00' })));
  const texts = await house.d1("select session, text from transcript_lines where speaker = 'person'");
  assert.deepEqual(texts.map(({ text }) => text).sort(), numbers(ROOMS).map((n) => `I am the one with the number ${n}.`).sort());
  assert.equal(new Set(texts.map(({ session }) => session)).size, ROOMS);
  t.diagnostic(`memory for each of ${ROOMS}: ${Math.round(grown / ROOMS)} KiB; all live after ${Math.round(live)} ms, `
    + `over after ${Math.round(performance.now() - from)} ms`);
});

/** What of the process is in memory when one interview has come and gone. */
async function started(house) {
  const talk = await (await (await house.person('first')).interview()).connected();
  await talk.post('end');
  await isOver(house, talk, { ending: 'never_spoke', charged: '0.00' });
  return house.memory();
}
