/** A sign of life every five seconds, and what the server answers to it. */

export const BEAT_MS = 5000;
export const BEAT_LIMIT_MS = 4000; // a lost one must not keep the next from being sent
const SOON_MS = 300;

/** The end of a pause is asked for when it is due. */
const nextIn = (answer) => (answer?.paused ? Math.min(BEAT_MS, (answer.pauseLeftMs ?? 0) + SOON_MS) : BEAT_MS);

/** One after the other, the first at once. `onLost` hears of those without an answer. */
export function startHeartbeat({ beat, onAnswer, onLost }) {
  let over = false;
  let timer;
  async function next() {
    const began = Date.now();
    let answer = null;
    try {
      answer = await beat();
      if (!over) onAnswer(answer);
    } catch (error) {
      if (!over) onLost(error);
    }
    if (!over) timer = setTimeout(next, Math.max(0, nextIn(answer) - (Date.now() - began)));
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
 * @param {{ remainingMs: number, state: string, paused?: boolean, at: number } | null} told the last answer, and when it came
 * @param {number} now
 * @param {number} most so long one answer counts: whoever is told of changes alone hears nothing while there are none
 */
export function remainingAt(told, now, most = 2 * BEAT_MS) {
  if (!told) return null;
  return Math.max(0, told.remainingMs - (told.state === 'live' && !told.paused ? passed(told, now, most) : 0));
}

/** What is left for pauses; null where the server has none to give. */
export function pauseLeftAt(told, now) {
  if (typeof told?.pauseLeftMs !== 'number') return null;
  return Math.max(0, told.pauseLeftMs - (told.paused ? passed(told, now) : 0));
}

const passed = ({ at }, now, most = 2 * BEAT_MS) => Math.min(now - at, most);
