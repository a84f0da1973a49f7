/** Whether an interview would come about from here: the server answers soon, and a call can be made. */

const ANSWER_MS = 5000;
const MEET_MS = 2000;
const SLOW_MS = 400;

/** The shorter of two round trips: the first one may have had to open the connection. */
async function roundTrip(fetch, now) {
  const times = [];
  for (let i = 0; i < 2; i += 1) {
    const before = now();
    const response = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
    if (!response.ok) throw new Error('unwell');
    times.push(now() - before);
  }
  return Math.round(Math.min(...times));
}

/**
 * Whether two peers in this page meet over a data channel, and whether a server that was named could tell one of them its
 * address as it is seen from outside.
 */
async function meet(Peer, iceServers) {
  const [near, far] = [new Peer({ iceServers }), new Peer({ iceServers })];
  const introduce = (from, to) => from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.candidate) to.addIceCandidate(candidate).catch(() => {}); // one that does not fit is one fewer
  });
  introduce(near, far);
  introduce(far, near);
  const outside = new Promise((resolve) => near.addEventListener('icecandidate', ({ candidate }) => {
    if (!candidate?.candidate) resolve(false); // that was the last one
    else if (candidate.type !== 'host') resolve(true);
  }));
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, MEET_MS, false); });
  try {
    const opened = new Promise((resolve) => near.createDataChannel('check').addEventListener('open', () => resolve(true)));
    await near.setLocalDescription();
    await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription();
    await near.setRemoteDescription(far.localDescription);
    const reached = iceServers.length > 0 ? Promise.race([outside, late]) : true;
    const [meets, reaches] = await Promise.all([Promise.race([opened, late]), reached]);
    return { meets, reaches };
  } finally {
    clearTimeout(timer);
    near.close();
    far.close();
  }
}

const ofBrowser = () => ({ fetch: globalThis.fetch.bind(globalThis), Peer: globalThis.RTCPeerConnection, now: () => performance.now() });

/** `ms` is null where the server did not answer. */
export async function checkConnection(iceServers, { fetch, Peer, now } = ofBrowser()) {
  const apart = { meets: false, reaches: false };
  const [ms, call] = await Promise.all([
    roundTrip(fetch, now).catch(() => null),
    Peer ? meet(Peer, iceServers).catch(() => apart) : apart,
  ]);
  return { ms, ...call, able: Boolean(Peer) };
}

export function verdictOf({ ms, meets, reaches, able }) {
  if (!able) return 'unable';
  if (ms === null) return 'offline';
  if (!meets) return 'blocked';
  if (!reaches) return 'narrow';
  return ms > SLOW_MS ? 'slow' : 'good';
}
