/** What the connection check says: what it found, what that means for an interview, what to do. */
import { isOn443, reachOf, verdictOf } from './check.js';

const ANOTHER = 'Try another network, such as the one of your phone, or switch a VPN off.';

const VERDICTS = {
  good: ['Your interviews will work from here.', 'Calls get through, and nothing of what you say gets lost on the way.', ''],
  slow: ['Interviews work from here, with pauses.', 'Words take their time: the interviewer seems to think longer than it does.',
    'If you have a better network, use it. Close what else loads or sends much.'],
  lossy: ['Interviews work from here, with gaps.',
    'Some of what is said gets lost on the way, so you may miss syllables, and so may the interviewer.',
    'Go nearer to the router, or use a cable. Close what else loads or sends much.'],
  narrow: ['Your network lets calls out only in part.',
    'An interview may come about, or not. If no connection comes about, nothing is charged.', ANOTHER],
  blocked: ['Calls are blocked here.',
    'No interview can come about from here. Trying costs nothing: if no connection comes about, nothing is charged.',
    `A firewall, a VPN or an extension is the usual reason. ${ANOTHER}`],
  offline: ['Our server does not answer.', 'Nothing can be started from here just now, and nothing is charged.',
    'Check your connection, then check again.'],
  unable: ['This browser cannot make calls.', 'An interview needs one that can.', 'Use a current Chrome, Edge, Firefox or Safari.'],
};

/** @param {import('./check.js').Check} check */
export function verdictWords(check) {
  const [happened, means, next] = VERDICTS[verdictOf(check)];
  return { happened, means, next };
}

const WAYS = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' };
const KINDS = {
  host: 'your own address', srflx: 'your address as seen from outside', prflx: 'an address found on the way', relay: 'a relay',
};

function span(ms) {
  const long = Math.abs(ms);
  if (long >= 120_000) return `${Math.round(long / 60_000)} minutes`;
  return `${(long / 1000).toFixed(long < 10_000 ? 1 : 0)} seconds`;
}

function serverRow({ clock }) {
  if (clock === null) return ['waiting', 'not asked yet'];
  return clock ? ['good', `answers in ${clock.serverMs} ms`] : ['wrong', 'does not answer'];
}

function directRow({ own, stun }) {
  if (!own) return ['waiting', 'not looked at yet'];
  if (own.mapped > 0) return ['good', 'open: your browser learns how it is seen from outside'];
  if (!stun && own.hosts > 0) return ['good', 'your browser finds its own address; nobody outside was asked'];
  if (!stun) return ['wrong', 'no address was found'];
  return ['wrong', 'your browser cannot learn how it is seen from outside. Where a call cannot do without that, a relay has to help'];
}

function relayRow({ relays }) {
  if (!relays) return ['waiting', 'not tried yet'];
  if (relays.length === 0) return ['none', 'none is set up on this site; most networks need none'];
  const told = relays.map(({ way, port, ms }) => `${WAYS[way]} on ${port}: ${ms === null ? 'not reached' : `reached in ${ms} ms`}`);
  return [relays.some(({ ms }) => ms !== null) ? 'good' : 'wrong', told.join('; ')];
}

/** The port that nearly every network leaves open, because pages come by it. */
function strictRow({ relays }) {
  if (!relays) return ['waiting', 'not tried yet'];
  const { state, ms } = reachOf(relays, isOn443);
  return {
    none: ['none', 'there is no relay on that port'],
    reached: ['good', `reached in ${ms} ms: calls work even where only web pages get through`],
    missed: ['wrong', 'not reached: something inspects what goes by that port'],
  }[state];
}

function tripRow({ trip, relayed }) {
  if (trip === null) return ['waiting', 'not made yet'];
  if (!trip) return ['wrong', 'did not come about'];
  const lost = trip.lostPerMille === 0 ? 'nothing lost' : `${trip.lostPerMille / 10} % lost`;
  const by = trip.protocol ? ` by ${WAYS[trip.protocol] ?? trip.protocol}` : '';
  const way = relayed ? `through a relay${by}` : `between ${KINDS[trip.local] ?? 'this page'} and itself`;
  return [trip.lostPerMille > 50 || trip.roundTripMs > 300 ? 'wrong' : 'good', `${way}: ${trip.roundTripMs} ms there and back, ${lost}`];
}

const FAR_MS = 30_000; // sign-in allows for less than this

function clockRow({ clock }) {
  if (!clock) return clock === null ? ['waiting', 'not compared yet'] : ['none', 'could not be compared'];
  const within = `, give or take ${clock.withinMs} ms`;
  if (Math.abs(clock.aheadMs) <= clock.withinMs + 1000) return ['good', `right${within}`];
  const how = `${span(clock.aheadMs)} ${clock.aheadMs > 0 ? 'fast' : 'slow'}${within}`;
  if (Math.abs(clock.aheadMs) < FAR_MS) return ['good', `${how}. That does no harm`];
  return ['wrong', `${how}. Signing in may fail: let your system set its clock by itself`];
}

const BROWSERS = {
  chrome: 'Chrome', edge: 'Edge', firefox: 'Firefox', safari: 'Safari', opera: 'Opera', samsung: 'Samsung Internet',
  other: 'Another browser',
};
const SYSTEMS = {
  windows: 'Windows', macos: 'macOS', linux: 'Linux', android: 'Android', ios: 'iOS', chromeos: 'ChromeOS', other: 'another system',
};

const LACKS = [['calls', 'calls'], ['microphones', 'a microphone'], ['sockets', 'live connections']];

function browserRow({ browser, able }) {
  const name = `${BROWSERS[browser.browser]}${browser.version ? ` ${browser.version}` : ''} on ${SYSTEMS[browser.system]}`;
  const lacks = LACKS.filter(([ability]) => !able[ability]).map(([, words]) => words);
  if (lacks.length > 0) {
    return ['wrong', `${name} gives no access to ${lacks.join(' and ')}. Use a current Chrome, Edge, Firefox or Safari`];
  }
  return ['good', `${name} can do all that an interview needs${able.speakers ? '' : '; your system chooses the speaker'}`];
}

/** Each row of the page: its name, its state (waiting, good, wrong, or none where there is nothing to judge), and words. */
export const rowsOf = (check) => [
  ['Our server', serverRow(check)],
  ['The direct way', directRow(check)],
  ['Relays', relayRow(check)],
  ['A relay on port 443', strictRow(check)],
  ['A test call', tripRow(check)],
  ['Your clock', clockRow(check)],
  ['Your browser', browserRow(check)],
].map(([name, [state, words]]) => ({ name, state, words: words[0].toUpperCase() + words.slice(1) }));

/** As somebody reads it out: two halves of four. */
export const codeText = (code) => `${code.slice(0, 4)}-${code.slice(4)}`;
