// What people and operators see of credits, the end of an account, the reconciliation and the first fence: on the real runtime.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { house, tokenFor, until } from './harness.mjs';

const { sim, worker } = await house();
const { call } = worker;

let people = 0;
let token, userId;
const admin = () => tokenFor(sim, 'user_admin');

// A new person for each test: their wallet is untouched.
beforeEach(async () => {
  sim.reset();
  userId = `user_saver${++people}`;
  token = tokenFor(sim, userId, { name: 'Sam Saver', email: `sam${people}@example.test` });
});

function give(amount, { key = 'key-00000001', reason = 'a reason', id = userId } = {}) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const body = JSON.stringify({ userId: id, amount, reason });
  return call('/api/admin/credits', { method: 'POST', token: admin(), headers, body });
}

const money = ({ credits, held, available, owed }) => ({ credits, held, available, owed });

test('whoever signs in has three credits, once', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('/api/user', { token })));
  for (const { status, body } of answers) {
    assert.equal(status, 200);
    assert.deepEqual(money(body), { credits: '3.00', held: '0.00', available: '3.00', owed: '0.00' });
    assert.deepEqual([body.isPremium, body.premiumUntil], [false, null]);
  }
  const { body } = await call('/api/credits/statement', { token });
  assert.deepEqual(body.lines.map(({ number, kind, text, amount }) => ({ number, kind, text, amount })),
    [{ number: 1, kind: 'welcome', text: 'Welcome credits', amount: '3.00' }]);
});

test('the statement comes in pages and as a file', async () => {
  await call('/api/user', { token });
  for (let n = 0; n < 5; n++) assert.equal((await give('0.10', { key: `key-0000000${n}`, reason: '=1+1, "so"' })).status, 200);
  const numbers = [];
  for (let next = ''; next !== null;) {
    const { body } = await call(`/api/credits/statement?limit=2${next && `&before=${next}`}`, { token });
    numbers.push(...body.lines.map(({ number }) => number));
    next = body.next;
  }
  assert.deepEqual(numbers, [6, 5, 4, 3, 2, 1]);
  const file = await call('/api/credits/statement?format=csv', { token });
  assert.equal(file.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.match(file.headers.get('content-disposition'), /^attachment; filename="vocahire-credits\.csv"$/);
  const [head, first, second, ...rest] = file.text.trimEnd().split('\r\n');
  assert.equal(head, 'number,at,kind,text,amount,held,settled,available,owed,reference');
  assert.match(first, /^1,\d{4}-\d\d-\d\dT[\d:.]+Z,welcome,"Welcome credits",3\.00,0\.00,3\.00,3\.00,0\.00,""$/);
  assert.match(second, /,grant,"Given by us: =1\+1, ""so""",0\.10,/);
  assert.equal(rest.length, 4);
});

test('an operator gives once, finds people and reads their statement', async () => {
  assert.equal((await give('1.00')).code, 'conflict', 'nobody has opened that wallet');
  await call('/api/user', { token });
  const done = await give('1.50');
  assert.deepEqual(done.body, { number: 2, settled: '4.50', held: '0.00', available: '4.50', owed: '0.00' });
  assert.equal((await give('1.50')).text, done.text, 'a repeat is answered byte for byte the same');
  assert.equal((await give('1.60')).code, 'idempotency_mismatch');
  assert.equal((await give('-4.51', { key: 'key-00000002' })).code, 'unprocessable');
  assert.equal((await give('1.00', { key: 'short' })).code, 'bad_request');
  const { body: statement } = await call(`/api/admin/statement?user=${userId}`, { token: admin() });
  assert.deepEqual(statement.lines.map(({ key, by }) => [key, by]), [['admin:key-00000001', 'user_admin'], ['welcome', undefined]]);
  const found = await until(async () => {
    const { body } = await call(`/api/admin/users?q=${userId}`, { token: admin() });
    return body.users.find(({ id, available }) => id === userId && available === '4.50');
  }, 'the copy in D1 tells the new balance');
  assert.equal(found.email, `sam${people}@example.test`);
  for (const path of ['/api/admin/users', `/api/admin/statement?user=${userId}`]) {
    assert.equal((await call(path, { token })).code, 'forbidden');
  }
});

test('the reconciliation finds a difference, by night and on demand', async () => {
  await call('/api/user', { token });
  const check = async () => (await call(`/api/diagnostic/ledger?user=${userId}`, { token: admin() })).body;
  const { user } = await check();
  assert.deepEqual(user, { owner: userId, entries: 1, mirrored: 1, parked: 0, problems: [] });
  await worker.rows('update wallets set user = 1 where owner = ?', userId);
  await worker.cron();
  const { body } = await call('/api/diagnostic/ledger', { token: admin() });
  assert.equal(body.ok, false);
  assert.ok(body.round.finishedAt);
  assert.deepEqual(body.differences.map(({ owner, what }) => [owner, what]), [[userId, 'the balance in D1 is another']]);
  assert.deepEqual((await call('/api/diagnostic/ledger')).body, { ok: false });
  await worker.rows('update wallets set user = 3000 where owner = ?', userId);
  assert.equal((await check()).ok, true);
});

test('a deleted account is gone here and at Clerk, and the book keeps no name', async () => {
  await call('/api/user', { token });
  for (let n = 0; n < 2; n++) {
    const { status, body } = await call('/api/me', { method: 'DELETE', token });
    assert.deepEqual([status, body], [200, { closed: true, forfeited: '3.00' }]);
  }
  assert.equal((await call('/api/user', { token })).code, 'account_closed');
  assert.equal((await call('/api/credits/statement', { token })).code, 'account_closed');
  await until(async () => {
    const [row] = await worker.rows('select email, name, image_url, deleted_at from users where id = ?', userId);
    return row?.deleted_at && row.email === null && row.name === null && row.image_url === null;
  }, 'the name is gone');
  await until(() => sim.log('clerk').some(({ op, path }) => op === 'delete_user' && path.endsWith(userId)), 'Clerk is told');
  assert.equal((await give('1.00')).code, 'conflict');
});

test('strangers at one address are too many at 120 a minute; who is known passes', async () => {
  const from = (address, more = {}) => ({ headers: { 'x-test-fence': 'real', 'cf-connecting-ip': address }, ...more });
  const answers = await Promise.all(Array.from({ length: 150 }, () => call('/api/config', from('203.0.113.7'))));
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(refused.length, 30);
  assert.deepEqual([refused[0].code, refused[0].headers.get('retry-after'), refused[0].body.retryAfterMs], ['rate_limited', '60', 60000]);
  assert.equal((await call('/api/user', from('203.0.113.7', { token }))).status, 200);
  assert.equal((await call('/api/user', from('203.0.113.7', { token: 'forged' }))).status, 429);
  assert.equal((await call('/api/config', from('203.0.113.8'))).status, 200);
});
