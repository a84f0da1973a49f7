// npm run types: whether the modules of the pages fit together, as far as types can tell.
import { main } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { setup } from './lib/setup.mjs';
import { types } from './lib/stages.mjs';

await main(async () => {
  await setup();
  const { code, output } = await types.work();
  say(code === 0 ? 'The types fit.' : output.trim());
  return code;
});
