// The sideband is the Room's ear, not its life: it may be refused at first, and even for good.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from './harness.mjs';
import { houseOfInterviews, isOver, stateOf, turnOf } from './interview.mjs';

const DEAF_SECONDS = 5;
const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1', ROOM_DEAF_SECONDS: String(DEAF_SECONDS) });
const { sim } = house;

test('a sideband that is not found at first is dialled again', async () => {
  const talk = await (await house.person('shy')).interview();
  sim.fault({ service: 'openai', op: 'sideband', code: 'call_id_not_found', times: 1 });
  const dialled = () => sim.log('openai').filter(({ op }) => op === 'sideband').length;
  const before = dialled();
  await talk.exchange();
  assert.equal((await talk.beat(0)).relay, true, 'meanwhile the page is asked');
  await talk.connected();
  assert.equal(dialled() - before, 2);
  await talk.says('You hear me now.');
  await talk.post('end');
  await isOver(house, talk, { ending: 'ended_early', charged: '0.00' });
});

test('a Room thrown out of memory that finds no sideband asks the page', async () => {
  const talk = await (await (await house.person('cutoff')).interview()).connected();
  sim.fault({ service: 'openai', op: 'sideband', status: 500, times: 2 });
  await talk.evict();
  await talk.until(({ relay }) => relay, 'the page is asked');
  await talk.post('transcript', { batch: 1, events: turnOf('item_me', 'Only my browser hears this.') });
  await until(async () => (await stateOf(talk)).life.deaf_at === null, 'heard again');
  await talk.post('end');
  const { kept } = await isOver(house, talk, { ending: 'ended_early', charged: '0.00' });
  assert.equal(kept.relayed, 1);
});

test('without a sideband the browser tells everything, and after a while it ends as our fault', async () => {
  const who = await house.person('deaf');
  sim.fault({ service: 'openai', op: 'sideband', status: 500, forMs: 60_000 });
  const talk = await who.interview();
  await talk.exchange();
  talk.drive({ open: true });
  assert.equal((await talk.beat(3)).state, 'live', 'by the packets that came in');
  const greeting = [
    { type: 'response.created', response: { id: 'resp_1', status: 'in_progress' } },
    { type: 'output_audio_buffer.started', response_id: 'resp_1' },
    { type: 'conversation.item.added', item: { id: 'item_hello', type: 'message', role: 'assistant', content: [] } },
    { type: 'response.output_audio_transcript.done', response_id: 'resp_1', item_id: 'item_hello', transcript: 'Hello and welcome.' },
  ];
  const batch = { batch: 1, events: [...greeting, ...turnOf('item_me', 'I am told by my browser.', 'item_hello')] };
  for (let n = 0; n < 2; n += 1) assert.deepEqual((await talk.post('transcript', batch)).body, { batch: 1 }, 'the same batch twice');
  const { lines } = await talk.lines();
  assert.deepEqual(lines.map(({ text, source }) => [text, source]), [
    ['Hello and welcome.', 'relay'], ['I am told by my browser.', 'relay'],
  ]);
  assert.equal((await talk.look()).body.relayed, true);
  const { ended } = await talk.until(({ state }) => state === 'ended', 'an end');
  assert.equal(ended.ending, 'our_fault');
  assert.ok(ended.heardSeconds <= DEAF_SECONDS);
  const { kept } = await isOver(house, talk, { ending: 'our_fault', charged: '0.00' });
  assert.deepEqual([kept.relayed, kept.cost], [1, 0], 'what the browser says costs nothing');
  assert.equal((await house.d1("select count(*) as n from transcript_lines where session = ? and source = 'relay'", talk.id))[0].n, 2);
});
