/** One peer connection for one interview: the microphone there, the interviewer's voice back, and a data channel beside them. */
import { ApiError } from '../api.js';

const GATHER_MS = 2000; // what has not been found by then would not help
const MOST_ANSWER = 64 * 1024;

/** @param {any} sdp */
export const isAnswer = (sdp) =>
  typeof sdp === 'string' && sdp.length <= MOST_ANSWER && sdp.startsWith('v=0') && /^m=audio /m.test(sdp);

/** Resolves when all addresses are gathered, or after the time for it. @param {RTCPeerConnection} pc @returns {Promise<void>} */
function gathered(pc) {
  if (pc.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_MS);
    pc.addEventListener('icegatheringstatechange', () => {
      if (pc.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * `tell` hears `{what: 'sound' | 'state' | 'open' | 'closed' | 'message'}` until the peer is closed from here. Without a stream
 * it only receives.
 * @param {{ stream: MediaStream | null, iceServers: RTCIceServer[], tell: (event: any) => void, Peer?: typeof RTCPeerConnection }} options
 */
export function openPeer({ stream, iceServers, tell, Peer = globalThis.RTCPeerConnection }) {
  if (!Peer) throw new ApiError('calls_unsupported');
  const pc = new Peer({ iceServers });
  const track = stream?.getAudioTracks()[0];
  const { sender } = track
    ? pc.addTransceiver(track, { direction: 'sendrecv', streams: [stream] })
    : pc.addTransceiver('audio', { direction: 'recvonly' });
  const channel = pc.createDataChannel('oai-events', { ordered: true });
  let over = false;
  const say = (what, more = {}) => over || tell({ what, ...more });

  pc.addEventListener('track', ({ streams }) => say('sound', { stream: streams[0] }));
  pc.addEventListener('connectionstatechange', () => say('state', { state: pc.connectionState }));
  channel.addEventListener('open', () => say('open'));
  channel.addEventListener('close', () => say('closed'));
  channel.addEventListener('message', ({ data }) => say('message', { data }));

  return {
    async offer() {
      await pc.setLocalDescription(await pc.createOffer());
      await gathered(pc);
      return pc.localDescription.sdp;
    },
    async accept(sdp) {
      if (!isAnswer(sdp)) throw new ApiError('bad_answer');
      await pc.setRemoteDescription({ type: 'answer', sdp }).catch(() => { throw new ApiError('bad_answer'); });
    },
    /** Whether it could be sent. */
    send(event) {
      if (channel.readyState !== 'open') return false;
      channel.send(JSON.stringify(event));
      return true;
    },
    /** Another microphone takes the place of the one before. @param {MediaStream} next */
    use: (next) => sender.replaceTrack(next.getAudioTracks()[0]),
    measure: async () => countsOf(await pc.getStats()),
    close() {
      if (over) return;
      over = true;
      channel.close();
      pc.close();
    },
  };
}

/**
 * Packets and answers of the path so far, and seconds.
 * @typedef {{ packets: number, lost: number, jitter: number, roundTrip: number, responses: number }} Counts
 */

/** @param {RTCStatsReport} report @returns {Counts} */
function countsOf(report) {
  const counts = { packets: 0, lost: 0, jitter: 0, roundTrip: 0, responses: 0 };
  report.forEach((one) => {
    if (one.type === 'inbound-rtp') {
      counts.packets += one.packetsReceived ?? 0;
      counts.lost += Math.max(0, one.packetsLost ?? 0);
      counts.jitter = one.jitter ?? 0;
    }
    if (one.type === 'candidate-pair' && one.nominated) {
      counts.roundTrip = one.currentRoundTripTime ?? 0;
      counts.responses += one.responsesReceived ?? 0;
    }
  });
  return counts;
}

const BARS = [[4, 0.01, 0.03, 0.25], [3, 0.03, 0.06, 0.5], [2, 0.08, 0.12, 1]]; // at most this part lost, this jitter, this round trip

/**
 * How good the connection is, between 1 and 4.
 * @param {Counts} before
 * @param {Counts} now
 */
export function qualityOf(before, now) {
  const lost = now.lost - before.lost;
  const part = lost / Math.max(1, lost + now.packets - before.packets);
  const fits = BARS.find(([, most, jitter, trip]) => part <= most && now.jitter <= jitter && now.roundTrip <= trip);
  return fits ? fits[0] : 1;
}
