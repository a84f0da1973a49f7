// A transcript as it is sent for feedback: `#7 INTERVIEWER: …` and `#8 PERSON: …`, a line each. Quotes are cut out of it.

const LINE = /^#(\d+) (INTERVIEWER|PERSON): (.*)$/gm;
const SENTENCE = /[^.!?…]+[.!?…]*/g;
const QUOTE_LEAST = 5; // words
const QUOTE_GOOD = 8;
const QUOTE_MOST = 30;
const SOLID_LEAST = 8; // an answer with fewer words says nothing that could be judged

const EMPTY = /\b(do not|don['’]t|did not|didn['’]t) (really )?(know|remember)\b|\bno (idea|clue)\b|^(pass|skip|next)\b/i;
const EMPTY_MOST = 14; // words; who says that and then goes on has said something

export const wordsOf = (text) => text.match(/[\p{L}\p{N}'’-]+/gu) ?? [];

/** `{ number, who, text }` in their order. */
export const linesOf = (words) => [...words.matchAll(LINE)].map(([, number, who, text]) => ({ number: Number(number), who, text }));

/** What the person said, each with the question before it. */
export function answersOf(lines) {
  let question = null;
  const answers = [];
  for (const line of lines) {
    if (line.who === 'INTERVIEWER') question = line;
    else answers.push({ ...line, question, words: wordsOf(line.text).length, solid: isSolid(line.text) });
  }
  return answers;
}

function isSolid(text) {
  const { length } = wordsOf(text);
  return length >= SOLID_LEAST && !(EMPTY.test(text) && length <= EMPTY_MOST);
}

/** The pieces of a line that can be quoted, as they stand in it: sentences, a short one together with the next. */
export function quotesOf(text) {
  const pieces = [];
  let open = '';
  for (const [sentence] of text.matchAll(SENTENCE)) {
    open += sentence;
    if (wordsOf(open).length < QUOTE_GOOD) continue;
    pieces.push(open.trim());
    open = '';
  }
  if (wordsOf(open).length >= QUOTE_LEAST) pieces.push(open.trim());
  return (pieces.length > 0 ? pieces : [text.trim()]).map(shortened);
}

/** No more than can be read at once, and still exactly what was said. */
function shortened(text) {
  const ends = [...text.matchAll(/\S+/g)].map((word) => word.index + word[0].length);
  return ends.length <= QUOTE_MOST ? text : text.slice(0, ends[QUOTE_MOST - 1]);
}
