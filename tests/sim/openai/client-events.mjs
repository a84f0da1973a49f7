// The client events that a call takes, from its data channel and its sidebands alike.

import { newId } from './ids.mjs';
import { Refused, wrongValue } from './refuse.mjs';
import { maxOutputTokens, outputModalities, updatedSession } from './session.mjs';
import { anyObject, byField, flag, list, literalOr, object, oneOf, orNull, text, whole } from './shape.mjs';

const message = (role, content) => object({
  type: oneOf('message'), role: oneOf(role), content: list(content, 1), id: text, object: oneOf('realtime.item'),
  status: oneOf('completed', 'incomplete', 'in_progress'),
}, ['content']);
const inputText = object({ type: oneOf('input_text'), text }, ['type', 'text']);
const outputText = object({ type: oneOf('output_text'), text }, ['type', 'text']);

// Of the kinds of item only messages in words: nobody here sends another.
const item = byField('type', {
  message: byField('role', {
    user: message('user', inputText),
    system: message('system', inputText),
    assistant: message('assistant', outputText),
  }),
});

const response = object({
  instructions: text,
  conversation: oneOf('auto', 'none'),
  output_modalities: outputModalities,
  max_output_tokens: maxOutputTokens,
  metadata: orNull(anyObject),
  input: list(item),
  tools: list(anyObject),
  tool_choice: literalOr(['auto', 'none', 'required'], anyObject),
  parallel_tool_calls: flag,
  reasoning: anyObject,
  audio: anyObject,
});

const LONGEST_MS = 3_600_000;

/** Each with the fields beside `type` and `event_id`, those that are required, and what it does. */
const EVENTS = {
  'session.update': [{ session: anyObject }, ['session'], update],
  'conversation.item.create': [{ item, previous_item_id: orNull(text) }, ['item'], createItem],
  'conversation.item.delete': [{ item_id: text }, ['item_id'], (call, { item_id: id }) => call.conversation.remove(id)],
  'conversation.item.retrieve': [{ item_id: text }, ['item_id'], (call, { item_id: id }) => call.conversation.retrieve(id)],
  'conversation.item.truncate': [
    { item_id: text, content_index: whole(0, 100), audio_end_ms: whole(0, LONGEST_MS) }, ['item_id', 'content_index', 'audio_end_ms'],
    (call, event) => call.conversation.truncate(event),
  ],
  'response.create': [{ response }, [], (call, { response: asked = {} }) => call.responder.create(asked)],
  'response.cancel': [{ response_id: text }, [], (call, { response_id: id }) => call.responder.cancel(id)],
  'input_audio_buffer.append': [{ audio: text }, ['audio'], () => {}],
  'input_audio_buffer.commit': [{}, [], (call) => call.listener.commit()],
  'input_audio_buffer.clear': [{}, [], (call) => call.listener.clear()],
  'output_audio_buffer.clear': [{}, [], (call) => call.responder.clear()],
};

/** Parses an event, looks at its shape and does it; throws a refusal. */
export function takeEvent(call, event) {
  anyObject(event, 'event');
  const { type } = event;
  if (typeof type !== 'string' || !Object.hasOwn(EVENTS, type)) {
    throw wrongValue('type', type, Object.keys(EVENTS).map((name) => `'${name}'`).join(', '));
  }
  const [fields, required, run] = EVENTS[type];
  object({ type: text, event_id: text, ...fields }, required)(event, '');
  run(call, event);
}

export function parsed(words) {
  try {
    return JSON.parse(words);
  } catch {
    throw new Refused('Could not parse the event as JSON.', { code: 'invalid_json' });
  }
}

function update(call, { session: asked }) {
  const before = call.session.instructions;
  call.session = updatedSession(call.session, asked, { hasSpoken: call.responder.hasSpoken() });
  const { instructions } = call.session;
  // Only what is new can be meant for now.
  call.interview.told(instructions.split('\n').filter((line) => !before.includes(line)).join('\n'));
  call.send('session.updated', { session: call.session });
}

function createItem(call, { item: asked, previous_item_id: previous }) {
  const known = call.conversation.items().some(({ id }) => id === asked.id);
  if (known) throw new Refused(`Item with id '${asked.id}' already exists.`, { code: 'item_create_invalid_item_id', param: 'item.id' });
  call.conversation.add({ id: newId('item'), object: 'realtime.item', status: 'completed', ...asked }, { previous: previous ?? undefined });
  if (asked.role === 'system') call.interview.told(asked.content.map((part) => part.text).join('\n'));
}
