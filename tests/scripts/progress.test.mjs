import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, progress } from '../../scripts/lib/say.mjs';

test('long work says again and again what it is and how long it takes', async () => {
  const lines = [];
  const result = await progress('building it', () => new Promise((resolve) => {
    const write = (line) => lines.push(line) === 3 && resolve('done');
    lines.write = write;
  }), { every: 5, write: (line) => lines.write(line) });
  assert.equal(result, 'done');
  for (const line of lines) assert.match(line, /building it: \d+\.\d s so far/);
});

test('the usual interval keeps the promise of a line every five seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const lines = [];
  let finish;
  const running = progress('x', () => new Promise((resolve) => { finish = resolve; }), { write: (line) => lines.push(line) });
  for (let second = 0; second < 20; second += 5) {
    const before = lines.length;
    t.mock.timers.tick(5000);
    assert.ok(lines.length > before);
  }
  finish();
  await running;
  const after = lines.length;
  t.mock.timers.tick(60_000);
  assert.equal(lines.length, after);
});

test('durations are short to read', () => {
  assert.equal(duration(840), '0.8 s');
  assert.equal(duration(61_300), '61 s');
});
