// A server's side of the Responses API, for tests: the schemas of the contract, a transcript, a question.

import { API_KEY } from './openai.mjs';

const text = { type: 'string' };
const line = { type: 'integer' };
const maybe = (type) => ({ type: [type, 'null'] });
export const list = (items) => ({ type: 'array', items });
export const strict = (properties) => (
  { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
);
const advice = strict({ text, line: maybe('integer'), quote: maybe('string') });

export const feedbackSchema = (...criteria) => strict({
  next_step: advice,
  scores: list(strict({
    criterion: { type: 'string', enum: criteria },
    grade: { type: ['integer', 'null'], enum: [1, 2, 3, 4, 5, null] },
    why: text,
    evidence: list(strict({ line, quote: text })),
  })),
  strengths: list(strict({ text, line, quote: text })),
  improvements: list(advice),
  better_answer: { ...strict({ question_line: line, answer: text }), type: ['object', 'null'] },
});

export const resumeSchema = strict({
  skills: list(text),
  experience: list(strict({ title: text, employer: text, period: text })),
  education: list(strict({ title: text, place: text, period: text })),
});

/** `[question, answer, question, …]` as it is sent. */
export function transcript(...said) {
  const lines = said.map((words, i) => `#${i + 1} ${i % 2 === 0 ? 'INTERVIEWER' : 'PERSON'}: ${words}`);
  return ['Job title: Developer', '===== transcript 4f1d =====', ...lines, '===== end 4f1d =====', ''].join('\n');
}

export const question = (name, schema, words, more = {}) => ({
  model: 'gpt-6-luna',
  instructions: 'You are a coach for job interviews.',
  input: [{ role: 'user', content: [{ type: 'input_text', text: words }] }],
  text: { format: { type: 'json_schema', name, schema, strict: true } },
  max_output_tokens: 8000,
  reasoning: { effort: 'low' },
  store: false,
  safety_identifier: 'abc',
  ...more,
});

export function ask(sim, body, headers = {}, signal) {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', ...headers };
  return fetch(`${sim.url}/v1/responses`, { method: 'POST', body: sent, headers: all, signal });
}

/** The JSON that was written in an answer. */
export const writtenIn = ({ output }) => JSON.parse(output.find(({ type }) => type === 'message').content[0].text);
