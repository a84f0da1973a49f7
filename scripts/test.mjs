// npm test: every check there is, each stage timed, stopping at the first red one.
import { rememberTested } from './lib/release.mjs';
import { main } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { setup } from './lib/setup.mjs';
import { buildWorker, format, hostTests, lintHost, lintWasm, nodeTests, runLanes, summary, types } from './lib/stages.mjs';

const scripts = nodeTests('script tests', ['tests/scripts/*.test.mjs', 'tests/bench/*.test.mjs', 'tests/chaos/*.test.mjs'], 120);
const simulator = nodeTests('simulator tests', ['tests/sim/*.test.mjs'], 120);
const start = nodeTests('npm start', ['tests/start/*.test.mjs'], 60);
const edge = nodeTests('edge tests', ['tests/edge/*.test.mjs'], 300);
const browser = nodeTests('browser tests', ['tests/browser/*.test.mjs'], 300);

// Cargo's stages follow one another, for they wait for each other's lock; node's own tests run beside
// them. What drives the runtime or a browser comes last and alone: its times are part of what it tests.
const rounds = [
  [[format, lintHost, lintWasm, hostTests, buildWorker], [types, scripts, simulator]],
  [[start]],
  [[edge]],
  [[browser]],
];

await main(async () => {
  const started = performance.now();
  const report = [];
  await setup();
  report.push({ name: 'setup', code: 0, output: '', ms: performance.now() - started, passed: 0, failed: 0 });
  let green = true;
  for (const lanes of rounds) green &&= await runLanes(lanes, report);
  say(summary(report, performance.now() - started));
  if (green) await rememberTested();
  return green ? 0 : 1;
});
