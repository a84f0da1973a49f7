/** The way into a first call: a session is reserved and called; where the call fails, all begins anew with another session. */
import { createWish } from '../wish.js';
import { PAID } from './direct.js';
import { sleep } from './retry.js';

const TRIES = 3;
const ANEW_WAIT_MS = 1000;
const HOPELESS = ['bad_sdp', 'too_large', 'provider_refused', 'calls_unsupported', 'sign_in_unreachable', 'not_configured',
  'not_open_now', ...PAID];

/** Whether a new session may come through where this one did not. */
const isWorthAnew = ({ code, status }) => status !== 401 && !HOPELESS.includes(code);

/**
 * @param {{ server: ReturnType<typeof import('./server.js').createServer>, onTry: (attempt: number) => void,
 *   call: (started: any, signal: AbortSignal) => Promise<void>, hangUp: (error: any, attempt: number) => void }} options
 */
export function createStart({ server, onTry, call, hangUp }) {
  const wishes = createWish();
  let unused = /** @type {string | null} */ (null);

  async function reserve(wish, signal) {
    const body = unused ? { ...wish, replace: unused } : wish;
    try {
      const started = await server.reserve(body, wishes.keyFor(body), signal);
      wishes.settled();
      unused = started.id;
      signal.throwIfAborted();
      return started;
    } catch (error) {
      if (error.status >= 400 && error.status < 500) wishes.settled(); // else it may have come about all the same
      throw error;
    }
  }

  return {
    /** The id of a session that was held and never came to a call: the next start takes its place. */
    get unused() { return unused; },

    /** By these servers, where the lobby knows better ones than the start. @param {RTCIceServer[] | null} [iceServers] */
    async run(wish, signal, iceServers = null) {
      for (let attempt = 1; ; attempt += 1) {
        onTry(attempt);
        const started = await reserve(wish, signal);
        if (started.mode === 'direct') unused = null; // it may be paid from here on, so none takes its place unasked
        try {
          await call({ ...started, iceServers: iceServers ?? started.iceServers }, signal);
          unused = null;
          return;
        } catch (error) {
          signal.throwIfAborted();
          hangUp(error, attempt);
          if (attempt === TRIES || !isWorthAnew(error)) throw error;
          unused = started.id;
          await sleep(ANEW_WAIT_MS * attempt, signal);
        }
      }
    },
  };
}
