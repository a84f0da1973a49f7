// The report on an interview, by counting: what a criterion is shown by are a few words each, and the sentences that hold
// most of them are quoted. The same transcript makes the same report.

import { adviceFor, betterAnswer, COACHING, TOO_SHORT } from './responses-coaching.mjs';
import { resolved } from './responses-strict.mjs';
import { answersOf, linesOf, quotesOf, wordsOf } from './responses-transcript.mjs';

const LONG_ENOUGH = 60; // words; such an answer needs no better one
const MOST = 3; // strengths and improvements
const FROM_SHARE = [[0.7, 5], [0.45, 4], [0.25, 3], [0, 2]]; // of the answers that show it
const BEST_OF = { 1: 3, 2: 4 }; // so few answers show no more than that

/** What the schema `interview_feedback` is answered with. */
export function feedback(words, schema) {
  const answers = answersOf(linesOf(words));
  const solid = answers.filter((answer) => answer.solid);
  const used = new Set();
  const found = spread(criteriaOf(schema).map((criterion) => judged(criterion, solid)));
  for (const one of found) one.evidence = evidenceOf(one, used);
  const graded = found.filter(({ grade }) => grade !== null).sort((a, b) => b.grade - a.grade || b.hits - a.hits);
  const strong = graded.slice(0, Math.min(MOST, Math.ceil(graded.length / 2))).filter(({ grade }) => grade >= 3);
  const rest = graded.filter((one) => !strong.includes(one));
  return {
    next_step: nextStep(graded, solid),
    scores: found.map(({ criterion, grade, evidence }) => ({ criterion, grade, why: whyOf(criterion, grade, solid), evidence })),
    strengths: strong.map(({ criterion, evidence: [first] }) => ({ text: COACHING[criterion].strength, ...first })),
    improvements: solid.length === 0
      ? [{ text: TOO_SHORT.improvement, line: null, quote: null }]
      : improvementsOf(rest, found.filter(({ grade }) => grade === null)),
    better_answer: betterOf(answers),
  };
}

/** The criteria that the schema names. */
export function criteriaOf(schema) {
  const node = (one) => (one?.$ref ? resolved(schema, one.$ref) : one);
  const names = node(node(node(schema.properties?.scores)?.items)?.properties?.criterion)?.enum;
  if (!names) throw new Error('The schema interview_feedback names no criteria.');
  const unknown = names.find((name) => !Object.hasOwn(COACHING, name));
  if (unknown) throw new Error(`The criterion ${unknown} is not known here.`);
  return names;
}

/** How much of a criterion the answers show: its hits by sentence, and a grade; none where nothing shows it. */
function judged(criterion, solid) {
  const { cue } = COACHING[criterion];
  const sentences = solid.flatMap((answer) => quotesOf(answer.text).map((quote) => (
    { line: answer.number, quote, hits: cue ? (quote.match(cue) ?? []).length : shared(quote, answer) }
  ))).filter(({ hits }) => hits > 0).sort((a, b) => b.hits - a.hits || b.quote.length - a.quote.length);
  const shown = new Set(sentences.map(({ line }) => line)).size;
  const share = solid.length === 0 ? 0 : shown / solid.length;
  const grade = shown === 0 ? null : Math.min(FROM_SHARE.find(([from]) => share >= from)[1], BEST_OF[solid.length] ?? 5);
  return { criterion, grade, hits: sentences.reduce((sum, { hits }) => sum + hits, 0), sentences };
}

/** To the point is what takes up words of the question, or says a good deal. */
function shared(quote, { question, words }) {
  const asked = new Set(wordsOf(question?.text ?? '').map((word) => word.toLowerCase()).filter((word) => word.length > 3));
  const taken = wordsOf(quote).filter((word) => asked.has(word.toLowerCase())).length;
  return taken + (words >= 15 ? 1 : 0);
}

/** Grades that are all alike say less than they could: the best and the weakest part. */
function spread(found) {
  const graded = found.filter(({ grade }) => grade !== null).sort((a, b) => b.hits - a.hits);
  if (graded.length > 1 && graded.every(({ grade }) => grade === graded[0].grade)) {
    if (graded[0].grade < 5) graded[0].grade += 1;
    else graded.at(-1).grade -= 1;
  }
  return found;
}

/** One or two sentences of different lines, not those of another criterion if there are others. */
function evidenceOf({ grade, sentences }, used) {
  if (grade === null) return [];
  const fresh = sentences.filter(({ quote }) => !used.has(quote));
  const first = fresh[0] ?? sentences[0];
  const second = grade >= 4 ? fresh.find(({ line }) => line !== first.line) : undefined;
  const taken = [first, second].filter(Boolean);
  for (const { quote } of taken) used.add(quote);
  return taken.map(({ line, quote }) => ({ line, quote }));
}

function whyOf(criterion, grade, solid) {
  if (solid.length === 0) return TOO_SHORT.why;
  const { none, low, middle, high } = COACHING[criterion];
  if (grade === null) return none;
  return [low, low, middle, high, high][grade - 1];
}

function nextStep(graded, solid) {
  const weakest = graded.at(-1);
  if (!weakest) return { text: solid.length === 0 ? TOO_SHORT.next : adviceFor(null), line: null, quote: null };
  return { text: adviceFor(weakest.criterion), ...weakest.evidence[0] };
}

/** First what nothing was said on, then the weakest; not the one that is the next step already. */
function improvementsOf(rest, unseen) {
  const advice = ({ criterion, evidence: [first] }) => ({ text: COACHING[criterion].advice, line: null, quote: null, ...first });
  return [...unseen, ...rest.toReversed().slice(1)].map(advice).slice(0, MOST);
}

/** To the shortest answer that followed a question. */
function betterOf(answers) {
  const [shortest] = answers.filter(({ question }) => question).sort((a, b) => a.words - b.words);
  if (!shortest || shortest.words >= LONG_ENOUGH) return null;
  return { question_line: shortest.question.number, answer: betterAnswer(shortest) };
}
