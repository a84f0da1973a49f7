// npm run build: the vendored browser files and the Worker in build/, skipped when nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overBudget, sizeOf } from './lib/budget.mjs';
import { isMain, main, root, run } from './lib/run.mjs';
import { Plain, duration, say } from './lib/say.mjs';
import { setup } from './lib/setup.mjs';
import { openapi } from './openapi.mjs';
import { WORKER_BUILD, toolPath } from './lib/tools.mjs';

const wasm = join(root, 'build', 'index_bg.wasm');
const stamp = join(root, 'build', '.vocahire');

// Rust's own library is built with ours, for size as well: 9 KiB less after gzip. Stable Rust does so only when it is told that it
// may use what is not stable yet.
const WHOLE = {
  RUSTC_BOOTSTRAP: '1',
  CARGO_UNSTABLE_BUILD_STD: 'std,panic_abort',
  CARGO_UNSTABLE_BUILD_STD_FEATURES: 'optimize_for_size',
};

// What rustc emits for this target, and nothing that the platform does not know yet.
const FEATURES = [
  'mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'bulk-memory', 'multivalue', 'reference-types', 'exception-handling',
].map((name) => `--enable-${name}`);
// Functions of like names are alike: side by side they pack smaller.
const SMALLER = ['-Os', '-Os', '--reorder-functions-by-name', '--strip-producers', '--strip-target-features'];

/** Builds what is stale. `strict`: a size above the budget is a failure and not only a warning. */
export async function build({ strict }) {
  const versions = await setup();
  const { vendor } = await import('./vendor.mjs'); // needs the npm packages that setup brings
  await vendor();
  openapi();
  const source = hash(['Cargo.toml', 'Cargo.lock', ...files('src')], versions); // before the build: it may change meanwhile
  const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === source + built();
  if (!fresh) await compile();
  writeFileSync(stamp, source + built());
  const { rawKib, gzipKib } = sizeOf(readFileSync(wasm));
  if (!fresh) say(`The WebAssembly has ${rawKib.toFixed(1)} KiB, ${gzipKib.toFixed(1)} KiB after gzip.`);
  const problem = overBudget(gzipKib);
  if (problem && strict) throw new Plain(problem);
  if (problem) say(`Warning: ${problem}`);
}

async function compile() {
  const { code, output, ms } = await run(toolPath(WORKER_BUILD), ['--release'], { label: 'building the Worker', env: WHOLE });
  if (code !== 0) throw new Plain(`The Worker does not build:\n${output.trim()}`);
  const smaller = await run('wasm-opt', [wasm, ...FEATURES, ...SMALLER, '-o', wasm], { label: 'making it smaller' });
  if (smaller.code !== 0) throw new Plain(`The WebAssembly cannot be made smaller:\n${smaller.output.trim()}`);
  say(`Built the Worker in ${duration(ms + smaller.ms)}.`);
}

const built = () => hash(['build/index.js', 'build/index_bg.wasm'].filter((path) => existsSync(join(root, path))));

export function hash(paths, start = '') {
  const sum = createHash('sha256').update(start);
  for (const path of paths) sum.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  return sum.digest('hex');
}

export function files(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? files(path) : [path];
    });
}

// Wrangler's [build] is part of a developer's loop: there a larger size must not stop the work.
if (isMain(import.meta.url)) await main(() => build({ strict: !process.argv.includes('--for-wrangler') }));
