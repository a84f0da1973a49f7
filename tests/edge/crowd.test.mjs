// Thousands at once at one Wallet, on the bare runtime.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { killable } from './process.mjs';
import { adjust, hold, opened } from './wallets.mjs';

const house = await killable({ APP_ENV: 'production' });
after(() => house.kill());
const numbers = (length) => Array.from({ length }, (_, n) => n + 1);

test('of 5,000 holds of one person at once, one is open', async () => {
  const wallet = await opened(house, 'user_many');
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
  const wallet = await opened(house, 'user_taken');
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
