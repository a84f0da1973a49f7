/**
 * One interview as the page knows it: the only place that holds its state. Each change is told by a `change` event, the start by
 * `creation-status`, the end by `complete`.
 */
import { Calls } from './calls.js';
import { createConnection } from './connection.js';
import { createDebug } from './debug.js';
import { pauseLeftAt, remainingAt } from './heartbeat.js';
import { closeStream, openMicrophone } from '../microphone.js';
import { network } from './network.js';
import { askForResponse, parseEvent, readEvent, silence, typedAnswer } from './openai.js';
import { createServer } from './server.js';
import { createSpeaker } from './speaker.js';
import { createStart } from './start.js';
import { createSteps } from './steps.js';
import { createSaid } from './transcript.js';
import { SILENCE, changesOf, isFirstOutput, isHeard, turnOf } from './turn.js';
import { failureWords } from './words.js';

/**
 * `elsewhere`: another page has taken the interview over.
 * @typedef {'idle' | 'checking' | 'reserving' | 'connecting' | 'active' | 'reconnecting' | 'ending' | 'ended' | 'failed'
 *   | 'elsewhere'} Status
 * @typedef {{ code: string, details: object, isUnderWay: boolean }} Fault `isUnderWay`: of an interview that goes on all the same
 */
const AT_REST = ['idle', 'failed', 'ended', 'elsewhere'];

export class InterviewSession extends EventTarget {
  status = /** @type {Status} */ ('idle');
  error = /** @type {(Fault & { message: string, retryable: boolean, requestId: string | null }) | null} */ (null);
  id = /** @type {string | null} */ (null);
  held = '0.00';
  isPaidAhead = false; // all of it, at its start
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
  isAway = false; // our server
  tries = 0; // to come back with another call, as long as it takes
  paused = false;
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
  debug = createDebug();

  #server;
  #speaker;
  #env;
  #start;
  #calls;
  #steps = createSteps();
  #connection = createConnection(() => this.debug.note('connection', { state: this.#connection.state }));
  #said = createSaid();
  #run = new AbortController(); // of the start that counts: what belongs to an older one finds its signal aborted
  #told = null; // the server's last answer
  #allowanceMs = 0;
  #asked = false; // a response is to be asked for as soon as the one before is over

  /** `env` holds what tests replace: `Peer`, `openMicrophone`, `network`, `fetch`. */
  constructor({ api, audio, env = {} }) {
    super();
    this.#server = createServer(api);
    this.#speaker = createSpeaker(audio, (isSoundBlocked) => this.#tell({ isSoundBlocked }));
    this.#env = { Peer: undefined, openMicrophone, network, ...env };
    this.#start = createStart({
      server: this.#server,
      onTry: (attempt) => {
        this.#step('session');
        this.#tell({ status: 'reserving', attempt });
      },
      call: (started, signal) => this.#callFirst(started, signal),
      hangUp: ({ code, requestId }, attempt) => {
        this.#calls.leave();
        this.debug.note('exchange failed', { code, attempt, requestId });
      },
    });
    this.#calls = this.#makeCalls();
  }

  #makeCalls() {
    return new Calls({
      server: this.#server,
      env: this.#env,
      connection: this.#connection,
      note: this.debug.note,
      of: this,
      told: {
        step: (step) => this.#step(step),
        message: (data) => this.#onMessage(parseEvent(data)),
        sound: (voice) => {
          this.#speaker.attach(voice);
          this.#tell({ voice });
        },
        open: () => this.#onOpen(),
        standing: (told) => this.#onStanding(told),
        broke: () => {
          this.#said.breakOff();
          this.#tell({ ...SILENCE, messages: this.#said.messages });
        },
        change: (changes) => {
          this.#switch(changes);
          this.#weigh();
        },
        over: (why) => (why === 'gone' ? this.#finish(null) : this.#settle({ own: false })),
        unheard: () => this.#fail({ code: 'out_of_reach' }, { isUnderWay: true }),
      },
    });
  }

  get steps() { return this.#steps.list; }

  get connection() { return this.#connection; }

  get turn() { return turnOf(this); }

  /** What the interviewer says now, or has said last. */
  get aiCaptions() { return this.messages.findLast(({ role }) => role === 'interviewer')?.content ?? ''; }

  /** Milliseconds, as the server tells them; null before it has. */
  get remainingMs() { return remainingAt(this.#told, Date.now()); }

  get pauseLeftMs() { return pauseLeftAt(this.#told, Date.now()); }

  /** Whether the server says that the time stands still. */
  get standsStill() { return Boolean(this.#told) && (this.#told.paused || (this.#told.state !== 'live' && this.#told.awayLeftMs !== 0)); }

  get awayLeftMs() { return this.#told?.awayLeftMs; }

  get isOffline() { return this.#env.network.isOffline(); }

  get unused() { return this.#start.unused; }

  get spentMs() { return this.#told ? Math.max(0, this.#allowanceMs - this.remainingMs) : 0; }

  /** One interview for each wish: a second call while one begins or runs does nothing. */
  async start(wish, { stream = null, deviceId = null, typed = false, iceServers = null } = {}) {
    if (!AT_REST.includes(this.status)) return;
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#beginAnew({ typed, patience: wish.patience });
    this.#announce('creation-status', { isCreating: true, error: null });
    try {
      await this.#openMicrophone({ stream, deviceId }, signal);
      await this.#start.run(wish, signal, iceServers);
      this.#announce('creation-status', { isCreating: false, error: null });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /**
   * Goes on with an interview that began on another page, or before this one was loaded anew.
   * @param {{ id: string, roomKey: string, connect?: number, allowanceMs: number, held: string, iceServers: RTCIceServer[],
   *   lines: import('./transcript.js').Message[], patience?: string }} taken
   */
  async takeUp(taken, { deviceId = null, typed = false } = {}) {
    if (!AT_REST.includes(this.status)) return;
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#beginAnew({ typed, lines: taken.lines, patience: taken.patience });
    this.#allowanceMs = taken.allowanceMs;
    this.#tell({ id: taken.id, held: taken.held });
    try {
      await this.#openMicrophone({ stream: null, deviceId }, signal);
      this.#tell({ status: 'reconnecting' });
      this.#calls.takeUp({ id: taken.id, roomKey: taken.roomKey, connect: taken.connect ?? null }, taken.iceServers);
    } catch (error) {
      if (!signal.aborted) this.#fail(error, { isUnderWay: true });
    }
  }

  /** Ends it, whatever it is at; a second call changes nothing. */
  async stop() {
    if (this.#calls.room) return this.#settle({ own: true });
    if (this.status === 'ending' || AT_REST.includes(this.status)) return undefined;
    this.leave();
    return this.#announce('creation-status', { isCreating: false, error: null });
  }

  /** The page goes away: the last batch is sent, nothing else. */
  leave() {
    this.#calls.sendLast();
    this.#run.abort();
    this.#release();
    if (!AT_REST.includes(this.status)) this.#tell({ status: 'idle' });
  }

  /** An answer that was typed. Returns whether it could be sent. */
  say(text) {
    const words = text.trim();
    if (!words || this.paused || !this.#calls.send(typedAnswer(words))) return false;
    if (this.isResponding) this.#asked = true;
    else this.#ask();
    return true;
  }

  /** Plays what the browser refused to play without a tap. */
  hear() { return this.#speaker.play(); }

  mute(muted) { this.#switch({ muted }); }

  usePushToTalk(pushToTalk) { this.#switch({ pushToTalk, talking: false }); }

  talk(talking) { this.#switch({ talking }); }

  /** Stops clock and interviewer, or lets both go on. Returns whether the server did so: there may be no time left for it. */
  async pause(paused) {
    await this.#calls.pause(paused);
    return this.paused === paused;
  }

  /** No more waiting for the next try. */
  comeBackNow() { this.#calls.comeBackNow(); }

  async setPatience(patience) {
    const before = this.patience;
    this.#tell({ patience });
    try {
      await this.#server.patience(this.#calls.room, patience);
    } catch (error) {
      this.#tell({ patience: before });
      throw error;
    }
  }

  /** In place of a microphone that went away. */
  async replaceMicrophone() {
    const { signal } = this.#run;
    const [stream, before] = [await this.#env.openMicrophone(), this.stream];
    if (signal.aborted || !this.#calls.room) return closeStream(stream);
    this.#keep(stream); // before it is sent, so that nobody is heard who is not to be
    await this.#calls.use(stream);
    return closeStream(before);
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

  #beginAnew({ typed, lines = [], patience = 'normal' }) {
    this.#steps = createSteps();
    this.#said = createSaid(lines);
    this.#told = null;
    this.#asked = false;
    this.#tell({
      ...SILENCE, status: 'checking', error: null, outcome: null, typed, messages: lines, attempt: 1, isSoundBlocked: false,
      simulated: false, muted: false, pushToTalk: false, talking: false, patience, wrapUp: false, quality: null, withdrawn: null,
      resume: null, tries: 0, paused: false,
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
    stream.getAudioTracks()[0].addEventListener('ended', () => this.stream === stream && this.#tell({ isMicrophoneLost: true }));
    this.#switch({ isMicrophoneLost: false });
  }

  /** A track that is switched off goes on in silence, so the interviewer's patience still applies. */
  #switch(changes) {
    this.#tell(changes);
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = isHeard(this);
  }

  async #callFirst(started, signal) {
    this.#step('exchange');
    this.#allowanceMs = started.allowanceSeconds * 1000;
    this.#tell({ status: 'connecting', id: started.id, held: started.held, isPaidAhead: started.mode === 'direct' });
    const { resume = null } = await this.#calls.first(started, signal);
    this.#tell({ resume });
  }

  #fail(error, { isUnderWay = false } = {}) {
    const told = { code: error.code ?? 'internal_error', requestId: error.requestId ?? null, details: error.details ?? {}, isUnderWay };
    const { happened: message, ways } = failureWords(told);
    this.#release();
    this.#steps.fail();
    this.#connection.failed(told.code);
    this.debug.note('failed', told);
    this.#tell({ status: 'failed', error: { ...told, message, retryable: ways.includes('again') } });
    this.#announce('creation-status', { isCreating: false, error: this.error });
  }

  #onOpen() {
    if (this.status === 'connecting') this.#step('audio');
    if (!this.paused) this.#ask(); // after a pause the server has the interviewer go on
  }

  #ask() {
    this.#asked = false;
    this.#calls.send(askForResponse());
    this.#tell({ isResponding: true, isConfirmed: false });
  }

  #onMessage(event) {
    if (!event) return;
    this.#calls.take(event);
    const heard = readEvent(event);
    if (!event.type.endsWith('.delta')) this.debug.note('event', { type: event.type, code: heard?.code });
    if (!heard) return;
    const said = this.#said.hear(heard, Date.now()) ? { messages: this.#said.messages } : {};
    if (this.status === 'connecting' && isFirstOutput(heard, this.typed)) this.#begin();
    this.#tell({ ...said, ...changesOf(heard, this), ...(heard.what === 'opened' && { simulated: heard.simulated }) });
    if (heard.what === 'response-ended' && this.#asked && !this.paused) this.#ask();
  }

  #begin() {
    this.#steps.done();
    this.#tell({ status: 'active' });
  }

  /** The server's word on it. */
  #onStanding(told) {
    this.#told = { ...told, at: Date.now() };
    if (told.ended) return this.#finish(told.ended);
    if (this.#calls.isTaken(told)) return this.#giveWay();
    const paused = told.paused === true;
    const begins = paused && !this.paused;
    this.#switch({ wrapUp: told.wrapUp, withdrawn: told.withdrawn ?? null, paused });
    this.#asked &&= !paused; // after it the server has the interviewer go on
    if (begins) silence(this).forEach((event) => this.#calls.send(event));
    return undefined;
  }

  /** Active, or on the way back to it. */
  #weigh() {
    const away = this.isAway || this.isBroken || this.tries > 0;
    if (this.status === (away ? 'active' : 'reconnecting')) this.#tell({ status: away ? 'reconnecting' : 'active' });
  }

  /** The call is over, by the person's own wish or because it broke off. The server says how it counts. */
  async #settle({ own }) {
    if (!this.#calls.room) return;
    const room = { ...this.#calls.room, connect: Math.max(this.#told?.connect ?? 0, this.#calls.room.connect ?? 0) };
    const [{ signal }, broke] = [this.#run, this.status === 'connecting' ? 'start' : 'talk']; // if it did
    const rest = this.#calls.relayRest();
    this.#release();
    this.#tell({ status: 'ending' });
    await rest;
    const told = own ? null : await this.#server.whyEnded(room, signal);
    const outcome = told ?? await this.#server.end(room, { dropped: !own, signal });
    if (!signal.aborted) this.#finish(own || told || !this.isPaidAhead ? outcome : { ...outcome, broke });
  }

  #finish(outcome) {
    this.#release();
    this.#steps.fail(); // one that was still going
    this.debug.note('ended', outcome ?? {});
    this.#tell({ status: 'ended', outcome });
    this.#announce('complete', { id: this.id, messages: this.messages, outcome });
  }

  /** Another page goes on with it: nothing is ended, and nothing is heard here any more. */
  #giveWay() {
    this.#calls.sendLast();
    this.#release();
    this.#tell({ status: 'elsewhere' });
  }

  #release() {
    this.#calls.leave();
    this.#speaker.release();
    this.#connection.disconnected();
    closeStream(this.stream);
    Object.assign(this, { ...SILENCE, isBroken: false, isAway: false, tries: 0, paused: false, stream: null, voice: null });
  }
}
