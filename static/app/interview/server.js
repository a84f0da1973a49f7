/** Our server's side of an interview, call by call. A room is known by the id of its session, and opened by its key. */
import { askForSecret } from './direct.js';
import { BEAT_LIMIT_MS } from './heartbeat.js';
import { retry } from './retry.js';

/**
 * `connect` is the number of the call that this page had the last answer for.
 * @typedef {{ id: string, roomKey: string, connect?: number | null }} Room
 * @typedef {{ ending: string, heardSeconds: number, charged: string | null, rule: string, broke?: 'start' | 'talk' }} Outcome
 *   `broke`: the line, in which of them, as only this page knows
 * @typedef {{ state: string, remainingMs: number, relay: boolean, wrapUp: boolean, ended: Outcome | null,
 *   withdrawn?: { count: number, ground: string } | null, connect?: number, paused?: boolean, pauseLeftMs?: number,
 *   awayLeftMs?: number, reconnectsLeft?: number, say?: import('./orders.js').Order[] }} Answer
 */

const START_WAITS = [1000, 2000, 4000];
const RELAY_LIMIT_MS = 10_000;
const WHY_WAITS = [500, 1000, 2000, 4000];
// The call is off by then: the person need not be kept waiting for long.
const END_WAITS = [1000, 2000];
const END_LIMIT_MS = 5000;

const isRefusal = ({ status }) => status >= 400 && status < 500;
const passes = ({ code, status }) => code === 'unreachable' || (code !== 'not_configured' && [502, 503, 504].includes(status));

/** @param {Room} room */
const callOf = ({ connect }) => (connect ? { connect } : {});

/** @param {{ send: (method: string, path: string, options?: object) => Promise<any> }} api */
export function createServer(api) {
  /** @param {Room} room @param {string} what @param {object} [more] */
  const post = ({ id, roomKey }, what, more) => api.send('POST', `/api/sessions/${id}/${what}`, { key: roomKey, ...more });

  /**
   * `away`: the page has no connection to the interviewer, so this is no sign of one. `said`: which of its orders were followed.
   * @param {Room} room @param {number} packets @param {{ away?: boolean, said?: string[] }} [how] @returns {Promise<Answer>}
   */
  const beat = (room, packets, { away = false, said = [] } = {}) => post(room, 'heartbeat', {
    body: { packets, ...callOf(room), ...(away && { away }), ...(said.length > 0 && { said }) }, limitMs: BEAT_LIMIT_MS,
  });

  return {
    /** The same key is the same session, however often it takes. */
    reserve: (wish, key, signal) =>
      retry(() => api.send('POST', '/api/realtime-session', { body: wish, headers: { 'idempotency-key': key } }),
        { waits: START_WAITS, again: passes, signal }),

    /** Where the page is to call by itself the answer is a `secret` and the `url` for it, in place of an `sdp`. */
    exchange({ id, token, model, mode }, sdp) {
      const ask = () => api.send('POST', '/api/webrtc-exchange', { body: { sessionId: id, token, sdp, model } });
      return mode === 'direct' ? askForSecret(ask) : ask();
    },

    /** Another call for an interview that goes on; the same offer has the same answer. @param {Room} room @param {string} sdp */
    exchangeAgain: ({ id, roomKey }, sdp) => api.send('POST', '/api/webrtc-exchange', { key: roomKey, body: { sessionId: id, sdp } }),

    beat,

    relay: (room, batch, { keepalive = false } = {}) =>
      post(room, 'transcript', { body: { ...batch, ...callOf(room) }, keepalive, limitMs: RELAY_LIMIT_MS }),

    /** @param {Room} room @param {boolean} paused @returns {Promise<Answer>} */
    pause: (room, paused) => post(room, 'pause', { body: { paused } }),

    patience: (room, patience) => post(room, 'patience', { body: { patience } }),

    /** What ended a call that broke off: the server may notice a moment later than the page. Null while it knows of no end. */
    whyEnded: (room, signal) =>
      retry(async () => {
        const { ended } = await beat(room, 0, { away: true });
        if (!ended) throw new Error('still open');
        return ended;
      }, { waits: WHY_WAITS, again: (error) => !isRefusal(error), signal }).catch(() => null),

    /**
     * Null if it could not be told: it then ends by itself. `dropped`: the line broke, nobody wished it.
     * @param {Room} room @param {{ dropped?: boolean, signal?: AbortSignal }} [how] @returns {Promise<Outcome | null>}
     */
    end: (room, { dropped = false, signal } = {}) =>
      retry(() => post(room, 'end', { body: { dropped, ...callOf(room) }, limitMs: END_LIMIT_MS }),
        { waits: END_WAITS, again: (error) => !isRefusal(error), signal })
        .then(({ ended }) => ended, () => null),
  };
}
