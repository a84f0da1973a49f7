// The small parts of an interview, each alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createAnnouncer } from '../../static/app/interview/announcer.js';
import { createConnection } from '../../static/app/interview/connection.js';
import { createDebug } from '../../static/app/interview/debug.js';
import { remainingAt, startHeartbeat } from '../../static/app/interview/heartbeat.js';
import { STILL_LEVEL, createMeter } from '../../static/app/meter.js';
import { closeStream, openMicrophone } from '../../static/app/microphone.js';
import { createNotices } from '../../static/app/interview/notices.js';
import { WAITS, retry, sleep } from '../../static/app/interview/retry.js';
import { createSpeaker } from '../../static/app/interview/speaker.js';
import { createSteps } from '../../static/app/interview/steps.js';
import * as words from '../../static/app/interview/words.js';
import { createHold } from '../../static/app/screens/room-hold.js';
import { Audio, Stream, pass, settle, stopClock } from './interview-fakes.mjs';

const middle = () => 0; // no jitter

test('the first try is made at once, the next after 1, 2, 4, 8 and 16 seconds, and then the error is told', async (t) => {
  stopClock(t);
  const tries = [];
  const failing = retry(async (attempt) => {
    tries.push(Date.now() - 1_000_000);
    throw new Error(`try ${attempt}`);
  }, { random: middle });
  const failed = assert.rejects(failing, { message: 'try 5' });
  await settle();
  assert.deepEqual(tries, [0]);
  await pass(WAITS.reduce((a, b) => a + b) + 1000);
  await failed;
  assert.deepEqual(tries, [0, 1000, 3000, 7000, 15_000, 31_000]);
});

test('waits are a little longer by chance, never shorter; an error that stays is not tried again', async (t) => {
  stopClock(t);
  let tries = 0;
  const late = retry(async () => {
    tries += 1;
    if (tries === 1) throw new Error('once');
    return 'done';
  }, { waits: [1000], random: () => 1 });
  await pass(1200);
  assert.equal(tries, 1);
  await pass(50);
  assert.equal(await late, 'done');
  await assert.rejects(retry(async () => { throw new Error('stays'); }, { again: () => false }), { message: 'stays' });
});

test('trying again and sleeping end when they are aborted, and leave no timer', async (t) => {
  stopClock(t);
  const run = new AbortController();
  let tries = 0;
  const trying = retry(async () => {
    tries += 1;
    throw new Error('no');
  }, { signal: run.signal, random: middle });
  const sleeping = sleep(5000, run.signal);
  const ended = Promise.all([assert.rejects(trying, { name: 'AbortError' }), assert.rejects(sleeping, { name: 'AbortError' })]);
  await settle();
  run.abort();
  await ended;
  await pass(60_000);
  assert.equal(tries, 1);
});

test('a connection begins disconnected, and tells each change once', () => {
  let changes = 0;
  const connection = createConnection(() => { changes += 1; });
  const seen = () => [connection.state, connection.isConnecting, connection.isConnected, connection.error];
  assert.deepEqual(seen(), ['disconnected', false, false, null]);
  connection.disconnected();
  assert.equal(changes, 0);
  connection.connecting();
  assert.deepEqual(seen(), ['connecting', true, false, null]);
  connection.connected();
  assert.deepEqual(seen(), ['connected', false, true, null]);
  connection.failed('unreachable');
  assert.deepEqual(seen(), ['failed', false, false, 'unreachable']);
  connection.connecting();
  assert.deepEqual([...seen(), changes], ['connecting', true, false, null, 4]);
});

test('steps tick off one after the other with their times, fail where they stand, and begin again', () => {
  let now = 0;
  const steps = createSteps(() => now);
  const seen = () => steps.list.map(({ state, ms }) => `${state}${ms === null ? '' : ` ${ms}`}`);
  steps.begin('microphone');
  now = 120;
  steps.begin('session');
  now = 150;
  steps.begin('exchange');
  assert.deepEqual(seen(), ['done 120', 'done 30', 'going', 'waiting', 'waiting']);
  now = 400;
  steps.begin('session');
  assert.deepEqual(seen(), ['done 120', 'going', 'waiting', 'waiting', 'waiting']);
  now = 500;
  steps.fail();
  assert.deepEqual(seen(), ['done 120', 'failed 100', 'waiting', 'waiting', 'waiting']);
  const typed = createSteps(() => now);
  typed.skip('microphone');
  typed.begin('audio');
  typed.done();
  typed.fail();
  assert.deepEqual(typed.list.map(({ state }) => state), ['skipped', 'waiting', 'waiting', 'waiting', 'done']);
});

test('the record keeps the last things and nothing that is secret or said', () => {
  const debug = createDebug({ size: 3, now: () => 7 });
  const names = ['token', 'sdp', 'roomKey', 'key', 'text', 'content', 'authorization'];
  const secrets = { ...Object.fromEntries(names.map((name) => [name, 'secret'])), code: 'a b secret', state: 'secret'.repeat(20) };
  debug.note('first', { code: 'provider_busy' });
  debug.note('many', secrets);
  debug.note('some', { code: 'bad_sdp', attempt: 2, requestId: 'req_1' });
  debug.note('none');
  assert.deepEqual(debug.entries, [{ at: 7, what: 'many' }, { at: 7, what: 'some', attempt: 2, code: 'bad_sdp', requestId: 'req_1' },
    { at: 7, what: 'none' }]);
  assert.doesNotMatch(debug.text(), /secret/);
  assert.equal(debug.text().split('\n').length, 3);
});

test('the heart beats at once, then every five seconds, never twice at a time, and not after its end', async (t) => {
  stopClock(t);
  const seen = [];
  let beats = 0;
  let open = null;
  const heartbeat = startHeartbeat({
    beat: () => {
      seen.push(Date.now() - 1_000_000);
      beats += 1;
      if (beats === 2) return Promise.reject(new Error('lost'));
      return beats === 3 ? new Promise((resolve) => { open = resolve; }) : Promise.resolve('yes');
    },
    onAnswer: (answer) => seen.push(answer),
    onLost: (error) => seen.push(error.message),
  });
  await settle();
  await pass(10_000);
  assert.deepEqual(seen, [0, 'yes', 5000, 'lost', 10_000]);
  await pass(7000);
  assert.equal(seen.length, 5);
  open('late');
  await pass(50);
  assert.deepEqual(seen.slice(5), ['late', 17_050, 'yes']);
  heartbeat.stop();
  await pass(20_000);
  assert.equal(seen.length, 8);
});

test('the time that is left is the server’s; it goes on between two answers and stands when the server’s stands', () => {
  assert.equal(remainingAt(null, 0), null);
  const told = { remainingMs: 60_000, state: 'live', at: 1000 };
  assert.equal(remainingAt(told, 4000), 57_000);
  assert.equal(remainingAt(told, 900_000), 50_000); // nobody has said that it went on
  assert.equal(remainingAt(told, 31_000, Infinity), 30_000); // who hears of changes alone
  for (const still of [{ state: 'reconnecting' }, { paused: true }]) {
    for (const most of [undefined, Infinity]) assert.equal(remainingAt({ ...told, ...still }, 4000, most), 60_000);
  }
  assert.equal(remainingAt({ ...told, remainingMs: 100 }, 4000), 0);
});

/** An analyser that hears what the test says. */
function fakeContext() {
  const made = { level: 0, closed: 0, fftSize: 0, ticks: 0 };
  class Context {
    createMediaStreamSource() { return { connect() {}, disconnect() {} }; }

    createAnalyser() {
      return { set fftSize(size) { made.fftSize = size; }, getFloatTimeDomainData(samples) {
        made.ticks += 1;
        samples.fill(made.level);
      } };
    }

    async close() { made.closed += 1; }
  }
  return { made, Context };
}

test('a meter ticks ten times a second until it is stopped, and closes what it opened once', async (t) => {
  stopClock(t);
  const { made, Context } = fakeContext();
  const levels = [];
  const meter = createMeter(new Stream(), { onLevel: (level) => levels.push(level), still: false, Context });
  await pass(1000);
  made.level = 0.5;
  await pass(1000);
  assert.deepEqual([levels.length, levels[0], made.fftSize], [20, 0, 256]);
  assert.ok(levels.at(-1) > 0.8);
  meter.stop();
  meter.stop();
  await pass(5000);
  assert.deepEqual([made.ticks, made.closed], [20, 1]);
});

test('where nothing may move, a meter tells only that somebody speaks, and that it is over', async (t) => {
  stopClock(t);
  const { made, Context } = fakeContext();
  const levels = [];
  createMeter(new Stream(), { onLevel: (level) => levels.push(level), still: true, Context });
  for (const [level, ms] of [[0, 2000], [0.5, 1000], [0, 300], [0.5, 1000], [0, 2000]]) {
    made.level = level;
    await pass(ms);
  }
  assert.deepEqual(levels, [STILL_LEVEL, 0]);
});

test('each way in which a microphone is refused has its own code and words', async () => {
  const refusing = (name, state) => ({
    mediaDevices: { getUserMedia: async () => { throw Object.assign(new Error(name), { name }); } },
    permissions: { query: async () => ({ state }) },
  });
  const rows = [['NotAllowedError', 'denied', 'denied'], ['NotAllowedError', 'prompt', 'unasked'], ['NotFoundError', 'granted', 'none'],
    ['NotReadableError', 'granted', 'busy'], ['TypeError', 'granted', 'failed']];
  for (const [name, state, fault] of rows) {
    await assert.rejects(openMicrophone({ env: refusing(name, state) }), { code: `microphone_${fault}` });
  }
  await assert.rejects(openMicrophone({ env: {} }), { code: 'microphone_missing' });
  let asked;
  const env = { mediaDevices: { getUserMedia: async (wish) => {
    asked = wish;
    return new Stream();
  } } };
  const stream = await openMicrophone({ deviceId: 'usb', env });
  assert.deepEqual(asked.audio.deviceId, { ideal: 'usb' });
  assert.equal(asked.audio.echoCancellation, true);
  closeStream(stream);
  closeStream(null);
  assert.equal(stream.track.stopped, true);
});

test('the one audio element gets each stream once, and a refusal to play is told until a tap', async () => {
  const audio = Object.assign(new Audio(), { refuses: true });
  const told = [];
  const speaker = createSpeaker(audio, (blocked) => told.push(blocked));
  const stream = new Stream();
  speaker.attach(stream);
  speaker.attach(stream);
  await settle();
  assert.deepEqual([audio.plays, told], [1, [true]]);
  audio.refuses = false;
  await speaker.play();
  assert.deepEqual(told, [true, false]);
  speaker.release();
  assert.equal(audio.srcObject, null);
});

const key = (code, target = {}) =>
  ({ code, target: { closest: () => null, ...target }, prevented: false, preventDefault() { this.prevented = true; } });

test('push to talk is held by pointer or space, switched by a click without a pointer, and let go when focus is lost', () => {
  const told = [];
  let on = true;
  const hold = createHold({ talk: (talking) => told.push(talking), isOn: () => on });
  const target = { setPointerCapture() {} };
  hold.button.pointerdown({ button: 2, target });
  hold.button.pointerdown({ button: 0, pointerId: 1, target });
  hold.button.click({ detail: 1 });
  hold.button.pointerup();
  const space = key('Space');
  hold.document.keydown(space);
  hold.document.keydown(key('Space'));
  hold.document.keyup(key('Space'));
  assert.deepEqual([told.splice(0), space.prevented], [[true, false, true, false], true]);
  hold.button.click({ detail: 0 });
  hold.release();
  hold.release();
  assert.deepEqual(told.splice(0), [true, false]);
  hold.document.keydown(key('Space', { closest: () => ({}) })); // somebody types
  hold.document.keydown(key('KeyA'));
  on = false;
  hold.document.keydown(key('Space'));
  assert.deepEqual(told, []);
});

test('finished lines are read out once each, at most every three seconds', async (t) => {
  stopClock(t);
  const told = [];
  const announcer = createAnnouncer((text) => told.push(text));
  const line = (id, more = {}) => ({ id, role: 'interviewer', content: `Line ${id}.`, final: true, typed: false, mark: 'final', ...more });
  const said = [line(1)];
  announcer.hear(said);
  announcer.hear(said);
  const unheard = line(6, { role: 'person', mark: 'failed' });
  said.push(line(2), line(3, { role: 'person' }), line(4, { final: false }), line(5, { typed: true }), unheard);
  announcer.hear(said);
  assert.deepEqual(told, ['Interviewer: Line 1.']);
  await pass(3000);
  assert.deepEqual(told.slice(1), ['Interviewer: Line 2. You: Line 3. You: these words could not be taken down.']);
  await pass(3000);
  said[3] = line(4);
  announcer.hear(said);
  assert.deepEqual(told.slice(2), ['Interviewer: Line 4.']);
  said.push(line(7));
  announcer.hear(said);
  announcer.stop();
  await pass(10_000);
  assert.equal(told.length, 3);
});

test('every failure and every end without an interview says what happened, what it means, what to do, with a way on', () => {
  const codes = [
    'provider_error', 'provider_refused', 'provider_busy', 'provider_timeout', 'bad_sdp', 'bad_ticket', 'bad_answer', 'conflict',
    'direct_failed', 'direct_unsure', 'session_ended', 'out_of_reach', 'session_in_progress', 'insufficient_credits', 'rate_limited',
    'wallet_unavailable', 'not_configured', 'unreachable', 'no_answer', 'token_expired', 'idempotency_mismatch', 'internal_error',
    'calls_unsupported', 'never_heard_of', 'microphone_denied', 'microphone_unasked', 'microphone_none', 'microphone_busy',
    'microphone_missing', 'microphone_failed', 'microphone_system',
  ];
  const failures = codes.map((code) => words.failureWords({ code }, 'Firefox/150'));
  const over = [{ ending: 'no_media_path' }, { ending: 'no_output' }, { ending: 'paid_ahead', broke: 'talk' }, { broke: 'start' }];
  const all = [...failures, ...over.map(words.overWords)];
  for (const { happened, means, next, ways } of all) {
    for (const sentence of [happened, means, next]) assert.match(sentence, /^[A-Z].*[.]$/);
    assert.doesNotMatch(`${happened} ${means} ${next}`, /oops|went wrong|[a-z]_[a-z]|(?<!Vocahire)\bcredits?\b/i);
    assert.ok(ways.length && ways.every((way) => words.WAY_WORDS[way]));
  }
  assert.deepEqual(words.failureWords({ code: 'token_expired' }).ways, ['sign-in']);
  for (const isUnderWay of [false, true]) {
    assert.deepEqual(words.failureWords({ code: 'microphone_denied', isUnderWay }).ways, ['again', 'typed', 'back']);
  }
  for (const ending of ['ended_by_user', 'constructor']) assert.equal(words.overWords({ ending }), null);
  assert.equal(words.overWords(null), null);
});

test('how long is left, and what it costs to end now', () => {
  const left = [[1_800_000, '30 minutes left'], [1_799_000, '30 minutes left'], [120_001, '3 minutes left'], [120_000, '2:00 left'],
    [61_000, '1:01 left'], [9000, '0:09 left'], [0, '0:00 left']];
  for (const [ms, text] of left) assert.equal(words.minutesLeft(ms), text);
  assert.match(words.endingCosts({ spentMs: 30_000, held: '1.00' }), /first minute, so ending it costs nothing/);
  assert.match(words.endingCosts({ spentMs: 300_000, held: '1.00' }), /about 5 minutes, rounded in your favour.*1\.00 VocahireCredits/);
  assert.match(words.endingCosts({ spentMs: 300_000, held: '0.00' }), /plan covers it/);
});

test('each question that was stopped is told once, by what it was about, and so is a resume that could not be read', () => {
  const notices = createNotices();
  const hear = (withdrawn, resume = null) => notices.hear({ withdrawn, resume });
  hear(null);
  assert.deepEqual(notices.open, []);
  hear({ count: 1, ground: 'health' }, 'missing');
  hear({ count: 1, ground: 'health' }, 'missing');
  assert.deepEqual(notices.open, [words.withdrawnWords('health'), words.RESUME_MISSING]);
  notices.close(words.withdrawnWords('health'));
  hear({ count: 1, ground: 'health' }, 'missing');
  assert.deepEqual(notices.open, [words.RESUME_MISSING]);
  hear({ count: 2, ground: 'health' }, 'used');
  assert.equal(notices.open.at(-1), 'Your interviewer began to ask about your health. We stopped the question; you need not answer it.');
  hear(null); // an interview that begins anew
  hear({ count: 1, ground: 'age' });
  assert.equal(notices.open.at(-1), words.withdrawnWords('age'));
  const grounds = ['family', 'age', 'religion', 'health', 'origin', 'gender', 'politics', 'union', 'money', 'crime', 'constructor'];
  assert.equal(new Set(grounds.map(words.withdrawnWords)).size, grounds.length);
});
