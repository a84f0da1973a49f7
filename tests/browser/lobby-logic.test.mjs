// The lobby's rules without a browser: the form, the price, the devices, the connection.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { checkConnection, verdictOf } from '../../static/app/lobby/connection.js';
import { createDevices, devicesOf } from '../../static/app/lobby/devices.js';
import { ADJUSTMENTS, askedOf, profileFrom, profilePlace, profileText } from '../../static/app/lobby/profile.js';
import {
  ADVERT_LIMIT, CHOICES, EMPTY, counterText, draftFrom, draftPlace, faultOf as faultOfDraft, wishOf, withFocus,
} from '../../static/app/lobby/draft.js';
import { levelOf, withLevel } from '../../static/app/lobby/level.js';
import { faultOf } from '../../static/app/lobby/microphone.js';
import { priceOf, priceText, spanText } from '../../static/app/lobby/price.js';
import { allowText, connectionWords, microphoneWords } from '../../static/app/lobby/words.js';

const draft = (more) => ({ ...EMPTY, jobTitle: 'Nurse', ...more });

test('what was kept comes back, and what makes no sense is as it is at first', () => {
  assert.deepEqual(draftFrom(null), EMPTY);
  const kept = { jobTitle: 'Nurse', minutes: '15', persona: 'formal' };
  assert.deepEqual(draftFrom({ ...kept, more: 1 }), draft(kept));
  for (const bad of [{ minutes: '45' }, { level: 'constructor' }, { company: 7 }, { language: null }, 'text', []]) {
    assert.deepEqual(draftFrom(bad), EMPTY, JSON.stringify(bad));
  }
});

test('the form is kept for its person and this tab, and without storage nothing fails', () => {
  const kept = new Map();
  const storage = () => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) });
  draftPlace(storage, 'user_alice').keep(draft());
  assert.equal(draftPlace(storage, 'user_alice').read().jobTitle, 'Nurse');
  assert.deepEqual(draftPlace(storage, 'user_bob').read(), EMPTY);
  const forbidden = draftPlace(() => { throw new Error('no storage'); }, 'user_alice');
  forbidden.keep(draft());
  assert.deepEqual(forbidden.read(), EMPTY);
});

test('a form without a job, or with too much of something, names its field', () => {
  const check = (more, field) => assert.equal(faultOfDraft(draft(more))?.field ?? null, field, JSON.stringify(more).slice(0, 60));
  check({}, null);
  check({ jobTitle: ' \n' }, 'jobTitle');
  check({ jobTitle: 'x'.repeat(120), company: 'y'.repeat(120) }, null);
  check({ jobTitle: 'x'.repeat(121) }, 'jobTitle');
  check({ company: 'y'.repeat(121) }, 'company');
  check({ jobDescription: '😀'.repeat(ADVERT_LIMIT) }, null);
  check({ jobDescription: `${'a'.repeat(ADVERT_LIMIT)}b` }, 'jobDescription');
  assert.match(faultOfDraft(draft({ jobDescription: 'a'.repeat(5200) })).words, /1,200 characters too long/);
});

test('the counter counts as the server does, and goes on below zero', () => {
  assert.equal(counterText(''), '4,000 characters left');
  assert.equal(counterText('e\u0301'.repeat(10)), '3,990 characters left', 'what is one letter counts once');
  assert.equal(counterText('a'.repeat(4312)), '312 characters too many');
});

test('a wish is what the API takes: no empty text, a number of minutes, the one it replaces', () => {
  const usual = { level: 'mid', focus: 'general', persona: 'warm', language: 'en' };
  assert.deepEqual(wishOf(draft(), undefined), { jobTitle: 'Nurse', ...usual, minutes: 30 });
  assert.deepEqual(wishOf(draft({ jobTitle: ' Nurse ', company: ' Ward 3', minutes: '15' }), 'ses_1'),
    { jobTitle: 'Nurse', company: 'Ward 3', ...usual, minutes: 15, replace: 'ses_1' });
});

test('a resume goes along only if somebody said yes to exactly the one that is kept', () => {
  const sent = (resumeId, kept) => wishOf(draft({ resumeId }), undefined, kept).resumeId;
  assert.equal(sent('res_1', { id: 'res_1' }), 'res_1');
  for (const [said, kept] of [['', { id: 'res_1' }], ['res_1', { id: 'res_2' }], ['res_1', null], ['res_1', undefined]]) {
    assert.equal('resumeId' in wishOf(draft({ resumeId: said }), undefined, kept), false);
  }
  assert.equal(draftFrom({ resumeId: 'res_1' }).resumeId, 'res_1');
});

test('the address may ask for a focus, if there is such a one', () => {
  assert.equal(withFocus(draft(), 'case').focus, 'case');
  for (const asked of [null, undefined, '', 'constructor', 'CASE']) assert.equal(withFocus(draft(), asked).focus, 'general', asked);
});

test('each choice is one that the server knows, and the interviewers go by the same names', () => {
  const source = (name) => readFileSync(new URL(`../../src/interview/${name}.rs`, import.meta.url), 'utf8');
  for (const field of ['level', 'focus', 'language']) {
    for (const word of Object.keys(CHOICES[field])) assert.ok(source('choice').includes(`"${word}"`), word);
  }
  for (const [word, { name }] of Object.entries(CHOICES.persona)) {
    const [called, manner] = name.split(', ');
    assert.equal(manner, word);
    assert.ok(source('persona').includes(`"${called}"`), called);
  }
});

const FULL = { minutes: '30', fullSeconds: 1800 };
const SHORT = { minutes: '15', fullSeconds: 1800 };
const having = (available, more) => ({ credits: available, available, payable: available, isPremium: false, ...more });

test('what it will cost is told as the Wallet will hold it', () => {
  const check = (wish, person, open, kind, costs, seconds) => {
    const price = priceOf(wish, person, open);
    assert.deepEqual([price.kind, price.costs, price.seconds], [kind, costs, seconds], JSON.stringify([wish, person, open]));
    for (const words of Object.values(priceText(price))) assert.match(words, /^[A-Z0-9].*\.$/);
  };
  check(FULL, having('3.00'), null, 'whole', '1.00', 1800);
  check(SHORT, having('3.00'), null, 'whole', '0.50', 900);
  check(FULL, having('1.00'), null, 'whole', '1.00', 1800);
  check(FULL, having('0.99'), null, 'rest', '0.99', 1782);
  check(FULL, having('0.75'), null, 'rest', '0.75', 1350);
  check(SHORT, having('0.50'), null, 'whole', '0.50', 900);
  check(FULL, having('0.49'), null, 'short', '1.00', 1800);
  check(SHORT, having('0.00'), null, 'short', '0.50', 900);
  check(FULL, having('0.00', { isPremium: true }), null, 'plan', '0.00', 1800);
});

test('what a plan still covers of a day is told, and what credits pay once it covers no more', () => {
  const plan = (available, premiumLeftSeconds, premiumMoreAt = null) =>
    having(available, { isPremium: true, premiumLeftSeconds, premiumMoreAt });
  const told = (person, open = null) => {
    const price = priceOf(FULL, person, open);
    for (const words of Object.values(priceText(price))) assert.match(words, /^[A-Z0-9].*\.$/);
    return [price.kind, price.costs, price.seconds, priceText(price).sum];
  };
  const moreAt = '2027-01-15T12:00:00.000Z';
  assert.deepEqual(told(plan('0.00', 14_400)), ['plan', '0.00', 1800, '30 minutes, covered by your plan.']);
  assert.deepEqual(told(plan('0.00', 700)), ['day', '0.00', 700, '11 minutes, covered by your plan.']);
  const [kind, costs, seconds, words] = told(plan('0.75', 10, moreAt));
  assert.deepEqual([kind, costs, seconds], ['beyond', '0.75', 1350]);
  assert.match(words, /^22 minutes: 0\.75 of your 0\.75 VocahireCredits\. Your plan has covered .* more from .*2027/);
  assert.match(told(plan('0.49', 10, moreAt)).join(' '), /^used 0\.00 1800 Your plan has covered .* more from .*2027/);
  assert.equal(told(plan('3.00', 0, moreAt), { id: 'ses_1', state: 'begun' })[0], 'plan', 'the open one gives back what it leaves');
  assert.equal(wishOf(draft({}), undefined, null, true).payWithCredits, true);
  assert.equal('payWithCredits' in wishOf(draft({})), false);
});

test('where all is paid at the start, that is said of each start, and what cannot pay', () => {
  for (const person of [having('3.00'), having('0.75'), having('0.00', { isPremium: true })]) {
    const { sum, more } = priceText(priceOf(FULL, person, null), { isDirect: true });
    assert.match(sum, /\. All of it counts at the start\.$/);
    assert.match(more, /paid at the start, whatever becomes of the call.*cannot be taken up again.*given.*cannot pay/);
  }
  const short = priceOf(FULL, having('0.49'), null);
  assert.deepEqual(priceText(short, { isDirect: true }), priceText(short));
});

test('where not all of it may pay, the lobby reckons with what may, and says so', () => {
  const told = (available, payable, more, open = null) => {
    const price = priceOf(FULL, having(available, { payable, ...more }), open);
    const text = priceText(price, { isDirect: true });
    for (const words of Object.values(text)) assert.match(words, /^[A-Z0-9].*\.$/);
    return [price.kind, price.costs, text.sum, text.more];
  };
  const given = / VocahireCredits that you were given.* cannot pay for /;
  const [kind, costs, sum] = told('3.00', '0.00');
  assert.deepEqual([kind, costs], ['short', '1.00']);
  assert.match(sum, /^You have 0\.00 VocahireCredits that can pay here; an interview needs at least 0\.50\. VocahireCredits that you were/);
  assert.match(sum, given);
  const rest = told('3.75', '0.75');
  assert.deepEqual(rest.slice(0, 3), ['rest', '0.75',
    '22 minutes: all of your 0.75 VocahireCredits that can pay here. All of it counts at the start.']);
  const whole = told('8.00', '5.00');
  assert.match(whole[2], /^30 minutes: 1\.00 of your 5\.00 VocahireCredits that can pay here\./);
  for (const more of [rest[3], whole[3]]) assert.match(more, given);
  const plan = { isPremium: true, premiumLeftSeconds: 0, premiumMoreAt: '2027-01-15T12:00:00.000Z' };
  const used = told('3.00', '0.20', plan);
  assert.equal(used[0], 'used');
  assert.match(used[3], given);
  assert.match(told('3.75', '0.75', plan).join(' '), /^beyond 0\.75 22 minutes: 0\.75 of your 0\.75 VocahireCredits that can pay here\./);
  const held = told('7.00', '4.00', { credits: '8.00' }, { id: 'ses_1', state: 'held' });
  assert.match(held[2], /of your 5\.00 VocahireCredits that can pay here/, 'what is held comes back');
  assert.equal(told('3.00', '0.00', {}, { id: 'ses_1', state: 'begun' })[0], 'later');
  assert.doesNotMatch(told('0.20', '0.20').join(' '), /given/);
});

test('what an open interview holds comes back, or is known when it has ended', () => {
  const price = (state) => priceOf(FULL, { credits: '1.00', available: '0.00', payable: '0.00', isPremium: false }, { id: 'ses_1', state });
  assert.deepEqual([price('held').kind, price('held').have], ['whole', '1.00']);
  assert.equal(price('begun').kind, 'later');
  assert.match(priceText(price('begun')).sum, /if you have them then/);
});

test('three quarters of an interview are 22 minutes, and nobody is promised more', () => {
  assert.equal(priceText(priceOf(FULL, having('0.75'), null)).sum, '22 minutes: all of your 0.75 VocahireCredits.');
  assert.equal(priceText(priceOf(FULL, having('3.00'), null)).sum, '30 minutes: 1.00 of your 3.00 VocahireCredits.');
  assert.deepEqual([1800, 119, 60, 59.9, 1].map(spanText), ['30 minutes', '1 minute', '1 minute', '59 seconds', '1 second']);
});

test('each refusal of the browser becomes a state with its own help', () => {
  const check = (name, state, message = '', permission = 'denied') => assert.equal(faultOf({ name, message }, permission), state, name);
  check('NotAllowedError', 'denied');
  check('NotAllowedError', 'unasked', 'Permission dismissed', 'prompt');
  check('NotAllowedError', 'system', 'Permission denied by system');
  check('NotFoundError', 'none');
  check('OverconstrainedError', 'none');
  check('NotReadableError', 'busy');
  check('TypeError', 'failed');
  const states = ['unasked', 'asking', 'live', 'denied', 'system', 'none', 'busy', 'missing', 'failed'];
  const told = states.map((state) => microphoneWords(state, ''));
  assert.equal(new Set(told.map(([what]) => what)).size, states.length);
  for (const [what, how] of told) for (const sentence of [what, how]) assert.match(sentence, /^[A-Z].*\.$/);
});

test('how to allow it is told for the browser that this is', () => {
  const safari = 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15';
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1';
  const texts = [phone, 'Gecko/20100101 Firefox/145.0', safari, 'Chrome/142.0'].map(allowText);
  assert.equal(new Set(texts).size, 4);
  assert.match(texts[2], /Safari/);
});

/** A browser's devices; `answers` are what each asking gets, in turn. */
function browserWith({ answers = [], permission = 'granted', devices = [] } = {}) {
  const stops = [];
  const listening = new Map();
  const status = Object.assign(new EventTarget(), { state: permission });
  const streamOf = (id) => {
    const track = Object.assign(new EventTarget(), { stop: () => stops.push(id), getSettings: () => ({ deviceId: id }) });
    return { id, getTracks: () => [track], getAudioTracks: () => [track] };
  };
  const mediaDevices = {
    getUserMedia: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return streamOf(await answer);
    },
    enumerateDevices: async () => devices,
    addEventListener: (name, heard) => listening.set(name, heard),
    removeEventListener: (name) => listening.delete(name),
  };
  return { env: { mediaDevices, permissions: { query: async () => status } }, status, stops, listening };
}

const refusal = (name) => Object.assign(new Error(name), { name });
const found = (kind, deviceId, label) => ({ kind, deviceId, label });

test('a microphone that is allowed opens at once; one that is not asked for waits', async () => {
  const told = [];
  const list = [found('audioinput', 'mic', 'Headset (046d:0a38)'), found('audiooutput', '', '')];
  const { env } = browserWith({ answers: ['mic'], devices: list });
  await createDevices((state) => told.push(state), env).start();
  assert.deepEqual(told.map(({ state }) => state), ['unasked', 'asking', 'live', 'live']);
  assert.deepEqual([told.at(-1).chosen, told.at(-1).microphones, told.at(-1).speakers], ['mic', [{ id: 'mic', name: 'Headset' }], []]);
  const waiting = [];
  await createDevices(({ state }) => waiting.push(state), browserWith({ permission: 'prompt' }).env).start();
  assert.deepEqual(waiting, ['unasked']);
  await createDevices(({ state }) => waiting.push(state), {}).start();
  assert.equal(waiting.at(-1), 'missing');
});

test('a permission that is given later opens it, and one that appears is found', async () => {
  const told = [];
  const { env, status, listening } = browserWith({ permission: 'denied', answers: [refusal('NotFoundError'), 'mic'] });
  const devices = createDevices(({ state }) => told.push(state), env);
  await devices.start();
  assert.equal(told.at(-1), 'denied');
  status.state = 'granted';
  status.dispatchEvent(new Event('change'));
  await new Promise(setImmediate);
  assert.equal(told.at(-1), 'none');
  await listening.get('devicechange')();
  assert.equal(told.at(-1), 'live');
});

test('what was asked last counts, and leaving switches off all but what was handed over', async () => {
  let give;
  const late = new Promise((resolve) => { give = resolve; });
  const { env, stops, listening } = browserWith({ answers: [late, 'second'], permission: 'prompt' });
  let last;
  const devices = createDevices((state) => { last = state; }, env);
  await devices.start();
  const first = devices.open();
  await devices.open();
  give('first');
  await first;
  assert.deepEqual([last.stream.id, stops], ['second', ['first']]);
  devices.leave({ keepStream: true });
  devices.leave();
  assert.deepEqual([stops, listening.size], [['first'], 0]);
});

test('one without a name cannot be chosen', () => {
  const list = [found('audioinput', '', ''), found('audioinput', 'a', 'Built-in'), found('audiooutput', 'b', 'Loud')];
  assert.deepEqual(devicesOf(list, 'audioinput'), [{ id: 'a', name: 'Built-in' }]);
});

test('levels: silence is zero, a loud voice one, and crests keep their side while they move', () => {
  assert.equal(levelOf(new Float32Array(64)), 0);
  assert.equal(levelOf(new Float32Array(64).fill(0.9)), 1);
  const middle = levelOf(new Float32Array(64).fill(0.02));
  assert.ok(middle > 0.4 && middle < 0.7, String(middle));
  assert.deepEqual(withLevel([0, 0, 0.2, 0.4], 0.8), [0.2, 0.4, (0.4 + 0.8) / 2, 0.8]);
});

/** A peer that finds these addresses and no more, and whose channel opens if `meets`. */
const peerThat = (meets, types = ['host']) => class extends EventTarget {
  localDescription = null;

  createDataChannel() {
    const channel = new EventTarget();
    if (meets) setImmediate(() => channel.dispatchEvent(new Event('open')));
    return channel;
  }

  async setLocalDescription() {
    this.localDescription = {};
    const found = [...types.map((type) => ({ candidate: type, type })), null];
    for (const candidate of found) this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
  }

  async setRemoteDescription() {}

  async addIceCandidate() {}

  close() {}
};

test('the connection is told by what happens: an answer in time, and a call that comes about', async () => {
  const times = [0, 90, 100, 140];
  const fetch = async () => new Response('{}');
  const now = () => times.shift() ?? 0;
  const check = async (iceServers, browser) => verdictOf(await checkConnection(iceServers, { fetch, now, ...browser }));
  const found = await checkConnection([], { fetch, now, Peer: peerThat(true) });
  assert.deepEqual(found, { ms: 40, meets: true, reaches: true, able: true });
  assert.equal(verdictOf(found), 'good');
  assert.equal(verdictOf({ ...found, ms: 700 }), 'slow');
  assert.equal(await check([], { fetch: async () => { throw new Error('away'); }, Peer: peerThat(true) }), 'offline');
  assert.equal(await check([], { Peer: peerThat(false) }), 'blocked');
  assert.equal(await check([], { Peer: undefined }), 'unable');
  const servers = [{ urls: ['stun:stun.example.test'] }];
  assert.equal(await check(servers, { Peer: peerThat(true) }), 'narrow');
  assert.equal(await check(servers, { Peer: peerThat(true, ['host', 'srflx']) }), 'good');
  for (const verdict of ['checking', 'good', 'slow', 'narrow', 'blocked', 'offline', 'unable']) {
    for (const sentence of connectionWords(verdict, 5).filter(Boolean)) assert.match(sentence, /[.…]$/, verdict);
  }
});

test('an interview adjusted to somebody: kept whole on the device, sent with the start only as far as it says something', () => {
  const kept = new Map();
  const storage = () => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) });
  const place = profilePlace(storage, 'user_alice');
  assert.deepEqual(place.read(), { patient: false, slow: false, typed: false });
  place.keep({ ...place.read(), slow: true });
  assert.deepEqual([place.read().slow, profilePlace(storage, 'user_bob').read().slow], [true, false]);
  assert.deepEqual(profileFrom({ patient: 'yes', slow: 1, typed: true, more: true }), { patient: false, slow: false, typed: true });
  assert.deepEqual(profilePlace(() => { throw new Error('no storage'); }, 'x').read(), profileFrom(null));
  const asked = (more) => askedOf({ ...profileFrom(null), ...more });
  assert.deepEqual([asked({}), asked({ patient: true }), asked({ slow: true })], [{}, { patience: 'patient' }, { pace: 'slow' }]);
  assert.deepEqual(asked({ patient: true, slow: true, typed: true }), { patience: 'patient' }, 'nothing is spoken');
  assert.equal(profileText(profileFrom(null)), 'Nothing is adjusted');
  assert.equal(profileText({ patient: true, slow: false, typed: true }), 'More time to think · Answer by typing');
  assert.ok(Object.values(ADJUSTMENTS).every(({ name, means }) => name && means));
});
