// What is said: OpenAI's events read, put in order, and kept for a server that does not hear the call.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseEvent, readEvent, typedAnswer } from '../../static/app/interview/openai.js';
import { createOutbox } from '../../static/app/interview/relay.js';
import { emptyTalk, messagesOf, reduce } from '../../static/app/interview/transcript.js';

const item = (id, after, role, content = []) =>
  ({ type: 'conversation.item.added', previous_item_id: after, item: { id, type: 'message', role, content } });
const heardOf = (id, transcript) => ({ type: 'conversation.item.input_audio_transcription.completed', item_id: id, transcript });
const failedOf = (id) => ({ type: 'conversation.item.input_audio_transcription.failed', item_id: id, error: {} });
const spokenOf = (id, response, transcript) =>
  ({ type: 'response.output_audio_transcript.done', item_id: id, response_id: response, transcript });
const deltaOf = (id, response, delta) => ({ type: 'response.output_audio_transcript.delta', item_id: id, response_id: response, delta });

const TALK = [
  item('a', null, 'assistant'), spokenOf('a', 'r1', 'Welcome.'),
  item('b', 'a', 'user', [{ type: 'input_audio' }]), heardOf('b', 'Thank you.'),
  item('s', 'b', 'system', [{ type: 'input_text', text: 'Wrap up.' }]),
  item('c', 's', 'assistant'), spokenOf('c', 'r2', 'Tell me more.'), { type: 'output_audio_buffer.cleared', response_id: 'r2' },
  item('d', 'c', 'user', [{ type: 'input_audio' }]), failedOf('d'),
  item('e', 'd', 'user', [{ type: 'input_text', text: 'Typed.' }]),
  item('f', 'e', 'assistant'), spokenOf('f', 'r3', 'I see.'),
];
const READ = [
  ['interviewer', 'Welcome.', 'final'], ['person', 'Thank you.', 'final'], ['interviewer', 'Tell me more.', 'interrupted'],
  ['person', '', 'failed'], ['person', 'Typed.', 'final'], ['interviewer', 'I see.', 'final'],
];

const talkOf = (events) => events.reduce((talk, event, at) => reduce(talk, readEvent(event) ?? {}, at), emptyTalk());
const linesOf = (events) => messagesOf(talkOf(events)).map(({ role, content, mark }) => [role, content, mark]);

/** The same order for the same seed. */
function shuffled(list, seed) {
  let state = seed;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return list.map((one) => [next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
}

test('a talk is read in its order, whatever order its events come in, and however often', () => {
  assert.deepEqual(linesOf(TALK), READ);
  for (let seed = 1; seed <= 300; seed += 1) assert.deepEqual(linesOf(shuffled([...TALK, ...TALK], seed)), READ, `seed ${seed}`);
});

test('a line grows while it is said, and the whole of it replaces its parts', () => {
  const parts = [item('a', null, 'assistant'), deltaOf('a', 'r1', 'Wel'), deltaOf('a', 'r1', 'come')];
  assert.deepEqual(linesOf(parts), [['interviewer', 'Welcome', 'partial']]);
  const cleared = { type: 'output_audio_buffer.cleared', response_id: 'r1' };
  assert.deepEqual(linesOf([...parts, cleared]), [['interviewer', 'Welcome', 'interrupted']]);
  assert.deepEqual(linesOf([...parts, spokenOf('a', 'r1', 'Welcome.')]), [['interviewer', 'Welcome.', 'final']]);
  const [line] = messagesOf(talkOf(parts));
  assert.deepEqual([line.id, line.timestamp, line.final, line.typed], ['a', 0, false, false]);
});

test('a response that was cut short marks its line, one that was completed does not', () => {
  const done = (status) => ({ type: 'response.done', response: { id: 'r1', status, output: [] } });
  const said = [item('a', null, 'assistant'), spokenOf('a', 'r1', 'Hello.')];
  assert.equal(linesOf([...said, done('completed')])[0][2], 'final');
  for (const status of ['cancelled', 'incomplete', 'failed']) assert.equal(linesOf([...said, done(status)])[0][2], 'interrupted', status);
});

test('lines in a circle, behind themselves or behind nobody are shown once each', () => {
  const events = [['x', 'y'], ['y', 'x'], ['z', 'z'], ['o', 'nobody']].flatMap(([id, after]) => [item(id, after, 'user'), heardOf(id, id)]);
  assert.deepEqual(linesOf(events).map(([, content]) => content).sort(), ['o', 'x', 'y', 'z']);
});

test('what is no event, or not whole, or unknown is passed over', () => {
  for (const data of ['', 'x', '[]', 'null', '1', '{}', '{"type":1}', '{"type":"a"']) assert.equal(parseEvent(data), null, data);
  const wrong = [
    { type: 'rate_limits.updated' }, { type: 'conversation.item.added' }, { type: 'conversation.item.added', item: { id: 7 } },
    { type: 'response.output_audio_transcript.delta', item_id: 'a' },
    { type: 'response.output_audio_transcript.done', item_id: 'a', transcript: 1 },
    { type: 'response.done' }, { type: 'error' }, { type: 'constructor' }, { type: '__proto__' }, { type: 'session.created' },
  ];
  for (const event of wrong) assert.equal(readEvent(event), null, event.type);
});

test('whether the interviewer is simulated is said by its session', () => {
  assert.equal(readEvent({ type: 'session.created', session: { simulated: true } }).simulated, true);
  assert.equal(readEvent({ type: 'session.created', session: {} }).simulated, false);
});

test('a typed answer is an item of the person', () => {
  assert.deepEqual(typedAnswer('Hello').item, { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] });
});

test('batches are numbered from one and stay the same until they are acknowledged', () => {
  const outbox = createOutbox(() => 0);
  assert.equal(outbox.next(), null);
  outbox.take(heardOf('a', 'one'));
  outbox.take({ type: 'response.output_audio_transcript.delta', delta: 'not of these kinds' });
  const first = outbox.next();
  assert.deepEqual(first, { batch: 1, events: [heardOf('a', 'one')] });
  outbox.take(heardOf('b', 'two'));
  assert.equal(outbox.next(), first);
  outbox.acknowledge(7);
  assert.equal(outbox.next(), first);
  outbox.acknowledge(1);
  assert.deepEqual(outbox.next(), { batch: 2, events: [heardOf('b', 'two')] });
  outbox.acknowledge(2);
  assert.equal(outbox.next(), null);
});

test('a batch holds at most 100 events and 64 KiB, none are lost between two, and one that never fits is dropped', () => {
  const outbox = createOutbox(() => 0);
  const events = Array.from({ length: 350 }, (_, i) => heardOf(`item_${i}`, 'ä'.repeat((i * 37) % 900)));
  events.splice(100, 0, heardOf('too large', 'x'.repeat(70_000)));
  events.forEach((event) => outbox.take(event));
  const received = [];
  for (let batch = outbox.next(); batch; batch = outbox.next()) {
    assert.ok(batch.events.length <= 100 && Buffer.byteLength(JSON.stringify(batch)) <= 65_536);
    received.push(...batch.events);
    outbox.acknowledge(batch.batch);
  }
  assert.deepEqual(received, events.filter(({ item_id: id }) => id !== 'too large'));
});

test('only the last minute is kept while nobody asks for it, all of it once somebody does, and never a sound', () => {
  let now = 0;
  const outbox = createOutbox(() => now);
  const kept = () => {
    const { batch, events } = outbox.next();
    outbox.acknowledge(batch);
    return events.map((event) => event.item_id);
  };
  for (const [at, id] of [[0, 'a'], [30_000, 'b'], [61_000, 'c']]) {
    now = at;
    outbox.take(heardOf(id, id));
  }
  assert.deepEqual(kept(), ['b', 'c']);
  outbox.wanted = true;
  for (const [at, id] of [[70_000, 'd'], [200_000, 'e']]) {
    now = at;
    outbox.take(heardOf(id, id));
  }
  assert.deepEqual(kept(), ['d', 'e']);
  outbox.take({ type: 'conversation.item.truncated', item_id: 'f' });
  outbox.take({ type: 'rate_limits.updated', item_id: 'g' });
  assert.deepEqual(kept(), ['f'], 'what was cut off is told, what nobody needs is not');
  const sounding = [{ content: [{ type: 'output_audio', audio: 'AAAA', transcript: 'Hi' }] }];
  outbox.take({ type: 'response.done', response: { id: 'r', output: sounding } });
  assert.deepEqual(outbox.next().events[0].response.output[0].content, [{ type: 'output_audio', transcript: 'Hi' }]);
});
