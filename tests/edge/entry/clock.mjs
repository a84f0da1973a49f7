// The clock of the isolate, which tests put ahead. Alarms keep ringing when the product's own clock says so, and so do
// timers so long that no test waits for them.

const [now, setTimer, clearTimer] = [Date.now, globalThis.setTimeout, globalThis.clearTimeout];
const LONG_MS = 60_000;
const LOOK_MS = 20;
const looking = new Map(); // a long timer's name to that of the look at the clock that is next
let ahead = 0;
Date.now = () => now() + ahead;

export function putAhead(milliseconds) {
  ahead = milliseconds;
}

/** The platform's time for a time of the product, and the other way round. */
export const toPlatform = (time) => time - ahead;
export const toProduct = (time) => time + ahead;

globalThis.setTimeout = (run, ms, ...more) => {
  if (!(ms >= LONG_MS)) return setTimer(run, ms, ...more);
  const end = Date.now() + ms;
  const look = () => {
    looking.delete(name);
    if (Date.now() >= end) run(...more);
    else looking.set(name, setTimer(look, LOOK_MS));
  };
  const name = setTimer(look, LOOK_MS);
  return name;
};

globalThis.clearTimeout = (name) => {
  clearTimer(looking.get(name) ?? name);
  looking.delete(name);
};
