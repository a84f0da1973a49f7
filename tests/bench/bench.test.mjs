// The bench's own arithmetic, and whether its changed copy of our Worker still fits the source.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/run.mjs';
import { REPLACEMENTS } from './bare-health.mjs';
import { BUDGETS, verdict } from './budgets.mjs';
import { difference, middle, ratio, table } from './figures.mjs';
import { replaceOnce } from './variants.mjs';

test('a ratio is taken round by round, and its median is judged', () => {
  const row = ratio('health', 'health / hello', [100, 330, 220], [100, 100, 100]);
  assert.deepEqual([row.median, row.low, row.high], [2.2, 1, 3.3]);
  assert.equal(row.verdict, 'MISSED');
  assert.deepEqual(row.details, [220, 100]);
  assert.equal(difference('token', 'token', [300, 290], [200, 200]).verdict, 'kept');
  assert.equal(ratio('user', 'user', [9], [1]).verdict, '');
  assert.equal(middle([4, 1, 3, 2]), 2.5);
});

test('a limit itself is kept, anything above is missed', () => {
  assert.equal(verdict('first', BUDGETS.first), 'kept');
  assert.equal(verdict('first', BUDGETS.first + 0.001), 'MISSED');
});

test('a least is kept from there upwards', () => {
  assert.deepEqual([0.64, 0.65, 2].map((value) => verdict('take', value)), ['MISSED', 'kept', 'kept']);
  const [, line] = table([ratio('take', 'takes', [200, 210], [100, 100])]);
  assert.match(line, />= 0\.65 x  kept$/);
});

test('the table shows median, range, both sides, budget and verdict', () => {
  const [head, line] = table([ratio('health', 'ours', [150, 300], [100, 100])]);
  assert.match(head, /^what +median +range +of +budget$/);
  assert.equal(line, 'ours  2.25 x  1.50 to 3.00  225 : 100  <= 2.00 x  MISSED');
});

test('what bare-health.mjs replaces stands in the source exactly once', () => {
  for (const { file, from, to } of REPLACEMENTS) {
    assert.ok(replaceOnce(file, readFileSync(join(root, file), 'utf8'), from, to).includes(to));
  }
  assert.throws(() => replaceOnce('a.rs', 'x x', 'x', 'y'), /a\.rs does not hold "x" exactly once/);
  assert.throws(() => replaceOnce('a.rs', '', 'x', 'y'), /bring tests\/bench\/bare-health\.mjs up to date/);
});
