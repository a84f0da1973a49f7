// What may be asked of the Responses API, and how it refuses the rest.

import { TEXT_MODELS } from './models.mjs';
import { authorize, Refused, unsupported } from './refuse.mjs';
import { checkStrict } from './responses-strict.mjs';
import {
  anyObject, byField, flag, limitedText, list, literalOr, number, object, oneOf, orNull, text, textLike, textOr, whole,
} from './shape.mjs';

const TEXT_MOST = 10_485_760;
const ITEMS_MOST = 10_000;
const TOKENS_LEAST = 16;
const TOKENS_MOST = 128_000;

const longText = limitedText(TEXT_MOST);
const inputText = object({ type: oneOf('input_text'), text: longText, prompt_cache_breakpoint: anyObject }, ['type', 'text']);
const outputText = object({ type: oneOf('output_text'), text: longText, annotations: list(anyObject), logprobs: list(anyObject) }, [
  'type', 'text',
]);
const message = (role, part) => object({
  type: oneOf('message'), role: oneOf(role), id: text, status: oneOf('in_progress', 'completed', 'incomplete'),
  phase: orNull(oneOf('commentary', 'final_answer')), content: textOr(list(part, 1)),
}, ['content']);

// Of the kinds of input only messages in words: nobody here sends another.
const item = byField('role', {
  user: message('user', inputText),
  system: message('system', inputText),
  developer: message('developer', inputText),
  assistant: message('assistant', outputText),
});

const format = byField('type', {
  text: object({ type: text }),
  json_object: object({ type: text }),
  json_schema: object({
    type: text, name: textLike(/^[a-zA-Z0-9_-]+$/, 64), schema: anyObject, strict: orNull(flag), description: text,
  }, ['name', 'schema']),
});

const reasoning = object({
  effort: orNull(oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max')),
  summary: orNull(oneOf('auto', 'concise', 'detailed')),
  context: orNull(oneOf('auto', 'current_turn', 'all_turns')),
  mode: oneOf('standard', 'pro'),
});

const metadata = (value, path) => {
  anyObject(value, path);
  if (Object.keys(value).length > 16) {
    throw new Refused(`Invalid '${path}': too many properties. Expected an object with at most 16 properties.`, {
      code: 'object_above_max_properties', param: path,
    });
  }
  for (const [name, one] of Object.entries(value)) {
    limitedText(64)(name, `${path}.${name}`);
    limitedText(512)(one, `${path}.${name}`);
  }
};

const shape = object({
  model: text,
  input: textOr(list(item, 1, ITEMS_MOST)),
  instructions: orNull(longText),
  text: object({ format, verbosity: orNull(oneOf('low', 'medium', 'high')) }),
  max_output_tokens: orNull(whole(TOKENS_LEAST, TOKENS_MOST)),
  reasoning: orNull(reasoning),
  store: orNull(flag),
  safety_identifier: orNull(limitedText(128)),
  prompt_cache_key: orNull(text),
  prompt_cache_options: anyObject,
  prompt_cache_retention: orNull(oneOf('in_memory', '24h')),
  metadata: orNull(metadata),
  user: text,
  service_tier: orNull(oneOf('auto', 'default', 'flex', 'priority', 'fast')),
  temperature: orNull(number(0, 2)),
  top_p: orNull(number(0, 1)),
  top_logprobs: orNull(whole(0, 20)),
  truncation: orNull(oneOf('auto', 'disabled')),
  include: orNull(list(oneOf('reasoning.encrypted_content', 'message.output_text.logprobs'))),
  parallel_tool_calls: orNull(flag),
  tool_choice: literalOr(['none', 'auto', 'required'], anyObject),
  tools: list(anyObject),
  stream: orNull(flag),
  background: orNull(flag),
  conversation: orNull(textOr(anyObject)),
  previous_response_id: orNull(text),
  prompt: orNull(anyObject),
  moderation: orNull(anyObject),
  context_management: orNull(list(anyObject)),
  max_tool_calls: orNull(whole(0, 1000)),
  stream_options: orNull(anyObject),
});

/** Where Chat Completions has it, and where it is here. */
const MOVED = {
  messages: 'input', response_format: 'text.format', max_tokens: 'max_output_tokens', max_completion_tokens: 'max_output_tokens',
  reasoning_effort: 'reasoning.effort', verbosity: 'text.verbosity', functions: 'tools',
};

const NOT_SIMULATED = [
  'stream', 'background', 'conversation', 'previous_response_id', 'prompt', 'moderation', 'context_management', 'stream_options',
];

/** The request as it was asked, or a refusal. */
export function askedOf(request, key) {
  authorize(request, key);
  const asked = parsedBody(request);
  const moved = Object.keys(MOVED).find((name) => asked[name] !== undefined);
  if (moved) {
    throw unsupported(`Unsupported parameter: '${moved}'. In the Responses API, this parameter has moved to '${MOVED[moved]}'. `
      + 'Try again with the new parameter.', moved);
  }
  if (asked.model === undefined) throw missing("Missing required parameter: 'model'.", 'model');
  if (asked.input === undefined) {
    throw missing('One of "input" or "previous_response_id" or \'prompt\' or \'conversation_id\' must be provided.', 'input');
  }
  shape(asked, '');
  checkModel(asked);
  const beyond = NOT_SIMULATED.find((name) => asked[name]) ?? (asked.tools?.length > 0 ? 'tools' : null);
  if (beyond) throw unsupported(`'${beyond}' is not simulated.`, beyond, 'unsupported_value');
  checkFormat(asked);
  return asked;
}

function parsedBody({ headers, body }) {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new Refused(`Unsupported content type: '${type}'. This API method only accepts 'application/json' requests, but you `
      + `specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`, {
      code: 'unsupported_content_type',
    });
  }
  let asked;
  try {
    asked = JSON.parse(body);
  } catch {
    throw new Refused('We could not parse the JSON body of your request. (HINT: This likely means you aren\'t using your HTTP library '
      + 'correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)');
  }
  anyObject(asked, 'body');
  return asked;
}

const missing = (words, param) => new Refused(words, { code: 'missing_required_parameter', param });

/** What a model takes depends on whether it thinks before it writes. */
function checkModel({ model, reasoning: { effort } = {}, ...asked }) {
  const efforts = Object.hasOwn(TEXT_MODELS, model) && TEXT_MODELS[model];
  if (!efforts) throw new Refused(`The requested model '${model}' does not exist.`, { code: 'model_not_found', param: 'model' });
  if (effort && efforts.length === 0) {
    throw unsupported("Unsupported parameter: 'reasoning.effort' is not supported with this model.", 'reasoning.effort');
  }
  if (effort && !efforts.includes(effort)) {
    const known = efforts.map((one) => `'${one}'`).join(', ').replace(/, ('\w+')$/, ', and $1');
    throw unsupported(`Unsupported value: '${effort}' is not supported with the '${model}' model. Supported values are: ${known}.`,
      'reasoning.effort', 'unsupported_value');
  }
  const sampling = ['temperature', 'top_p', 'top_logprobs'].find((name) => (asked[name] ?? null) !== null);
  if (!sampling || efforts.length === 0 || effort === 'none') return;
  throw unsupported(`Unsupported parameter: '${sampling}' is not supported with this model.`, sampling, null);
}

function checkFormat(asked) {
  const wanted = asked.text?.format;
  if (wanted?.type === 'json_schema') checkStrict(wanted);
  if (wanted?.type !== 'json_object' || /json/i.test(JSON.stringify(asked.input))) return;
  throw new Refused("Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.", {
    param: 'input',
  });
}

/** The words of the input that are the user's, all messages together. */
export function userWords({ input }) {
  if (typeof input === 'string') return input;
  const messages = input.filter(({ role }) => role === 'user');
  return messages.map(({ content }) => (typeof content === 'string' ? content : content.map((part) => part.text).join('\n'))).join('\n');
}
