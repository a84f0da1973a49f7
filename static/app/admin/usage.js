/** Usage as operators read it. */
import { several } from '../money.js';

const DAY_MS = 86_400_000;

export const dollarText = (amount) => `$${amount}`;

/** Whole minutes, so that columns can be compared. */
export const minutesText = (seconds) => `${Math.round(seconds / 60).toLocaleString('en')} min`;

/** Each day from the first to the last, oldest first: a day without interviews cost nothing. */
export function costLevels(days) {
  const costs = new Map(days.map(({ day, cost }) => [Date.parse(day), Number(cost)]));
  const [from, to] = [Math.min(...costs.keys()), Math.max(...costs.keys())];
  const all = Array.from({ length: (to - from) / DAY_MS + 1 }, (_, i) => costs.get(from + i * DAY_MS) ?? 0);
  const most = Math.max(...all);
  return all.map((cost, i) => ({ at: all.length > 1 ? i / (all.length - 1) : 0.5, level: most > 0 ? cost / most : 0 }));
}

/** @param {{ listed: boolean | null, shutdown: string | null, days: number | null }} model */
export function endText({ listed, shutdown, days }) {
  if (listed === false) return 'is not on OpenAI’s list';
  if (shutdown === null) return listed ? 'on OpenAI’s list, no end is known' : 'not looked up yet';
  if (days !== null && days <= 0) return `ended on ${shutdown}`;
  return `ends on ${shutdown}, in ${several(days ?? 0, 'day')}`;
}
