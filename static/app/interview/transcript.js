/**
 * What is said, as lines: a pure reducer over the events of `openai.js`. Lines are keyed by their item and ordered by the item
 * before them, so the order in which events arrive does not matter.
 *
 * @typedef {{ id: string, after: string | null, speaker: string | null, parts: string, whole: string | null, unheard: boolean,
 *   broken: boolean, response: string | null, typed: boolean, at: number }} Item
 * @typedef {{ items: Map<string, Item>, cut: Set<string> }} Talk `cut` are the responses that were broken off
 * @typedef {'partial' | 'final' | 'interrupted' | 'failed'} Mark
 * @typedef {{ id: string, role: string, content: string, timestamp: number, final: boolean, mark: Mark, typed: boolean,
 *   earlier?: boolean }} Message `earlier`: it was said before this page was there
 */

/** @returns {Talk} */
export const emptyTalk = () => ({ items: new Map(), cut: new Set() });

const newItem = (id, at) =>
  ({ id, after: null, speaker: null, parts: '', whole: null, unheard: false, broken: false, response: null, typed: false, at });

const CHANGES = {
  item: (_, { after, speaker, text }) => ({ after, speaker, ...(text && { whole: text, typed: true }) }),
  part: (item, { speaker, response, text }) => ({ speaker, response: response ?? null, parts: item.parts + text }),
  whole: (_, { speaker, response, text }) => ({ speaker, response: response ?? null, whole: text }),
  unheard: (_, { speaker }) => ({ speaker, unheard: true }),
};

/** A line that our server kept, as one of these. @returns {Message} */
export const messageOf = ({ number, speaker, text, mark, typed }) => ({
  id: `line-${number}`, role: speaker, content: text, timestamp: 0, final: true, mark: mark ?? 'final', typed: Boolean(typed),
  earlier: true,
});

/**
 * @param {Talk} talk
 * @param {any} event
 * @param {number} at
 * @returns {Talk}
 */
export function reduce(talk, event, at) {
  if (event.cut && event.response) return { ...talk, cut: new Set(talk.cut).add(event.response) };
  const change = Object.hasOwn(CHANGES, event.what) && CHANGES[event.what];
  if (!change) return talk;
  const item = talk.items.get(event.id) ?? newItem(event.id, at);
  return { ...talk, items: new Map(talk.items).set(event.id, { ...item, ...change(item, event) }) };
}

/** Each item behind the one it follows; one whose predecessor is not known stands where it came. */
function inOrder(items) {
  const followers = new Map();
  for (const item of items.values()) {
    const before = items.has(item.after) ? item.after : null;
    followers.set(before, [...(followers.get(before) ?? []), item]);
  }
  const ordered = new Set();
  const open = [...(followers.get(null) ?? [])].reverse();
  while (open.length) {
    const item = open.pop();
    ordered.add(item);
    open.push(...(followers.get(item.id) ?? []).reverse());
  }
  return [...ordered, ...[...items.values()].filter((item) => !ordered.has(item))]; // the rest follow each other in a circle
}

/** @returns {Mark} */
function markOf({ whole, unheard, broken, response }, cut) {
  if (broken || cut.has(response)) return 'interrupted';
  if (whole !== null) return 'final';
  return unheard ? 'failed' : 'partial';
}

/**
 * The lines that have words, or that should have had some.
 * @param {Talk} talk
 * @returns {Message[]}
 */
export function messagesOf({ items, cut }) {
  const spoken = inOrder(items).filter(({ speaker, parts, whole, unheard }) => speaker && (whole || parts || unheard));
  return spoken.map((item) => {
    const mark = markOf(item, cut);
    const { id, speaker: role, whole, parts, at: timestamp, typed } = item;
    return { id, role, content: whole ?? parts, timestamp, final: mark !== 'partial', mark, typed };
  });
}

/** The call broke off: what was not finished by then never will be. @param {Talk} talk @returns {Talk} */
function brokenOff({ items, cut }) {
  const ends = (item) => (item.whole === null && !item.unheard ? { ...item, broken: true } : item);
  return { items: new Map([...items].map(([id, item]) => [id, ends(item)])), cut };
}

/** All that is said in an interview, behind what was said before this page was there. @param {Message[]} [earlier] */
export function createSaid(earlier = []) {
  let talk = emptyTalk();
  return {
    get messages() { return [...earlier, ...messagesOf(talk)]; },
    /** Returns whether it changed anything. */
    hear(event, at) {
      const before = talk;
      talk = reduce(talk, event, at);
      return talk !== before;
    },
    breakOff() { talk = brokenOff(talk); },
  };
}
