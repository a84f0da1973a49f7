// npm run soak: what takes too long for npm test.
import { fuzz, fuzzTargets } from './lib/fuzzing.mjs';
import { runPicked } from './lib/pick.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  const long = { RANDOM_REQUESTS: '10000', FORGED_KEY_IDS: '10000', CLERK_EVENTS: '10000', KILL_ROUNDS: '100' };
  const code = await runPicked('tests/edge', undefined, long);
  if (code !== 0) return code;
  await fuzz(fuzzTargets(), 300);
  return 0;
});
