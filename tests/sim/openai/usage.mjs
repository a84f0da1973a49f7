// Token counts, roughly as OpenAI counts: four letters a token, ten a second heard, twenty a second spoken.

const LETTERS = 4;
const HEARD_MS = 100;
const SPOKEN_MS = 50;

export const textTokens = (text) => Math.ceil(text.length / LETTERS);
export const heardTokens = (ms) => Math.ceil(ms / HEARD_MS);

/** The usage of a response that made `words` (with `ms` of sound) from `items`; what was sent before is cached. */
export function responseUsage({ instructions, items, words, ms, cached }) {
  const input = items.reduce(added, { text: textTokens(instructions), audio: 0 });
  return usageOf({
    inputText: input.text, inputAudio: input.audio, cached, outputText: textTokens(words), outputAudio: Math.ceil(ms / SPOKEN_MS),
  });
}

/** What a test wants a response to have used, or what one did use, as OpenAI tells it. */
export function usageOf({ inputText = 0, inputAudio = 0, cached = 0, outputText = 0, outputAudio = 0 }) {
  const input = { text: inputText, audio: inputAudio };
  const output = { text: outputText, audio: outputAudio };
  const inputTokens = input.text + input.audio;
  const cachedTotal = Math.min(cached, inputTokens);
  const cachedText = Math.min(cachedTotal, input.text);
  return {
    total_tokens: inputTokens + output.text + output.audio,
    input_tokens: inputTokens,
    output_tokens: output.text + output.audio,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: 0,
      cached_tokens: cachedTotal,
      cached_tokens_details: { text_tokens: cachedText, audio_tokens: cachedTotal - cachedText, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  };
}

const added = (sum, { content, ms = 0 }) => ({
  text: sum.text + content.reduce((tokens, part) => tokens + textTokens(part.text ?? ''), 0),
  audio: sum.audio + heardTokens(ms),
});

export function transcriptionUsage(model, ms, transcript) {
  if (model === 'whisper-1') return { type: 'duration', seconds: ms / 1000 };
  const [heard, written] = [heardTokens(ms), textTokens(transcript)];
  return {
    type: 'tokens',
    total_tokens: heard + written,
    input_tokens: heard,
    input_token_details: { text_tokens: 0, audio_tokens: heard },
    output_tokens: written,
  };
}
