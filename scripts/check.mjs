// npm run check: the inner loop, what can be known without building the Worker.
import { main } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { setup } from './lib/setup.mjs';
import { format, hostTests, lintHost, lintWasm, runLanes, summary, types } from './lib/stages.mjs';

await main(async () => {
  const started = performance.now();
  const report = [];
  await setup();
  const green = await runLanes([[format, lintHost, lintWasm, hostTests], [types]], report);
  say(summary(report, performance.now() - started));
  return green ? 0 : 1;
});
