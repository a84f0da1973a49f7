/** What was heard, kept for a server that does not hear the call itself: numbered batches, each sent until it is acknowledged. */

const KINDS = new Set([
  'conversation.item.added', 'conversation.item.truncated', 'conversation.item.input_audio_transcription.completed',
  'conversation.item.input_audio_transcription.failed', 'input_audio_buffer.speech_started', 'output_audio_buffer.started',
  'output_audio_buffer.cleared', 'response.created', 'response.output_audio_transcript.done', 'response.output_text.done', 'response.done',
]);
const KEPT_MS = 60_000;
const MOST_EVENTS = 100;
const MOST_BYTES = 62_000; // of 64 KiB, which the batch's own frame needs too

const bytesOf = (json) => new TextEncoder().encode(json).length;

/** As text, without any sound in it. */
const written = (event) => JSON.stringify(event, (name, value) => (name === 'audio' && typeof value === 'string' ? undefined : value));

export function createOutbox(now = Date.now) {
  let waiting = [];
  let sending = null;
  let number = 0;

  /** The first of those that wait, as many as fit into one batch. */
  function nextEvents() {
    let bytes = 0;
    const past = waiting.findIndex(({ json }, i) => i >= MOST_EVENTS || (bytes += bytesOf(json) + 1) > MOST_BYTES);
    return waiting.splice(0, past < 0 ? waiting.length : past).map(({ json }) => JSON.parse(json));
  }

  return {
    /** Whether the server asked for it. As long as it has not, only the last minute is kept. */
    wanted: false,
    take(event) {
      if (!KINDS.has(event.type)) return;
      const json = written(event);
      if (bytesOf(json) < MOST_BYTES) waiting.push({ at: now(), json });
      if (!this.wanted) waiting = waiting.filter(({ at }) => at > now() - KEPT_MS);
    },
    /** @returns {{ batch: number, events: object[] } | null} the same one until it is acknowledged */
    next() {
      if (!sending && waiting.length) sending = { batch: (number += 1), events: nextEvents() };
      return sending;
    },
    acknowledge(batch) {
      if (sending?.batch === batch) sending = null;
    },
  };
}
