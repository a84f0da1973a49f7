// A stand-in for PDF.co: an address to upload to, and the text of what was uploaded. It tells most troubles with status 200.

import { createHash, randomBytes } from 'node:crypto';

import { checkFields, json } from './http.mjs';
import { isEncrypted, isPdf, pagesOf, textOf } from './pdfco-text.mjs';

export const PDFCO_KEY = 'pdfco-simulated@example.test_key';

const CREDITS = 1000;
const UPLOAD_SECONDS = 900;
const FILE_SECONDS = 3600;

/** What goes wrong, by PDF.co's own codes; those from 440 on, and what its input was, come with status 200. */
const TROUBLE = {
  400: 'Bad request. Check the input parameters.',
  401: 'Unauthorized. Please check the x-api-key header.',
  402: 'Not enough credits.',
  403: 'Access forbidden for input URL.',
  404: 'The requested resource could not be found.',
  408: 'The server timed out waiting for the request.',
  415: 'The request entity has a media type which the server or resource does not support.',
  429: 'Too many requests.',
  441: 'Invalid Password. Password protected document.',
  442: 'Input document is damaged or of incorrect type.',
  443: 'Permissions. The operation is prohibited by document security settings.',
  445: 'Timeout error. To process large documents or files please use asynchronous mode.',
  448: 'Invalid URL or HTML. Make sure that provided URL is valid and accessible.',
  500: 'Internal server error.',
};

class Trouble extends Error {
  constructor(code, http = code) {
    super(TROUBLE[code] ?? TROUBLE[500]);
    Object.assign(this, { code: Number(code), http });
  }
}

const hidden = (code) => new Trouble(code, 200);

export function makePdfco(place) {
  const house = { place, files: new Map() };
  const usual = { credits: CREDITS, expireSeconds: UPLOAD_SECONDS, text: null, url: null };

  const pdfco = {
    operations: ['presign', 'put', 'convert', 'file'],

    reset() {
      house.files.clear();
      Object.assign(house, usual);
    },

    set(body) {
      checkFields(body, { credits: 'number', expireSeconds: 'number', text: 'string or null', url: 'string or null' });
      Object.assign(house, body);
      return { credits: house.credits };
    },

    list: () => [...house.files.values()].map(({ id, name, type, bytes, at }) => ({ id, name, type, bytes: bytes?.length ?? null, at })),

    routes: [
      ['GET', '/v1/file/upload/get-presigned-url', 'presign', answered(house, presign)],
      ['POST', '/v1/pdf/convert/to/text', 'convert', answered(house, convert)],
      ['PUT', '/pdfco/:id/:name', 'put', stored(house, put)],
      ['GET', '/pdfco/:id/:name', 'file', stored(house, get)],
    ],
  };
  pdfco.reset();
  return pdfco;
}

/** Every call wants the key; a fault is a trouble of theirs, before anything happens. A fault's code is one with status 200. */
function answered(house, run) {
  return (request, params, fault = {}) => {
    try {
      if (fault.status >= 400) throw new Trouble(fault.status);
      if (fault.code) throw hidden(fault.code);
      if (request.headers['x-api-key'] !== PDFCO_KEY) throw new Trouble(401);
      return json(200, { ...run(house, request), error: false, status: 200, remainingCredits: house.credits, duration: 12 });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      const { code, message, http } = error;
      return json(http, { status: code, errorCode: code, error: true, message, remainingCredits: house.credits });
    }
  };
}

function presign(house, { query }) {
  if (house.credits <= 0) throw new Trouble(402);
  const file = newFile(house, query.get('name') || 'file', query.get('contenttype') || 'application/octet-stream');
  return {
    presignedUrl: signed(house, file, 'PUT', house.expireSeconds),
    url: signed(house, file, 'GET', FILE_SECONDS),
    outputLinkValidTill: new Date(file.from + FILE_SECONDS * 1000).toISOString(),
    name: file.name,
    credits: 0,
  };
}

function newFile(house, name, type) {
  const file = { id: randomBytes(16).toString('hex').toUpperCase(), name, type, bytes: null, at: null, from: Date.now() };
  house.files.set(file.id, file);
  return file;
}

/** Where files are put and found, if not at its own address. */
const addressOf = ({ place, url }) => url ?? place.url;

/** An address that is good for one deed, for a while, as S3 signs it. */
function signed(house, { id, name, from }, verb, seconds) {
  const query = new URLSearchParams({
    'X-Amz-Expires': String(seconds),
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': new Date(from).toISOString().replace(/[-:]|\.\d+/g, ''),
    'X-Amz-SignedHeaders': verb === 'PUT' ? 'content-type;host' : 'host',
    'X-Amz-Signature': signatureOf(id, verb, seconds),
  });
  return `${addressOf(house)}/pdfco/${id}/${encodeURIComponent(name)}?${query}`;
}

const signatureOf = (id, verb, seconds) => createHash('sha256').update(`${id} ${verb} ${seconds}`).digest('hex');

/** S3's side: it knows nothing of keys, only of its own signature, and tells in XML. */
function stored(house, run) {
  return (request, { id }, fault = {}) => {
    if (fault.status >= 400) return xml(fault.status, 'InternalError', 'We encountered an internal error. Please try again.');
    const { method, query, headers } = request;
    const file = house.files.get(id);
    const seconds = Number(query.get('X-Amz-Expires'));
    if (headers.authorization) return xml(400, 'InvalidArgument', 'Only one auth mechanism allowed.');
    if (!file || query.get('X-Amz-Signature') !== signatureOf(id, method, seconds)) return mismatch();
    if (Date.now() >= file.from + seconds * 1000) return xml(403, 'AccessDenied', 'Request has expired');
    if (method === 'GET' && !file.bytes) return xml(404, 'NoSuchKey', 'The specified key does not exist.');
    return run(file, request);
  };
}

/** What is signed beside the address is the type that was told before; a body of unknown length is not taken. */
function put(file, { headers, bytes }) {
  if (headers['content-length'] === undefined) return xml(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (headers['content-type'] !== file.type) return mismatch();
  Object.assign(file, { bytes, at: new Date().toISOString() });
  return { status: 200, headers: { etag: `"${createHash('md5').update(bytes).digest('hex')}"` }, body: '' };
}

const get = ({ type, bytes }) => ({ status: 200, headers: { 'content-type': type }, body: bytes });

const mismatch = () => (
  xml(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.')
);

function xml(status, code, message) {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function convert(house, request) {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Trouble(415);
  const { url, inline = false, pages = '', async: later = false } = parsed(request.body);
  if (typeof url !== 'string' || typeof inline !== 'boolean' || later !== false) throw new Trouble(400);
  if (typeof pages !== 'string' || !/^(\d+(-\d*)?(,\d+(-\d*)?)*)?$/.test(pages)) throw new Trouble(400);
  const file = fileAt(house, url);
  if (!isPdf(file.bytes)) throw hidden(442);
  if (isEncrypted(file.bytes)) throw hidden(441);
  const count = pagesOf(file.bytes);
  if (house.credits < count) throw new Trouble(402);
  house.credits -= count;
  // As it comes from there: lines end as on Windows.
  const text = (house.text ?? textOf(file.bytes)).replace(/\r?\n/g, '\r\n');
  const name = file.name.replace(/\.pdf$/i, '.txt');
  return { ...(inline ? { body: text } : { url: written(house, name, text) }), pageCount: count, name, credits: count };
}

function parsed(body) {
  try {
    return Object(JSON.parse(body));
  } catch {
    throw new Trouble(400);
  }
}

/** The file that an address of ours names, while the address is good. */
function fileAt(house, address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.origin !== addressOf(house)) throw hidden(448);
  const file = house.files.get(url.pathname.split('/')[2]);
  const seconds = Number(url.searchParams.get('X-Amz-Expires'));
  const good = file && url.searchParams.get('X-Amz-Signature') === signatureOf(file.id, 'GET', seconds);
  if (!good || Date.now() >= file.from + seconds * 1000) throw hidden(403);
  if (!file.bytes) throw hidden(404);
  return file;
}

function written(house, name, text) {
  const file = newFile(house, name, 'text/plain');
  Object.assign(file, { bytes: Buffer.from(text), at: new Date().toISOString() });
  return signed(house, file, 'GET', FILE_SECONDS);
}
