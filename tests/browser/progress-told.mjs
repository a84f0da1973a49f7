// Answers of `GET /api/progress`, as the tests of the logic and of the page want them.

const WEEK = 7 * 86_400_000;

const NAMES = {
  relevance: 'Relevance', structure: 'Structure', specifics: 'Specifics', motivation: 'Motivation', reflection: 'Reflection',
  depth: 'Depth', reasoning: 'Reasoning', tradeoffs: 'Trade-offs',
};
const ABOUT = {
  relevance: 'Whether the answers meet the questions, and the job they are about.',
  structure: 'Whether an answer can be followed: where it begins, what happened, what came of it.',
  specifics: 'Whether claims stand on something: examples, numbers, names of things, what exactly was done.',
  motivation: 'Whether it becomes clear why this person wants this job.',
  reflection: 'Whether the person sees what went well and badly, and what they took from it.',
  depth: 'Whether the knowledge behind the words carries: how and why things work.',
  reasoning: 'Whether one thought leads to the next, and what is assumed is said.',
  tradeoffs: 'Whether other ways were weighed, and what the chosen one costs.',
};
export const CRITERIA = Object.keys(NAMES).map((criterion) => ({ criterion, name: NAMES[criterion], about: ABOUT[criterion] }));

const GENERAL = ['relevance', 'structure', 'specifics', 'motivation', 'reflection'];
const TECHNICAL = ['depth', 'reasoning', 'tradeoffs', 'specifics', 'relevance'];

export const counts = (you, interviewer, fillers) => ({
  words: { you, interviewer }, answers: 9, answerWords: null, answerSeconds: null, fillers: { count: fillers, words: [] }, pauses: null,
  interruptions: { byYou: 0, of: 12 },
});

/** The `n`th interview, `n` weeks after the first; `grades` in the order of its focus, null where there is none. */
export function session(n, grades, more = {}) {
  const criteria = more.focus === 'technical' ? TECHNICAL : GENERAL;
  return {
    id: `ses_${n}`, jobTitle: 'Product manager', focus: 'general', level: 'mid', language: 'en',
    startedAt: new Date((more.from ?? Date.parse('2026-08-03T16:00:00.000Z')) + n * WEEK).toISOString(),
    heardSeconds: 1200, rubric: grades ? 'coach-1' : null, counts: counts(400 + 20 * n, 320, Math.max(2, 16 - n)),
    scores: grades ? criteria.map((criterion, i) => ({ criterion, grade: grades[i] })) : [],
    ...more,
  };
}

/** Somebody who gets better at two things, with a gap, a turn of the rubric and another focus. */
export const seven = (from) => [
  session(0, [3, 2, 2, 4, 2], { from, rubric: 'coach-0' }),
  session(1, [3, 2, 3, 4, 3], { from, rubric: 'coach-0' }),
  session(3, [3, 2, 2, 4, null], { from }),
  session(5, [4, 2, 2, 4, 3], { from }),
  session(6, [2, 3, 2, 3, 2], { from, focus: 'technical', jobTitle: 'Senior backend engineer, payments platform' }),
  session(8, [3, 4, 3, 4, 3], { from }),
  session(9, [4, 4, 3, 5, 3], { from }),
  session(10, null, { from, counts: null }),
];
