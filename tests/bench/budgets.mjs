// What each figure may be at most, in the unit it is printed with; null: it is reported only.
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
};

/** `kept`, `MISSED`, or nothing where there is nothing to keep. */
export function verdict(name, value) {
  const limit = BUDGETS[name];
  if (limit === null) return '';
  return value <= limit ? 'kept' : 'MISSED';
}
