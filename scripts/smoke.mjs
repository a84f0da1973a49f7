// node scripts/smoke.mjs ADDRESS: does a running Worker answer as it should? The exit code says it.
import { isMain, main } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';

const GONE = ['/api/test-basic-realtime', '/api/test-realtime-api', '/api/debug-realtime'];

const checks = [
  ['health', '/api/health', 200, ({ json }) => json?.status === 'ok'],
  ['version', '/api/version', 200, ({ json }) => typeof json?.version === 'string' && typeof json.environment === 'string'],
  ['configuration for the page', '/api/config', 200, ({ json }) => Boolean(json?.clerk)],
  ['settings are complete', '/api/diagnostic/env', 200, ({ json }) => json?.ok === true],
  ['interface description', '/api/openapi.json', 200, ({ json }) => json?.openapi?.startsWith('3.1')],
  ['user needs a token', '/api/user', 401, ({ json }) => json?.code === 'no_token'],
  ['unknown route', '/api/none', 404, ({ json }) => json?.code === 'not_found'],
  ...GONE.map((path) => ['gone route', path, 410, ({ json }) => json?.code === 'gone']),
  ['page with its policy', '/', 200, hasPolicy],
  ['unknown page', '/none', 404, hasPolicy],
];

function hasPolicy({ headers }) {
  const policy = headers.get('content-security-policy') ?? '';
  const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src '));
  return Boolean(scripts) && !scripts.includes('unsafe-inline');
}

/** Returns the number of checks that failed. */
export async function smoke(address) {
  let red = 0;
  for (const [name, path, status, holds] of checks) {
    const problem = await tryOne(new URL(path, address), status, holds);
    say(`${problem ? 'red  ' : 'green'}  ${name.padEnd(27)} ${path}${problem ? `: ${problem}` : ''}`);
    if (problem) red += 1;
  }
  return red;
}

async function tryOne(url, status, holds) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    if (response.status !== status) return `status ${response.status} instead of ${status}`;
    if (!response.headers.get('x-request-id')) return 'no x-request-id';
    return holds({ headers: response.headers, json: parsed(text) }) ? null : 'the answer is not as it should be';
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const address = process.argv[2];
    if (!URL.canParse(address ?? '')) throw new Plain('Which address? For example: node scripts/smoke.mjs http://localhost:8787');
    return (await smoke(address)) === 0 ? 0 : 1;
  });
}
