// Client secrets: with one of them a browser starts calls of its own, in the session that the server has fixed for it.

import { randomBytes } from 'node:crypto';

import { json } from '../http.mjs';
import { newId } from './ids.mjs';
import { authorize, Refused, requestId, trouble } from './refuse.mjs';
import { newSession } from './session.mjs';
import { anyObject, object, oneOf, whole } from './shape.mjs';

const DEFAULT_SECONDS = 600;
const DEFAULT_SESSION = { type: 'realtime', model: 'gpt-realtime' };
const OURS = /^Bearer (ek_\S+)$/;

const asked = object({
  expires_after: object({ anchor: oneOf('created_at'), seconds: whole(10, 7200) }),
  session: anyObject, // looked at apart, as for a call
});

/** `all` are the secrets, oldest first: `{ value, expiresAt, safetyIdentifier, asked }` each. */
export function makeSecrets(key) {
  let all = [];

  return {
    list: () => all,
    reset() { all = []; },

    /** From now on none of them starts a call. */
    expire() {
      for (const secret of all) secret.expiresAt = 0;
    },

    mint(request) {
      authorize(request, key);
      const { expires_after: { seconds = DEFAULT_SECONDS } = {}, session: wanted = DEFAULT_SESSION } = bodyOf(request);
      const session = { ...newSession(wanted, newId('sess')), expires_at: 0 };
      const value = `ek_${randomBytes(16).toString('hex')}`;
      const expiresAt = Math.floor(Date.now() / 1000) + seconds;
      all.push({ value, expiresAt, safetyIdentifier: request.headers['openai-safety-identifier'] ?? null, asked: wanted });
      return json(200, { value, expires_at: expiresAt, session }, { 'x-request-id': requestId() });
    },

    /** The secret that a call is asked for with; null where the server asks with its key. */
    of({ headers }) {
      const [, value] = OURS.exec(headers.authorization ?? '') ?? [];
      if (value === undefined) return null;
      const secret = all.find((one) => one.value === value);
      if (!secret || secret.expiresAt * 1000 <= Date.now()) throw trouble('invalid_api_key');
      return secret;
    },
  };
}

function bodyOf({ body }) {
  let given;
  try {
    given = JSON.parse(body || '{}');
  } catch {
    throw new Refused('We could not parse the JSON body of your request.', { code: 'invalid_json' });
  }
  asked(given, '');
  return given;
}

/** The offer of a browser, which is the whole body. */
export function rawOffer({ headers, body }) {
  const type = headers['content-type'] ?? '';
  if (type.split(';')[0].trim() === 'application/sdp') return body;
  throw new Refused(`Unsupported content type: '${type}'. This API method only accepts 'application/sdp' requests.`, {
    code: 'unsupported_content_type',
  });
}

const SHARED = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Location, X-Request-ID' };

/** Any page may read the answer. */
export const crossOrigin = (run) => async (request, ...more) => {
  const answer = await run(request, ...more);
  return request.headers.origin ? { ...answer, headers: { ...SHARED, ...answer.headers } } : answer;
};

/** Nothing is allowed beside these headers: a call that brings another one fails in the browser. */
export const preflight = () => ({
  status: 204,
  headers: { ...SHARED, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'Authorization, Content-Type' },
  body: '',
});
