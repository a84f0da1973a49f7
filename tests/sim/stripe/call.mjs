// One call of the API: who asks, in which version, whether it was asked before, and the answer in Stripe's form.

import { expand } from './expand.mjs';
import { decodeForm } from './form.mjs';
import { authorize, envelope, Refused, refuseByFault, requestId, trouble } from './refuse.mjs';
import { rendered } from './render.mjs';
import { list, object, text } from './shape.mjs';
import { versionOf } from './version.mjs';

const FORM = 'application/x-www-form-urlencoded';
const LONGEST_KEY = 255;

/** Makes an operation of `run(house, asked, params)`, which answers an object of the book, or a list of them. */
export function called(house, { fields, required = [] }, run) {
  const shape = object({ ...fields, expand: list(text, 20) }, required);

  return (request, params, fault) => {
    const id = requestId();
    const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
    let decided;
    try {
      refuseByFault(fault);
      authorize(request, house.key);
      decided = before(house, request, key) ?? { status: 200, value: answerTo(house, request, { id, key, shape, run, params }) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decided = { status: error.status, value: envelope(error, id), headers: error.headers };
    }
    if (key !== undefined) remember(house, request, { key, decided, id, fault });
    return written(request, decided, { id, key });
  };
}

function answerTo(house, request, { id, key, shape, run, params }) {
  const version = versionOf(request, house.settings);
  const { expand: paths = [], ...asked } = shape(formOf(request), '');
  house.request = { id, idempotency_key: key ?? null };
  try {
    const answer = rendered(house, run(house, asked, params), version);
    expand(house, answer, paths, version);
    return answer;
  } finally {
    house.request = null;
  }
}

function formOf({ method, query, headers, body }) {
  if (method !== 'POST') return decodeForm(body === '' ? query : `${query}&${body}`);
  if (body !== '' && headers['content-type']?.split(';')[0].trim() !== FORM) {
    throw new Refused(`Invalid request (check that your POST content type is ${FORM}). If you have any questions, we can help at `
      + 'https://support.stripe.com/.');
  }
  return decodeForm(body);
}

/** What this key was answered before. A key stands for one request. */
function before({ kept }, { path, body }, key) {
  if (key?.length > LONGEST_KEY) throw new Refused(`Idempotency-Key is too long: at most ${LONGEST_KEY} characters.`);
  const known = kept.get(key);
  if (!known) return null;
  if (known.path !== path || known.body !== body) {
    throw new Refused('Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key '
      + `other than '${key}' if you meant to execute a different request.`, { type: 'idempotency_error' });
  }
  if (Date.now() < known.busyUntil) throw trouble('idempotency_key_in_use');
  return { ...known.decided, headers: { ...known.decided.headers, 'original-request': known.id, 'idempotent-replayed': 'true' } };
}

/** What was carried out is kept, be it that it failed; what was refused before is not. */
function remember({ kept }, { path, body }, { key, decided, id, fault }) {
  const ran = decided.status < 300 || [402, 500].includes(decided.status);
  if (!ran || kept.has(key)) return;
  kept.set(key, { path, body, decided, id, busyUntil: Date.now() + (fault?.latencyMs ?? 0) });
}

function written({ headers: asked }, { status, value, headers }, { id, key }) {
  const told = {
    'content-type': 'application/json', 'request-id': id, 'stripe-version': asked['stripe-version'] ?? '',
    ...(key !== undefined && { 'idempotency-key': key }), ...headers,
  };
  return { status, headers: told, body: JSON.stringify(value, null, 2) };
}
