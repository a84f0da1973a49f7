// npm run edge / npm run browser: the tests that a name picks, on a Worker that is up to date.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { root, run } from './run.mjs';
import { say } from './say.mjs';

/** The files whose name holds the text, else all files with the tests whose title holds it. */
export function pick(files, name) {
  const tests = files.filter((file) => file.endsWith('.test.mjs'));
  const named = tests.filter((file) => file.includes(name ?? ''));
  return named.length > 0 ? { files: named, options: [] } : { files: tests, options: [`--test-name-pattern=${name}`] };
}

/** Runs them, showing the output as it comes; returns the exit code. */
export async function runPicked(folder, name, env = {}) {
  await build({ strict: false });
  const { files, options } = pick(readdirSync(join(root, folder)), name);
  const paths = files.map((file) => `${folder}/${file}`);
  const args = ['--test', '--test-reporter=spec', '--test-timeout=600000', ...options, ...paths];
  return (await run('node', args, { env, label: folder, onLine: say })).code;
}
