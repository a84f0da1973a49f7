// An interview that goes on: another call for one that broke off, another window, a page that was loaded anew.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  ANSWER, OFFER, OUTCOME, Peer, ROOM_KEY, Stream, WISH, fakeSession, live, pass, refusal, settle, stopClock, talking,
} from './interview-fakes.mjs';

const answer = (connect, more) => ({ sdp: ANSWER, roomKey: `${ROOM_KEY}-${connect}`, connect, ...more });
const first = answer(1);
const away = (more) => live({ state: 'reconnecting', remainingMs: 1_500_000, connect: 1, ...more });
const lost = refusal('unreachable', 0);
const packets = (count, more) => [{ type: 'inbound-rtp', packetsReceived: count, packetsLost: 0, jitter: 0 }, ...(more ? [more] : [])];
const exchanges = (server) => server.of('webrtc-exchange');
const sentBy = (peer) => peer.channel.sent.map(({ type }) => type);
const open = async (peer) => {
  peer.become('connected');
  peer.open();
  await settle();
};

/** As far as the first word, with calls that are numbered. */
const numbered = (routes = {}) => talking({ routes: { 'webrtc-exchange': [first, answer(2), answer(3), answer(4)], ...routes } });

test('a call that broke off is called again, with the same microphone, audio element and room; what was said stays', async (t) => {
  stopClock(t);
  const { session, server, peer, audio, streams } = await numbered({ heartbeat: [live({ connect: 1 }), away()] });
  const [before, voice] = [peer(), new Stream()];
  before.sound(voice);
  before.say({ type: 'conversation.item.added', previous_item_id: null, item: { id: 'a', role: 'assistant', content: [] } });
  before.say({ type: 'response.output_audio_transcript.delta', item_id: 'a', response_id: 'r1', delta: 'Tell me' });
  before.channel.close();
  await pass(600);
  assert.deepEqual([session.status, session.turn, session.tries, session.standsStill], ['reconnecting', 'away', 1, true]);
  assert.deepEqual([session.remainingMs, audio.srcObject === voice, streams[0].track.stopped], [1_500_000, true, false]);
  const again = exchanges(server).at(-1);
  assert.deepEqual([again.key, again.body], [ROOM_KEY + '-1', { sessionId: 'ses_1', sdp: OFFER }]);
  assert.deepEqual([Peer.made.length, before.closed, streams.length], [2, 1, 1]);
  assert.deepEqual(peer().settings, before.settings);
  await open(peer());
  assert.deepEqual([session.status, session.tries, session.turn], ['active', 0, 'thinking']);
  assert.deepEqual(sentBy(peer()), ['response.create']);
  const other = new Stream();
  peer().sound(other);
  assert.equal(audio.srcObject, other);
  peer().say({ type: 'conversation.item.added', previous_item_id: null, item: { id: 'b', role: 'assistant', content: [] } });
  peer().say({ type: 'response.output_audio_transcript.done', item_id: 'b', response_id: 'r2', transcript: 'Where were we?' });
  assert.deepEqual(session.messages.map(({ content, mark }) => [content, mark]), [['Tell me', 'interrupted'], ['Where were we?', 'final']]);
  await pass(5000);
  assert.deepEqual(server.of('heartbeat').at(-1).body, { packets: 0, connect: 2 });
  assert.equal(server.of('heartbeat').at(-1).key, `${ROOM_KEY}-2`);
  await session.stop();
  assert.deepEqual(server.of('end').at(-1).body, { dropped: false, connect: 2 });
});

test('what is only disconnected is waited for; four seconds of it, or failed, is a new call', async (t) => {
  stopClock(t);
  const { session, server, peer } = await numbered();
  peer().become('disconnected');
  await pass(3500);
  peer().become('connected');
  await pass(3000);
  assert.deepEqual([session.status, exchanges(server).length], ['active', 1]);
  peer().become('disconnected');
  await pass(4100);
  assert.deepEqual([session.status, exchanges(server).length], ['reconnecting', 2]);
  await open(peer());
  peer().become('failed');
  await pass(1000);
  assert.equal(exchanges(server).length, 3);
  session.leave();
});

test('packets that stop for two heartbeats are a new call, unless they never came, or the time stands still', async (t) => {
  stopClock(t);
  for (const [stats, heartbeat, calls] of [
    [packets(250), [live()], 2], [[], [live()], 1], [packets(250), [live({ paused: true, pauseLeftMs: 180_000 })], 1],
  ]) {
    const { session, server, peer } = await numbered({ heartbeat });
    peer().stats = stats;
    await pass(16_000);
    assert.equal(exchanges(server).length, calls);
    session.leave();
  }
});

test('a network that changed is looked at: no packet within moments is a new call, a flow of them is none', async (t) => {
  stopClock(t);
  const { session, server, peer, network } = await numbered();
  peer().stats = packets(100);
  network.change();
  await pass(1000);
  peer().stats = packets(150);
  await pass(2000);
  assert.equal(exchanges(server).length, 1);
  network.change();
  await pass(2600);
  assert.equal(exchanges(server).length, 2);
  session.leave();
  assert.equal(network.count(), 0);
});

test('in writing the path itself is looked at, for no sound is expected', async (t) => {
  stopClock(t);
  const { session, server, peer, network } = fakeSession({ routes: { 'webrtc-exchange': [first, answer(2)] } });
  await session.start(WISH, { typed: true });
  await open(peer());
  peer().say({ type: 'response.output_text.done', item_id: 'a', response_id: 'r', text: 'Hello.' });
  peer().stats = packets(0, { type: 'candidate-pair', nominated: true, responsesReceived: 3 });
  await pass(20_000);
  assert.equal(exchanges(server).length, 1);
  network.change();
  await pass(6100);
  assert.equal(exchanges(server).length, 2);
  assert.equal(peer().order[0], 'transceiver recvonly');
  await open(peer());
  assert.deepEqual([session.status, session.messages.length], ['active', 1]);
  session.leave();
});

test('it is tried again after 1, 2, 4 and 8 seconds, at once when the network is back or the person wants it', async (t) => {
  stopClock(t);
  const busy = refusal('provider_busy', 503);
  const { session, server, peer } = await numbered({ 'webrtc-exchange': [first, busy] });
  const at = [];
  session.addEventListener('change', () => session.tries > at.length && at.push([session.tries, Date.now()]));
  peer().become('failed');
  await pass(16_000);
  const gaps = at.slice(1).map(([, time], i) => time - at[i][1]);
  assert.deepEqual(at.map(([tries]) => tries), [1, 2, 3, 4, 5]);
  assert.deepEqual(gaps, [1000, 2000, 4000, 8000]);
  session.leave();
  for (const hurry of ['comeBackNow', 'change']) {
    const one = await numbered({ 'webrtc-exchange': [first, busy] });
    one.peer().become('failed');
    await pass(5000);
    const before = exchanges(one.server).length;
    one.server.queues['webrtc-exchange'] = [answer(5)];
    (hurry === 'change' ? one.network : one.session)[hurry]();
    await settle();
    assert.equal(exchanges(one.server).length, before + 1, hurry);
    await open(one.peer());
    assert.equal(one.session.status, 'active');
    one.session.leave();
  }
});

test('however much it is hurried, one offer is made at a time, none within a second of another, and never all twenty', async (t) => {
  stopClock(t);
  let [under, most] = [0, 0];
  const at = [];
  const slow = async () => {
    at.push(Date.now());
    most = Math.max(most, (under += 1));
    await new Promise((done) => { setTimeout(done, 300); });
    under -= 1;
    throw refusal('provider_busy', 503);
  };
  const { session, peer, network } = await numbered({ 'webrtc-exchange': [first, slow] });
  peer().become('failed');
  for (let i = 0; i < 1200; i += 1) { // two minutes
    session.comeBackNow();
    network.change();
    await pass(100);
  }
  assert.equal(most, 1);
  assert.ok(at.slice(1).every((time, i) => time - at[i] >= 1000), String(at));
  assert.ok(at.length > 10 && at.length < 20, String(at.length));
  session.leave();
});

test('a line that breaks again and again as it comes back is not called again at once each time', async (t) => {
  stopClock(t);
  const { session, server, peer } = await numbered({ 'webrtc-exchange': [first, answer(2), answer(3), answer(4), answer(5)] });
  for (let i = 0; i < 50; i += 1) {
    peer().become('failed');
    await pass(100);
    if (peer().channel.readyState === 'connecting') await open(peer());
  }
  const { length } = exchanges(server);
  assert.ok(length >= 3 && length <= 5, String(length));
  session.leave();
});

test('our own server out of reach is waited for, without a call, as long as the interview can still go on', async (t) => {
  stopClock(t);
  const { session, server, peer } = await numbered();
  server.queues.heartbeat = [lost];
  peer().become('failed');
  await pass(60_000);
  assert.deepEqual([session.status, exchanges(server).length], ['reconnecting', 1]);
  server.queues.heartbeat = [away(), lost];
  await pass(9000); // one word of it, and it is waited for anew
  await pass(140_000);
  assert.equal(session.status, 'reconnecting');
  server.queues.heartbeat = [live({ state: 'ended', ended: { ...OUTCOME, ending: 'connection_lost' } })];
  await pass(9000);
  assert.deepEqual([session.status, session.outcome.ending, server.of('end').length], ['ended', 'connection_lost', 0]);
});

test('an answer that got lost is asked for with the same offer, and is no other window’s', async (t) => {
  stopClock(t);
  const { session, server, peer } = await numbered({
    'webrtc-exchange': [first, refusal('no_answer', 0), answer(2)], heartbeat: [live({ connect: 1 }), away(), away({ connect: 2 })],
  });
  peer().become('failed');
  await pass(1100);
  assert.deepEqual([Peer.made.length, exchanges(server).length], [2, 3]);
  await open(peer());
  assert.equal(session.status, 'active');
  session.leave();
});

test('an offer that waits for its answer is counted by the server already, and is no other window’s', async (t) => {
  stopClock(t);
  const slow = Promise.withResolvers();
  const { session, peer } = await numbered({
    'webrtc-exchange': [first, () => slow.promise], heartbeat: [live({ connect: 1 }), away(), away({ connect: 2 })],
  });
  peer().become('failed');
  await pass(6000); // a heartbeat comes meanwhile
  assert.equal(session.status, 'reconnecting');
  slow.resolve(answer(2));
  await settle();
  await open(peer());
  assert.equal(session.status, 'active');
  session.leave();
});

test('a call that is answered and does not open is given up for another', async (t) => {
  stopClock(t);
  t.mock.method(AbortSignal, 'timeout', (ms) => {
    const run = new AbortController();
    setTimeout(() => run.abort(new Error('late')), ms);
    return run.signal;
  });
  const { session, server, peer } = await numbered();
  peer().become('failed');
  await pass(16_500);
  assert.deepEqual([exchanges(server).length, Peer.made[1].closed], [3, 1]);
  await open(peer());
  assert.equal(session.status, 'active');
  session.leave();
});

test('when no further call is given it is ended as one that broke off; a room that is gone is over', async (t) => {
  stopClock(t);
  const used = await numbered({ 'webrtc-exchange': [first, refusal('session_ended', 409)] });
  used.peer().become('failed');
  await pass(11_000);
  assert.deepEqual([used.session.status, used.server.of('end').map(({ body }) => body)], ['ended', [{ dropped: true, connect: 1 }]]);
  const gone = await numbered({ 'webrtc-exchange': [first, refusal('not_found', 404)] });
  gone.peer().become('failed');
  await settle();
  assert.deepEqual([gone.session.status, gone.session.outcome], ['ended', null]);
});

test('ended by the person while it comes back: nothing comes back any more', async (t) => {
  stopClock(t);
  const { session, server, peer, streams } = await numbered({ 'webrtc-exchange': [first, refusal('provider_busy', 503)] });
  peer().become('failed');
  await pass(500);
  await session.stop();
  assert.deepEqual([session.status, server.of('end').length, streams[0].track.stopped], ['ended', 1, true]);
  const before = server.calls.length;
  await pass(30_000);
  assert.equal(server.calls.length, before);
});

test('batches are numbered from one for each call, and those of the call before come first', async (t) => {
  stopClock(t);
  const heard = (id) => ({ type: 'conversation.item.input_audio_transcription.completed', item_id: id, transcript: id });
  const { session, server, peer } = await numbered({ heartbeat: [live({ connect: 1 })] });
  peer().say(heard('a'));
  server.queues.transcript = [lost, ({ body }) => ({ batch: body.batch })];
  server.queues.heartbeat = [live({ relay: true, connect: 1 })];
  await pass(5000); // it does not come through
  peer().become('failed');
  await settle();
  await open(peer());
  peer().say(heard('b'));
  server.queues.heartbeat = [live({ relay: true, connect: 2 })];
  await pass(5000);
  const sent = server.of('transcript').slice(1).map(({ body }) => [body.connect, body.batch, body.events.at(-1).item_id]);
  assert.deepEqual(sent, [[1, 1, 'a'], [2, 1, 'b']]);
  session.leave();
});

test('another window took over: this one falls silent, ends nothing, and beats no more', async (t) => {
  stopClock(t);
  const { session, server, peer, streams, audio } = await numbered({ heartbeat: [live({ connect: 1 }), live({ connect: 2 })] });
  await pass(5000);
  assert.deepEqual([session.status, streams[0].track.stopped, peer().closed, audio.srcObject], ['elsewhere', true, 1, null]);
  await pass(30_000);
  assert.deepEqual([server.of('heartbeat').length, server.of('end').length], [2, 0]);
});

test('another window took over while this one came back', async (t) => {
  stopClock(t);
  const { session, server, peer } = await numbered({
    'webrtc-exchange': [first, refusal('conflict', 409)], heartbeat: [live({ connect: 1 }), away(), live({ connect: 3 })],
  });
  peer().become('failed');
  await pass(1100);
  assert.deepEqual([session.status, exchanges(server).length, server.of('end').length], ['elsewhere', 2, 0]);
});

const LINES = [
  { id: 'line-0', role: 'interviewer', content: 'Hello.', final: true, mark: 'final', typed: false, earlier: true, timestamp: 0 },
];
const TAKEN = {
  id: 'ses_7', roomKey: 'fresh', connect: 2, allowanceMs: 1_800_000, held: '1.00', iceServers: [{ urls: 'turn:t' }], lines: LINES,
};

test('taken up on another page: what was said is there, then a call like any other, and nothing is begun', async (t) => {
  stopClock(t);
  const { session, server, peer, streams } = fakeSession({ routes: { 'webrtc-exchange': [answer(3)], heartbeat: [away({ connect: 2 })] } });
  await session.takeUp(TAKEN);
  await settle();
  assert.deepEqual([session.status, session.messages, session.tries, streams.length], ['reconnecting', LINES, 1, 1]);
  assert.deepEqual([session.remainingMs, session.spentMs, session.held], [1_500_000, 300_000, '1.00']);
  assert.deepEqual([exchanges(server)[0].key, server.of('realtime-session').length], ['fresh', 0]);
  assert.deepEqual(peer().settings.iceServers, [{ urls: 'turn:t' }]);
  await open(peer());
  assert.deepEqual([session.status, sentBy(peer())], ['active', ['response.create']]);
  session.leave();
});

test('taken up without a microphone: said so, and the interview is left as it was', async () => {
  const refused = async () => { throw Object.assign(new Error(), { code: 'microphone_denied' }); };
  const { session, server } = fakeSession({ openMicrophone: refused });
  await session.takeUp(TAKEN);
  const { code, isUnderWay } = session.error;
  assert.deepEqual([session.status, code, isUnderWay, server.calls.length], ['failed', 'microphone_denied', true, 0]);
  await session.takeUp(TAKEN, { typed: true });
  await settle();
  assert.equal(exchanges(server).length, 1);
  session.leave();
});

test('whatever happens, the page never changes the session', async (t) => {
  stopClock(t);
  const { session, peer } = await numbered();
  await session.setPatience('patient');
  await session.pause(true);
  await session.pause(false);
  peer().channel.close();
  await pass(700);
  await open(peer());
  session.say('Hello.');
  assert.ok(Peer.made.flatMap(sentBy).every((type) => type !== 'session.update'));
  session.leave();
});
