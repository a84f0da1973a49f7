/** What the room says: how it went wrong, how it ended, whose turn it is. */
import { microphoneWords } from '../lobby/words.js';
import { endsSession, explain } from '../words.js';

const UNCHARGED = 'Nothing was charged.';
const HELD = 'Nothing was charged. What was set aside for it comes back by itself.';
const PAID = 'It was paid at its start, as the start page says, and cannot be taken up again.';
/** What it costs to end one that goes on. */
export const PART = 'Ending it charges the part you heard of it; one that was paid at its start stays paid.';
const AWAY = 'The service that speaks for the interviewer did not answer, and we tried three times.';

/** Ways on, in the order of their buttons; the first one is the likeliest to help. */
const AGAIN = ['again', 'back'];
const TYPED = ['again', 'typed', 'back'];

/** Beside what the account's words say: happened, means, next, ways. */
const FAILURES = {
  provider_error: ['Your interviewer could not be reached.', HELD, `${AWAY} Try again in a few minutes.`, AGAIN],
  provider_timeout: ['Your interviewer could not be reached.', HELD, `${AWAY} Try again in a few minutes.`, AGAIN],
  provider_busy: ['Every interviewer is busy.', HELD, 'Try again in a few minutes.', AGAIN],
  provider_refused: [
    'The interview was refused by the service behind the interviewer.', HELD,
    'Trying again will hardly help now. If it stays, send us the request id.', ['back', 'again'],
  ],
  bad_sdp: ['The call of your browser was not understood.', HELD, 'Use a current Chrome, Edge, Firefox or Safari.', ['back']],
  too_large: ['The call of your browser was not understood.', HELD, 'Use a current Chrome, Edge, Firefox or Safari.', ['back']],
  room_unavailable: ['Our server could not open the interview.', HELD, 'Try again in a moment.', AGAIN],
  bad_answer: ['The answer to your call was not usable.', HELD, 'Try again. If it stays, try another browser.', AGAIN],
  bad_ticket: ['This start was too old to go on with.', HELD, 'Start again.', AGAIN],
  conflict: ['This call was made twice.', HELD, 'Start again.', AGAIN],
  session_ended: ['This start was over before the call came about.', HELD, 'Start again.', AGAIN],
  calls_unsupported: ['This browser cannot make calls.', UNCHARGED, 'Use a current Chrome, Edge, Firefox or Safari.', ['back']],
  unreachable: ['Our server could not be reached.', HELD, 'Check your connection and try again.', AGAIN],
  no_answer: ['Our server did not answer in time.', HELD, 'Check your connection and try again.', AGAIN],
  direct_failed: [
    'Your browser could not call the interviewer.', PAID,
    'A firewall, a VPN or an extension is the usual reason. Look at the connection check before you start another, which is paid again.',
    ['check', 'credits', 'back'],
  ],
  direct_unsure: [
    'Our server did not answer in time.', 'It may be paid already, for that happens at its start; no second one was begun.',
    'Look at your VocahireCredits before you start another one.', ['credits', 'back'],
  ],
  out_of_reach: [
    'Our server could not be reached for more than two minutes.',
    'An interview that nobody comes back to within two minutes ends by itself. Whether yours has ended is not known here yet. What was '
      + 'said is kept, and you pay only for the time you talked, unless it was paid at its start.',
    'Your microphone is off here. Check your connection and try again; the page of the interview says how it ended.',
    ['takeBack', 'look', 'back'],
  ],
  session_in_progress: ['You have an interview that is not over yet.',
    'Only one can run at a time, and no second one was begun.', PART, ['replace', 'back']],
};

const WAYS = {
  insufficient_credits: ['credits', 'back'],
  rate_limited: ['back'],
  not_open_now: ['back'],
  bad_request: ['back'],
  not_configured: ['back'],
};

/** @typedef {{ happened: string, means: string, next: string, ways: string[] }} Told */

/** @param {any[]} words @returns {Told} */
const told = ([happened, means, next, ways]) => ({ happened, means, next, ways });

/**
 * `isUnderWay`: of an interview that goes on, which this page did not come into.
 * @param {{ code: string, details?: any, isUnderWay?: boolean }} error
 * @returns {Told}
 */
export function failureWords({ code, details, isUnderWay = false }, agent = globalThis.navigator?.userAgent ?? '') {
  if (code.startsWith('microphone_')) {
    const [happened, next] = microphoneWords(code.slice('microphone_'.length), agent);
    const means = isUnderWay ? 'Your interview still waits for you, two minutes at most.' : `The interview has not begun. ${UNCHARGED}`;
    return { happened, means, next: `${next} Or answer by typing.`, ways: TYPED };
  }
  if (Object.hasOwn(FAILURES, code)) return told(FAILURES[code]);
  return { ...explain(code, details), ways: endsSession(code) ? ['sign-in'] : WAYS[code] ?? AGAIN };
}

export const WAY_WORDS = {
  again: 'Try again',
  takeBack: 'Try again',
  look: 'Look at the interview',
  typed: 'Answer by typing',
  back: 'Back to the start page',
  replace: 'End that one and start this',
  check: 'Check the connection',
  lab: 'Look closer',
  credits: 'See your VocahireCredits',
  'sign-in': 'Sign in again',
};

/** How an interview ended without one: those are told here, every other one by the page with its transcript. */
const NEVER_BEGAN = {
  no_media_path: [
    'No sound came through between you and the interviewer.', UNCHARGED,
    'A firewall, a VPN or an extension is the usual reason. The connection check says more; another network often helps.',
    ['check', 'lab', 'back'],
  ],
  no_output: ['The interviewer never spoke.', UNCHARGED, 'This is a fault on our side or behind it. Try again in a few minutes.', AGAIN],
};

/** Nobody but this page knows that, where it called by itself. */
const BROKE = [
  'The connection to the interviewer is gone, and the interview is over.', PAID,
  'What was said until then is kept, and your feedback is written now.', ['look', 'back'],
];

/** @param {{ ending?: string, broke?: 'start' | 'talk' } | null} outcome @returns {Told | null} */
export function overWords(outcome) {
  if (outcome?.broke) return told(outcome.broke === 'start' ? FAILURES.direct_failed : BROKE);
  return Object.hasOwn(NEVER_BEGAN, outcome?.ending ?? '') ? told(NEVER_BEGAN[outcome.ending]) : null;
}

export const STEP_WORDS = {
  microphone: 'Your microphone',
  session: 'Time set aside',
  exchange: 'Interviewer called',
  path: 'Connection made',
  audio: 'First words',
};

export const TURN_WORDS = {
  paused: 'Paused.',
  away: 'One moment.',
  interviewer: 'The interviewer is speaking.',
  writing: 'The interviewer is writing.',
  thinking: 'The interviewer is thinking.',
  you: 'You are speaking.',
  yours: 'Your turn.',
};

export const PATIENCE = {
  quick: { name: 'Quick', means: 'Answers as soon as you pause.' },
  normal: { name: 'Normal', means: 'Waits a moment.' },
  patient: { name: 'Patient', means: 'Waits while you think.' },
};

export const QUALITY_WORDS = [null, 'Connection: bad', 'Connection: weak', 'Connection: fair', 'Connection: good'];

const NTH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/**
 * What happens while the page comes back into a talk, and what it means; `comesIn`: into one that began on another page.
 * @returns {[string, string]}
 */
export function comebackWords({ tries, standsStill, isOffline, awayLeftMs }, comesIn = false) {
  const unpaid = standsStill ? 'Your time stands still' : 'The time until you are back is not paid for';
  const time = awayLeftMs === 0 ? 'Your time runs on, since it has stood still for two minutes' : unpaid;
  if (isOffline) return ['Your device is offline.', `${time}; as soon as it has a network again, this page comes back by itself.`];
  if (comesIn && tries === 1) return ['Coming back to your interview.', `${time} until the interviewer is there.`];
  const nth = NTH[tries - 1];
  return ['The connection is gone.', `${time}; trying to come back${nth ? `, ${nth} try` : ''}.`];
}

/** What nobody may ask about, each as the person would call it. */
const GROUNDS = {
  family: 'family', age: 'age', religion: 'religion', health: 'health', origin: 'origin', gender: 'gender', politics: 'political views',
  union: 'union membership', money: 'private money matters', crime: 'criminal record',
};

export const withdrawnWords = (ground) => {
  const what = Object.hasOwn(GROUNDS, ground) ? GROUNDS[ground] : 'private life';
  return `Your interviewer began to ask about your ${what}. We stopped the question; you need not answer it.`;
};

export const RESUME_MISSING = 'Your resume could not be read. The interview goes on without it.';

const SOON_MS = 120_000;

/** Whole minutes, rounded up like a clock that runs down; seconds only when they count. */
export function minutesLeft(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (milliseconds > SOON_MS) return `${Math.ceil(seconds / 60)} minutes left`;
  return `${clockText(milliseconds)} left`;
}

/** What is left for pauses, as a clock: 2:40. */
export function clockText(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const FREE_MS = 60_000;

/** What it costs to end now. `spentMs` is the time of the interview that is gone, `held` what was set aside for the whole. */
export function endingCosts({ spentMs, held, isPaidAhead = false }) {
  if (isPaidAhead) return 'All of it was paid at its start, so ending it costs nothing more, and nothing comes back.';
  if (Number(held) === 0) return 'Your plan covers it, so it costs none of your VocahireCredits.';
  if (spentMs < FREE_MS) {
    return 'It is in its first minute, so ending it costs nothing, unless you have done that three times today.';
  }
  const minutes = Math.round(spentMs / 60_000);
  return `You pay for what you have heard, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, rounded in your favour. The rest of `
    + `the ${held} VocahireCredits set aside comes back.`;
}
