// Child processes: each leads its own process group, so that nothing it started outlives it or us.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Plain, progress } from './say.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const KEPT = 1 << 20; // characters of output kept for the report of a failure
const jobs = new Set();

/** Starts a command. `ended` resolves, never rejects, to `{ code, output, ms }`. */
export function start(command, args, { cwd = root, env = {}, onLine } = {}) {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const job = { command, child, output: '', over: false };
  jobs.add(job);
  for (const stream of [child.stdout, child.stderr]) listen(job, stream, onLine);
  job.ended = new Promise((resolve) => {
    const end = (code) => {
      job.over = true;
      jobs.delete(job);
      resolve({ code, output: job.output, ms: performance.now() - started });
    };
    child.on('error', (error) => {
      job.output += `${command}: ${error.code === 'ENOENT' ? 'not found' : error.message}\n`;
      end(127);
    });
    // What the child left behind would hold its output open, and must not go on anyway.
    child.on('exit', () => signalGroup(job, 'SIGKILL'));
    child.on('close', (code) => end(code ?? 1));
  });
  job.stop = () => stop(job);
  return job;
}

function listen(job, stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text) => {
    job.output = (job.output + text).slice(-KEPT);
    if (!onLine) return;
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach((line) => onLine(line));
  });
  stream.on('end', () => rest && onLine?.(rest));
}

function signalGroup(job, signal) {
  if (!job.child.pid) return;
  try {
    process.kill(-job.child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function stop(job) {
  if (job.over) return;
  job.child.kill('SIGTERM'); // the leader first, so that it can end and reap its own children
  const late = setTimeout(() => signalGroup(job, 'SIGKILL'), 3000);
  await job.ended;
  clearTimeout(late);
}

export async function stopAll() {
  await Promise.all([...jobs].map(stop));
}

/** Runs a command to its end; with a label, says every few seconds that it is still at work. */
export async function run(command, args, { label, ...options } = {}) {
  const job = start(command, args, options);
  return label ? progress(label, () => job.ended) : job.ended;
}

/** The standard frame of a script: plain failures are one sentence, and no child survives. */
export async function main(work) {
  endWithUs();
  let code = 1;
  try {
    code = (await work()) ?? 0;
  } catch (error) {
    if (!ending) process.stderr.write(`${error instanceof Plain ? error.message : error.stack}\n`);
  }
  if (ending) return; // the signal's handler exits, with its own code
  await stopAll();
  process.exit(code);
}

let ending = false;

function endWithUs() {
  process.on('exit', () => jobs.forEach((job) => signalGroup(job, 'SIGKILL')));
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
    process.on(signal, async () => {
      if (ending) process.exit(code); // the second Ctrl-C does not wait
      ending = true;
      await stopAll();
      process.exit(code);
    });
  }
}

/** Whether this module is the command that was typed. */
export function isMain(url) {
  return Boolean(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(url);
}
