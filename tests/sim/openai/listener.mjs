// The person's turns. Talking is told from silence by the level that each packet carries; nobody understands a word.

import { userSpeech } from './conversation.mjs';
import { newId } from './ids.mjs';
import { Refused } from './refuse.mjs';
import { transcriptionUsage } from './usage.mjs';

const QUIET_LEVEL = 50; // 0 is loud, 127 is silence
const LOUD_PACKETS = 3; // so many make talking,
const GAP_MS = 200; // with no longer gap between them
const WRITTEN_AFTER_MS = 300;
const SPOKEN_MS = 400; // how long words take that a test says
const UNINTELLIGIBLE = {
  type: 'transcription_error', code: 'audio_unintelligible', message: 'The audio could not be transcribed.', param: null,
};
const PATIENCE_MS = { high: 300, auto: 500, medium: 500, low: 1000 };

export class Listener {
  #call;
  #loud = 0;
  #lastLoudAt = -Infinity;
  #turn = null; // what is being said: `{ id, startedAt, end }`

  constructor(call) {
    this.#call = call;
  }

  /** A packet came, this loud. */
  heard(level) {
    const detection = this.#detection();
    if (level >= QUIET_LEVEL || !detection) return;
    const now = this.#call.clock.now();
    this.#loud = now - this.#lastLoudAt > GAP_MS ? 1 : this.#loud + 1;
    this.#lastLoudAt = now;
    if (!this.#turn && this.#loud >= LOUD_PACKETS) this.#started();
    if (this.#turn) this.#stopIn(detection.silence_duration_ms ?? PATIENCE_MS[detection.eagerness], this.#guess);
  }

  /** As if the person had said these words. */
  say(words) {
    if (!this.#turn) this.#started();
    this.#stopIn(SPOKEN_MS, () => words);
  }

  commit() {
    if (!this.#turn) {
      throw new Refused('Error committing input audio buffer: buffer too small.', { code: 'input_audio_buffer_commit_empty' });
    }
    this.#commit(this.#guess());
  }

  clear() {
    this.#endTurn();
    this.#call.send('input_audio_buffer.cleared', {});
  }

  #detection = () => this.#call.session.audio.input.turn_detection;
  #guess = () => this.#call.interview.answer();

  #started() {
    const { clock, send, responder } = this.#call;
    this.#turn = { id: newId('item'), startedAt: clock.now() };
    send('input_audio_buffer.speech_started', { audio_start_ms: clock.now(), item_id: this.#turn.id });
    if (this.#detection()?.interrupt_response) responder.interrupt();
  }

  #stopIn(ms, words) {
    const { clock } = this.#call;
    if (this.#turn.end) clock.cancel(this.#turn.end);
    this.#turn.end = clock.later(ms, () => this.#stopped(words()));
  }

  #stopped(words) {
    const { clock, send, responder } = this.#call;
    send('input_audio_buffer.speech_stopped', { audio_end_ms: clock.now(), item_id: this.#turn.id });
    this.#commit(words);
    if (this.#detection()?.create_response && !responder.active()) responder.create({});
  }

  #endTurn() {
    if (this.#turn?.end) this.#call.clock.cancel(this.#turn.end);
    this.#turn = null;
  }

  #commit(words) {
    const { clock, conversation, send, session } = this.#call;
    const { id, startedAt } = this.#turn;
    this.#endTurn();
    const item = userSpeech(id, clock.now() - startedAt);
    send('input_audio_buffer.committed', { previous_item_id: conversation.lastId(), item_id: id });
    conversation.add(item);
    const { transcription } = session.audio.input;
    if (transcription) clock.later(WRITTEN_AFTER_MS, () => write(send, item, transcription.model, words));
  }
}

/** The transcript, made apart from the conversation; `null` words could not be made out. */
function write(send, item, model, words) {
  const event = 'conversation.item.input_audio_transcription';
  const place = { item_id: item.id, content_index: 0 };
  if (words === null) return send(`${event}.failed`, { ...place, error: UNINTELLIGIBLE });
  item.content[0].transcript = words;
  const middle = words.indexOf(' ', words.length / 2) + 1;
  for (const delta of [words.slice(0, middle), words.slice(middle)].filter(Boolean)) send(`${event}.delta`, { ...place, delta });
  return send(`${event}.completed`, { ...place, transcript: words, usage: transcriptionUsage(model, item.ms, words) });
}
