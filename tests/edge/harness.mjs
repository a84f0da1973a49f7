// The production build on the real runtime, beside a simulator. Every answer taken through `call` is checked against
// what the house promises of all answers and against the Worker's own OpenAPI document.

import { after } from 'node:test';

import { createTestHarness } from 'wrangler';

import { startSim } from '../sim/server.mjs';
import { checkAnswer, promisesOf, read } from './answers.mjs';
import './outbound.mjs';
import { CONFIG, prebuild } from './prebuild.mjs';
import { makeSecrets } from './secrets.mjs';

export { until } from './until.mjs';

export const WORKER_URL = 'http://localhost:8787';

// A connection may close behind an answer that came before its body was read; the next request on it is sent once
// more.
const CLOSED = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/** A simulator that ends with the test file. Its webhooks go nowhere until a test says `sim.setWebhookUrl(worker.url)`. */
export async function simulator() {
  const sim = await startSim({ workerUrl: WORKER_URL, webhookUrl: null });
  after(() => sim.close());
  return sim;
}

/** A Worker of its own: own isolate, own database, own settings. Ends with the test file. */
export async function startWorker(sim, vars = {}) {
  const settings = { APP_ENV: 'development', ADMIN_USER_IDS: 'user_admin', ...sim.workerVars(), ...vars };
  const secrets = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
  const server = createTestHarness({ workers: [{ configPath: CONFIG, prebuiltWorkerDir: await prebuild(), secrets }] });
  const { url } = await server.listen();
  const kept = makeSecrets(secrets);
  after(async () => {
    const printed = server.getLogs().map(({ message }) => message).join('\n');
    await server.close();
    kept.check(printed, 'the log');
  });
  const handle = server.getWorker();
  await handle.applyD1Migrations('DB');

  let promises = null;
  const worker = {
    url,

    /** A request whose answer is checked; `token` becomes the Authorization header. */
    async call(path, { token, headers = {}, ...init } = {}) {
      const response = await worker.raw(path, { ...init, headers: withToken(headers, token) });
      const answer = await read(response);
      promises ??= await promisesOf(worker);
      checkAnswer(promises, { method: init.method ?? 'GET', path }, answer);
      kept.check(`${JSON.stringify([...answer.headers])} ${answer.text}`, `the answer of ${path}`);
      return answer;
    },

    /** A request whose answer is handed over as it comes. */
    async raw(path, init = {}) {
      kept.add(init.headers?.authorization);
      const send = () => handle.fetch(new URL(path, WORKER_URL), { redirect: 'manual', ...init });
      return send().catch((error) => (CLOSED.includes(error.cause?.code) ? send() : Promise.reject(error)));
    },

    /** Puts the Worker's clock ahead, from now on. */
    clock: (milliseconds) => worker.raw('/api/health', { headers: { 'x-test-clock': String(milliseconds) } }),

    /** Rows of the database, past the Worker. */
    async rows(sql, ...values) {
      const { DB } = await handle.getEnv();
      return (await DB.prepare(sql).bind(...values).all()).results;
    },

    /** What lies in the bucket, past the Worker. */
    async files() {
      const { FILES } = await handle.getEnv();
      return (await FILES.list()).objects;
    },

    /** The bindings, past the Worker. */
    env: () => handle.getEnv(),

    /** Throws an object out of memory. */
    evict: (binding, name) => handle.evictDurableObject(binding, { name }),

    /** One statement after others, which leave no table `t` or `u` behind: its rows, or the words of its failure. */
    async statement({ before = [], sql, values = [] }) {
      const { DB } = await handle.getEnv();
      const made = before.flatMap((text) => /^create table (\w+)/.exec(text)?.[1] ?? []).reverse();
      const after = made.map((table) => DB.prepare(`drop table ${table}`));
      try {
        const results = await DB.batch([...before.map((text) => DB.prepare(text)), DB.prepare(sql).bind(...values), ...after]);
        return { rows: results[before.length].results };
      } catch (error) {
        return { failed: error.message };
      }
    },

    /** The cron strikes. */
    cron: () => handle.scheduled({ cron: '*/5 * * * *' }),

    /** Everything the Worker has printed. */
    output: () => server.getLogs().map(({ message }) => message),

    /** The log lines of one request. */
    lines(id) {
      const mine = worker.output().filter((line) => line.startsWith('{') && line.includes(id));
      return mine.map((line) => JSON.parse(line)).filter((line) => line.id === id);
    },
  };
  return worker;
}

/** Simulator and Worker with the usual settings. */
/** `vars` may be made of the simulator. */
export async function house(vars) {
  const sim = await simulator();
  return { sim, worker: await startWorker(sim, typeof vars === 'function' ? vars(sim) : vars) };
}

export function tokenFor(sim, userId, options = {}) {
  return sim.signIn({ userId, ...options }).token;
}

function withToken(headers, token) {
  return token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
}
