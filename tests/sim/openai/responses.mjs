// OpenAI's Responses API: one question, one answer in JSON by a strict schema. Two schemas are known by their name; for any
// other the smallest value is written that it allows. Nobody here understands what was asked.

import Ajv from 'ajv/dist/2020.js';

import { BadRequest, checkFields, json } from '../http.mjs';
import { TROUBLES } from '../faults.mjs';
import { answered, refuseByFault, requestId } from './refuse.mjs';
import { responseJson } from './responses-answer.mjs';
import { feedback } from './responses-feedback.mjs';
import { instanceOf } from './responses-instance.mjs';
import { inventions } from './responses-invent.mjs';
import { askedOf, userWords } from './responses-request.mjs';
import { resume } from './responses-resume.mjs';

const KEPT = 2000;
const FEEDBACK = 'interview_feedback';
const KNOWN = { [FEEDBACK]: feedback, resume_analysis: resume };
const NO_FORMAT = 'There is nothing I can say to that.';

/** What a test wants of one answer: at most one of these, and what may stand beside it. */
const KINDS = { output: 'string or object', refusal: 'string', failed: 'object', empty: 'boolean', invent: 'boolean' };
const NEXT = { ...KINDS, incomplete: 'string', schema: 'string', containing: 'string', times: 'number', ...TROUBLES };
const REASONS = ['max_output_tokens', 'content_filter'];

const ajv = new Ajv({ strict: false, validateFormats: false });
const compiled = new Map(); // by the words of the schema: the same few come again and again

export function makeResponses({ key, thinkMs: usual }) {
  let received = [];
  let waiting = [];
  let thinkMs = usual;
  const told = new Set(); // instructions, which are cached over there

  /** The first that is meant for this request, counted as used. */
  function wanted(asked) {
    const words = `${asked.instructions ?? ''}\n${userWords(asked)}`;
    const name = asked.text?.format?.name;
    const found = waiting.find(({ schema = name, containing = '' }) => schema === name && words.includes(containing));
    if (found && --found.left === 0) waiting = waiting.filter((one) => one !== found);
    return found ?? {};
  }

  function answer(request) {
    const asked = askedOf(request, key);
    const next = wanted(asked);
    refuseByFault(next);
    const known = told.has(asked.instructions);
    told.add(asked.instructions);
    const response = responseJson(asked, written(asked, next), known);
    const fault = Object.fromEntries(Object.keys(TROUBLES).filter((name) => next[name] !== undefined).map((name) => [name, next[name]]));
    return { ...json(200, response, { 'x-request-id': requestId() }), fault: { latencyMs: thinkMs, ...fault } };
  }

  return {
    reset() {
      [received, waiting, thinkMs] = [[], [], usual];
      told.clear();
    },

    /** Each request is kept, whatever becomes of it. */
    async take(request, params, fault) {
      const entry = { at: new Date().toISOString(), headers: request.headers, body: bodyOf(request), status: null, answer: null };
      received.push(entry);
      if (received.length > KEPT) received.shift();
      const decided = await answered(answer)(request, params, fault);
      Object.assign(entry, { status: decided.status, answer: JSON.parse(decided.body) });
      return decided;
    },

    list: () => received,

    /** What the next answers are, and how long one takes. */
    next(body) {
      checkFields(body, { next: 'object', thinkMs: 'number' });
      const list = [body.next ?? []].flat();
      list.forEach(checkNext);
      waiting.push(...list.map((one) => ({ ...one, ...(one.invent && { schema: FEEDBACK }), left: one.times ?? 1 })));
      thinkMs = body.thinkMs ?? thinkMs;
      return { waiting: waiting.length };
    },
  };
}

function bodyOf({ body }) {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function checkNext(one) {
  if (one === null || typeof one !== 'object') throw new BadRequest('Each of next must be an object.');
  checkFields(one, NEXT);
  const kinds = Object.keys(KINDS).filter((name) => one[name] !== undefined);
  if (kinds.length > 1) throw new BadRequest(`${kinds.join(' and ')} cannot be at once.`);
  if (one.incomplete !== undefined && !REASONS.includes(one.incomplete)) {
    throw new BadRequest(`incomplete must be ${REASONS.join(' or ')}.`);
  }
  if (one.failed) checkFields(one.failed, { code: 'string', message: 'string' }, ['code', 'message']);
  if (one.times !== undefined && !(Number.isInteger(one.times) && one.times > 0)) {
    throw new BadRequest('times must be a whole number from 1 on.');
  }
}

function written(asked, { output, refusal, failed, empty, invent, incomplete: cut }) {
  if (failed) return { failed };
  if (empty) return { cut };
  if (refusal !== undefined) return { refusal, cut };
  if (output !== undefined) return { text: typeof output === 'string' ? output : JSON.stringify(output), cut };
  return { text: usualText(asked, invent), cut };
}

function usualText(asked, invent) {
  const { type, name, schema } = asked.text?.format ?? {};
  if (type === 'json_object') return '{}';
  if (type !== 'json_schema') return NO_FORMAT;
  if (!Object.hasOwn(KNOWN, name)) return JSON.stringify(instanceOf(schema));
  const value = trimmed((invent ? inventions : KNOWN[name])(userWords(asked), schema), schema);
  // What is written over there always fits; here it does as long as the schema is the one that is known.
  const fits = validatorOf(schema);
  if (!fits(value)) throw new Error(`The schema ${name} is not the one that is known here: ${ajv.errorsText(fits.errors)}.`);
  return JSON.stringify(value);
}

function validatorOf(schema) {
  const words = JSON.stringify(schema);
  if (!compiled.has(words)) compiled.set(words, ajv.compile(schema));
  return compiled.get(words);
}

/** No more of each list than the schema allows. */
function trimmed(value, node) {
  const branch = node?.anyOf?.find(({ type }) => type !== 'null') ?? node;
  if (Array.isArray(value)) return value.slice(0, branch?.maxItems).map((one) => trimmed(one, branch?.items));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, trimmed(one, branch?.properties?.[name])]));
}
