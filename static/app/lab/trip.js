/** A test call between two peers of this page: by which pair of addresses they meet, how long words take, how many get lost. */

const MEET_MS = 8000;
const PINGS = 50;
const EVERY_MS = 40; // as often as sound is sent, by half
const LAST_MS = 1000; // for the last one to come back
const LOSSY = { ordered: false, maxRetransmits: 0 }; // nothing is sent twice, as nothing is of sound

const later = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function meet(near, far, channel) {
  const introduce = (from, to) => from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.candidate) to.addIceCandidate(candidate).catch(() => {}); // one that does not fit is one fewer
  });
  introduce(near, far);
  introduce(far, near);
  far.addEventListener('datachannel', ({ channel: theirs }) => theirs.addEventListener('message', ({ data }) => theirs.send(data)));
  const open = new Promise((resolve) => { channel.addEventListener('open', () => resolve(true)); });
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, MEET_MS, false); });
  return Promise.race([open, late]).finally(() => clearTimeout(timer));
}

/** The times that come back, in milliseconds. */
async function ping(channel, now, wait) {
  const sent = new Map();
  const times = [];
  channel.addEventListener('message', ({ data }) => times.push(now() - sent.get(data)));
  for (let i = 0; i < PINGS; i += 1) {
    sent.set(String(i), now());
    channel.send(String(i));
    await wait(EVERY_MS);
  }
  if (times.length < PINGS) await wait(LAST_MS);
  return times;
}

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

/** The pair that carries, in the words of the standard. */
export async function pairOf(pc) {
  const all = [...(await pc.getStats()).values()];
  const transport = all.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId);
  const pair = all.find(({ id }) => id === transport?.selectedCandidatePairId)
    ?? all.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
  const side = (id) => all.find((one) => one.id === id);
  const [local, remote] = [side(pair?.localCandidateId), side(pair?.remoteCandidateId)];
  const protocol = local?.relayProtocol || local?.protocol || null;
  return { local: local?.candidateType ?? null, remote: remote?.candidateType ?? null, protocol };
}

/**
 * Null where the two do not meet.
 * @param {RTCIceServer[]} iceServers
 */
export async function measureTrip(iceServers, { relayed, Peer, now, wait = later }) {
  const make = () => new Peer({ iceServers, iceTransportPolicy: relayed ? 'relay' : 'all' });
  const [near, far] = [make(), make()];
  try {
    const channel = near.createDataChannel('trip', LOSSY);
    if (!await meet(near, far, channel)) return null;
    const [pair, times] = [await pairOf(near), await ping(channel, now, wait)];
    if (times.length === 0) return null;
    return { ...pair, roundTripMs: Math.round(median(times)), lostPerMille: Math.round((1 - times.length / PINGS) * 1000) };
  } finally {
    near.close();
    far.close();
  }
}
