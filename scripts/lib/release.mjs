// What must be true before a deployment. Each check throws the sentence that says what to do.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { Plain } from './say.mjs';
import { wrangler } from './wrangler.mjs';

const PLACEHOLDER = '00000000-0000-0000-0000-000000000000';
const SETTINGS = [
  'CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CLERK_AUTHORIZED_PARTIES', 'CLERK_WEBHOOK_SECRET', 'CLAIM_SECRET',
  'OPENAI_API_KEY', 'TICKET_SECRET', 'RECEIPT_SECRET',
];
const tested = join(root, 'build', '.tested');

export const wranglerToml = () => readFileSync(join(root, 'wrangler.toml'), 'utf8');

export function needDatabase(toml) {
  if (!toml.includes(PLACEHOLDER)) return;
  throw new Plain(
    'The database_id in wrangler.toml is still the placeholder; run npx wrangler d1 create vocahire and put the id it prints there.',
  );
}

/** The bucket that wrangler.toml names; `listed` is wrangler's list of those there are. */
export function needBucket(toml, listed) {
  const name = /^bucket_name = "(.+)"/m.exec(toml)[1];
  if (new RegExp(`^name:\\s+${name}$`, 'm').test(listed)) return;
  throw new Plain(`There is no bucket ${name} for the files of resumes; run npx wrangler r2 bucket create ${name}.`);
}

export async function listBuckets() {
  const { code, output } = await wrangler(['r2', 'bucket', 'list']);
  if (code !== 0) throw new Plain(`The buckets could not be listed; wrangler said:\n${output.trim()}`);
  return output.replace(/\x1b\[[0-9;]*m/g, '');
}

/** The commit that the tree is exactly at, or null. */
export async function cleanCommit() {
  const [status, head] = await Promise.all([run('git', ['status', '--porcelain']), run('git', ['rev-parse', '--short', 'HEAD'])]);
  return status.code === 0 && head.code === 0 && status.output === '' ? head.output.trim() : null;
}

/** Called by a green npm test, so that a deployment of the same commit need not repeat it. */
export async function rememberTested() {
  const commit = await cleanCommit();
  if (commit) writeFileSync(tested, commit);
}

export const wasTested = (commit) => existsSync(tested) && readFileSync(tested, 'utf8') === commit;

export async function needLogin() {
  const { output } = await wrangler(['whoami']);
  if (/You are logged in/i.test(output)) return;
  throw new Plain('Wrangler is not logged in at Cloudflare; run npx wrangler login, or set CLOUDFLARE_API_TOKEN.');
}

export async function needSettings() {
  const { code, output } = await wrangler(['secret', 'list', '--format', 'json']);
  // Before the first deployment or secret there is no Worker to list secrets of.
  if (code !== 0 && !/10007|does not exist|not found/i.test(output)) {
    throw new Plain(`The secrets could not be listed; wrangler said:\n${output.trim()}`);
  }
  const missing = missingSettings(code === 0 ? output : '', wranglerToml());
  if (missing.length === 0) return;
  const commands = missing.map((name) => `  npx wrangler secret put ${name}`).join('\n');
  throw new Plain(`The deployed Worker has no ${missing.join(', no ')}; set each once:\n${commands}`);
}

export function missingSettings(secrets, toml) {
  return SETTINGS.filter((name) => !secrets.includes(`"${name}"`) && !new RegExp(`^${name}\\s*=`, 'm').test(toml));
}

/** Where wrangler says that the Worker now lives. */
export function addressIn(output) {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '');
  const custom = /^\s*(\S+\.\S+) \(custom domain/m.exec(plain)?.[1];
  return custom ? `https://${custom}` : /https:\/\/\S+\.workers\.dev/.exec(plain)?.[0];
}
