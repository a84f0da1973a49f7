/** Calls to our own API: a fresh token each time, the database bookmark carried along, failures as one typed error. */

const LIMIT_MS = 25_000; // longer than any limit inside the Worker, which then answers with the better reason

export class ApiError extends Error {
  constructor(code, { status = 0, requestId = null, details = {} } = {}) {
    super(code);
    this.name = 'ApiError';
    Object.assign(this, { code, status, requestId, details });
  }
}

/** The error in an answer that is not 2xx; a body that is not ours still gives a code and the id of the header. */
export function errorOf(status, requestId, body) {
  const ours = typeof body?.code === 'string';
  return new ApiError(ours ? body.code : status >= 400 && status < 500 ? 'bad_request' : 'internal_error', {
    status,
    requestId: (ours && body.requestId) || requestId,
    details: ours ? body : {},
  });
}

/** `token()` resolves to a session token, or null for a call without one. */
export function createApi({ token, fetch = globalThis.fetch }) {
  let bookmark = null;

  async function ask(method, path, { body, headers } = {}) {
    const late = () => Promise.reject(new ApiError('sign_in_unreachable'));
    const jwt = path === '/api/config' ? null : await token().catch(late);
    const all = {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(jwt && { authorization: `Bearer ${jwt}` }),
      ...(bookmark && { 'x-d1-bookmark': bookmark }),
      ...headers,
    };
    try {
      const init = { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body) };
      const response = await fetch(path, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
      bookmark = response.headers.get('x-d1-bookmark') ?? bookmark;
      return response;
    } catch (error) {
      throw new ApiError(error.name === 'TimeoutError' ? 'no_answer' : 'unreachable');
    }
  }

  async function refused(response) {
    const body = await response.json().catch(() => null);
    throw errorOf(response.status, response.headers.get('x-request-id'), body);
  }

  async function send(method, path, more) {
    const response = await ask(method, path, more);
    if (!response.ok) return refused(response);
    const body = await response.json().catch(() => null);
    if (body) return body;
    throw errorOf(response.status, response.headers.get('x-request-id'), body);
  }

  return {
    send,
    get: (path) => send('GET', path),
    /** A file, as it comes. */
    async file(path) {
      const response = await ask('GET', path);
      return response.ok ? response.blob() : refused(response);
    },
  };
}
