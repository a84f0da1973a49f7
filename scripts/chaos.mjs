// npm run chaos [-- PHASE …] [--seed N] [--count N …]: interviews under fire, with three logs joined: what clients were told,
// what the services saw, what the books say.
import { build } from './build.mjs';
import { main } from './lib/run.mjs';
import { Plain, duration, say } from './lib/say.mjs';

const PHASE_NAMES = ['operations', 'rooms', 'clerk', 'rude', 'calls', 'soak'];

await main(async () => {
  const { names, wishes } = options(process.argv.slice(2));
  await build({ strict: false });
  const { PHASES } = await import('../tests/chaos/phases/all.mjs'); // needs the npm packages that the build brings
  const { shown } = await import('../tests/chaos/ledger.mjs');
  const rows = [];
  for (const name of names) {
    const [phase, takes] = PHASES[name];
    const unknown = names.length === 1 && Object.keys(wishes).find((wish) => wish !== 'seed' && !takes.includes(wish));
    if (unknown) throw new Plain(`${name} has no --${unknown}; it has ${['seed', ...takes].map((one) => `--${one}`).join(', ')}.`);
    const row = await phase({ seed: Date.now() % 1e6, ...wishes, say });
    rows.push(row);
    say([`${name}: ${shown(row)}`, ...row.notes.map((note) => `  ${note}`)].join('\n'));
  }
  say(table(rows));
  return rows.every(({ lost }) => lost.length === 0) ? 0 : 1;
});

function options(args) {
  const names = [];
  const wishes = {};
  for (let left = args; left.length > 0;) {
    const [word, value] = left;
    const isName = PHASE_NAMES.includes(word);
    if (isName) names.push(word);
    else if (/^--[a-z]+$/.test(word) && /^\d+(\.\d+)?$/.test(value)) wishes[word.slice(2)] = Number(value);
    else throw new Plain(`Usage: npm run chaos -- [${PHASE_NAMES.join(' | ')}] [--seed N] [--count N | --minutes N | …]`);
    left = left.slice(isName ? 1 : 2);
  }
  if (names.length !== 1 && Object.keys(wishes).some((wish) => wish !== 'seed')) throw new Plain('Sizes are those of one phase: name it.');
  return { names: names.length ? names : PHASE_NAMES, wishes };
}

function table(rows) {
  const cells = rows.map(({ name, seed, tried, done, refused, unknown, lost, seconds }) => (
    [name, seed, tried, done + refused + unknown, lost.length, seconds]));
  const sum = (n) => cells.reduce((all, row) => all + row[n], 0);
  if (cells.length > 1) cells.push(['all', '', ...[2, 3, 4, 5].map(sum)]);
  const told = cells.map((row) => [...row.slice(0, -1), duration(row.at(-1) * 1000)]);
  const line = ([name, ...rest]) => `${name.padEnd(12)}${rest.map((cell) => String(cell).padStart(10)).join('')}`;
  return ['', ['phase', 'seed', 'tried', 'survived', 'lost', 'time'], ...told].map((row) => (row ? line(row) : '')).join('\n');
}
