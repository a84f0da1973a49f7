// The stages of npm test and npm run check, and how they are run, timed and summed up.
import { build } from '../build.mjs';
import { counted } from './counts.mjs';
import { run, stopAll } from './run.mjs';
import { Plain, duration, say } from './say.mjs';

const cargo = (name, ...args) => ({ name, work: () => run('cargo', args, { label: name }) });

export const format = cargo('format', 'fmt', '--check');
export const lintHost = cargo('lint host', 'clippy', '--all-targets', '--locked', '--', '-D', 'warnings');
export const lintWasm = cargo(
  'lint wasm32', 'clippy', '--target', 'wasm32-unknown-unknown', '--lib', '--locked', '--', '-D', 'warnings',
);
export const types = { name: 'types', work: () => run('tsc', ['--project', '.'], { label: 'types' }) };
export const hostTests = { name: 'host tests', work: runHostTests };
export const buildWorker = { name: 'build', work: buildStrictly };

async function runHostTests() {
  const nextest = await run('cargo', ['nextest', '--version']);
  const tests = nextest.code === 0 ? ['nextest', 'run', '--no-fail-fast'] : ['test', '--no-fail-fast'];
  return run('cargo', [...tests, '--locked'], { label: 'host tests' });
}

async function buildStrictly() {
  try {
    await build({ strict: true });
    return { code: 0, output: '' };
  } catch (error) {
    if (error instanceof Plain) return { code: 1, output: error.message };
    throw error;
  }
}

/** A stage of tests on node's own runner; `seconds` bounds each test and each file. */
export function nodeTests(name, patterns, seconds) {
  const args = ['--test', '--test-reporter=spec', `--test-timeout=${seconds * 1000}`, ...patterns];
  return { name, work: () => run('node', args, { label: name }) };
}

/**
 * Runs lanes of stages side by side, each lane in its order. At the first red stage everything ends and
 * its output is shown. Returns whether all was green; what happened is added to `report`.
 */
export async function runLanes(lanes, report) {
  let red = false;
  await Promise.all(lanes.map(async (lane) => {
    for (const stage of lane) {
      if (red) return;
      const result = await timed(stage);
      if (red) return; // it was stopped because of another one
      report.push(result);
      if (result.code === 0) continue;
      red = true;
      say(`\n${stage.name} is red:\n${result.output.trim()}\n`);
      await stopAll();
    }
  }));
  return !red;
}

async function timed({ name, work }) {
  const started = performance.now();
  const { code, output } = await work();
  const ms = performance.now() - started;
  say(`${code === 0 ? 'green' : 'red  '}  ${name.padEnd(16)} ${duration(ms)}`);
  return { name, code, output, ms, ...counted(code, output) };
}

/** The table of all stages and the sum of their tests, as the last line. */
export function summary(report, ms) {
  const rows = report.map((row) => `${row.name.padEnd(16)} ${duration(row.ms).padStart(7)}  ${tests(row)}`.trimEnd());
  const passed = report.reduce((sum, row) => sum + row.passed, 0);
  const failed = report.reduce((sum, row) => sum + row.failed, 0);
  return ['', ...rows, `${'all'.padEnd(16)} ${duration(ms).padStart(7)}`, `${passed} passed, ${failed} failed`].join('\n');
}

function tests({ code, passed, failed }) {
  if (passed + failed === 0) return '';
  return code === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`;
}
