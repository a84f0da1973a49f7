/** The way back into an interview whose call broke off: how it stands, a new call, and after a while once more. */
import { sleep } from './retry.js';

export const AGAIN_MS = [1000, 2000, 4000, 8000]; // the last one for good
const HANG_UP_MS = 500; // the server may notice an end a moment later than the page

const PACE_MS = [1000, 2000, 2000, 4000, 8000]; // from one offer to the next, by how many there were lately
const LATELY_MS = 60_000;

/** Without a word from our server. It ends an interview 20 and 120 seconds after the last sign of life; the rest is slack. */
const GIVE_UP_MS = 150_000;

/** An interview has twenty offers, so they keep their distance, however much anybody hurries and whichever way back they belong to. */
export function createPace() {
  let made = /** @type {number[]} */ ([]);
  return {
    /** Resolves when there may be another. @param {AbortSignal} signal */
    async turn(signal) {
      made = made.filter((at) => at > Date.now() - LATELY_MS);
      const next = made.length === 0 ? 0 : made.at(-1) + (PACE_MS[made.length - 1] ?? PACE_MS.at(-1));
      if (next > Date.now()) await sleep(next - Date.now(), signal);
    },
    made() { made.push(Date.now()); },
  };
}

/** @typedef {'back' | 'dropped' | 'gone' | 'unheard'} Way how it went; 'dropped': no further call is given; 'unheard': none can be */

/** What it means that a new call was refused. */
export function meaningOf({ code, status }) {
  if (code === 'session_ended') return 'dropped';
  return [401, 403, 404, 410].includes(status) ? 'gone' : 'later';
}

/**
 * `tell` hears the number of each try. `ask` is for how it stands; who learns an end by it aborts. What both throw is read by its code.
 * @param {{ ask: () => Promise<unknown>, call: () => Promise<unknown>, tell: (tries: number) => void,
 *   pace: ReturnType<typeof createPace>, hungUp?: boolean }} options
 *   `hungUp`: the other side closed the call, which may have been its end
 */
export function createComeback({ ask, call, tell, pace, hungUp = false }) {
  let rest = new AbortController();
  let hurries = false;
  let heardAt = Date.now();

  async function look(signal) {
    await ask();
    heardAt = Date.now();
    signal.throwIfAborted();
  }

  async function once(tries, signal) {
    await pace.turn(signal);
    await look(signal);
    if (hungUp && tries === 1) {
      await sleep(HANG_UP_MS, signal);
      await look(signal);
    }
    pace.made();
    await call();
  }

  /** Until it is time, or until there is hope. */
  async function wait(tries, signal) {
    rest = new AbortController();
    if (!hurries) {
      const until = AbortSignal.any([signal, rest.signal]);
      await sleep(AGAIN_MS[tries - 1] ?? AGAIN_MS.at(-1), until).catch(() => signal.throwIfAborted());
    }
    hurries = false;
  }

  return {
    /** The network is back, or the person wants it: no more waiting than must be, now or behind the try that is under way. */
    now() {
      hurries = true;
      rest.abort();
    },
    /** @param {AbortSignal} signal @returns {Promise<Way>} */
    async run(signal) {
      for (let tries = 1; ; tries += 1) {
        tell(tries);
        try {
          await once(tries, signal);
          return 'back';
        } catch (error) {
          signal.throwIfAborted();
          const meaning = meaningOf(error);
          if (meaning !== 'later') return meaning;
          if (Date.now() - heardAt >= GIVE_UP_MS) return 'unheard';
        }
        await wait(tries, signal);
      }
    },
  };
}
