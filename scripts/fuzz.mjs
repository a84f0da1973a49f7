// npm run fuzz -- [TARGET] [SECONDS]: one fuzz target or all, 60 seconds each unless said otherwise.
import { fuzz, fuzzTargets } from './lib/fuzzing.mjs';
import { main } from './lib/run.mjs';
import { Plain } from './lib/say.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  const seconds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 60);
  const name = args.find((arg) => !/^\d+$/.test(arg));
  const all = fuzzTargets();
  if (name && !all.includes(name)) throw new Plain(`There is no fuzz target ${name}; there are: ${all.join(', ')}.`);
  await fuzz(name ? [name] : all, seconds);
});
