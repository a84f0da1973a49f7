// The Rust Workers that ours is compared with, built under target/ so that a second bench finds them warm.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, run } from '../../scripts/lib/run.mjs';
import { Plain } from '../../scripts/lib/say.mjs';
import { WORKER_BUILD, toolPath } from '../../scripts/lib/tools.mjs';
import { REPLACEMENTS } from './bare-health.mjs';

const kept = join(root, 'target', 'bench');
const hello = join(root, 'tests', 'bench', 'hello');

/** A hello-world Worker, with our profile and our versions of what it shares with us. */
export function buildHello() {
  const [ours, its] = [root, hello].map((folder) => profile(readFileSync(join(folder, 'Cargo.toml'), 'utf8')));
  if (ours !== its) throw new Plain('tests/bench/hello/Cargo.toml has another [profile.release] than Cargo.toml; make them the same.');
  const folder = fresh('hello');
  cpSync(hello, folder, { recursive: true });
  cpSync(join(root, 'Cargo.lock'), join(folder, 'Cargo.lock'));
  return compile(folder);
}

/** Ours with the replacements of bare-health.mjs. */
export function buildBareHealth() {
  const folder = fresh('bare-health');
  for (const part of ['Cargo.toml', 'Cargo.lock', 'src']) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const { file, from, to } of REPLACEMENTS) {
    const path = join(folder, file);
    writeFileSync(path, replaceOnce(file, readFileSync(path, 'utf8'), from, to));
  }
  return compile(folder);
}

export function replaceOnce(file, text, from, to) {
  const [before, after, ...more] = text.split(from);
  if (after !== undefined && more.length === 0) return before + to + after;
  throw new Plain(`${file} does not hold "${from}" exactly once; bring tests/bench/bare-health.mjs up to date.`);
}

/** The modules of a built Worker. */
export const modules = (folder) => ['index.js', 'index_bg.wasm'].map((file) => join(folder, 'build', file));

const profile = (toml) => /^\[profile\.release\]\n([^[#]*)/m.exec(toml)?.[1].trim();

function fresh(name) {
  const folder = join(kept, name);
  for (const part of ['src', 'Cargo.toml', 'Cargo.lock']) rmSync(join(folder, part), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function compile(folder) {
  const options = { cwd: folder, env: { CARGO_TARGET_DIR: join(kept, 'target') }, label: `building ${basename(folder)} to compare with` };
  const { code, output } = await run(toolPath(WORKER_BUILD), ['--release'], options);
  if (code !== 0) throw new Plain(`${folder} does not build:\n${output.trim()}`);
  return modules(folder);
}
