// Makes static/openapi.json, which `GET /api/openapi.json` hands out: the operations as OpenAPI 3.1, each with every answer it
// may give. What is known of one stands in src/edge/openapi/; its tests hold that against the table of routes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, main, root } from './lib/run.mjs';

const folder = join(root, 'src', 'edge', 'openapi');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

const ANY = ['get', 'post', 'put', 'patch', 'delete'];
/** Our own bugs may happen anywhere, and strangers may be too many anywhere. */
const ANYWHERE = ['internal_error', 'rate_limited'];
/** What may go wrong with any token. */
const TOKEN = ['bad_token', 'token_expired', 'provider_error', 'provider_busy', 'provider_timeout', 'not_configured'];
const SESSION = { session: [] };
const GUARDS = {
  public: { security: [], codes: [] },
  webhook: { security: [], codes: ['bad_signature', 'not_configured'] },
  brief: { security: [{}, SESSION], codes: TOKEN },
  user: { security: [SESSION], codes: ['no_token', ...TOKEN] },
  room: { security: [SESSION, { room: [] }], codes: ['no_token', 'bad_ticket', 'not_found', ...TOKEN] },
  socket: { security: [{ live: [] }], codes: ['no_token', 'bad_ticket', 'not_found', 'not_configured'] },
  admin: { security: [SESSION], codes: ['no_token', 'forbidden', ...TOKEN] },
};
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const content = (schema, others = []) => Object.fromEntries(
  [['application/json', { schema }], ...others.map((type) => [type, { schema: { type: 'string' } }])]);
const given = (schema, others) => ({ description: 'Done.', ...(schema && { content: content(schema, others) }) });

/** Of an error status, the codes that may stand in it. */
const refused = (codes) => ({
  description: 'Refused or failed.',
  content: content({ allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { code: { enum: codes } } }] }),
});

/** Known are under `gives` the schema of each status when all is well, null for one without a body; under `also` other types of it. */
function responsesOf({ gives = {}, also = {} }, codes, statuses) {
  const done = Object.entries(gives).map(([status, schema]) => [status, given(schema, also[status])]);
  const errors = [...new Set(Object.values(statuses))].map((status) =>
    [status, Object.keys(statuses).filter((code) => statuses[code] === status && codes.includes(code))]);
  return Object.fromEntries([...done, ...errors.filter(([, here]) => here.length > 0).map(([status, here]) => [status, refused(here)])]);
}

function operationOf(path, known, statuses) {
  const { security, codes } = GUARDS[known.guard];
  const all = [...known.codes ?? [], ...codes, ...ANYWHERE];
  return {
    summary: known.summary,
    security,
    parameters: [...known.parameters ?? [], ...(path.includes('{id}') ? [ID] : [])],
    responses: responsesOf(known, all, statuses),
    ...(known.requestBody && { requestBody: known.requestBody }),
  };
}

export function documentOf({ operations, frame, statuses, version }) {
  const paths = {};
  for (const [name, known] of Object.entries(operations)) {
    const [method, path] = name.replace(':id', '{id}').split(' ');
    const operation = operationOf(path, known, statuses);
    const methods = method === 'ANY' ? ANY : [method.toLowerCase()];
    paths[path] = { ...paths[path], ...Object.fromEntries(methods.map((one) => [one, operation])) };
  }
  const document = structuredClone({ ...frame, info: { ...frame.info, version }, paths });
  document.components.schemas.Error.properties.code.enum = Object.keys(statuses);
  return document;
}

export function openapi() {
  const [operations, frame, statuses] = ['operations', 'frame', 'codes'].map((name) => read(join(folder, `${name}.json`)));
  const { version } = read(join(root, 'package.json'));
  writeFileSync(join(root, 'static', 'openapi.json'), JSON.stringify(documentOf({ operations, frame, statuses, version })));
}

if (isMain(import.meta.url)) await main(openapi);
