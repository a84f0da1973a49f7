/** Finished lines for a screen reader: each once, a few at a time, so that it does not talk over the talk. */

const GAP_MS = 3000;
const WHO = { interviewer: 'Interviewer', person: 'You' };

/**
 * What a typist has typed needs no reading out, nor what was said before the page was there.
 * @param {import('./transcript.js').Message} one
 */
const isWorthTelling = ({ final, typed, earlier }) => final && !typed && !earlier;
const told = ({ role, content, mark }) => `${WHO[role]}: ${mark === 'failed' ? 'these words could not be taken down.' : content}`;

/** @param {(text: string) => void} tell */
export function createAnnouncer(tell) {
  const known = new Set();
  let waiting = [];
  let timer = null;

  function speak() {
    timer = waiting.length ? setTimeout(speak, GAP_MS) : null;
    if (waiting.length) tell(waiting.join(' '));
    waiting = [];
  }

  return {
    /** @param {import('./transcript.js').Message[]} messages */
    hear(messages) {
      for (const message of messages.filter((one) => isWorthTelling(one) && !known.has(one.id))) {
        known.add(message.id);
        waiting.push(told(message));
      }
      if (timer === null && waiting.length) speak();
    },
    stop: () => clearTimeout(timer),
  };
}
