// The WebRTC end of a call: a werift peer on loopback that answers an offer, speaks in packets and hears their level.

import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, useAudioLevelIndication, useOPUS, useSdesMid } from 'werift';

import { PACKET_MS } from './lines.mjs';
import { badOffer } from './offer.mjs';

const LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const TICKS_A_PACKET = 960; // 20 ms at 48 kHz
const PUMP_MS = 10;
const CATCH_UP_MS = 1000; // what was missed longer ago is not made up for
const CONNECT_MS = 60_000;
const GONE_MS = 8000; // neither STUN nor sound for so long: nobody is there
const CONSENT_MS = 30_000; // without an answer of the browser's a call is given up
const GOODBYE_MS = 150; // for the data channel's close to arrive

/** A connection that never leaves the machine: no servers, one address. */
export const LOOPBACK = {
  iceServers: [], // werift's own default names a server in the internet
  iceUseIpv4: false,
  iceUseIpv6: false,
  iceAdditionalHostAddresses: ['127.0.0.1'],
  iceInterfaceAddresses: { udp4: '127.0.0.1' },
  codecs: { audio: [useOPUS()], video: [] },
};
export const headerExtensions = () => ({ audio: [useSdesMid(), useAudioLevelIndication()], video: [] });

/**
 * werift numbers its first DTLS records from where the handshake's stood, so that browsers take the sixth for a replay and
 * everything waits a second for it to be sent again. A start well past those numbers avoids it.
 */
export function skipReplayedRecords(pc) {
  const [transport] = pc.dtlsTransports;
  transport.onStateChange.subscribe((state) => {
    if (state !== 'connected') return;
    const { dtls } = transport.dtls;
    dtls.recordSequenceNumber = Math.max(dtls.recordSequenceNumber, 1000);
  });
}

/** Answers the offer of a call: `{ sdp, hangUp, drop, lose }`. */
export async function answerOffer(call) {
  let lastSign = 0;
  const sign = () => { lastSign = performance.now(); };
  const iceFilterStunResponse = () => {
    sign();
    return true;
  };
  const pc = new RTCPeerConnection({ ...LOOPBACK, headerExtensions: headerExtensions(), iceFilterStunResponse });
  const track = new MediaStreamTrack({ kind: 'audio' });
  pc.addTransceiver(track, { direction: 'sendrecv' });
  skipReplayedRecords(pc);
  hear(pc, call, sign);
  const channel = { open: null };
  listenTo(pc, call, channel);

  let pump;
  let lost = false;
  const unconnected = setTimeout(() => call.end('network'), CONNECT_MS);
  // Not the connection's own state, which is "failed" where the data channel came late.
  pc.dtlsTransports[0].onStateChange.subscribe((state) => {
    if (state === 'closed' && !lost) call.end('browser');
    if (state !== 'connected' || pump || call.state === 'ended') return;
    clearTimeout(unconnected);
    sign();
    pump = startPump(track, call, () => performance.now() - lastSign > GONE_MS);
  });

  function drop() {
    clearTimeout(unconnected);
    clearInterval(pump);
    pc.close().catch(() => {});
  }

  /** The way between the two is gone; the call itself goes on until somebody misses the browser. */
  function lose() {
    lost = true;
    channel.open = null;
    drop();
    setTimeout(() => call.end('network'), CONSENT_MS).unref();
  }

  function hangUp() {
    clearInterval(pump);
    channel.open?.close();
    // The browser learns of the end by the channel's close alone: werift sends no farewell of its own.
    setTimeout(drop, GOODBYE_MS);
  }

  try {
    await pc.setRemoteDescription({ type: 'offer', sdp: call.offer });
    await pc.setLocalDescription(await pc.createAnswer());
  } catch (error) {
    drop();
    throw badOffer(error.message);
  }
  return { sdp: pc.localDescription.sdp, hangUp, drop, lose };
}

function hear(pc, call, sign) {
  pc.onTrack.subscribe((incoming) => incoming.onReceiveRtp.subscribe((packet, extensions) => {
    sign();
    const level = extensions?.[LEVEL]?.level;
    if (level !== undefined) call.listener.heard(level);
  }));
}

function listenTo(pc, call, channel) {
  pc.onDataChannel.subscribe((opened) => {
    if (opened.label !== 'oai-events') return;
    channel.open = opened;
    const tell = (words) => opened.readyState !== 'closed' && opened.send(words);
    opened.onMessage.subscribe((words) => call.receive(String(words), 'channel', tell));
    opened.stateChange.subscribe((state) => state === 'closed' && channel.open && call.end('browser'));
    call.opened(tell);
  });
}

/** Moves the call's time and sends the packet of each moment, catching up on late timers. */
function startPump(track, call, gone) {
  let next = performance.now();
  let sequenceNumber = 0;
  let timestamp = 0;
  return setInterval(() => {
    if (gone()) return call.end('network');
    const now = performance.now();
    if (now - next > CATCH_UP_MS) next = now;
    for (; next <= now; next += PACKET_MS) {
      call.clock.advance(PACKET_MS);
      timestamp = (timestamp + TICKS_A_PACKET) >>> 0;
      if (call.isStill || call.session.output_modalities[0] === 'text') continue;
      sequenceNumber = (sequenceNumber + 1) & 0xffff;
      // werift puts in its own source and the payload type that was agreed on.
      track.writeRtp(new RtpPacket(new RtpHeader({ sequenceNumber, timestamp, payloadType: 111, ssrc: 1 }), call.voice.packet()));
    }
  }, PUMP_MS);
}
