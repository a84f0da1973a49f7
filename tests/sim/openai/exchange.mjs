// A server's side of a call, for tests: the form, the post, a sideband that keeps what it hears.

import WebSocket from 'ws';

import { API_KEY } from './openai.mjs';
import { eventList } from './peer-client.mjs';

const authorization = `Bearer ${API_KEY}`;

/** The session as the Worker asks for it. */
export const session = (more = {}) => ({
  type: 'realtime',
  model: 'gpt-realtime-2.1',
  instructions: 'You interview a person.',
  output_modalities: ['audio'],
  audio: {
    input: {
      transcription: { model: 'gpt-4o-mini-transcribe', language: 'en' },
      noise_reduction: { type: 'near_field' },
      turn_detection: { type: 'semantic_vad', eagerness: 'auto', create_response: true, interrupt_response: true },
    },
    output: { voice: 'marin' },
  },
  ...more,
});

export function form(sdp, asked, types = ['application/sdp', 'application/json']) {
  const body = new FormData();
  body.set('sdp', new Blob([sdp], { type: types[0] }));
  body.set('session', new Blob([JSON.stringify(asked)], { type: types[1] }));
  return body;
}

export function postCall(sim, body, headers = {}, signal) {
  return fetch(`${sim.url}/v1/realtime/calls`, { method: 'POST', body, headers: { authorization, ...headers }, signal });
}

/** Starts a call: `{ id, sdp }`. */
export async function startCall(sim, sdp, asked = session()) {
  const response = await postCall(sim, form(sdp, asked));
  const text = await response.text();
  if (response.status !== 201) throw new Error(`${response.status} ${text}`);
  return { id: response.headers.get('location').split('/').at(-1), sdp: text };
}

export const hangUp = (sim, id) => (
  fetch(`${sim.url}/v1/realtime/calls/${id}/hangup`, { method: 'POST', headers: { authorization } })
);

/** A sideband that is open; rejects with the status it was refused with. */
export function joinCall(sim, id, key = API_KEY) {
  const socket = new WebSocket(`${sim.url.replace('http', 'ws')}/v1/realtime?call_id=${id}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { events, waitFor, add } = eventList();
  socket.on('message', (words) => add(JSON.parse(String(words))));
  const closed = new Promise((resolve) => { socket.on('close', (code) => resolve(code)); });
  const sideband = { events, waitFor, closed, send: (event) => socket.send(JSON.stringify(event)), close: () => socket.close() };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(sideband));
    socket.on('unexpected-response', (request, response) => {
      reject(Object.assign(new Error(`Refused with ${response.statusCode}`), { status: response.statusCode }));
      request.destroy();
    });
    socket.on('error', reject);
  });
}

/** The smallest offer that is taken, for calls without media. */
export const OFFER = [
  'v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1',
  ...['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel'].flatMap((section, mid) => [
    section, 'c=IN IP4 0.0.0.0', 'a=ice-ufrag:abcd', 'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`, 'a=setup:actpass', `a=mid:${mid}`,
    ...(mid === 0 ? ['a=sendrecv', 'a=rtcp-mux', 'a=rtpmap:111 opus/48000/2'] : ['a=sctp-port:5000']),
  ]), '',
].join('\r\n');
