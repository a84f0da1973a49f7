/** Practice, week by week: what was done, without anything that could be lost. */
import { inWords } from '../money.js';

const WEEKS = 12;
const FULL_HOUR = 3600;
const BREATH = [0, 0.45, 0.9, 1, 0.7, 0.3]; // of the line, in a week

/** The Monday on which a moment's week begins, where the reader is. */
function mondayOf(moment) {
  const day = new Date(moment);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
}

/** Not by adding hours: a week with a change of the clock has not 168 of them. */
const weeksBefore = (monday, count) => new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() - 7 * count);

/** The last twelve weeks, oldest first, with the seconds that were talked in each. The last one is still going on. */
export function weeksOf(sessions, now) {
  const monday = mondayOf(now);
  const weeks = Array.from({ length: WEEKS }, (_, i) => ({ from: weeksBefore(monday, WEEKS - 1 - i), seconds: 0 }));
  for (const { startedAt, heardSeconds } of sessions) {
    const own = mondayOf(Date.parse(startedAt)).getTime();
    const week = weeks.find(({ from }) => from.getTime() === own);
    if (week) week.seconds += heardSeconds;
  }
  return weeks;
}

/** Weeks with practice in a row, up to this one; one that is not over yet breaks nothing. */
export function rowOf(weeks) {
  const done = weeks.at(-1).seconds > 0 ? weeks : weeks.slice(0, -1);
  const gap = done.findLastIndex(({ seconds }) => seconds === 0);
  return done.length - 1 - gap;
}

export function practiceText(weeks) {
  const practised = weeks.filter(({ seconds }) => seconds > 0).length;
  if (practised === 0) return 'The last twelve weeks were quiet. Any week is a good one to go on.';
  const row = rowOf(weeks);
  const inAll = `You practised in ${inWords(practised)} of the last twelve weeks`;
  return row > 1 && row < practised ? `${inAll}, ${inWords(row)} of them in a row.` : `${inAll}${row > 1 ? ', all in a row' : ''}.`;
}

/** The line of the weeks: it breathes in a week with practice, more so the longer it was, and lies flat in the others. */
export function weekLevels(weeks) {
  const loud = (seconds) => (seconds > 0 ? 0.3 + 0.7 * Math.min(1, seconds / FULL_HOUR) : 0);
  return [...weeks.flatMap(({ seconds }) => BREATH.map((level) => level * loud(seconds))), 0];
}
