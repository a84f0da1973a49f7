/** What to work on next: the criterion that stands lowest, what helps with it, and where it is judged. */
import { known } from './series.js';

const RECENT = 3;

/** Each focus with the criteria that are judged in it. */
export const JUDGED = {
  general: ['relevance', 'structure', 'specifics', 'motivation', 'reflection'],
  behavioural: ['structure', 'specifics', 'ownership', 'reflection', 'relevance'],
  technical: ['depth', 'reasoning', 'tradeoffs', 'specifics', 'relevance'],
  case: ['framing', 'reasoning', 'structure', 'recommendation', 'relevance'],
  leadership: ['direction', 'people', 'decision', 'ownership', 'reflection'],
};

export const ADVICE = {
  relevance: 'Answer the question in your first sentence; the story comes after it.',
  structure: 'Give the situation one sentence, then say what you did, then what came of it.',
  specifics: 'Put one number, one name or one date into every answer.',
  motivation: 'Say what draws you to this job, and tie it to something you have done.',
  reflection: 'End a story with what you would do differently today.',
  ownership: 'Say “I” for what you did, and “we” only for what the team did.',
  depth: 'Go one layer deeper: say how it works, not only that you used it.',
  reasoning: 'Say why before what: first the reason, then the choice.',
  tradeoffs: 'Name what you gave up, and why that was right then.',
  framing: 'Before you solve it, say what the question is and what you leave out.',
  recommendation: 'Close with one clear recommendation and its first step.',
  direction: 'Say where you wanted to take the team, and how they knew.',
  people: 'Tell of one person who grew through what you did, and how.',
  decision: 'Tell a decision with its options, your choice, and what it rested on.',
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The focus in which it is practised: the one of the newest interview that judged it, else the first that judges it. */
function focusFor(criterion, sessions) {
  const judged = sessions.findLast(({ focus, scores }) =>
    JUDGED[focus]?.includes(criterion) && scores.some((score) => score.criterion === criterion));
  return judged?.focus ?? Object.keys(JUDGED).find((focus) => JUDGED[focus].includes(criterion)) ?? 'general';
}

/**
 * Null while nothing is graded by the present rubric. Of two that stand alike, the one that was judged later.
 * @param {import('./series.js').Curve[]} curves
 */
export function suggestion(curves, sessions, rubric) {
  const graded = curves.flatMap(({ key, name, points }) => {
    const recent = known(points).filter(({ version }) => version === rubric).slice(-RECENT);
    if (recent.length === 0) return [];
    return [{ key, name, count: recent.length, mean: mean(recent.map(({ value }) => value)), at: recent.at(-1).at }];
  });
  const [lowest] = graded.sort((a, b) => a.mean - b.mean || b.at - a.at);
  if (!lowest) return null;
  const { key, name, count } = lowest;
  return { key, name, count, mean: lowest.mean, advice: ADVICE[key] ?? '', focus: focusFor(key, sessions) };
}
