// What the report, its replay and its receipt are made of, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COUNTS, LINES, PENDING, REPORT, SCORED, SESSION, SHORT, SIGNED } from './report-told.mjs';
import { GRADE_HEIGHT, GRADE_WIDTH, reachedPath, restPath } from '../../static/app/report/grade.js';
import { SPEEDS, createPlayer } from '../../static/app/report/player.js';
import { findWords, lineOf } from '../../static/app/report/quotes.js';
import { factsOf, fingerprint, receiptIn } from '../../static/app/report/receipt.js';
import { reportText } from '../../static/app/report/text.js';
import { besideAt, cutsOf, gapsText, lengthOf, marksText, pausesOf, placeText, spanAt, spansOf } from '../../static/app/report/timeline.js';
import { isPending, watch } from '../../static/app/report/watch.js';
import {
  changeText, countsOf, emptyText, failureNext, failureText, gradeText, interruptionText, makingText, objectionFault, openingOf, wordShares,
  writtenBy,
} from '../../static/app/report/words.js';
import { readable } from '../../static/app/talk.js';

const found = (text, quote) => {
  const place = findWords(text, quote);
  return place && text.slice(place.from, place.to);
};

test('quoted words are found as they were said: case, spaces, marks and forms of a letter make no difference', () => {
  assert.equal(found('I stopped  the Move\nfor a day.', 'stopped the move for'), 'stopped  the Move\nfor');
  assert.equal(found('She said “don’t” – twice.', 'said "don\'t" - twice'), 'said “don’t” – twice');
  assert.equal(found('Cafe\u0301 au lait', 'CAF\u00c9 au'), 'Cafe\u0301 au');
  assert.equal(found('Der ﬁnale Schritt…', 'finale schritt...'), 'ﬁnale Schritt…');
  assert.equal(found('  leading', ' leading '), 'leading');
  assert.equal(found('İstanbul and on', 'and on'), 'and on');
  for (const [text, quote] of [['one two', 'two one'], ['one', ''], ['', 'one'], ['one', '   ']]) assert.equal(found(text, quote), null);
  assert.equal(lineOf(LINES, 3).number, 3);
  assert.equal(lineOf(null, 3), null);
});

const spans = spansOf(LINES);

test('the times of a talk: who is heard when, pauses between them, and where somebody was cut off', () => {
  assert.equal(lengthOf(spans), 118_000);
  assert.deepEqual(pausesOf(spans), [{ from: 71_000, to: 74_000 }, { from: 84_000, to: 92_000 }]);
  assert.deepEqual(cutsOf(spans), [33_000]);
  assert.equal(spanAt(spans, 31_000).number, 1, 'in a pause the last one stays');
  assert.equal(spanAt(spans, -1), null);
  assert.deepEqual([besideAt(spans, 12_000, 1), besideAt(spans, 12_000, -1), besideAt(spans, 0, -1), besideAt(spans, 117_000, 1)],
    [31_500, 0, 0, 92_000]);
  assert.deepEqual(marksText({ pauses: pausesOf(spans), cuts: cutsOf(spans) }), { pauses: '2 pauses', cuts: '1 interruption' });
  assert.deepEqual(marksText({ pauses: [], cuts: [] }), { pauses: null, cuts: null });
  const gap = { kind: 'away', atMs: 85_000, endMs: 90_000 };
  assert.deepEqual(pausesOf(spans, [gap]), [{ from: 71_000, to: 74_000 }], 'nobody was silent while the connection was away');
  assert.deepEqual([gapsText([gap]), gapsText([gap, gap]), gapsText([])], ['1 gap', '2 gaps', null]);
});

test('a place in the talk is read out with its time and who speaks', () => {
  assert.equal(placeText(spans, 12_000), '0:12 of 1:58, you speak');
  assert.equal(placeText(spans, 1000), '0:01 of 1:58, the AI interviewer speaks');
  assert.equal(placeText(spans, 88_000), '1:28 of 1:58, a pause');
  assert.equal(placeText(spans, 75_000), '1:15 of 1:58, you typed last');
  assert.equal(placeText(spansOf(LINES.slice(1)), 5000), '0:05 of 1:58, nobody speaks yet');
  assert.equal(besideAt([], 0, 1), 0);
});

/** A player whose frames come when a test says so. */
function played(totalMs) {
  const frames = [];
  let tells = 0;
  let at = 0;
  const player = createPlayer({ totalMs, tell: () => { tells += 1; }, frame: (tick) => frames.push(tick), now: () => at });
  const pass = (ms) => {
    at += ms;
    frames.splice(0).forEach((tick) => tick(at));
  };
  return { player, pass, frames, tells: () => tells };
}

test('the replay runs true to time, twice or four times as fast, rests, and begins anew after its end', () => {
  const { player, pass, frames, tells } = played(10_000);
  player.play();
  player.play();
  assert.equal(frames.length, 1, 'playing twice is playing once');
  for (let i = 0; i < 10; i += 1) pass(100);
  assert.equal(player.atMs, 1000);
  player.setSpeed(SPEEDS.at(-1));
  pass(100);
  assert.equal(player.atMs, 1400);
  pass(60_000);
  assert.equal(player.atMs, 2400, 'a page that was away goes on where it was');
  player.pause();
  const before = tells();
  pass(100);
  assert.deepEqual([player.atMs, tells()], [2400, before], 'nothing moves at rest');
  player.seek(9990);
  player.play();
  pass(100);
  assert.deepEqual([player.atMs, player.playing, player.over], [10_000, false, true]);
  player.play();
  assert.deepEqual([player.atMs, player.playing], [0, true]);
  player.seek(-5);
  assert.equal(player.atMs, 0);
  const silent = played(0);
  silent.player.play();
  assert.equal(silent.player.playing, false);
});

test('a grade is a line that swings as far as it reaches and lies flat from there; no grade is all flat', () => {
  const end = (path) => Number(/([\d.]+) [\d.]+$/.exec(path)[1]);
  assert.deepEqual([1, 3, 5].map((grade) => end(reachedPath(grade, 5))), [40, 120, 200]);
  assert.equal(restPath(3, 5), `M120 ${GRADE_HEIGHT / 2}H${GRADE_WIDTH}`);
  assert.equal(restPath(5, 5), '');
  assert.deepEqual([reachedPath(null, 5), restPath(null, 5)], ['', `M0 ${GRADE_HEIGHT / 2}H${GRADE_WIDTH}`]);
});

test('it is asked after 1, 2, 3 and 5 seconds and then every 5, until it is over; a lost answer is asked for again', async () => {
  const waits = [];
  const heard = [];
  const answers = [PENDING, PENDING, Object.assign(new Error('lost'), { status: 0 }), PENDING, PENDING, PENDING, SCORED];
  const ask = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const sleep = async (ms) => { waits.push(ms); };
  await watch({ ask, tell: ({ state }) => heard.push(state), lose: ({ message }) => heard.push(message), isWanted: () => true, sleep });
  assert.deepEqual(waits, [1000, 2000, 3000, 5000, 5000, 5000]);
  assert.deepEqual(heard, ['scoring', 'scoring', 'lost', 'scoring', 'scoring', 'scoring', 'scored']);
  const pending = ['open', 'waiting', 'scoring', 'scored', 'failed'].filter((state) => isPending({ state }));
  assert.deepEqual(pending, ['open', 'waiting', 'scoring']);
});

test('nothing is asked once nobody wants it, nor after a refusal', async () => {
  let asked = 0;
  const lost = [];
  const refuse = async () => { asked += 1; throw Object.assign(new Error('gone'), { status: 404 }); };
  const tell = () => assert.fail('nobody is there');
  await watch({ ask: refuse, tell, lose: ({ status }) => lost.push(status), isWanted: () => true, sleep: async () => {} });
  assert.deepEqual([asked, lost], [1, [404]]);
  let wanted = true;
  await watch({ ask: async () => { wanted = false; return SCORED; }, tell, lose: tell, isWanted: () => wanted, sleep: async () => {} });
});

test('each failure, each reason and each state has its words', () => {
  const failures = ['unreachable', 'busy', 'refused', 'cut_off', 'unreadable', 'not_set_up'];
  assert.equal(new Set(failures.map(failureText)).size, failures.length);
  const reasons = ['too_short', 'no_evidence', 'not_found', 'not_yours', 'no_answer'];
  assert.equal(new Set(reasons.map(emptyText)).size, reasons.length);
  for (const text of [...failures, null, 'constructor'].map(failureText).concat([...reasons, null, 'constructor'].map(emptyText))) {
    assert.match(text, /^[A-Z][^_]*\.$/);
  }
  assert.match(failureNext({ failure: 'busy', triesLeft: 2 }), /2 more times/);
  assert.match(failureNext({ failure: 'busy', triesLeft: 1 }), /once more/);
  assert.match(failureNext({ failure: 'busy', triesLeft: 0 }), /write to us/);
  assert.match(failureNext({ failure: 'not_set_up', triesLeft: 9 }), /Whoever runs the site/);
  assert.notEqual(makingText('waiting')[0], makingText('scoring')[0]);
  assert.equal(makingText('open'), makingText('waiting'), 'its end is not written down yet');
  assert.match(makingText('waiting', COUNTS)[0], /another try/, 'between two tries');
  assert.match(failureText(null), /No try/, 'it may be that there was none');
});

test('a change is told aloud once, and what was there from the start is not', () => {
  assert.equal(changeText(null, SCORED), null);
  assert.equal(changeText(PENDING, PENDING), null);
  assert.equal(changeText(PENDING, SCORED), 'Your feedback is here.');
  assert.match(changeText(PENDING, { ...PENDING, state: 'failed', failure: 'busy' }), /too busy.*costs nothing/);
  assert.equal(changeText({ ...PENDING, state: 'waiting' }, PENDING), 'Your feedback is being written.');
});

test('the report opens with the one thing, or says why there is none; an empty score is no zero', () => {
  assert.deepEqual(openingOf(REPORT), ['Say the result first, then how you got there.', null]);
  assert.match(openingOf(SHORT.report)[0], /too little/);
  assert.match(openingOf({ ...REPORT, nextStep: null })[0], /No single next step/);
  assert.deepEqual(REPORT.scores.slice(2, 4).map(gradeText), ['4 of 5', 'No score']);
  assert.deepEqual(writtenBy(REPORT.evaluatedBy), ['gpt-6-luna, OpenAI', 'rubric coach-1', 'prompt coach-1']);
  assert.deepEqual(writtenBy(SHORT.report.evaluatedBy), ['rubric coach-1']);
});

test('an objection has 3 to 500 characters, counted as the server counts them', () => {
  for (const why of ['abc', '  abc  ', '🙂🙂🙂', 'x'.repeat(500)]) assert.equal(objectionFault(why), null, why);
  for (const why of ['', '  ab  ', 'e\u0301e\u0301']) assert.match(objectionFault(why), /few words/);
  assert.match(objectionFault('x'.repeat(501)), /501 characters/);
});

test('what was counted is told in plain words, and what was not measured says so', () => {
  const timeOf = (number) => LINES.find((line) => line.number === number)?.atMs ?? null;
  const facts = countsOf(COUNTS, timeOf);
  assert.deepEqual(facts.map(({ figure }) => figure), ['21', '26 s', '6', '1.4 s', '1']);
  assert.deepEqual(facts[0].longest, { line: 9, text: '1:32' });
  assert.equal(facts[2].means, '“um” 4, “you know” 2');
  const silent = countsOf({
    ...COUNTS, answers: 0, answerWords: null, answerSeconds: null, pauses: null, fillers: { count: 0, words: [] },
    interruptions: { byYou: 0, of: 0 },
  }, timeOf);
  assert.deepEqual(silent.map(({ name, figure }) => `${name} ${figure}`),
    ['Filler words 0', 'Thinking before an answer Not known', 'Interruptions 0']);
  assert.match(interruptionText({ byYou: 2, of: 12 }), /^2 of the 12 lines of the interviewer were cut off/);
  assert.equal(countsOf(COUNTS, () => null)[0].longest, null, 'a line that is not there is not pointed at');
  const shares = [[512, 300], [1, 2], [0, 0]].map(([you, interviewer]) => wordShares({ you, interviewer }));
  assert.deepEqual(shares, [{ you: 63, interviewer: 37 }, { you: 33, interviewer: 67 }, { you: 0, interviewer: 0 }]);
});

const ADDRESS = 'https://vocahire.example/sessions/ses_1';
const textOf = (feedback) =>
  reportText({ session: SESSION, lines: readable(LINES), feedback, address: ADDRESS, locale: 'en', timeZone: 'UTC' });

test('the report as text holds all of it, in lines that fit, with who wrote it', () => {
  const objections = [{ criterion: 'motivation', why: 'I said why in the first answer.', at: '2026-11-19T18:40:00.000Z' }];
  const text = textOf({ ...SCORED, objections });
  for (const words of ['Product manager\nNorthwind · Nov 19, 2026', 'Work on this next\n-----------------\nSay the result first',
    '    > “Nobody missed an appointment.” (1:14)', 'Structure: 2 of 5', 'Motivation: No score\n  This score is empty: no sentence',
    'You disagree: I said why in the first answer.', 'What went well', 'What to improve', 'A better answer', 'Counted by us, without AI',
    '- Words: you 63 %, the interviewer 37 %', 'Written by AI, its quotations checked against the transcript: gpt-6-luna,', ADDRESS]) {
    assert.ok(text.replaceAll('\u202f', ' ').includes(words), `${words}\n---\n${text}`);
  }
  assert.ok(text.split('\n').every((line) => line.length <= 78), text);
  assert.match(text, /[^\n]\n$/);
  assert.doesNotMatch(text, /undefined|null|\[object/);
});

test('a report without a model and without counts is text too', () => {
  const text = textOf({ ...SHORT, counts: null });
  assert.match(text, /There was too little to judge\./);
  assert.match(text, /No AI was asked: rubric coach-1;/);
  assert.doesNotMatch(text, /What went well|Counted by us|undefined|null/);
});

test('a receipt is found in what was pasted: itself, its link, or one that a mail has broken', () => {
  assert.equal(receiptIn('  a.b \n'), 'a.b');
  assert.equal(receiptIn('https://vocahire.example/verify#a.b'), 'a.b');
  assert.equal(receiptIn('https://vocahire.example/verify#ab\ncd.e\r\nf'), 'abcd.ef');
  assert.equal(receiptIn('#a%2Eb'), 'a.b');
  assert.equal(receiptIn('#100%'), '100%');
  assert.equal(receiptIn('#'), '');
});

test('what a receipt proves is told of somebody else, and nothing is told that was not signed', () => {
  const told = Object.fromEntries(factsOf(SIGNED, 'en', 'UTC').map(({ name, value }) => [name, value.replace('\u202f', ' ')]));
  assert.deepEqual([told.Began, told.Heard, told['How it ended'], told.Charged, told['Scored by']],
    ['Nov 19, 2026, 6:02 PM', '18 min 54 s', 'The person ended it', '0.63 VocahireCredits', 'Rubric coach-1']);
  const bare = factsOf({ ...SIGNED, rubric: null, rubricHash: null, charged: '0.00', endedAt: null, ending: 'toString' }, 'en', 'UTC');
  const texts = bare.map(({ value }) => value);
  for (const words of ['Not scored', 'Nothing', 'not known', 'It is over']) assert.ok(texts.includes(words), words);
  assert.equal(bare.some(({ name }) => name === 'Fingerprint of the rubric'), false);
});

test('the fingerprint of a file is its SHA-256', async () => {
  const bytes = new TextEncoder().encode('abc').buffer;
  assert.equal(await fingerprint(bytes), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
