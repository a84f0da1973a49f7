// The Wallet on the real runtime: errors in the middle of a transaction, holds that lapse by the object's own alarm.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { house, until } from './harness.mjs';
import { adjust, begin, hold, opened, session, settle, walletOf } from './wallets.mjs';

const { worker } = await house();
const TABLES = ['wallet', 'entries', 'holds', 'charges', 'refused', 'due'];

async function everything(wallet) {
  const tables = await Promise.all(TABLES.map((table) => wallet.rows(`select * from ${table}`)));
  return JSON.stringify([tables, await wallet.alarm()]);
}

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
