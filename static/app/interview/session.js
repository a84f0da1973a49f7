/**
 * One interview as the page knows it: the only place that holds its state. Each change is told by a `change` event, the start by
 * `creation-status`, the end by `complete`.
 */
import { createWish } from '../wish.js';
import { createConnection } from './connection.js';
import { createDebug } from './debug.js';
import { remainingAt } from './heartbeat.js';
import { openLifeline } from './lifeline.js';
import { closeStream, openMicrophone } from './microphone.js';
import { askForResponse, parseEvent, readEvent, typedAnswer } from './openai.js';
import { sleep } from './retry.js';
import { openPeer } from './rtc.js';
import { createServer } from './server.js';
import { createSpeaker } from './speaker.js';
import { createSteps } from './steps.js';
import { emptyTalk, messagesOf, reduce } from './transcript.js';
import { SILENCE, changesOf, isFirstOutput, turnOf } from './turn.js';
import { failureWords } from './words.js';

const TRIES = 3;
const ANEW_WAIT_MS = 1000;

/** @typedef {'idle' | 'checking' | 'reserving' | 'connecting' | 'active' | 'reconnecting' | 'ending' | 'ended' | 'failed'} Status */

const AT_REST = ['idle', 'failed', 'ended'];
const HOPELESS = ['bad_sdp', 'too_large', 'provider_refused', 'calls_unsupported', 'sign_in_unreachable', 'not_configured'];

/** Whether a new session may come through where this one did not. */
const isWorthAnew = ({ code, status }) => status !== 401 && !HOPELESS.includes(code);

export class InterviewSession extends EventTarget {
  status = /** @type {Status} */ ('idle');
  /** @type {{ code: string, message: string, retryable: boolean, requestId: string | null, details: object } | null} */
  error = null;
  id = /** @type {string | null} */ (null);
  held = '0.00';
  attempt = 1;
  typed = false;
  messages = /** @type {import('./transcript.js').Message[]} */ ([]);
  isUserSpeaking = false;
  isInterviewerSpeaking = false;
  isResponding = false;
  isConfirmed = false;
  simulated = false;
  isSoundBlocked = false;
  isMicrophoneLost = false;
  isBroken = false; // the connection to the interviewer, for a moment or for good
  muted = false;
  pushToTalk = false;
  talking = false;
  patience = 'normal';
  wrapUp = false;
  withdrawn = /** @type {{ count: number, ground: string } | null} questions that were stopped */ (null);
  resume = /** @type {'used' | 'missing' | null} */ (null);
  quality = /** @type {number | null} */ (null);
  outcome = /** @type {import('./server.js').Outcome | null} */ (null);
  stream = /** @type {MediaStream | null} */ (null);
  voice = /** @type {MediaStream | null} the interviewer's */ (null);
  /** The id of a session that was held and never came to a call: the next start takes its place. */
  unused = /** @type {string | null} */ (null);
  debug = createDebug();

  #server;
  #speaker;
  #env;
  #wish = createWish();
  #steps = createSteps();
  #connection = createConnection(() => this.debug.note('connection', { state: this.#connection.state }));
  #talk = emptyTalk();
  #run = new AbortController(); // of the start that counts: what belongs to an older one finds its signal aborted
  #peer = null;
  #line = null;
  #told = null; // the server's last answer
  #allowanceMs = 0;
  #asked = false; // a response is to be asked for as soon as the one before is over
  #isAway = false;

  /** `env` holds what tests replace: `Peer`, `openMicrophone`. */
  constructor({ api, audio, env = {} }) {
    super();
    this.#server = createServer(api);
    this.#speaker = createSpeaker(audio, (isSoundBlocked) => this.#tell({ isSoundBlocked }));
    this.#env = { Peer: undefined, openMicrophone, ...env };
  }

  get steps() { return this.#steps.list; }

  get connection() { return this.#connection; }

  get turn() { return turnOf(this); }

  /** What the interviewer says now, or has said last. */
  get aiCaptions() { return this.messages.findLast(({ role }) => role === 'interviewer')?.content ?? ''; }

  /** Milliseconds, as the server tells them; null before it has. */
  get remainingMs() { return remainingAt(this.#told, Date.now()); }

  get spentMs() { return this.#told ? Math.max(0, this.#allowanceMs - this.remainingMs) : 0; }

  /** One interview for each wish: a second call while one begins or runs does nothing. */
  async start(wish, { stream = null, deviceId = null, typed = false } = {}) {
    if (!AT_REST.includes(this.status)) return;
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#beginAnew(typed);
    this.#announce('creation-status', { isCreating: true, error: null });
    try {
      await this.#openMicrophone({ stream, deviceId }, signal);
      await this.#connect(wish, signal);
      this.#announce('creation-status', { isCreating: false, error: null });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** Ends it, whatever it is at; a second call changes nothing. */
  async stop() {
    if (this.#line) return this.#settle({ own: true });
    if (this.status === 'ending' || AT_REST.includes(this.status)) return undefined;
    this.leave();
    return this.#announce('creation-status', { isCreating: false, error: null });
  }

  /** The page goes away: the last batch is sent, nothing else. */
  leave() {
    this.#line?.sendLast();
    this.#run.abort();
    this.#release();
    if (!AT_REST.includes(this.status)) this.#tell({ status: 'idle' });
  }

  /** An answer that was typed. Returns whether it could be sent. */
  say(text) {
    const words = text.trim();
    if (!words || !this.#peer?.send(typedAnswer(words))) return false;
    if (this.isResponding) this.#asked = true;
    else this.#ask();
    return true;
  }

  /** Plays what the browser refused to play without a tap. */
  hear() { return this.#speaker.play(); }

  mute(muted) { this.#switch({ muted }); }

  usePushToTalk(pushToTalk) { this.#switch({ pushToTalk, talking: false }); }

  talk(talking) { this.#switch({ talking }); }

  async setPatience(patience) {
    const before = this.patience;
    this.#tell({ patience });
    try {
      await this.#line.setPatience(patience);
    } catch (error) {
      this.#tell({ patience: before });
      throw error;
    }
  }

  /** In place of a microphone that went away. */
  async replaceMicrophone() {
    const { signal } = this.#run;
    const stream = await this.#env.openMicrophone();
    if (signal.aborted || !this.#peer) return closeStream(stream);
    await this.#peer.use(stream);
    closeStream(this.stream);
    return this.#keep(stream);
  }

  #tell(changes) {
    if (changes.status && changes.status !== this.status) this.debug.note('status', { state: changes.status });
    Object.assign(this, changes);
    this.#announce('change');
  }

  /** @param {string} type @param {object} [detail] */
  #announce(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }

  #step(step) {
    this.#steps.begin(step);
    this.debug.note('step', { step });
  }

  #beginAnew(typed) {
    this.#steps = createSteps();
    this.#talk = emptyTalk();
    this.#told = null;
    this.#asked = false;
    this.#tell({
      ...SILENCE, status: 'checking', error: null, outcome: null, typed, messages: [], attempt: 1, isSoundBlocked: false, simulated: false,
      muted: false, pushToTalk: false, talking: false, patience: 'normal', wrapUp: false, quality: null, withdrawn: null, resume: null,
    });
  }

  async #openMicrophone({ stream, deviceId }, signal) {
    if (this.typed) return this.#steps.skip('microphone');
    this.#step('microphone');
    const opened = stream?.active ? stream : await this.#env.openMicrophone({ deviceId });
    if (signal.aborted) closeStream(opened);
    signal.throwIfAborted();
    return this.#keep(opened);
  }

  #keep(stream) {
    this.stream = stream;
    const [track] = stream.getAudioTracks();
    track.addEventListener('ended', () => this.stream === stream && this.#tell({ isMicrophoneLost: true }));
    this.#switch({ isMicrophoneLost: false });
  }

  /** A track that is switched off goes on in silence, so the interviewer's patience still applies. */
  #switch(changes) {
    this.#tell(changes);
    const on = this.pushToTalk ? this.talking : !this.muted;
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = on;
  }

  /** After a failed call everything begins anew, with a session of its own. */
  async #connect(wish, signal) {
    for (let attempt = 1; ; attempt += 1) {
      const started = await this.#reserve(wish, attempt, signal);
      try {
        return await this.#call(started, signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#hangUp();
        this.debug.note('exchange failed', { code: error.code, attempt, requestId: error.requestId });
        if (attempt === TRIES || !isWorthAnew(error)) throw error;
        await sleep(ANEW_WAIT_MS * attempt, signal);
      }
    }
  }

  async #reserve(wish, attempt, signal) {
    this.#step('session');
    this.#tell({ status: 'reserving', attempt });
    const body = this.unused ? { ...wish, replace: this.unused } : wish;
    try {
      const started = await this.#server.reserve(body, this.#wish.keyFor(body), signal);
      this.#wish.settled();
      this.unused = started.id;
      signal.throwIfAborted();
      return started;
    } catch (error) {
      if (error.status >= 400 && error.status < 500) this.#wish.settled(); // else it may have come about all the same
      throw error;
    }
  }

  async #call(started, signal) {
    this.#step('exchange');
    this.#allowanceMs = started.allowanceSeconds * 1000;
    this.#connection.connecting();
    this.#tell({ status: 'connecting', id: started.id, held: started.held });
    const tell = (event) => this.#onPeer(event);
    this.#peer = openPeer({ stream: this.stream, iceServers: started.iceServers, tell, Peer: this.#env.Peer });
    const peer = this.#peer;
    const sdp = await peer.offer();
    signal.throwIfAborted();
    const answer = await this.#server.exchange(started, sdp);
    const room = { id: started.id, roomKey: answer.roomKey };
    try {
      signal.throwIfAborted();
      this.#step('path');
      await peer.accept(answer.sdp);
      signal.throwIfAborted();
    } catch (error) {
      this.#server.end(room); // it began, and nobody will use it
      throw error;
    }
    this.unused = null;
    this.#follow(room, peer, answer.resume ?? null);
  }

  #follow(room, peer, resume) {
    this.#line = openLifeline({
      server: this.#server,
      room,
      // While the connection is away, what came in before is no sign of life.
      measure: async () => ({ ...await peer.measure(), ...(this.isBroken && { packets: 0 }) }),
      note: this.debug.note,
      onAnswer: (told) => this.#onAnswer(told),
      onQuality: (quality) => this.#tell({ quality }),
      onAway: (isAway) => {
        this.#isAway = isAway;
        this.#weigh();
      },
      onGone: () => this.#finish(null),
    });
    this.#tell({ resume });
  }

  #fail(error) {
    const code = error.code ?? 'internal_error';
    const told = { code, requestId: error.requestId ?? null, details: error.details ?? {} };
    const { happened: message, ways } = failureWords(told);
    this.#release();
    this.#steps.fail();
    this.#connection.failed(code);
    this.debug.note('failed', told);
    this.#tell({ status: 'failed', error: { ...told, message, retryable: ways.includes('again') } });
    this.#announce('creation-status', { isCreating: false, error: this.error });
  }

  #onPeer({ what, state, stream, data }) {
    if (what === 'message') return this.#onMessage(parseEvent(data));
    this.debug.note('peer', { type: what, state });
    if (what === 'sound') {
      this.#speaker.attach(stream);
      return this.#tell({ voice: stream });
    }
    if (what === 'open') {
      this.#connection.connected();
      this.#step('audio');
      return this.#ask();
    }
    // The channel's close is the end of the call; the connection's own state would tell it much later.
    if (what === 'closed' || state === 'failed') return this.#settle({ own: false });
    this.#tell({ isBroken: state === 'disconnected' });
    return this.#weigh();
  }

  #ask() {
    this.#asked = false;
    this.#peer.send(askForResponse());
    this.#tell({ isResponding: true, isConfirmed: false });
  }

  #onMessage(event) {
    if (!event) return;
    this.#line?.take(event);
    const heard = readEvent(event);
    if (!event.type.endsWith('.delta')) this.debug.note('event', { type: event.type, code: heard?.code });
    if (!heard) return;
    const talk = reduce(this.#talk, heard, Date.now());
    const said = talk === this.#talk ? {} : { messages: messagesOf(talk) };
    this.#talk = talk;
    if (this.status === 'connecting' && isFirstOutput(heard, this.typed)) this.#begin();
    this.#tell({ ...said, ...changesOf(heard, this), ...(heard.what === 'opened' && { simulated: heard.simulated }) });
    if (heard.what === 'response-ended' && this.#asked) this.#ask();
  }

  #begin() {
    this.#steps.done();
    this.#tell({ status: 'active' });
  }

  #onAnswer(told) {
    this.#told = { ...told, at: Date.now() };
    if (told.ended) return this.#finish(told.ended);
    return this.#tell({ wrapUp: told.wrapUp, withdrawn: told.withdrawn ?? null });
  }

  /** Active, or on the way back to it. */
  #weigh() {
    const away = this.#isAway || this.isBroken;
    if (this.status === (away ? 'active' : 'reconnecting')) this.#tell({ status: away ? 'reconnecting' : 'active' });
  }

  /** The call is over, by the person's own wish or because it broke off. The server says how it counts. */
  async #settle({ own }) {
    const line = this.#line;
    if (!line) return;
    const { signal } = this.#run;
    this.#release();
    this.#tell({ status: 'ending' });
    await line.relayRest();
    const told = own ? null : await line.whyEnded(signal);
    const outcome = told ?? await line.end({ dropped: !own, signal });
    if (!signal.aborted) this.#finish(outcome);
  }

  #finish(outcome) {
    this.#release();
    this.#steps.fail(); // one that was still going
    this.debug.note('ended', outcome ?? {});
    this.#tell({ status: 'ended', outcome });
    this.#announce('complete', { id: this.id, messages: this.messages, outcome });
  }

  #hangUp() {
    this.#line?.stop();
    this.#peer?.close();
    Object.assign(this, { ...SILENCE, isBroken: false });
    this.#line = null;
    this.#peer = null;
    this.#isAway = false;
  }

  #release() {
    this.#hangUp();
    this.#speaker.release();
    this.#connection.disconnected();
    closeStream(this.stream);
    this.stream = null;
    this.voice = null;
  }
}
