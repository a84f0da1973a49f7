/** What goes to and fro between page and room while an interview lasts: signs of life with their answers, and what was heard if it is
 * wanted. It outlives the calls. */
import { startHeartbeat } from './heartbeat.js';
import { createOutbox } from './relay.js';
import { qualityOf } from './rtc.js';

const MISSED_BEATS = 2; // one may be lost on any network

/**
 * @param {{ server: ReturnType<typeof import('./server.js').createServer>, room: import('./server.js').Room,
 *   measure: () => Promise<import('./rtc.js').Counts>, isAway: () => boolean, note: (what: string, facts?: object) => void,
 *   orders: ReturnType<typeof import('./orders.js').createOrders>,
 *   onAnswer: (answer: import('./server.js').Answer) => void, onQuality: (bars: number) => void,
 *   onCounts: (before: import('./rtc.js').Counts, now: import('./rtc.js').Counts) => void,
 *   onAway: (isAway: boolean) => void, onGone: () => void }} options `isAway`: there is no connection to the interviewer
 */
export function openLifeline({ server, room: first, measure, isAway, note, orders, onAnswer, onQuality, onCounts, onAway, onGone }) {
  let room = first;
  let outboxes = [{ room, outbox: createOutbox() }]; // one for each call: of those before the last only what is still to be sent
  let counts = /** @type {import('./rtc.js').Counts | null} */ (null);
  let missed = 0;
  let wanted = false;
  let relaying = false;

  async function beat() {
    const before = counts;
    counts = await measure().catch(() => counts);
    if (before && counts && counts !== before) {
      onQuality(qualityOf(before, counts));
      onCounts(before, counts);
    }
    const { said } = orders;
    // While the connection is away, what came in before is no sign of life.
    const answer = await (isAway() ? server.beat(room, 0, { away: true, said }) : server.beat(room, counts?.packets ?? 0, { said }));
    orders.known(said);
    return answer;
  }

  function answered(answer) {
    missed = 0;
    wanted = answer.relay;
    for (const { outbox } of outboxes) outbox.wanted = wanted;
    onAway(false);
    onAnswer(answer);
    if (wanted) relay();
  }

  function lost({ code, status }) {
    missed += 1;
    note('heartbeat lost', { code });
    if (status === 404 || status === 410) onGone(); // it was over, and has been put away since
    else onAway(missed >= MISSED_BEATS);
  }

  /** All that waits, call after call, batch after batch; what does not come through goes again with the next heartbeat. */
  async function relay() {
    if (relaying) return;
    relaying = true;
    try {
      for (const { room: heardIn, outbox } of outboxes) await empty(heardIn, outbox);
      outboxes = outboxes.slice(-1);
    } catch (error) {
      note('relay lost', { code: error.code });
    } finally {
      relaying = false;
    }
  }

  async function empty(heardIn, outbox) {
    for (let next = outbox.next(); next; next = outbox.next()) {
      await server.relay(heardIn, next).catch((error) => {
        if (![400, 413].includes(error.status)) throw error; // else it would be refused for ever
        note('relay refused', { code: error.code });
      });
      outbox.acknowledge(next.batch);
    }
  }

  const heartbeat = startHeartbeat({ beat, onAnswer: answered, onLost: lost });

  return {
    /** Another call, with counts and batches of its own. */
    moved(next) {
      room = next;
      counts = null;
      missed = 0;
      outboxes = [...outboxes, { room, outbox: Object.assign(createOutbox(), { wanted }) }];
    },
    take: (event) => outboxes.at(-1).outbox.take(event),
    relayRest: async () => wanted && relay(),
    /** The page goes away, and nobody will hear of the answer. */
    sendLast() {
      const last = outboxes.at(-1).outbox.next();
      if (last) server.relay(room, last, { keepalive: true }).catch(() => {});
    },
    stop: () => heartbeat.stop(),
  };
}
