// Fuzzing on the stable compiler: cargo-fuzz from the tools' cache, one target after the other.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root, run } from './run.mjs';
import { Plain, say } from './say.mjs';
import { setup } from './setup.mjs';
import { CARGO_FUZZ, ensureTools, toolPath } from './tools.mjs';

const folder = join('tests', 'fuzz');
// Where chance alone would hardly come to what is accepted.
const SEEDS = { sdp: join('tests', 'fixtures', 'offers') };

export function fuzzTargets() {
  const targets = join(root, folder, 'fuzz_targets');
  return existsSync(targets) ? readdirSync(targets).map((file) => file.replace('.rs', '')) : [];
}

export async function fuzz(targets, seconds) {
  await setup();
  await ensureTools([CARGO_FUZZ]);
  for (const target of targets) await fuzzOne(target, seconds);
}

async function fuzzOne(target, seconds) {
  say(`Fuzzing ${target} for ${seconds} seconds.`);
  const seeds = SEEDS[target] ? [join(folder, 'corpus', target), SEEDS[target]] : [];
  seeds.slice(0, 1).forEach((corpus) => mkdirSync(join(root, corpus), { recursive: true }));
  const args = ['fuzz', 'run', '--fuzz-dir', folder, target, ...seeds, '--', `-max_total_time=${seconds}`, '-timeout=10'];
  const { code } = await run('cargo', args, {
    label: `fuzzing ${target}`,
    onLine: say,
    env: {
      RUSTC_BOOTSTRAP: '1', // the sanitizer flags are unstable, the compiler need not be
      PATH: dirname(toolPath(CARGO_FUZZ)) + delimiter + process.env.PATH,
    },
  });
  if (code !== 0) throw new Plain(`${target} failed; the input that did it is named above.`);
}
