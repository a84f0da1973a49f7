/** Calls to our own API: a fresh token each time, the database bookmark carried along, failures as one typed error. */

const LIMIT_MS = 25_000; // longer than any limit inside the Worker, which then answers with the better reason

export class ApiError extends Error {
  constructor(code, { status = 0, requestId = null } = {}) {
    super(code);
    this.name = 'ApiError';
    Object.assign(this, { code, status, requestId });
  }
}

/** The error in an answer that is not 2xx; a body that is not ours still gives a code and the id of the header. */
export function errorOf(status, requestId, body) {
  const ours = typeof body?.code === 'string';
  return new ApiError(ours ? body.code : status >= 400 && status < 500 ? 'bad_request' : 'internal_error', {
    status,
    requestId: (ours && body.requestId) || requestId,
  });
}

/** `token()` resolves to a session token, or null for a call without one. */
export function createApi({ token, fetch = globalThis.fetch }) {
  let bookmark = null;

  async function send(path) {
    const late = () => Promise.reject(new ApiError('sign_in_unreachable'));
    const jwt = path === '/api/config' ? null : await token().catch(late);
    const headers = {
      accept: 'application/json',
      ...(jwt && { authorization: `Bearer ${jwt}` }),
      ...(bookmark && { 'x-d1-bookmark': bookmark }),
    };
    try {
      return await fetch(path, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
    } catch (error) {
      throw new ApiError(error.name === 'TimeoutError' ? 'no_answer' : 'unreachable');
    }
  }

  async function get(path) {
    const response = await send(path);
    bookmark = response.headers.get('x-d1-bookmark') ?? bookmark;
    const body = await response.json().catch(() => null);
    if (response.ok && body) return body;
    throw errorOf(response.status, response.headers.get('x-request-id'), body);
  }

  return { get };
}
