// The one place that holds an interview's state: starting, talking, ending, and every race between them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createApi } from '../../static/app/api.js';
import { ANSWER, Peer, ROOM_KEY, Stream, WISH, fakeSession, pass, refusal, settle, stopClock, talking } from './interview-fakes.mjs';

const keysOf = (server) => server.of('realtime-session').map(({ headers }) => headers['idempotency-key']);
const typesOf = (peer) => peer.channel.sent.map(({ type }) => type);

test('a start goes through its five steps and asks for the first word', async (t) => {
  stopClock(t);
  const { session, server, peer, statuses, told } = fakeSession();
  await session.start(WISH);
  assert.deepEqual(statuses, ['checking', 'reserving', 'connecting']);
  assert.deepEqual(server.of('webrtc-exchange')[0].body.sessionId, 'ses_1');
  assert.equal(peer().remoteDescription.sdp, ANSWER);
  assert.deepEqual(session.steps.map(({ state }) => state), ['done', 'done', 'done', 'going', 'waiting']);
  peer().open();
  assert.deepEqual(typesOf(peer()), ['response.create']);
  assert.equal(session.connection.isConnected, true);
  assert.equal(session.turn, 'thinking');
  peer().say({ type: 'session.created', session: { simulated: true } });
  peer().say({ type: 'response.created', response: { id: 'r1' } });
  peer().say({ type: 'output_audio_buffer.started', response_id: 'r1' });
  assert.deepEqual([session.status, session.turn, session.simulated], ['active', 'interviewer', true]);
  assert.ok(session.steps.every(({ state, ms }) => state === 'done' && ms >= 0));
  assert.deepEqual(told, [['creation-status', { isCreating: true, error: null }], ['creation-status', { isCreating: false, error: null }]]);
});

test('a double click makes one session, one peer and asks once for the microphone', async () => {
  const { session, server, streams } = fakeSession();
  await Promise.all([session.start(WISH), session.start(WISH), session.start(WISH)]);
  await session.start(WISH);
  const made = [server.of('realtime-session'), server.of('webrtc-exchange'), Peer.made, streams];
  assert.deepEqual(made.map(({ length }) => length), [1, 1, 1, 1]);
  session.leave();
});

test('502, 503 and 504 of the start are tried again after 1, 2 and 4 seconds with the same key, others are not', async (t) => {
  stopClock(t);
  const busy = [refusal('provider_error', 502), refusal('wallet_unavailable', 503), refusal('provider_timeout', 504)];
  const { session, server } = fakeSession({ routes: { 'realtime-session': [...busy, refusal('wallet_unavailable', 503)] } });
  session.start(WISH);
  await pass(9000);
  assert.equal(session.status, 'failed');
  assert.deepEqual([session.error.code, session.error.retryable, session.error.requestId], ['wallet_unavailable', true, 'req_1']);
  assert.equal(new Set(keysOf(server)).size, 1);
  assert.equal(keysOf(server).length, 4);
  // Whether it came about is not known: the next click sends the same wish under the same key.
  session.start(WISH);
  await settle();
  assert.equal(new Set(keysOf(server)).size, 1);
  session.leave();

  const refused = fakeSession({ routes: { 'realtime-session': [refusal('rate_limited', 429, { retryAfterMs: 5 })] } });
  await refused.session.start(WISH);
  await refused.session.start(WISH);
  assert.equal(refused.session.error.code, 'rate_limited');
  assert.deepEqual([new Set(keysOf(refused.server)).size, keysOf(refused.server).length], [2, 2]);
});

test('after a failed exchange it begins anew three times at most, each time a new session in place of the last, and says so', async (t) => {
  stopClock(t);
  const { session, server } = fakeSession({ routes: { 'webrtc-exchange': [refusal('provider_timeout', 504)] } });
  const attempts = [];
  session.addEventListener('change', () => attempts.at(-1) === session.attempt || attempts.push(session.attempt));
  session.start(WISH);
  await pass(10_000);
  assert.deepEqual([session.status, session.error.code, attempts], ['failed', 'provider_timeout', [1, 2, 3]]);
  assert.deepEqual(server.of('realtime-session').map(({ body }) => body.replace), [undefined, 'ses_1', 'ses_2']);
  assert.equal(new Set(keysOf(server)).size, 3);
  assert.ok(Peer.made.length === 3 && Peer.made.every(({ closed }) => closed === 1));
  assert.equal(session.unused, 'ses_3');
});

test('an exchange that nothing will help is not tried again; one that comes through at the second try goes on', async (t) => {
  stopClock(t);
  for (const [code, status] of [['bad_sdp', 400], ['provider_refused', 502], ['token_expired', 401]]) {
    const { session, server } = fakeSession({ routes: { 'webrtc-exchange': [refusal(code, status)] } });
    session.start(WISH);
    await pass(5000);
    assert.deepEqual([session.error.code, server.of('webrtc-exchange').length], [code, 1]);
  }
  const good = { sdp: ANSWER, roomKey: ROOM_KEY };
  const { session } = fakeSession({ routes: { 'webrtc-exchange': [refusal('provider_busy', 503), good] } });
  session.start(WISH);
  await pass(2000);
  assert.deepEqual([session.status, session.id, session.unused], ['connecting', 'ses_2', null]);
  session.leave();
});

test('an answer that is none ends the call that it began, and begins anew', async (t) => {
  stopClock(t);
  const { session, server } = fakeSession({ routes: { 'webrtc-exchange': [{ sdp: 'v=0', roomKey: ROOM_KEY }] } });
  session.start(WISH);
  await pass(10_000);
  assert.deepEqual([session.error.code, server.of('end').length], ['bad_answer', 3]);
});

test('stopped while it starts: nothing goes on, the microphone is off, and what comes late is ended', async () => {
  let open;
  const asked = fakeSession({ openMicrophone: () => new Promise((resolve) => { open = resolve; }) });
  asked.session.start(WISH);
  await asked.session.stop();
  const late = new Stream();
  open(late);
  await settle();
  assert.deepEqual([asked.session.status, late.track.stopped, asked.server.calls.length], ['idle', true, 0]);

  let answer;
  const exchanged = fakeSession({ routes: { 'webrtc-exchange': [() => new Promise((resolve) => { answer = resolve; })] } });
  exchanged.session.start(WISH);
  await settle();
  await exchanged.session.stop();
  await exchanged.session.stop();
  answer({ sdp: ANSWER, roomKey: ROOM_KEY });
  await settle();
  assert.equal(exchanged.session.status, 'idle');
  assert.deepEqual(exchanged.server.of('end').map(({ key }) => key), [ROOM_KEY]);
  assert.equal(exchanged.peer().closed, 1);
  assert.equal(exchanged.streams[0].track.stopped, true);
});

test('stopped and started again at once, the first start changes nothing any more', async () => {
  let first;
  const streams = [new Promise((resolve) => { first = resolve; }), Promise.resolve(new Stream())];
  const { session, server } = fakeSession({ openMicrophone: () => streams.shift() });
  session.start(WISH);
  session.stop();
  await session.start({ ...WISH, jobTitle: 'Cook' });
  first(new Stream());
  await settle();
  assert.deepEqual(server.of('realtime-session').map(({ body }) => body.jobTitle), ['Cook']);
  assert.equal(session.status, 'connecting');
  session.leave();
});

test('a refused microphone begins nothing, and typing needs none', async () => {
  const refused = fakeSession({ openMicrophone: async () => { throw Object.assign(new Error(), { code: 'microphone_denied' }); } });
  await refused.session.start(WISH);
  assert.deepEqual([refused.session.error.code, refused.server.calls.length], ['microphone_denied', 0]);
  await refused.session.start(WISH, { typed: true });
  assert.deepEqual([refused.session.steps[0].state, refused.peer().order[0]], ['skipped', 'transceiver recvonly']);
  refused.peer().open();
  refused.peer().say({ type: 'response.output_text.delta', item_id: 'a', response_id: 'r', delta: 'Hel' });
  assert.deepEqual([refused.session.status, refused.session.aiCaptions], ['active', 'Hel']);
  refused.session.leave();
});

test('a stream of the lobby is taken over, and one that has died is not', async () => {
  const given = new Stream();
  const taken = fakeSession();
  await taken.session.start(WISH, { stream: given });
  assert.deepEqual([taken.session.stream === given, taken.streams.length], [true, 0]);
  taken.session.leave();
  assert.equal(given.track.stopped, true);
  const dead = fakeSession();
  await dead.session.start(WISH, { stream: Object.assign(new Stream(), { active: false }) });
  assert.equal(dead.streams.length, 1);
  dead.session.leave();
});

test('what is said is heard on both sides, and whose turn it is follows', async () => {
  const { session, peer } = await talking();
  const say = (event) => peer().say(event);
  say({ type: 'conversation.item.added', previous_item_id: null, item: { id: 'a', role: 'assistant', content: [] } });
  say({ type: 'response.output_audio_transcript.delta', item_id: 'a', response_id: 'r1', delta: 'Welcome' });
  assert.deepEqual([session.aiCaptions, session.messages[0].final], ['Welcome', false]);
  say({ type: 'response.output_audio_transcript.done', item_id: 'a', response_id: 'r1', transcript: 'Welcome.' });
  say({ type: 'response.done', response: { id: 'r1', status: 'completed', output: [] } });
  assert.equal(session.turn, 'interviewer');
  say({ type: 'output_audio_buffer.stopped', response_id: 'r1' });
  assert.equal(session.turn, 'yours');
  say({ type: 'input_audio_buffer.speech_started', item_id: 'b' });
  assert.deepEqual([session.turn, session.isUserSpeaking], ['you', true]);
  say({ type: 'input_audio_buffer.speech_stopped', item_id: 'b' });
  say({ type: 'conversation.item.added', previous_item_id: 'a', item: { id: 'b', role: 'user', content: [{ type: 'input_audio' }] } });
  say({ type: 'conversation.item.input_audio_transcription.completed', item_id: 'b', transcript: 'Hello.' });
  assert.deepEqual(session.messages.map(({ id, role, content, final, mark }) => [id, role, content, final, mark]),
    [['a', 'interviewer', 'Welcome.', true, 'final'], ['b', 'person', 'Hello.', true, 'final']]);
  for (const garbage of ['{', '7', '{"type":"constructor"}']) {
    peer().channel.dispatchEvent(Object.assign(new Event('message'), { data: garbage }));
  }
  assert.equal(session.messages.length, 2);
  session.leave();
});

test('a typed answer is an item and a request; while the interviewer answers, the request waits for its end', async () => {
  const { session, peer } = await talking();
  assert.equal(session.say('   '), false);
  assert.equal(session.say('Three years.'), true);
  assert.deepEqual(typesOf(peer()), ['response.create', 'conversation.item.create']);
  peer().say({ type: 'response.done', response: { id: 'r1', status: 'completed', output: [] } });
  assert.deepEqual(typesOf(peer()).slice(2), ['response.create']);
  peer().say({ type: 'error', error: { type: 'invalid_request_error', code: 'nope' } });
  session.say('And two more.');
  assert.deepEqual(typesOf(peer()).slice(3), ['conversation.item.create', 'response.create']);
  session.leave();
  assert.equal(session.say('Late.'), false);
});

test('mute and push to talk switch the track, never the call', async () => {
  const { session, peer, streams: [{ track }] } = await talking();
  const seen = [track.enabled];
  const acts = [() => session.mute(true), () => session.usePushToTalk(true), () => session.talk(true), () => session.talk(false),
    () => session.usePushToTalk(false), () => session.mute(false)];
  for (const act of acts) {
    act();
    seen.push(track.enabled);
  }
  assert.deepEqual(seen, [true, false, false, true, false, false, true]);
  assert.ok(typesOf(peer()).every((type) => type !== 'session.update'));
  session.leave();
});

test('a microphone that goes away is told, and another takes its place in the same call', async () => {
  const { session, peer, streams } = await talking();
  session.mute(true);
  streams[0].track.dispatchEvent(new Event('ended'));
  assert.equal(session.isMicrophoneLost, true);
  await session.replaceMicrophone();
  assert.deepEqual([session.isMicrophoneLost, session.stream === streams[1], peer().replaced[0] === streams[1].track], [false, true, true]);
  assert.deepEqual([streams[0].track.stopped, streams[1].track.enabled, Peer.made.length], [true, false, 1]);
  session.leave();
});

test('patience goes to the room by its key, and stays as it was when that fails', async () => {
  const routes = { patience: [{ patience: 'patient' }, refusal('wallet_unavailable', 503)] };
  const { session, server } = await talking({ routes });
  await session.setPatience('patient');
  await assert.rejects(session.setPatience('quick'));
  assert.equal(session.patience, 'patient');
  assert.deepEqual(server.of('patience').map(({ key, body }) => [key, body.patience]), [[ROOM_KEY, 'patient'], [ROOM_KEY, 'quick']]);
  session.leave();
});

test('the interviewer has one audio element, and a tap helps where sound was refused', async () => {
  const { session, audio, peer } = await talking();
  audio.refuses = true;
  const voice = new Stream();
  peer().sound(voice);
  await settle();
  assert.deepEqual([session.isSoundBlocked, audio.srcObject === voice, session.voice === voice], [true, true, true]);
  audio.refuses = false;
  await session.hear();
  assert.equal(session.isSoundBlocked, false);
  session.leave();
  assert.equal(audio.srcObject, null);
});

test('a call that begins while another api holds the token still goes by the room key', async () => {
  const seen = [];
  const fetch = async (path, { headers, keepalive }) => {
    seen.push([path, headers.authorization, Boolean(keepalive)]);
    return new Response('{}');
  };
  const api = createApi({ token: async () => 'jwt', fetch });
  await api.send('POST', '/api/sessions/s/heartbeat', { key: 'room', body: {} });
  await api.send('POST', '/api/sessions/s/transcript', { key: 'room', body: {}, keepalive: true });
  await api.send('POST', '/api/sessions/s/end');
  assert.deepEqual(seen, [['/api/sessions/s/heartbeat', 'Bearer room', false], ['/api/sessions/s/transcript', 'Bearer room', true],
    ['/api/sessions/s/end', 'Bearer jwt', false]]);
});
