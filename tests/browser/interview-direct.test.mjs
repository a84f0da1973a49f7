// An interview that the page calls by itself with a secret, and what it says to the interviewer in the server's place.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { explain } from '../../static/app/words.js';
import * as words from '../../static/app/interview/words.js';
import {
  ANSWER, OFFER, OUTCOME, Peer, ROOM_KEY, WISH, fakeSession, live, pass, refusal, settle, stopClock, talking,
} from './interview-fakes.mjs';

const URL = 'https://api.openai.test/v1/realtime/calls';
const BY = { secret: 'ek_secret', url: URL, roomKey: ROOM_KEY, connect: 1 };
const started = (count) => ({
  id: `ses_${count}`, token: 'ticket-secret', model: 'm', mode: 'direct', iceServers: [], allowanceSeconds: 1800, held: '1.00',
});
const lost = refusal('unreachable', 0);
const standing = (more) => live({ relay: true, reconnectsLeft: 0, ...more });
const exchanges = (server) => server.of('webrtc-exchange');
const ways = ({ session }) => words.failureWords(session.error).ways;

/** OpenAI answers what is in the list, the last one for ever: a status and a text, or an error of the network. */
function openai(...answers) {
  const asked = [];
  async function fetch(url, init) {
    asked.push([url, init]);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    const [status, text] = answer;
    return { status, text: async () => text };
  }
  return { asked, fetch };
}

function directly({ answers = [[201, ANSWER]], routes } = {}) {
  const { asked, fetch } = openai(...answers);
  const sessions = [started(1), started(2), started(3)];
  const told = { 'realtime-session': sessions, 'webrtc-exchange': [BY], heartbeat: [standing()], ...routes };
  return { asked, options: { routes: told, fetch } };
}

async function start(how) {
  const { asked, options } = directly(how);
  const all = fakeSession(options);
  all.session.start(WISH);
  await pass(10_000);
  return { asked, ...all };
}

test('the page brings its offer by the secret, with nothing else, and talks', async (t) => {
  stopClock(t);
  const { asked, options } = directly();
  const { session, server, peer } = await talking(options);
  assert.equal(asked.length, 1);
  const [url, { signal, ...init }] = asked[0];
  assert.equal(url, URL);
  assert.ok(signal instanceof AbortSignal);
  assert.deepEqual(init, {
    method: 'POST', body: OFFER, headers: { 'content-type': 'application/sdp', authorization: 'Bearer ek_secret' },
    credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error',
  });
  assert.equal(peer().remoteDescription.sdp, ANSWER);
  assert.deepEqual([session.status, session.isPaidAhead, session.unused, exchanges(server).length], ['active', true, null, 1]);
  assert.doesNotMatch(session.debug.text(), /ek_|secret/);
  session.leave();
});

test('a network that failed is tried once more at once', async (t) => {
  stopClock(t);
  const { session, asked } = await start({ answers: [new TypeError('network'), [201, ANSWER]] });
  assert.deepEqual([session.status, asked.length], ['connecting', 2]);
  session.leave();
});

test('a paid call that does not come about is ended and said honestly: nothing begins anew', async (t) => {
  stopClock(t);
  const slow = Object.assign(new Error('late'), { name: 'TimeoutError' });
  for (const [answer, times] of [
    [new TypeError('network'), 2], [slow, 1], [[401, '{}'], 1], [[500, '{}'], 1], [[201, '<html>'], 1],
    [[201, 'v=0\r\nm=audio unusable'], 1],
  ]) {
    const all = await start({ answers: [answer] });
    const { session, server, asked } = all;
    assert.deepEqual([session.status, session.error.code, session.error.retryable], ['failed', 'direct_failed', false]);
    assert.deepEqual([asked.length, server.of('realtime-session').length, exchanges(server).length], [times, 1, 1]);
    assert.deepEqual([server.of('end').length, session.unused, Peer.made.at(-1).closed], [1, null, 1]);
    assert.match(words.failureWords(session.error).means, /^It was paid at its start/);
    assert.ok(!ways(all).includes('again'));
  }
});

test('a secret whose answer got lost is asked for with the same offer; without any answer nothing begins anew', async (t) => {
  stopClock(t);
  const found = await start({ routes: { 'webrtc-exchange': [lost, BY] } });
  assert.deepEqual([found.session.status, found.session.id], ['connecting', 'ses_1']);
  assert.deepEqual(exchanges(found.server).map(({ body }) => [body.sessionId, body.sdp]), Array(2).fill(['ses_1', OFFER]));
  found.session.leave();
  for (const never of [lost, refusal('no_answer', 0), refusal('room_unavailable', 503), refusal('internal_error', 500)]) {
    const all = await start({ routes: { 'webrtc-exchange': [never] } });
    assert.deepEqual([all.session.error.code, all.server.of('realtime-session').length, all.session.unused], ['direct_unsure', 1, null]);
    assert.ok(!ways(all).includes('again'));
  }
});

test('once an answer got lost, a second one that comes too late does not say that nothing was paid: nothing begins anew', async (t) => {
  stopClock(t);
  for (const late of [refusal('bad_ticket', 403), refusal('session_ended', 409), refusal('token_expired', 401)]) {
    const all = await start({ routes: { 'webrtc-exchange': [lost, late, BY] } });
    assert.deepEqual([all.session.error?.code, all.server.of('realtime-session').length], ['direct_unsure', 1], late.code);
    assert.deepEqual([exchanges(all.server).length, all.session.unused, ways(all).includes('again')], [2, null, false]);
  }
  const refused = await start({ routes: { 'webrtc-exchange': [lost, refusal('provider_busy', 503), BY] } });
  assert.deepEqual([refused.session.status, refused.session.id], ['connecting', 'ses_2']);
  refused.session.leave();
  const slept = await start({ routes: { 'webrtc-exchange': [refusal('bad_ticket', 403), BY] } });
  assert.equal(slept.session.id, 'ses_2', 'no answer got lost');
  slept.session.leave();
});

test('a secret that was refused is not paid: it begins anew, in place of the one before', async (t) => {
  stopClock(t);
  const { session, server } = await start({ routes: { 'webrtc-exchange': [refusal('provider_busy', 503), BY] } });
  assert.deepEqual([session.status, session.id], ['connecting', 'ses_2']);
  assert.deepEqual(server.of('realtime-session').map(({ body }) => body.replace), [undefined, 'ses_1']);
  session.leave();
});

test('cancelled while it is called: what may be paid is ended, and no later start takes its place unasked', async () => {
  const answer = Promise.withResolvers();
  const { asked, options } = directly({ routes: { 'webrtc-exchange': [() => answer.promise] } });
  const { session, server } = fakeSession(options);
  session.start(WISH);
  await settle();
  await session.stop();
  assert.equal(session.unused, null);
  answer.resolve(BY);
  await settle();
  assert.deepEqual([server.of('end').length, asked.length, session.status], [1, 0, 'idle']);
});

test('a line that breaks is the end, even before the first heartbeat was answered: no other call is asked for', async (t) => {
  stopClock(t);
  const ended = { ...OUTCOME, ending: 'paid_ahead', charged: '1.00' };
  for (const [heartbeat, end, outcome] of [
    [standing(), standing({ state: 'ended', ended }), ended], [lost, standing({ state: 'ended', ended }), ended], [lost, lost, {}],
  ]) {
    const { options } = directly({ routes: { heartbeat: [heartbeat], end: [end] } });
    const { session, server, peer, statuses } = await talking(options);
    peer().channel.close();
    await pass(20_000);
    assert.deepEqual([session.status, session.outcome], ['ended', { ...outcome, broke: 'talk' }]);
    assert.match(words.overWords(session.outcome).means, /^It was paid at its start/);
    assert.match(words.overWords(session.outcome).next, /^What was said until then is kept/);
    assert.deepEqual([exchanges(server).length, server.of('end').at(-1).body.dropped, statuses.includes('reconnecting')], [1, true, false]);
  }
});

const packets = (packetsReceived) => [{ type: 'inbound-rtp', packetsReceived, packetsLost: 0, jitter: 0 }];
const pathOf = (responsesReceived) => [{ type: 'candidate-pair', nominated: true, responsesReceived }];

/** Talking by the only call there is. */
async function last(options = directly({ routes: { end: [standing({ state: 'ended', ended: OUTCOME })] } }).options) {
  const all = await talking(options);
  await pass(1000);
  return all;
}

test('what is only disconnected may come back for half a minute where no other call would follow', async (t) => {
  stopClock(t);
  const supervised = { routes: { heartbeat: [live({ reconnectsLeft: 0 })] } };
  for (const options of [undefined, supervised]) {
    const { session, server, peer } = await last(options);
    peer().become('disconnected');
    await pass(28_000);
    assert.equal(session.status, 'reconnecting');
    peer().become('connected');
    await pass(30_000);
    assert.deepEqual([session.status, server.of('end').length], ['active', 0]);
    peer().become('disconnected');
    await pass(45_000);
    assert.deepEqual([session.status, server.of('end').length, exchanges(server).length], ['ended', 1, 1]);
  }
  const failed = await last();
  failed.peer().become('disconnected');
  await pass(1000);
  failed.peer().become('failed');
  await settle();
  assert.equal(failed.session.status, 'ending');
  failed.session.leave();
});

test('heartbeats without a packet end the only call after half a minute, not before', async (t) => {
  stopClock(t);
  const { session, peer } = await last();
  peer().stats = packets(250);
  await pass(29_000);
  peer().stats = packets(300);
  await pass(5000);
  await pass(24_000);
  assert.equal(session.status, 'active');
  await pass(20_000);
  assert.equal(session.status, 'ended');
});

test('another network alone never ends the only call: neither in sound nor in writing, nor while it is disconnected', async (t) => {
  stopClock(t);
  for (const [stats, typed] of [[packets(250), false], [pathOf(3), true]]) {
    const { options } = directly();
    const { session, peer, network } = fakeSession(options);
    await session.start(WISH, { typed });
    peer().become('connected');
    peer().open();
    peer().say({ type: 'response.output_text.done', item_id: 'a', response_id: 'r', text: 'Hello.' });
    peer().say({ type: 'output_audio_buffer.started', response_id: 'r' });
    await settle();
    peer().stats = stats;
    network.change();
    await pass(7000);
    assert.equal(session.status, 'active');
    peer().become('disconnected');
    network.change();
    await pass(1000);
    assert.equal(session.status, 'reconnecting');
    session.leave();
  }
});

test('a line that breaks before the first word was no talk: it is said as a call that did not come about', async (t) => {
  stopClock(t);
  const all = await start({ routes: { end: [lost] } });
  all.peer().become('failed');
  await pass(20_000);
  assert.deepEqual([all.session.status, all.session.outcome], ['ended', { broke: 'start' }]);
  assert.deepEqual(words.overWords(all.session.outcome), words.failureWords({ code: 'direct_failed' }));
});

test('an end that the server tells is its end, and so is the person’s own: no line broke', async (t) => {
  stopClock(t);
  const ended = { ...OUTCOME, ending: 'paid_ahead', charged: '1.00' };
  const over = standing({ state: 'ended', ended });
  for (const [heartbeat, end] of [[[standing(), over], (all) => all.peer().channel.close()], [[standing()], (all) => all.session.stop()]]) {
    const { options } = directly({ routes: { heartbeat, end: [over] } });
    const all = await talking(options);
    end(all);
    await pass(10_000);
    assert.deepEqual([all.session.status, all.session.outcome, words.overWords(ended)], ['ended', ended, null]);
  }
});

test('where the last call is used up, a line that breaks is the end as well', async (t) => {
  stopClock(t);
  const { session, server, peer } = await talking({ routes: { heartbeat: [live({ reconnectsLeft: 0 })] } });
  peer().become('failed');
  await pass(20_000);
  assert.deepEqual([session.status, exchanges(server).length], ['ended', 1]);
});

const order = (id, ...types) => ({ id, events: types.map((type) => ({ type })) });
const sentBy = (peer) => peer.channel.sent.map(({ type }) => type);
const saidIn = (server) => server.of('heartbeat').map(({ body }) => body.said ?? []);

test('what the server cannot say itself is said once, in its order, and told until a heartbeat was answered', async (t) => {
  stopClock(t);
  const say = [order('wrap_up@1', 'conversation.item.create'), order('go_on@2', 'session.update', 'response.create')];
  const { session, server, peer } = await talking({ routes: { heartbeat: [live({ say }), lost, live({ say }), live()] } });
  assert.deepEqual(sentBy(peer()), ['response.create', 'conversation.item.create', 'session.update', 'response.create']);
  await pass(15_000);
  assert.deepEqual(saidIn(server), [[], ['wrap_up@1', 'go_on@2'], ['wrap_up@1', 'go_on@2'], []]);
  assert.equal(peer().channel.sent.length, 4);
  session.leave();
});

test('what was said while the line is away is told with such heartbeats too, and forgotten only when one was answered', async (t) => {
  stopClock(t);
  const heartbeat = [standing({ say: [order('wrap_up@1', 'conversation.item.create')] }), lost, lost, standing()];
  const { session, server, peer } = await talking({ ...directly({ routes: { heartbeat } }).options });
  peer().become('disconnected');
  await pass(20_000);
  assert.deepEqual(saidIn(server), [[], ...Array(3).fill(['wrap_up@1']), []]);
  assert.deepEqual(server.of('heartbeat').slice(1).map(({ body }) => body.away), Array(4).fill(true));
  session.leave();
});

test('what could not be sent is not said, and is tried with the next answer', async (t) => {
  stopClock(t);
  const heartbeat = [live({ state: 'connecting', say: [order('patience@1', 'session.update')] })];
  const { session, server, peer } = fakeSession({ routes: { heartbeat } });
  await session.start(WISH);
  await pass(5000);
  assert.deepEqual(saidIn(server), [[], []]);
  peer().become('connected');
  peer().open();
  await pass(10_000);
  assert.deepEqual(saidIn(server), [[], [], [], ['patience@1']]);
  assert.deepEqual(sentBy(peer()), ['response.create', 'session.update']);
  session.leave();
});

test('the answer to a pause brings such words too; a page whose interview another has taken says nothing', async (t) => {
  stopClock(t);
  const paused = { paused: true, pauseLeftMs: 180_000, say: [order('pause@1', 'session.update')] };
  const { session, server, peer } = await talking({ routes: { pause: [standing(paused)], heartbeat: [standing(), standing(paused)] } });
  assert.equal(await session.pause(true), true);
  assert.ok(sentBy(peer()).includes('session.update'));
  await pass(5000);
  assert.deepEqual(saidIn(server).at(-1), ['pause@1']);
  session.leave();
  const taken = live({ connect: 3, say: [order('patience@1', 'session.update')] });
  const other = await talking({ routes: { 'webrtc-exchange': [{ sdp: ANSWER, roomKey: ROOM_KEY, connect: 1 }], heartbeat: [taken] } });
  assert.equal(other.session.status, 'elsewhere');
  assert.deepEqual(sentBy(other.peer()), ['response.create']); // when its channel opened
});

test('what it costs is told as it was paid: at the start, with nothing coming back, and given ones pay for nothing', () => {
  assert.match(words.endingCosts({ spentMs: 30_000, held: '1.00', isPaidAhead: true }), /paid at its start.*nothing comes back/);
  const told = explain('insufficient_credits', { currentCredits: '0.20', minimumRequired: '0.50', reason: 'granted' });
  assert.match(told.happened, /that you were given cannot pay/);
  assert.match(told.means, /Nothing was charged\. Of others you have 0\.20, and an interview needs at least 0\.50\./);
});
