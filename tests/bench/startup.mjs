// What `wrangler check startup` says of our Worker: the active time of its profile.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';
import { Plain } from '../../scripts/lib/say.mjs';
import { wrangler } from '../../scripts/lib/wrangler.mjs';
import { compatibilityDate, temporary } from './workerd.mjs';

export async function startupMs() {
  const [config, bundle, profile] = ['wrangler.toml', 'worker.bundle', 'startup.cpuprofile'].map((file) => join(temporary, file));
  // A configuration without [build] and [assets]: what is profiled is what was measured.
  const main = join(root, 'build', 'index.js');
  writeFileSync(config, `name = "startup"\nmain = "${main}"\ncompatibility_date = "${compatibilityDate}"\n`);
  await need(['deploy', '--dry-run', '--config', config, '--outfile', bundle]);
  const told = await need(['check', 'startup', '--worker', bundle, '--outfile', profile]);
  const active = /Active: ([\d.]+) ms/.exec(told)?.[1];
  if (!active) throw new Plain(`wrangler check startup names no active time; it said:\n${told.trim()}`);
  return Number(active);
}

async function need(args) {
  const { code, output } = await wrangler(args);
  if (code !== 0) throw new Plain(`wrangler ${args.slice(0, 2).join(' ')} failed:\n${output.trim()}`);
  return output;
}
