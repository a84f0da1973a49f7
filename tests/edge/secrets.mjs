// What a Worker is given and sent in confidence must not come out of it: neither in an answer nor in what it prints.

import assert from 'node:assert/strict';

const LONG_ENOUGH = 40; // a shorter piece may stand somewhere by chance

const LISTS = ['CLERK_WEBHOOK_SECRET', 'STRIPE_WEBHOOK_SECRET', 'CLAIM_SECRET', 'TICKET_SECRET', 'RECEIPT_SECRET'];

export function makeSecrets(vars) {
  const lists = LISTS.flatMap((name) => (vars[name] ?? '').split(',').map((entry) => entry.trim()));
  const keys = [vars.CLERK_SECRET_KEY, vars.OPENAI_API_KEY, vars.STRIPE_SECRET_KEY, vars.PDFCO_API_KEY];
  const secrets = new Set([...keys, ...linesOf(vars.CLERK_JWT_KEY ?? ''), ...lists].filter(Boolean));
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
