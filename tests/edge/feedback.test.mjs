// One interview that was heard, and all that comes of it: the report, what the person says to it, the curve, the receipt.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { GENERAL, again, becomes, checkReport, nameAtOpenai, object, questionsAbout, standing } from './feedback.mjs';
import { houseOfInterviews } from './interview.mjs';
import { until } from './until.mjs';

const SECRET = 'a-receipt-secret-of-these-tests-alone';
const MODEL = 'gpt-6.1-sol';
const settings = { ROOM_ARCHIVE_SECONDS: '1', RECEIPT_SECRET: SECRET, FEEDBACK_MODEL: MODEL };
const house = await houseOfInterviews(settings);
const { sim } = house;
const UNKNOWN = `ses_${'0'.repeat(32)}`;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HEX = /^[0-9a-f]{64}$/;

const ANSWERS = [
  'Um, I started out in support and moved towards building things, because I liked fixing the causes.',
  'We had a service that failed every night at two. I measured first, um, found a full queue, and gave it a limit of 200 records.',
  "We didn't agree about a release date, you know. I wrote down both risks and we chose together.",
];

const silences = (talk) => talk.call().events.filter(({ type }) => type === 'output_audio_buffer.stopped').length;
const receiptOf = (talk) => talk.who.call(`/api/sessions/${talk.id}/receipt`);
const verify = (receipt, at = house) => at.call('/api/receipts/verify', { method: 'POST', body: { receipt } });

const who = await house.person('listener');
const talk = await (await who.interview()).connected();

test('while it goes on there is no report, and nothing to try', async () => {
  assert.deepEqual(await standing(talk), {
    state: 'open', failure: null, triesLeft: 9, counts: null, report: null, objections: [],
  });
  const tried = await again(talk);
  assert.deepEqual([tried.status, tried.code], [409, 'conflict']);
  assert.deepEqual([(await receiptOf(talk)).status, (await object(talk, 'structure', 'I do not agree.')).status], [409, 404]);
});

test('what was said is judged, and everything that is shown was said', async () => {
  for (const [n, text] of ANSWERS.entries()) {
    await until(() => silences(talk) > n, `the interviewer has spoken ${n + 1} times`);
    await talk.says(text);
  }
  // And now over the interviewer's next question.
  await talk.until(() => talk.call().events.at(-1).type.endsWith('transcript.delta'), 'the interviewer speaks');
  await talk.says('May I add something?');
  await talk.post('end');
  const { counts, report, ...rest } = await becomes(talk, 'scored');
  assert.deepEqual(rest, { state: 'scored', failure: null, triesLeft: 9, objections: [] });
  const { lines } = await talk.lines();
  checkReport(report, lines);
  checkCounts(counts, lines);
  checkShape(report);
  const [{ body, answer }, ...more] = questionsAbout(sim, who);
  assert.deepEqual(more, [], 'one question');
  checkAgainst(report, body, answer);
  const tried = await again(talk);
  assert.deepEqual([tried.status, tried.code], [409, 'conflict'], 'it is scored');
});

function checkCounts(counts, lines) {
  const of = (speaker) => lines.filter((line) => line.speaker === speaker);
  const words = (some) => some.flatMap(({ text }) => text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? []).length;
  const interrupted = of('interviewer').filter(({ mark }) => mark === 'interrupted').length;
  assert.deepEqual(counts.words, { you: words(of('person')), interviewer: words(of('interviewer')) });
  assert.equal(counts.answers, 4);
  const { median, longest, longestLine } = counts.answerWords;
  assert.deepEqual([median, longest], [18, 26], 'of 5, 17, 18 and 26 words');
  assert.equal(lines[longestLine].text, ANSWERS[1]);
  assert.deepEqual(counts.fillers, { count: 3, words: [{ word: 'um', count: 2 }, { word: 'you know', count: 1 }] });
  assert.deepEqual(counts.interruptions, { byYou: interrupted, of: of('interviewer').length });
  assert.ok(interrupted >= 1);
  assert.equal(counts.pauses.known, 3, 'nobody waits for a silence whom they talk over');
  assert.equal(typeof counts.answerSeconds.longest, 'number');
}

/** By the contract, member for member. */
function checkShape(report) {
  assert.deepEqual(Object.keys(report).sort(), ['better', 'evaluatedBy', 'improvements', 'nextStep', 'scores', 'strengths', 'tooShort']);
  const { at, rubricHash, ...by } = report.evaluatedBy;
  assert.deepEqual(by, { kind: 'ai', service: 'OpenAI', model: MODEL, prompt: 'coach-1', rubric: 'coach-1' });
  assert.match(at, ISO);
  assert.match(rubricHash, HEX);
  assert.equal(report.tooShort, false);
  assert.deepEqual(report.scores.map(({ criterion }) => criterion), GENERAL);
  const members = ['about', 'anchor', 'criterion', 'grade', 'most', 'name', 'quotes', 'reason', 'why'];
  for (const score of report.scores) assert.deepEqual([Object.keys(score).sort(), score.most], [members, 5]);
  assert.ok(report.nextStep.text && report.nextStep.quote);
}

/** An honest model's answer is shown as it is. What it was asked is strict, kept nowhere, and names nobody. */
function checkAgainst(report, body, answer) {
  const { model, store, safety_identifier: person, text: { format } } = body;
  assert.deepEqual([model, store, person], [MODEL, false, nameAtOpenai(who)]);
  assert.ok(!JSON.stringify(body).includes(who.id));
  assert.deepEqual([format.type, format.name, format.strict], ['json_schema', 'interview_feedback', true]);
  const said = JSON.parse(answer.output.at(-1).content[0].text);
  for (const [n, { criterion, grade, anchor, why, quotes, name, about }] of report.scores.entries()) {
    const given = said.scores[n];
    assert.deepEqual([criterion, grade, why], [given.criterion, given.grade, given.why]);
    assert.deepEqual(quotes.map(({ line, text }) => [line, text]), given.evidence.map(({ line, quote }) => [line, quote]));
    assert.ok(body.instructions.includes(`${criterion} (${name}): ${about}`));
    if (grade !== null) assert.ok(body.instructions.includes(`\n${grade}: ${anchor}`));
  }
  assert.deepEqual(report.strengths.map(({ text, quote }) => [text, quote.text]), said.strengths.map(({ text, quote }) => [text, quote]));
  assert.deepEqual([report.better.line, report.better.answer], [said.better_answer.question_line, said.better_answer.answer]);
}

test('prompt, rubric and model are kept with it', async () => {
  const [kept] = await house.d1('select * from feedback where session = ?', talk.id);
  const [{ body }] = questionsAbout(sim, who);
  assert.deepEqual([kept.rubric, kept.model, kept.prompt, kept.tries, kept.person], ['coach-1', MODEL, body.instructions, 1, who.id]);
  const scores = await house.d1('select criterion, grade from feedback_scores where session = ? order by criterion', talk.id);
  const { report } = await standing(talk);
  const shown = report.scores.map(({ criterion, grade }) => ({ criterion, grade }));
  assert.deepEqual(scores, shown.sort((a, b) => (a.criterion < b.criterion ? -1 : 1)));
});

test('who disagrees with a grade says why, and it stands beside it', async () => {
  const said = await object(talk, 'structure', '  I told it in order. ');
  assert.equal(said.status, 200);
  assert.deepEqual(said.body.objections.map(({ criterion, why }) => [criterion, why]), [['structure', 'I told it in order.']]);
  assert.match(said.body.objections[0].at, ISO);
  assert.equal((await object(talk, 'specifics', '¡Não! '.repeat(80).trim())).status, 200);
  await object(talk, 'structure', 'Another reason.');
  const { objections } = await standing(talk);
  assert.deepEqual(objections.map(({ criterion }) => criterion).sort(), ['specifics', 'structure']);
  assert.equal(objections.find(({ criterion }) => criterion === 'structure').why, 'Another reason.');
  assert.equal((await object(talk, 'specifics', null)).body.objections.length, 1);
  assert.deepEqual((await object(talk, 'structure', null)).body.objections, []);
  assert.deepEqual((await object(talk, 'structure', null)).body.objections, [], 'twice');
});

test('an objection that is none', async () => {
  const path = `/api/sessions/${talk.id}/objection`;
  for (const [criterion, why] of [
    ['structure', 'no'], ['structure', '  a '], ['structure', 'x'.repeat(501)], ['structure', 7], ['structure'],
    ['structure', 'be\u0000ll'], [undefined, 'because'], [7, 'because'],
  ]) {
    const { status, code } = await who.call(path, { method: 'POST', body: { criterion, why } });
    assert.deepEqual([status, code], [400, 'bad_request'], JSON.stringify([criterion, why]));
  }
  assert.equal((await object(talk, 'ownership', 'Not a criterion of this one.')).status, 404);
  assert.equal((await who.call(path, { method: 'POST', body: [] })).status, 400);
  const headers = { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' };
  const words = await house.raw(path, { method: 'POST', body: '{', headers });
  assert.equal((await words.json()).code, 'bad_json');
  assert.deepEqual((await standing(talk)).objections, []);
});

test('nobody else learns that there is a report', async () => {
  const other = await house.person('neighbour');
  const objection = { criterion: 'structure', why: 'because' };
  const doors = [['GET', 'feedback'], ['POST', 'feedback', {}], ['POST', 'objection', objection], ['GET', 'receipt']];
  for (const [method, door, body] of doors) {
    const ask = async (id, asker) => {
      const { status, body: all } = await asker.call(`/api/sessions/${id}/${door}`, { method, body });
      return [status, { ...all, requestId: '' }];
    };
    const foreign = await ask(talk.id, other);
    assert.deepEqual([foreign[0], foreign[1].code], [404, 'not_found'], `${method} ${door}`);
    assert.deepEqual(foreign, await ask(UNKNOWN, other), `${method} ${door}`);
    assert.deepEqual(foreign, await ask(UNKNOWN, who), `${method} ${door}`);
    const nobody = await house.call(`/api/sessions/${talk.id}/${door}`, { method, body, token: talk.key });
    assert.equal(nobody.status, 401, 'a room key opens no report');
  }
  assert.deepEqual((await other.call('/api/progress')).body.sessions, []);
  assert.equal((await standing(talk)).state, 'scored');
});

test('the curve has each interview once, oldest first', async () => {
  const before = (await standing(talk)).report;
  const later = await (await who.interview({ focus: 'technical', level: 'senior' })).connected();
  await later.says('I built a queue with a limit, because the database was slower than the network.');
  await later.post('end');
  const { counts, report } = await becomes(later, 'scored');
  const { criteria, sessions } = (await who.call('/api/progress')).body;
  assert.deepEqual(criteria.map((one) => Object.keys(one).sort()), Array(14).fill(['about', 'criterion', 'name']));
  assert.deepEqual(sessions.map(({ id, focus, level, rubric }) => [id, focus, level, rubric]), [
    [talk.id, 'general', 'mid', 'coach-1'], [later.id, 'technical', 'senior', 'coach-1'],
  ]);
  const grades = ({ scores }) => Object.fromEntries(scores.map(({ criterion, grade }) => [criterion, grade]));
  assert.deepEqual(sessions.map(grades), [grades(before), grades(report)]);
  assert.deepEqual(sessions[1].counts, counts);
  assert.notEqual(report.evaluatedBy.rubricHash, before.evaluatedBy.rubricHash, 'another focus is judged by other words');
});

test('a receipt says in short what it was, and can be checked by anybody', async () => {
  const { status, body: { receipt, address, signed } } = await receiptOf(talk);
  assert.deepEqual([status, address], [200, `/verify#${receipt}`]);
  const record = (await talk.look()).body;
  const file = await who.call(`/api/sessions/${talk.id}/transcript?format=text`);
  const hash = (text) => createHash('sha256').update(text).digest('hex');
  const { report: { evaluatedBy } } = await standing(talk);
  const { issuedAt, ...rest } = signed;
  assert.match(issuedAt, ISO);
  assert.deepEqual(rest, {
    session: talk.id, person: hash(`receipt:${who.id}`), startedAt: record.startedAt, endedAt: record.endedAt,
    heardSeconds: record.heardSeconds, ending: record.ending, charged: record.charged, rubric: 'coach-1',
    rubricHash: evaluatedBy.rubricHash, transcriptHash: hash(file.text),
  });
  assert.deepEqual((await verify(receipt)).body, { valid: true, signed });
  assert.deepEqual((await verify(` ${receipt}\n`)).body, { valid: true, signed });
  assert.ok(!receipt.includes(who.id) && !Buffer.from(receipt, 'base64url').toString().includes(who.id));
});

test('a receipt with a byte changed is none', async () => {
  const { receipt } = (await receiptOf(talk)).body;
  const other = (letter) => (letter === 'A' ? 'B' : 'A');
  for (let at = 0; at < receipt.length; at += 37) {
    const changed = receipt.slice(0, at) + other(receipt[at]) + receipt.slice(at + 1);
    assert.deepEqual((await verify(changed)).body, { valid: false }, `byte ${at}`);
  }
  const [payload, signature] = receipt.split('.');
  const torn = ['', '.', payload, `${payload}.`, `.${signature}`, `${receipt}A`, `${receipt}.`, 'x'.repeat(5000), '{"valid":true}'];
  for (const wrong of torn) {
    assert.deepEqual((await verify(wrong)).body, { valid: false }, wrong.slice(0, 40));
  }
  for (const body of [{}, { receipt: 7 }, { receipt: null }, []]) {
    assert.equal((await house.call('/api/receipts/verify', { method: 'POST', body })).status, 400, JSON.stringify(body));
  }
});

test('an old secret checks what it has signed, and signs no more', async () => {
  const { receipt, signed } = (await receiptOf(talk)).body;
  const next = 'the-receipt-secret-that-comes-after-it';
  const lists = [`${next},${SECRET}`, next, ''];
  const [rotated, forgotten, bare] = await Promise.all(lists.map((list) => houseOfInterviews({ ...settings, RECEIPT_SECRET: list })));
  assert.deepEqual((await verify(receipt, rotated)).body, { valid: true, signed });
  assert.deepEqual((await verify(receipt, forgotten)).body, { valid: false });
  const short = await (await rotated.person('signer')).interview();
  await short.exchange();
  await short.post('end');
  await becomes(short, 'scored');
  const fresh = (await receiptOf(short)).body;
  assert.deepEqual((await verify(fresh.receipt, forgotten)).body, { valid: true, signed: fresh.signed });
  assert.deepEqual((await verify(fresh.receipt)).body, { valid: false }, 'it is none of the old one\'s');
  const { status, code } = await verify(receipt, bare);
  assert.deepEqual([status, code], [503, 'not_configured'], 'without a secret there are no receipts');
});
