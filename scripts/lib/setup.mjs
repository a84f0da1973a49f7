// Brings a fresh machine to where the project builds: npm packages, Rust's target, the pinned tools.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, run } from './run.mjs';
import { ensureRust, older } from './rust.mjs';
import { Plain, duration, say } from './say.mjs';
import { WORKER_BUILD, ensureTools, toolPath, wasmBindgen } from './tools.mjs';

const NODE_NEEDED = '18.17.0';
const bin = join(root, 'node_modules', '.bin');

/** Returns the versions that a build depends on. */
export async function setup() {
  const problem = nodeProblem(process.versions.node);
  if (problem) throw new Plain(problem);
  await ensurePackages();
  // From here on children find node 22, wrangler and the like in the project before any other.
  process.env.PATH = [bin, ...pathWithoutBin()].join(delimiter);
  process.env.WRANGLER_SEND_METRICS ??= 'false';
  const rustc = await ensureRust();
  const bindgen = wasmBindgen(readFileSync(join(root, 'Cargo.lock'), 'utf8'));
  await ensureTools([WORKER_BUILD, bindgen]);
  process.env.WASM_BINDGEN_BIN = toolPath(bindgen);
  process.env.ESBUILD_BIN = join(bin, 'esbuild');
  return `${rustc}\nworker-build ${WORKER_BUILD.version}\nwasm-bindgen ${bindgen.version}`;
}

export function nodeProblem(version) {
  if (!older(version, NODE_NEEDED)) return null;
  return `Node ${version} is too old, ${NODE_NEEDED} is needed; install a newer one from https://nodejs.org.`;
}

const pathWithoutBin = () => (process.env.PATH ?? '').split(delimiter).filter((part) => part !== bin);

/** Installs the npm packages when package-lock.json is not the one they were installed from. */
async function ensurePackages() {
  const stamp = join(root, 'node_modules', '.vocahire');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the npm packages of package-lock.json.');
  // Not npm ci: it refuses a lock file that lacks an optional package of some other platform. This
  // installs the same locked versions.
  const { code, output, ms } = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    label: 'npm install',
    // npm replaces node_modules, so it must not run on the node inside it.
    env: { PATH: pathWithoutBin().join(delimiter) },
  });
  if (code !== 0) throw new Plain(packagesProblem(code, output));
  writeFileSync(stamp, lock);
  say(`Installed the npm packages in ${duration(ms)}.`);
}

export function packagesProblem(code, output) {
  if (code === 127) return 'npm is not on the PATH; it comes with Node from https://nodejs.org.';
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET|EAI_AGAIN|E40[13]|network|proxy/i.test(output)) {
    const refused = /https?:\/\/[^\s'"),]+/.exec(output)?.[0] ?? 'the npm registry';
    return `The download of the npm packages was refused (${refused}); check the network or npm's proxy setting, then try again.`;
  }
  const errors = output.trim().split('\n').filter((line) => /^npm err/i.test(line));
  return `npm install failed; it said:\n${errors.slice(0, 12).join('\n')}`;
}
