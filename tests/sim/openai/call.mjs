// One call: its session, who listens to it, and its end.

import { parsed, takeEvent } from './client-events.mjs';
import { makeClock } from './clock.mjs';
import { makeConversation } from './conversation.mjs';
import { newId } from './ids.mjs';
import { makeInterview } from './interview.mjs';
import { Listener } from './listener.mjs';
import { Refused } from './refuse.mjs';
import { Responder } from './responder.mjs';
import { makeVoice } from './voice.mjs';

const KEPT = 5000; // events of a call, each way

// A call without media has no packets to keep its time. It hurries, and stands still while nothing is due.
const BEAT_MS = 20;
const HURRY = 10;

export class Call {
  id = newId('rtc');
  state = 'connecting';
  hungUpBy = null;
  peer = null;
  events = [];
  received = [];
  sockets = new Set();
  startedAt = new Date().toISOString();
  endedAt = null;
  billed = null; // what each response is said to have used, if a test wants it otherwise
  isStill = false; // connected, and no packet comes
  #flood = 0; // responses that the page still asks for
  #waiting = []; // what a test wants said, one after another
  #channel = null;
  #beat = null;

  /** `secret` is what a browser started it with, null where the server did. */
  constructor({ session, offer, media, silent, onDrift, secret, safetyIdentifier }) {
    Object.assign(this, { session, asked: session, offer, media, silent, onDrift, secret, safetyIdentifier });
    this.interview = makeInterview(session.instructions);
    this.clock = makeClock(() => this.#hurry());
    this.voice = makeVoice(this.clock);
    this.conversation = makeConversation(this.send);
    this.responder = new Responder(this);
    this.listener = new Listener(this);
  }

  /** Tells the data channel and all sidebands. */
  send = (type, fields) => {
    if (this.state === 'ended') return;
    const event = { type, event_id: newId('event'), ...fields };
    keep(this.events, event);
    const words = JSON.stringify(event);
    this.#channel?.(words);
    for (const socket of this.sockets) socket.send(words);
  };

  /** A client event from the data channel or a sideband, which alone is told what was wrong with it. */
  receive(words, via, reply) {
    if (this.state === 'ended') return;
    let event;
    try {
      event = parsed(words);
      keep(this.received, { via, event });
      takeEvent(this, event);
      if (via === 'channel' && event.type === 'session.update') this.onDrift(this, words);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const told = { type: 'error', event_id: newId('event'), error: { ...error.error, event_id: event?.event_id ?? null } };
      keep(this.events, told);
      reply(JSON.stringify(told));
    }
  }

  /** The data channel is open; only it hears of the session's creation. */
  opened(tell) {
    if (this.state === 'ended') return;
    this.state = 'live';
    this.#channel = tell;
    const created = { type: 'session.created', event_id: newId('event'), session: this.session };
    keep(this.events, created);
    tell(JSON.stringify(created));
  }

  /** The interviewer says these words, as soon as nothing else is being made. */
  say(words) {
    this.#waiting.push(words);
    this.sayNext();
  }

  sayNext() {
    this.clock.later(0, () => {
      if (this.#waiting.length > 0 && !this.responder.active()) this.responder.create({}, this.#waiting.shift());
    });
  }

  /** The page asks for so many responses, one as soon as the one before is over. */
  flood(times) {
    this.#flood = times;
    if (!this.responder.active()) this.flooded();
  }

  flooded() {
    if (this.#flood === 0) return;
    this.#flood -= 1;
    this.clock.later(0, () => this.receive('{"type":"response.create"}', 'channel', () => {}));
  }

  end(by) {
    if (this.state === 'ended') return;
    Object.assign(this, { state: 'ended', hungUpBy: by, endedAt: new Date().toISOString() });
    clearInterval(this.#beat);
    this.clock.stop();
    for (const socket of this.sockets) socket.close(1000, 'The call has ended.');
    if (by === 'network') this.peer?.drop();
    else this.peer?.hangUp();
  }

  #hurry() {
    if (this.media || this.#beat || this.state === 'ended') return;
    this.#beat = setInterval(() => {
      this.clock.advance(BEAT_MS * HURRY);
      if (!this.clock.idle()) return;
      clearInterval(this.#beat);
      this.#beat = null;
    }, BEAT_MS);
  }
}

function keep(list, entry) {
  list.push(entry);
  if (list.length > KEPT) list.shift();
}
