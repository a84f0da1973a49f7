// Session descriptions: which offers are refused, and the answer of a call that has no media.

import { Refused } from './refuse.mjs';

// What werift would take without these, and never connect.
const NEEDED = [
  [/^v=0\r?\n/, 'v=0'],
  [/^m=audio \d+ UDP\/TLS\/RTP\/SAVPF /m, 'an audio section'],
  [/^m=application \d+ UDP\/DTLS\/SCTP webrtc-datachannel\r?$/m, 'a data channel'],
  [/^a=rtpmap:\d+ opus\/48000\/2\r?$/im, 'Opus'],
  [/^a=ice-ufrag:\S{4,256}\r?$/m, 'ice-ufrag'],
  [/^a=ice-pwd:\S{22,256}\r?$/m, 'ice-pwd'],
  [/^a=fingerprint:sha-256 ([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}\r?$/m, 'a fingerprint'],
];

export const badOffer = (why) => new Refused(`Failed to parse the SDP offer: ${why}.`, { code: 'invalid_offer', param: 'sdp' });

export function checkOffer(sdp) {
  const lacking = NEEDED.find(([pattern]) => !pattern.test(sdp));
  if (lacking) throw badOffer(`${lacking[1]} is missing`);
}

/** An answer in the right form at which nobody listens. */
export function deafAnswer(offer) {
  const mids = [...offer.matchAll(/^a=mid:(\S+)/gm)].map(([, mid]) => mid);
  const direction = /^a=recvonly\r?$/m.test(offer) ? 'sendonly' : 'sendrecv';
  const payload = /^a=rtpmap:(\d+) opus\//im.exec(offer)[1];
  const path = [
    'c=IN IP4 0.0.0.0', 'a=ice-ufrag:deaf', 'a=ice-pwd:deafdeafdeafdeafdeafde',
    `a=fingerprint:sha-256 ${Array(32).fill('00').join(':')}`, 'a=setup:active',
    'a=candidate:1 1 udp 2130706431 127.0.0.1 9 typ host', 'a=end-of-candidates',
  ];
  const sections = offer.split(/^(?=m=)/m).slice(1).map((section, i) => (section.startsWith('m=audio')
    ? [`m=audio 9 UDP/TLS/RTP/SAVPF ${payload}`, ...path, `a=mid:${mids[i]}`, `a=${direction}`, 'a=rtcp-mux',
      `a=rtpmap:${payload} opus/48000/2`]
    : ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', ...path, `a=mid:${mids[i]}`, 'a=sctp-port:5000']));
  return [
    'v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', `a=group:BUNDLE ${mids.join(' ')}`, ...sections.flat(), '',
  ].join('\r\n');
}
