/**
 * The calls of one interview: the first, and each that takes the place of one that broke off. They share a room, a microphone and the
 * heartbeats; what happens on the newest of them is told.
 */
import { ApiError } from '../api.js';
import { openCall } from './call.js';
import { createComeback, createPace } from './comeback.js';
import { callBy } from './direct.js';
import { openLifeline } from './lifeline.js';
import { createLink } from './link.js';
import { createOrders } from './orders.js';

const TALKING = ['active', 'reconnecting']; // the first word has come

/** Errors after which an answer may still exist: the same offer is sent again, for there are only so many calls. */
const UNANSWERED = ['unreachable', 'no_answer'];

/**
 * `over`: the room is gone, or no call carries any more. How it stands is told by `standing`, an end or another page as well. `unheard`:
 * our server could not be reached for so long that nobody can come back.
 * @typedef {{ step: (name: 'exchange' | 'path') => void, message: (data: string) => void, sound: (stream: MediaStream) => void,
 *   open: () => void, standing: (told: import('./server.js').Answer) => void, broke: () => void,
 *   change: (changes: { isBroken?: boolean, isAway?: boolean, tries?: number, quality?: number, paused?: boolean }) => void,
 *   over: (why: 'gone' | 'dropped') => void, unheard: () => void }} Told
 */

export class Calls {
  room = /** @type {import('./server.js').Room | null} */ (null); // from the first call on, until it is over
  #server;
  #env;
  #connection;
  #note;
  #of;
  #told;
  #newest = 0; // the highest number that a call may have which this page asked for
  #asking = false;
  #counted = new WeakSet(); // offers among them that nobody has answered
  #iceServers = /** @type {RTCIceServer[]} */ ([]);
  #returns = true; // whether there would be another call for one that breaks off
  #orders = createOrders((event) => this.send(event));
  #call = /** @type {ReturnType<typeof openCall> | null} */ (null);
  #link = /** @type {ReturnType<typeof createLink> | null} */ (null);
  #line = /** @type {ReturnType<typeof openLifeline> | null} */ (null);
  #comeback = /** @type {ReturnType<typeof createComeback> | null} */ (null);
  #pace = createPace();
  #run = new AbortController(); // of the way back that is under way
  #forget = () => {}; // the network

  /** `of` is the interview, of which it reads how it is now. @param {{ told: Told, [name: string]: any }} all */
  constructor({ server, env, connection, note, of, told }) {
    this.#server = server;
    this.#env = env;
    this.#connection = connection;
    this.#note = note;
    this.#of = of;
    this.#told = told;
  }

  /** Resolves when the answer is taken; that the channel opens is told. */
  async first(started, signal) {
    this.#iceServers = started.iceServers;
    const call = this.#open();
    const sdp = await call.offer();
    signal.throwIfAborted();
    const answer = await this.#server.exchange(started, sdp);
    const room = { id: started.id, roomKey: answer.roomKey, connect: answer.connect ?? null };
    this.#returns = !answer.secret;
    try {
      signal.throwIfAborted();
      this.#told.step('path');
      await call.accept(answer.secret ? await callBy(answer, sdp, this.#env.fetch) : answer.sdp);
      signal.throwIfAborted();
    } catch (error) {
      this.#server.end(room); // it began, and nobody will use it
      this.#note('call failed', { code: error.code ?? error.name, state: error.status });
      throw answer.secret ? new ApiError('direct_failed') : error;
    }
    this.#follow(room);
    return answer;
  }

  /** Into an interview whose calls were another page's so far. */
  takeUp(room, iceServers) {
    this.room = room;
    this.#newest = room.connect ?? 0;
    this.#iceServers = iceServers;
    this.#comeBack({ hungUp: false });
  }

  /** Whether it could be sent. @param {object} event */
  send(event) { return this.#call?.send(event) ?? false; }

  /** @param {MediaStream} stream */
  use(stream) { return this.#call?.use(stream); }

  /** What was heard, for a server that does not hear the call itself. */
  take(event) { this.#line?.take(event); }

  /** @param {boolean} paused */
  async pause(paused) { this.#hearStanding(await this.#server.pause(this.room, paused)); }

  relayRest() { return this.#line?.relayRest(); }

  sendLast() { this.#line?.sendLast(); }

  /** No more waiting for the next try. */
  comeBackNow() { this.#comeback?.now(); }

  /** Whether another page has taken it over. */
  isTaken({ connect }) { return this.#newest > 0 && connect > this.#newest + (this.#asking ? 1 : 0); }

  /** The call is off; `room` is no more ours. */
  leave() {
    this.#run.abort();
    this.#comeback = null;
    this.#drop();
    this.#line?.stop();
    this.#line = null;
    this.#forget();
    this.room = null;
  }

  #open() {
    this.#connection.connecting();
    const call = openCall({
      stream: this.#of.stream,
      iceServers: this.#iceServers,
      Peer: this.#env.Peer,
      tell: (event) => this.#call === call && this.#hear(event),
    });
    this.#call = call;
    this.#link = createLink({
      typed: this.#of.typed,
      isLast: () => !this.#returns,
      measure: call.measure,
      onBroken: (isBroken) => this.#told.change({ isBroken }),
      onLost: (how) => this.#lost(how),
    });
    return call;
  }

  #drop() {
    this.#link?.stop();
    this.#call?.close();
    this.#link = null;
    this.#call = null;
  }

  #hear({ what, state, stream, data }) {
    if (what === 'message') return this.#told.message(data);
    this.#note('peer', { type: what, state });
    if (what === 'sound') return this.#told.sound(stream);
    if (what !== 'open') return this.#link?.hear({ what, state });
    this.#connection.connected();
    return this.#told.open();
  }

  /** From now on the room and this page hear of each other. */
  #follow(room) {
    this.room = room;
    this.#newest = room.connect ?? 0;
    if (this.#line) return this.#line.moved(room);
    this.#forget = this.#env.network.watch(() => (this.#comeback ? this.comeBackNow() : this.#link?.look()));
    this.#line = openLifeline({
      server: this.#server,
      room,
      measure: async () => this.#call.measure(),
      isAway: () => this.#of.isBroken,
      note: this.#note,
      orders: this.#orders,
      onAnswer: (told) => this.#hearStanding(told),
      onQuality: (quality) => this.#told.change({ quality }),
      onCounts: (before, now) => this.#of.standsStill || this.#link?.counted(before, now),
      onAway: (isAway) => this.#told.change({ isAway }),
      onGone: () => this.#told.over('gone'),
    });
    return undefined;
  }

  #hearStanding(told) {
    this.#returns = told.reconnectsLeft !== 0;
    this.#told.standing(told);
    this.#orders.follow(told.say); // not by a call that was given up just now
  }

  /** A call that came to a first word is called again, as long as there is another; one that never did was none. */
  #lost({ hungUp }) {
    this.#note('call lost', { type: hungUp ? 'closed' : 'broken' });
    if (this.#comeback) return undefined; // the new one failed, which the way back hears of by itself
    return this.#returns && TALKING.includes(this.#of.status) ? this.#comeBack({ hungUp }) : this.#told.over('dropped');
  }

  async #comeBack({ hungUp }) {
    this.#drop();
    this.#told.broke();
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#comeback = createComeback({
      hungUp,
      pace: this.#pace,
      ask: async () => this.#hearStanding(await this.#server.beat(this.room, 0, { away: true })),
      call: () => this.#again(signal),
      tell: (tries) => {
        this.#note('coming back', { attempt: tries });
        this.#told.change({ tries, isBroken: true });
      },
    });
    const way = await this.#comeback.run(signal).catch(() => null);
    if (signal.aborted || way === null) return undefined;
    this.#comeback = null;
    this.#note('came back', { type: way });
    if (way === 'unheard') return this.#told.unheard();
    if (way !== 'back') return this.#told.over(way);
    if (this.#link?.isOver) return this.#comeBack({ hungUp: false }); // it broke off in that very moment
    return this.#told.change({ tries: 0, isBroken: false, isAway: false });
  }

  /** An offer without an answer may have come about all the same, and would be ours: it counts once. */
  #count(call, { code, status }, answered) {
    if (answered || this.#counted.has(call) || !(UNANSWERED.includes(code) || status >= 500)) return;
    this.#counted.add(call);
    this.#newest += 1;
  }

  async #again(signal) {
    const call = this.#call ?? this.#open();
    let answered = false;
    try {
      const sdp = await call.offer();
      signal.throwIfAborted();
      this.#asking = true; // the Room has counted it before it answers
      const answer = await this.#server.exchangeAgain(this.room, sdp).finally(() => { this.#asking = false; });
      signal.throwIfAborted();
      answered = true;
      await call.accept(answer.sdp);
      this.#follow({ ...this.room, roomKey: answer.roomKey, connect: answer.connect ?? null });
      this.#told.change({ paused: false }); // a pause ends with the call that it was made in
      await call.opened(signal);
    } catch (error) {
      this.#note('call failed', { code: error.code, requestId: error.requestId });
      this.#count(call, error, answered);
      if (!signal.aborted && !UNANSWERED.includes(error.code)) this.#drop();
      throw error;
    }
  }
}
