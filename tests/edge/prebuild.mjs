// Bundles the entry under test once for each build of the product; the folder is named by the build's contents.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KEPT = `${ROOT}.wrangler/edge/`;
export const CONFIG = `${ROOT}tests/edge/wrangler.toml`;

let bundling = /** @type {Promise<void> | null} */ (null); // a file may ask for several houses at once

export async function prebuild() {
  const sources = [...globSync(`${ROOT}build/**/*.{js,wasm}`), ...globSync(`${ROOT}tests/edge/{entry,entry/*}.mjs`), CONFIG].sort();
  if (!existsSync(`${ROOT}build/index.js`)) throw new Error('There is no build to test: run npm run build first.');
  const hash = createHash('sha256');
  for (const file of sources) hash.update(readFileSync(file));
  const wanted = `${KEPT}${hash.digest('hex').slice(0, 16)}`;
  if (!existsSync(wanted)) await (bundling ??= bundleInto(wanted));
  return wanted;
}

/** Test files run side by side: each bundles into its own folder, and the first one's stays. */
async function bundleInto(wanted) {
  const own = `${wanted}.${process.pid}`;
  mkdirSync(KEPT, { recursive: true });
  for (const old of readdirSync(KEPT)) {
    if (!old.startsWith(basename(wanted))) rmSync(KEPT + old, { recursive: true, force: true });
  }
  const wrangler = `${ROOT}node_modules/wrangler/bin/wrangler.js`;
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' };
  await promisify(execFile)(process.execPath, [wrangler, 'deploy', '--dry-run', '--config', CONFIG, '--outdir', own], { cwd: ROOT, env });
  try {
    renameSync(own, wanted);
  } catch {
    rmSync(own, { recursive: true });
  }
}
