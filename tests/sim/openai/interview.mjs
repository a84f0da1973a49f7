// What the scripted interviewer says next, and what the person is taken to have said: nobody here understands speech.

import { LINES } from './lines.mjs';

const QUESTIONS = ['challenge', 'disagreement', 'mistake', 'priorities', 'quality', 'learning', 'help', 'future'];

const ANSWERS = [
  'I started out in support and moved towards building things, because I liked fixing the causes.',
  'We had a service that failed every night. I measured first, found a full queue, and gave it a limit.',
  'We disagreed about a release date. I wrote down both risks and we chose together.',
  'I once deleted the wrong records. We restored them, and I added a check that asks twice.',
  'I ask what breaks if it waits until tomorrow, and start with what does.',
  'When the tests say so, and when somebody else understood it without me.',
  'I learned to write shorter plans and to ask for comments earlier.',
  'After half an hour without progress. I say what I tried and what I expected.',
  'I would like to know the customers by name and to have made one of their problems go away.',
];

// What the instructions of one response have to say for a question to be taken back. Those of a session may speak of it too.
const WITHDRAW = /withdraw/i;

// What an instruction has to say for the matching line to be next.
const CUES = [
  ['goodbye', /\bwrap(ping)?[ -]?up\b|\bgood-?bye\b|\b(close|closing|end) the interview\b|\btime is (almost |nearly )?(up|over)\b/i],
  ['cannotHear', /\b(cannot|can't|could not|couldn't|not|unable to) (be )?hear|\bhear (you|them|the)\b|\bno (sound|audio)\b/i],
  ['stillThere', /\bstill there\b|\bsilent\b|\bsaid nothing\b/i],
];

// Instructions of a call that goes on where another broke off, and how much of a line says which one it is.
const GO_ON = /\b(not|no|never|without)\b[^.\n]{0,30}\bgreet/i;
const TELLING = 25;

/** How many questions came before, as far as the instructions repeat them; -1 where a greeting is due. */
function askedBefore(instructions) {
  if (!GO_ON.test(instructions)) return -1;
  return QUESTIONS.findLastIndex((name) => instructions.includes(LINES[name].text.slice(0, TELLING))) + 1;
}

const cueIn = (text) => CUES.find(([, pattern]) => pattern.test(text))?.[0];

export function makeInterview(instructions = '') {
  let asked = askedBefore(instructions); // the greeting comes before the first question
  let answered = Math.max(0, asked);
  let cue;

  return {
    /** The interviewer was told something; the next line may follow from it. */
    told(text) {
      cue = cueIn(text) ?? cue;
    },

    /** The line of the next response. */
    next(only = '') {
      if (WITHDRAW.test(only)) return LINES.withdrawn;
      const name = cueIn(only) ?? cue;
      cue = undefined;
      if (name === 'goodbye') asked = QUESTIONS.length;
      if (name) return LINES[name];
      asked += 1;
      return LINES[asked === 0 ? 'greeting' : QUESTIONS[asked - 1] ?? 'goodbye'];
    },

    /** What the person is taken to have said. */
    answer() {
      answered += 1;
      return ANSWERS[(answered - 1) % ANSWERS.length];
    },
  };
}
