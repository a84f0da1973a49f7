/** OpenAI's Realtime events in our words, and ours in theirs. What is not needed here, or not whole, becomes null. */

const SPEAKERS = { user: 'person', assistant: 'interviewer' };

/** @param {string} data a message of the data channel */
export function parseEvent(data) {
  try {
    const event = JSON.parse(data);
    return typeof event?.type === 'string' ? event : null;
  } catch {
    return null;
  }
}

const typedText = ({ content }) =>
  (Array.isArray(content) ? content : []).filter(({ type }) => type === 'input_text').map(({ text }) => text).join(' ');

/** Messages of the system have no speaker, but others may follow them. */
function itemOf({ item, previous_item_id: after }) {
  const speaker = SPEAKERS[item.role] ?? null;
  const text = speaker === 'person' ? typedText(item) : '';
  return { what: 'item', id: item.id, after: after ?? null, speaker, ...(text && { text }) };
}

const part = (speaker) => ({ item_id: id, response_id: response, delta }) => ({ what: 'part', id, speaker, response, text: delta });
const whole = (speaker) => ({ item_id: id, response_id: response, transcript, text }) =>
  ({ what: 'whole', id, speaker, response, text: transcript ?? text });

const READ = {
  'session.created': ({ session }) => ({ what: 'opened', simulated: session.simulated === true }),
  'conversation.item.added': itemOf,
  'conversation.item.input_audio_transcription.delta': part('person'),
  'conversation.item.input_audio_transcription.completed': whole('person'),
  'conversation.item.input_audio_transcription.failed': ({ item_id: id }) => ({ what: 'unheard', id, speaker: 'person' }),
  'response.output_audio_transcript.delta': part('interviewer'),
  'response.output_audio_transcript.done': whole('interviewer'),
  'response.output_text.delta': part('interviewer'),
  'response.output_text.done': whole('interviewer'),
  'input_audio_buffer.speech_started': () => ({ what: 'person-began' }),
  'input_audio_buffer.speech_stopped': () => ({ what: 'person-ended' }),
  'response.created': () => ({ what: 'response-began' }),
  'response.done': ({ response }) => ({ what: 'response-ended', response: response.id, cut: response.status !== 'completed' }),
  'output_audio_buffer.started': () => ({ what: 'voice-began' }),
  'output_audio_buffer.stopped': () => ({ what: 'voice-ended' }),
  'output_audio_buffer.cleared': ({ response_id: response }) => ({ what: 'voice-ended', response, cut: true }),
  error: ({ error }) => ({ what: 'trouble', code: error.code ?? error.type }),
};

/** What is about a line names it; what brings words has some. */
const isWhole = (read) => ['id', 'text'].every((name) => !(name in read) || typeof read[name] === 'string');

/** @param {{ type: string }} event */
export function readEvent(event) {
  if (!Object.hasOwn(READ, event.type)) return null;
  try {
    const read = READ[event.type](event);
    return isWhole(read) ? read : null;
  } catch {
    return null; // a part of it that we rely on is missing
  }
}

export const askForResponse = () => ({ type: 'response.create' });

/** The interviewer falls silent; there is nothing to cancel but while a response is made. */
export const silence = ({ isResponding }) =>
  [...(isResponding ? [{ type: 'response.cancel' }] : []), { type: 'output_audio_buffer.clear' }];

export const typedAnswer = (text) =>
  ({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] } });
