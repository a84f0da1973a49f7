// The Rust that is needed: a compiler as new as Cargo.toml asks, its WebAssembly target, a linker.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { Plain, say } from './say.mjs';

const REMEDY = 'install it from https://rustup.rs and open a new terminal.';
const TARGET = 'wasm32-unknown-unknown';

export async function ensureRust() {
  const needed = /^rust-version = "([\d.]+)"/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))?.[1] ?? '1.91';
  const [cargo, rustc, libdir, sysroot, cc] = await Promise.all([
    run('cargo', ['--version']),
    run('rustc', ['--version']),
    run('rustc', ['--print', 'target-libdir', '--target', TARGET]),
    run('rustc', ['--print', 'sysroot']),
    run('cc', ['--version']),
  ]);
  const problem = compilerProblem(cargo, rustc, needed) ?? linkerProblem(cc);
  if (problem) throw new Plain(problem);
  if (!existsSync(libdir.output.trim())) await add('target', TARGET);
  // Rust's own library is built with ours: see build.mjs.
  if (!existsSync(join(sysroot.output.trim(), 'lib', 'rustlib', 'src', 'rust', 'library'))) await add('component', 'rust-src');
  return rustc.output.trim();
}

export function compilerProblem(cargo, rustc, needed) {
  if (cargo.code === 127 || rustc.code === 127) {
    return `The Rust compiler (${cargo.code === 127 ? 'cargo' : 'rustc'}) is not on the PATH; ${REMEDY}`;
  }
  const version = /^rustc (\d+\.\d+\.\d+)/m.exec(rustc.output)?.[1];
  if (!version) return `rustc does not run (${rustc.output.trim().split('\n')[0]}); run rustup default stable.`;
  if (older(version, needed)) return `Rust ${version} is too old, ${needed} is needed: run rustup update stable.`;
  return null;
}

function linkerProblem(cc) {
  if (cc.code !== 127) return null;
  return 'Rust needs a C compiler as its linker (cc), and there is none on the PATH; install one ' +
    '(Debian: apt-get install build-essential, macOS: xcode-select --install).';
}

export function older(version, needed) {
  const [a, b] = [version, needed].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) < (b[i] ?? 0);
  }
  return false;
}

async function add(kind, name) {
  say(`Adding Rust's ${kind} ${name}, once for this machine.`);
  const { code, output } = await run('rustup', [kind, 'add', name], { label: `rustup ${kind} add ${name}` });
  if (code !== 0) throw new Plain(missingProblem(kind, name, code, output));
}

export function missingProblem(kind, name, code, output) {
  if (code === 127) {
    return `Rust's ${kind} ${name} is missing and there is no rustup to add it; install Rust from https://rustup.rs.`;
  }
  const last = output.trim().split('\n').pop();
  return `rustup could not add the ${kind} ${name} (${last}); check the network or HTTPS_PROXY, then run: rustup ${kind} add ${name}`;
}
