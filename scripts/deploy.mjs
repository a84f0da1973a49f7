// npm run deploy -- [ADDRESS]: checks, migrates, deploys and tries the result, stopping at the first no.
import { join } from 'node:path';
import { build } from './build.mjs';
import {
  addressIn, cleanCommit, listBuckets, needBucket, needDatabase, needLogin, needSettings, wasTested, wranglerToml,
} from './lib/release.mjs';
import { main, root, start } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';
import { setup } from './lib/setup.mjs';
import { wrangler } from './lib/wrangler.mjs';
import { smoke } from './smoke.mjs';

await main(async () => {
  needDatabase(wranglerToml());
  const commit = await cleanCommit();
  if (!commit) throw new Plain('The tree differs from its last commit; commit first, so that the deployment has a name.');
  await setup();
  await needLogin();
  needBucket(wranglerToml(), await listBuckets());
  await needSettings();
  if (!wasTested(commit)) await test(commit);
  await build({ strict: true });
  await step('Applying the migrations to the deployed database', ['d1', 'migrations', 'apply', 'DB', '--remote']);
  const output = await step(`Deploying ${commit}`, ['deploy', '--tag', commit]);
  const address = process.argv[2] ?? addressIn(output);
  if (!address) throw new Plain('Deployed, but wrangler named no address; try it with: node scripts/smoke.mjs ADDRESS');
  const red = await smoke(address);
  if (red) throw new Plain('The deployed Worker does not answer as it should; npx wrangler rollback brings the last version back.');
  say(`Deployed ${commit} to ${address}.`);
  return 0;
});

async function test(commit) {
  say(`Commit ${commit} has not passed npm test on this machine yet; running it.`);
  const { code } = await start('node', [join(root, 'scripts', 'test.mjs')], { onLine: say }).ended;
  if (code !== 0) throw new Plain('Not deployed: npm test is red.');
}

// Any step that fails ends the deployment: nothing is deployed on a database that was not migrated.
async function step(sentence, args) {
  say(`${sentence}.`);
  const { code, output } = await wrangler(args, { label: sentence });
  if (code !== 0) throw new Plain(`${sentence} failed, and nothing after it was done; wrangler said:\n${output.trim()}`);
  return output;
}
