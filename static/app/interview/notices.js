/** What the server tells on the way that the person should know: each once, until it is closed. */
import { RESUME_MISSING, withdrawnWords } from './words.js';

export function createNotices() {
  let count = 0; // of the questions that were stopped
  let isMissing = false;
  /** @type {string[]} */
  let open = [];
  const add = (text) => { open = [...open.filter((one) => one !== text), text]; };

  return {
    get open() { return open; },
    /** @param {{ withdrawn: { count: number, ground: string } | null, resume: string | null }} told */
    hear({ withdrawn, resume }) {
      const now = withdrawn?.count ?? 0;
      if (now > count) add(withdrawnWords(withdrawn.ground));
      count = now;
      if (resume === 'missing' && !isMissing) add(RESUME_MISSING);
      isMissing = resume === 'missing';
    },
    /** @param {string} text */
    close(text) { open = open.filter((one) => one !== text); },
  };
}
