// The table of settlement with the times that the product has by itself: the Worker's clock is put ahead, and whatever
// that brings is done at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfInterviews, isOver, stateOf } from './interview.mjs';
import { until } from './until.mjs';

const BEAT_SECONDS = 19; // within the 20 after which a page is missed
const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1' });
let ahead = 0;

/** So many seconds later. What is due then is done when the Room rings, not when the platform thought it would be. */
async function later(seconds, talk) {
  ahead += seconds;
  await house.clock(ahead * 1000);
  if (talk) await talk.room('ring');
}

/** The page goes on for so long. */
async function talks(talk, seconds) {
  for (let left = seconds; left > 0; left -= BEAT_SECONDS) {
    ahead += Math.min(left, BEAT_SECONDS);
    await talk.post('heartbeat', { packets: 1 }, { 'x-test-clock': String(ahead * 1000) });
  }
}

const begun = async (name, wish) => (await (await house.person(name)).interview(wish)).connected();
const spoken = async (talk) => {
  await until(async () => (await stateOf(talk)).life.spoke_at !== null, 'the first words');
  return talk;
};
const speaking = async (name, wish) => {
  const talk = await begun(name, wish);
  await talk.says('Here I am.');
  return talk;
};
const about = (seconds, wanted) => assert.ok(seconds >= wanted && seconds < wanted + 10, `${seconds} s heard, about ${wanted} expected`);

test('without a media path: nothing', async () => {
  const talk = await (await house.person('pathless')).interview();
  await talk.exchange();
  await later(46, talk);
  const { line } = await isOver(house, talk, { ending: 'no_media_path', charged: '0.00' });
  assert.equal(line.text, 'Interview not charged: no connection came about');
});

test('without a word of the interviewer: nothing', async (t) => {
  house.sim.openaiMedia({ silence: true });
  t.after(() => house.sim.openaiMedia({ silence: false }));
  const talk = await (await house.person('unspoken')).interview();
  await talk.exchange();
  assert.equal((await talk.beat(9)).state, 'live');
  await talks(talk, 61);
  const { line } = await isOver(house, talk, { ending: 'no_output', charged: '0.00' });
  assert.equal(line.text, 'Interview not charged: the interviewer said nothing');
});

test('without a word of the person: asked after a minute, ended after two and a half, nothing', async () => {
  const talk = await spoken(await begun('mute'));
  await talks(talk, 61);
  await talk.room('ring');
  const asked = ({ via, event }) => via === 'sideband' && event.type === 'response.create';
  await until(() => talk.call().received.some(asked), 'the interviewer asks');
  await talks(talk, 90);
  const { line } = await isOver(house, talk, { ending: 'never_spoke', charged: '0.00' });
  assert.equal(line.text, 'Interview not charged: you never spoke');
});

test('ended by the person later: what was heard, in their favour', async () => {
  const talk = await speaking('leaver');
  await talks(talk, 600);
  await talk.post('end');
  const { kept, line } = await isOver(house, talk, { ending: 'ended_by_user', charged: '0.33' });
  about(kept.heard_ms / 1000, 600);
  assert.match(line.text, /^Interview, 10 min \d s: ended by you$/);
  assert.equal((await talk.who.money()).credits, '2.67');
});

test('a page that says nothing for a while may come back', async () => {
  const talk = await speaking('asleep');
  await later(60, talk);
  assert.equal((await stateOf(talk)).life.stage, 'reconnecting');
  assert.equal((await talk.beat()).state, 'live');
  await talks(talk, 60);
  await talk.post('end');
  const { kept } = await isOver(house, talk, { ending: 'ended_by_user', charged: '0.06' });
  about(kept.heard_ms / 1000, 120);
  const events = await house.d1('select what from session_events where session = ? order by number', talk.id);
  const happened = events.map(({ what }) => what).filter((what) => ['no sign of life', 'alive again'].includes(what));
  assert.deepEqual(happened, ['no sign of life', 'alive again']);
});

test('a connection lost later: what was heard up to the last sign of life', async () => {
  const talk = await speaking('dropper');
  await talks(talk, 300);
  await later(21, talk);
  await later(121, talk);
  const { kept } = await isOver(house, talk, { ending: 'connection_lost', charged: '0.16' });
  about(kept.heard_ms / 1000, 300);
});

test('a failure of the interviewer later: what was heard', async () => {
  const talk = await speaking('failed', { minutes: 15 });
  await talks(talk, 450);
  talk.drive({ error: { code: 'session_expired' } });
  const { kept } = await isOver(house, talk, { ending: 'provider_fault', charged: '0.25' });
  about(kept.heard_ms / 1000, 450);
});

test('it ran its time: what was held, though the page goes on', async () => {
  const talk = await speaking('whole', { minutes: 15 });
  await talks(talk, 780);
  assert.equal((await talk.beat()).wrapUp, false);
  await talks(talk, 60);
  assert.equal((await talk.beat()).wrapUp, true, 'a tenth before the end');
  await talks(talk, 90);
  const { line } = await isOver(house, talk, { ending: 'ran_its_time', charged: '0.50' });
  assert.equal(line.text, 'Interview, 15 min 0 s: it ran its time');
});

test('three that end in their first minute are free in a day, the fourth is not', async () => {
  const who = await house.person('taster');
  for (let n = 0; n < 4; n += 1) {
    const talk = await (await who.interview()).connected();
    await talk.says('I only look around.');
    await talk.post('end');
    await until(async () => (await who.open()) === null, 'the end');
    if (n === 3) await isOver(house, talk, { ending: 'ended_early', charged: '0.10' });
  }
  assert.deepEqual((await who.statement()).filter(({ kind }) => kind !== 'hold').map(({ kind, amount }) => [kind, amount]), [
    ['welcome', '3.00'], ['void', '0.00'], ['void', '0.00'], ['void', '0.00'], ['interview', '-0.10'],
  ]);
});

test('a start that nobody goes on with lapses by itself', async () => {
  const who = await house.person('waverer');
  const talk = await who.interview();
  await later(151);
  await house.drive('ring', { owner: who.id });
  assert.equal((await who.money()).held, '0.00');
  assert.deepEqual((await who.statement()).at(-1).text, 'Interview not charged: it did not begin in time');
  assert.equal((await talk.exchange()).status, 403, 'the ticket is too old');
  assert.deepEqual(await talk.room('rows', { sql: 'select name from sqlite_schema' }), []);
});

test('a Room that has lost everything is asked, and nothing is charged', async () => {
  const talk = await speaking('forgotten');
  for (const table of ['room', 'lines', 'notes', 'batches', 'due']) await talk.room('rows', { sql: `drop table ${table}` });
  await later(1800 + 120 + 180 + 301);
  await house.drive('ring', { owner: talk.who.id });
  assert.equal((await talk.who.money()).held, '0.00');
  assert.equal((await talk.who.statement()).at(-1).text, 'Interview not charged: it never took place');
});

test('a Wallet whose hold has lapsed ends the Room that is still live', async () => {
  const talk = await speaking('overdue');
  // Its Room sleeps through everything: only the Wallet wakes up.
  await later(1800 + 120 + 180 + 301);
  await house.drive('ring', { owner: talk.who.id });
  await isOver(house, talk, { ending: 'connection_lost', charged: '0.00' });
});
