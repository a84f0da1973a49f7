/** What the report says in plain words: how far it is, why it failed, why a score is empty, and what was counted. */
import { lengthText, offsetText } from '../talk.js';

/** While it is made: the one sentence, and what happens now. */
const MAKING = {
  waiting: ['Your feedback comes next.', 'Your words are being put together for the AI, without your name. That takes some ten seconds.'],
  scoring: [
    'Your feedback is being written.',
    'The AI reads what was said, without your name; then each quotation is looked for in your own words. Usually 10 to 40 seconds, at most '
      + 'two minutes.',
  ],
  again: [
    'Your feedback needs another try.',
    'The last try came to nothing. We make three by ourselves, up to two minutes apart; they cost nothing.',
  ],
};

/** What is counted is there from the first try on. */
export const makingText = (state, counts = null) => (state === 'waiting' && counts ? MAKING.again : MAKING[state] ?? MAKING.waiting);

const FAILURES = {
  unreachable: 'The AI service did not answer.',
  busy: 'The AI service was too busy to answer.',
  refused: 'The AI service refused to read this interview.',
  cut_off: 'The answer of the AI broke off before its end.',
  unreadable: 'The answer of the AI did not have the form that we can check, so we use none of it.',
  not_set_up: 'Feedback is not set up on this site.',
};

export const failureText = (failure) => (Object.hasOwn(FAILURES, failure ?? '') ? FAILURES[failure] : 'No try has come to its end yet.');

/** What can be done about a failure, besides trying again. */
export function failureNext({ failure, triesLeft }) {
  if (failure === 'not_set_up') return 'Whoever runs the site can set it up. What was said, and what we count ourselves, stands below.';
  if (triesLeft > 0) return triesLeft === 1 ? 'You can try once more.' : `You can try ${triesLeft} more times.`;
  return 'It was tried as often as it can be. What was said, and what we count ourselves, stays here. If you need it, write to us.';
}

const REASONS = {
  too_short: 'your answers are too short to judge.',
  no_evidence: 'no sentence of yours supports it.',
  not_found: 'the quotation was not in what you said.',
  not_yours: 'it quoted the interviewer.',
  no_answer: 'it quoted an answer that says nothing.',
};

export const emptyText = (reason) =>
  `This score is empty: ${Object.hasOwn(REASONS, reason ?? '') ? REASONS[reason] : 'nothing supports it.'}`;

export const gradeText = ({ grade, most }) => (grade === null ? 'No score' : `${grade} of ${most}`);

/** What the report opens with: the one thing, or why there is none. */
export function openingOf({ tooShort, nextStep }) {
  if (tooShort) return ['There was too little to judge.', 'Your answers were too short, so no AI was asked and no score was given.'];
  if (nextStep) return [nextStep.text, null];
  return ['No single next step stands out.', 'None could be tied to your own words, so none is shown.'];
}

/** What is told aloud when it has changed; null while there is nothing new. */
export function changeText(before, now) {
  if (!before || before.state === now.state) return null;
  if (now.state === 'scored') return 'Your feedback is here.';
  if (now.state === 'failed') return `Your feedback could not be written. ${failureText(now.failure)} It costs nothing.`;
  return makingText(now.state, now.counts)[0];
}

export const LEAST = 3;
export const MOST = 500;

/** What keeps an objection from being sent; null when nothing does. Characters are counted as the server counts them. */
export function objectionFault(why) {
  const length = [...why.trim().normalize('NFC')].length;
  if (length < LEAST) return 'Say in a few words why.';
  return length > MOST ? `That is ${length} characters, and there is room for ${MOST}.` : null;
}

const count = (number, what) => `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
const secondsText = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** The parts of the words, in hundredths, that always make a hundred. */
export function wordShares({ you, interviewer }) {
  const all = you + interviewer;
  const mine = all > 0 ? Math.round((100 * you) / all) : 0;
  return { you: mine, interviewer: all > 0 ? 100 - mine : 0 };
}

export const interruptionText = ({ byYou, of }) => (byYou === 0
  ? 'You let the interviewer finish every time'
  : `${byYou} of the ${count(of, 'line')} of the interviewer ${byYou === 1 ? 'was' : 'were'} cut off by you`);

const fillerText = ({ count: all, words }) => (all === 0
  ? 'None of the words we look for'
  : words.map(({ word, count: times }) => `“${word}” ${times}`).join(', '));

/** What a middle value means, without its name. */
const halfOf = (number, what) => (number === 1 ? `There is one ${what}` : `Half of the ${count(number, what)} are longer`);

const at = (line, timeOf) => (timeOf(line) === null ? null : { line, text: offsetText(timeOf(line)) });

/**
 * What was counted, one fact after the other: a name, the figure, a sentence without its end, and where the longest one stands.
 * @param {any} counts
 * @param {(line: number) => number | null} timeOf when a line was said, in milliseconds
 * @returns {{ name: string, figure: string, means: string, longest: { line: number, text: string } | null }[]}
 */
export function countsOf({ answers, answerWords, answerSeconds, fillers, pauses, interruptions }, timeOf) {
  const fact = (name, figure, means, line) => ({ name, figure, means, longest: at(line ?? -1, timeOf) });
  return [
    answerWords && fact('Words in an answer', String(answerWords.median),
      `${halfOf(answers, 'answer')}; the longest has ${answerWords.longest}`, answerWords.longestLine),
    answerSeconds && fact('Length of a spoken answer', lengthText(answerSeconds.median),
      `Half of them are longer; the longest took ${lengthText(answerSeconds.longest)}`),
    fact('Filler words', String(fillers.count), fillerText(fillers)),
    pauses
      ? fact('Thinking before an answer', secondsText(pauses.medianMs),
        `${halfOf(pauses.known, 'measured pause')}; the longest took ${secondsText(pauses.longestMs)}`, pauses.longestLine)
      : fact('Thinking before an answer', 'Not known', 'No pause could be measured'),
    fact('Interruptions', String(interruptions.byYou), interruptionText(interruptions)),
  ].filter(Boolean);
}

/** Who wrote it, in one line. */
export const writtenBy = ({ kind, service, model, rubric, prompt }) => (kind === 'ai'
  ? [[model, service].filter(Boolean).join(', '), `rubric ${rubric}`, `prompt ${prompt}`]
  : [`rubric ${rubric}`]);

export const badgeText = ({ kind }) => (kind === 'ai' ? 'Written by AI' : 'No AI was asked');
