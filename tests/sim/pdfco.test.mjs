// The simulated PDF.co: an upload by a signed address, the text of what came, and its troubles, most with status 200.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { post, simulator } from './harness.mjs';

const sim = await simulator();
const { PDFCO_API_KEY: key, PDFCO_API_URL: api } = sim.workerVars();
const TYPE = 'application/octet-stream';
const headers = { 'x-api-key': key };

const presign = async (more = headers, query = `contenttype=${TYPE}&name=resume.pdf`) => {
  const response = await fetch(`${api}/v1/file/upload/get-presigned-url?${query}`, { headers: more });
  return { http: response.status, ...await response.json() };
};

const put = (url, body, more = {}) => fetch(url, { method: 'PUT', body, headers: { 'content-type': TYPE, ...more } });

async function convert(body, more = {}) {
  const told = { ...headers, 'content-type': 'application/json', ...more };
  const sent = typeof body === 'string' ? body : JSON.stringify({ inline: true, pages: '0-', async: false, ...body });
  const response = await fetch(`${api}/v1/pdf/convert/to/text`, { method: 'POST', headers: told, body: sent });
  return { http: response.status, ...await response.json() };
}

async function uploaded(bytes) {
  const { presignedUrl, url } = await presign();
  assert.equal((await put(presignedUrl, bytes)).status, 200);
  return url;
}

const converted = async (bytes) => convert({ url: await uploaded(bytes) });

function pdf(content, { filter = '', pages = 1, trailer = '' } = {}) {
  const kids = Array.from({ length: pages }, (_, i) => `${i + 3} 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n`).join('');
  return Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< /Type /Pages >>\nendobj\n${kids}`),
    Buffer.from(`9 0 obj\n<< /Length ${content.length} ${filter} >>\nstream\n`), Buffer.from(content), Buffer.from('\nendstream\nendobj\n'),
    Buffer.from(`trailer\n<< /Root 1 0 R ${trailer} >>\n%%EOF\n`),
  ]);
}

test('a resume goes there and comes back as text', async () => {
  const told = await presign();
  assert.deepEqual([told.http, told.error, told.status, told.name], [200, false, 200, 'resume.pdf']);
  const content = 'BT /F1 12 Tf (Robin \\(Bob\\) Sample) Tj 0 -14 Td [(Sk) -20 (ills: Rust)] TJ T* (Caf\\351) Tj ET';
  const bytes = pdf(content, { pages: 2 });
  assert.equal((await put(told.presignedUrl, bytes, headers)).status, 200);
  const { body, pageCount, error, status, credits, remainingCredits, http } = await convert({ url: told.url });
  assert.deepEqual([http, error, status, pageCount, credits, remainingCredits], [200, false, 200, 2, 2, 998]);
  assert.equal(body, 'Robin (Bob) Sample\r\nSkills: Rust\r\nCafé');
  const [{ name, type, bytes: size }] = await (await fetch(`${sim.url}/__sim/pdfco`)).json();
  assert.deepEqual([name, type, size], ['resume.pdf', TYPE, bytes.length]);
  assert.deepEqual(sim.log('pdfco').map(({ op, body: words }) => [op, words.slice(0, 11)]), [
    ['presign', ''], ['put', `(${bytes.length} bytes)`], ['convert', '{"inline":t'],
  ]);
  const back = await fetch(told.url);
  assert.deepEqual(Buffer.from(await back.arrayBuffer()), bytes);
});

test('what is deflated is read, what has no text is read as a scan, always the same', async () => {
  const deflated = pdf(deflateSync('BT (Packed text) Tj ET'), { filter: '/Filter /FlateDecode' });
  assert.equal((await converted(deflated)).body, 'Packed text');
  const { body } = await converted(pdf('q 100 0 0 100 0 0 cm /Im1 Do Q'));
  for (const words of ['Scanned resume of a simulated person', 'Skills', 'Experience', 'Education']) assert.ok(body.includes(words), words);
  assert.equal((await converted(pdf('BT (\\001\\002\\003\\004) Tj ET'))).body, body);
  assert.equal((await converted(pdf(Buffer.alloc(1 << 20, 'garbage<<\0')))).body, body);
});

test('a test can say what the text is, or that a link is wanted', async () => {
  await post(sim, '/__sim/pdfco', { text: 'Line one\nLine two' });
  const url = await uploaded(pdf(''));
  assert.equal((await convert({ url })).body, 'Line one\r\nLine two');
  const linked = await convert({ url, inline: false });
  assert.deepEqual([linked.body, await (await fetch(linked.url)).text()], [undefined, 'Line one\r\nLine two']);
});

test('troubles that come with their status', async () => {
  const url = await uploaded(pdf(''));
  for (const [answer, status] of [
    [await presign({}), 401], [await presign({ 'x-api-key': 'other' }), 401], [await convert({ url }, { 'x-api-key': 'other' }), 401],
    [await convert('{'), 400], [await convert('null'), 400], [await convert({}), 400], [await convert({ url, pages: 'all' }), 400],
    [await convert({ url, async: true }), 400], [await convert({ url }, { 'content-type': 'text/plain' }), 415],
  ]) {
    assert.deepEqual([answer.http, answer.status, answer.error, typeof answer.message], [status, status, true, 'string']);
  }
  await post(sim, '/__sim/pdfco', { credits: 1 });
  assert.equal((await convert({ url })).http, 200);
  const spent = await convert({ url });
  assert.deepEqual([spent.http, spent.status, spent.error, spent.remainingCredits], [402, 402, true, 0]);
  assert.equal((await presign()).http, 402);
});

test('troubles that hide in 200', async () => {
  const { url: empty } = await presign();
  for (const [answer, status, words] of [
    [await converted('just words'), 442, /damaged or of incorrect type/],
    [await converted(pdf('', { trailer: '/Encrypt 8 0 R' })), 441, /password/i],
    [await convert({ url: 'http://example.test/resume.pdf' }), 448, /Invalid URL/],
    [await convert({ url: 'resume' }), 448, /Invalid URL/],
    [await convert({ url: empty.replace(/Signature=./, 'Signature=x') }), 403, /forbidden/],
    [await convert({ url: empty }), 404, /not be found/],
  ]) {
    assert.deepEqual([answer.http, answer.status, answer.error, answer.body], [200, status, true, undefined]);
    assert.match(answer.message, words);
  }
});

test('a signed address is good for what it was signed for, and for a while', async () => {
  const { presignedUrl, url } = await presign();
  const code = async (response) => [response.status, /<Code>(\w+)</.exec(await response.text())[1]];
  assert.deepEqual(await code(await put(presignedUrl, 'x', { 'content-type': 'application/pdf' })), [403, 'SignatureDoesNotMatch']);
  assert.deepEqual(await code(await put(url, 'x')), [403, 'SignatureDoesNotMatch']);
  assert.deepEqual(await code(await fetch(presignedUrl)), [403, 'SignatureDoesNotMatch']);
  assert.deepEqual(await code(await put(presignedUrl.replace('Expires=900', 'Expires=9000'), 'x')), [403, 'SignatureDoesNotMatch']);
  assert.deepEqual(await code(await put(presignedUrl, 'x', { authorization: 'Bearer x' })), [400, 'InvalidArgument']);
  const stream = new Blob(['x']).stream();
  const chunked = await fetch(presignedUrl, { method: 'PUT', body: stream, duplex: 'half', headers: { 'content-type': TYPE } });
  assert.deepEqual(await code(chunked), [411, 'MissingContentLength']);
  assert.deepEqual(await code(await fetch(url)), [404, 'NoSuchKey']);
  assert.deepEqual(await code(await put(`${sim.url}/pdfco/none/a.pdf`, 'x')), [403, 'SignatureDoesNotMatch']);
  await post(sim, '/__sim/pdfco', { expireSeconds: 0 });
  assert.deepEqual(await code(await put((await presign()).presignedUrl, 'x')), [403, 'AccessDenied']);
});

test('faults of each operation', async () => {
  const fault = (op, how) => post(sim, '/__sim/fault', { service: 'pdfco', op, ...how });
  await fault('presign', { status: 429 });
  const busy = await presign();
  assert.deepEqual([busy.http, busy.status, busy.error], [429, 429, true]);
  await fault('put', { status: 503 });
  assert.equal((await put((await presign()).presignedUrl, 'x')).status, 503);
  const url = await uploaded(pdf(''));
  await fault('convert', { code: '445' });
  const late = await convert({ url });
  assert.deepEqual([late.http, late.status, late.error], [200, 445, true]);
  await fault('convert', { body: '<html>' });
  await assert.rejects(convert({ url }), SyntaxError);
  await fault('convert', { drop: true });
  await assert.rejects(convert({ url }), TypeError);
  assert.equal((await post(sim, '/__sim/fault', { service: 'pdfco', op: 'shred' })).status, 400);
  assert.equal((await post(sim, '/__sim/pdfco', { colour: 'red' })).status, 400);
});

test('settings without PDF.co, or with a model', () => {
  assert.equal(sim.workerVars({ pdfco: false }).PDFCO_API_KEY, undefined);
  assert.equal(sim.workerVars().FEEDBACK_MODEL, undefined);
  assert.equal(sim.workerVars({ feedbackModel: 'gpt-6-sol' }).FEEDBACK_MODEL, 'gpt-6-sol');
});
