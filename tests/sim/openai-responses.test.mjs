// The Responses API: the official client, unmodified, believes it; its refusals are OpenAI's; tests say what it answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import Ajv from 'ajv/dist/2020.js';
import OpenAI from 'openai';

import { post, simulator } from './harness.mjs';
import { ask, feedbackSchema, list, question, resumeSchema, strict, transcript, writtenIn } from './openai/questions.mjs';
import { startSim } from './server.mjs';

const sim = await simulator();
const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = sim.workerVars();
const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });

const SCHEMA = strict({ city: { type: 'string' }, people: { type: ['integer', 'null'] } });
const simple = (more) => question('city', SCHEMA, 'Which city is it?', more);
const next = async (...entries) => {
  const { status, body } = await post(sim, '/__sim/openai/responses', { next: entries });
  assert.equal(status, 200, body.error);
};
const fault = (how) => post(sim, '/__sim/fault', { service: 'openai', op: 'responses', ...how });
const answerOf = async (body) => (await ask(sim, body)).json();

async function refused(body, headers) {
  const response = await ask(sim, body, headers);
  const { error } = await response.json();
  assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code']);
  assert.ok(response.headers.get('x-request-id'));
  return { status: response.status, ...error };
}

test('the official client reads and parses a whole response', async () => {
  const response = await client.responses.create(simple());
  assert.deepEqual([response.object, response.status, response.error, response.incomplete_details], ['response', 'completed', null, null]);
  assert.match(response.id, /^resp_/);
  assert.deepEqual(response.output.map(({ type }) => type), ['reasoning', 'message']);
  assert.deepEqual(JSON.parse(response.output_text), { city: '', people: null });
  const { model, store, safety_identifier: person, max_output_tokens: most } = response;
  assert.deepEqual([model, store, person, most], ['gpt-6-luna', false, 'abc', 8000]);
  assert.deepEqual([response.text.format.name, response.text.format.schema, response.reasoning.effort], ['city', SCHEMA, 'low']);
  const { usage } = response;
  assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
  assert.ok(usage.input_tokens_details.cached_tokens === 0 && usage.output_tokens > usage.output_tokens_details.reasoning_tokens);
  const parsed = await client.responses.parse(simple({ reasoning: { effort: 'none' } }));
  assert.deepEqual(parsed.output_parsed, { city: '', people: null });
  assert.deepEqual(parsed.output.map(({ type }) => type), ['message']);
});

test('what is asked again is cached, what is not asked for has its defaults', async () => {
  const long = { instructions: 'Be brief. '.repeat(800) };
  await client.responses.create(simple(long));
  const { usage } = await client.responses.create(simple(long));
  assert.ok(usage.input_tokens_details.cached_tokens >= 1024 && usage.input_tokens_details.cached_tokens < usage.input_tokens);
  const plain = await client.responses.create({ model: 'gpt-4o-mini', input: 'Hello', temperature: 0.2 });
  assert.deepEqual([plain.store, plain.text.format, plain.temperature, plain.output.length], [true, { type: 'text' }, 0.2, 1]);
  const loose = await client.responses.create({ model: 'gpt-6-luna', input: 'Some JSON', text: { format: { type: 'json_object' } } });
  assert.equal(loose.output_text, '{}');
});

test('the smallest value of any schema fits it', async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const number = (type, more) => strict({ it: { type, ...more } });
  for (const schema of [
    number('integer', { minimum: 3, multipleOf: 2 }), number('number', { exclusiveMinimum: 0, exclusiveMaximum: 0.5 }),
    number('integer', { maximum: -4 }), number('string', { format: 'date' }), number('string', { pattern: '^@[a-z]+' }),
    number('boolean'), number('array', { items: { type: 'string', enum: ['b', 'c'] }, minItems: 2, maxItems: 3 }),
    strict({ it: { anyOf: [{ type: 'string', const: 'x' }, strict({ deep: { type: 'null' } })] } }),
    { ...strict({ it: { $ref: '#/$defs/tree' } }), $defs: { tree: strict({ under: list({ $ref: '#/$defs/tree' }) }) } },
    resumeSchema, feedbackSchema('depth'),
  ]) {
    const value = writtenIn(await answerOf(question('anything', schema, 'Hello')));
    assert.ok(ajv.validate(schema, value), `${JSON.stringify(schema)} ${JSON.stringify(value)}`);
  }
});

test('a request is looked at down to its last field', async () => {
  const format = (more) => ({ text: { format: { ...simple().text.format, ...more } } });
  for (const [more, code, param] of [
    [{ model: undefined }, 'missing_required_parameter', 'model'],
    [{ model: 'gpt-3' }, 'model_not_found', 'model'],
    [{ model: 'gpt-realtime-2.1' }, 'model_not_found', 'model'],
    [{ input: undefined }, 'missing_required_parameter', 'input'],
    [{ input: 7 }, 'invalid_type', 'input'],
    [{ input: [] }, 'invalid_value', 'input'],
    [{ input: [{ role: 'person', content: 'x' }] }, 'invalid_value', 'input[0].role'],
    [{ input: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }] }, 'invalid_value', 'input[0].content[0].type'],
    [{ colour: 'red' }, 'unknown_parameter', 'colour'],
    [{ response_format: {} }, 'unsupported_parameter', 'response_format'],
    [{ max_tokens: 100 }, 'unsupported_parameter', 'max_tokens'],
    [{ store: 'no' }, 'invalid_type', 'store'],
    [{ safety_identifier: 'x'.repeat(129) }, 'string_above_max_length', 'safety_identifier'],
    [{ max_output_tokens: 15 }, 'integer_below_min_value', 'max_output_tokens'],
    [{ max_output_tokens: 16.5 }, 'invalid_type', 'max_output_tokens'],
    [{ metadata: { a: 1 } }, 'invalid_type', 'metadata.a'],
    [{ reasoning: { effort: 'some' } }, 'invalid_value', 'reasoning.effort'],
    [{ reasoning: { effort: 'minimal' } }, 'unsupported_value', 'reasoning.effort'],
    [{ model: 'gpt-4o' }, 'unsupported_parameter', 'reasoning.effort'],
    [{ temperature: 0.2 }, null, 'temperature'],
    [{ stream: true }, 'unsupported_value', 'stream'],
    [{ tools: [{ type: 'web_search' }] }, 'unsupported_value', 'tools'],
    [{ text: { format: { type: 'json_object' } } }, null, 'input'],
    [{ text: { format: { type: 'json' } } }, 'invalid_value', 'text.format.type'],
    [format({ name: undefined }), 'missing_required_parameter', 'text.format.name'],
    [format({ name: 'two words' }), 'invalid_value', 'text.format.name'],
    [format({ name: 'x'.repeat(65) }), 'string_above_max_length', 'text.format.name'],
    [format({ schema: undefined }), 'missing_required_parameter', 'text.format.schema'],
    [format({ strict: 'yes' }), 'invalid_type', 'text.format.strict'],
    [format({ colour: 'red' }), 'unknown_parameter', 'text.format.colour'],
  ]) {
    const told = await refused(simple(more));
    assert.deepEqual([told.status, told.type, told.code, told.param], [400, 'invalid_request_error', code, param], told.message);
  }
});

test('keys, the beta dialect, and bodies that are no JSON', async () => {
  const of = async (body, headers) => {
    const { status, code } = await refused(body, headers);
    return [status, code];
  };
  assert.deepEqual(await of(simple(), { authorization: 'Bearer sk-other' }), [401, 'invalid_api_key']);
  assert.deepEqual(await of(simple(), { authorization: '' }), [401, null]);
  assert.deepEqual(await of(simple(), { 'openai-beta': 'responses=v1' }), [400, 'beta_api_shape_disabled']);
  assert.deepEqual(await of(simple(), { 'content-type': 'text/plain' }), [400, 'unsupported_content_type']);
  assert.deepEqual(await of('{'), [400, null]);
  assert.deepEqual(await of('[]'), [400, 'invalid_type']);
});

test('a schema that strict mode cannot follow is refused in its words', async () => {
  const it = (node) => strict({ it: node });
  const at = "In context=('properties', 'it'), ";
  for (const [schema, why] of [
    [list({ type: 'string' }), "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'."],
    [{ anyOf: [SCHEMA] }, "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'."],
    [{ ...SCHEMA, additionalProperties: undefined }, "In context=(), 'additionalProperties' is required to be supplied and to be false."],
    [{ ...SCHEMA, required: ['city'] }, "In context=(), 'required' is required to be supplied and to be an array including every key in "
      + "properties. Missing 'people'."],
    [{ ...SCHEMA, required: ['city', 'people', 'more'] }, "In context=(), 'required' is required to be supplied and to be an array "
      + "including every key in properties. Extra required key 'more' supplied."],
    [it(list({ type: 'object', properties: {}, required: [] })), "In context=('properties', 'it', 'items'), 'additionalProperties' is "
      + 'required to be supplied and to be false.'],
    [it({ type: 'string', minLength: 3 }), `${at}'minLength' is not permitted.`],
    [it({ type: 'string', default: '' }), `${at}'default' is not permitted.`],
    [it({ type: 'string', minimum: 1 }), `${at}'minimum' is not permitted.`],
    [it({ oneOf: [{ type: 'string' }] }), `${at}schema must have a 'type' key.`],
    [it({ type: 'array' }), `${at}array schema missing items.`],
    [it({ type: 'text' }), `${at}'text' is not a type.`],
    [it({ type: 'integer', enum: [1, 'two'] }), `${at}enum value "two" does not validate against {'type': ["integer"]}.`],
    [it({ $ref: '#/$defs/none' }), `${at}reference to component '#/$defs/none' which was not found in the schema.`],
    [it({ type: 'string', format: 'uri' }), /'format' must be one of date-time, time, date/],
    [Array.from({ length: 11 }).reduce(it, { type: 'string' }), /nested deeper than 10 levels/],
    [it({ type: 'string', enum: Array.from({ length: 1001 }, (_, i) => `${i}`) }), /1000 enum values/],
  ]) {
    const { status, code, param, message } = await refused(question('it', schema, 'x'));
    assert.deepEqual([status, code, param], [400, 'invalid_json_schema', 'text.format.schema'], message);
    if (why instanceof RegExp) assert.match(message, why);
    else assert.equal(message, `Invalid schema for response_format 'it': ${why}`);
  }
  const loose = question('it', { type: 'object' }, 'x');
  loose.text.format.strict = false;
  assert.equal((await ask(sim, loose)).status, 200);
});

test('a test says what is answered, in the order of its saying', async () => {
  await next({ output: { city: 'Ulm', people: 3 } }, { output: 'Sorry, no JSON' }, { refusal: 'I will not say.' }, { empty: true },
    { incomplete: 'max_output_tokens', output: { city: 'Bad Homburg vor der Höhe', people: 9 } }, { incomplete: 'content_filter' },
    { incomplete: 'max_output_tokens', empty: true }, { failed: { code: 'server_error', message: 'It broke.' } });
  const [good, words, refusal, empty, cut, filtered, silent, failed] = await Array.fromAsync({ length: 8 }, () => answerOf(simple()));
  assert.deepEqual(writtenIn(good), { city: 'Ulm', people: 3 });
  assert.equal(words.output[1].content[0].text, 'Sorry, no JSON');
  assert.deepEqual([refusal.status, refusal.output[1].content], ['completed', [{ type: 'refusal', refusal: 'I will not say.' }]]);
  assert.deepEqual([empty.status, empty.output.map(({ type }) => type)], ['completed', ['reasoning']]);
  assert.deepEqual([cut.status, cut.output[1].status], ['incomplete', 'incomplete']);
  assert.deepEqual(cut.incomplete_details, { reason: 'max_output_tokens' });
  assert.throws(() => writtenIn(cut), SyntaxError);
  assert.deepEqual([filtered.status, filtered.incomplete_details], ['incomplete', { reason: 'content_filter' }]);
  assert.deepEqual([silent.status, silent.output.length], ['incomplete', 1]);
  assert.deepEqual([failed.status, failed.error, failed.output], ['failed', { code: 'server_error', message: 'It broke.' }, []]);
  assert.deepEqual(writtenIn(await answerOf(simple())), { city: '', people: null });
});

test('an answer can be meant for one schema, for some words, or several times', async () => {
  await next({ output: 'for another', schema: 'another' }, { output: 'for Ann', containing: 'Ann' }, { output: 'twice', times: 2 });
  const text = async (body) => (await answerOf(body)).output.at(-1).content[0].text;
  const said = [
    await text(simple()), await text(simple({ input: 'I am Ann.' })), await text(simple()), await text(question('another', SCHEMA, 'x')),
    await text(simple()),
  ];
  assert.deepEqual(said, ['twice', 'for Ann', 'twice', 'for another', '{"city":"","people":null}']);
});

test('too few tokens cut an answer off, all of them thought where there are very few', async () => {
  await next({ output: { city: 'x'.repeat(4000), people: 1 }, times: 2 });
  const short = await answerOf(simple({ max_output_tokens: 500 }));
  assert.deepEqual([short.status, short.usage.output_tokens <= 500, short.output.length], ['incomplete', true, 2]);
  const none = await answerOf(simple({ max_output_tokens: 100 }));
  assert.deepEqual([none.incomplete_details.reason, none.output.map(({ type }) => type)], ['max_output_tokens', ['reasoning']]);
});

test('faults of the operation, and faults in the order of the answers', async () => {
  await fault({ code: 'insufficient_quota' });
  assert.deepEqual([(await refused(simple())).type], ['insufficient_quota']);
  await fault({ status: 429 });
  const slow = await ask(sim, simple());
  assert.deepEqual([slow.status, slow.headers.get('retry-after'), (await slow.json()).error.code], [429, '1', 'rate_limit_exceeded']);
  await fault({ body: '<html>' });
  assert.equal(await (await ask(sim, simple())).text(), '<html>');
  await next({ status: 503 }, { hang: true }, { drop: true }, { halfClose: true }, { body: '{"id":' }, { latencyMs: 150, refusal: 'No.' });
  assert.equal((await refused(simple())).code, 'server_is_overloaded');
  await assert.rejects(ask(sim, simple(), {}, AbortSignal.timeout(100)), { name: 'TimeoutError' });
  await assert.rejects(ask(sim, simple()), TypeError);
  await assert.rejects((await ask(sim, simple())).text(), TypeError);
  assert.equal(await (await ask(sim, simple())).text(), '{"id":');
  const began = performance.now();
  assert.equal((await answerOf(simple())).output[1].content[0].type, 'refusal');
  assert.ok(performance.now() - began >= 149);
});

test('every request is told, whatever became of it', async () => {
  await ask(sim, simple(), { 'x-mark': 'here' });
  await ask(sim, '{');
  await fault({ status: 500 });
  await ask(sim, simple());
  const [good, broken, failed] = await (await fetch(`${sim.url}/__sim/openai/responses`)).json();
  const { status, headers, body, answer } = good;
  assert.deepEqual([status, headers['x-mark'], body.text.format.name, answer.object], [200, 'here', 'city', 'response']);
  assert.deepEqual([broken.status, broken.body, failed.status, failed.answer.error.code], [400, '{', 500, 'server_error']);
  assert.equal(sim.openaiResponses().length, 3);
  assert.deepEqual(sim.log('openai').map(({ op }) => op), ['responses', 'responses', 'responses']);
  sim.reset();
  assert.deepEqual(sim.openaiResponses(), []);
});

test('a model thinks for as long as it is told to', async (t) => {
  sim.openaiNext({ thinkMs: 200 });
  const began = performance.now();
  await ask(sim, simple());
  assert.ok(performance.now() - began >= 199);
  const slow = await startSim({ webhookUrl: null, thinkMs: 150 });
  t.after(() => slow.close());
  slow.openaiNext({ thinkMs: 0 });
  slow.reset();
  const again = performance.now();
  await ask(slow, simple());
  assert.ok(performance.now() - again >= 149);
});

test('the control API refuses what it does not know', async () => {
  for (const body of [
    { next: [{ colour: 'red' }] }, { next: ['x'] }, { next: [{ output: 1 }] }, { next: [{ output: {}, refusal: 'x' }] }, { more: true },
    { next: [{ incomplete: 'tired' }] }, { next: [{ failed: { code: 'x' } }] }, { next: [{ times: 0 }] }, { thinkMs: 'long' },
  ]) {
    assert.equal((await post(sim, '/__sim/openai/responses', body)).status, 400, JSON.stringify(body));
  }
});

test('the schema of the contract is taken, a drifted one fails aloud', async (t) => {
  const told = t.mock.method(console, 'error', () => {});
  const words = transcript('What did you build?', 'I built a bridge out of wood for the school of our town.');
  assert.equal((await ask(sim, question('interview_feedback', feedbackSchema('depth'), words))).status, 200);
  const drifted = { ...feedbackSchema('depth') };
  drifted.properties = { ...drifted.properties, summary: { type: 'string' } };
  drifted.required = Object.keys(drifted.properties);
  assert.equal((await ask(sim, question('interview_feedback', drifted, words))).status, 500);
  assert.match(told.mock.calls[0].arguments[0].message, /interview_feedback is not the one that is known here.*summary/);
});
