// The statements of tests/shared/contract.json on an object's storage and on D1: the same on both, and the same as on
// the double that the host's tests stand on (tests/house/contract.rs).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { house } from './harness.mjs';
import { walletOf } from './wallets.mjs';

const { worker } = await house();
const CASES = JSON.parse(readFileSync(new URL('../shared/contract.json', import.meta.url), 'utf8')).map(spelledOut);
// As the adapter tells them apart: these words mean that the tables do not take the data.
const REFUSED = /SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/;

/** `{100}` in SQL stands for rows of one value each, `{1000}` as a value for a text so long. */
function spelledOut({ sql, values = [], ...rest }) {
  const many = Number(/\{(\d+)\}/.exec(sql)?.[1] ?? 0);
  const asked = sql.replace(/\{\d+\}/, Array(many).fill('(?)').join(', '));
  const given = many > 0 ? Array(many).fill(1) : values;
  const long = (value) => (/^\{\d+\}$/.test(value) ? 'x'.repeat(Number(value.slice(1, -1))) : value);
  return { sql: asked, values: given.map(long), ...rest };
}

/** `some`: an answer that is another each time. */
function check({ name, rows, fails, some }, found) {
  if (fails) assert.equal(found.failed && (REFUSED.test(found.failed) ? 'refused' : 'error'), fails, `${name}: ${JSON.stringify(found)}`);
  else if (some) assert.equal(found.rows?.length, 1, `${name}: ${found.failed}`);
  else assert.deepEqual(found.rows, rows, `${name}: ${found.failed}`);
}

test('an object keeps the contract', async () => {
  const found = await walletOf(worker, 'user_contract').contract(CASES);
  CASES.forEach((wanted, n) => check(wanted, found[n]));
});

test('D1 keeps the contract', async () => {
  for (const wanted of CASES) check(wanted, await worker.statement(wanted));
});
