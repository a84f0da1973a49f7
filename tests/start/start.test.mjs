// npm start, as a person who has started before: ready within ten seconds, and gone without a trace on Ctrl-C.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEN_SECONDS = 10_000;

async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return String(port);
}

/** Resolves with what was printed once `wanted` stands in it. */
function printed(child, wanted) {
  let text = '';
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      text += chunk;
      if (wanted.test(text)) resolve(text);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${text}`)));
  });
}

const answers = (url) => fetch(url).then(({ status }) => status, () => null);

/** The day of the night's round, which a cron begins; the first one may be under way. */
async function roundOf(site, token) {
  for (const end = Date.now() + TEN_SECONDS; Date.now() < end;) {
    const ledger = await fetch(`${site}/api/diagnostic/ledger`, { headers: { authorization: `Bearer ${token}` } });
    const { round } = await ledger.json();
    if (round) return round.day;
  }
  return 'no round';
}

/** npm start until it is ready, and how long that took. */
async function started(t, env) {
  const begun = Date.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: ROOT, env });
  t.after(() => child.kill('SIGTERM'));
  const text = await printed(child, /Ready after .*: http:\/\/localhost:\d+/);
  return { child, text, took: Date.now() - begun };
}

async function interrupted({ child }) {
  child.removeAllListeners('exit');
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [130, null]);
}

test('a second start is ready within ten seconds, and Ctrl-C ends all of it', async (t) => {
  const env = { ...process.env, PORT: await freePort(), SIM_PORT: await freePort() };
  const site = `http://localhost:${env.PORT}`;
  const simulator = `http://localhost:${env.SIM_PORT}`;
  await interrupted(await started(t, env)); // the first, which makes the database where there is none
  const second = await started(t, env);
  assert.ok(second.text.includes(site) && second.text.includes(simulator), second.text);
  assert.ok(second.took < TEN_SECONDS, `ready after ${second.took} ms`);

  const sign = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"userId":"user_alice"}' };
  const { token } = await (await fetch(`${simulator}/__sim/sign-in`, sign)).json();
  const me = await fetch(`${site}/api/user`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await me.json()).name, 'Alice Example', 'the two know each other at any address');

  const operator = await (await fetch(`${simulator}/__sim/sign-in`, { ...sign, body: '{"userId":"user_admin"}' })).json();
  assert.match(await roundOf(site, operator.token), /^\d{4}-/, 'the crons are fired');

  await interrupted(second);
  assert.deepEqual([await answers(`${site}/api/health`), await answers(simulator)], [null, null]);
});
