// What each figure may be at most, or at least, in the unit it is printed with; null: it is reported only.
import { WASM_GZIP_LIMIT_KIB } from '../../scripts/lib/budget.mjs';

export const BUDGETS = {
  hello: null,
  health: 2.0, // x, with headers and log line
  bareHealth: 1.3, // x, without both
  token: 100, // us
  user: null,
  firstHello: null,
  first: 2.0, // x
  startup: 100, // ms
  rawSize: null,
  size: WASM_GZIP_LIMIT_KIB,
  take: { least: 0.65 }, // x; the goal is 0.8
  takeCpu: null,
  takeRows: null,
  interviewRows: 20, // rows
  start: 1.5, // x; the goal is 1.0
  exchange: 10, // ms
  exchangeLate: null,
  exchangeHops: 2,
  roomRows: 600, // rows
  roomAlarms: 90, // one in 20 s
  walletRows: 20, // rows
  copyStatements: 40,
  growthFirst: 1.2, // x
  growth: 1.2, // x
  lag: 5000, // ms
  drain: 60, // s
  click: 1500, // ms
};

/** `kept`, `MISSED`, or nothing where there is nothing to keep. */
export function verdict(name, value) {
  const limit = BUDGETS[name];
  if (limit === null) return '';
  const kept = limit.least === undefined ? value <= limit : value >= limit.least;
  return kept ? 'kept' : 'MISSED';
}
