/** How far the clock of this computer is from the server's, and how well that can be known from here. */

const TRIES = 4;

/**
 * `ask` resolves to the server's time. Of several answers the quickest leaves the least room for doubt: when within its way the
 * server looked at its clock is not known.
 * @param {{ ask: () => Promise<string>, now: () => number, wall: () => number }} env `now` runs evenly, `wall` is what is judged
 */
export async function clockOf({ ask, now, wall }) {
  let best = null;
  for (let i = 0; i < TRIES; i += 1) {
    const [before, shown] = [now(), wall()];
    const theirs = Date.parse(await ask());
    const took = now() - before;
    if (!best || took < best.took) best = { took, aheadMs: shown + took / 2 - theirs };
  }
  return { aheadMs: Math.round(best.aheadMs), withinMs: Math.ceil(best.took / 2), serverMs: Math.round(best.took) };
}
