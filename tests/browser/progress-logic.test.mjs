// Progress without a browser: what is joined and what is not, the sentence, the advice, the weeks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { timePath } from '../../static/app/line.js';
import { CHOICES } from '../../static/app/lobby/draft.js';
import { ADVICE, JUDGED, suggestion } from '../../static/app/progress/advice.js';
import {
  breaksOf, countCurves, fillersOf, focusesOf, gradeCurves, gradeLevel, reachOf, runsOf, shareOf, timeScale,
} from '../../static/app/progress/series.js';
import { changeWords, gradeText, headline, presentRubric, standOf } from '../../static/app/progress/standing.js';
import { practiceText, rowOf, weekLevels, weeksOf } from '../../static/app/progress/weeks.js';
import { CRITERIA, counts, session, seven } from './progress-told.mjs';

const curvesOf = (sessions) => gradeCurves(CRITERIA, sessions);
const told = (sessions) => headline(curvesOf(sessions), sessions);
const numbers = (runs) => runs.map((run) => run.map(({ value }) => value));
/** Interviews whose five grades are all the same number. */
const grades = (...all) => all.map((grade, n) => session(n, Array(5).fill(grade)));

test('a curve at uneven moments keeps within its height, and one point is a dot', () => {
  assert.equal(timePath([{ at: 0, level: 0 }, { at: 0.2, level: 1 }, { at: 1, level: 0.5 }], 100, 20),
    'M0 20C10 20 10 0 20 0C60 0 60 10 100 10');
  assert.equal(timePath([{ at: 0.5, level: 0.25 }], 100, 20), 'M50 15h0');
});

test('only grades of one version that follow each other are joined; an empty grade is a gap and no zero', () => {
  const curves = curvesOf(seven());
  const of = (key) => curves.find((curve) => curve.key === key).points;
  assert.deepEqual(curves.map(({ key }) => key), CRITERIA.map(({ criterion }) => criterion));
  assert.deepEqual(numbers(runsOf(of('structure'))), [[2, 2], [2, 2, 4, 4]], 'the technical one did not judge it: no gap');
  assert.deepEqual(numbers(runsOf(of('reflection'))), [[2, 3], [3, 3, 3]], 'a gap where no grade was given');
  assert.equal(of('reflection').filter(({ value }) => value === null).length, 1);
  assert.deepEqual(numbers(runsOf(of('depth'))), [[2]]);
  assert.equal(breaksOf(of('structure')).length, 1);
  assert.equal(breaksOf(of('depth')).length, 0);
  const [a, b, c] = of('structure');
  assert.deepEqual(breaksOf([a, b, c]), [(b.at + c.at) / 2]);
  assert.deepEqual(numbers(runsOf([{ ...a, value: null }, { ...b, value: null }])), []);
  const [mid, lead] = [session(0, [3, 3, 3, 3, 3]), session(1, [3, 3, 3, 3, 3], { level: 'lead' })];
  assert.equal(breaksOf(curvesOf([mid, lead])[0].points).length, 1, 'more is expected of somebody who leads');
});

test('an interview that is not scored has no point, and what was never judged has no curve', () => {
  assert.deepEqual(curvesOf([session(0, null)]), []);
  assert.deepEqual(curvesOf([session(0, [1, 2, 3, 4, null])]).map(({ key }) => key), JUDGED.general);
});

test('shares and fillers come from counts, joined over all versions, and say nothing of a few words', () => {
  assert.equal(shareOf(counts(300, 100, 3)), 0.75);
  assert.equal(fillersOf(counts(300, 100, 3)), 1);
  assert.equal(shareOf(counts(0, 100, 0)), 0);
  assert.equal(fillersOf(counts(0, 100, 0)), null);
  assert.equal(shareOf(counts(4, 3, 1)), null);
  const [share, fillers] = countCurves(seven());
  assert.deepEqual([share.points.length, runsOf(share.points).length, breaksOf(share.points).length], [7, 1, 0]);
  assert.ok(fillers.points[0].value > fillers.points[6].value);
  assert.deepEqual(countCurves([session(0, null, { counts: null })]), []);
});

test('all curves share one scale of time, and each point is reached from half way to the next', () => {
  const scale = timeScale(curvesOf(seven()));
  assert.deepEqual([scale.place(scale.from), scale.place(scale.to)], [0, 1]);
  assert.equal(timeScale(curvesOf(grades(3))).place(0), 0.5, 'one alone stands in the middle');
  const reach = reachOf([0.1, 0.3, 0.8]).map(({ left, width }) => [left.toFixed(2), (left + width).toFixed(2)]);
  assert.deepEqual(reach, [['0.00', '0.20'], ['0.20', '0.55'], ['0.55', '1.00']]);
  assert.deepEqual([1, 3, 5].map(gradeLevel), [0, 0.5, 1]);
  assert.deepEqual(focusesOf(seven()), ['general', 'technical']);
});

test('the newest grades are held against as many before them, of the present rubric alone', () => {
  const stand = (...all) => {
    const { now, before, span } = standOf(curvesOf(grades(...all))[0], 'coach-1 mid');
    return [now, before, span];
  };
  assert.deepEqual(stand(3), [3, null, 0]);
  assert.deepEqual(stand(3, 4), [4, 3, 1]);
  assert.deepEqual(stand(1, 3, 4), [4, 3, 1]);
  assert.deepEqual(stand(1, 2, 3, 4), [3.5, 1.5, 2]);
  assert.deepEqual(stand(5, 1, 1, 1, 2, 2, 2), [2, 1, 3]);
  assert.deepEqual(stand(3, null, 4), [4, 3, 1]);
  assert.deepEqual(stand(null), [null, null, 0]);
  assert.equal(standOf(curvesOf(grades(2, 2))[0], 'coach-2 mid').now, null);
  assert.equal(presentRubric(seven()), 'coach-1 mid');
  assert.equal(presentRubric([session(0, null)]), null);
});

test('a change wears its direction in words', () => {
  const words = (...all) => changeWords(standOf(curvesOf(grades(...all))[0], 'coach-1 mid'));
  assert.deepEqual([words(3), words(3, 4), words(4, 3), words(3, 3), words(2, 3, 3, 3)],
    ['', 'up from 3', 'down from 4', 'steady', 'up from 2.5']);
  assert.deepEqual([4, 3.5, 10 / 3].map(gradeText), ['4', '3.5', '3.3']);
});

test('the sentence says what moved, and what it rests on', () => {
  assert.deepEqual(told(seven()), {
    text: 'You are getting better at Structure, Relevance and two more.',
    basis: 'Compared are the last two grades of each criterion with as many before them.',
  });
  const two = (before, after) => told([session(0, before), session(1, before), session(2, after), session(3, after)]).text;
  assert.equal(two([3, 3, 3, 3, 3], [3, 4, 3, 3, 3]), 'You are getting better at Structure.');
  assert.equal(two([3, 3, 3, 3, 3], [4, 5, 3, 3, 3]), 'You are getting better at Structure and Relevance.', 'the farthest first');
  assert.equal(two([3, 3, 3, 3, 3], [2, 4, 3, 3, 3]), 'You are getting better at Structure; Relevance went down.');
  assert.equal(two([3, 3, 3, 3, 3], [2, 3, 3, 3, 3]), 'Relevance went down; the rest holds.');
  assert.equal(two([3, 3, 3, 3, 3], [2, 2, 1, 2, 2]), 'Specifics, Relevance and three more went down.');
  assert.equal(two([3, 3, 3, 3, 3], [3, 3, 3, 3, 3]), 'Your grades hold steady.');
});

test('two interviews are a first hint, and are called one', () => {
  const { text, basis } = told([session(0, [3, 3, 3, 3, 3]), session(1, [3, 4, 3, 3, 3])]);
  assert.equal(text, 'Last time you were better at Structure.');
  assert.match(basis, /a first hint, not yet a trend/);
  assert.equal(told(grades(3, 3)).text, 'Your last two gradings are much alike.');
  assert.equal(told([session(0, [3, 3, 3, 3, 3]), session(1, [3, 2, 3, 3, 3])]).text, 'Structure went down last time; the rest holds.');
});

test('with too little to compare the sentence says what is missing', () => {
  const check = (sessions, text, basis) => {
    assert.equal(told(sessions).text, text);
    assert.match(told(sessions).basis, basis);
  };
  check([session(0, null)], 'None of your interviews is scored yet.', /With two that are scored/);
  check(grades(3), 'One more graded interview, and this page can compare.', /So far one is graded/);
  check([session(0, [3, 3, 3, 3, 3], { rubric: 'coach-0' }), session(1, [4, 4, 4, 4, 4])],
    'One more graded interview, and this page can compare.', /grades by another cannot be compared/);
  check(grades(null, null), 'None of your interviews has a grade yet.', /Longer answers/);
  check([session(0, [3, 3, 3, 3, 3], { rubric: 'coach-0' }), session(1, [null, null, null, null, null])],
    'One more graded interview, and this page can compare.', /None is graded by the present rubric and level/);
  check([session(0, [3, null, null, null, null]), session(1, [null, 4, null, null, null])],
    'No criterion has two grades yet.', /^Two interviews are graded/);
});

test('a focus judges here what it judges on the server, under the same words', () => {
  const rubric = readFileSync(new URL('../../src/coach/rubric.rs', import.meta.url), 'utf8');
  const named = rubric.matchAll(/static ([A-Z]+): Criterion = Criterion \{\s+word: "(\w+)"/g);
  const words = Object.fromEntries([...named].map(([, name, word]) => [name, word]));
  const judged = [...rubric.matchAll(/Focus::(\w+) => \[([&A-Z, ]+)\]/g)].map(([, focus, list]) =>
    [focus.toLowerCase(), list.split(',').map((name) => words[name.replace(/[& ]/g, '')])]);
  assert.deepEqual(Object.fromEntries(judged), JUDGED);
});

test('every criterion has its advice and a focus in which it is judged, and each focus is one of the lobby', () => {
  const judged = new Set(Object.values(JUDGED).flat());
  assert.deepEqual([...judged].sort(), Object.keys(ADVICE).sort());
  assert.deepEqual(Object.keys(JUDGED), Object.keys(CHOICES.focus));
  for (const [criterion, advice] of Object.entries(ADVICE)) assert.match(advice, /^[A-Z][^!]{20,110}\.$/, criterion);
  for (const five of Object.values(JUDGED)) assert.equal(new Set(five).size, 5);
});

test('what comes next is what stands lowest of late, in a focus that judges it', () => {
  const next = (sessions) => suggestion(curvesOf(sessions), sessions, presentRubric(sessions));
  const { key, mean, count, focus } = next(seven());
  assert.deepEqual([key, mean, count, focus], ['depth', 2, 1, 'technical']);
  const general = seven().filter((one) => one.focus === 'general');
  assert.deepEqual([next(general).key, next(general).count, next(general).focus], ['specifics', 3, 'general']);
  const older = session(0, [1, 1, 1, 1, 1], { rubric: 'coach-0' });
  assert.equal(next([older, session(1, [3, 2, 3, 3, 3])]).key, 'structure', 'older grades do not count');
  assert.equal(next(grades(null)), null);
  assert.equal(next([session(0, null)]), null);
  assert.equal(next([session(0, [3, 3, 2, 4, 4], { focus: 'unheard-of' })]).focus, 'general', 'a focus that the page does not know');
});

/** A moment so many days before the noon of Thursday, 19 November 2026, where this runs. */
const NOW = new Date(2026, 10, 19, 12).getTime();
const daysAgo = (days, heardSeconds = 1200) => ({ startedAt: new Date(2026, 10, 19 - days, 12).toISOString(), heardSeconds });

test('weeks begin on Monday where the reader is, and the present one breaks no row', () => {
  const weeks = weeksOf([daysAgo(3), daysAgo(4), daysAgo(90, 600), daysAgo(400), daysAgo(10, 0)], NOW);
  assert.equal(weeks.length, 12);
  assert.ok(weeks.every(({ from }) => from.getDay() === 1 && from.getHours() === 0));
  assert.deepEqual(weeks.slice(-3).map(({ seconds }) => seconds), [0, 1200, 1200], 'Monday is of this week, Sunday of the one before');
  const row = (...days) => rowOf(weeksOf(days.map((day) => daysAgo(day)), NOW));
  assert.deepEqual([row(), row(0), row(7), row(0, 7, 14), row(7, 14), row(0, 14), row(14)], [0, 1, 1, 3, 2, 1, 0]);
  assert.equal(row(...Array.from({ length: 20 }, (_, i) => 7 * i)), 12);
});

test('practice is told without anything that could be lost', () => {
  const text = (...days) => practiceText(weeksOf(days.map((day) => daysAgo(day)), NOW));
  assert.equal(text(0, 7, 14, 35, 49), 'You practised in five of the last twelve weeks, three of them in a row.');
  assert.equal(text(0, 7), 'You practised in two of the last twelve weeks, all in a row.');
  assert.equal(text(21), 'You practised in one of the last twelve weeks.');
  assert.match(text(), /Any week is a good one to go on/);
  for (const words of [text(), text(21), text(0, 7)]) assert.doesNotMatch(words, /lost|lose|streak|only|missed|don’t/i);
});

test('the line of the weeks breathes where there was practice, and is flat elsewhere', () => {
  const levels = weekLevels(weeksOf([daysAgo(0, 3600), daysAgo(7, 60)], NOW));
  assert.equal(levels.length, 12 * 6 + 1);
  assert.ok(levels.slice(0, 60).every((level) => level === 0) && levels.every((level) => level >= 0 && level <= 1));
  assert.ok(Math.max(...levels.slice(66)) > Math.max(...levels.slice(60, 66)) && Math.max(...levels.slice(60, 66)) > 0);
});
