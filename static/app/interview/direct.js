/** Where the server lets the page call the interviewer by itself: with a secret that lives for ten seconds and is paid for. */
import { ApiError, isUnsure } from '../api.js';
import { retry } from './retry.js';

const LIMIT_MS = 15_000;

/** What the server answers by itself, and so has not been paid. */
const REFUSALS = ['provider_error', 'provider_timeout', 'provider_busy', 'provider_refused', 'wallet_unavailable', 'not_open_now',
  'not_configured'];

/** After these it is paid, or may be: nothing begins anew by itself. */
export const PAID = ['direct_failed', 'direct_unsure'];

const isRefused = ({ code }) => REFUSALS.includes(code);

/** A secret whose answer got lost is asked for once more: the same offer gets the same one. From then on only a refusal says that nothing
 * is paid; that it comes too late does not. @param {() => Promise<any>} ask */
export async function askForSecret(ask) {
  let wasLost = false;
  const again = (error) => (wasLost = isUnsure(error) && !isRefused(error));
  return retry(ask, { waits: [0], again }).catch((error) => {
    throw wasLost && !isRefused(error) ? new ApiError('direct_unsure', error) : error;
  });
}

/**
 * The interviewer's answer to the offer. A network that failed is tried once more at once: for more the secret lives too short.
 * @param {{ secret: string, url: string }} by @param {string} sdp
 */
export async function callBy({ secret, url }, sdp, fetch = globalThis.fetch) {
  async function once() {
    const response = await fetch(url, {
      method: 'POST', body: sdp, headers: { 'content-type': 'application/sdp', authorization: `Bearer ${secret}` },
      credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(LIMIT_MS),
    });
    if (response.status !== 201) throw new ApiError('direct_failed', { status: response.status });
    return response.text();
  }
  return retry(once, { waits: [0], again: (error) => error instanceof TypeError });
}
