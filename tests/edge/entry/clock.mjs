// The clock of the isolate, which tests put ahead. Alarms keep ringing when the product's own clock says so.

const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;

export function putAhead(milliseconds) {
  ahead = milliseconds;
}

/** The platform's time for a time of the product, and the other way round. */
export const toPlatform = (time) => time - ahead;
export const toProduct = (time) => time + ahead;
