// Billing periods: always counted from the anchor, so that the 31st comes back after a short month.

export const DAY = 86_400;
const FIXED = { day: DAY, week: 7 * DAY };

/** The end of the period that holds `moment`. */
export function periodEnd(anchor, moment, recurring) {
  let n = 1;
  while (plus(anchor, recurring, n) <= moment) n++;
  return plus(anchor, recurring, n);
}

function plus(from, { interval, interval_count: count }, n) {
  if (FIXED[interval]) return from + FIXED[interval] * count * n;
  const start = new Date(from * 1000);
  const months = start.getUTCMonth() + (interval === 'year' ? 12 : 1) * count * n;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const end = new Date(start);
  end.setUTCFullYear(start.getUTCFullYear(), months, Math.min(start.getUTCDate(), lastDay));
  return end.getTime() / 1000;
}

export const sameInterval = (one, other) => one.interval === other.interval && one.interval_count === other.interval_count;
