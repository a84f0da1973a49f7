// The local stack: the simulator and the Worker on the real runtime, ready when both answer.
import { join } from 'node:path';
import { movedVars } from './devvars.mjs';
import { readable } from './loglines.mjs';
import { root, start } from './run.mjs';
import { Plain, progress, say } from './say.mjs';
import { startWrangler } from './wrangler.mjs';

const READY_MS = 60_000;
let loud = false; // what wrangler says before it is ready is of interest only if it never is

export function startStack(ports) {
  const env = { PORT: String(ports.port), SIM_PORT: String(ports.simPort) };
  const simulator = start('node', [join(root, 'tests', 'sim', 'server.mjs')], { env, onLine: prefixed('simulator') });
  const worker = startWrangler(
    ['dev', '--local', '--port', env.PORT, '--show-interactive-dev-session=false', ...movedVars(ports)],
    { env, onLine: prefixed('worker') },
  );
  return [
    { name: 'The simulator', job: simulator, url: `http://localhost:${env.SIM_PORT}/.well-known/jwks.json` },
    { name: 'The Worker', job: worker, url: `http://localhost:${env.PORT}/api/health` },
  ];
}

const prefixed = (name) => (line) => loud && line.trim() && say(`${name.padEnd(9)} | ${readable(line)}`);

/** Resolves when every part answers; throws when one ends first or none of this happens in time. */
export async function ready(parts) {
  const ended = Promise.race(parts.map(endOf));
  const answers = Promise.all(parts.map((part) => answer(part, performance.now() + READY_MS)));
  await progress('starting the simulator and the Worker', () => Promise.race([ended, answers]));
  loud = true;
}

/** Rejects with a sentence as soon as one part has ended. */
export async function endOf({ name, job }) {
  const { code, output } = await job.ended;
  throw new Plain(`${name} ended by itself with code ${code}; its last words were:\n${output.trim().split('\n').slice(-20).join('\n')}`);
}

async function answer({ name, job, url }, until) {
  while (performance.now() < until && !job.over) {
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!job.over) throw new Plain(`${name} did not answer at ${url} within ${READY_MS / 1000} seconds.`);
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
