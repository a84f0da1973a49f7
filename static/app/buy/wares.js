/** What is sold: packs and plans in words, amounts in the reader's way of writing them, and why something is closed. */
import { hundredths, inWords, isZero, several } from '../money.js';

// In which unit Stripe counts a currency. The tables of browsers say how many digits people write, which is another thing.
const IN_WHOLES = ['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf'];
const IN_THOUSANDTHS = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

/** How many decimals the smallest unit of a currency stands for. */
export function digitsOf(currency) {
  const code = currency.toLowerCase();
  if (IN_WHOLES.includes(code)) return 0;
  return IN_THOUSANDTHS.includes(code) ? 3 : 2;
}

/** An amount in the smallest unit of its currency, as money is written where the reader is. */
export function priceText({ amount, currency }, locale) {
  const digits = digitsOf(currency);
  const style = /** @type {const} */ ({ style: 'currency', currency });
  const usual = new Intl.NumberFormat(locale, style).resolvedOptions().minimumFractionDigits;
  const written = { ...style, minimumFractionDigits: Math.min(usual, digits), maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, written).format(amount / 10 ** digits);
}

/** "every month", "every three months". */
export const intervalText = ({ unit, count }) => (count === 1 ? `every ${unit}` : `every ${inWords(count)} ${unit}s`);

/** Whole ones without their decimals: "5.00" is 5. */
const countText = (credits) => credits.replace(/\.00$/, '');

const PLANS = { monthly: 'Monthly', quarterly: 'Quarterly', annual: 'Annual' };

/** Whether it is paid again and again; an answer about a checkout knows a plan by its id alone. */
export const isPlan = ({ id }) => Object.hasOwn(PLANS, id);

export const planName = (id) => (Object.hasOwn(PLANS, id) ? `${PLANS[id].toLowerCase()} plan` : 'plan');

export const nameOf = (product) => (isPlan(product) ? PLANS[product.id] : `${countText(product.credits)} VocahireCredits`);

/** What the button does, in its own words. */
export const actOf = (product) =>
  (isPlan(product) ? `Start the ${planName(product.id)}` : `Buy ${countText(product.credits)} credits`);

/** What a price means, beside the price itself. */
export function costText({ price, interval }, locale) {
  if (!price) return null;
  return `${priceText(price, locale)} ${interval ? intervalText(interval) : 'once'}`;
}

/** A plan that is paid for several months at once, by the month. */
export function monthText({ price, interval, perMonth, saves }, locale) {
  if (!price || perMonth === null || (interval.unit === 'month' && interval.count === 1)) return null;
  const month = `${priceText({ amount: perMonth, currency: price.currency }, locale)} a month`;
  return saves === null ? `${month}.` : `${month}, ${saves} % less than monthly.`;
}

const TOP_UP = 'who have had an interview, bought something before, or were given some';

/** For whom it is, where that is not everybody. */
export const whoMay = ({ id }) => (id === 'pack3' ? `A top-up, for those ${TOP_UP}.` : null);

const CLOSED = {
  no_price: 'Not on sale now.',
  wrong_price: 'Not on sale now: its price is not set up as it should be.',
  top_up: `Not open to you yet: it is a top-up, for those ${TOP_UP}.`,
  has_plan: 'You have a plan. Change that one at Stripe; a second one would only be paid twice.',
};

/** Why it cannot be bought, or null when it can. */
export const whyClosed = ({ closed }) => (closed === null ? null : CLOSED[closed] ?? 'Not on sale now.');

/** What is chosen: what was chosen before, while it can still be bought, else the first that can. */
export function chosenOf(products, before = null) {
  const open = products.filter(({ closed, price }) => closed === null && price);
  return (open.find(({ id }) => id === before) ?? open[0])?.id ?? null;
}

/** A pack, for who counts in interviews; for who owes, what is left of it. */
export function reachText({ credits }, owed = '0.00') {
  if (isZero(owed)) return `That is ${several(Math.floor(Number(credits)), 'full interview')}.`;
  const left = hundredths(credits) - hundredths(owed);
  return left > 0 ? `That leaves you ${(left / 100).toFixed(2)}.` : 'All of it goes into what you owe.';
}

/** What packs are good for. */
export function packsText(owed = '0.00') {
  const settled = isZero(owed) ? '' : ` You owe ${owed}; what you buy settles that first.`;
  return `A full interview of 30 minutes costs 1.00. They do not expire.${settled}`;
}
