// What can become of the question to a model. Whatever it is: the page is told in a word, the balance is as it was, and
// the next try is made anew.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { again, checked, ended, failed, failedOnce, hasten, houseOfTold, markOf, questionsAbout, standing, told } from './feedback.mjs';
import { until } from './until.mjs';

const MIB = 1024 * 1024;
const LIMIT_MS = 120_000;
const TOKENS = [8000, 16_000, 24_000];
const MOST_TRIES = 12;
const LANES = 6;
const SAID = [
  'Hello and welcome. What brought you to this kind of work?',
  'I started out in support and moved towards building things, because I liked fixing the causes.',
];
const house = await houseOfTold();
const { sim } = house;
let count = 0;

/** An interview of whose questions the next `times` are answered so. */
async function begun(name, how, { at = house, times = 1 } = {}) {
  count += 1;
  const mark = markOf(count);
  const who = await at.person(name);
  at.sim.openaiNext({ next: [{ containing: mark, times, ...how }] });
  return told(who, SAID, { jobDescription: mark });
}

const FAULTS = {
  'a refusal': [{ refusal: 'I will not judge that.' }, 'refused'],
  'an answer that is held back': [{ incomplete: 'content_filter' }, 'refused'],
  'an answer without an end': [{ incomplete: 'max_output_tokens' }, 'cut_off'],
  'thinking without an end': [{ incomplete: 'max_output_tokens', empty: true }, 'cut_off'],
  'a failure on the way': [{ failed: { code: 'server_error', message: 'It broke.' } }, 'unreachable'],
  'too much on the way': [{ failed: { code: 'rate_limit_exceeded', message: 'Slow down.' } }, 'busy'],
  'no answer': [{ empty: true }, 'unreadable'],
  'an answer in prose': [{ output: 'A fine interview, I give it a five.' }, 'unreadable'],
  'JSON that is no report': [{ output: { verdict: 'fine' } }, 'unreadable'],
  'a list': [{ output: '[]' }, 'unreadable'],
  'a page of a proxy': [{ body: '<h1>Good gateway</h1>' }, 'unreadable'],
  'JSON cut in two': [{ body: '{"status":"comp' }, 'unreadable'],
  'an empty body': [{ body: '' }, 'unreadable'],
  'a Response without a status': [{ body: { object: 'response' } }, 'unreadable'],
  'a failure of theirs': [{ status: 500 }, 'unreachable'],
  'an overload': [{ code: 'server_is_overloaded' }, 'busy'],
  'too many requests': [{ status: 429 }, 'busy'],
  'no money left': [{ code: 'insufficient_quota' }, 'not_set_up'],
  'a wrong key': [{ status: 401 }, 'not_set_up'],
  'a redirect': [{ location: 'http://localhost:9/v1/responses' }, 'unreachable'],
  'a connection that breaks': [{ drop: true }, 'unreachable'],
  'an answer in halves': [{ halfClose: true }, 'unreachable'],
  'an answer of 2 MB': [{ bytes: 2 * MIB }, 'unreachable'],
};

test('whatever becomes of a question is told in a word, and asked again at no cost', { concurrency: LANES }, async (t) => {
  await Promise.all(Object.entries(FAULTS).map(([what, [how, word]], number) => t.test(what, async () => {
    const talk = await ended(await begun(`asker${number}x`, how));
    const before = await talk.who.money();
    const { failure, tries } = await failedOnce(house, talk);
    assert.deepEqual([failure, tries], [word, 1]);
    assert.equal((await again(talk)).status, 200);
    await checked(talk);
    assert.deepEqual(await talk.who.money(), before);
    assert.deepEqual(questionsAbout(sim, talk.who).map(({ body }) => body.max_output_tokens), TOKENS.slice(0, 2));
  })));
});

const WORDS = Object.values(Object.fromEntries(Object.values(FAULTS).map(([how, word]) => [word, [how, word]])));

test('after three tries the person sees what went wrong, and has them tried again', { concurrency: LANES }, async (t) => {
  await Promise.all(WORDS.map(([how, word], number) => t.test(word, async () => {
    const talk = await ended(await begun(`waiter${number}x`, how, { times: 3 }));
    const { counts, ...rest } = await failed(house, talk);
    assert.deepEqual(rest, { state: 'failed', failure: word, triesLeft: 9, report: null, objections: [] });
    assert.equal(counts.answers, 1, 'what we count ourselves is there');
    assert.deepEqual(questionsAbout(sim, talk.who).map(({ body }) => body.max_output_tokens), TOKENS, 'each try may say more');
    const { status, body } = await again(talk);
    assert.deepEqual([status, body.state, body.failure, body.triesLeft], [200, 'scored', null, 8]);
    await checked(talk);
  })));
});

test('what is cut off once is asked again by the Room, with more room for the answer', async () => {
  const talk = await ended(await begun('patient', { incomplete: 'max_output_tokens' }));
  await failedOnce(house, talk);
  await hasten(talk);
  await checked(talk);
  assert.deepEqual(questionsAbout(sim, talk.who).map(({ body }) => body.max_output_tokens), TOKENS.slice(0, 2));
  assert.equal((await standing(talk)).triesLeft, 9, 'by hand there was none');
});

test('a person has nine tries beside the Room\'s three', async () => {
  const talk = await ended(await begun('stubborn', { status: 500 }, { times: MOST_TRIES }));
  await failed(house, talk);
  for (let left = 8; left >= 0; left -= 1) {
    const { status, body } = await again(talk);
    assert.deepEqual([status, body.state, body.failure, body.triesLeft], [200, 'failed', 'unreachable', left]);
  }
  const refused = await again(talk);
  assert.deepEqual([refused.status, refused.code], [409, 'conflict']);
  assert.equal((await standing(talk)).triesLeft, 0);
  assert.equal(questionsAbout(sim, talk.who).length, MOST_TRIES);
});

test('while one asks nobody else does', async () => {
  const talk = await ended(await begun('doubled', { status: 500 }, { times: 3 }));
  await failed(house, talk);
  sim.openaiNext({ thinkMs: 500 });
  const first = again(talk);
  await until(() => questionsAbout(sim, talk.who).length === 4, 'the question is asked');
  const others = await Promise.all([again(talk), again(talk)]);
  sim.openaiNext({ thinkMs: 0 });
  for (const { status, body } of others) assert.deepEqual([status, body.state, body.report], [200, 'scoring', null]);
  assert.equal((await first).body.state, 'scored');
  assert.equal(questionsAbout(sim, talk.who).length, 4);
  const together = await ended(await begun('together', { status: 500 }, { times: 3 }));
  await failed(house, together);
  const atOnce = (ask) => Promise.all(Array.from({ length: 8 }, () => ask(together)));
  await atOnce(standing); // so many connections are open by then
  const answers = await atOnce(again);
  assert.ok(answers.every(({ status }) => status === 200 || status === 409));
  assert.equal(questionsAbout(sim, together.who).length, 4, 'eight at once are one');
  await checked(together);
});

test('a model that never answers is left after two minutes', async () => {
  const lonely = await houseOfTold();
  const talk = await ended(await begun('lonely', { hang: true }, { at: lonely, times: 2 }));
  const asked = () => questionsAbout(lonely.sim, talk.who).length;
  await until(() => asked() === 1, 'the question is asked');
  assert.deepEqual([(await standing(talk)).state, (await again(talk)).body.state], ['scoring', 'scoring']);
  await lonely.clock(LIMIT_MS);
  await failedOnce(lonely, talk);
  await hasten(talk);
  await until(() => asked() === 2, 'it is asked again');
  await lonely.clock(2 * LIMIT_MS);
  await failedOnce(lonely, talk);
  await hasten(talk);
  await checked(talk);
  assert.equal(asked(), 3);
});
