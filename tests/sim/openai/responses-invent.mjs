// A report as a model writes it that does not keep to what was said: of its quotes one is true, one invented, one the
// interviewer's, one glued together from two lines, and one true but for its capitals, quotation marks and spaces.

import { criteriaOf } from './responses-feedback.mjs';
import { linesOf, quotesOf, wordsOf } from './responses-transcript.mjs';

const INVENTED = 'I doubled the turnover of four countries within a single quarter';
const WHY = 'You say so yourself.';
const HALF = 5; // words of each line in what is glued

export function inventions(words, schema) {
  const lines = linesOf(words);
  const said = lines.filter(({ who, text }) => who === 'PERSON' && wordsOf(text).length >= HALF);
  const asked = lines.find(({ who, text }) => who === 'INTERVIEWER' && wordsOf(text).length >= HALF);
  if (said.length === 0 || !asked) throw new Error('The transcript has too few words to invent quotes beside them.');
  const [one, other, third] = [said[0], said[1] ?? said[0], said[2] ?? said[0]];
  const cited = ({ number }, quote) => ({ line: number, quote });
  const all = {
    true: cited(one, quotesOf(one.text)[0]),
    invented: cited(other, INVENTED),
    interviewers: cited(asked, quotesOf(asked.text)[0]),
    glued: cited(one, glued(one.text, other.text)),
    disguised: cited(third, disguised(quotesOf(third.text)[0])),
  };
  const kinds = Object.values(all);
  return {
    next_step: { text: 'Say more of what came of it.', ...all.glued },
    scores: criteriaOf(schema).map((criterion, i) => ({ criterion, grade: 4, why: WHY, evidence: [kinds[i % kinds.length]] })),
    strengths: [
      { text: 'You speak of what you did yourself.', ...all.true },
      { text: 'You ask the question behind the question.', ...cited(one, all.interviewers.quote) },
      { text: 'You know your numbers.', ...all.invented },
    ],
    improvements: [{ text: 'Name what it cost.', ...all.invented }, { text: 'Go on where you stopped.', ...all.disguised }],
    better_answer: { question_line: asked.number, answer: 'I would begin with the case, say what I did, and end with what came of it.' },
  };
}

/** The beginning of one line and the end of another, as if they had been one sentence. */
function glued(one, other) {
  return [...one.split(/\s+/).slice(0, HALF), ...other.split(/\s+/).slice(-HALF)].join(' ');
}

const disguised = (quote) => `“${quote.toUpperCase().replaceAll("'", '’').replaceAll(' ', '  ')}”`;
