// A small browser for tests: offers a call, speaks Opus packets with their level, counts what it hears, keeps the events.

import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket } from 'werift';

import { LINES, PACKET_MS, SILENCE } from './lines.mjs';
import { headerExtensions, LOOPBACK, skipReplayedRecords } from './peer.mjs';

const LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const LOUD = 20;
const SILENT = 127;
const TICKS_A_PACKET = 960;
const PATIENCE_MS = 10_000;

/** `microphone: false` only listens, as an interview in text does. */
export async function makeBrowser({ microphone = true } = {}) {
  const pc = new RTCPeerConnection({ ...LOOPBACK, bundlePolicy: 'max-bundle', headerExtensions: headerExtensions() });
  const track = new MediaStreamTrack({ kind: 'audio' });
  const transceiver = pc.addTransceiver(microphone ? track : 'audio', { direction: microphone ? 'sendrecv' : 'recvonly' });
  const channel = pc.createDataChannel('oai-events');
  skipReplayedRecords(pc);
  await pc.setLocalDescription(await pc.createOffer());

  const heard = { packets: 0, loud: 0 };
  pc.onTrack.subscribe((incoming) => incoming.onReceiveRtp.subscribe(({ payload }) => {
    heard.packets += 1;
    if (!payload.equals(SILENCE)) heard.loud += 1;
  }));
  const { events, waitFor, add } = eventList();
  channel.onMessage.subscribe((words) => add(JSON.parse(String(words))));
  const microphoneLine = makeMicrophone(track, transceiver);

  return {
    offer: pc.localDescription.sdp,
    events,
    waitFor,
    /** Packets that came, and those of them that carried a voice. */
    heard,
    channelState: () => channel.readyState,
    closed: () => until(channel.stateChange, () => channel.readyState === 'closed'),

    /** `exchange` takes the offer and answers the answer; resolves when the data channel is open. */
    async connect(exchange) {
      await pc.setRemoteDescription({ type: 'answer', sdp: await exchange(pc.localDescription.sdp) });
      await until(channel.stateChange, () => channel.readyState === 'open');
      if (microphone) microphoneLine.start();
    },

    send: (event) => channel.send(JSON.stringify(event)),
    /** Talks for so long; the microphone sends silence otherwise. */
    speak: (ms) => microphoneLine.speak(ms),
    /** Closes as a page does that is left. */
    async close() {
      microphoneLine.stop();
      channel.close();
      await until(channel.stateChange, () => channel.readyState === 'closed').catch(() => {});
      await pc.close();
    },
    /** Is gone without a word, as a killed browser. */
    async vanish() {
      microphoneLine.stop();
      await pc.close();
    },
  };
}

function makeMicrophone(track, transceiver) {
  let timer;
  let next = 0;
  let sequenceNumber = 0;
  let timestamp = 0;
  let words = []; // the packets still to be said

  function send() {
    const extension = transceiver.sender.headerExtensions.find(({ uri }) => uri === LEVEL);
    const payload = words.shift();
    const level = payload ? LOUD : SILENT;
    sequenceNumber = (sequenceNumber + 1) & 0xffff;
    timestamp = (timestamp + TICKS_A_PACKET) >>> 0;
    const header = new RtpHeader({ sequenceNumber, timestamp, payloadType: 111, ssrc: 1 });
    if (extension) header.extensions = [{ id: extension.id, payload: Buffer.from([0x80 | level]) }];
    track.writeRtp(new RtpPacket(header, payload ?? SILENCE));
  }

  return {
    start() {
      next = performance.now();
      timer = setInterval(() => {
        for (; next <= performance.now(); next += PACKET_MS) send();
      }, PACKET_MS / 2);
    },
    speak(ms) {
      words = LINES.greeting.packets.slice(0, ms / PACKET_MS);
    },
    stop: () => clearInterval(timer),
  };
}

/** A list that can be waited on: by type, or by a condition; only what came `after` that many events counts. */
export function eventList() {
  const events = [];
  const waiting = new Set();

  return {
    events,
    add(event) {
      events.push({ ...event, at: performance.now() });
      for (const look of waiting) look();
    },
    waitFor(wanted, { after = 0, patienceMs = PATIENCE_MS } = {}) {
      const matches = typeof wanted === 'string' ? ({ type }) => type === wanted : wanted;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`${wanted} did not come; there came ${events.map(({ type }) => type).join(', ')}`));
        }, patienceMs);
        const look = () => {
          const found = events.slice(after).find(matches);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
  };
}

function until(change, condition) {
  return new Promise((resolve, reject) => {
    if (condition()) return resolve();
    const timer = setTimeout(() => reject(new Error('The data channel did not change.')), PATIENCE_MS);
    return change.subscribe(() => {
      if (!condition()) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
