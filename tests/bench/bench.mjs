// The rows of `npm run bench`: ratios of CPU time per request between Workers that run side by side.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sizeOf } from '../../scripts/lib/budget.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { Plain, progress } from '../../scripts/lib/say.mjs';
import { startSim } from '../sim/server.mjs';
import { click } from './click.mjs';
import { difference, ratio, single } from './figures.mjs';
import { interviews } from './interviews.mjs';
import { money } from './money.mjs';
import { firstAnswers, measure } from './rounds.mjs';
import { startupMs } from './startup.mjs';
import { buildBareHealth, buildHello, modules } from './variants.mjs';
import { canPin, configure, memory, serve } from './workerd.mjs';

const FULL = { rounds: 5, requests: 15_000, starts: 9, cycles: 250, clicks: 7 };
const QUICK = { rounds: 2, requests: 5_000, starts: 3, cycles: 100, clicks: 5 };
const ANSWER_MS = 10_000;
const DAY_SECONDS = 86_400;
const here = (file) => join(root, 'tests', 'bench', file);

export async function bench({ quick }) {
  const plan = quick ? QUICK : FULL;
  const sim = await startSim();
  try {
    const workers = await describe(sim);
    const token = sim.clerk.token({ userId: 'user_alice', ttlSeconds: DAY_SECONDS });
    const running = await cases(workers, token);
    const { cpu } = await progress('measuring requests', () => measure(running, plan));
    const first = await progress('measuring starts', () => firstAnswers(starters(workers), plan.starts));
    const startup = await progress('profiling the start', startupMs);
    const wallet = await progress('measuring the Wallet', () => money(plan));
    const talks = await progress('measuring interviews', () => interviews(plan));
    const start = await progress('measuring clicks', () => click(plan));
    return {
      rows: [...rows(cpu, first, startup), ...wallet.rows, ...talks.rows, ...start.rows],
      notes: [...notes(plan), ...wallet.notes, ...talks.notes, ...start.notes],
    };
  } finally {
    await sim.close();
  }
}

/** Every Worker measured. */
async function describe(sim) {
  const vars = { APP_ENV: 'production', ADMIN_USER_IDS: 'user_admin', ...sim.workerVars() };
  const common = { vars, database: true, objects: { WALLET: 'Wallet' } };
  const twinFiles = [here('user-twin.js'), here('twin.js'), here('wallet-twin/index.js')];
  return {
    bare: { name: 'bare', files: [here('bare.js')] },
    hello: { name: 'hello', files: await buildHello() },
    ours: { name: 'ours', files: modules(root), disk: join(memory, 'ours'), ...common },
    bareHealth: { name: 'bare-health', files: await buildBareHealth(), disk: join(memory, 'bare-health'), ...common },
    twin: { name: 'twin', files: twinFiles, disk: join(memory, 'twin'), ...common },
  };
}

async function cases({ bare, hello, ours, bareHealth, twin }, token) {
  const [limit, floor, house, stripped, script] = await Promise.all(
    [bare, hello, ours, bareHealth, twin].map((worker) => serve(configure(worker))),
  );
  const headers = { authorization: `Bearer ${token}` };
  const all = [
    { name: 'bare', worker: limit, path: '/', status: 200 },
    { name: 'hello', worker: floor, path: '/', status: 200 },
    { name: 'health', worker: house, path: '/api/health', status: 200 },
    { name: 'bareHealth', worker: stripped, path: '/api/health', status: 200 },
    { name: 'noToken', worker: house, path: '/api/sentry-example-api', status: 401 },
    { name: 'token', worker: house, path: '/api/sentry-example-api', headers, status: 403 },
    { name: 'user', worker: house, path: '/api/user', headers, status: 200 },
    { name: 'twin', worker: script, path: '/api/user', headers, status: 200 },
  ];
  await needSameAnswer(all.at(-2), all.at(-1));
  return all;
}

/** Without the database, whose stand-in is a second Worker that would have to start too. */
const starters = ({ bare, hello, ours }) => [
  { name: 'bare', worker: bare, path: '/' },
  { name: 'hello', worker: hello, path: '/' },
  { name: 'ours', worker: { ...ours, database: false }, path: '/api/health' },
];

/** A comparison is worth something only between Workers that do the same. */
async function needSameAnswer(one, other) {
  const told = await Promise.all([one, other].map(async ({ worker, path, headers }) => {
    const answer = await fetch(`http://127.0.0.1:${worker.port}${path}`, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
    const own = [...answer.headers].filter(([name]) => name !== 'x-request-id');
    return JSON.stringify([answer.status, own, await answer.text()]);
  }));
  if (told[0] !== told[1]) throw new Plain(`Ours and the twin in tests/bench/user-twin.js answer differently:\n${told.join('\n')}`);
}

function rows(cpu, first, startup) {
  const { rawKib, gzipKib } = sizeOf(readFileSync(modules(root)[1]));
  return [
    ratio('hello', 'hello-world Rust Worker / bare JS Worker', cpu.hello, cpu.bare),
    ratio('health', 'GET /api/health / hello-world Rust Worker', cpu.health, cpu.hello),
    ratio('bareHealth', 'the same without headers and log line', cpu.bareHealth, cpu.hello),
    difference('token', 'token check: 403 with a token - 401 without', cpu.token, cpu.noToken),
    ratio('user', 'GET /api/user / the same in JavaScript', cpu.user, cpu.twin),
    ratio('firstHello', 'first answer, hello-world Rust / bare JS', first.hello, first.bare),
    ratio('first', 'first answer, ours / bare JS', first.ours, first.bare),
    single('startup', 'wrangler check startup, active time', startup, 'ms'),
    single('rawSize', 'WebAssembly', rawKib, 'KiB'),
    single('size', 'WebAssembly after gzip', gzipKib, 'KiB'),
  ];
}

function notes({ rounds, requests, starts }) {
  const cores = canPin() ? 'workerd on core 0, the requests from core 1' : 'not pinned to cores, taskset being absent';
  return [
    `${rounds} interleaved rounds of ${requests} requests over 32 connections, bare workerd, ${cores}; ${starts} starts of each.`,
    'Requests count by the CPU time that the kernel books for workerd, first answers by the clock from the start of the process.',
    'Under "of" are the medians of the two sides, in us (first answers: ms); alone they say something of this machine only.',
  ];
}
