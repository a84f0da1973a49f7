/** What goes to and fro between page and room while a call lasts: signs of life with their answers, and what was heard if it is wanted. */
import { startHeartbeat } from './heartbeat.js';
import { createOutbox } from './relay.js';
import { qualityOf } from './rtc.js';

const MISSED_BEATS = 2; // one may be lost on any network

/**
 * @param {{ server: ReturnType<typeof import('./server.js').createServer>, room: import('./server.js').Room,
 *   measure: () => Promise<import('./rtc.js').Counts>, note: (what: string, facts?: object) => void,
 *   onAnswer: (answer: import('./server.js').Answer) => void, onQuality: (bars: number) => void,
 *   onAway: (isAway: boolean) => void, onGone: () => void }} options
 */
export function openLifeline({ server, room, measure, note, onAnswer, onQuality, onAway, onGone }) {
  const outbox = createOutbox();
  let counts = /** @type {import('./rtc.js').Counts | null} */ (null);
  let missed = 0;
  let relaying = false;

  const packets = () => counts?.packets ?? 0;

  async function beat() {
    const now = await measure().catch(() => counts);
    if (now && counts) onQuality(qualityOf(counts, now));
    counts = now;
    return server.beat(room, packets());
  }

  function answered(answer) {
    missed = 0;
    outbox.wanted = answer.relay;
    onAway(false);
    onAnswer(answer);
    if (answer.relay) relay();
  }

  function lost({ code, status }) {
    missed += 1;
    note('heartbeat lost', { code });
    if (status === 404 || status === 410) onGone(); // it was over, and has been put away since
    else onAway(missed >= MISSED_BEATS);
  }

  /** All that waits, batch after batch; what does not come through goes again with the next heartbeat. */
  async function relay() {
    if (relaying) return;
    relaying = true;
    try {
      for (let next = outbox.next(); next; next = outbox.next()) {
        await server.relay(room, next);
        outbox.acknowledge(next.batch);
      }
    } catch (error) {
      note('relay lost', { code: error.code });
      if ([400, 413].includes(error.status)) outbox.acknowledge(outbox.next().batch); // it would be refused for ever
    } finally {
      relaying = false;
    }
  }

  const heartbeat = startHeartbeat({ beat, onAnswer: answered, onLost: lost });

  return {
    take: (event) => outbox.take(event),
    relayRest: async () => outbox.wanted && relay(),
    /** The page goes away, and nobody will hear of the answer. */
    sendLast() {
      const last = outbox.next();
      if (last) server.relay(room, last, { keepalive: true }).catch(() => {});
    },
    setPatience: (patience) => server.patience(room, patience),
    whyEnded: (signal) => server.whyEnded(room, signal),
    end: (how) => server.end(room, how),
    stop: () => heartbeat.stop(),
  };
}
