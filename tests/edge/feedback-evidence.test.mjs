// What a model quotes, whatever it makes up and however people write: nothing is shown that was not said.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GENERAL, answer, becomes, checkReport, checked, ended, houseOfTold, markOf, questionsAbout, standing, told } from './feedback.mjs';

const house = await houseOfTold();
const { sim } = house;
let count = 0;

/** A whole interview, of whose report the model's answer is this. */
async function judged(name, said, next = {}, wish = {}) {
  count += 1;
  const mark = markOf(count);
  const who = await house.person(name);
  sim.openaiNext({ next: [{ schema: 'interview_feedback', containing: mark, ...next }] });
  const talk = await ended(await told(who, said, { jobDescription: mark, ...wish }));
  return { who, talk, report: await checked(talk) };
}

const GREETING = 'Hello and welcome to this practice interview. What brought you to this kind of work?';
const QUESTION = 'Thank you. Tell me about a hard problem that you solved recently, please.';
const SAID = [
  GREETING, 'I started out in support and moved towards building things, because I liked fixing the causes.',
  QUESTION, "We had a service that failed every night. I didn't guess, I measured first and found a full queue.",
  'And what would you do differently today, if you could?', 'I would write down both risks earlier, and ask for comments.',
];

test('a model that invents: what it made up is not shown, and the grade on it is empty', async () => {
  const { report, who } = await judged('inventor', SAID, { invent: true });
  const [{ answer: given }] = questionsAbout(sim, who);
  const cited = JSON.parse(given.output.at(-1).content[0].text).scores.map(({ evidence: [{ quote }] }) => quote);
  assert.deepEqual(report.scores.map(({ grade, reason }) => [grade, reason]), [
    [4, null], [null, 'not_found'], [null, 'not_yours'], [null, 'not_found'], [4, null],
  ]);
  const [{ quotes: [true_] }, , , , { quotes: [disguised] }] = report.scores;
  assert.equal(true_.text, cited[0]);
  assert.equal(disguised.text, SAID[5], 'as the person wrote it');
  const shown = JSON.stringify({ ...report, better: null });
  for (const quote of cited.slice(1)) assert.ok(!shown.includes(quote), quote);
  assert.deepEqual(report.scores.filter(({ why }) => why === null).length, 3, 'nor is what was said of it');
  assert.deepEqual(report.strengths.map(({ quote }) => quote.text), [cited[0]]);
  assert.deepEqual(report.improvements.map(({ quote }) => quote.text), [SAID[5]]);
  assert.equal(report.nextStep.quote.text, SAID[5], 'advice that has words');
});

test('an answer that says nothing earns no praise', async () => {
  const nothing = "I really don't know what to say to that.";
  const own = (line, quote) => ({ line, quote });
  const output = answer(GENERAL, [own(3, nothing), own(1, SAID[1]), own(3, "don't know"), own(1, 'fixing causes'), []], {
    strengths: [{ text: 'You are honest.', line: 3, quote: nothing }, { text: 'You say why.', line: 1, quote: SAID[1] }],
    improvements: [{ text: 'Prepare an example.', line: 3, quote: nothing }],
  });
  const { report } = await judged('clueless', [GREETING, SAID[1], QUESTION, nothing], { output });
  assert.deepEqual(report.scores.map(({ grade, reason }) => [grade, reason]), [
    [null, 'no_answer'], [4, null], [null, 'no_answer'], [null, 'too_short'], [null, 'no_evidence'],
  ]);
  assert.deepEqual([report.strengths.map(({ text }) => text), report.improvements], [['You say why.'], []]);
});

test('an answer that does not keep to its form shows nothing it should not', async () => {
  const line = { line: 1, quote: SAID[1] };
  const wrong = answer(GENERAL, [line, line, line, line, line]);
  Object.assign(wrong.scores[0], { grade: 6 });
  Object.assign(wrong.scores[1], { grade: 0 });
  Object.assign(wrong.scores[2], { grade: '5' });
  Object.assign(wrong.scores[3], { criterion: 'charm' });
  Object.assign(wrong.scores[4], { evidence: [{ line: 99, quote: SAID[1] }, { line: -1, quote: SAID[1] }, { quote: 7 }, null] });
  Object.assign(wrong, {
    next_step: null, strengths: Array(9).fill({ text: 'Good.', ...line }), improvements: 'none',
    better_answer: { question_line: 1, answer: 'x' },
  });
  const { report } = await judged('formless', SAID, { output: wrong });
  assert.deepEqual(report.scores.map(({ grade, reason }) => [grade, reason]), [
    [null, 'no_evidence'], [null, 'no_evidence'], [null, 'no_evidence'], [null, 'no_evidence'], [4, null],
  ]);
  assert.equal(report.scores[4].quotes[0].line, 1, 'where it was said');
  assert.deepEqual([report.better, report.improvements, report.strengths.length, report.nextStep], [null, [], 3, null]);
});

const TOO_SHORT = {
  silent: [], greeted: [GREETING], curt: [GREETING, 'Yes.', QUESTION, 'No.'], fine: [GREETING, 'Fine.'],
  unsure: [GREETING, 'I don\'t know.', QUESTION, 'No idea, sorry.'], humming: [GREETING, 'Um, uh, well, um.'],
  dotted: [GREETING, '… ?! … 👍'],
};

test('of too little nothing is asked and nothing is judged', async () => {
  await Promise.all(Object.entries(TOO_SHORT).map(async ([name, said]) => {
    const talk = await ended(await told(await house.person(name), said));
    const { counts, report, state } = await becomes(talk, 'scored');
    assert.deepEqual([state, report.tooShort, questionsAbout(sim, talk.who).length], ['scored', true, 0], name);
    const { kind, service, model, prompt } = report.evaluatedBy;
    assert.deepEqual([kind, service, model, prompt], ['rules', null, null, null], name);
    assert.deepEqual(report.scores.map(({ criterion, grade, reason }) => [criterion, grade, reason]),
      GENERAL.map((criterion) => [criterion, null, 'too_short']), name);
    assert.deepEqual([report.nextStep, report.strengths, report.improvements, report.better], [null, [], [], null], name);
    assert.equal(counts.answers, name === 'curt' || name === 'unsure' ? 2 : counts.answers, name);
    assert.equal((await standing(talk)).triesLeft, 9, name);
    checkReport(report, (await talk.lines()).lines);
  }));
});

const nfd = (text) => text.normalize('NFD');
const WIDE = 'Ｗｅ ｍｅａｓｕｒｅｄ ｔｈｅ ｑｕｅｕｅ ｆｉｒｓｔ';
/** What was said, what of it is quoted, and how that is written by whoever quotes. */
const WRITTEN = {
  arabic: ['عملت خمس سنوات في فريق الدعم ثم انتقلت إلى تطوير البرامج.', 'خمس سنوات في فريق الدعم', '\u200fخمس سنوات في فريق الدعم\u200f'],
  hebrew: ['מדדתי קודם את התור המלא, ואז קבעתי לו גבול.', 'מדדתי קודם את התור המלא', '”מדדתי קודם את התור המלא”'],
  japanese: ['最初に測定して、待ち行列がいっぱいだと分かり、それから上限を決めました。', '待ち行列がいっぱいだと分かり、それから上限を決めました', null],
  chinese: ['我先测量了系统，发现队列已经满了，然后给它设置了一个上限，从此再也没有停过。', '发现队列已经满了，然后给它设置了一个上限，从此再也没有停过', null],
  korean: [nfd('저는 먼저 대기열을 측정하고 한도를 정했습니다.'), nfd('먼저 대기열을 측정하고 한도를'), '먼저 대기열을 측정하고 한도를'],
  emoji: [
    'I shipped it 🚀 with my 👩‍💻 team in a week 🎉 and slept well.',
    '🚀 with my 👩‍💻 team in a week 🎉', '🚀 with my 👩‍💻 team in a week 🎉',
  ],
  apart: [
    nfd('Ich prüfte die Größe des Überlaufs und änderte die Prüfung.'),
    nfd('prüfte die Größe des Überlaufs'), 'prüfte die Größe des Überlaufs',
  ],
  together: ['Après l’échec, j’ai réécrit la procédure.', 'j’ai réécrit la procédure', nfd("J'ai réécrit la procédure")],
  wide: [`${WIDE} and then gave it a limit.`, WIDE, 'We measured the queue first'],
  hindi: ['मैंने पहले कतार को मापा और फिर उसकी सीमा तय की।', 'पहले कतार को मापा और फिर', null],
  greek: ['Μέτρησα πρώτα τους χρόνους και μετά άλλαξα τους κανόνες.', 'πρώτα τους χρόνους και μετά', 'ΠΡΏΤΑ ΤΟΥΣ ΧΡΌΝΟΥΣ ΚΑΙ ΜΕΤΆ'],
  elsewhere: [
    'We wrote “no more than ten”—and kept to it for a year.',
    'no more than ten”—and kept to it', 'No more than ten"—and kept  to it',
  ],
};

test('whatever is written in another alphabet is found, and shown as it was said', async () => {
  await Promise.all(Object.entries(WRITTEN).map(async ([name, [said, part, quoted]]) => {
    const true_ = { line: 1, quote: quoted ?? part };
    const invented = { line: 1, quote: [...(quoted ?? part)].reverse().join('') };
    const interviewers = { line: 0, quote: part };
    const [other] = Object.entries(WRITTEN).find(([one]) => one !== name)[1];
    const { report } = await judged(name, [`Sie sagten: ${part}?`, said], {
      output: answer(GENERAL, [true_, invented, { line: 1, quote: other }, [invented, true_], interviewers]),
    });
    const [found, turned, foreign, second, nearest] = report.scores;
    assert.deepEqual([found.grade, found.quotes[0].text], [4, part.normalize('NFKC')], name);
    assert.deepEqual([turned.reason, foreign.reason], ['not_found', 'not_found'], name);
    assert.deepEqual([second.quotes, nearest.quotes], [found.quotes, found.quotes], `${name}: the person said it too`);
  }));
});
