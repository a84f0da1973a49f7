// Random requests from a seed: known things, changed a little, and plain noise.

import { chances } from './chances.mjs';

// The platform itself answers 501 to a method it has never heard of.
const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND', 'get'];
const PATHS = [
  '/', '/help', '/terms', '/privacy', '/interview', '/sign-in', '/sign-up', '/api/health', '/api/version', '/api/config',
  '/api/openapi.json', '/api/csp-report', '/api/user', '/api/diagnostic/env', '/api/sentry-example-api', '/api/test-basic-realtime',
  '/api/debug-realtime', '/api/realtime-session', '/api/webrtc-exchange', '/api/sessions', '/api/sessions/ses_1',
  '/api/sessions/ses_1/heartbeat', '/api/sessions/ses_1/transcript', '/api/sessions/ses_1/end', '/sessions/ses_1',
];
const NAMES = [
  'authorization', 'content-type', 'x-request-id', 'x-d1-bookmark', 'origin', 'accept', 'accept-language', 'cookie', 'range',
  'if-none-match', 'access-control-request-method', 'access-control-request-headers', 'content-encoding', 'x-forwarded-for',
  'cf-connecting-ip', 'referer',
];
const VALUES = [
  'Bearer a.b.c', 'Bearer a.b', 'Bearer eyJhbGciOiJub25lIn0.e30.',
  'application/json', 'application/csp-report', 'text/html', '*/*', 'null', '*',
  'bytes=0-', 'https://evil.example', 'GET', 'gzip', '__session=a.b.c', '-1', '\u00e9', '%00', '{"a":1}', 'first-primary',
];
const BODIES = ['', '{}', '[]', '{"csp-report":{}}', 'null', '"', '{"a":', '\u0000', '[[[[[[[[', '1e999', '{"__proto__":{}}'];
const ODD = ['%', '%00', '%2f', '..', '//', '\\', ';', '?', '&', '=', '\u00fc', '%ff', ' ', '+', '~', '.json', 'A', '0', '%0d%0a', '{}'];

export function* randomRequests(seed, count) {
  const random = chances(seed);
  for (let i = 0; i < count; i++) yield oneRequest(random);
}

function oneRequest(random) {
  const method = random.of(METHODS);
  const bodiless = ['GET', 'HEAD', 'get'].includes(method);
  const body = bodiless || random.chance(0.3) ? undefined : randomBody(random);
  const headers = Object.fromEntries(Array.from({ length: random.below(5) }, () => [random.of(NAMES), randomValue(random)]));
  return { method, path: randomPath(random), headers, body };
}

function randomPath(random) {
  let path = random.chance(0.8) ? random.of(PATHS) : `/api/${noise(random, 30)}`;
  while (random.chance(0.3)) path = spliced(random, path, random.of(ODD));
  if (random.chance(0.3)) path += `?${noise(random, 40)}`;
  return asSent(path);
}

/** The path as it travels: trimmed and encoded as any client does it. */
function asSent(path) {
  const here = 'http://worker.test';
  const typed = path.replaceAll('#', '');
  const { origin, pathname, search } = URL.canParse(typed, here) ? new URL(typed, here) : new URL(here);
  // Files are served without the Worker, and a path of another site is another site's.
  const leavesTheWorker = origin !== here || /^\/(app|vendor)\/|^\/\//.test(pathname);
  return leavesTheWorker ? '/nothing' : pathname + search;
}

function randomValue(random) {
  if (random.chance(0.7)) return random.of(VALUES);
  return noise(random, 200);
}

function randomBody(random) {
  if (random.chance(0.6)) return random.of(BODIES);
  if (random.chance(0.1)) return 'x'.repeat(64 * 1024 + random.below(3) - 1);
  return Uint8Array.from({ length: random.below(300) }, () => random.below(256));
}

function noise(random, longest) {
  return Array.from({ length: random.below(longest) }, () => String.fromCharCode(33 + random.below(94))).join('');
}

const spliced = (random, text, piece) => {
  const at = 1 + random.below(text.length);
  return text.slice(0, at) + piece + text.slice(at);
};
