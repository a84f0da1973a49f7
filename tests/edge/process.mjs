// The production build on the bare runtime, in a process of its own that can be killed: objects and D1 on disk, the
// driver before them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { configure, serve, temporary } from '../bench/workerd.mjs';
import { prebuild } from './prebuild.mjs';
import { until } from './until.mjs';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
let count = 0;

/**
 * Everything the process must have, on a disk or in `place`; `start` and `kill` it as often as you like. Dies with this
 * process. `assets` is the port at which its pages are served, if it is to have any.
 */
export async function killable(vars, place = temporary, assets = null) {
  const folder = await prebuild();
  const own = (file) => file === 'entry.js' || file.endsWith('.wasm');
  const files = readdirSync(folder).filter(own).sort().reverse().map((file) => join(folder, file));
  files.sort((a, b) => Number(b.endsWith('entry.js')) - Number(a.endsWith('entry.js')));
  count += 1;
  const config = configure({
    name: `killable-${count}`, files, vars, database: 'disk', objects: { WALLET: 'Wallet', ROOM: 'Room' },
    disk: join(place, `disk-${count}`), assets,
  });
  let process;
  let words = '';

  const house = {
    words: () => words,

    /** Resolves with the milliseconds to the first answer. */
    async start() {
      const started = performance.now();
      process = await serve(config, (text) => { words += text; });
      await house.drive('effects');
      return performance.now() - started;
    },

    kill: (signal) => process.stop(signal),
    port: () => process.port,
    cpu: () => process.cpu(),
    memory: () => process.memory(),
    files: () => process.files(),

    raw: (path, init) => fetch(`http://127.0.0.1:${process.port}${path}`, init),
    socket: (path, protocols) => new WebSocket(`ws://127.0.0.1:${process.port}${path}`, protocols),

    /** Throws when the process ends before the answer: then nobody knows. */
    async drive(op, wish = {}) {
      const answer = await house.raw(`/__driver/${op}`, { method: 'POST', body: JSON.stringify(wish) });
      if (answer.status !== 200) throw new Error(await answer.text());
      return answer.json();
    },

    say: async (owner, command) => (await house.drive('say', { owner, commands: [command] }))[0],
    rows: (owner, sql, ...values) => house.drive('rows', { owner, sql, values }),
    /** The test's own door of a session's Room. */
    room: (session, op, wish) => house.drive(op, { object: 'ROOM', owner: session, ...wish }),
    /** Throws a Room out of memory, until another answers in its place: what is asked next is not cut off with the old one. */
    async evict(session) {
      const { number } = await house.room(session, 'evict');
      const cutOff = () => ({ number });
      await until(async () => (await house.room(session, 'number').catch(cutOff)).number !== number, 'another in its place');
    },
    d1: (sql, ...values) => house.drive('d1', { sql, values }),
  };

  await house.start();
  for (const file of readdirSync(MIGRATIONS).sort()) await house.d1(readFileSync(MIGRATIONS + file, 'utf8'));
  return house;
}
