// npm start: from a fresh clone to a running product at one address.
import { build } from './build.mjs';
import { fireCrons } from './lib/crons.mjs';
import { ensureDevVars } from './lib/devvars.mjs';
import { needFree, portsOf } from './lib/ports.mjs';
import { main } from './lib/run.mjs';
import { Plain, duration, progress, say } from './lib/say.mjs';
import { endOf, ready, startStack } from './lib/stack.mjs';
import { wrangler } from './lib/wrangler.mjs';

await main(async () => {
  const started = performance.now();
  const ports = portsOf(process.env);
  await needFree(ports);
  await build({ strict: false });
  ensureDevVars();
  await migrate();
  const parts = startStack(ports);
  await ready(parts);
  say(greeting(ports, performance.now() - started));
  fireCrons(ports.port);
  await Promise.race(parts.map(endOf));
});

async function migrate() {
  const { code, output } = await progress('applying the migrations', () => wrangler(['d1', 'migrations', 'apply', 'DB', '--local']));
  if (code !== 0) throw new Plain(`The migrations could not be applied to the local database; wrangler said:\n${output.trim()}`);
}

function greeting({ port, simPort }, ms) {
  return `
Ready after ${duration(ms)}: http://localhost:${port}
Sign in there with one click, as any of the people offered (user_admin is the administrator).
The simulator that stands in for Clerk is at http://localhost:${simPort}. Ctrl-C ends both.
`;
}
