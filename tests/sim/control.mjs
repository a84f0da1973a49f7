// The control API, for tests and for trying things by hand: `/__sim/…`, JSON in and out.

import { BadRequest, checkFields, json, jsonBody, matchPath } from './http.mjs';

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

/** By their name in the address. */
const STRIPE_DEEDS = {
  pay: 'pay', settle: 'settle', card: 'card', advance: 'advance', status: 'status', dispute: 'dispute', 'fail-refund': 'failRefund',
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
      const service = Object.hasOwn(services, body.service) && services[body.service];
      if (!service?.rotate) throw new BadRequest(`There is no service ${body.service} with a key to change.`);
      service.rotate(body);
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

    openaiMedia: (body) => services.openai.media(body),
    openaiModels: (body) => services.openai.models(body),
    openaiCall: (body, { id }) => services.openai.drive(id, body),
    openaiCalls: () => services.openai.list(),
    openaiSecrets: () => services.openai.secrets(),
    openaiExpire: (body) => services.openai.expire(body),
    openaiNext: (body) => services.openai.responses.next(body),
    openaiResponses: () => services.openai.responses.list(),
    pdfco: (body) => services.pdfco.set(body),
    pdfcoFiles: () => services.pdfco.list(),
    stripeSet: (body) => services.stripe.set(body),
    stripeEvents: () => services.stripe.list(),
    stripeDeliver: (body) => services.stripe.deliver(body),

    /** One of the deeds by name: pay, settle, card, advance, status, dispute, fail-refund. */
    stripeDo(body, { deed }) {
      if (!Object.hasOwn(STRIPE_DEEDS, deed)) throw new BadRequest(`Nobody does ${deed} at Stripe.`);
      return services.stripe[STRIPE_DEEDS[deed]](body);
    },
  };
  return control;
}

export const CONTROL_CALLS = [
  ['POST', '/__sim/reset', '{}', 'forgets everything but the signing keys'],
  ['POST', '/__sim/rotate', '{service, keepOld?}', 'changes the signing key'],
  ['POST', '/__sim/sign-in', '{userId, email?, name?, orgId?, orgRole?, ttlSeconds?, claims?, header?, version?}', 'answers {token}'],
  ['POST', '/__sim/fault',
    '{service, op, times?, forMs?, latencyMs?, status?, code?, headers?, body?, bytes?, hang?, halfClose?, drop?, trickle?, location?}',
    'the next calls of that operation (clerk: jwks, user, delete_user, script, front; openai: calls, preflight, secrets, hangup, '
      + 'sideband, models, responses; '
      + 'pdfco: presign, put, convert, file; cloudflare: generate; xirsys: servers; stripe: the last word of each of its rows below) '
      + 'behave so; trickle is milliseconds per '
      + 'byte, bytes a body of that size, a header of null is left out, code one of OpenAI\'s or Stripe\'s errors, or '
      + 'one of PDF.co\'s that come with status 200'],
  ['POST', '/__sim/events/clerk', '{event, times?, shuffle?, signWith?, ageSeconds?, headers?}',
    'delivers an event of Clerk\'s ({type, data}), or a list of them, to the Worker; answers {statuses}; headers is svix or webhook'],
  ['POST', '/__sim/openai/media', '{media?, silence?}', 'the next calls have no media, or an interviewer who says nothing'],
  ['POST', '/__sim/openai/models', '{shutdown?: {model: day or null}, gone?: [model]}',
    'when models end, and which are on the list no more'],
  ['POST', '/__sim/openai/call/:id',
    '{silence?, open?, say?, hear?, error?, page?, billed?, flood?, still?, close?, cut?, lose?, drop?}',
    'the interviewer stays silent, the channel of a call without media opens, the interviewer says, the person says (null: not to be '
      + 'made out), an error event, the page sends this event, what each response is said to have used ({inputText?, inputAudio?, cached?, '
      + 'outputText?, outputAudio?}), the page asks for so many responses, no packet comes, the sideband closes or is lost, the '
      + 'browser\'s connection is lost, the call dies as by network'],
  ['GET', '/__sim/openai/calls', '',
    'every call, oldest first: id, state, offers, secret (null: by the server\'s key), safetyIdentifier, startedAt, endedAt, hungUpBy, '
      + 'sideband, instructions, asked (the session as the call began), session, events, received; a session.update of the page is in '
      + 'the log as well, as drift'],
  ['GET', '/__sim/openai/secrets', '', 'every client secret, oldest first: value, expiresAt, safetyIdentifier, asked, calls (their ids)'],
  ['POST', '/__sim/openai/expire', '{}', 'no client secret that there is starts a call any more'],
  ['POST', '/__sim/openai/responses',
    '{next?: [{output? | refusal? | failed? | empty? | invent?, incomplete?, schema?, containing?, times?, …}], thinkMs?}',
    'what the next responses are: this JSON or text, a refusal, {code, message} of a failed one, no message, a report whose quotes are '
      + 'wrong, cut off by max_output_tokens or content_filter, or what a fault can be; only for that schema, or where these words stand '
      + 'in the request; and how long one takes'],
  ['GET', '/__sim/openai/responses', '', 'what was asked of them: at, headers, body, status, answer'],
  ['POST', '/__sim/pdfco', '{credits?, expireSeconds?, text?, url?}',
    'the credits that are left, how long an upload may wait, what the next files say, the address under which files lie'],
  ['GET', '/__sim/pdfco', '', 'the files: id, name, type, bytes, at'],
  ['POST', '/__sim/stripe', '{apiVersion?, deliver?, portal?, afterRetries?, aheadSeconds?}',
    'the endpoint\'s version; whether events go out at once (auto) or are held; whether a portal is configured; what follows the last '
      + 'retry (cancel, unpaid, past_due); how far the Worker\'s clock is ahead'],
  ['GET', '/__sim/stripe', '', 'the events: id, type, created, object, state (held, under way, delivered, failed, nobody), attempts'],
  ['POST', '/__sim/events/stripe', '{event? | id? | pending?, times?, shuffle?, signWith?, ageSeconds?}',
    'delivers an event or a list of them, or those of these ids, or all that were held or failed; answers {statuses}, null is no answer; '
      + 'signWith is a secret or a list of them'],
  ['POST', '/__sim/stripe/pay', '{id, how?, email?}', 'pays a session past its page: card, later, declined'],
  ['POST', '/__sim/stripe/settle', '{of, succeeds}', 'what a delayed payment of a session, payment intent or invoice comes to'],
  ['POST', '/__sim/stripe/card', '{customer, how}', 'how the next payments of a customer go'],
  ['POST', '/__sim/stripe/advance', '{customer, seconds? | to?}', 'the time of a customer goes on: renewals, retries, ends'],
  ['POST', '/__sim/stripe/status', '{subscription, status}', 'puts a subscription into a status'],
  ['POST', '/__sim/stripe/dispute', '{of, amount?, reason?} or {dispute, outcome}',
    'opens a dispute of what was paid for a charge, payment intent, session, invoice or subscription; or closes it: won, lost'],
  ['POST', '/__sim/stripe/fail-refund', '{refund}', 'the bank sends a refund back'],
  ['GET', '/__sim/log?service=', '', 'what was received: service, op, method, path, headers, body, at'],
];

const VERBS = [
  ['POST', '/__sim/reset', 'reset'],
  ['POST', '/__sim/rotate', 'rotate'],
  ['POST', '/__sim/sign-in', 'signIn'],
  ['POST', '/__sim/fault', 'fault'],
  ['POST', '/__sim/events/clerk', 'clerkEvents'],
  ['POST', '/__sim/openai/media', 'openaiMedia'],
  ['POST', '/__sim/openai/models', 'openaiModels'],
  ['POST', '/__sim/openai/call/:id', 'openaiCall'],
  ['GET', '/__sim/openai/calls', 'openaiCalls'],
  ['GET', '/__sim/openai/secrets', 'openaiSecrets'],
  ['POST', '/__sim/openai/expire', 'openaiExpire'],
  ['POST', '/__sim/openai/responses', 'openaiNext'],
  ['GET', '/__sim/openai/responses', 'openaiResponses'],
  ['POST', '/__sim/pdfco', 'pdfco'],
  ['GET', '/__sim/pdfco', 'pdfcoFiles'],
  ['POST', '/__sim/stripe', 'stripeSet'],
  ['GET', '/__sim/stripe', 'stripeEvents'],
  ['POST', '/__sim/events/stripe', 'stripeDeliver'],
  ['POST', '/__sim/stripe/:deed', 'stripeDo'],
];

/** Answers a `/__sim/` request. */
export async function answerControl(control, log, request) {
  if (request.method === 'GET' && request.path === '/__sim/log') return json(200, log.entries(request.query.get('service')));
  for (const [method, pattern, verb] of VERBS) {
    const params = method === request.method && matchPath(pattern, request.path);
    if (params) return json(200, await control[verb](jsonBody(request), params));
  }
  return json(404, { error: 'There is no such call; GET / lists them.' });
}
