// What a Worker is given and sent in confidence must not come out of it: neither in an answer nor in what it prints.

import assert from 'node:assert/strict';

const LONG_ENOUGH = 40; // a shorter piece may stand somewhere by chance

export function makeSecrets({ CLERK_SECRET_KEY, CLERK_WEBHOOK_SECRET, CLAIM_SECRET, CLERK_JWT_KEY, OPENAI_API_KEY, TICKET_SECRET }) {
  const lists = [CLERK_WEBHOOK_SECRET, CLAIM_SECRET, TICKET_SECRET].flatMap((list) => (list ?? '').split(',').map((entry) => entry.trim()));
  const secrets = new Set([CLERK_SECRET_KEY, OPENAI_API_KEY, ...lists, ...linesOf(CLERK_JWT_KEY ?? '')].filter(Boolean));
  return {
    /** The signature of a token that is sent from now on. */
    add(authorization) {
      const signature = /^Bearer [^.]*\.[^.]*\.([^.]+)$/.exec(authorization ?? '')?.[1];
      if (signature?.length >= LONG_ENOUGH) secrets.add(signature);
    },

    check(text, where) {
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret.slice(0, 9)} came out in ${where}`);
    },
  };
}

/** The base64 of a PEM, whose lines stay whole on any way out. The first is alike in all keys. */
function linesOf(pem) {
  const lines = pem.split(/\\n|\n/).filter((line) => line.length >= LONG_ENOUGH && !line.startsWith('-'));
  return lines.slice(1);
}
