// An interview without a browser: a peer, a microphone, a server and a clock that do as a test says.

import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import { InterviewSession } from '../../static/app/interview/session.js';
import { ApiError } from '../../static/app/api.js';

export const OFFER = 'v=0\r\nm=audio 9 UDP\r\na=secret-offer';
export const ANSWER = 'v=0\r\nm=audio 9 UDP\r\na=secret-answer';
export const ROOM_KEY = 'room-key-secret';
export const WISH = { jobTitle: 'Baker', minutes: 30 };

/** What has been promised happens. */
export async function settle() {
  for (let i = 0; i < 5; i += 1) await turn();
}

export function stopClock(test) {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 });
  test.after(() => mock.timers.reset());
}

/** Time goes by, in small steps, so that what waits for one timer can set the next. */
export async function pass(milliseconds) {
  await settle();
  for (let left = milliseconds; left > 0; left -= 50) {
    mock.timers.tick(Math.min(50, left));
    await settle();
  }
}

class Track extends EventTarget {
  enabled = true;
  stopped = false;

  stop() { this.stopped = true; }
}

export class Stream {
  track = new Track();
  active = true;

  getTracks() { return [this.track]; }

  getAudioTracks() { return [this.track]; }
}

class Channel extends EventTarget {
  readyState = 'connecting';
  sent = [];

  send(data) { this.sent.push(JSON.parse(data)); }

  close() {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}

export class Peer extends EventTarget {
  static made = [];
  iceGatheringState = 'complete';
  connectionState = 'new';
  closed = 0;
  replaced = [];
  stats = [];

  constructor(settings) {
    super();
    this.settings = settings;
    this.order = [];
    Peer.made.push(this);
  }

  addTransceiver(what, { direction }) {
    this.order.push(`transceiver ${direction}`);
    return { sender: { replaceTrack: async (track) => this.replaced.push(track) } };
  }

  createDataChannel(label) {
    this.order.push(`channel ${label}`);
    this.channel = new Channel();
    return this.channel;
  }

  async createOffer() {
    this.order.push('offer');
    return { type: 'offer', sdp: OFFER };
  }

  async setLocalDescription(description) { this.localDescription = description; }

  async setRemoteDescription(description) {
    if (description.sdp.includes('unusable')) throw new Error('unusable');
    this.remoteDescription = description;
  }

  async getStats() { return this.stats; }

  close() { this.closed += 1; }

  // What a test lets happen.

  become(state) {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  open() {
    this.channel.readyState = 'open';
    this.channel.dispatchEvent(new Event('open'));
  }

  say(event) {
    this.channel.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(event) }));
  }

  sound(stream = new Stream()) {
    this.dispatchEvent(Object.assign(new Event('track'), { streams: [stream] }));
  }
}

export const refusal = (code, status, details = {}) => new ApiError(code, { status, requestId: 'req_1', details });

export const live = (more = {}) => ({ state: 'live', remainingMs: 1_700_000, relay: false, wrapUp: false, ended: null, ...more });
export const OUTCOME = { ending: 'ended_by_user', heardSeconds: 120, charged: '0.06', rule: 'You pay for the part you heard.' };

/** Each route answers what its queue holds, the last one for ever: a value, an error that is thrown, or a function of the call. */
export function fakeServer(routes = {}) {
  let count = 0;
  const started = () =>
    ({ id: `ses_${(count += 1)}`, token: 'ticket-secret', model: 'm', iceServers: [], allowanceSeconds: 1800, held: '1.00' });
  const queues = {
    'realtime-session': [started],
    'webrtc-exchange': [{ sdp: ANSWER, roomKey: ROOM_KEY, deadline: '2026-01-01T00:00:00Z' }],
    heartbeat: [live()],
    transcript: [({ body }) => ({ batch: body.batch })],
    patience: [({ body }) => body],
    pause: [({ body }) => live({ ...body, pauseLeftMs: 180_000 })],
    end: [live({ state: 'ended', ended: OUTCOME })],
    ...routes,
  };
  const calls = [];
  async function send(method, path, options = {}) {
    const route = path.split('/').at(-1);
    const call = { route, path, ...options };
    calls.push(call);
    const queue = queues[route];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(call) : answer;
  }
  const of = (route) => calls.filter((call) => call.route === route);
  return { api: { send }, calls, of, queues };
}

export class Audio {
  srcObject = null;
  plays = 0;
  refuses = false;

  async play() {
    this.plays += 1;
    if (this.refuses) throw Object.assign(new Error('tap first'), { name: 'NotAllowedError' });
  }

  pause() {}
}

/** What the browser says of its network, when a test lets it. */
export function fakeNetwork() {
  const hears = new Set();
  return {
    isOffline: () => false,
    watch(hear) {
      hears.add(hear);
      return () => hears.delete(hear);
    },
    change: () => [...hears].forEach((hear) => hear()),
    count: () => hears.size,
  };
}

/** A session with everything around it faked, and the events it told. */
export function fakeSession({ routes, openMicrophone, fetch } = {}) {
  Peer.made = [];
  const server = fakeServer(routes);
  const streams = [];
  const microphone = openMicrophone ?? (async () => {
    streams.push(new Stream());
    return streams.at(-1);
  });
  const audio = new Audio();
  const network = fakeNetwork();
  const session = new InterviewSession({ api: server.api, audio, env: { Peer, openMicrophone: microphone, network, fetch } });
  const told = [];
  for (const type of ['creation-status', 'complete']) session.addEventListener(type, ({ detail }) => told.push([type, detail]));
  const statuses = [];
  session.addEventListener('change', () => statuses.at(-1) === session.status || statuses.push(session.status));
  return { session, server, audio, network, streams, told, statuses, peer: () => Peer.made.at(-1) };
}

/** As far as the first word. */
export async function talking(options) {
  const all = fakeSession(options);
  await all.session.start(WISH);
  all.peer().become('connected');
  all.peer().open();
  all.peer().say({ type: 'response.created', response: { id: 'r1' } });
  all.peer().say({ type: 'output_audio_buffer.started', response_id: 'r1' });
  await settle();
  return all;
}
