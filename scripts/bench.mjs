// npm run bench: how our Worker compares, side by side in one run. --quick, --anyway, --json FILE.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { build } from './build.mjs';
import { main } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';

const MAX_LOAD = 1.5;

await main(async () => {
  const { quick, anyway, json } = options(process.argv.slice(2));
  const load = loadavg()[0];
  const loaded = load > MAX_LOAD;
  needAccounting();
  if (loaded && !anyway) {
    throw new Plain(`The load average is ${load.toFixed(1)}, above ${MAX_LOAD}: wait until the machine is idle, or measure with --anyway.`);
  }
  await build({ strict: false });
  const { bench } = await import('../tests/bench/bench.mjs'); // needs the npm packages that the build brings
  const { rows, notes } = await bench({ quick });
  const { table } = await import('../tests/bench/figures.mjs');
  if (loaded) notes.unshift(`Measured on a loaded machine (load average ${load.toFixed(1)} before): not to be quoted.`);
  say(['', ...notes, '', ...table(rows)].join('\n'));
  if (json) writeFileSync(json, `${JSON.stringify({ load, notes, rows }, null, 2)}\n`);
  return rows.some(({ verdict }) => verdict === 'MISSED') ? 1 : 0;
});

function options(args) {
  const at = args.indexOf('--json');
  const json = at < 0 ? null : args.splice(at, 2)[1];
  const unknown = args.find((arg) => !['--quick', '--anyway'].includes(arg));
  if (unknown || json === undefined) throw new Plain('Usage: npm run bench -- [--quick] [--anyway] [--json FILE]');
  return { quick: args.includes('--quick'), anyway: args.includes('--anyway'), json };
}

function needAccounting() {
  try {
    readFileSync('/proc/self/stat');
  } catch {
    throw new Plain('The bench reads the CPU time of processes from /proc, which only Linux has; run it there.');
  }
}
