// What the stand-ins received, oldest first.

import { partsOf } from './http.mjs';

const KEPT = 20_000;

export function makeLog() {
  let entries = [];

  return {
    add(service, op, { method, url, headers, body }) {
      const parts = partsOf({ headers, body });
      entries.push({ service, op, method, path: url, headers, body, ...(parts && { parts }), at: new Date().toISOString() });
      if (entries.length > KEPT) entries = entries.slice(-KEPT / 2);
    },

    /** All entries, or those of one service. */
    entries(service) {
      return entries.filter((entry) => !service || entry.service === service);
    },

    clear() {
      entries = [];
    },
  };
}
