/** Calls to our own API: a fresh token each time, the database bookmark carried along, failures as one typed error. */

const LIMIT_MS = 25_000; // longer than any limit inside the Worker, which then answers with the better reason

/** `details` is what the answer said beside its code, such as `retryAfterMs` or `currentCredits`. */
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
  if (!ours) return new ApiError(status >= 400 && status < 500 ? 'bad_request' : 'internal_error', { status, requestId });
  const { code, requestId: own, ...details } = body;
  return new ApiError(code, { status, requestId: own || requestId, details });
}

/** Whether a call that was to change something may have done so all the same: only a refusal says that it has not. */
export const isUnsure = ({ code, status }) => code !== 'sign_in_unreachable' && !(status >= 400 && status < 500);

/** The name in `attachment; filename="…"`. */
const fileName = (disposition) => /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? null;

/**
 * A call may bring a `key` in place of the session token and a `limitMs` of its own; `keepalive` sends it even though the page goes.
 * @typedef {{ headers?: Record<string, string>, body?: any, key?: string, limitMs?: number, keepalive?: boolean }} Options
 */

/** `token()` resolves to a session token, or null for a call without one. */
export function createApi({ token, fetch = globalThis.fetch }) {
  let bookmark = null;

  async function headersFor(path, more, key) {
    const late = () => Promise.reject(new ApiError('sign_in_unreachable'));
    const jwt = path === '/api/config' ? null : key ?? await token().catch(late);
    return {
      accept: 'application/json',
      ...(jwt && { authorization: `Bearer ${jwt}` }),
      ...(bookmark && { 'x-d1-bookmark': bookmark }),
      ...more,
    };
  }

  /** @param {string} method @param {string} path @param {Options} [options] */
  async function ask(method, path, { headers: more, body, key, limitMs = LIMIT_MS, keepalive } = {}) {
    const headers = await headersFor(path, more, key);
    try {
      const response = await fetch(path, { method, headers, body, keepalive, signal: AbortSignal.timeout(limitMs) });
      bookmark = response.headers.get('x-d1-bookmark') ?? bookmark;
      return response;
    } catch (error) {
      throw new ApiError(error.name === 'TimeoutError' ? 'no_answer' : 'unreachable');
    }
  }

  async function read(response) {
    const body = await response.json().catch(() => null);
    if (response.ok && body) return body;
    throw errorOf(response.status, response.headers.get('x-request-id'), body);
  }

  const get = async (path) => read(await ask('GET', path));

  /**
   * Sends JSON or a form, if there is any. A caller that may repeat itself brings an `idempotency-key` among its `headers`.
   * @param {string} method @param {string} path @param {Options} [options]
   */
  async function send(method, path, { body, headers, ...more } = {}) {
    // A form names its own type: only the browser knows what it puts between the parts.
    if (body === undefined || body instanceof FormData) return read(await ask(method, path, { ...more, headers, body }));
    const json = { 'content-type': 'application/json', ...headers };
    return read(await ask(method, path, { ...more, headers: json, body: JSON.stringify(body) }));
  }

  /** A file: its bytes, and the name that the server gives it. */
  async function download(path, type) {
    const response = await ask('GET', path, { headers: { accept: type } });
    if (!response.ok) return read(response);
    const blob = await response.blob().catch(() => Promise.reject(new ApiError('unreachable')));
    return { blob, name: fileName(response.headers.get('content-disposition')) };
  }

  return { get, send, download };
}
