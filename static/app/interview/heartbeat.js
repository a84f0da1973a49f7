/** A sign of life every five seconds, and what the server answers to it. */

export const BEAT_MS = 5000;
export const BEAT_LIMIT_MS = 4000; // a lost one must not keep the next from being sent

/** One after the other, the first at once. `onLost` hears of those without an answer. */
export function startHeartbeat({ beat, onAnswer, onLost }) {
  let over = false;
  let timer;
  async function next() {
    const began = Date.now();
    try {
      const answer = await beat();
      if (!over) onAnswer(answer);
    } catch (error) {
      if (!over) onLost(error);
    }
    if (!over) timer = setTimeout(next, Math.max(0, BEAT_MS - (Date.now() - began)));
  }
  next();
  return {
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}

/**
 * The time that is left. Only the server knows it; between two answers it is painted as it goes on, and it stands still
 * while the server's stands still.
 * @param {{ remainingMs: number, state: string, at: number } | null} told the last answer, and when it came
 * @param {number} now
 */
export function remainingAt(told, now) {
  if (!told) return null;
  const passed = told.state === 'live' ? Math.min(now - told.at, 2 * BEAT_MS) : 0;
  return Math.max(0, told.remainingMs - passed);
}
