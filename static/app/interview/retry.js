/** Doing something again when it has failed: the first try at once, then after waits that double. */

export const WAITS = [1000, 2000, 4000, 8000, 16_000];
const JITTER = 0.25; // of each wait, so that many who failed together do not come back together

/**
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', over);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', over, { once: true });
  });
}

/**
 * What `work` resolves to. After its last wait, or once `again` says that an error stays, that error is thrown.
 * @template T
 * @param {(attempt: number) => Promise<T>} work
 * @param {{ waits?: number[], again?: (error: any) => boolean, signal?: AbortSignal, random?: () => number }} [options]
 */
export async function retry(work, { waits = WAITS, again = () => true, signal, random = Math.random } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt >= waits.length || !again(error)) throw error;
      await sleep(waits[attempt] * (1 + JITTER * random()), signal);
    }
  }
}
