// Amounts, moments and pages of a statement, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createApi, isUnsure } from '../../static/app/api.js';
import { curvePath } from '../../static/app/line.js';
import {
  amountText, balanceLevels, changeText, changesOf, dayText, enoughText, isZero, momentText, typedAmount, withPage,
} from '../../static/app/money.js';
import { createWish } from '../../static/app/wish.js';

test('amounts are shown with true signs', () => {
  assert.deepEqual(['3.00', '-0.50', '0.00'].map(amountText), ['3.00', '\u22120.50', '0.00']);
  assert.deepEqual(['3.00', '-0.50', '0.00'].map(changeText), ['+3.00', '\u22120.50', '0.00']);
  assert.deepEqual(['0.00', '-0.00', '0.01', '10.00'].map(isZero), [true, true, false, false]);
});

test('what is owned and what is held are told apart', () => {
  const check = (amount, held, ...expected) => assert.deepEqual(changesOf({ amount, held }).map(({ text }) => text), expected);
  check('3.00', '0.00', '+3.00');
  check('0.00', '1.00', '1.00 held');
  check('0.00', '-1.00', '1.00 released');
  check('-0.63', '-1.00', '\u22120.63', '1.00 released');
  check('0.00', '0.00', 'no change');
});

test('how far an amount reaches is never said too large', () => {
  const check = (amount, expected) => assert.equal(enoughText(amount), expected, amount);
  check('0.00', 'An interview needs at least 0.50.');
  check('0.49', 'An interview needs at least 0.50.');
  check('0.50', 'Enough for 15 minutes.');
  check('0.75', 'Enough for 22 minutes.');
  check('0.99', 'Enough for 29 minutes.');
  check('1.00', 'Enough for one full interview or two short ones.');
  check('3.00', 'Enough for three full interviews or six short ones.');
  check('2.37', 'Enough for two full interviews or four short ones.');
  check('1000.00', 'Enough for 1,000 full interviews or 2,000 short ones.');
});

test('pages of a statement join in order, and a line that stands in both stands once', () => {
  const lines = (...numbers) => numbers.map((number) => ({ number }));
  assert.deepEqual(withPage([], lines(5, 4)), lines(5, 4));
  assert.deepEqual(withPage(lines(5, 4), lines(4, 3, 2)), lines(5, 4, 3, 2));
  assert.deepEqual(withPage(lines(5), []), lines(5));
});

test('the curve rises from the oldest line to the newest, and stays inside its height', () => {
  const lines = ['1.50', '3.00', '0.00'].map((available) => ({ available }));
  assert.deepEqual(balanceLevels(lines), [0, 1, 0.5]);
  assert.equal(curvePath([0, 1, 0.5], 100, 20), 'M0 20C25 20 25 0 50 0C75 0 75 10 100 10');
  assert.deepEqual(balanceLevels([{ available: '0.00' }, { available: '0.00' }]), [0, 0]);
});

test('moments are told in the locale and the time zone of who reads', () => {
  assert.match(momentText('2026-11-21T23:30:00.000Z', 'de', 'Europe/Berlin'), /^22\.11\.2026, 00:30$/);
  assert.equal(dayText('2026-11-21T12:00:00.000Z', 'en-GB', 'UTC'), '21 November 2026');
});

test('an amount may be typed as people write it, and is nothing else', () => {
  for (const [typed, expected] of Object.entries({ 1: '1.00', 1.5: '1.50', '1,50': '1.50', ' 0.01 ': '0.01', '007': '7.00' })) {
    assert.equal(typedAmount(typed), expected, typed);
  }
  for (const typed of ['', '0', '0.00', '-1', '+1', '1.005', '1e3', '1.', '.5', 'one', '9999999999', 'NaN', '1 000']) {
    assert.equal(typedAmount(typed), null, typed);
  }
});

test('the same wish keeps its key until it is answered, and a changed one gets its own', () => {
  let made = 0;
  const wish = createWish(() => `key-${(made += 1)}`);
  assert.deepEqual([wish.keyFor({ a: 1 }), wish.keyFor({ a: 1 }), wish.keyFor({ a: 2 })], ['key-1', 'key-1', 'key-2']);
  wish.settled();
  assert.equal(wish.keyFor({ a: 2 }), 'key-3');
});

test('only a refusal says for sure that nothing was done', async () => {
  const failing = async (fetch) => createApi({ token: async () => 'jwt', fetch }).send('DELETE', '/api/me').catch(isUnsure);
  const answer = (status, body) => async () => new Response(body, { status });
  assert.equal(await failing(answer(422, '{"code":"unprocessable"}')), false);
  assert.equal(await failing(answer(401, '<html>')), false);
  const lost = async () => { throw new TypeError('lost'); };
  const unsure = [answer(503, '{"code":"wallet_unavailable"}'), answer(200, 'cut off'), lost];
  for (const fetch of unsure) assert.equal(await failing(fetch), true);
  const unsent = createApi({ token: async () => { throw new Error('clerk'); }, fetch: assert.fail });
  assert.equal(await unsent.send('DELETE', '/api/me').catch(isUnsure), false);
});

test('a file comes with the name that the server gives it', async () => {
  let asked;
  const fetch = async (path, { headers }) => {
    asked = [path, headers.accept, headers.authorization];
    return new Response('a,b', { headers: { 'content-disposition': 'attachment; filename="statement.csv"' } });
  };
  const { blob, name } = await createApi({ token: async () => 'jwt', fetch }).download('/api/file', 'text/csv');
  assert.deepEqual([await blob.text(), name, asked], ['a,b', 'statement.csv', ['/api/file', 'text/csv', 'Bearer jwt']]);
  const refusing = async () => new Response('{"code":"wallet_unavailable","requestId":"req_1"}', { status: 503 });
  await assert.rejects(createApi({ token: async () => 'jwt', fetch: refusing }).download('/api/file', 'text/csv'),
    { code: 'wallet_unavailable', requestId: 'req_1' });
});
