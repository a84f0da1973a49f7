// A pause: nobody is heard, nobody speaks, whatever else happens meanwhile.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ROOM_KEY, live, pass, settle, stopClock, talking } from './interview-fakes.mjs';

const PAUSED = live({ paused: true, pauseLeftMs: 100_000 });
const sentBy = (peer) => peer.channel.sent.map(({ type }) => type);

test('a pause stops microphone and interviewer; its end lets both go on, and the time stands still meanwhile', async (t) => {
  stopClock(t);
  const paused = live({ paused: true, pauseLeftMs: 20_000, remainingMs: 900_000 });
  const routes = { pause: [paused], heartbeat: [live({ pauseLeftMs: 180_000 })] };
  const { session, server, peer, streams: [{ track }] } = await talking({ routes });
  assert.deepEqual([session.pauseLeftMs, session.paused], [180_000, false]);
  server.queues.heartbeat = [paused];
  assert.equal(await session.pause(true), true);
  assert.deepEqual(server.of('pause').map(({ key, body }) => [key, body]), [[ROOM_KEY, { paused: true }]]);
  assert.deepEqual([session.turn, track.enabled, session.standsStill], ['paused', false, true]);
  assert.deepEqual(sentBy(peer()), ['response.create', 'response.cancel', 'output_audio_buffer.clear']);
  await pass(3000);
  assert.deepEqual([session.remainingMs, session.pauseLeftMs], [900_000, 17_000]);
  assert.equal(session.say('Now?'), false);
  session.mute(true);
  session.mute(false);
  assert.equal(track.enabled, false);
  server.queues.heartbeat = [live({ paused: true, pauseLeftMs: 1000 }), live({ pauseLeftMs: 0 })];
  await pass(3400);
  assert.deepEqual([session.paused, track.enabled, session.pauseLeftMs], [false, true, 0]);
  assert.deepEqual(sentBy(peer()).length, 3, 'the server has the interviewer go on');
  server.queues.pause = [live({ pauseLeftMs: 0 })];
  assert.equal(await session.pause(true), false);
  session.leave();
});

test('a pause ends with the call that it was made in: the next one is heard, and asks for a word', async (t) => {
  stopClock(t);
  const { session, peer, streams: [{ track }] } = await talking({ routes: { heartbeat: [PAUSED] } });
  peer().become('failed');
  await settle();
  peer().become('connected');
  peer().open();
  await settle();
  assert.deepEqual([session.status, session.paused, track.enabled, sentBy(peer())], ['active', false, true, ['response.create']]);
  session.leave();
});

/** In a pause. */
async function paused() {
  const stage = await talking();
  const { session, server } = stage;
  server.queues.pause = [PAUSED];
  server.queues.heartbeat = [PAUSED];
  assert.equal(await session.pause(true), true);
  return stage;
}

test('in a pause no switch lets the person be heard: not unmuting, not push to talk', async (t) => {
  stopClock(t);
  const { session, server, streams: [{ track }] } = await paused();
  for (const act of [
    () => session.mute(true), () => session.mute(false), () => session.usePushToTalk(true), () => session.talk(true),
    () => session.talk(false), () => session.usePushToTalk(false), () => pass(5000),
  ]) {
    await act();
    assert.equal(track.enabled, false, String(act));
  }
  session.usePushToTalk(true);
  session.talk(true);
  server.queues.pause = [live()];
  await session.pause(false);
  assert.equal(track.enabled, true, 'the button is still held');
  session.leave();
});

test('another microphone in a pause, or while muted, is silent before it is sent', async (t) => {
  stopClock(t);
  for (const silence of ['pause', 'mute']) {
    const { session, server, peer, streams } = silence === 'pause' ? await paused() : await talking();
    if (silence === 'mute') session.mute(true);
    streams[0].track.dispatchEvent(new Event('ended'));
    const sent = [];
    peer().replaced.push = (track) => sent.push([track, track.enabled]);
    await session.replaceMicrophone();
    assert.deepEqual([sent, session.isMicrophoneLost], [[[streams[1].track, false]], false], silence);
    assert.deepEqual([streams[0].track.stopped, streams[1].track.stopped], [true, false]);
    server.queues.pause = [live()];
    if (silence === 'pause') await session.pause(false);
    else session.mute(false);
    assert.equal(streams[1].track.enabled, true, 'and heard again after it');
    session.leave();
    assert.equal(streams[1].track.stopped, true);
  }
});

test('a microphone that comes after the interview has ended is switched off', async (t) => {
  stopClock(t);
  const { session, peer, streams } = await talking();
  const slow = Promise.withResolvers();
  peer().replaced.push = () => slow.promise;
  const replaced = session.replaceMicrophone();
  await settle();
  session.leave();
  slow.resolve();
  await replaced;
  assert.deepEqual(streams.map(({ track }) => track.stopped), [true, true]);
});

test('what was typed just before a pause has no answer asked for in it, nor a second one after it', async (t) => {
  stopClock(t);
  const { session, server, peer } = await talking();
  assert.equal(session.say('Seven years.'), true); // while the interviewer speaks: the answer is asked for behind it
  server.queues.pause = [PAUSED];
  server.queues.heartbeat = [PAUSED];
  await session.pause(true);
  const { length } = sentBy(peer());
  peer().say({ type: 'response.done', response: { id: 'r1', status: 'cancelled' } });
  assert.equal(session.say('And more.'), false);
  assert.deepEqual(sentBy(peer()).slice(length), []);
  server.queues.pause = [live()];
  await session.pause(false);
  peer().say({ type: 'response.created', response: { id: 'r2' } });
  peer().say({ type: 'response.done', response: { id: 'r2', status: 'completed' } });
  assert.deepEqual(sentBy(peer()).slice(length), [], 'the server had the interviewer go on');
  session.leave();
});
