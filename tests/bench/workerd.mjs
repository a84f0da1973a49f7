// A Worker on the bare runtime: no wrangler, no proxy, a process of its own, its CPU read from the process's accounting.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';
import { Plain } from '../../scripts/lib/say.mjs';

export const compatibilityDate = /^compatibility_date = "(.+)"/m.exec(readFileSync(join(root, 'wrangler.toml'), 'utf8'))[1];

const START_MS = 10_000;
const workerd = createRequire(import.meta.url)('workerd').default;
const here = join(root, 'tests', 'bench');
export const temporary = mkdtempSync(join(tmpdir(), 'vocahire-bench-'));
/** In memory where that can be: what is compared is work, and a disk's wait would hide it. */
export const memory = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/vocahire-bench-') : temporary;
const children = new Set();

process.on('exit', () => {
  children.forEach((child) => child.kill('SIGKILL'));
  for (const folder of [temporary, memory]) rmSync(folder, { recursive: true, force: true });
});

/**
 * Writes the Worker down for the runtime. `files` are its modules, the first one the main one. `database`: true for one
 * of one row, `disk` for a real one. `objects` maps bindings to classes of Durable Objects, kept in memory or on `disk`.
 * `assets` is the port at which its files are served.
 */
export function configure({ name, files, vars = {}, database = false, objects = {}, disk = null, assets = null }) {
  const folder = join(temporary, name);
  mkdirSync(folder, { recursive: true });
  const behind = database === 'disk' ? 'd1-object.js' : 'd1.js';
  const parts = database ? [...files, join(here, behind)] : files;
  for (const file of parts) copyFileSync(file, join(folder, basename(file)));
  if (disk) mkdirSync(disk, { recursive: true });
  const config = join(folder, 'config.capnp');
  writeFileSync(config, capnp({ modules: files.map((file) => basename(file)), vars, database, behind, objects, disk, assets }));
  return config;
}

function capnp({ modules, vars, database, behind, objects, disk, assets }) {
  const worker = (files, bindings, classes) => `(
    compatibilityDate = "${compatibilityDate}",
    modules = [${files.map((file) => `(name = "./${file}", ${file.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${file}")`)}],
    bindings = [${bindings}]${storage(classes)})`;
  const storage = (classes) => (classes.length === 0 ? '' : `,
    durableObjectNamespaces = [${classes.map((one) => `(className = "${one}", uniqueKey = "${one}", enableSql = true)`)}],
    durableObjectStorage = (localDisk = "disk")`);
  const object = ([name, one]) => `(name = "${name}", durableObjectNamespace = "${one}")`;
  const bindings = [
    ...Object.entries(vars).map(([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`),
    ...Object.entries(objects).map(object),
  ];
  if (database) {
    bindings.push(`(name = "DB", wrapped = (moduleName = "cloudflare-internal:d1-api",
      innerBindings = [(name = "fetcher", service = "d1")]))`);
  }
  if (assets) bindings.push('(name = "ASSETS", service = "assets")');
  const d1 = database === 'disk' ? worker([behind], [object(['DATABASE', 'Database'])], ['Database']) : worker([behind], [], []);
  const services = [
    `(name = "main", worker = ${worker(modules, bindings, Object.values(objects))})`,
    '(name = "internet", network = (allow = ["local"]))',
    ...(database ? [`(name = "d1", worker = ${d1})`] : []),
    ...(assets ? [`(name = "assets", external = (address = "127.0.0.1:${assets}", http = ()))`] : []),
    ...(disk ? [`(name = "disk", disk = (path = ${JSON.stringify(disk)}, writable = true))`] : []),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join(',\n')}],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);\n`;
}

/** Starts it; resolves as soon as it listens. */
export async function serve(config, onWords = () => {}) {
  const [command, ...args] = pinned(0, workerd, 'serve', '--control-fd=3', config);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  children.add(child);
  let words = '';
  child.stderr.on('data', (text) => { words = (words + text).slice(-4000); onWords(String(text)); });
  const ended = new Promise((resolve) => {
    const end = () => {
      children.delete(child);
      resolve(null);
    };
    child.on('close', end);
    child.on('error', (error) => {
      words += error.message;
      end();
    });
  });
  const port = await Promise.race([listening(child), ended]);
  if (!port) throw new Plain(`workerd did not start: ${words.trim()}`);
  const stop = (signal = 'SIGKILL') => {
    child.kill(signal);
    return ended;
  };
  const { pid } = child;
  return { port, cpu: () => cpuSeconds(pid), memory: () => residentKib(pid), files: () => openFiles(pid), stop };
}

/** The runtime says on its control descriptor which port it took. */
function listening(child) {
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
  return new Promise((resolve) => {
    let text = '';
    child.stdio[3].on('data', (data) => {
      text += data;
      const port = /"event":"listen".*"port":(\d+)/.exec(text)?.[1];
      if (!port) return;
      clearTimeout(late);
      resolve(Number(port));
    });
  });
}

const TICKS = Number(execFileSync('getconf', ['CLK_TCK']));

/** User and system time of a process, from the kernel's own books. */
function cpuSeconds(pid) {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[A-Z] )/);
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) / TICKS;
}

/** What of a process is in memory. */
function residentKib(pid) {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

let taskset;

/** How many files, sockets among them, a process has open. */
const openFiles = (pid) => readdirSync(`/proc/${pid}/fd`).length;

/** A command held to one core, where that can be done. */
export function pinned(core, ...command) {
  taskset ??= tries('taskset', ['-c', '1', 'true']);
  return taskset ? ['taskset', '-c', String(core), ...command] : command;
}

export const canPin = () => pinned(0)[0] === 'taskset';

function tries(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
