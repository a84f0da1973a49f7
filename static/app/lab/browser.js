/** Which browser this is, as far as it matters to whoever helps, and what of an interview it can do. */

/** The order counts: each but the last says that it is one of those behind it, too. */
const BROWSERS = /** @type {[string, RegExp][]} */ ([
  ['edge', /Edg(?:e|A|iOS)?\/(\d+)/], ['opera', /OPR\/(\d+)/], ['samsung', /SamsungBrowser\/(\d+)/],
  ['firefox', /(?:Firefox|FxiOS)\/(\d+)/], ['chrome', /(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['safari', /Version\/(\d+)[\d.]* .*Safari\//],
]);

const SYSTEMS = /** @type {[string, RegExp][]} */ ([
  ['ios', /iPhone|iPad|iPod/], ['android', /Android/], ['chromeos', /CrOS/], ['windows', /Windows/], ['macos', /Macintosh/],
  ['linux', /Linux/],
]);

export function browserOf(agent) {
  for (const [browser, pattern] of BROWSERS) {
    const version = pattern.exec(agent)?.[1];
    if (version) return { browser, version: Number(version), system: systemOf(agent) };
  }
  return { browser: 'other', version: null, system: systemOf(agent) };
}

const systemOf = (agent) => SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0] ?? 'other';

/** @param {any} [env] */
export const abilitiesOf = (env = globalThis) => ({
  calls: Boolean(env.RTCPeerConnection),
  microphones: Boolean(env.navigator?.mediaDevices?.getUserMedia),
  speakers: 'setSinkId' in (env.HTMLMediaElement?.prototype ?? {}),
  sockets: Boolean(env.WebSocket),
});
