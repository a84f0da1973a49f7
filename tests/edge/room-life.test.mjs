// A Room through what happens to it while it goes on: it loses its ear, its page, its call, its memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfInterviews, isOver, stateOf, turnOf } from './interview.mjs';
import { until } from './until.mjs';

const SECONDS = 12;
const house = await houseOfInterviews({
  INTERVIEW_SECONDS: String(SECONDS), ROOM_ARCHIVE_SECONDS: '1', ROOM_QUIET_SECONDS: '2', ROOM_LOST_SECONDS: '3',
});
const EARLY = { ending: 'ended_early', charged: '0.00' };

const begun = async (name) => (await (await house.person(name)).interview()).connected();
const life = async (talk) => (await stateOf(talk)).life;

const HAPPENINGS = {
  async 'a sideband that is lost comes back, and the browser tells what was said meanwhile'() {
    const talk = await begun('deafened');
    await talk.says('Before.');
    talk.drive({ cut: true });
    await talk.until(({ relay }) => relay, 'the page is asked');
    assert.deepEqual((await talk.post('transcript', { batch: 1, events: turnOf('item_between', 'Between.') })).body, { batch: 1 });
    await until(async () => (await life(talk)).deaf_at === null, 'heard again');
    assert.equal((await talk.beat()).relay, true, 'what was missed is still asked for');
    assert.equal(talk.call().sideband, 1);
    await talk.says('After.');
    await talk.post('transcript', { batch: 2, events: turnOf('item_late', 'Told a little late.') });
    assert.deepEqual(await own(talk), [
      ['Before.', 'sideband'], ['Between.', 'relay'], ['After.', 'sideband'], ['Told a little late.', 'relay'],
    ]);
    await talk.post('end');
    const { kept } = await isOver(house, talk, EARLY);
    assert.equal(kept.relayed, 1);
  },

  async 'a call that is gone, and that nobody takes up again, ends its interview'() {
    const talk = await begun('gone');
    await talk.says('Can you hear me?');
    talk.drive({ drop: true });
    const { ended } = await talk.until(({ state }) => state === 'ended', 'the end', 0);
    assert.equal(ended.ending, 'connection_lost');
    await isOver(house, talk, { ending: 'connection_lost', charged: '0.00' });
  },

  async 'a page that is gone is gone: what was said until then counts'() {
    const talk = await begun('killed');
    await talk.says('My browser is about to be killed.');
    await until(async () => (await life(talk)).stage === 'ended', 'an end without a request', 20_000);
    const { spoke_at: from, life_at: to, outcome } = await life(talk);
    assert.deepEqual(outcome, { ending: 'connection_lost', heard: to - from });
    await isOver(house, talk, { ending: 'connection_lost', charged: '0.00' });
    assert.equal(talk.call().hungUpBy, 'api');
  },

  async 'a Room that is thrown out of memory knows all it has heard, and hears on'() {
    const talk = await begun('evicted');
    await talk.says('This is written down.');
    const before = await talk.beat();
    await talk.evict();
    await talk.until(() => talk.call().sideband === 1, 'heard again');
    await talk.says('This is heard by another.');
    const now = await talk.beat();
    assert.ok(now.remainingMs < before.remainingMs, 'time goes on');
    assert.deepEqual((await own(talk)).map(([text]) => text), ['This is written down.', 'This is heard by another.']);
    const { ended } = await talk.until(({ state }) => state === 'ended', 'the deadline');
    assert.equal(ended.heardSeconds, SECONDS);
    await isOver(house, talk, { ending: 'ran_its_time', charged: '1.00' });
    assert.equal((await talk.lines()).lines.filter(({ speaker }) => speaker === 'person').length, 2);
  },

  async 'an interview that is replaced ends, and the new one begins'() {
    const talk = await begun('twice');
    const refused = await talk.who.start();
    const { code, sessionId, state } = refused.body;
    assert.deepEqual([refused.status, code, sessionId, state], [409, 'session_in_progress', talk.id, 'begun']);
    const next = await talk.who.interview({ replace: talk.id });
    await until(() => talk.call().state === 'ended', 'the call of the first');
    await next.connected();
    await next.post('end');
    for (const one of [talk, next]) await until(async () => (await one.archived()).length === 1, 'both are kept');
    assert.equal((await talk.who.money()).credits, '3.00');
  },
};

test('what happens to a Room', { concurrency: true }, async (t) => {
  await Promise.all(Object.entries(HAPPENINGS).map(([what, run]) => t.test(what, run)));
});

async function own(talk) {
  const { lines } = await talk.lines();
  return lines.filter(({ speaker }) => speaker === 'person').map(({ text, source }) => [text, source]);
}
