// Whom a Room listens to. Whoever it does not belong to learns the same as of one that never was, and nothing is
// written because of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OFFER, houseOfInterviews, isOver, stateOf } from './interview.mjs';

const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1' });
const UNKNOWN = `ses_${'0'.repeat(32)}`;
const RELAY = { batch: 1, events: [] };
const DOORS = [
  ['POST', 'heartbeat', { packets: 1 }], ['POST', 'transcript', RELAY], ['POST', 'patience', { patience: 'quick' }], ['POST', 'end', {}],
];
const OWN_DOORS = [['GET', ''], ['GET', '/transcript'], ['GET', '/transcript?format=text'], ['DELETE', '']];

const talk = await (await (await house.person('owner')).interview()).connected();
const other = await (await (await house.person('stranger')).interview()).connected();
const told = ({ status, body, headers }) =>
  [status, { ...body, requestId: '' }, headers.get('x-test-db-seen'), headers.get('x-test-objects-seen')];

test('another\'s interview and one that never was are answered alike, with the same statements', async () => {
  for (const [method, door, body] of [...DOORS.map(([verb, name, sent]) => [verb, `/${name}`, sent]), ...OWN_DOORS]) {
    const ask = async (id) => told(await other.who.call(`/api/sessions/${id}${door}`, { method, body, headers: { 'x-test-db': 'count' } }));
    const [foreign, unknown] = [await ask(talk.id), await ask(UNKNOWN)];
    assert.deepEqual([foreign[0], foreign[1].code], [404, 'not_found'], `${method} ${door}`);
    assert.deepEqual(foreign, unknown, `${method} ${door}`);
  }
  assert.deepEqual(await house.room(UNKNOWN, 'rows', { sql: 'select * from sqlite_schema' }), [], 'nothing is written of it');
  assert.equal((await house.room(UNKNOWN, 'seen')).rowsWritten, 0);
  assert.deepEqual(await house.room(UNKNOWN, 'alarm'), { at: null });
  const { patience, deleted, life } = await stateOf(talk);
  assert.deepEqual([patience, deleted, life.stage, life.outcome], ['normal', false, 'live', null], 'nor of the other\'s');
  assert.deepEqual(await talk.room('rows', { sql: 'select * from batches' }), []);
});

test('a room key opens one Room', async () => {
  for (const [method, door, body] of DOORS) {
    const path = (id) => `/api/sessions/${id}/${door}`;
    const foreign = await house.call(path(talk.id), { method, body, token: other.key });
    const unknown = await house.call(path(UNKNOWN), { method, body, token: other.key });
    assert.deepEqual(told(foreign), told(unknown), door);
    assert.ok([401, 404].includes(foreign.status), `${door}: ${foreign.status}`);
    const changed = `${talk.key.slice(0, -2)}${talk.key.endsWith('AA') ? 'BB' : 'AA'}`;
    assert.equal((await house.call(path(talk.id), { method, body, token: changed })).code, 'bad_ticket', `a changed key: ${door}`);
  }
  for (const [method, path, body] of [['GET', '/api/user'], ['GET', `/api/sessions/${talk.id}`], ['POST', '/api/realtime-session', {}]]) {
    assert.equal((await house.call(path, { method, body, token: talk.key })).status, 401, `a room key is no token: ${path}`);
  }
});

test('a ticket works for its person, its session and one offer', async () => {
  const exchange = (who, body) => who.call('/api/webrtc-exchange', { method: 'POST', body });
  const mine = { sessionId: talk.id, token: talk.ticket, sdp: OFFER };
  const codes = async (...answers) => (await Promise.all(answers)).map(({ status, code }) => [status, code]);
  assert.deepEqual(await codes(
    exchange(other.who, mine),
    exchange(talk.who, { ...mine, sessionId: other.id }),
    exchange(talk.who, { ...mine, token: other.ticket }),
    exchange(talk.who, { ...mine, token: `${talk.ticket.slice(0, -2)}xx` }),
    exchange(talk.who, { ...mine, sdp: 'v=0' }),
    exchange(talk.who, { ...mine, sdp: `${OFFER}a=x\r\n` }),
  ), [[403, 'bad_ticket'], [403, 'bad_ticket'], [403, 'bad_ticket'], [403, 'bad_ticket'], [400, 'bad_sdp'], [409, 'conflict']]);
  assert.equal(talk.who.calls().length, 1);
});

test('what was deleted while it went on is nowhere', async () => {
  await talk.says('My secret is cheese.');
  assert.deepEqual((await talk.who.call(`/api/sessions/${talk.id}`, { method: 'DELETE' })).body, { deleted: true });
  assert.equal((await talk.beat()).state, 'ended');
  assert.deepEqual(await house.room(talk.id, 'rows', { sql: 'select * from lines' }), []);
  await other.post('end');
  await isOver(house, other, { ending: 'never_spoke', charged: '0.00' });
  await isDeleted();
});

/** The other one came later and is kept by now: this one would be, too. */
async function isDeleted() {
  assert.deepEqual(await talk.archived(), []);
  assert.equal((await talk.who.money()).held, '0.00');
  assert.equal((await talk.who.statement()).length, 3, 'its settlement stays');
  assert.equal(talk.call().hungUpBy, 'api');
}
