// One whole interview, from the start to its deletion. Those with sound are in room-crowd.test.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfInterviews, isOver } from './interview.mjs';
import { until } from './until.mjs';

const SECONDS = 8;
const house = await houseOfInterviews({ INTERVIEW_SECONDS: String(SECONDS), ROOM_ARCHIVE_SECONDS: '1' });
const DAY_MS = 86_400_000;

const seen = ({ headers }) => [JSON.parse(headers.get('x-test-db-seen')).statements, headers.get('x-test-objects-seen')];

test('a whole interview against a page that goes on', async (t) => {
  const who = await house.person('nurse');
  const before = house.sim.log().length;
  const started = await who.start();
  assert.deepEqual([started.status, seen(started)], [201, [0, 'WALLET']], 'one object is asked, D1 nothing');
  assert.equal(house.sim.log().length, before, 'and nobody outside');
  assert.equal(started.body.allowanceSeconds, SECONDS);
  assert.equal((await who.money()).held, '1.00');
  assert.deepEqual(await who.open(), { id: started.body.id, state: 'held' });

  const talk = who.interviewOf(started.body);
  const exchanged = await talk.exchange();
  assert.deepEqual(seen(exchanged), [0, 'ROOM'], 'one object is asked, D1 nothing');
  assert.equal((await talk.exchange()).body.sdp, exchanged.body.sdp, 'the same offer has the same answer');
  assert.equal(who.calls().length, 1, 'and there is one call');
  assert.deepEqual(await who.open(), { id: talk.id, state: 'begun' });
  assert.equal((await talk.beat(0)).state, 'connecting');

  await talk.connected();
  await until(() => talk.call().events.some(({ type }) => type === 'output_audio_buffer.stopped'), 'a greeting');
  await talk.says('I have worked as a nurse for ten years.');
  const { remainingMs, relay } = await talk.beat();
  assert.ok(remainingMs > 0 && remainingMs < SECONDS * 1000 && relay === false, `${remainingMs} ms`);
  await talk.until(({ wrapUp }) => wrapUp, 'the wrap-up');
  await until(() => talk.call().received.some(({ event }) => event.item?.role === 'system'), 'the interviewer is told');
  talk.drive({ hear: 'Thank you.' });
  const { ended } = await talk.until(({ state }) => state === 'ended', 'the deadline');
  assert.deepEqual([ended.ending, ended.heardSeconds], ['ran_its_time', SECONDS]);

  const { kept } = await isOver(house, talk, { ending: 'ran_its_time', charged: '1.00' });
  assert.equal(talk.call().hungUpBy, 'api', 'the Room ends the call');
  assert.equal((await who.money()).credits, '2.00');
  assert.deepEqual((await who.statement()).map(({ kind }) => kind), ['welcome', 'hold', 'interview']);
  assert.ok(kept.text_in > 0 && kept.audio_in > 0 && kept.audio_out > 0 && kept.cost > 0, 'usage and money');
  t.diagnostic(`cost: ${kept.cost} millionths of a dollar`);
  await readsIt(talk);
  await isEmptied(talk);
  await deletesIt(talk);
});


/** The list, the pages and both files tell what was said. */
async function readsIt({ who, id, lines }) {
  const { body } = await who.call('/api/sessions');
  assert.deepEqual(body.sessions.map((one) => [one.id, one.state, one.jobTitle, one.charged]), [[id, 'ended', who.job, '1.00']]);
  const all = await lines();
  assert.equal(all.next, null);
  assert.deepEqual(all.lines.map(({ number }) => number), all.lines.map((_, n) => n));
  assert.deepEqual(all.lines.slice(0, 2).map(({ speaker, mark, source }) => [speaker, mark, source]), [
    ['interviewer', 'final', 'sideband'], ['person', 'final', 'sideband'],
  ]);
  const pages = [];
  for (let after = ''; after !== null;) {
    const page = await lines(`?limit=2${after}`);
    pages.push(...page.lines);
    after = page.next && `&after=${page.next}`;
  }
  assert.deepEqual(pages, all.lines);
  for (const [format, type, begins] of [['text', 'text/plain', /^nurse by trade\n/], ['vtt', 'text/vtt', /^WEBVTT\n/]]) {
    const file = await who.call(`/api/sessions/${id}/transcript?format=${format}`);
    assert.equal(file.headers.get('content-type'), `${type}; charset=utf-8`);
    assert.match(file.headers.get('content-disposition'), /^attachment; filename="/);
    assert.match(file.text, begins);
    for (const { text } of all.lines.slice(0, 2)) assert.ok(file.text.includes(text), `${format}: ${text}`);
  }
}

/** What the Room kept goes: nothing is left of it, not even a table. */
async function isEmptied({ who, id, room, look }) {
  assert.deepEqual(await room('rows', { sql: 'select count(*) as n from lines' }), [{ n: 0 }], 'D1 has them');
  await room('hasten', { by: DAY_MS });
  const tables = "select name from sqlite_schema where name not like '\\_cf%' escape '\\'";
  await until(async () => (await room('rows', { sql: tables })).length === 0, 'it is empty');
  assert.deepEqual(await room('alarm'), { at: null });
  assert.equal((await look()).body.ending, 'ran_its_time', 'D1 tells it now');
  assert.equal((await who.call('/api/sessions')).body.sessions[0].id, id);
}

async function deletesIt({ who, id, lines, archived }) {
  const gone = await who.call(`/api/sessions/${id}`, { method: 'DELETE' });
  assert.deepEqual([gone.status, gone.body], [200, { deleted: true }]);
  assert.equal((await lines()).code, 'not_found');
  assert.deepEqual((await who.call('/api/sessions')).body.sessions, []);
  assert.deepEqual(await archived(), []);
  for (const table of ['transcript_lines', 'session_events']) {
    assert.deepEqual(await house.d1(`select * from ${table} where session = ?`, id), [], table);
  }
  assert.equal((await who.call(`/api/sessions/${id}`, { method: 'DELETE' })).status, 404, 'once');
  assert.equal((await who.money()).credits, '2.00', 'its settlement stays');
}
