// What is made of the operations, their codes and their guards.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { documentOf } from '../../scripts/openapi.mjs';

const statuses = {
  bad_json: 400, bad_token: 401, no_token: 401, token_expired: 401, account_closed: 401, not_found: 404, rate_limited: 429,
  internal_error: 500, provider_error: 502, provider_busy: 503, not_configured: 503, provider_timeout: 504,
};
const Error = { properties: { code: { enum: [] } } };
const frame = { openapi: '3.1.0', info: { title: 'T' }, paths: {}, components: { schemas: { Error } } };
const made = (operations) => documentOf({ operations, frame, statuses, version: '1.2.3' });
const codesOf = (operation, status) => operation.responses[status]?.content['application/json'].schema.allOf[1].properties.code.enum;

test('an operation tells its guard, its answers and every code that it may meet', () => {
  const { info, paths, components } = made({
    'GET /api/user': { guard: 'user', summary: 'Me', gives: { 200: { type: 'object' } }, codes: ['account_closed'] },
  });
  const { get } = paths['/api/user'];
  assert.deepEqual(get.security, [{ session: [] }]);
  assert.deepEqual(codesOf(get, 401), ['bad_token', 'no_token', 'token_expired', 'account_closed'], 'in the order of the table');
  assert.deepEqual(codesOf(get, 503), ['provider_busy', 'not_configured']);
  assert.deepEqual(codesOf(get, 500), ['internal_error']);
  assert.equal(codesOf(get, 400), undefined, 'a status without a code of its own is none');
  assert.deepEqual(get.responses[200].content, { 'application/json': { schema: { type: 'object' } } });
  assert.equal(info.version, '1.2.3');
  assert.deepEqual(components.schemas.Error.properties.code.enum, Object.keys(statuses));
});

test('methods of one address stand together, an id is a parameter, and what is gone is gone for all methods', () => {
  const body = { required: true, content: {} };
  const { paths } = made({
    'GET /api/things/:id': { guard: 'public', summary: 'Look', gives: { 200: {} }, also: { 200: ['text/csv'] } },
    'POST /api/things/:id': { guard: 'brief', summary: 'Change', requestBody: body, gives: { 204: null } },
    'ANY /api/old': { guard: 'public', summary: 'Gone' },
  });
  const { get, post } = paths['/api/things/{id}'];
  assert.deepEqual(get.parameters.map(({ name, required }) => [name, required]), [['id', true]]);
  assert.deepEqual(Object.keys(get.responses[200].content), ['application/json', 'text/csv']);
  assert.deepEqual([get.security, post.security], [[], [{}, { session: [] }]]);
  assert.deepEqual([post.requestBody, post.responses[204]], [body, { description: 'Done.' }]);
  assert.deepEqual(Object.keys(paths['/api/old']), ['get', 'post', 'put', 'patch', 'delete']);
});
