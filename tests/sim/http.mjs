// What every stand-in needs of HTTP: read a whole request, match a path, write an answer (or spoil it).

const BODY_LIMIT = 32 * 1024 * 1024;
const BINARY = /^(application\/(octet-stream|pdf|zip)|audio|image|video)\b/i;

export class BadRequest extends Error {}

/** Reads a request whole: the stand-ins decide on bytes, not on streams. */
export async function readRequest(message) {
  const chunks = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new BadRequest('The body is larger than 32 MiB.');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  // What is no text is told by its size alone, so that the log stays small.
  const body = BINARY.test(message.headers['content-type'] ?? '') ? `(${size} bytes)` : bytes.toString();
  return { ...headOf(message), bytes, body };
}

/** What is known of a request before its body. */
export function headOf({ method, url, headers }) {
  const path = url.split('?')[0];
  return { method, url, path, query: new URLSearchParams(url.slice(path.length)), headers };
}

/** The body as a JSON object; anything else is the caller's mistake. */
export function jsonBody(request) {
  let value;
  try {
    value = request.body === '' ? {} : JSON.parse(request.body);
  } catch {
    throw new BadRequest('The body is not JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new BadRequest('The body must be a JSON object.');
  return value;
}

/** The parts of a form by name, `{ type, text }` each; null where the body is no form. */
export function partsOf({ headers, body }) {
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
  if (!boundary) return null;
  const parts = {};
  for (const piece of body.split(`--${boundary}`).slice(1, -1)) {
    const [, head, text] = /^\r\n([^]*?)\r\n\r\n([^]*)\r\n$/.exec(piece) ?? [];
    const name = /^content-disposition:.*[; ]name="([^"]*)"/im.exec(head ?? '')?.[1];
    if (name !== undefined) parts[name] = { type: /^content-type:\s*(.+)$/im.exec(head)?.[1] ?? null, text };
  }
  return parts;
}

/** Refuses unknown fields, wrong types and missing required ones. Types: a name of `typeof`, or several joined by ` or `. */
export function checkFields(value, fields, required = []) {
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(fields, name)) throw new BadRequest(`Unknown field ${name}.`);
    const type = given === null ? 'null' : typeof given;
    if (!fields[name].split(' or ').includes(type)) throw new BadRequest(`${name} must be ${fields[name]}.`);
  }
  for (const name of required) {
    if (value[name] === undefined) throw new BadRequest(`${name} is missing.`);
  }
}

export function json(status, value, headers = {}) {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** `/v1/users/:id` against `/v1/users/user_alice` gives `{ id: 'user_alice' }`, no match gives null. */
export function matchPath(pattern, path) {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params = {};
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(':') && given[i] !== '') params[part.slice(1)] = given[i];
    else if (part !== given[i]) return null;
  }
  return params;
}

const SPOILING = ['drop', 'hang', 'status', 'code', 'body', 'bytes', 'headers', 'halfClose', 'trickle', 'location'];

/** Whether a fault leaves nothing of the good answer but the waiting for it. */
export const spoils = (fault = {}) => SPOILING.some((name) => fault[name] !== undefined);

/** Writes an answer as the fault, if there is one, wants it written. */
export async function deliver(response, answer, fault = {}) {
  if (fault.drop) return response.socket?.destroy();
  if (fault.hang) return;
  if (fault.latencyMs && !(await stillThereAfter(response, fault.latencyMs))) return;
  const { status, headers, body } = spoiled(answer, fault);
  const bytes = Buffer.from(body ?? '');
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (fault.halfClose) response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.end());
  else if (fault.trickle) trickle(response, bytes, fault.trickle);
  else response.end(bytes);
}

function spoiled(answer, fault) {
  const headers = { ...answer.headers };
  let { status, body } = answer;
  if (fault.body !== undefined) {
    const text = typeof fault.body === 'string';
    body = text ? fault.body : JSON.stringify(fault.body);
    if (text) headers['content-type'] = 'text/html';
  }
  if (fault.bytes !== undefined) body = 'x'.repeat(fault.bytes);
  for (const [name, value] of Object.entries(fault.headers ?? {})) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  if (fault.location !== undefined) headers.location = fault.location;
  status = fault.status ?? (fault.location === undefined ? status : 302);
  return { status, headers, body };
}

/** Waits, and tells whether the caller waited too. */
function stillThereAfter(response, ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

function trickle(response, bytes, everyMs) {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < bytes.length) response.write(bytes.subarray(sent, ++sent));
    else response.end();
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}
