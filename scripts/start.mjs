// npm start: from a fresh clone to a running product at one address.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, files, hash } from './build.mjs';
import { fireCrons } from './lib/crons.mjs';
import { ensureDevVars } from './lib/devvars.mjs';
import { needFree, portsOf } from './lib/ports.mjs';
import { main, root } from './lib/run.mjs';
import { Plain, duration, progress, say } from './lib/say.mjs';
import { endOf, ready, startStack } from './lib/stack.mjs';
import { wrangler } from './lib/wrangler.mjs';

// Inside of the database's own folder: who deletes the one deletes the other.
const stamp = join(root, '.wrangler', 'state', 'v3', 'd1', 'migrations');

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

/** Wrangler takes seconds to find that there is nothing new. */
async function migrate() {
  const all = hash(files('migrations'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === all) return;
  const { code, output } = await progress('applying the migrations', () => wrangler(['d1', 'migrations', 'apply', 'DB', '--local']));
  if (code !== 0) throw new Plain(`The migrations could not be applied to the local database; wrangler said:\n${output.trim()}`);
  writeFileSync(stamp, all);
}

function greeting({ port, simPort }, ms) {
  return `
Ready after ${duration(ms)}: http://localhost:${port}
Sign in there with one click, as any of the people offered (user_admin is the administrator).
The simulator that stands in for Clerk is at http://localhost:${simPort}. Ctrl-C ends both.
`;
}
