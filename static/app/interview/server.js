/** Our server's side of an interview, call by call. A room is known by the id of its session, and opened by its key. */
import { retry } from './retry.js';
import { BEAT_LIMIT_MS } from './heartbeat.js';

/**
 * @typedef {{ id: string, roomKey: string }} Room
 * @typedef {{ ending: string, heardSeconds: number, charged: string | null, rule: string }} Outcome
 * @typedef {{ state: string, remainingMs: number, relay: boolean, wrapUp: boolean, ended: Outcome | null,
 *   withdrawn?: { count: number, ground: string } | null }} Answer
 */

const START_WAITS = [1000, 2000, 4000];
const RELAY_LIMIT_MS = 10_000;
const WHY_WAITS = [500, 1000, 2000, 4000];
// The call is off by then: the person need not be kept waiting for long.
const END_WAITS = [1000, 2000];
const END_LIMIT_MS = 5000;

const isRefusal = ({ status }) => status >= 400 && status < 500;
const passes = ({ code, status }) => code === 'unreachable' || (code !== 'not_configured' && [502, 503, 504].includes(status));

/** @param {{ send: (method: string, path: string, options?: object) => Promise<any> }} api */
export function createServer(api) {
  /** @param {Room} room @param {string} what @param {object} [more] */
  const post = ({ id, roomKey }, what, more) => api.send('POST', `/api/sessions/${id}/${what}`, { key: roomKey, ...more });

  /** @param {Room} room @returns {Promise<Answer>} */
  const beat = (room, packets) => post(room, 'heartbeat', { body: { packets }, limitMs: BEAT_LIMIT_MS });

  return {
    /** The same key is the same session, however often it takes. */
    reserve: (wish, key, signal) =>
      retry(() => api.send('POST', '/api/realtime-session', { body: wish, headers: { 'idempotency-key': key } }),
        { waits: START_WAITS, again: passes, signal }),

    exchange: ({ id, token, model }, sdp) => api.send('POST', '/api/webrtc-exchange', { body: { sessionId: id, token, sdp, model } }),

    beat,

    relay: (room, batch, { keepalive = false } = {}) => post(room, 'transcript', { body: batch, keepalive, limitMs: RELAY_LIMIT_MS }),

    patience: (room, patience) => post(room, 'patience', { body: { patience } }),

    /** What ended a call that broke off: the server may notice a moment later than the page. Null while it knows of no end. */
    whyEnded: (room, signal) =>
      retry(async () => {
        const { ended } = await beat(room, 0); // nothing comes in any more
        if (!ended) throw new Error('still open');
        return ended;
      }, { waits: WHY_WAITS, again: (error) => !isRefusal(error), signal }).catch(() => null),

    /**
     * Null if it could not be told: it then ends by itself. `dropped`: the line broke, nobody wished it.
     * @param {Room} room @param {{ dropped?: boolean, signal?: AbortSignal }} [how] @returns {Promise<Outcome | null>}
     */
    end: (room, { dropped = false, signal } = {}) =>
      retry(() => post(room, 'end', { body: { dropped }, limitMs: END_LIMIT_MS }),
        { waits: END_WAITS, again: (error) => !isRefusal(error), signal })
        .then(({ ended }) => ended, () => null),
  };
}
