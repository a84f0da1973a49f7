/** The last things that happened, for a letter to support. Only facts with these names are kept: no word that was said, no secret. */

const KEPT = ['attempt', 'code', 'ending', 'requestId', 'state', 'step', 'type'];
const SIZE = 200;
const PLAIN = /^[\w.:-]{1,80}$/;

const isPlain = (value) => ['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && PLAIN.test(value));

export function createDebug({ size = SIZE, now = Date.now } = {}) {
  /** @type {object[]} */
  let entries = [];
  return {
    get entries() { return entries; },
    /** @param {string} what @param {Record<string, any>} [facts] */
    note(what, facts = {}) {
      const plain = KEPT.filter((name) => isPlain(facts[name])).map((name) => [name, facts[name]]);
      entries = [...entries, { at: now(), what, ...Object.fromEntries(plain) }].slice(-size);
    },
    /** One event for each line. */
    text: () => entries.map((entry) => JSON.stringify(entry)).join('\n'),
  };
}
