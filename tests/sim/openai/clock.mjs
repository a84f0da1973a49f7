// A call's own time in milliseconds: it moves when it is told to, and what is due runs in order.

export function makeClock(onBusy = () => {}) {
  let now = 0;
  let due = [];

  return {
    now: () => now,
    idle: () => due.length === 0,

    /** Runs `work` in `ms`; answers what `cancel` takes. */
    later(ms, work) {
      const entry = { at: now + ms, work };
      const place = due.findIndex(({ at }) => at > entry.at);
      due.splice(place === -1 ? due.length : place, 0, entry);
      onBusy();
      return entry;
    },

    cancel(...entries) {
      due = due.filter((entry) => !entries.includes(entry));
    },

    advance(ms) {
      const until = now + ms;
      while (due.length > 0 && due[0].at <= until) {
        const { at, work } = due.shift();
        now = at;
        work();
      }
      now = until;
    },

    stop() {
      due = [];
    },
  };
}
