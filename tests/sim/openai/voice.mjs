// What the interviewer's track sounds like now: lines one after another, silence between them.

import { PACKET_MS, SILENCE } from './lines.mjs';

export function makeVoice(clock) {
  let queue = [];
  let current = null;

  function next() {
    current = queue.shift() ?? null;
    if (!current) return;
    current.startedAt = clock.now();
    endAfter(current.ms);
    current.onStart();
  }

  function endAfter(ms) {
    current.end = clock.later(ms, () => {
      const { onStop } = current;
      current = null;
      onStop();
      if (!current) next();
    });
  }

  return {
    /** Queues a line; `onStart` and `onStop` tell when it sounds. */
    play(id, line, told) {
      queue.push({ id, line, ms: line.ms, ...told });
      if (!current) next();
    },

    /** No more of this line than was made of it. */
    shorten(id, ms) {
      queue = queue.filter((one) => one.id !== id);
      if (current?.id !== id) return;
      clock.cancel(current.end);
      endAfter(Math.max(0, ms - (clock.now() - current.startedAt)));
    },

    /** Silence at once: the id of the line that was cut and what of it was heard. */
    clear() {
      const cut = current;
      queue = [];
      current = null;
      if (!cut) return null;
      clock.cancel(cut.end);
      return { id: cut.id, heardMs: clock.now() - cut.startedAt };
    },

    /** The packet for this moment. */
    packet: () => current?.line.packets[Math.floor((clock.now() - current.startedAt) / PACKET_MS)] ?? SILENCE,
  };
}
