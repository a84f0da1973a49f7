// Runs a script as a person would and waits for what it says.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs to the end: `{ code, stdout, stderr }`. `during` may look at the child while it runs. */
export function runScript(path, { args = [], env = {}, during } = {}) {
  const child = spawn(process.execPath, [path, ...args], { cwd: root, env: { ...process.env, ...env } });
  const seen = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text) => {
      seen[name] += text;
      during?.(child, seen);
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...seen })));
}

/** Resolves once none of the processes runs any more; one that only waits to be reaped does not run. */
export async function allGone(pids) {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    if (!pids.some(runs)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function runs(pid) {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)]).toString().startsWith('Z');
  } catch {
    return false; // ps knows no such process
  }
}
