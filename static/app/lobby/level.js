/** How loud it is, as a level of the line. */

const QUIET_DB = -60;
const LOUD_DB = -12;
export const HEARD = 0.35; // a level that only a voice near the microphone reaches

/** Samples between -1 and 1 as a level between 0 (a quiet room) and 1 (a raised voice). */
export function levelOf(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length || 1e-12);
  return Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/**
 * The last levels, oldest first. Each new one comes in as two points, so that the crests of the line, which lie on
 * either side in turn, keep their side while they move.
 */
export const withLevel = (levels, level) => [...levels.slice(2), (levels.at(-1) + level) / 2, level];
