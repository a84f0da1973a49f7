/** Amounts and times as people read them. The server tells amounts as decimal text; nothing is counted here. */

const MINUS = '\u2212';

/** `-0.50` with a real minus sign. */
export const amount = (text) => text.replace('-', MINUS);

/** The same, and a plus where something came in. */
export const change = (text) => (isZero(text) || text.startsWith('-') ? amount(text) : `+${text}`);

export const isZero = (text) => /^-?0\.00$/.test(text);

/** Without its sign. */
export const size = (text) => text.replace('-', '');

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const moment = (iso) => format.format(new Date(iso));

export const day = (iso) => new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(new Date(iso));

/** Two pages of a statement as one: a line that stands in both stands once. */
export function joined(lines, more) {
  const last = lines.at(-1)?.number ?? Infinity;
  return [...lines, ...more.filter(({ number }) => number < last)];
}
