/** An interview that was held, and what was said in it, as people read it. */
import { speechLevel } from './line.js';

const PER_CHARACTER_MS = 65; // how long speech takes for one, about

const pad = (count) => String(count).padStart(2, '0');

/** A moment of the talk: 0:07, 12:40, 1:02:03. */
export function offsetText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

export function lengthText(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** What was paid; null while it is being settled. */
export function chargeText(charged) {
  if (charged === null) return 'being settled';
  return Number(charged) === 0 ? 'nothing charged' : `${charged} VocahireCredits`;
}

/** How an interview ended, for a list of them. */
const ENDINGS = {
  no_media_path: 'No connection came about.',
  no_output: 'The interviewer said nothing.',
  never_spoke: 'You never spoke.',
  ended_early: 'It ended in its first minute.',
  ended_by_user: 'You ended it.',
  connection_lost: 'The connection was lost.',
  provider_fault: 'The service behind the interviewer failed.',
  our_fault: 'It failed because of a fault of ours.',
  ran_its_time: 'It ran its time.',
  cost_ceiling: 'It reached what one interview may use.',
  paid_ahead: 'All of it was paid at its start.',
};

export const endingText = (ending) => (Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : 'It is over.');

/** Every call that it may have is made. */
export const NO_RETURN = 'It goes on only where it runs now, and cannot be taken up here.';

export const SPEAKERS = { interviewer: 'AI interviewer', person: 'You' };

/** What a reader has to know about a line besides its words. */
export function marksOf({ mark, typed, source }) {
  const told = {
    interrupted: 'interrupted, so not all of it was heard',
    failed: 'could not be transcribed',
    partial: 'unfinished',
    withdrawn: 'This question was stopped: nobody has to answer it.',
  };
  return [told[mark], typed && 'typed', source === 'relay' && 'as your browser took it down'].filter(Boolean);
}

const several = (count, unit) => `${count} ${unit}${count === 1 ? '' : 's'}`;

function spanText(ms) {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes && several(minutes, 'minute'), rest && several(rest, 'second')].filter(Boolean).join(' ');
}

/** What a gap of the talk was, and what it means. @param {{ kind: string, atMs: number, endMs: number }} gap */
export function gapText({ kind, atMs, endMs }) {
  const span = spanText(endMs - atMs);
  if (kind === 'pause') return `Pause of ${span}.`;
  if (kind === 'unheard') return `Nobody wrote down what was said for ${span}.`;
  return `The connection was away for ${span}; your time stood still.`;
}

/** Lines and gaps in the order of the talk: a gap stands before what was said after it. */
export function withGaps(lines, gaps) {
  const left = [...gaps].sort((a, b) => a.atMs - b.atMs);
  const upTo = (ms) => left.splice(0, left.findLastIndex(({ atMs }) => atMs <= ms) + 1).map((gap) => ({ gap }));
  return [...lines.flatMap((line) => [...upTo(line.atMs), { line }]), ...left.map((gap) => ({ gap }))];
}

/** A line without words tells nothing, unless it is that they could not be made out, or were not to be said. */
export const readable = (lines) => lines.filter(({ text, mark }) => text.trim() !== '' || ['failed', 'withdrawn'].includes(mark));

/** A line of the interviewer is written faster than it is spoken, so its words say how long it took, until the next line. */
export const heardUntil = ({ atMs, endMs, text }, next) =>
  Math.max(endMs, Math.min(atMs + text.length * PER_CHARACTER_MS, next ? next.atMs : Infinity));

/** When each voice was heard, in seconds; what was typed was not heard. */
export const cuesOf = (lines) => lines.flatMap((line, i) =>
  (line.typed ? [] : [{ speaker: line.speaker, from: line.atMs / 1000, to: heardUntil(line, lines[i + 1]) / 1000 }]));

export const lastOf = (cues) => Math.max(0, ...cues.map(({ to }) => to));

export const spokenSeconds = (cues, speaker) =>
  cues.filter((cue) => cue.speaker === speaker).reduce((sum, { from, to }) => sum + to - from, 0);

/** For each of `count` even stretches of the talk, the part of it (0 to 1) in which `speaker` was heard. */
export function spokenShares(cues, speaker, count) {
  const stretch = lastOf(cues) / count;
  const shares = Array(count).fill(0);
  for (const { from, to } of cues.filter((cue) => cue.speaker === speaker && stretch > 0)) {
    for (let i = Math.floor(from / stretch); i < count && i * stretch < to; i += 1) {
      shares[i] = Math.min(1, shares[i] + (Math.min(to, (i + 1) * stretch) - Math.max(from, i * stretch)) / stretch);
    }
  }
  return shares;
}

/** The same as levels of the line: it breathes as speech does, and begins and ends flat. */
export function voiceLevels(cues, speaker, count) {
  const talk = [{ from: -1, to: count + 1 }];
  return [0, ...spokenShares(cues, speaker, count).map((share, i) => share * speechLevel(talk, i)), 0];
}

/** The moment at which an interview is deleted by itself. */
export const keptUntil = (endedAt, days) => new Date(Date.parse(endedAt) + days * 86_400_000).toISOString();
