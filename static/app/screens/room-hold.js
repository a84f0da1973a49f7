/** Push to talk: a button that is held, by pointer or by the space bar; who cannot hold it switches it with Enter or a screen reader. */

const TAKES_SPACE = 'input, textarea, select, summary, a, dialog, button:not(.hold)';

/** `talk(isTalking)`; `isOn()` says whether it is wanted now. The result is what listens, on the button and on the document. */
export function createHold({ talk, isOn }) {
  let talking = false;
  const set = (next) => {
    if (talking === next) return;
    talking = next;
    talk(next);
  };
  const isOurs = ({ code, target }) => isOn() && code === 'Space' && !target.closest?.(TAKES_SPACE);

  return {
    button: {
      pointerdown(event) {
        if (event.button !== 0) return;
        event.target.setPointerCapture?.(event.pointerId);
        set(true);
      },
      pointerup: () => set(false),
      pointercancel: () => set(false),
      /** A click without a pointer. */
      click: ({ detail }) => detail === 0 && set(!talking),
    },
    document: {
      keydown(event) {
        if (!isOurs(event)) return;
        event.preventDefault(); // neither a click nor scrolling
        set(true);
      },
      keyup(event) {
        if (!isOurs(event)) return;
        event.preventDefault();
        set(false);
      },
    },
    release: () => set(false),
  };
}
