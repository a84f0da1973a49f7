// What OpenAI says when it refuses: one error object, in an HTTP body or in an `error` event.

import { randomBytes } from 'node:crypto';

import { json } from '../http.mjs';

/** A refusal on its way to the caller. */
export class Refused extends Error {
  constructor(message, { status = 400, type = 'invalid_request_error', code = null, param = null, headers = {} } = {}) {
    super(message);
    Object.assign(this, { status, headers, error: { message, type, param, code } });
  }
}

export function refusal({ status, headers, error }) {
  return json(status, { error }, { 'x-request-id': requestId(), ...headers });
}

export const requestId = () => `req_${randomBytes(16).toString('hex')}`;

export const unknownParameter = (param) => new Refused(`Unknown parameter: '${param}'.`, { code: 'unknown_parameter', param });
export const missingParameter = (param) => (
  new Refused(`Missing required parameter: '${param}'.`, { code: 'missing_required_parameter', param })
);
export const unsupported = (message, param, code = 'unsupported_parameter') => new Refused(message, { code, param });
export const wrongType = (param, wanted, value) => (
  new Refused(`Invalid type for '${param}': expected ${wanted}, but got ${kindOf(value)} instead.`, { code: 'invalid_type', param })
);
export const wrongValue = (param, value, wanted) => (
  new Refused(`Invalid value: '${value}'. Supported values are: ${wanted}.`, { code: 'invalid_value', param })
);

function kindOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return { object: 'an object', number: 'a number', boolean: 'a boolean', string: 'a string' }[typeof value];
}

// By the code, or by the status alone, that a fault names.
const TROUBLE = {
  invalid_api_key: [401, 'invalid_request_error', 'Incorrect API key provided.'],
  ip_not_authorized: [401, 'invalid_request_error', 'Your IP is not authorized to use this project.'],
  unsupported_country_region_territory: [403, 'request_forbidden', 'Country, region, or territory not supported.'],
  rate_limit_exceeded: [429, 'rate_limit_error', 'Rate limit reached. Please try again in 1s.', { 'retry-after': '1' }],
  insufficient_quota: [429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing details.'],
  credit_balance_exhausted: [429, 'insufficient_quota', 'Your credit balance is exhausted.'],
  server_error: [500, 'server_error', 'The server had an error while processing your request.'],
  server_is_overloaded: [503, 'service_unavailable_error', 'The server is currently overloaded. Please try again later.'],
  call_id_not_found: [404, 'invalid_request_error', 'No session found for the given call_id.'],
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
  if (TROUBLE[known]) throw trouble(known);
  throw new Refused('The request was refused.', { status: Math.max(status, 400), code });
}

/** What a fault refuses is refused before anything happens; refusals become answers in OpenAI's form. */
export function answered(run) {
  return async (request, params, fault) => {
    try {
      refuseByFault(fault);
      return await run(request, params);
    } catch (error) {
      if (error instanceof Refused) return refusal(error);
      throw error;
    }
  };
}

/** The server's key is asked for on every call; so is that nobody still speaks the beta dialect. */
export function authorize({ headers }, key) {
  if (!/^Bearer \S/.test(headers.authorization ?? '')) {
    throw new Refused("You didn't provide an API key. You need to provide your API key in an Authorization header.", { status: 401 });
  }
  if (headers.authorization !== `Bearer ${key}`) throw trouble('invalid_api_key');
  if (headers['openai-beta'] === undefined) return;
  throw new Refused('The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.', {
    code: 'beta_api_shape_disabled',
  });
}
