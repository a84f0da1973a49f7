/** The report as plain text, for a mail or a drawer. */
import { momentText } from '../money.js';
import { chargeText, lengthText, offsetText } from '../talk.js';
import { countsOf, emptyText, gradeText, openingOf, wordShares, writtenBy } from './words.js';

const WIDTH = 78;

/** Lines of at most `WIDTH`, broken between words; the first may begin with a sign, the others stand under it. */
function wrapped(text, first = '', rest = ' '.repeat(first.length)) {
  const lines = [];
  let line = first;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const fresh = line === first || line === rest;
    if (!fresh && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest + word;
    } else line += fresh ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** @param {string} title @param {string[]} parts */
const titled = (title, [first, ...parts]) => (first ? [`${title}\n${'-'.repeat(title.length)}\n${first}`, ...parts] : []);
const quoted = ({ text, atMs }) => wrapped(`“${text}” (${offsetText(atMs)})`, '    > ');

function scoreText(score, objections) {
  const objection = objections.find(({ criterion }) => criterion === score.criterion);
  return [
    `${score.name}: ${gradeText(score)}`,
    wrapped(score.grade === null ? emptyText(score.reason) : score.anchor ?? '', '  '),
    ...(score.why ? [wrapped(score.why, '  ')] : []),
    ...score.quotes.map(quoted),
    ...(objection ? [wrapped(`You disagree: ${objection.why}`, '  ')] : []),
  ].join('\n');
}

const pointText = ({ text, quote }) => [wrapped(text, '- '), ...(quote ? [quoted(quote)] : [])].join('\n');

function countedText(counts, timeOf) {
  const { you, interviewer } = wordShares(counts.words);
  const facts = countsOf(counts, timeOf).map(({ name, figure, means, longest }) =>
    wrapped(`${name}: ${figure} (${means}${longest ? `, at ${longest.text}` : ''})`, '- '));
  return [[`- Words: you ${you} %, the interviewer ${interviewer} %`, ...facts].join('\n')];
}

function reportParts({ report, objections }) {
  const [sentence, why] = openingOf(report);
  const { nextStep, scores, strengths, improvements, better } = report;
  const opening = [wrapped(sentence), why && wrapped(why), nextStep?.quote && quoted(nextStep.quote)].filter(Boolean);
  return [
    ...titled('Work on this next', [opening.join('\n')]),
    ...titled('Scores', scores.map((score) => scoreText(score, objections))),
    ...titled('What went well', strengths.map(pointText)),
    ...titled('What to improve', improvements.map(pointText)),
    ...titled('A better answer', better
      ? [[wrapped(`The question: ${better.question}`), wrapped(`Written by AI as an example: ${better.answer}`)].join('\n')] : []),
  ];
}

function footText({ evaluatedBy }, address) {
  const by = evaluatedBy.kind === 'ai' ? 'Written by AI, its quotations checked against the transcript' : 'No AI was asked';
  return [
    wrapped(`${by}: ${writtenBy(evaluatedBy).join('; ')}; ${evaluatedBy.at}.`),
    wrapped('Practice with an AI interviewer, not an actual job interview.'),
    address,
  ].join('\n');
}

/** @param {{ session: any, lines: any[], feedback: any, address: string, locale?: string, timeZone?: string }} what */
export function reportText({ session, lines, feedback, address, locale, timeZone }) {
  const timeOf = (number) => lines.find((line) => line.number === number)?.atMs ?? null;
  const head = [
    session.jobTitle,
    [session.company, momentText(session.startedAt, locale, timeZone), `${lengthText(session.heardSeconds)} heard`,
      chargeText(session.charged)].filter(Boolean).join(' · '),
  ];
  return `${[
    head.join('\n'),
    ...reportParts(feedback),
    ...(feedback.counts ? titled('Counted by us, without AI', countedText(feedback.counts, timeOf)) : []),
    `--\n${footText(feedback.report, address)}`,
  ].join('\n\n')}\n`;
}
