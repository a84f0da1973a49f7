// From raw numbers to the rows of the table.
import { BUDGETS, verdict } from './budgets.mjs';

/** A row whose value is one case over another, round by round. */
export function ratio(name, what, over, under) {
  return row(name, what, over.map((value, n) => value / under[n]), 'x', [over, under].map(middle));
}

/** A row whose value is what one case costs more than another, round by round. */
export function difference(name, what, more, less) {
  return row(name, what, more.map((value, n) => value - less[n]), 'us', [more, less].map(middle));
}

/** A row with one value that needs no other beside it. */
export function single(name, what, value, unit) {
  return row(name, what, [value], unit, []);
}

/** A row of a value that was measured again and again. */
export function several(name, what, values, unit) {
  return row(name, what, values, unit, []);
}

/** A line of a plot: as long as the value, one mark for a tenth. */
export const bar = (label, value) => `${label.padStart(12)} ${'#'.repeat(Math.round(value * 10))} ${value.toFixed(2)}`;

/** `details` are the medians behind the value. */
function row(name, what, values, unit, details) {
  const median = middle(values);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { name, what, unit, median, low, high, values, details, limit: BUDGETS[name], verdict: verdict(name, median) };
}

export function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const TITLES = ['what', 'median', 'range', 'of', 'budget', ''];
const TEXTS = [0, 4, 5]; // columns that begin on the left

/** The rows as lines of equal columns. */
export function table(rows) {
  const lines = [TITLES, ...rows.map(cells)];
  const widths = TITLES.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = (cell, column) => (TEXTS.includes(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  return lines.map((line) => line.map(padded).join('  ').trimEnd());
}

function cells({ what, unit, median, low, high, values, details, limit, verdict }) {
  const number = (value) => value.toFixed(DIGITS[unit]);
  return [
    what,
    `${number(median)} ${unit}`,
    values.length > 1 ? `${number(low)} to ${number(high)}` : '',
    details.map((value) => value.toFixed(0)).join(' : '),
    budget(limit, (value) => `${number(value)} ${unit}`),
    verdict,
  ];
}

function budget(limit, written) {
  if (limit === null) return 'reported';
  return limit.least === undefined ? `<= ${written(limit)}` : `>= ${written(limit.least)}`;
}

const DIGITS = { x: 2, us: 0, ms: 0, KiB: 1, rows: 0, hops: 0, s: 1 };
