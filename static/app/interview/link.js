/** Whether a call still carries: what its peer tells, what its counts say, and a closer look when the network changed. */

const BROKEN_MS = 4000; // what is only disconnected often comes back by itself
const STILL_BEATS = 2; // heartbeats without a packet
const LAST = { moreMs: 26_000, beats: 6 }; // where no other call would follow
const LOOK_MS = { spoken: 2500, typed: 6000 }; // packets come all the time, signs of life of the path every few seconds

/**
 * @param {{ typed: boolean, isLast: () => boolean, measure: () => Promise<import('./rtc.js').Counts>,
 *   onBroken: (isBroken: boolean) => void, onLost: (how: { hungUp: boolean }) => void }} options
 */
export function createLink({ typed, isLast, measure, onBroken, onLost }) {
  let state = 'new';
  let timer;
  let closerLook;
  let still = 0;
  let looking = false;
  let over = false;
  const signs = ({ packets, responses }) => (typed ? responses : packets);

  function stop() {
    over = true;
    clearTimeout(timer);
    clearTimeout(closerLook);
  }

  function lose(hungUp = false) {
    if (over) return;
    stop();
    onLost({ hungUp });
  }

  /** A doubtful call is worse than another one and better than none. Whether it is kept. */
  const doubt = () => isLast() || lose();

  function become(next) {
    state = next;
    clearTimeout(timer);
    if (state === 'failed') return lose();
    const isBroken = state === 'disconnected';
    if (isBroken) timer = setTimeout(() => { if (doubt()) timer = setTimeout(lose, LAST.moreMs); }, BROKEN_MS);
    return onBroken(isBroken);
  }

  return {
    /** An event of the peer. The channel's close is the end of the call; the connection's own state would tell it much later. */
    hear({ what, state: next }) {
      if (over) return;
      if (what === 'closed') lose(true);
      if (what === 'state') become(next);
    },

    /** The counts at two heartbeats, between which the server says that the talk went on. */
    counted(before, now) {
      still = typed || now.packets === 0 || now.packets > before.packets ? 0 : still + 1;
      if (still >= (isLast() ? LAST.beats : STILL_BEATS)) lose();
    },

    /** The network changed: what was connected may be so in name only. */
    async look() {
      if (over || looking) return;
      if (['disconnected', 'failed'].includes(state)) return void doubt();
      looking = true;
      const before = await measure().catch(() => null);
      closerLook = setTimeout(async () => {
        looking = false;
        const now = await measure().catch(() => null);
        if (before && now && signs(before) > 0 && signs(now) === signs(before)) doubt();
      }, typed ? LOOK_MS.typed : LOOK_MS.spoken);
    },

    get isOver() { return over; },
    stop,
  };
}
