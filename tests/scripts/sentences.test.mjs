// What goes wrong on a fresh machine is one plain sentence with the remedy, never a stack.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compilerProblem, missingProblem } from '../../scripts/lib/rust.mjs';
import { nodeProblem, packagesProblem } from '../../scripts/lib/setup.mjs';
import { WORKER_BUILD, installProblem, wasmBindgen } from '../../scripts/lib/tools.mjs';
import { runScript } from './helpers.mjs';

function assertSentence({ code, stderr }, pattern) {
  assert.equal(code, 1);
  assert.match(stderr, pattern);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
  assert.doesNotMatch(stderr, /\n\s+at /);
}

function temporary(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vocahire-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A folder with a `cargo` that installs by the given shell lines; `$ROOT` is where to. */
function fakeCargo(t, install) {
  const folder = temporary(t);
  const path = join(folder, 'cargo');
  writeFileSync(path, `#!/bin/sh
[ "$1" = install ] || { echo "cargo 1.95.0"; exit 0; }
while [ $# -gt 0 ]; do [ "$1" = --root ] && ROOT=$2; NAME=$1; shift; done
echo "$NAME" >> "${folder}/calls"
${install}
`);
  chmodSync(path, 0o755);
  return folder;
}

const withCargo = (folder, t) => ({ PATH: `${folder}:${process.env.PATH}`, XDG_CACHE_HOME: temporary(t) });

test('a taken port', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  const { port } = server.address();
  const free = { PORT: '1', SIM_PORT: '2' };
  for (const name of ['PORT', 'SIM_PORT']) {
    const result = await runScript('scripts/start.mjs', { env: { ...free, [name]: String(port) } });
    assertSentence(result, new RegExp(`Port ${port} .* is taken; .*: ${name}=\\d+ npm start`));
  }
});

test('a port that is none, and one port for both', async () => {
  assertSentence(await runScript('scripts/start.mjs', { env: { PORT: 'abc' } }), /PORT=abc is not a port/);
  assertSentence(await runScript('scripts/start.mjs', { env: { PORT: '9000', SIM_PORT: '9000' } }), /both 9000/);
});

test('a phase of chaos that is none, and a size of none', async () => {
  assertSentence(await runScript('scripts/chaos.mjs', { args: ['flood'] }), /^Usage: npm run chaos -- \[operations \| rooms/);
  assertSentence(await runScript('scripts/chaos.mjs', { args: ['rooms', '--count', 'many'] }), /^Usage: /);
  assertSentence(await runScript('scripts/chaos.mjs', { args: ['--count', '5'] }), /name it/);
});

test('an old Node', () => {
  assert.match(nodeProblem('16.20.2'), /^Node 16\.20\.2 is too old, 18\.17\.0 is needed; .*nodejs\.org\.$/);
  assert.match(nodeProblem('18.16.1'), /too old/);
  assert.equal(nodeProblem('18.17.0'), null);
  assert.equal(nodeProblem('22.1.0'), null);
});

test('no compiler', async () => {
  const result = await runScript('scripts/check.mjs', { env: { PATH: '/nonexistent' } });
  assertSentence(result, /The Rust compiler \(cargo\) is not on the PATH; install it from https:\/\/rustup\.rs/);
});

test('an old compiler, and one that does not run', () => {
  const good = { code: 0, output: 'cargo 1.80.0' };
  assert.match(compilerProblem(good, { code: 0, output: 'rustc 1.80.0 (x)' }, '1.91'), /1\.80\.0 is too old, 1\.91 .*rustup update/);
  assert.match(compilerProblem(good, { code: 1, output: 'error: no override' }, '1.91'), /rustup default stable/);
  assert.equal(compilerProblem(good, { code: 0, output: 'rustc 1.91.0 (x)' }, '1.91'), null);
});

test('a refused download of a tool, and nothing half installed', async (t) => {
  const folder = fakeCargo(t, `mkdir -p "$ROOT/bin"
echo "error: download of config.json failed" >&2
echo "Caused by: failed to download from \\\`https://index.example/config.json\\\`, could not connect to server" >&2
exit 101`);
  const env = withCargo(folder, t);
  const result = await runScript('scripts/check.mjs', { env });
  assertSentence(result, /download of .* was refused \(https:\/\/index\.example\/config\.json\); check the network or HTTPS_PROXY/);
  assert.match(result.stderr, /cargo install --debug .*--version =\d/);
  assert.deepEqual(readdirSync(join(env.XDG_CACHE_HOME, 'vocahire', 'tools')), []);
});

test('tools are installed once, whole, by version', async (t) => {
  const folder = fakeCargo(t, `mkdir -p "$ROOT/bin"
for BIN in worker-build wasm-bindgen; do printf '#!/bin/sh\\nexit 3\\n' > "$ROOT/bin/$BIN"; chmod +x "$ROOT/bin/$BIN"; done
exit 0`);
  const env = withCargo(folder, t);
  const preparing = 'import { setup } from "./scripts/lib/setup.mjs"; await setup();';
  const script = join(folder, 'prepare.mjs');
  writeFileSync(script, preparing.replace('./', `${process.cwd()}/`));
  for (let round = 0; round < 2; round += 1) assert.equal((await runScript(script, { env })).code, 0);
  assert.deepEqual(readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').sort(), ['wasm-bindgen-cli', 'worker-build']);
  const tools = join(env.XDG_CACHE_HOME, 'vocahire', 'tools');
  assert.ok(existsSync(join(tools, `worker-build-${WORKER_BUILD.version}`, 'bin', 'worker-build')));
  assert.equal(readdirSync(tools).length, 2);
});

test('other reasons why a tool or a package cannot be had', () => {
  assert.match(installProblem(WORKER_BUILD, 'error: linker `cc` not found'), /no C compiler; install one/);
  assert.match(installProblem(WORKER_BUILD, 'openssl-sys: set OPENSSL_DIR'), /headers of OpenSSL/);
  const problem = installProblem(WORKER_BUILD, 'error[E0001]: odd');
  assert.match(problem, /could not be built; .*\nerror\[E0001\]: odd\nTry it by hand: cargo install/);
  assert.match(packagesProblem(127, ''), /npm is not on the PATH/);
  const refused = 'npm error code ECONNREFUSED\nnpm error request to https://packages.example/jose failed';
  assert.match(packagesProblem(1, refused), /refused \(https:\/\/packages\.example\/jose\); check the network/);
  assert.match(packagesProblem(1, 'npm error odd'), /npm install failed; .*\nnpm error odd/);
  assert.match(missingProblem('target', 'wasm32-unknown-unknown', 127, ''), /no rustup to add it/);
  const failed = missingProblem('component', 'rust-src', 1, 'info: x\nerror: could not download');
  assert.match(failed, /\(error: could not download\); check the network/);
});

test('the generator of the bindings has the version of the library', () => {
  const lock = '[[package]]\nname = "wasm-bindgen"\nversion = "0.2.130"\n\n[[package]]\nname = "wasm-bindgen-macro"\nversion = "0.2.9"\n';
  assert.equal(wasmBindgen(lock).version, '0.2.130');
  assert.throws(() => wasmBindgen(''), /names no wasm-bindgen/);
});
