import assert from 'node:assert/strict';
import { test } from 'node:test';
import { house } from './harness.mjs';
import { adjust, begin, hold, settle, walletOf } from './wallets.mjs';
const { worker } = await house();
test('smoke', async () => {
  const w = walletOf(worker, 'user_smoke');
  console.log(JSON.stringify(await w.inARow(['look', 'touch', hold(1, 'user_smoke'), begin(1), settle(1), adjust('a', 10), { lines: { before: null, limit: 5, own: true } }])));
  console.log(await w.seen(), await w.alarm(), await w.rows('select * from due'));
  await new Promise((r) => setTimeout(r, 500));
  console.log(await w.seen(), await w.alarm(), await w.rows('select * from due'));
  console.log(await worker.rows('select * from wallets'), worker.output());
});
