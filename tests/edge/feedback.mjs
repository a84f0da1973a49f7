// Interviews that are judged, as tests hold them: told by a browser where nobody needs to hear them, and what is true of
// each report, whoever wrote it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { houseOfInterviews, turnOf } from './interview.mjs';
import { until } from './until.mjs';

export const GENERAL = ['relevance', 'structure', 'specifics', 'motivation', 'reflection'];
const HOUR_MS = 3_600_000;
const HASTE_MS = 121_000; // more than any wait for the archive, or between two tries

/** A house in which no sideband can be joined, so that the browser tells at once what takes its time to be said. */
export async function houseOfTold(vars) {
  const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1', ...vars });
  house.sim.fault({ service: 'openai', op: 'sideband', status: 500, forMs: HOUR_MS });
  return house;
}

/** An interview in which all of this was said, the interviewer first, and then the other one in turn. It goes on. */
export async function told(who, said, wish) {
  const talk = await who.interview(wish);
  const { status, text } = await talk.exchange();
  assert.equal(status, 200, text);
  await talk.beat(3);
  const events = said.flatMap((text, n) => {
    const [item, before] = [`item_${n}`, n > 0 ? `item_${n - 1}` : null];
    return n % 2 === 0 ? asked(item, text, before) : turnOf(item, text, before);
  });
  assert.deepEqual((await talk.post('transcript', { batch: 1, events })).body, { batch: 1 });
  return talk;
}

function asked(item, transcript, previous) {
  const response = `resp_${item}`;
  return [
    { type: 'response.created', response: { id: response, status: 'in_progress' } },
    { type: 'output_audio_buffer.started', response_id: response },
    { type: 'conversation.item.added', previous_item_id: previous, item: { id: item, type: 'message', role: 'assistant', content: [] } },
    { type: 'response.output_audio_transcript.done', response_id: response, item_id: item, transcript },
  ];
}

const path = ({ id }) => `/api/sessions/${id}/feedback`;

export const standing = async (talk) => (await talk.who.call(path(talk))).body;
export const again = (talk) => talk.who.call(path(talk), { method: 'POST', body: {} });
export const object = (talk, criterion, why) =>
  talk.who.call(`/api/sessions/${talk.id}/objection`, { method: 'POST', body: { criterion, why } });

export const becomes = (talk, state) => until(async () => {
  const now = await standing(talk);
  return now.state === state && now;
}, `the report of ${talk.who.id} is ${state}`, 20_000);

/** What is to be done by a Room and when; by an empty one nothing. */
export async function dueOf({ room }) {
  const tables = await room('rows', { sql: "select 1 from sqlite_schema where name = 'due'" });
  return tables.length === 0 ? [] : room('rows', { sql: 'select what, at from due' });
}

/** What the Room is to do later it does now. What is being done meanwhile would be done once more. */
export const hasten = (talk) => talk.room('hasten', { by: HASTE_MS });

/** The same where the report waits for the alarm. While that rings none is set. */
export async function nudge(house, talk) {
  const about = (await dueOf(talk)).filter(({ what }) => what === 'archive' || what === 'score');
  const [{ now }, { at }] = [await house.drive('effects'), await talk.room('alarm')];
  if (about.length > 0 && at !== null && at > now) await hasten(talk);
}

/**
 * It ends, and once nothing else is to be done nobody waits for words that may still be on their way. `before` comes
 * before the archive.
 */
export async function ended(talk, before = () => {}) {
  await talk.post('end');
  const first = ({ what }) => ['settle', 'hang_up', 'tick'].includes(what);
  await until(async () => !(await dueOf(talk)).some(first), 'it is over for OpenAI too');
  await before();
  await hasten(talk);
  return talk;
}

/** How a report stands in D1, after a try that has failed and before the next. */
export const failedOnce = (house, { id, who }) => until(async () => {
  const [row] = await house.d1('select state, failure, tries from feedback where session = ?', id);
  return row?.state === 'waiting' && row;
}, `a try for ${who.id} has failed`, 20_000);

/** The Room has made all its tries. */
export const failed = (house, talk) => until(async () => {
  const now = await standing(talk);
  if (now.state === 'waiting') await nudge(house, talk);
  return now.state === 'failed' && now;
}, `the report of ${talk.who.id} has failed`, 20_000);

/** As OpenAI knows a person. */
export const nameAtOpenai = ({ id }) => createHash('sha256').update(`openai:${id}`).digest('base64').replace(/=+$/, '');

/** What was asked about this person, each with the words of the input. */
export function questionsAbout(sim, who) {
  const theirs = sim.openaiResponses().filter(({ body }) => body.safety_identifier === nameAtOpenai(who));
  return theirs.map((one) => ({ ...one, words: one.body.input[0].content[0].text }));
}

/** A model's answer: a grade of each criterion on the quotes that are given for it. */
export function answer(criteria, evidence, more = {}) {
  const scores = criteria.map((criterion, n) => ({ criterion, grade: 4, why: 'It shows.', evidence: [evidence[n] ?? []].flat() }));
  return {
    next_step: { text: 'Go on like this.', line: null, quote: null }, scores, strengths: [], improvements: [], better_answer: null,
    ...more,
  };
}

/** Letters that no test says and nobody is called, to know an interview by in what a model reads. */
export const markOf = (number) => `vacancy-${[...String(number)].map((digit) => 'bcdfghjklm'[digit]).join('')}x`;

/** Every quotation of a report. */
export const quotesOf = ({ nextStep, scores, strengths, improvements }) =>
  [nextStep, ...strengths, ...improvements].flatMap((one) => one?.quote ?? []).concat(scores.flatMap(({ quotes }) => quotes));

const REASONS = ['too_short', 'no_evidence', 'not_found', 'not_yours', 'no_answer'];

/** What is true of each report: nothing in it is said to be the person's that is not, and no grade stands on nothing. */
export function checkReport(report, lines) {
  for (const quote of quotesOf(report)) checkQuote(quote, lines);
  for (const { criterion, grade, anchor, reason, quotes } of report.scores) {
    const shown = JSON.stringify([criterion, grade, reason, quotes]);
    assert.equal(grade === null, REASONS.includes(reason), shown);
    assert.deepEqual([anchor === null, quotes.length === 0], [grade === null, grade === null], shown);
    assert.ok(grade === null || (Number.isInteger(grade) && grade >= 1 && grade <= 5 && quotes.length <= 3), shown);
  }
  assert.ok(report.strengths.length <= 3 && report.improvements.length <= 3);
  assert.ok(report.strengths.every(({ quote }) => quote !== null), 'praise stands on words');
  const { better } = report;
  if (better) assert.deepEqual([lines[better.line].speaker, lines[better.line].text], ['interviewer', better.question]);
}

/** Four words or twenty characters of one line of theirs. Compatible characters of Unicode are one. */
function checkQuote({ line, text, atMs }, lines) {
  const found = lines.find(({ number }) => number === line);
  assert.ok(found, `line ${line} is there`);
  assert.deepEqual([found.speaker, found.mark === 'withdrawn', found.atMs], ['person', false, atMs], text);
  assert.ok(found.text.normalize('NFKC').includes(text.normalize('NFKC')), `"${text}" is in "${found.text}"`);
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  assert.ok(words.length >= 4 || [...text].length >= 20, `"${text}" is long enough`);
}

export async function checked(talk) {
  const { report } = await becomes(talk, 'scored');
  checkReport(report, (await talk.lines()).lines);
  return report;
}
