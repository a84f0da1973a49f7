// Calls of the pinned wrangler.
import { join } from 'node:path';
import { root, run, start } from './run.mjs';

const script = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false', // no call home for request.cf
};

// Through the node of the packages: wrangler refuses an older one.
export const wrangler = (args, options = {}) => run('node', [script, ...args], merged(options));

export const startWrangler = (args, options = {}) => start('node', [script, ...args], merged(options));

const merged = (options) => ({ ...options, env: { ...quiet, ...options.env } });
