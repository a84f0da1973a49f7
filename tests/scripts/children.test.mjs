import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/run.mjs';
import { allGone, runScript } from './helpers.mjs';

const family = fileURLToPath(new URL('fixtures/family.mjs', import.meta.url));
const leaving = fileURLToPath(new URL('fixtures/leaving.mjs', import.meta.url));

const pidsIn = (text) => [...text.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));

function interruptedBy(signal) {
  let sent = false;
  return runScript(family, {
    during: (child, { stdout }) => {
      if (sent || pidsIn(stdout).length < 3) return;
      sent = true;
      child.kill(signal);
    },
  });
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  test(`${signal} ends every child, also one that ignores it, and says nothing more`, async () => {
    const result = await interruptedBy(signal);
    assert.equal(result.code, code);
    assert.equal(result.stderr, '');
    assert.ok(await allGone(pidsIn(result.stdout)));
  });
}

test('a script that ends leaves no child behind', async () => {
  const { code, stdout } = await runScript(leaving);
  assert.equal(code, 7);
  assert.ok(await allGone(pidsIn(stdout)));
});

test('what a finished command left running is ended with it', async () => {
  const { code, output } = await run('sh', ['-c', 'sleep 1000 & echo pid $!']);
  assert.equal(code, 0);
  assert.ok(await allGone(pidsIn(output)));
});

test('a command that does not exist has the code 127', async () => {
  const { code, output } = await run('no-such-command', []);
  assert.equal(code, 127);
  assert.match(output, /no-such-command: not found/);
});
