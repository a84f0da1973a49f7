/** The way back into an interview whose call broke off: how it stands, a new call, and after a while once more. */
import { sleep } from './retry.js';

export const AGAIN_MS = [1000, 2000, 4000, 8000]; // the last one for good
const HANG_UP_MS = 500; // the server may notice an end a moment later than the page

/** @typedef {'back' | 'dropped' | 'gone'} Way how it went; 'dropped': no further call is given */

/** What it means that a new call was refused. */
export function meaningOf({ code, status }) {
  if (code === 'session_ended') return 'dropped';
  return [401, 403, 404, 410].includes(status) ? 'gone' : 'later';
}

/**
 * `tell` hears the number of each try. `ask` is for how it stands; who learns an end by it aborts. What both throw is read by its code.
 * @param {{ ask: () => Promise<unknown>, call: () => Promise<unknown>, tell: (tries: number) => void, hungUp?: boolean }} options
 *   `hungUp`: the other side closed the call, which may have been its end
 */
export function createComeback({ ask, call, tell, hungUp = false }) {
  let rest = new AbortController();
  let hurries = false;

  async function once(tries, signal) {
    await ask();
    signal.throwIfAborted();
    if (hungUp && tries === 1) {
      await sleep(HANG_UP_MS, signal);
      await ask();
      signal.throwIfAborted();
    }
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
    /** The network is back, or the person wants it: no more waiting, now or behind the try that is under way. */
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
        }
        await wait(tries, signal);
      }
    },
  };
}
