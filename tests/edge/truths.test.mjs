// The checks of truths.mjs catch a book, a log or a copy that lies.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkBook, checkCopy } from './truths.mjs';

const OWNER = 'user_true';

const entry = (seq, kind, user, held, more) => ({
  user, held, earned: 0, granted: -user - held, bought: 0, refunded: 0, owed: 0, seq, at: 1000 + seq, kind, key: `key-${seq}`,
  owed_after: 0, reference: null, hash: `hash-${seq}`, ...more,
});

function world() {
  const entries = [
    entry(1, 'welcome', 3000, 0, { user_after: 3000, held_after: 0 }),
    entry(2, 'hold', -1000, 1000, { user_after: 2000, held_after: 1000, reference: 'ses_1' }),
    entry(3, 'take', -10, 0, { user_after: 1990, held_after: 1000 }),
  ];
  const standing = ({ seq, user_after: available, held_after: held }) => ({ standing: { number: seq, available, held, owed: 0 } });
  return {
    entries,
    holds: [{ session: 'ses_1', state: 'held', amount: 1000 }],
    log: entries.map((one, n) => ({ command: one.kind, reply: standing(one), sent: n * 10, received: n * 10 + 5 })),
    copy: structuredClone(entries),
    wallet: { seq: 3, user: 1990, held: 1000, owed: 0 },
  };
}

async function check({ entries, holds, log, copy, wallet }) {
  const house = {
    rows: async (_, sql) => (sql.includes('from holds') ? holds : entries),
    d1: async (sql) => (sql.includes('from entries') ? copy : [wallet]),
  };
  await checkCopy(house, OWNER, await checkBook(house, OWNER, log));
}

test('a true book passes', () => check(world()));

const LIES = {
  'credits out of nothing': ({ entries }) => { entries[2].granted = 0; },
  'a balance that is not the sum': ({ entries }) => { entries[2].user_after = 2000; },
  'a number left out': ({ entries }) => { entries.splice(1, 1); },
  'a number twice': ({ entries }) => { entries[2].seq = 2; },
  'a key twice': ({ entries }) => { entries[2].key = 'key-2'; },
  'a time that goes back': ({ entries }) => { entries[2].at = 0; },
  'a hold without its entry': ({ holds }) => { holds.push({ session: 'ses_2', state: 'voided', amount: 0 }); },
  'a hold that is held and not there': ({ holds }) => { holds[0].amount = 500; },
  'an end that was not written': ({ holds }) => { holds[0].state = 'posted'; },
  'what was acknowledged is gone': ({ log }) => { log[2].reply.standing.number = 4; },
  'what was acknowledged is another': ({ log }) => { log[2].reply.standing.available = 5; },
  'a later word with an earlier number': ({ log }) => { [log[0].sent, log[0].received] = [30, 35]; },
  'a copy without an entry': ({ copy }) => { copy.pop(); },
  'a copy with an entry twice': ({ copy }) => { copy.push(copy[2]); },
  'a copy that stands otherwise': ({ wallet }) => { wallet.user = 2000; },
};

for (const [lie, tell] of Object.entries(LIES)) {
  test(`${lie} is caught`, async () => {
    const lying = world();
    tell(lying);
    await assert.rejects(check(lying), assert.AssertionError);
  });
}
