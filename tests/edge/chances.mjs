/** Numbers that are the same for the same seed, small and quick: mulberry32. `next` gives one from 0 up to 1. */
export function chances(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    next,
    below,
    chance: (part) => next() < part,
    of: (list) => list[below(list.length)],
    between: (least, most) => least + below(most - least + 1),
  };
}
