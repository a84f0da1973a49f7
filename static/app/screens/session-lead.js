/** Ways through the page: from words that are quoted to the moment they were said, back again, and along the talk as it plays. */
import { findWords, lineOf } from '../report/quotes.js';

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function leading({ root, state, draw }) {
  const item = (number) => root.querySelector(`#line-${number}`);
  const replay = () => root.querySelector('voice-replay');

  /** Some of it, or all of it: below the replay, which lies over what is behind it. */
  function isSeen(element, { whole = false } = {}) {
    const { top, bottom } = element.getBoundingClientRect();
    const edge = replay()?.getBoundingClientRect().bottom ?? 0;
    return whole ? top >= edge && bottom <= innerHeight : bottom > edge && top < innerHeight;
  }

  const bring = (element) => element.scrollIntoView({ block: 'center', behavior: still() ? 'auto' : 'smooth' });

  return {
    /** To the line, its words marked; the replay stands there too. */
    jump(event, { number, text, atMs }) {
      const line = lineOf(state.shown, number);
      if (!line) return;
      event.preventDefault();
      replay()?.seek(atMs ?? line.atMs);
      draw({ found: { number, words: text ? findWords(line.text, text) : null, from: event.currentTarget } });
      item(number).focus({ preventScroll: true });
      bring(item(number));
    },
    back() {
      const { from } = state.found;
      draw({ found: null });
      if (!from.isConnected) return;
      from.focus({ preventScroll: true });
      bring(from);
    },
    seek: (atMs) => replay().seek(atMs),
    /** Who reads elsewhere while it plays is left there; under reduced motion the page never moves by itself. */
    moved({ line, playing, strayed }) {
      const before = item(state.current);
      const follows = !strayed || (before && isSeen(before));
      draw({ current: line });
      const now = item(line);
      if (playing && follows && now && !still() && !isSeen(now, { whole: true })) bring(now);
    },
  };
}
