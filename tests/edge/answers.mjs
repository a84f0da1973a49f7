// What every answer must keep to: request id, security headers, the form of an error, and the OpenAPI document.

import assert from 'node:assert/strict';

import Ajv from 'ajv/dist/2020.js';

const SECURITY_HEADERS = ['x-content-type-options', 'referrer-policy', 'strict-transport-security', 'content-security-policy'];
const REQUEST_ID = /^[A-Za-z0-9_.-]{8,64}$/;
const validators = new WeakMap();

export function checkAnswer(openapi, { method, path, request }, answer) {
  const where = `${method} ${path} -> ${answer.status} ${answer.text.slice(0, 200)}`;
  assert.match(answer.headers.get('x-request-id') ?? '', REQUEST_ID, `request id of ${where}`);
  for (const name of SECURITY_HEADERS) assert.ok(answer.headers.get(name), `${name} of ${where}`);
  if (!path.startsWith('/api/')) return;

  if (answer.status >= 400 && method !== 'HEAD') checkError(answer, where);
  const pathname = path.split('?')[0];
  const operation = openapi.paths?.[pathname]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (operation) checkOperation(openapi, pathname, operation, { method, request }, answer, where);
  else assert.ok([204, 404, 405, 410].includes(answer.status), `an operation the document does not know answered: ${where}`);
}

function checkError({ body, headers, code }, where) {
  assert.ok(body, `an error without a JSON body: ${where}`);
  assert.deepEqual(Object.keys(body).filter((key) => !['error', 'code', 'requestId', 'retryAfterMs', 'see'].includes(key)), [], where);
  assert.equal(typeof body.error, 'string', where);
  assert.match(code, /^[a-z_]+$/, where);
  assert.equal(body.requestId, headers.get('x-request-id'), where);
}

/** Status and, for an error, code stand in the document, and its schema accepts the body. */
function checkOperation(openapi, pathname, operation, { method }, answer, where) {
  const listed = operation.responses[answer.status];
  assert.ok(listed, `a status the document does not list: ${where}`);
  if (method === 'HEAD' || answer.body === null) return;
  const place = `paths/${pointer(pathname)}/${method.toLowerCase()}/responses/${answer.status}`;
  const content = listed.content?.['application/json'] ?? openapi.components?.responses?.[refName(listed)]?.content?.['application/json'];
  assert.ok(content, `a body the document does not describe: ${where}`);
  const base = listed.$ref ? listed.$ref.slice(2) : place;
  const validate = validator(openapi, `${base}/content/application~1json/schema`);
  assert.ok(validate(answer.body), `${where}: ${JSON.stringify(validate.errors)}`);
  if (answer.status >= 400) assert.equal(validate({ ...answer.body, code: 'invented' }), false, `the document lists no codes: ${where}`);
}

const refName = (object) => object.$ref?.split('/').at(-1);
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
