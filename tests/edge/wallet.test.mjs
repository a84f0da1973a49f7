// The Wallet on the real runtime: thousands at once, errors in the middle, holds that lapse by the object's own alarm.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { house, until } from './harness.mjs';
import { adjust, begin, hold, opened, session, settle, walletOf } from './wallets.mjs';

const { worker } = await house();
const TABLES = ['wallet', 'entries', 'holds', 'charges', 'refused', 'due'];
const numbers = (length) => Array.from({ length }, (_, n) => n + 1);

async function everything(wallet) {
  const tables = await Promise.all(TABLES.map((table) => wallet.rows(`select * from ${table}`)));
  return JSON.stringify([tables, await wallet.alarm()]);
}

test('of 5,000 holds of one person at once, one is open', async () => {
  const wallet = await opened(worker, 'user_many');
  const replies = await wallet.all(numbers(5000).map((n) => hold(n, 'user_many')));
  const won = replies.filter((reply) => reply.held);
  assert.equal(won.length, 1);
  for (const { no } of replies.filter((reply) => !reply.held)) {
    assert.deepEqual(no, { in_progress: { session: won[0].held.session, state: 'held' } });
  }
  assert.deepEqual(await wallet.rows('select session, state from holds'), [{ session: won[0].held.session, state: 'held' }]);
  const { number, settled, held, available } = await wallet.standing();
  assert.deepEqual([number, settled, held, available], [2, 3000, 1000, 2000]);
});

test('of 2,000 takes of 0.01 from 5.00 at once, exactly 500 are done', async () => {
  const wallet = await opened(worker, 'user_taken');
  await wallet.say(adjust('more', 2000));
  const replies = await wallet.all(numbers(2000).map((n) => adjust(`take-${n}`, -10)));
  const done = replies.flatMap(({ standing }) => standing ?? []);
  const order = done.map(({ number }) => number).sort((a, b) => a - b);
  assert.deepEqual(order, numbers(500).map((n) => n + 2), 'no number twice, none left out');
  for (const { number, available } of done) assert.equal(available, 5000 - 10 * (number - 2));
  assert.equal(replies.filter(({ no }) => no === 'impossible').length, 1500);
  const again = await wallet.all(numbers(2000).map((n) => adjust(`take-${n}`, -10)));
  assert.deepEqual(again, replies, 'whoever asks again with the same key is told the same');
  const sums = 'select count(*) as entries, sum(user) as user, count(distinct key) as keys from entries';
  assert.deepEqual(await wallet.rows(sums), [{ entries: 502, user: 0, keys: 502 }]);
  const [{ report }] = await wallet.all(['audit']);
  assert.deepEqual(report, { entries: 502, mirrored: 502, parked: 0, problems: [] });
});

test('an error anywhere in a transaction takes everything back, the alarm included', async () => {
  const wallet = await opened(worker, 'user_error');
  const steps = [hold(1, 'user_error'), begin(1), settle(1), adjust('a', -10)];
  for (const command of steps) {
    let statement = 1;
    for (; ; statement += 1) {
      const before = await everything(wallet);
      await wallet.spoil({ statement });
      const reply = await wallet.say(command);
      if (!reply.fault) break;
      assert.match(reply.fault, /failed on purpose/);
      assert.equal(await everything(wallet), before, `${JSON.stringify(command)} at statement ${statement}`);
    }
    assert.ok(statement > 5, 'every command has statements to fail at');
    await quiet(wallet);
  }
  const { settled, held, number } = await wallet.standing();
  assert.deepEqual([settled, held, number], [2490, 0, 4]);
});

test('so does what the platform throws when all was done', async () => {
  const wallet = await opened(worker, 'user_thrown');
  for (const command of [hold(1, 'user_thrown'), adjust('a', 10)]) {
    await quiet(wallet);
    const before = await everything(wallet);
    await wallet.spoil({ commit: true });
    assert.match((await wallet.say(command)).fault, /thrown on purpose/);
    assert.equal(await everything(wallet), before);
    assert.equal((await wallet.say(command)).fault, undefined, 'and the same again is done');
  }
  assert.equal((await wallet.standing()).number, 3);
});

/** Nothing is left to tell D1. */
const quiet = (wallet) => until(async () =>
  (await wallet.rows("select count(*) as n from due where what = 'mirror'"))[0].n === 0, 'D1 was told');

test('a hold that never began lapses by the alarm', async () => {
  const wallet = await opened(worker, 'user_lapse');
  await wallet.say(hold(1, 'user_lapse'));
  const [{ lapses_at: lapses }] = await wallet.rows('select lapses_at from holds');
  await quiet(wallet);
  await until(async () => (await wallet.alarm()) !== null, 'the alarm is set');
  assert.ok(await wallet.alarm() <= lapses);
  await after(151, async () => {
    assert.deepEqual(await wallet.say(begin(1)), { no: 'ended' });
    await until(async () => (await wallet.standing()).held === 0, 'the alarm rings by itself');
    const [entry] = await wallet.rows('select kind, reason, reference, user_after from entries order by seq desc limit 1');
    assert.deepEqual(entry, { kind: 'void', reason: 'lapsed', reference: session(1), user_after: 3000 });
  });
});

test('one that has begun outlives it, and is void when no Room knows of it', async () => {
  const wallet = await opened(worker, 'user_begun');
  await wallet.inARow([hold(1, 'user_begun'), begin(1)]);
  await after(151, async () => {
    assert.deepEqual(await wallet.ring(), { failed: null });
    assert.equal((await wallet.standing()).held, 1000);
  });
  await after(1800 + 120 + 180 + 300 + 1, async () => {
    await wallet.ring();
    assert.equal((await wallet.standing()).held, 0);
    const { settled } = await wallet.say(settle(1));
    assert.deepEqual([settled.state, settled.charged], ['voided', 0], 'and it is said to whoever settles later');
  });
});

/** What happens so many seconds later. */
async function after(seconds, work) {
  await worker.clock(seconds * 1000);
  try {
    await work();
  } finally {
    await worker.clock(0);
  }
}

test('an object that was thrown out of memory knows all it knew', async () => {
  const wallet = walletOf(worker, 'user_evicted');
  await wallet.inARow(['touch', hold(1, 'user_evicted')]);
  const before = await wallet.standing();
  await worker.evict('WALLET', 'user_evicted');
  assert.deepEqual(await wallet.seen().then(({ run }) => run), 0, 'it is a new one');
  assert.deepEqual(await wallet.standing(), before);
});
