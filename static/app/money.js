/** Amounts and moments as people read them, and the pages of a statement put together. Amounts stay text: "-0.50". */

const MINUS = '−'; // as wide as a plus and a digit, and read out as "minus"
const FULL = 100; // an interview of 30 minutes, in hundredths
const SHORT = 50;
const FULL_MINUTES = 30;
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

export const inWords = (n) => NUMBERS[n] ?? n.toLocaleString('en');
export const several = (n, what) => `${inWords(n)} ${what}${n === 1 ? '' : 's'}`;

/** Whole hundredths, for sums and comparisons. */
export const hundredths = (amount) => Math.round(Number(amount) * 100);

export const isZero = (amount) => hundredths(amount) === 0;

export const amountText = (amount) => amount.replace('-', MINUS);

/** A change wears its sign. */
export const changeText = (amount) => (hundredths(amount) > 0 ? `+${amount}` : amountText(amount));

const withoutSign = (amount) => amount.replace('-', '');

/** What an entry changed, one thing for each part: what the person owns, and what of it is set aside. */
export function changesOf({ amount, held }) {
  const own = isZero(amount) ? [] : [{ what: 'own', text: changeText(amount) }];
  if (isZero(held)) return own.length ? own : [{ what: 'none', text: 'no change' }];
  return [...own, { what: 'held', text: `${withoutSign(held)} ${hundredths(held) > 0 ? 'held' : 'released'}` }];
}

/** How far an amount reaches, in interviews. */
export function enoughText(amount) {
  const have = hundredths(amount);
  if (have < SHORT) return 'An interview needs at least 0.50.';
  if (have < FULL) return `Enough for ${Math.floor((have * FULL_MINUTES) / FULL)} minutes.`;
  return `Enough for ${several(Math.floor(have / FULL), 'full interview')} or ${several(Math.floor(have / SHORT), 'short one')}.`;
}

/** In the locale and the time zone of whoever reads; a day alone where the hour says nothing. */
export function momentText(iso, locale, timeZone) {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso));
}

export function dayText(iso, locale, timeZone) {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(new Date(iso));
}

/** Short, for many beside each other; in milliseconds. */
export function shortDayText(moment, locale, timeZone) {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(moment);
}

/** A page put behind the lines that are there already; a line that came twice stands once. */
export function withPage(lines, page) {
  const known = new Set(lines.map(({ number }) => number));
  return [...lines, ...page.filter(({ number }) => !known.has(number))];
}

/** What was available after each line, oldest first, between 0 and 1. */
export function balanceLevels(lines) {
  const after = lines.map(({ available }) => hundredths(available)).reverse();
  const most = Math.max(1, ...after);
  return after.map((one) => Math.max(0, one) / most);
}

/** What was typed as an amount, as the API wants it: "1", "1.5" and "1,50" become "1.50"; null when it is none, or zero. */
export function typedAmount(text) {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const amount = `${Number(match[1])}.${(match[2] ?? '').padEnd(2, '0')}`;
  return isZero(amount) ? null : amount;
}
