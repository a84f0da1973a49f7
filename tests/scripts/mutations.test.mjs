// The list of guards stays alive: each patch still fits the source. What it proves is run by `npm run mutations`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mutated, mutations } from '../mutations/list.mjs';

const root = new URL('../../', import.meta.url);

test('every mutation still fits the source, exactly once', () => {
  for (const mutation of mutations) {
    const text = readFileSync(new URL(mutation.file, root), 'utf8');
    assert.notEqual(mutated(text, mutation), text, mutation.name);
  }
  assert.equal(new Set(mutations.map(({ name }) => name)).size, mutations.length);
});

test('a patch that fits twice, or not at all, is told by its name', () => {
  const patch = { name: 'a guard', from: 'x', to: 'y' };
  assert.throws(() => mutated('x x', patch), /'a guard': its text stands 2 times/);
  assert.throws(() => mutated('z', patch), /'a guard': its text stands 0 times/);
});
