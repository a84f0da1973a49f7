// D1 hangs, fails before and fails after under the Wallet's outbox: the money goes on, and D1's copy has everything
// once in the end.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { house, until } from './harness.mjs';
import { adjust, hold, opened, settle, begin } from './wallets.mjs';

const { worker } = await house({ DB_TIMEOUT_MS: '300' });
const AGAIN_MS = 15_000; // three failures are put off by 2 + 4 + 8 s

const copyOf = (owner) => worker.rows('select seq, user, held, hash from entries where owner = ? order by seq', owner);
const bookOf = (wallet) => wallet.rows('select seq, user, held, hash from entries order by seq');

async function sameInTheEnd(wallet) {
  const told = async () => (await wallet.rows("select count(*) as n from due where what in ('mirror', 'refused')"))[0].n === 0;
  await until(told, `D1 knows all of ${wallet.owner}`, AGAIN_MS);
  const book = await bookOf(wallet);
  assert.deepEqual(await copyOf(wallet.owner), book, 'nothing is lost, nothing stands twice');
  const { number, available, held } = await wallet.standing();
  const [copy] = await worker.rows('select seq, user, held from wallets where owner = ?', wallet.owner);
  assert.deepEqual(copy, { seq: number, user: available, held });
  const { report } = await wallet.say('audit');
  assert.deepEqual(report, { entries: book.length, mirrored: book.length, parked: 0, problems: [] });
}

const TAKES = Array.from({ length: 20 }, (_, n) => adjust(`b${n}`, -10));
const WORK = (owner) => [hold(1, owner), adjust('a', 500), begin(1), settle(1), ...TAKES];

// Side by side: what takes its time here is the wait before D1 is tried again.
test('a database that goes wrong once, in each way', { concurrency: true }, async (t) => {
  await Promise.all(['hang', 'hang-after', 'fail-before', 'fail-after'].map((how) =>
    t.test(how, async () => {
      const wallet = await opened(worker, `user_${how}`);
      await wallet.spoil({ database: { how, batch: 1 } });
      const started = performance.now();
      for (const reply of await wallet.inARow(WORK(wallet.owner))) assert.equal(reply.fault, undefined);
      assert.ok(performance.now() - started < 2000, 'the money does not wait for D1');
      await sameInTheEnd(wallet);
      assert.ok((await wallet.seen()).batches >= 2, 'it was tried again');
    })));
});

test('a database that is away for longer', { concurrency: true }, async (t) => {
  await Promise.all(['fail-before', 'fail-after', 'hang'].map((how) =>
    t.test(how, async () => {
      const wallet = await opened(worker, `user_away_${how}`);
      await wallet.spoil({ database: { how } });
      await wallet.inARow(WORK(wallet.owner));
      await until(async () => (await wallet.seen()).batches >= 2, 'two tries in vain', AGAIN_MS);
      if (how !== 'fail-after') assert.equal((await copyOf(wallet.owner)).length, 1);
      const { report } = await wallet.say('audit');
      assert.equal(report, undefined, 'an audit that cannot look says so');
      await wallet.spoil({});
      await sameInTheEnd(wallet);
    })));
});

test('10,000 entries of one book are told to D1 within a minute', async () => {
  const wallet = await opened(worker, 'user_drain');
  await wallet.seed(10_000, { untold: true });
  const started = performance.now();
  await wallet.say(adjust('after', 10));
  await until(async () => (await copyOf('user_drain')).length === 10_002, 'all of them', 60_000);
  const took = performance.now() - started;
  const [{ seq }] = await worker.rows('select seq from wallets where owner = ?', 'user_drain');
  assert.equal(seq, 10_002);
  assert.ok(took < 60_000, `${took} ms`);
});
