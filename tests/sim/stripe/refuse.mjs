// What Stripe says when it refuses: one error object, with the number of the request.

import { randomId } from './ids.mjs';

/** A refusal on its way to the caller. */
export class Refused extends Error {
  constructor(message, { status = 400, type = 'invalid_request_error', headers = {}, ...more } = {}) {
    super(message);
    Object.assign(this, { status, headers, error: { ...more, message, type } });
  }
}

/** The body of a refusal. */
export function envelope({ error }, requestId) {
  const { code, ...rest } = error;
  const doc = code && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` };
  return { error: { ...doc, ...rest, request_log_url: `https://dashboard.stripe.com/test/workbench/logs?object=${requestId}` } };
}

export const requestId = () => `req_${randomId(14)}`;

export const refusedParam = (message, param, code) => new Refused(message, { param, ...(code && { code }) });
export const missing = (param) => refusedParam(`Missing required param: ${param}.`, param, 'parameter_missing');
export const unknown = (param) => refusedParam(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
export const empty = (param) => refusedParam(
  `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be `
    + `unset. You should remove '${param}' from your request or supply a non-empty value.`, param, 'parameter_invalid_empty');

/** Nothing has this id: 404 where it stands in the path, else 400. */
export const noSuch = (kind, id, param) => new Refused(`No such ${kind}: '${id}'`, {
  status: param ? 400 : 404, code: 'resource_missing', param: param ?? 'id',
});

const RETRY = { 'stripe-should-retry': 'true' };
const DO_NOT_RETRY = { 'stripe-should-retry': 'false' };

// By the code, or by the status alone, that a fault names.
const TROUBLE = {
  api_key_expired: [401, 'invalid_request_error', 'Expired API Key provided: sk_test_****ated'],
  card_declined: [402, 'card_error', 'Your card was declined.'],
  resource_missing: [404, 'invalid_request_error', 'No such object.'],
  idempotency_key_in_use: [409, 'invalid_request_error', 'There is currently another in-progress request using this Idempotency-Key (that '
    + 'probably means you submitted twice, and the other request is still going through). Please try again later.', RETRY],
  rate_limit: [429, 'invalid_request_error', 'Request rate limit exceeded. Learn more about rate limits here: '
    + 'https://stripe.com/docs/rate-limits.'],
  lock_timeout: [429, 'invalid_request_error', 'This object cannot be accessed right now because another API request or Stripe process is '
    + 'currently accessing it. Please try again later.', RETRY],
};
const BY_STATUS = {
  403: ['invalid_request_error', "The provided key 'sk_test_****ated' does not have the required permissions for this endpoint."],
  500: ['api_error', 'An unknown error occurred.', DO_NOT_RETRY],
  503: ['api_error', 'Stripe is temporarily unavailable. Please try again.', RETRY],
};

/** The refusal of this code. */
export function trouble(code) {
  const [status, type, message, headers] = TROUBLE[code];
  return new Refused(message, { status, type, code, headers });
}

/** Refuses what a fault wants refused, by its code or its status, before anything happens. */
export function refuseByFault({ status = 200, code } = {}) {
  if (status < 400 && code === undefined) return;
  const known = code ?? Object.keys(TROUBLE).find((name) => TROUBLE[name][0] === status);
  if (Object.hasOwn(TROUBLE, known)) throw trouble(known);
  const usual = [status < 500 ? 'invalid_request_error' : 'api_error', 'The request was refused.'];
  const [type, message, headers] = BY_STATUS[status] ?? usual;
  throw new Refused(message, { status: Math.max(status, 400), type, headers, ...(code && { code }) });
}

/** The secret key is asked for on every call. */
export function authorize({ headers }, key) {
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  const refuse = (message, code) => {
    throw new Refused(message, { status: 401, ...(code && { code }) });
  };
  if (!given) {
    refuse("You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. "
      + "'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details.");
  }
  if (given.startsWith('pk_')) {
    refuse('This API call cannot be made with a publishable API key. Please use a secret API key.', 'secret_key_required');
  }
  if (given !== key) refuse(`Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(8)}${given.slice(-4)}`);
}
