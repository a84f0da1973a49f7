// Pinned build tools, built once by cargo and kept outside the tree, one directory per version.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { Plain, duration, progress, say } from './say.mjs';

export const WORKER_BUILD = { crate: 'worker-build', version: '0.8.7', bin: 'worker-build', locked: true };
export const CARGO_FUZZ = { crate: 'cargo-fuzz', version: '0.13.2', bin: 'cargo-fuzz', locked: true };

/** The generator must be exactly as old as the library; its own lock file no longer resolves. */
export function wasmBindgen(cargoLock) {
  const found = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(cargoLock);
  if (!found) throw new Plain('Cargo.lock names no wasm-bindgen; run cargo generate-lockfile.');
  return { crate: 'wasm-bindgen-cli', version: found[1], bin: 'wasm-bindgen', locked: false };
}

export function cacheDir(env = process.env, platform = process.platform) {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'vocahire');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'vocahire');
  return join(homedir(), '.cache', 'vocahire');
}

const home = (tool) => join(cacheDir(), 'tools', `${tool.crate}-${tool.version}`);

export const toolPath = (tool) => join(home(tool), 'bin', tool.bin);

/** Builds what is missing, side by side. */
export async function ensureTools(tools) {
  const missing = tools.filter((tool) => !existsSync(toolPath(tool)));
  if (missing.length === 0) return;
  const names = missing.map(nameOf).join(' and ');
  say(`Building ${names}, once for this machine (some two minutes on two cores).`);
  const started = performance.now();
  await progress(`building ${names}`, () => Promise.all(missing.map(install)));
  say(`Built ${names} in ${duration(performance.now() - started)}.`);
}

const nameOf = (tool) => `${tool.crate} ${tool.version}`;

async function install(tool) {
  const parent = join(cacheDir(), 'tools');
  const work = join(parent, `.${tool.crate}-${process.pid}`);
  mkdirSync(work, { recursive: true });
  const clean = () => rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', clean);
  try {
    const { code, output } = await run('cargo', installArgs(tool, join(work, 'root')), {
      cwd: parent, // the project's own cargo configuration does not concern the tools
      env: { CARGO_TARGET_DIR: join(work, 'target'), CARGO_PROFILE_DEV_DEBUG: 'false' },
    });
    if (code !== 0) throw new Plain(installProblem(tool, output));
    moveInto(join(work, 'root'), tool);
  } finally {
    clean();
  }
}

function installArgs(tool, at) {
  const locked = tool.locked ? ['--locked'] : [];
  return ['install', '--debug', ...locked, '--root', at, '--version', `=${tool.version}`, tool.crate];
}

// By renaming, so that an interrupted installation is never taken for a finished one.
function moveInto(whole, tool) {
  try {
    renameSync(whole, home(tool));
  } catch (error) {
    if (!existsSync(toolPath(tool))) throw error; // otherwise a second setup was quicker
  }
}

const REFUSED = new RegExp(
  'could not (resolve host|connect)|failed to download|unable to update|network failure|spurious network|'
    + 'response code \\d+|proxy|timed out',
  'i',
);

export function installProblem(tool, output) {
  const name = nameOf(tool);
  const byHand = `cargo ${installArgs(tool, home(tool)).join(' ')}`;
  if (REFUSED.test(output)) {
    return `The download of ${name} was refused (${refusedPart(output)}); check the network or HTTPS_PROXY and try again, ` +
      `or install it where there is one: ${byHand}`;
  }
  if (/linker `\w+` not found/.test(output)) {
    return `${name} could not be linked, because this machine has no C compiler; install one (Debian: apt-get install build-essential).`;
  }
  if (/openssl/i.test(output) && /pkg-config|OPENSSL_DIR/.test(output)) {
    return `${name} needs the headers of OpenSSL; install them (Debian: apt-get install pkg-config libssl-dev) and try again.`;
  }
  const last = output.trim().split('\n').slice(-12).join('\n');
  return `${name} could not be built; cargo's last words were:\n${last}\nTry it by hand: ${byHand}`;
}

function refusedPart(output) {
  const address = /https?:\/\/[^\s`'"),]+/.exec(output);
  return address ? address[0] : output.trim().split('\n').find((line) => REFUSED.test(line)).trim();
}
