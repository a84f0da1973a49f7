// The session of a call: what may be asked for, what it is when nothing was asked for, and how an update changes it.

import { REALTIME_MODELS, TRANSCRIPTION_MODELS, VOICES } from './models.mjs';
import { Refused } from './refuse.mjs';
import {
  anyObject, byField, flag, limitedText, list, literalOr, number, object, oneOf, orNull, text, whole,
} from './shape.mjs';

const INSTRUCTIONS_MOST = 200_000;
const SESSION_SECONDS = 3600;

const format = byField('type', {
  'audio/pcm': object({ type: text, rate: whole(24_000, 24_000) }),
  'audio/pcmu': object({ type: text }),
  'audio/pcma': object({ type: text }),
});

const transcription = object({
  model: oneOf(...TRANSCRIPTION_MODELS),
  language: text,
  languages: list(text),
  keywords: list(text),
  prompt: text,
  delay: oneOf('minimal', 'low', 'medium', 'high', 'xhigh'),
});

const turnDetection = byField('type', {
  server_vad: object({
    type: text,
    threshold: number(0, 1),
    prefix_padding_ms: whole(0, 10_000),
    silence_duration_ms: whole(0, 10_000),
    idle_timeout_ms: orNull(whole(5000, 30_000)),
    create_response: flag,
    interrupt_response: flag,
  }),
  semantic_vad: object({
    type: text,
    eagerness: oneOf('low', 'medium', 'high', 'auto'),
    create_response: flag,
    interrupt_response: flag,
  }),
});

const audio = object({
  input: object({
    format,
    transcription: orNull(transcription),
    noise_reduction: orNull(object({ type: oneOf('near_field', 'far_field') }, ['type'])),
    turn_detection: orNull(turnDetection),
  }),
  output: object({ format, voice: oneOf(...VOICES), speed: number(0.25, 1.5) }),
});

export const outputModalities = list(oneOf('audio', 'text'), 1, 1);
export const maxOutputTokens = literalOr(['inf'], whole(1, 4096));

/** The shape of a session; `model` is looked at apart, for its refusal has a status of its own. */
const shape = object({
  type: oneOf('realtime'),
  model: text,
  instructions: limitedText(INSTRUCTIONS_MOST),
  output_modalities: outputModalities,
  audio,
  max_output_tokens: maxOutputTokens,
  include: list(oneOf('item.input_audio_transcription.logprobs')),
  tools: list(anyObject),
  tool_choice: literalOr(['auto', 'none', 'required'], anyObject),
  parallel_tool_calls: flag,
  reasoning: object({ effort: oneOf('minimal', 'low', 'medium', 'high', 'xhigh') }),
  tracing: orNull(literalOr(['auto'], anyObject)),
  truncation: literalOr(['auto', 'disabled'], anyObject),
  prompt: orNull(anyObject),
}, ['type']);

/** The effective session of a new call, or a refusal. */
export function newSession(asked, id) {
  shape(asked, 'session');
  const { model } = asked;
  if (model === undefined) throw new Refused("Missing required parameter: 'session.model'.", {
    code: 'missing_required_parameter', param: 'session.model',
  });
  if (!REALTIME_MODELS.includes(model)) {
    throw new Refused(`The model \`${model}\` does not exist or you do not have access to it.`, {
      status: 404, code: 'model_not_found', param: 'session.model',
    });
  }
  return changed(defaults(id), asked);
}

/** The session after `session.update`; the model never changes, the voice only before the first sound. */
export function updatedSession(session, asked, { hasSpoken }) {
  shape(asked, 'session');
  if (asked.model !== undefined && asked.model !== session.model) {
    throw new Refused('Cannot update the model of an active session.', { code: 'cannot_update_model', param: 'session.model' });
  }
  const voice = asked.audio?.output?.voice ?? session.audio.output.voice;
  if (hasSpoken && voice !== session.audio.output.voice) {
    throw new Refused("Cannot update a conversation's voice if assistant audio is present.", {
      code: 'cannot_update_voice', param: 'session.audio.output.voice',
    });
  }
  return changed(session, asked);
}

function defaults(id) {
  const pcm = { type: 'audio/pcm', rate: 24_000 };
  return {
    type: 'realtime',
    object: 'realtime.session',
    id,
    simulated: true,
    instructions: 'You are a helpful assistant.',
    output_modalities: ['audio'],
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    include: null,
    expires_at: Math.floor(Date.now() / 1000) + SESSION_SECONDS,
    audio: {
      input: { format: pcm, transcription: null, noise_reduction: null, turn_detection: completeDetection({ type: 'server_vad' }) },
      output: { format: pcm, voice: 'alloy', speed: 1 },
    },
  };
}

const DETECTION = {
  server_vad: { threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 500, idle_timeout_ms: null },
  semantic_vad: { eagerness: 'auto' },
};

const completeDetection = (asked) => (
  asked && { ...DETECTION[asked.type], create_response: true, interrupt_response: true, ...asked }
);

function changed(session, { audio: sound = {}, ...rest }) {
  const input = { ...session.audio.input, ...sound.input };
  const output = { ...session.audio.output, ...sound.output };
  return { ...session, ...rest, audio: { input: { ...input, turn_detection: completeDetection(input.turn_detection) }, output } };
}
