// An interview with something of everything, and its feedback, for the tests of its page and for its pictures.

export const SESSION = {
  id: 'ses_1', state: 'ended', jobTitle: 'Product manager', company: 'Northwind', level: 'mid', focus: 'general', language: 'en',
  persona: 'warm', minutes: 30, startedAt: '2026-11-19T18:02:00.000Z', endedAt: '2026-11-19T18:21:00.000Z', ending: 'ended_by_user',
  heardSeconds: 1134, charged: '0.63', rule: 'Interview, 18 min 54 s: ended by you', relayed: false,
};

const line = (number, speaker, atMs, endMs, text, more) => (
  { number, itemId: `item_${number}`, speaker, text, mark: 'final', atMs, endMs, source: 'sideband', typed: false, ...more });

export const LINES = [
  line(0, 'interviewer', 0, 9000, 'Hello, I am an AI interviewer, and this is practice. Tell me about a time you had to change course '
    + 'halfway through a project.'),
  line(1, 'person', 11_000, 31_000, 'Last spring we moved our bookings to a new system. Two weeks in, I saw that the old one still sent '
    + 'the reminders.'),
  line(2, 'interviewer', 31_500, 33_000, 'What did you do', { mark: 'interrupted' }),
  line(3, 'person', 33_200, 62_000, 'I stopped the move for a day and called the three clinics that relied on them. We sent the '
    + 'reminders by hand until I had rebuilt that part.'),
  line(4, 'interviewer', 64_000, 67_000, 'How did you know that stopping was right?', { source: 'relay' }),
  line(5, 'person', 68_000, 71_000, '', { mark: 'failed' }),
  line(6, 'person', 74_000, 74_000, 'Nobody missed an appointment.', { typed: true }),
  line(7, 'interviewer', 76_000, 79_000, 'And at home, do you have children who', { mark: 'withdrawn' }),
  line(8, 'interviewer', 80_000, 84_000, 'What would you do differently the next time?'),
  line(9, 'person', 92_000, 118_000, 'I would write down before the move who sends what to whom. We had assumed that the new system did '
    + 'everything the old one did, and nobody had checked it.'),
];

/** Behind a pause that was asked for, a connection that was away, and one stretch that nobody took down. */
export const GAPS = [
  { kind: 'pause', atMs: 84_500, endMs: 91_500 }, { kind: 'away', atMs: 71_200, endMs: 73_800 },
  { kind: 'unheard', atMs: 62_000, endMs: 64_000 },
];

const quote = (number, text) => ({ line: number, text, atMs: LINES[number].atMs });

export const COUNTS = {
  words: { you: 512, interviewer: 300 },
  answers: 5,
  answerWords: { median: 21, longest: 31, longestLine: 9 },
  answerSeconds: { median: 26, longest: 28 },
  fillers: { count: 6, words: [{ word: 'um', count: 4 }, { word: 'you know', count: 2 }] },
  pauses: { known: 4, medianMs: 1400, longestMs: 8000, longestLine: 9 },
  interruptions: { byYou: 1, of: 4 },
};

const score = (criterion, name, about, grade, anchor, why, quotes) =>
  ({ criterion, name, about, grade, most: 5, anchor, reason: null, why, quotes });

const SCORES = [
  score('relevance', 'Relevance', 'Whether the answer is to the question that was asked.', 4,
    'Answers the question, with little beside it.', 'Each answer stays with what was asked and gets there in two or three sentences.',
    [quote(1, 'Last spring we moved our bookings to a new system.')]),
  score('structure', 'Structure', 'Whether an answer has a beginning, a middle and an outcome.', 2,
    'The parts are there, in an order that has to be worked out.', 'The outcome came last, and only when it was asked for.',
    [quote(6, 'Nobody missed an appointment.'), quote(3, 'I stopped the move for a day and called the three clinics')]),
  score('specifics', 'Specifics', 'Whether it names what was done, by whom, how much and when.', 4,
    'Names things that can be checked.', 'Times, numbers and who was called are all named.',
    [quote(3, 'called the three clinics that relied on them')]),
  { ...score('motivation', 'Motivation', 'Whether it says why this work, and why here.', null, null, null, []), reason: 'no_evidence' },
  score('reflection', 'Reflection', 'Whether it says what was learned, and what would be different.', 5,
    'Names what went wrong, why, and what follows from it.', 'You name the assumption behind the mistake and what you would do about it.',
    [quote(9, 'We had assumed that the new system did everything the old one did, and nobody had checked it.')]),
];

export const REPORT = {
  evaluatedBy: {
    kind: 'ai', service: 'OpenAI', model: 'gpt-6-luna', prompt: 'coach-1', rubric: 'coach-1', rubricHash: '9f2c'.repeat(16),
    at: '2026-11-19T18:21:34.000Z',
  },
  tooShort: false,
  nextStep: { text: 'Say the result first, then how you got there.', quote: quote(6, 'Nobody missed an appointment.') },
  scores: SCORES,
  strengths: [
    { text: 'You act before all is known, and say so without dressing it up.', quote: quote(3, 'I stopped the move for a day') },
    { text: 'You name the mistake behind the mistake.', quote: quote(9, 'nobody had checked it') },
  ],
  improvements: [
    { text: 'Open with what came of it; the listener then knows why the rest matters.', quote: quote(6, 'Nobody missed an appointment.') },
    { text: 'Say what stopping cost, so that one can weigh it as you did.', quote: null },
  ],
  better: {
    line: 4, question: 'How did you know that stopping was right?',
    answer: 'Nobody missed an appointment, and that was the measure I had set. A day of delay cost us one release; a missed reminder '
      + 'would have cost a clinic its morning. So I stopped, and told both teams why within the hour.',
  },
};

export const SCORED = { state: 'scored', failure: null, triesLeft: 9, counts: COUNTS, report: REPORT, objections: [] };

/** Nothing yet, or nothing at all. */
export const PENDING = { state: 'scoring', failure: null, triesLeft: 9, counts: null, report: null, objections: [] };

export const SHORT = {
  ...SCORED,
  report: {
    ...REPORT, tooShort: true, nextStep: null, strengths: [], improvements: [], better: null,
    evaluatedBy: { ...REPORT.evaluatedBy, kind: 'rules', service: null, model: null, prompt: null },
    scores: SCORES.map((one) => ({ ...one, grade: null, anchor: null, why: null, quotes: [], reason: 'too_short' })),
  },
};

export const SIGNED = {
  session: 'ses_1', person: '3b7e'.repeat(16), startedAt: SESSION.startedAt, endedAt: SESSION.endedAt, heardSeconds: 1134,
  ending: 'ended_by_user', charged: '0.63', rubric: 'coach-1', rubricHash: '9f2c'.repeat(16), transcriptHash: 'a1d0'.repeat(16),
  issuedAt: '2026-11-19T18:30:00.000Z',
};
