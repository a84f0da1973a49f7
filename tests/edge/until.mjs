// How tests wait.

import assert from 'node:assert/strict';

/** Awaits a condition; how long is a bound, not a wait. */
export async function until(condition, what, limitMs = 10_000) {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    const value = await condition();
    if (value) return value;
    await new Promise((tick) => setTimeout(tick, 5));
  }
  assert.fail(`waited ${limitMs} ms in vain: ${what}`);
}
