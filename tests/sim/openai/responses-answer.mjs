// A whole Response: what was asked comes back in it, beside what was written and what it took.

import { randomBytes } from 'node:crypto';

import { newId } from './ids.mjs';
import { userWords } from './responses-request.mjs';
import { textTokens } from './usage.mjs';

/** How much is thought before the first word is written. */
const THOUGHT = { none: 0, minimal: 40, low: 200, medium: 640, high: 1500, xhigh: 3000, max: 6000 };
const LETTERS_A_TOKEN = 4;
const FEWEST_CACHED = 1024;
const CACHED_STEP = 128;

/**
 * `text`, `refusal` or neither was written; `cut` says why it is not whole, `failed` what came between. `known` are the
 * instructions that were sent before.
 */
export function responseJson(asked, { text, refusal, cut = null, failed = null }, known) {
  const effort = asked.reasoning?.effort ?? 'none';
  const thought = failed ? 0 : THOUGHT[effort];
  const most = asked.max_output_tokens ?? Infinity;
  const room = Math.max(0, most - thought) * LETTERS_A_TOKEN;
  const whole = refusal ?? text ?? '';
  const reason = cut ?? (whole.length > room || thought > most ? 'max_output_tokens' : null);
  const words = reason ? whole.slice(0, Math.min(room, Math.ceil(whole.length / 2))) : whole;
  const part = refusal === undefined ? outputText(words) : { type: 'refusal', refusal: words };
  const written = words === '' ? [] : [messageItem(part, reason)];
  const status = failed ? 'failed' : statusOf(reason);
  return {
    id: newId('resp'),
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status,
    background: false,
    completed_at: status === 'completed' ? Math.floor(Date.now() / 1000) : null,
    error: failed,
    incomplete_details: reason && !failed ? { reason } : null,
    ...echo(asked, effort),
    output: failed ? [] : [...(thought > 0 ? [thoughtItem()] : []), ...written],
    usage: failed ? null : usageOf(asked, { thought: Math.min(thought, most), words }, known),
  };
}

const statusOf = (reason) => (reason ? 'incomplete' : 'completed');
const outputText = (text) => ({ type: 'output_text', annotations: [], logprobs: [], text });

const messageItem = (part, reason) => (
  { id: newId('msg'), type: 'message', status: statusOf(reason), role: 'assistant', content: [part] }
);

// Nobody but its maker can read what was thought.
const thoughtItem = () => ({ id: newId('rs'), type: 'reasoning', summary: [], encrypted_content: randomBytes(96).toString('base64url') });

function echo(asked, effort) {
  return {
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    max_tool_calls: asked.max_tool_calls ?? null,
    metadata: asked.metadata ?? {},
    model: asked.model,
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: asked.prompt_cache_key ?? null,
    reasoning: { effort, summary: asked.reasoning?.summary ?? null },
    safety_identifier: asked.safety_identifier ?? null,
    service_tier: 'default',
    store: asked.store ?? true,
    temperature: asked.temperature ?? 1,
    text: { format: formatOf(asked), verbosity: asked.text?.verbosity ?? 'medium' },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: [],
    top_logprobs: asked.top_logprobs ?? 0,
    top_p: asked.top_p ?? 1,
    truncation: asked.truncation ?? 'disabled',
    user: asked.user ?? null,
  };
}

function formatOf({ text: { format } = {} }) {
  if (format?.type !== 'json_schema') return { type: format?.type ?? 'text' };
  const { name, schema, strict = false, description = null } = format;
  return { type: 'json_schema', description, name, schema, strict: strict ?? false };
}

function usageOf(asked, { thought, words }, known) {
  const told = textTokens(asked.instructions ?? '') + textTokens(JSON.stringify(asked.text?.format ?? ''));
  const input = told + textTokens(userWords(asked));
  const written = textTokens(words);
  const cached = known && told >= FEWEST_CACHED ? Math.floor(told / CACHED_STEP) * CACHED_STEP : 0;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: thought + written,
    output_tokens_details: { reasoning_tokens: thought },
    total_tokens: input + thought + written,
  };
}
