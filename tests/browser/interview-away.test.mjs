// Our server stays away while a page comes back into its interview: how long that is waited for, and what is closed then.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ANSWER, ROOM_KEY, fakeSession, live, pass, refusal, settle, stopClock, talking } from './interview-fakes.mjs';

const lost = refusal('unreachable', 0);
const TAKEN = { id: 'ses_7', roomKey: 'fresh', connect: 1, allowanceMs: 1_800_000, held: '1.00', iceServers: [], lines: [] };

async function brokenOff() {
  const all = await talking();
  all.server.queues.heartbeat = [lost];
  all.peer().become('failed');
  return all;
}

async function takenUp() {
  const all = fakeSession({ routes: { heartbeat: [lost] } });
  await all.session.takeUp(TAKEN);
  return all;
}

test('a server that stays away is given up for once nobody can come back any more, with the microphone off', async (t) => {
  stopClock(t);
  for (const begin of [brokenOff, takenUp]) {
    const { session, server, streams: [{ track }], audio, network, told } = await begin();
    await pass(140_000);
    assert.deepEqual([session.status, track.stopped], ['reconnecting', false], 'it may still be taken up');
    await pass(20_000);
    const { code, isUnderWay } = session.error;
    assert.deepEqual([session.status, code, isUnderWay, session.tries], ['failed', 'out_of_reach', true, 0]);
    assert.deepEqual([track.stopped, audio.srcObject, network.count(), server.of('end').length], [true, null, 0, 0]);
    assert.ok(told.every(([type]) => type !== 'complete'), 'nobody knows whether it is over');
    const { length } = server.calls;
    await pass(60_000);
    assert.equal(server.calls.length, length, 'nothing is asked any more');
  }
});

test('it can be tried again, and is not given up for at once then', async (t) => {
  stopClock(t);
  const { session, server, peer, streams } = await brokenOff();
  await pass(170_000);
  await session.takeUp({ ...TAKEN, connect: null });
  await pass(100_000);
  assert.deepEqual([session.status, streams.length], ['reconnecting', 2]);
  server.queues.heartbeat = [live({ state: 'reconnecting' })];
  server.queues['webrtc-exchange'] = [{ sdp: ANSWER, roomKey: ROOM_KEY }];
  await pass(9000);
  peer().become('connected');
  peer().open();
  await settle();
  assert.equal(session.status, 'active');
  session.leave();
});
