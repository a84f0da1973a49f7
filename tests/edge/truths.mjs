// What must hold of a book, whatever happened to the process that keeps it. Three records are joined: what the clients
// were told, the Wallet's own rows, and D1's copy.

import assert from 'node:assert/strict';

const ACCOUNTS = ['user', 'held', 'earned', 'granted', 'bought', 'refunded', 'owed'];
const COLUMNS = [...ACCOUNTS, 'seq', 'at', 'kind', 'key', 'user_after', 'held_after', 'owed_after', 'reference', 'hash'].join(', ');

/** `log`: of every letter of this owner { command, sent, received, reply }. Gives the entries. */
export async function checkBook(house, owner, log) {
  const entries = await house.rows(owner, `select ${COLUMNS} from entries order by seq`);
  checkSums(entries);
  checkOrder(entries);
  await checkHolds(house, owner, entries);
  checkLog(entries, log);
  return entries;
}

/** Each entry moves and does not make, and the balances after it are the sums so far, none below zero. */
function checkSums(entries) {
  const sums = { user: 0, held: 0, owed: 0 };
  for (const entry of entries) {
    assert.equal(ACCOUNTS.reduce((sum, account) => sum + entry[account], 0), 0, `entry ${entry.seq} makes credits`);
    for (const account of Object.keys(sums)) {
      sums[account] += entry[account];
      assert.equal(entry[`${account}_after`], sums[account], `${account} after entry ${entry.seq}`);
    }
    assert.ok(sums.user >= 0 && sums.held >= 0 && sums.owed <= 0, `entry ${entry.seq}`);
  }
}

/** Numbers without a gap, times that do not go back, no key twice. */
function checkOrder(entries) {
  assert.deepEqual(entries.map(({ seq }) => seq), entries.map((_, n) => n + 1));
  entries.forEach(({ at, seq }, n) => assert.ok(n === 0 || at >= entries[n - 1].at, `the time of entry ${seq}`));
  const keys = entries.flatMap(({ key }) => key ?? []);
  assert.equal(new Set(keys).size, keys.length);
}

/** What is held is the sum of the open holds; each hold was taken once and ended at most once. */
async function checkHolds(house, owner, entries) {
  const holds = await house.rows(owner, 'select session, state, amount from holds');
  const open = holds.filter(({ state }) => state === 'held' || state === 'begun');
  assert.equal(open.reduce((sum, { amount }) => sum + amount, 0), entries.at(-1)?.held_after ?? 0);
  const of = (kinds) => entries.filter(({ kind }) => kinds.includes(kind)).map(({ reference }) => reference).sort();
  const sessions = (some) => some.map(({ session }) => session).sort();
  assert.deepEqual(of(['hold']), sessions(holds), 'every hold has its entry');
  assert.deepEqual(of(['interview', 'void']), sessions(holds.filter((hold) => !open.includes(hold))), 'and every end');
}

/** What was acknowledged is there as it was told, and in the order in which it was told. */
function checkLog(entries, log) {
  const told = log.flatMap(({ reply, ...one }) => {
    const standing = reply.standing ?? reply.touched?.standing ?? reply.held?.standing ?? reply.settled?.standing;
    return standing ? [{ ...one, standing }] : [];
  });
  for (const { command, standing } of told) {
    const entry = entries[standing.number - 1];
    assert.ok(entry, `${JSON.stringify(command)} was acknowledged and is gone`);
    const { available, held, owed } = standing;
    assert.deepEqual([available, held, owed], [entry.user_after, entry.held_after, Math.abs(entry.owed_after)], `entry ${entry.seq}`);
  }
  const firsts = told.filter(({ again }) => !again).sort((a, b) => a.sent - b.sent);
  let latest = 0;
  const byEnd = [...firsts].sort((a, b) => a.received - b.received);
  let n = 0;
  for (const { sent, standing } of firsts) {
    for (; n < byEnd.length && byEnd[n].received < sent; n += 1) latest = Math.max(latest, byEnd[n].standing.number);
    assert.ok(standing.number >= latest, `entry ${standing.number} was told after entry ${latest} had been`);
  }
}

/** D1 has the entries, all of them, once, and the wallet as it stands. */
export async function checkCopy(house, owner, entries) {
  const copy = await house.d1(`select ${COLUMNS} from entries where owner = ? order by seq`, owner);
  assert.deepEqual(copy, entries);
  const [wallet] = await house.d1('select seq, user, held, owed from wallets where owner = ?', owner);
  const last = entries.at(-1);
  assert.deepEqual(wallet, { seq: last.seq, user: last.user_after, held: last.held_after, owed: last.owed_after });
}
