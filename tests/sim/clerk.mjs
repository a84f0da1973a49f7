// A stand-in for Clerk: key set, Backend API, the two browser scripts, session tokens.

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { frontRoutes } from './clerk-front.mjs';
import { deletedJson, refusal, userJson } from './clerk-shapes.mjs';
import { makeKey, sessionToken } from './clerk-token.mjs';
import { BadRequest, json } from './http.mjs';

export const SECRET_KEY = 'sk_test_simulated';

const PEOPLE = [
  ['user_alice', 'Alice Example', 'alice@example.test'],
  ['user_bob', 'Bob Example', 'bob@example.test'],
  ['user_admin', 'Admin Example', 'admin@example.test'],
];
const USER_ID = /^user_[A-Za-z0-9_-]{1,64}$/;

/**
 * `place.url` is where the simulator answers, `place.workerUrl` the origin that its tokens are made for; `webhooks` sends
 * what happens here to the Worker.
 */
export function makeClerk(place, webhooks) {
  let key = makeKey();
  let listed = [key];
  const users = new Map();
  const sessions = new Map();

  const clerk = {
    operations: ['jwks', 'user', 'delete_user', 'script', 'front'],
    users,

    reset() {
      users.clear();
      sessions.clear();
      for (const [id, name, email] of PEOPLE) clerk.addUser({ id, name, email });
    },

    /** A new signing key; the old one leaves the key set unless `keepOld`. */
    rotate({ keepOld = false } = {}) {
      key = makeKey();
      listed = keepOld ? [key, ...listed] : [key];
    },

    key: () => key,
    keySet: () => ({ keys: listed.map((one) => one.jwk) }),

    /** Adds a person, or changes the name or address of a known one. */
    addUser({ id, name, email }) {
      if (!USER_ID.test(id)) throw new BadRequest('userId must be user_ and 1 to 64 letters, digits, _ or -.');
      const known = users.get(id) ?? { id, name: null, email: `${id.slice('user_'.length)}@example.test`, createdAt: Date.now() };
      const user = { ...known, ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
      users.set(id, user);
      return user;
    },

    /** The person with this address: the same id each time, so that a local database keeps knowing them. */
    addUserByEmail(name, email) {
      const known = [...users.values()].find((user) => user.email === email);
      const id = known?.id ?? `user_${createHash('sha256').update(email).digest('hex').slice(0, 24)}`;
      return clerk.addUser({ id, name, email });
    },

    openSession(userId) {
      const id = `sess_${randomBytes(12).toString('hex')}`;
      sessions.set(id, userId);
      return id;
    },

    sessionUser: (sessionId) => users.get(sessions.get(sessionId)),
    endSession: (sessionId) => sessions.delete(sessionId),

    token: (options) => sessionToken(key, { iss: place.url, azp: place.workerUrl, ...options }),

    userJson: (user) => userJson(user, place.url),
  };

  clerk.reset();
  clerk.routes = [...backendRoutes(clerk, webhooks), ...scriptRoutes(), ...frontRoutes(clerk)];
  return clerk;
}

function backendRoutes(clerk, webhooks) {
  return [
    ['GET', '/.well-known/jwks.json', 'jwks', () => json(200, clerk.keySet(), { 'access-control-allow-origin': '*' })],
    ['GET', '/v1/jwks', 'jwks', (request) => unauthorized(request) ?? json(200, clerk.keySet())],
    ['GET', '/v1/users/:id', 'user', (request, { id }) => unauthorized(request) ?? userAnswer(clerk, id)],
    ['DELETE', '/v1/users/:id', 'delete_user', (request, { id }) => unauthorized(request) ?? deletion(clerk, webhooks, id)],
    ['GET', '/images/:name', 'script', (request, { name }) => portrait(name)],
  ];
}

/** The Backend API wants the secret key, and a User-Agent, as Clerk's edge does. */
function unauthorized({ headers }) {
  if (!headers['user-agent']) return refusal(400, 'user_agent_missing', 'A User-Agent header is required.');
  if (!/^Bearer sk_/.test(headers.authorization ?? '')) {
    return refusal(401, 'authorization_header_format_invalid', 'Invalid Authorization header format. Expected "Bearer <secret key>".');
  }
  if (headers.authorization !== `Bearer ${SECRET_KEY}`) {
    return refusal(401, 'clerk_key_invalid', 'The provided Clerk Secret Key is invalid.');
  }
  return null;
}

function userAnswer(clerk, id) {
  const user = clerk.users.get(id);
  if (!user) return refusal(404, 'resource_not_found', `No user was found with id ${id}.`);
  return json(200, clerk.userJson(user));
}

/** Clerk answers at once and tells the Worker afterwards. */
function deletion(clerk, webhooks, id) {
  if (!clerk.users.delete(id)) return refusal(404, 'resource_not_found', `No user was found with id ${id}.`);
  webhooks.tell({ type: 'user.deleted', data: deletedJson(id) });
  return json(200, deletedJson(id));
}

/** A drawn stand-in for a photograph: one letter on a disc. */
function portrait(name) {
  const letter = (/^user_([A-Za-z0-9])/.exec(name)?.[1] ?? '?').toUpperCase();
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="32" fill="#3b4a5a"/>`
    + `<text x="32" y="42" font-family="sans-serif" font-size="28" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body };
}

/** The scripts stand where Clerk serves them; `crossorigin="anonymous"` asks for the CORS header. */
function scriptRoutes() {
  const script = (name) => {
    const body = readFileSync(new URL(`scripts/${name}`, import.meta.url));
    const headers = { 'content-type': 'application/javascript; charset=utf-8', 'access-control-allow-origin': '*' };
    return () => ({ status: 200, headers, body });
  };
  return [
    ['GET', '/npm/@clerk/ui@1/dist/ui.browser.js', 'script', script('ui.browser.js')],
    ['GET', '/npm/@clerk/clerk-js@6/dist/clerk.browser.js', 'script', script('clerk.browser.js')],
  ];
}
