// The control API, for tests and for trying things by hand: `/__sim/…`, JSON in and out.

import { BadRequest, checkFields, json, jsonBody } from './http.mjs';

const SIGN_IN = {
  userId: 'string',
  email: 'string or null',
  name: 'string or null',
  orgId: 'string',
  orgRole: 'string',
  ttlSeconds: 'number',
  claims: 'object',
  header: 'object',
  version: 'number',
};

const CLERK_EVENTS = {
  event: 'object',
  times: 'number',
  shuffle: 'boolean',
  signWith: 'string',
  ageSeconds: 'number',
  headers: 'string',
};

/** The same verbs for programs (`sim.signIn(…)`) and over HTTP. */
export function makeControl({ services, faults, log, webhooks }) {
  const control = {
    /** Forgets people, sessions, faults and the log; keeps the signing keys. */
    reset(body = {}) {
      checkFields(body, {});
      for (const service of Object.values(services)) service.reset();
      faults.clear();
      log.clear();
      return {};
    },

    rotate(body) {
      checkFields(body, { service: 'string', keepOld: 'boolean' }, ['service']);
      if (!Object.hasOwn(services, body.service)) throw new BadRequest(`There is no service ${body.service}.`);
      services[body.service].rotate(body);
      return {};
    },

    /** A session token for a person, who is made if unknown. */
    signIn(body) {
      checkFields(body, SIGN_IN, ['userId']);
      const { userId, email, name, orgId, orgRole = 'member', ...rest } = body;
      if (rest.version !== undefined && ![1, 2].includes(rest.version)) throw new BadRequest('version must be 1 or 2.');
      services.clerk.addUser({ id: userId, name, email });
      const org = orgId && { id: orgId, slug: orgId.replace(/^org_/, ''), role: orgRole.replace(/^org:/, '') };
      const sessionId = services.clerk.openSession(userId);
      return { token: services.clerk.token({ userId, sessionId, org, ...rest }) };
    },

    fault(body) {
      faults.add(body);
      return {};
    },

    /** Tells the Worker what Clerk would, signed. */
    clerkEvents(body) {
      checkFields(body, CLERK_EVENTS, ['event']);
      return webhooks.deliver(body);
    },
  };
  return control;
}

export const CONTROL_CALLS = [
  ['POST', '/__sim/reset', '{}', 'forgets everything but the signing keys'],
  ['POST', '/__sim/rotate', '{service, keepOld?}', 'changes the signing key'],
  ['POST', '/__sim/sign-in', '{userId, email?, name?, orgId?, orgRole?, ttlSeconds?, claims?, header?, version?}', 'answers {token}'],
  ['POST', '/__sim/fault', '{service, op, times?, latencyMs?, status?, body?, hang?, halfClose?, drop?, trickle?, location?}',
    'the next calls of that operation (clerk: jwks, user, delete_user, script, front) behave so; trickle is milliseconds per byte'],
  ['POST', '/__sim/events/clerk', '{event, times?, shuffle?, signWith?, ageSeconds?, headers?}',
    'delivers an event of Clerk\'s ({type, data}), or a list of them, to the Worker; answers {statuses}; headers is svix or webhook'],
  ['GET', '/__sim/log?service=', '', 'what was received: service, op, method, path, headers, body, at'],
];

const VERBS = {
  '/__sim/reset': 'reset',
  '/__sim/rotate': 'rotate',
  '/__sim/sign-in': 'signIn',
  '/__sim/fault': 'fault',
  '/__sim/events/clerk': 'clerkEvents',
};

/** Answers a `/__sim/` request. */
export async function answerControl(control, log, request) {
  if (request.method === 'GET' && request.path === '/__sim/log') return json(200, log.entries(request.query.get('service')));
  const verb = VERBS[request.path];
  if (request.method !== 'POST' || !verb) return json(404, { error: 'There is no such call; GET / lists them.' });
  return json(200, await control[verb](jsonBody(request)));
}
