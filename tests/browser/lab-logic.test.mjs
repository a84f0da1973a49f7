// The connection check without a page: what is found, what it comes to, what is said of it, and what support is told.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { abilitiesOf, browserOf } from '../../static/app/lab/browser.js';
import { fresh, isOn443, reachOf, reportOf, runCheck, verdictOf } from '../../static/app/lab/check.js';
import { clockOf } from '../../static/app/lab/clock.js';
import { measureTrip, pairOf } from '../../static/app/lab/trip.js';
import { ownAddresses, reachRelays, relaysOf, withoutRelays } from '../../static/app/lab/ways.js';
import { codeText, rowsOf, verdictWords } from '../../static/app/lab/words.js';
import { createRelays } from '../../static/app/lobby/relays.js';
import { WISH, Peer as CallPeer, fakeSession } from './interview-fakes.mjs';
import { peersThat } from './lab-fakes.mjs';

const NAMED = { username: 'u', credential: 'c' };
const [UDP, TCP, TLS] = ['turn:a.example:3478?transport=udp', 'turn:a.example:443?transport=tcp', 'turns:a.example:443?transport=tcp'];
const LIST = [{ urls: ['stun:s.example:3478'] }, { urls: [UDP, TCP, TLS], ...NAMED }];
const now = () => performance.now();
const atOnce = async () => {};

test('each relay is tried by itself, with its own name and password', () => {
  assert.deepEqual(relaysOf(LIST).map(({ way, port }) => [way, port]), [['udp', 3478], ['tcp', 443], ['tls', 443]]);
  assert.deepEqual(relaysOf(LIST)[2].iceServers, [{ urls: [TLS], ...NAMED }]);
  assert.deepEqual(relaysOf([{ urls: 'stun:s.example' }, { urls: 'turn:odd' }]), []);
  assert.deepEqual(withoutRelays(LIST), [LIST[0]]);
});

test('a relay is reached when it gives an address; each peer is closed again', async () => {
  const Peer = peersThat({ found: (url) => (url === TLS ? [{ type: 'relay' }] : []) });
  const found = await reachRelays(LIST, { Peer, now });
  assert.deepEqual(found.map(({ way, ms }) => [way, ms === null]), [['udp', true], ['tcp', true], ['tls', false]]);
  const made = Peer.made.map(({ options, closed }) => [options.iceTransportPolicy, options.iceServers.length, closed]);
  assert.deepEqual(made, Array(3).fill(['relay', 1, true]));
});

test('a list that the browser refuses is a relay that was not reached', async () => {
  const Peer = class { constructor() { throw new SyntaxError('no'); } };
  assert.deepEqual((await reachRelays(LIST, { Peer, now })).map(({ ms }) => ms), [null, null, null]);
});

test('the own addresses are counted without any relay', async () => {
  const Peer = peersThat({ found: (url) => (url ? [{ type: 'srflx' }] : [{ type: 'host' }, { type: 'host' }]) });
  assert.deepEqual(await ownAddresses(LIST, { Peer }), { hosts: 2, mapped: 1 });
  assert.deepEqual(Peer.made[0].options.iceServers, [LIST[0]]);
});

/** Two peers of which one hands its words back to itself: the fake's channel. */
test('a test call counts what comes back, and tells by which pair', async () => {
  for (const [drops, lost] of [[() => false, 0], [(n) => n % 10 === 0, 100], [(n) => n % 2 === 0, 500]]) {
    const Peer = peersThat({ drops });
    const trip = await measureTrip(LIST, { Peer, now, relayed: true, wait: atOnce });
    assert.deepEqual([trip.local, trip.remote, trip.protocol, trip.lostPerMille], ['relay', 'relay', 'tls', lost]);
    assert.ok(Peer.made.every(({ closed }) => closed));
  }
  assert.equal(await measureTrip(LIST, { Peer: peersThat({ drops: () => true }), now, relayed: false, wait: atOnce }), null);
});

test('two that do not meet are given up, and closed', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const Peer = peersThat({ meets: () => false });
  const trip = measureTrip([], { Peer, now, relayed: false, wait: atOnce });
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
  mock.timers.tick(8000);
  assert.equal(await trip, null);
  assert.ok(Peer.made.every(({ closed }) => closed));
  mock.timers.reset();
});

test('the pair is found in a browser that names it in its own way', async () => {
  const stats = new Map([
    ['P', { id: 'P', type: 'candidate-pair', nominated: true, state: 'succeeded', localCandidateId: 'L', remoteCandidateId: 'R' }],
    ['L', { id: 'L', candidateType: 'srflx', protocol: 'udp' }], ['R', { id: 'R', candidateType: 'host' }],
  ]);
  assert.deepEqual(await pairOf({ getStats: async () => stats }), { local: 'srflx', remote: 'host', protocol: 'udp' });
  assert.deepEqual(await pairOf({ getStats: async () => new Map() }), { local: null, remote: null, protocol: null });
});

test('the clock is judged by the quickest answer, and says how sure that is', async () => {
  const server = 1_800_000_000_000;
  const ways = [[50, 250], [10, 10], [5, 400], [80, 80]]; // there and back, in milliseconds
  let [time, i] = [0, 0];
  const ask = async () => {
    const [there, back] = ways[i];
    i += 1;
    time += there;
    const told = new Date(server + time).toISOString();
    time += back;
    return told;
  };
  const told = await clockOf({ ask, now: () => time, wall: () => server + time + 3000 });
  assert.deepEqual(told, { aheadMs: 3000, withinMs: 10, serverMs: 20 });
});

test('browsers and systems are told apart', () => {
  for (const [agent, expected] of [
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36', ['chrome', 145, 'linux']],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/145.0.0.0 Safari/537.36 Edg/145.0.1.2', ['edge', 145, 'windows']],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15', ['safari', 26, 'macos']],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) CriOS/145.0 Mobile/15E148 Safari/604.1', ['chrome', 145, 'ios']],
    ['Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', ['firefox', 150, 'android']],
    ['curl/8', ['other', null, 'other']],
  ]) assert.deepEqual(Object.values(browserOf(agent)), expected, agent);
  assert.deepEqual(abilitiesOf({}), { calls: false, microphones: false, speakers: false, sockets: false });
});

const ABLE = { calls: true, microphones: true, speakers: true, sockets: true };
const BROWSER = { browser: 'chrome', version: 145, system: 'linux' };
const GOOD = {
  ...fresh({}), phase: 'done', source: 'cloudflare', stun: true, able: ABLE, browser: BROWSER, relayed: true,
  clock: { aheadMs: 4, withinMs: 12, serverMs: 24 }, own: { hosts: 2, mapped: 1 },
  relays: [{ way: 'udp', port: 3478, ms: 40 }, { way: 'tcp', port: 443, ms: null }, { way: 'tls', port: 443, ms: 90 }],
  trip: { local: 'relay', remote: 'relay', protocol: 'tls', roundTripMs: 44, lostPerMille: 0 },
};
const NONE = GOOD.relays.map((one) => ({ ...one, ms: null }));

test('the verdict names the worst of what was found', () => {
  for (const [more, verdict] of [
    [{}, 'good'],
    [{ trip: { ...GOOD.trip, roundTripMs: 301 } }, 'slow'],
    [{ clock: { ...GOOD.clock, serverMs: 401 } }, 'slow'],
    [{ own: { hosts: 2, mapped: 0 } }, 'good'],
    [{ own: { hosts: 2, mapped: 0 }, relays: NONE }, 'narrow'],
    [{ own: { hosts: 2, mapped: 0 }, relays: NONE, stun: false }, 'narrow'],
    [{ own: { hosts: 2, mapped: 0 }, relays: [], stun: false }, 'good'],
    [{ trip: { ...GOOD.trip, lostPerMille: 60 } }, 'lossy'],
    [{ trip: false }, 'blocked'],
    [{ clock: false }, 'offline'],
    [{ able: { ...ABLE, calls: false } }, 'unable'],
  ]) {
    const check = { ...GOOD, ...more };
    assert.equal(verdictOf(check), verdict, JSON.stringify(more));
    const { happened, means, next } = verdictWords(check);
    assert.match(happened, /\.$/);
    assert.match(means, /\.$/);
    assert.ok(verdict === 'good' || /\.$/.test(next), verdict);
  }
});

test('port 443 counts by TCP and TLS alone, and one that was reached is enough', () => {
  assert.deepEqual(reachOf(GOOD.relays, isOn443), { state: 'reached', ms: 90 });
  assert.deepEqual(reachOf(NONE, isOn443), { state: 'missed', ms: null });
  assert.deepEqual(reachOf([{ way: 'udp', port: 443, ms: 1 }], isOn443), { state: 'none', ms: null });
  assert.deepEqual(reachOf(null, isOn443), { state: 'none', ms: null });
});

test('every row says something, whatever is known', () => {
  const checks = [
    fresh({}), GOOD, { ...GOOD, relays: [] }, { ...GOOD, relays: NONE, own: { hosts: 0, mapped: 0 } },
    { ...GOOD, trip: false, clock: false },
    { ...GOOD, stun: false, own: { hosts: 0, mapped: 0 } }, { ...GOOD, able: { ...ABLE, microphones: false, speakers: false } },
  ];
  for (const check of checks) {
    for (const { name, state, words } of rowsOf(check)) {
      assert.ok(['waiting', 'good', 'wrong', 'none'].includes(state) && words.length > 3, `${name} ${state} ${words}`);
      assert.doesNotMatch(words, /undefined|null|NaN|\.$/, name);
    }
  }
  const clock = (aheadMs) => rowsOf({ ...GOOD, clock: { ...GOOD.clock, aheadMs } }).find(({ name }) => name === 'Your clock');
  assert.deepEqual([clock(900).state, clock(-20_000).words], ['good', '20 seconds slow, give or take 12 ms. That does no harm']);
  assert.deepEqual([clock(240_000).state, /4 minutes fast.*set its clock/.test(clock(240_000).words)], ['wrong', true]);
});

const KEPT = new Set([
  'verdict', 'source', 'udp', 'tcp', 'tls', 'relay443', 'path', 'protocol', 'local', 'remote', 'microphone', 'browser', 'system', 'version',
  'hosts', 'mapped', 'relayed', 'udpMs', 'tcpMs', 'tlsMs', 'serverMs', 'roundTripMs', 'lostPerMille', 'clockMs', 'clockWithinMs', 'calls',
  'microphones', 'speakers', 'sockets',
]);

test('support is told kinds, counts and times, and nothing else', () => {
  const report = reportOf(GOOD, 'heard');
  assert.deepEqual(new Set(Object.keys(report)), KEPT);
  const { verdict, udp, tcp, relay443, path, relayed } = report;
  assert.deepEqual([verdict, udp, tcp, relay443, path, relayed], ['good', 'reached', 'missed', 'reached', 'relay', 2]);
  const isPlain = (value) => value === null || ['boolean', 'number'].includes(typeof value) || /^[a-z]+$/.test(value);
  for (const value of Object.values(report)) assert.ok(isPlain(value), value);
  const bad = reportOf({ ...GOOD, clock: false, trip: false, relays: null, own: null }, 'denied');
  assert.deepEqual([bad.path, bad.clockMs, bad.roundTripMs, bad.udp, bad.hosts], ['none', null, null, 'none', 0]);
  assert.equal(codeText('ABCDEFGH'), 'ABCD-EFGH');
});

const apiOf = (answers) => ({ get: async (path) => answers[path]?.() ?? Promise.reject(new Error('away')) });
const ANSWERS = {
  '/api/diagnostic/webrtc-test': () => ({ ok: true, now: new Date().toISOString() }),
  '/api/ice-servers': () => ({ iceServers: LIST, source: 'cloudflare', expiresAt: null }),
};
const envOf = (Peer) => ({ Peer, now, wall: Date.now, wait: atOnce });

test('a check runs through, telling each step, and a relay that carries nothing is found out', async () => {
  globalThis.RTCPeerConnection = class {};
  try {
    const found = (url) => (url === TLS ? [{ type: 'relay' }] : [{ type: url ? 'srflx' : 'host' }]);
    const told = [];
    const whole = await runCheck({ api: apiOf(ANSWERS), tell: (known) => told.push(known), env: envOf(peersThat({ found })) });
    assert.deepEqual([whole.phase, whole.relayed, whole.trip.local, verdictOf(whole)], ['done', true, 'relay', 'good']);
    assert.deepEqual(told.map(({ phase }) => phase), ['going', 'going', 'going', 'going', 'done']);
    const drops = () => true;
    const dead = peersThat({ found, drops });
    const direct = peersThat({ found });
    const Peer = class {
      constructor(options) { return new (options.iceTransportPolicy === 'relay' ? dead : direct)(options); }
    };
    const fallen = await runCheck({ api: apiOf(ANSWERS), tell: () => {}, env: envOf(Peer) });
    assert.deepEqual([fallen.relayed, fallen.trip.local], [false, 'host']);
  } finally {
    delete globalThis.RTCPeerConnection;
  }
});

test('what cannot be learned makes the check shorter, never fail', async () => {
  const away = await runCheck({ api: apiOf({}), tell: () => {}, env: envOf(undefined) });
  assert.deepEqual([away.phase, away.clock, verdictOf(away)], ['done', false, 'unable']);
  globalThis.RTCPeerConnection = class {};
  try {
    const offline = await runCheck({ api: apiOf({}), tell: () => {}, env: envOf(peersThat()) });
    assert.deepEqual([verdictOf(offline), offline.relays], ['offline', []]);
  } finally {
    delete globalThis.RTCPeerConnection;
  }
});

test('the lobby hands on a list that lasts an interview, asks again in time, and stops', async () => {
  let time = 0;
  let [ask, stopped, answer] = [null, null, { iceServers: LIST, expiresAt: new Date(2 * 3_600_000).toISOString() }];
  const relays = createRelays({ get: async () => answer() }, {
    now: () => time, every: (work, ms) => { ask = work; assert.ok(ms < 3_600_000); return 7; }, never: (id) => { stopped = id; },
  });
  answer = ((told) => () => told)(answer);
  assert.equal(relays.list(), null, 'not there yet');
  await relays.ready;
  await ask();
  assert.deepEqual(relays.list(), LIST);
  time = 76 * 60_000;
  assert.equal(relays.list(), null, 'it would end within the interview');
  answer = () => Promise.reject(new Error('away'));
  await ask();
  answer = () => ({ iceServers: [LIST[0]], expiresAt: null });
  await ask();
  assert.deepEqual(relays.list(), [LIST[0]]);
  relays.leave();
  assert.equal(stopped, 7);
});

test('a call is made by the list of the lobby, else by that of the start', async () => {
  for (const [given, used] of [[LIST, LIST], [[], []]]) {
    const { session } = fakeSession();
    await session.start(WISH, { iceServers: given });
    assert.deepEqual(CallPeer.made.at(-1).settings.iceServers, used);
    session.leave();
  }
  const { session, server } = fakeSession();
  await session.start(WISH, { iceServers: null });
  assert.equal(server.of('realtime-session').length, 1);
  assert.notDeepEqual(CallPeer.made.at(-1).settings.iceServers, LIST);
  session.leave();
});
