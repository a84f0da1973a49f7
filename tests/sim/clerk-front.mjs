// The small API behind the simulated browser script: who there is, sign-in, tokens, sign-out.

import { refusal } from './clerk-shapes.mjs';
import { BadRequest, checkFields, json, jsonBody } from './http.mjs';

const LOCAL_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export function frontRoutes(clerk) {
  const table = [
    ['GET', '/v1/client/people', () => json(200, { people: [...clerk.users.values()].map(clerk.userJson) })],
    ['POST', '/v1/client/sign_ins', (request) => signIn(clerk, jsonBody(request))],
    ['GET', '/v1/client/sessions/:id', (request, { id }) => session(clerk, id)],
    ['POST', '/v1/client/sessions/:id/tokens', (request, { id }) => token(clerk, id, request.headers.origin)],
    ['POST', '/v1/client/sign_outs', (request) => signOut(clerk, jsonBody(request))],
  ];
  return table.flatMap(([method, path, run]) => [
    [method, path, 'front', (request, params) => crossOrigin(request, run(request, params))],
    ['OPTIONS', path, 'front', (request) => crossOrigin(request, { status: 204, headers: {}, body: '' })],
  ]);
}

/** Pages of this machine may call; nobody else's may. */
function crossOrigin(request, answer) {
  const { origin } = request.headers;
  if (!LOCAL_ORIGIN.test(origin ?? '')) return answer;
  const allow = {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    vary: 'origin',
  };
  return { ...answer, headers: { ...answer.headers, ...allow } };
}

/** `{ userId }` signs in a known person, `{ name, email }` anybody. */
function signIn(clerk, body) {
  checkFields(body, { userId: 'string', name: 'string', email: 'string' });
  const user = body.userId === undefined ? newcomer(clerk, body) : clerk.users.get(body.userId);
  if (!user) return refusal(422, 'form_identifier_not_found', "Couldn't find your account.");
  return session(clerk, clerk.openSession(user.id));
}

function newcomer(clerk, { name = '', email = '' }) {
  if (!/^\S+@\S+$/.test(email)) throw new BadRequest('email must be an address.');
  return clerk.addUserByEmail(name.trim() || null, email);
}

function session(clerk, id) {
  const user = clerk.sessionUser(id);
  if (!user) return refusal(404, 'resource_not_found', 'Session not found.');
  return json(200, { session: { id }, user: clerk.userJson(user) });
}

/** As at Clerk, `azp` is the page that asks. */
function token(clerk, id, origin) {
  const user = clerk.sessionUser(id);
  if (!user) return refusal(404, 'resource_not_found', 'Session not found.');
  return json(200, { jwt: clerk.token({ userId: user.id, sessionId: id, ...(origin && { azp: origin }) }) });
}

function signOut(clerk, body) {
  checkFields(body, { sessionId: 'string' }, ['sessionId']);
  clerk.endSession(body.sessionId);
  return json(200, {});
}
