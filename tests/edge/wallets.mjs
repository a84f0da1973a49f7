// Wallets as tests speak to them, through the driver in the entry.

import assert from 'node:assert/strict';

import { until } from './harness.mjs';

export * from './letters.mjs';

/** Letters to one owner's Wallet, and its test's own door. */
export function walletOf(worker, owner) {
  const drive = (op, wish = {}) => driven(worker, op, { owner, ...wish });
  return {
    owner,
    say: async (command) => (await drive('say', { commands: [command] }))[0],
    all: (commands) => drive('say', { commands }),
    inARow: (commands) => drive('say', { commands, inARow: true }),
    standing: async () => (await drive('say', { commands: ['look'] }))[0].standing,
    rows: (sql, ...values) => drive('rows', { sql, values }),
    spoil: (wish) => drive('spoil', wish),
    seen: () => drive('seen'),
    alarm: async () => (await drive('alarm')).at,
    ring: () => drive('ring'),
    seed: (entries, more) => drive('seed', { entries, ...more }),
    contract: (cases) => drive('contract', { cases }),
  };
}

/** A Wallet of somebody with 3.00, of which D1 knows, and nothing due but the question to Clerk. */
export async function opened(worker, owner) {
  const wallet = walletOf(worker, owner);
  await wallet.say('touch');
  const quiet = ({ what, tries }) => what === 'claim' && tries > 0;
  await until(async () => (await wallet.rows('select what, tries from due')).every(quiet), 'a quiet wallet');
  return wallet;
}

export async function driven(worker, op, wish = {}) {
  const answer = await worker.raw(`/__driver/${op}`, { method: 'POST', body: JSON.stringify(wish) });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text);
}
