/** The connection check from its start to its verdict, without a page. */
import { abilitiesOf, browserOf } from './browser.js';
import { clockOf } from './clock.js';
import { measureTrip } from './trip.js';
import { ownAddresses, reachRelays, withoutRelays } from './ways.js';

const SLOW_SERVER_MS = 400;
const SLOW_TRIP_MS = 300;
const LOSSY_PER_MILLE = 50;

/**
 * Each member is null until it is known. `trip` of false: the two peers did not meet.
 * @typedef {{
 *   phase: 'idle' | 'going' | 'done',
 *   source: string | null,
 *   stun: boolean,
 *   clock: { aheadMs: number, withinMs: number, serverMs: number } | false | null,
 *   own: { hosts: number, mapped: number } | null,
 *   relays: { way: string, port: number, ms: number | null }[] | null,
 *   trip: { local: string | null, remote: string | null, protocol: string | null, roundTripMs: number, lostPerMille: number }
 *     | false | null,
 *   relayed: boolean,
 *   browser: ReturnType<typeof browserOf>,
 *   able: ReturnType<typeof abilitiesOf>,
 * }} Check
 */

/** @returns {Check} */
export const fresh = (env = globalThis) => ({
  phase: 'idle', source: null, stun: false, clock: null, own: null, relays: null, trip: null, relayed: false,
  browser: browserOf(env.navigator?.userAgent ?? ''), able: abilitiesOf(env),
});

const ofBrowser = () => ({ Peer: globalThis.RTCPeerConnection, now: () => performance.now(), wall: () => Date.now() });

/**
 * Runs it once; `tell` hears what is known so far after each step. What cannot be learned makes the check shorter, never fail.
 * @param {{ api: any, tell: (known: Check) => void, env?: any }} options
 */
export async function runCheck({ api, tell, env = ofBrowser() }) {
  let known = { ...fresh(), phase: /** @type {Check['phase']} */ ('going') };
  const say = (more) => {
    known = { ...known, ...more };
    tell(known);
  };
  say({});
  const ask = async () => (await api.get('/api/diagnostic/webrtc-test')).now;
  const [clock, list] = await Promise.all([
    clockOf({ ask, now: env.now, wall: env.wall }).catch(() => false),
    api.get('/api/ice-servers').catch(() => ({ iceServers: [], source: null })),
  ]);
  const { iceServers, source } = list;
  say({ clock, source, stun: withoutRelays(iceServers).length > 0 });
  if (known.able.calls) {
    const none = { hosts: 0, mapped: 0 };
    const [own, relays] = await Promise.all([ownAddresses(iceServers, env).catch(() => none), reachRelays(iceServers, env)]);
    say({ own, relays });
    const relayed = relays.some(({ ms }) => ms !== null);
    const trip = await measureTrip(iceServers, { ...env, relayed }).catch(() => null);
    // A relay that lets itself be reached may still carry nothing.
    const direct = trip || !relayed ? trip : await measureTrip(iceServers, { ...env, relayed: false }).catch(() => null);
    say({ trip: direct ?? false, relayed: relayed && Boolean(trip) });
  }
  say({ phase: 'done' });
  return known;
}

/** @param {Check} check */
export function verdictOf({ able, clock, own, relays, trip, stun }) {
  if (!able.calls) return 'unable';
  if (!clock) return 'offline';
  if (!trip) return 'blocked';
  if (trip.lostPerMille > LOSSY_PER_MILLE) return 'lossy';
  const outside = own.mapped > 0 || relays.some(({ ms }) => ms !== null);
  if ((stun || relays.length > 0) && !outside) return 'narrow';
  return trip.roundTripMs > SLOW_TRIP_MS || clock.serverMs > SLOW_SERVER_MS ? 'slow' : 'good';
}

/** Of several relays by one way the quickest. */
export function reachOf(relays, fits) {
  const tried = (relays ?? []).filter(fits);
  const times = tried.map(({ ms }) => ms).filter((ms) => ms !== null);
  if (tried.length === 0) return { state: 'none', ms: null };
  return times.length > 0 ? { state: 'reached', ms: Math.min(...times) } : { state: 'missed', ms: null };
}

export const isOn443 = ({ way, port }) => port === 443 && way !== 'udp';

/** What is told to support: kinds, counts and times. No address, no name. @param {Check} check @param {string} microphone */
export function reportOf(check, microphone) {
  const [udp, tcp, tls] = ['udp', 'tcp', 'tls'].map((way) => reachOf(check.relays, (relay) => relay.way === way));
  const clock = check.clock || { aheadMs: null, withinMs: null, serverMs: null };
  const trip = check.trip || { local: null, remote: null, protocol: null, roundTripMs: null, lostPerMille: null };
  const path = check.relayed ? 'relay' : 'direct';
  return {
    verdict: verdictOf(check),
    source: check.source,
    udp: udp.state, tcp: tcp.state, tls: tls.state,
    udpMs: udp.ms, tcpMs: tcp.ms, tlsMs: tls.ms,
    relay443: reachOf(check.relays, isOn443).state,
    path: check.trip ? path : 'none',
    ...trip,
    hosts: Math.min(99, check.own?.hosts ?? 0), mapped: Math.min(99, check.own?.mapped ?? 0),
    relayed: (check.relays ?? []).filter(({ ms }) => ms !== null).length,
    serverMs: clock.serverMs, clockMs: clock.aheadMs, clockWithinMs: clock.withinMs,
    microphone,
    ...check.browser, ...check.able,
  };
}
