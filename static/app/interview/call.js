/** One call of an interview: a peer whose offer our server exchanges for an answer. What happens on it is told until it is closed. */
import { openPeer } from './rtc.js';

const OPEN_LIMIT_MS = 15_000; // from the answer to an open channel; behind the worst network it takes five

/** @param {Parameters<typeof openPeer>[0]} options */
export function openCall({ tell, ...options }) {
  let offer = /** @type {Promise<string> | null} */ (null);
  let opens, fails;
  const opening = new Promise((resolve, reject) => { [opens, fails] = [resolve, reject]; });
  opening.catch(() => {}); // who does not wait for it hears of it otherwise

  const peer = openPeer({
    ...options,
    tell(event) {
      if (event.what === 'open') opens();
      if (event.what === 'closed' || event.state === 'failed') fails(new Error('no path'));
      tell(event);
    },
  });

  return {
    ...peer,
    /** However often it is asked for, it stays the same: the same offer is the same call. */
    offer: () => (offer ??= peer.offer()),
    /** Resolves once its channel is open. @param {AbortSignal} signal */
    opened(signal) {
      const stop = AbortSignal.any([signal, AbortSignal.timeout(OPEN_LIMIT_MS)]);
      stop.addEventListener('abort', () => fails(stop.reason), { once: true });
      return opening;
    },
  };
}
