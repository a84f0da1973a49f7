// What every answer must keep to: request id, security headers, the form of an error, and the OpenAPI document.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import Ajv from 'ajv/dist/2020.js';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-frame-options': 'DENY',
};
const DATA = {
  ...EVERYWHERE,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};
const PAGE = {
  ...EVERYWHERE,
  'permissions-policy': 'microphone=(self), camera=(), geolocation=(), payment=()',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cache-control': 'no-cache',
};
const DOCUMENT = new URL('../../static/openapi.json', import.meta.url);
const REQUEST_ID = /^[A-Za-z0-9_.-]{8,64}$/;
const validators = new WeakMap();

/** `clerk` is the origin that pages may load the sign-in from, null where there is none. */
export function checkAnswer({ openapi, clerk }, { method, path }, answer) {
  const where = `${method} ${path} -> ${answer.status} ${answer.text.slice(0, 200)}`;
  assert.match(answer.headers.get('x-request-id') ?? '', REQUEST_ID, `request id of ${where}`);
  checkHeaders(answer, clerk, where);
  const pathname = template(openapi, path.split('?')[0]);
  if (!pathname.startsWith('/api/')) return;

  if (answer.status >= 400 && method !== 'HEAD') checkError(answer, where);
  const operation = openapi.paths?.[pathname]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (operation) checkOperation(openapi, pathname, operation, method, answer, where);
  else assert.ok([204, 404, 405, 410].includes(answer.status), `the document does not know this operation: ${where}`);
}

/** The path as the document writes it: one part of it may be any id. */
function template(openapi, pathname) {
  const fits = (known) => new RegExp(`^${known.replace('{id}', '[^/]+')}$`).test(pathname);
  return openapi.paths?.[pathname] ? pathname : Object.keys(openapi.paths ?? {}).find(fits) ?? pathname;
}

function checkHeaders({ status, headers }, clerk, where) {
  const page = status === 304 || /^text\/html/.test(headers.get('content-type'));
  const wanted = page ? { ...PAGE, 'content-security-policy': pagePolicy(clerk) } : DATA;
  for (const [name, value] of Object.entries(wanted)) assert.equal(headers.get(name), value, `${name} of ${where}`);
  if (!page) return;
  // Pages are read by nobody else's scripts, whoever may read the API.
  const shared = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
  assert.deepEqual(shared, [], `a page shared with another site: ${where}`);
}

function pagePolicy(clerk) {
  const challenges = 'https://challenges.cloudflare.com https://*.protect.clerk.com';
  return [
    "default-src 'none'",
    `script-src 'self'${clerk ? ` ${clerk} ${challenges}` : ''}`,
    `connect-src 'self'${clerk ? ` ${clerk} https://*.protect.clerk.com:*` : ''}`,
    "img-src 'self' data: https://img.clerk.com",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    `frame-src ${clerk ? challenges : "'none'"}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    'report-uri /api/csp-report',
  ].join('; ');
}

function checkError({ body, headers, code }, where) {
  assert.ok(body, `an error without a JSON body: ${where}`);
  const details = ['currentCredits', 'minimumRequired', 'sessionId', 'state', 'resumable', 'reason'];
  const known = ['error', 'code', 'requestId', 'retryAfterMs', 'see', ...details];
  assert.deepEqual(Object.keys(body).filter((key) => !known.includes(key)), [], where);
  assert.equal(typeof body.error, 'string', where);
  assert.match(code, /^[a-z_]+$/, where);
  assert.equal(body.requestId, headers.get('x-request-id'), where);
}

/** The status stands in the document, whose schema accepts the body and an error's code; no schema, no body. */
function checkOperation(openapi, pathname, operation, method, { status, headers, body, text }, where) {
  const listed = operation.responses[status];
  assert.ok(listed, `a status the document does not list: ${where}`);
  if (method === 'HEAD' || status === 304) return assert.equal(text, '', where);
  const place = listed.$ref?.slice(2) ?? `paths/${pointer(pathname)}/${method.toLowerCase()}/responses/${status}`;
  const response = listed.$ref ? openapi.components.responses[listed.$ref.split('/').at(-1)] : listed;
  if (!response.content) return assert.equal(text, '', `a body the document does not describe: ${where}`);
  const type = headers.get('content-type').split(';')[0];
  if (type !== 'application/json') return assert.ok(response.content[type], `a type the document does not promise: ${where}`);
  assert.notEqual(body, null, `the document promises a JSON body: ${where}`);
  const validate = validator(openapi, `${place}/content/application~1json/schema`);
  assert.ok(validate(body), `${where}: ${JSON.stringify(validate.errors)}`);
  if (status < 400) return undefined;
  return assert.equal(validate({ ...body, code: 'invented' }), false, `the document lists no codes: ${where}`);
}

const pointer = (path) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));

function validator(openapi, place) {
  if (!validators.has(openapi)) {
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addSchema(openapi, 'openapi');
    validators.set(openapi, new Map([['ajv', ajv]]));
  }
  const known = validators.get(openapi);
  if (!known.has(place)) known.set(place, known.get('ajv').compile({ $ref: `openapi#/${place}` }));
  return known.get(place);
}

/** What the Worker says of itself, which its answers must keep to. */
export async function promisesOf(worker) {
  const [openapi, { clerk }] = await Promise.all(['/api/openapi.json', '/api/config'].map(async (path) =>
    (await worker.raw(path)).json()));
  // The bare runtime has no files beside it, and so not the document.
  return { openapi: openapi.paths ? openapi : JSON.parse(readFileSync(DOCUMENT, 'utf8')), clerk: clerk?.frontendApi ?? null };
}

export async function read(response) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString();
  const isJson = /^application\/(json|.*\+json)/.test(response.headers.get('content-type') ?? '');
  const body = isJson && text !== '' ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, body, code: body?.code };
}
