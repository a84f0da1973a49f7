// npm run mutations [-- WORD]: takes the guards out one at a time and tells which test misses each. Red when none does.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { mutated, mutations } from '../tests/mutations/list.mjs';
import { main, root, run } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';

const folder = join(root, 'target', 'mutations');
const tree = join(folder, 'tree');
// The histories first: they are the main proof. Then what stands beside them.
const suites = [['--test', 'simulation'], ['--test', 'house'], ['--lib']];
const left = ['target', 'node_modules', '.git', '.wrangler', 'build', 'screenshots', 'tests/fuzz/target'];

function copyTree() {
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  const wanted = (path) => !left.includes(relative(root, path));
  for (const name of readdirSync(root).filter((name) => wanted(join(root, name)))) {
    cpSync(join(root, name), join(tree, name), { recursive: true, filter: wanted });
  }
}

/** The first test that is red, or null. */
async function firstRed(label) {
  for (const suite of suites) {
    const env = { CARGO_TARGET_DIR: join(folder, 'target'), HISTORIES: process.env.HISTORIES ?? '300', RUST_BACKTRACE: '0' };
    const { code, output } = await run('cargo', ['test', '--locked', ...suite], { cwd: tree, label, env });
    if (code === 0) continue;
    const red = /^test (\S+) \.\.\. FAILED$/m.exec(output)?.[1];
    if (!red) throw new Plain(`${label}: this does not build:\n${output.split('\n').slice(-40).join('\n')}`);
    // What a history found wrong says more than the name of the test that told it.
    const wrong = /^history \d+: panicked at .*\n(.*)$/m.exec(output)?.[1];
    return `${suite.at(-1).replace('--', '')}: ${wrong ? wrong.slice(0, 90) : red}`;
  }
  return null;
}

await main(async () => {
  const word = process.argv[2] ?? '';
  const chosen = mutations.filter(({ name }) => name.includes(word));
  if (chosen.length === 0) throw new Plain(`No guard is called so: ${word}.`);
  copyTree();
  const red = await firstRed('all guards in place');
  if (red) throw new Plain(`With all guards in place ${red} is red; mend that first.`);
  const rows = [];
  for (const mutation of chosen) {
    const path = join(tree, mutation.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, mutated(text, mutation));
    const caught = await firstRed(mutation.name);
    writeFileSync(path, text);
    rows.push({ name: mutation.name, caught });
    say(`${caught ? 'caught  ' : 'SURVIVED'}  ${mutation.name.padEnd(48)} ${caught ?? ''}`);
  }
  const survivors = rows.filter(({ caught }) => !caught).length;
  say(`\n${rows.length} guards taken out, ${rows.length - survivors} noticed by a test, ${survivors} by none.`);
  return survivors === 0 ? 0 : 1;
});
