// How an interview goes on and ends: heartbeats, relay, loss, the server's word, and what is left behind.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ANSWER, OUTCOME, ROOM_KEY, WISH, fakeSession, live, pass, refusal, settle, stopClock, talking } from './interview-fakes.mjs';

const ended = (more) => live({ state: 'ended', remainingMs: 0, ended: { ...OUTCOME, ...more } });
const heard = (id) => ({ type: 'conversation.item.input_audio_transcription.completed', item_id: id, transcript: id });
const completions = (told) => told.filter(([type]) => type === 'complete').map(([, detail]) => detail);

test('a heartbeat every five seconds carries the packets so far, and its answer tells the time', async (t) => {
  stopClock(t);
  const answers = [live({ remainingMs: 1_800_000 }), live({ remainingMs: 60_000, wrapUp: true })];
  const { session, server, peer } = await talking({ routes: { heartbeat: answers } });
  peer().stats = [{ type: 'inbound-rtp', packetsReceived: 250, packetsLost: 0, jitter: 0 }];
  assert.equal(session.remainingMs, 1_800_000);
  await pass(2000);
  assert.deepEqual([session.remainingMs, session.spentMs, session.quality], [1_798_000, 2000, null]);
  await pass(3000);
  assert.deepEqual([session.remainingMs, session.wrapUp, session.quality], [60_000, true, 4]);
  const beats = server.of('heartbeat');
  assert.deepEqual(beats.map(({ body, key, path }) => [body.packets, key, path]),
    [[0, ROOM_KEY, '/api/sessions/ses_1/heartbeat'], [250, ROOM_KEY, '/api/sessions/ses_1/heartbeat']]);
  session.leave();
  await pass(20_000);
  assert.equal(server.of('heartbeat').length, 2);
});

test('what became of the resume, and which questions were stopped, is known of this start alone', async (t) => {
  stopClock(t);
  const withdrawn = { count: 1, ground: 'age' };
  const exchanges = [{ sdp: ANSWER, roomKey: ROOM_KEY, resume: 'missing' }, { sdp: ANSWER, roomKey: ROOM_KEY }];
  const { session } = await talking({ routes: { 'webrtc-exchange': exchanges, heartbeat: [live({ withdrawn }), live()] } });
  assert.deepEqual([session.resume, session.withdrawn], ['missing', withdrawn]);
  await session.stop();
  await session.start(WISH);
  await settle();
  assert.deepEqual([session.resume, session.withdrawn], [null, null]);
});

test('ended by the person: once, however often, with everything switched off and the outcome told', async (t) => {
  stopClock(t);
  const { session, server, peer, streams, told } = await talking();
  await Promise.all([session.stop(), session.stop()]);
  await session.stop();
  assert.deepEqual([server.of('end').length, peer().closed, streams[0].track.stopped, session.status], [1, 1, true, 'ended']);
  assert.equal(completions(told).length, 1);
  assert.deepEqual(completions(told)[0].outcome, OUTCOME);
  assert.equal(completions(told)[0].id, 'ses_1');
  assert.equal(session.connection.state, 'disconnected');
  await pass(30_000);
  assert.equal(server.of('heartbeat').length, 1);
});

test('an end that does not come through is tried again; one that never does is left to the server', async (t) => {
  stopClock(t);
  const slow = await talking({ routes: { end: [refusal('unreachable', 0), refusal('provider_error', 502), ended()] } });
  slow.session.stop();
  await pass(5000);
  assert.deepEqual([slow.session.status, slow.session.outcome, slow.server.of('end').length], ['ended', OUTCOME, 3]);
  const never = await talking({ routes: { end: [refusal('unreachable', 0)] } });
  never.session.stop();
  await pass(60_000);
  assert.deepEqual([never.session.status, never.session.outcome, never.server.of('end').length], ['ended', null, 3]);
});

test('the server ends it: the page says so at the next heartbeat and asks nothing more', async (t) => {
  stopClock(t);
  const { session, server, told } = await talking({ routes: { heartbeat: [live(), ended({ ending: 'ran_its_time' })] } });
  await pass(5000);
  assert.deepEqual([session.status, session.outcome.ending, server.of('end').length], ['ended', 'ran_its_time', 0]);
  assert.equal(completions(told).length, 1);
});

test('the channel’s close may be the end: the server is asked, twice, before there is another call', async (t) => {
  stopClock(t);
  const knows = await talking({ routes: { heartbeat: [live(), live(), ended({ ending: 'provider_fault' })] } });
  knows.peer().channel.close();
  await pass(1000);
  assert.deepEqual([knows.session.status, knows.session.outcome.ending, knows.server.of('end').length], ['ended', 'provider_fault', 0]);
  assert.equal(knows.server.of('webrtc-exchange').length, 1);
  const unaware = await talking();
  unaware.peer().channel.close();
  await pass(600);
  assert.deepEqual([unaware.session.status, unaware.server.of('webrtc-exchange').length], ['reconnecting', 2]);
  assert.deepEqual(unaware.server.of('heartbeat').slice(1).map(({ body }) => body), Array(2).fill({ packets: 0, away: true }));
  unaware.session.leave();
});

test('a connection that never comes about is ended, without a word of it having begun', async (t) => {
  stopClock(t);
  const routes = { heartbeat: [live({ state: 'connecting' })], end: [ended({ ending: 'no_media_path', charged: '0.00' })] };
  const { session, peer } = fakeSession({ routes });
  await session.start(WISH);
  peer().become('failed');
  await pass(12_000);
  assert.deepEqual([session.status, session.outcome.ending], ['ended', 'no_media_path']);
  assert.deepEqual(session.steps.map(({ state }) => state), ['done', 'done', 'done', 'failed', 'waiting']);
});

test('an interruption is told and passes, whichever side sees it', async (t) => {
  stopClock(t);
  const lost = refusal('unreachable', 0);
  const { session, peer, statuses } = await talking({ routes: { heartbeat: [live(), lost, lost, live()] } });
  peer().become('disconnected');
  assert.deepEqual([session.status, session.turn], ['reconnecting', 'away']);
  peer().become('connected');
  assert.equal(session.status, 'active');
  await pass(5000);
  assert.equal(session.status, 'active');
  await pass(5000);
  assert.equal(session.status, 'reconnecting');
  await pass(5000);
  assert.deepEqual(statuses.slice(-4), ['reconnecting', 'active', 'reconnecting', 'active']);
  session.leave();
});

test('a room that has been put away is over', async (t) => {
  stopClock(t);
  const { session } = await talking({ routes: { heartbeat: [live(), refusal('not_found', 404)] } });
  await pass(5000);
  assert.deepEqual([session.status, session.outcome], ['ended', null]);
});

test('what was heard is relayed only when it is wanted, in numbered batches, each until it came through', async (t) => {
  stopClock(t);
  const lost = refusal('unreachable', 0);
  const routes = { heartbeat: [live(), live({ relay: true })], transcript: [lost, ({ body }) => ({ batch: body.batch })] };
  const { session, server, peer } = await talking({ routes });
  peer().say(heard('a'));
  await pass(4900);
  assert.equal(server.of('transcript').length, 0);
  await pass(100);
  assert.deepEqual(server.of('transcript').map(({ body }) => body.batch), [1]);
  peer().say(heard('b'));
  await pass(5000);
  const sent = server.of('transcript').map(({ body, key }) => [key, body.batch, body.events.map(({ type, item_id: id }) => id ?? type)]);
  const early = ['response.created', 'output_audio_buffer.started', 'a'];
  assert.deepEqual(sent, [[ROOM_KEY, 1, early], [ROOM_KEY, 1, early], [ROOM_KEY, 2, ['b']]]);
  peer().say(heard('c'));
  await session.stop();
  assert.deepEqual(server.calls.slice(-2).map(({ route }) => route), ['transcript', 'end']);
});

test('a batch that is refused is left out, and the next one goes', async (t) => {
  stopClock(t);
  const routes = { heartbeat: [live({ relay: true })], transcript: [refusal('bad_request', 400), ({ body }) => ({ batch: body.batch })] };
  const { session, server, peer } = await talking({ routes });
  await pass(5000);
  peer().say(heard('b'));
  await pass(5000);
  assert.deepEqual(server.of('transcript').map(({ body }) => body.batch), [1, 2]);
  session.leave();
});

test('leaving sends the last batch and nothing else, and switches everything off', async () => {
  const { session, server, peer, streams, audio } = await talking();
  peer().say(heard('a'));
  const before = server.calls.length;
  session.leave();
  session.leave();
  await settle();
  assert.deepEqual(server.calls.slice(before).map(({ route, keepalive }) => [route, keepalive]), [['transcript', true]]);
  assert.deepEqual([peer().closed, streams[0].track.stopped, audio.srcObject, session.status], [1, true, null, 'idle']);
});

test('the record of an interview holds its steps and codes, and no secret, address or word', async (t) => {
  stopClock(t);
  const { session, peer } = await talking({ routes: { heartbeat: [live(), refusal('unreachable', 0)] } });
  peer().say({ type: 'response.output_audio_transcript.done', item_id: 'a', response_id: 'r1', transcript: 'Said in confidence.' });
  await pass(5000);
  await session.stop();
  const text = session.debug.text();
  assert.doesNotMatch(text, /secret|v=0|confidence|Bearer|Baker/);
  const facts = ['"step":"session"', '"state":"active"', '"code":"unreachable"', '"ending":"ended_by_user"'];
  for (const fact of facts) assert.ok(text.includes(fact), fact);
});
