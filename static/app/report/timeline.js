/** The times of a talk, as the replay needs them: who was heard when, the pauses between, and where somebody was cut off. */
import { SPEAKERS, heardUntil, offsetText } from '../talk.js';

export const PAUSE_MS = 3000; // what is shorter is breath

/** @typedef {{ number: number, speaker: string, from: number, to: number, typed: boolean, cut: boolean }} Span milliseconds */

/** One span for each line, in its order; what was typed takes no time. @returns {Span[]} */
export const spansOf = (lines) => lines.map((line, i) => ({
  number: line.number,
  speaker: line.speaker,
  from: line.atMs,
  to: line.typed ? line.atMs : heardUntil(line, lines[i + 1]),
  typed: Boolean(line.typed),
  cut: line.mark === 'interrupted',
}));

/** @param {Span[]} spans */
export const lengthOf = (spans) => Math.max(0, ...spans.map(({ to }) => to));

/** Silences from somebody's last word to the next one's first, but for those in which nobody could be heard. @param {Span[]} spans */
export function pausesOf(spans, gaps = [], least = PAUSE_MS) {
  let quietSince = 0;
  return spans.flatMap(({ from, to }) => {
    const pause = { from: quietSince, to: from };
    quietSince = Math.max(quietSince, to);
    const isGap = gaps.some(({ atMs, endMs }) => atMs < pause.to && endMs > pause.from);
    return pause.to - pause.from >= least && !isGap ? [pause] : [];
  });
}

/** The moments at which the interviewer was cut off. @param {Span[]} spans */
export const cutsOf = (spans) => spans.filter(({ cut, speaker }) => cut && speaker === 'interviewer').map(({ to }) => to);

/** The line that is being said, else the last one that was. @param {Span[]} spans */
export const spanAt = (spans, ms) => spans.findLast(({ from }) => from <= ms) ?? null;

/** Before or after that line: where it begins. @param {Span[]} spans @param {number} step 1 or -1 */
export function besideAt(spans, ms, step) {
  const now = spans.findLastIndex(({ from }) => from <= ms);
  return spans[Math.min(spans.length - 1, Math.max(0, now + step))]?.from ?? 0;
}

function voiceAt(spans, ms) {
  const span = spanAt(spans, ms);
  if (!span) return 'nobody speaks yet';
  if (span.typed) return `${span.speaker === 'person' ? 'you typed' : 'the interviewer wrote'} last`;
  if (ms >= span.to) return 'a pause';
  return span.speaker === 'person' ? 'you speak' : `the ${SPEAKERS.interviewer} speaks`;
}

/** A place on the line, as it is read out. @param {Span[]} spans */
export const placeText = (spans, ms) => `${offsetText(ms)} of ${offsetText(lengthOf(spans))}, ${voiceAt(spans, ms)}`;

const several = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What the marks under the line say, for who does not see them; null where there are none. */
export const marksText = ({ pauses, cuts }) => ({
  pauses: pauses.length ? several(pauses.length, 'pause') : null,
  cuts: cuts.length ? several(cuts.length, 'interruption') : null,
});

/** @param {object[]} gaps */
export const gapsText = (gaps) => (gaps.length ? several(gaps.length, 'gap') : null);
