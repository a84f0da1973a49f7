/** Which ways lead out of this network: what a browser finds for itself, and each relay by itself. */

const RELAY_MS = 6000;
const OWN_MS = 3000;
const ADDRESS = /^(turns?):[^:?]+:(\d+)\?transport=(udp|tcp)$/;

/**
 * Each relay of a list, with a list of its own: a browser that keeps the address of a candidate to itself still tells whether
 * this one was reached.
 * @param {RTCIceServer[]} iceServers
 */
export function relaysOf(iceServers) {
  return iceServers.flatMap(({ urls, ...named }) => [urls].flat().flatMap((url) => {
    const [, scheme, port, transport] = ADDRESS.exec(url) ?? [];
    if (!scheme) return [];
    return [{ way: scheme === 'turns' ? 'tls' : transport, port: Number(port), iceServers: [{ urls: [url], ...named }] }];
  }));
}

/** The list without its relays. */
export const withoutRelays = (iceServers) => iceServers.filter(({ urls }) => [urls].flat().every((url) => !ADDRESS.test(url)));

/** The candidates that a new peer gathers, until one is enough or there are no more, or the time is over. */
async function gather(Peer, { iceServers, relayed = false, isEnough = (_candidate) => false, ms }) {
  const found = [];
  const pc = new Peer({ iceServers, iceTransportPolicy: relayed ? 'relay' : 'all' });
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, null);
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) found.push(candidate);
      if (!candidate?.candidate || isEnough(candidate)) resolve(null);
    });
  });
  try {
    pc.createDataChannel('check');
    await pc.setLocalDescription();
    await over;
    return found;
  } finally {
    clearTimeout(timer);
    pc.close();
  }
}

/** How many addresses of its own a browser finds, and how many as they are seen from outside. */
export async function ownAddresses(iceServers, { Peer }) {
  const found = await gather(Peer, { iceServers: withoutRelays(iceServers), ms: OWN_MS });
  const count = (type) => found.filter((one) => one.type === type).length;
  return { hosts: count('host'), mapped: count('srflx') };
}

/** One relay after its name and password: `ms` is null where it was not reached. */
async function reach({ way, port, iceServers }, { Peer, now }) {
  const before = now();
  const isRelay = ({ type }) => type === 'relay';
  const found = await gather(Peer, { iceServers, relayed: true, isEnough: isRelay, ms: RELAY_MS }).catch(() => []);
  return { way, port, ms: found.some(isRelay) ? Math.round(now() - before) : null };
}

/** @returns {Promise<{ way: string, port: number, ms: number | null }[]>} */
export const reachRelays = (iceServers, env) => Promise.all(relaysOf(iceServers).map((relay) => reach(relay, env)));
