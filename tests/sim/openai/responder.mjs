// The interviewer's turns: one response at a time, its words made faster than they sound.

import { assistantMessage, told } from './conversation.mjs';
import { newId } from './ids.mjs';
import { lineOf } from './lines.mjs';
import { Refused } from './refuse.mjs';
import { responseUsage, usageOf } from './usage.mjs';

// The words and the sound of a line are made in this part of the time that it takes to hear it.
const MADE_IN = 0.6;
const TEXT_PIECE_MS = 80;
const PIECES = /(\S+\s*){1,3}/g; // three words each

/** What differs between a spoken and a written response. */
const KINDS = {
  audio: { part: 'audio', content: 'output_audio', words: 'transcript', event: 'response.output_audio_transcript' },
  text: { part: 'text', content: 'output_text', words: 'text', event: 'response.output_text' },
};

export class Responder {
  #call;
  #active = null;
  #spoken = new Map(); // response id to the item whose sound it is
  #cached = 0;

  constructor(call) {
    this.#call = call;
  }

  active() {
    return this.#active !== null;
  }

  hasSpoken() {
    return this.#spoken.size > 0;
  }

  /** A response: the given words, or the next line of the interview. */
  create(asked, words) {
    if (this.#active) {
      throw new Refused(`Conversation already has an active response in progress: ${this.#active.id}. Wait until the response is `
        + 'finished before creating a new one.', { code: 'conversation_already_has_active_response' });
    }
    if (this.#call.silent) return;
    this.#begin(asked, words === undefined ? this.#call.interview.next(asked.instructions) : lineOf(words));
  }

  /** The client wants no more of it; what was made already still sounds, until the buffer is cleared. */
  cancel(id) {
    if (!this.#active || (id !== undefined && id !== this.#active.id)) {
      throw new Refused('Cancellation failed: no active response found.', { code: 'response_cancel_not_active' });
    }
    this.#call.voice.shorten(this.#active.id, this.#active.item.ms);
    this.#finish('cancelled', 'client_cancelled');
  }

  /** Silence at once; of the item that was cut the conversation keeps what was heard. */
  clear() {
    const { voice, conversation, send } = this.#call;
    const cut = voice.clear();
    if (!cut) return;
    send('output_audio_buffer.cleared', { response_id: cut.id });
    const item = this.#spoken.get(cut.id);
    if (item === this.#active?.item || !conversation.items().includes(item)) return;
    conversation.truncate({ item_id: item.id, content_index: 0, audio_end_ms: Math.min(cut.heardMs, item.ms) });
  }

  /** The person talks over it. */
  interrupt() {
    if (this.#active) this.#finish('cancelled', 'turn_detected');
    this.clear();
  }

  #begin(asked, line) {
    const { session, conversation, send } = this.#call;
    const apart = asked.conversation === 'none';
    const modality = (asked.output_modalities ?? session.output_modalities)[0];
    const response = {
      id: newId('resp'), item: assistantMessage(), line, modality, kind: KINDS[modality], words: '', steps: [],
      apart, metadata: asked.metadata ?? null, instructions: asked.instructions, input: apart ? [] : [...conversation.items()],
    };
    this.#active = response;
    const { id, item, kind } = response;
    send('response.created', this.#shown(response));
    send('rate_limits.updated', { rate_limits: [{ name: 'tokens', limit: 250_000, remaining: 249_000, reset_seconds: 0.24 }] });
    send('response.output_item.added', { response_id: id, output_index: 0, item: told(item) });
    if (!apart) conversation.add(item, { done: false });
    send('response.content_part.added', { ...place(response), part: { type: kind.part, [kind.words]: '' } });
    if (modality === 'audio') this.#sound(response);
    this.#schedule(response);
  }

  #sound({ id, item, line }) {
    const { voice, send } = this.#call;
    this.#spoken.set(id, item);
    voice.play(id, line, {
      onStart: () => send('output_audio_buffer.started', { response_id: id }),
      onStop: () => send('output_audio_buffer.stopped', { response_id: id }),
    });
  }

  /** The pieces of the words, and the end, each at its time. */
  #schedule(response) {
    const { clock, send } = this.#call;
    const { line, modality, kind, item } = response;
    const pieces = line.text.match(PIECES);
    const pieceMs = modality === 'audio' ? (line.ms * MADE_IN) / pieces.length : TEXT_PIECE_MS;
    response.steps = pieces.map((delta, i) => clock.later(pieceMs * (i + 1), () => {
      response.words += delta;
      if (modality === 'audio') item.ms = Math.round((line.ms * (i + 1)) / pieces.length);
      send(`${kind.event}.delta`, { ...place(response), delta });
      if (i === pieces.length - 1) this.#finish('completed');
    }));
  }

  #finish(status, reason) {
    const response = this.#active;
    const { clock, conversation, send } = this.#call;
    const { id, item, kind, words, apart, modality } = response;
    this.#active = null;
    clock.cancel(...response.steps);
    item.status = status === 'completed' ? 'completed' : 'incomplete';
    item.content = [{ type: kind.content, [kind.words]: words }];
    if (modality === 'audio') send('response.output_audio.done', place(response));
    send(`${kind.event}.done`, { ...place(response), [kind.words]: words });
    send('response.content_part.done', { ...place(response), part: { type: kind.part, [kind.words]: words } });
    send('response.output_item.done', { response_id: id, output_index: 0, item: told(item) });
    if (!apart) conversation.done(item);
    const details = reason ? { type: status, reason } : null;
    const usage = this.#usage(response);
    send('response.done', this.#shown(response, { status, status_details: details, output: [told(item)], usage }));
    this.#call.sayNext();
    this.#call.flooded();
  }

  #usage({ instructions = this.#call.session.instructions, input, words, item }) {
    if (this.#call.billed) return usageOf(this.#call.billed);
    const usage = responseUsage({ instructions, items: input, words, ms: item.ms, cached: this.#cached });
    this.#cached = usage.input_tokens;
    return usage;
  }

  #shown(response, more) {
    return { response: responseJson(this.#call, response, more) };
  }
}

const place = ({ id, item }) => ({ response_id: id, item_id: item.id, output_index: 0, content_index: 0 });

function responseJson({ session, conversation }, { id, modality, apart, metadata }, more) {
  return {
    object: 'realtime.response',
    id,
    status: 'in_progress',
    status_details: null,
    output: [],
    conversation_id: apart ? null : conversation.id,
    output_modalities: [modality],
    max_output_tokens: session.max_output_tokens,
    audio: { output: { format: session.audio.output.format, voice: session.audio.output.voice } },
    usage: null,
    metadata,
    ...more,
  };
}
