// npm run soak: what takes too long for npm test.
import { fuzz, fuzzTargets } from './lib/fuzzing.mjs';
import { runPicked } from './lib/pick.mjs';
import { main, run } from './lib/run.mjs';
import { say } from './lib/say.mjs';

await main(async () => {
  const long = {
    RANDOM_REQUESTS: '10000', FORGED_KEY_IDS: '10000', CLERK_EVENTS: '10000', KILL_ROUNDS: '100', CROWD_TALKS: '20', CROWD_ROOMS: '200',
  };
  const code = await runPicked('tests/edge', undefined, long);
  if (code !== 0) return code;
  const histories = await shown('50,000 histories', 'cargo', ['test', '--locked', '--test', 'simulation'], { HISTORIES: '50000' });
  if (histories !== 0) return histories;
  const guards = await shown('the guards taken out', 'node', ['scripts/mutations.mjs']);
  if (guards !== 0) return guards;
  await fuzz(fuzzTargets(), 300);
  return 0;
});

async function shown(label, command, args, env = {}) {
  const { code, output } = await run(command, args, { label, env });
  if (code !== 0) say(output);
  return code;
}
