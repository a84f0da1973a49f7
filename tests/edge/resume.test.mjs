// Resumes on the real runtime, their files in its bucket: what a browser's FormData sends comes back byte for byte.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { house, startWorker, tokenFor, until } from './harness.mjs';

const MAX = 10 * 1024 * 1024;
const { sim, worker } = await house();
const pdf = (bytes = 5000) => Buffer.concat([Buffer.from('%PDF-1.7\r\n'), randomBytes(bytes - 10)]);
const TEXT = 'Ann Example\nHead Baker at Loaf & Sons, 2019-2024\n\nSkills: Sour dough, C++';

/** As a browser writes it down. */
function form({ text, file, name = 'cv.pdf', type = 'application/pdf', convert }) {
  const data = new FormData();
  if (text !== undefined) data.append('text', text);
  if (file) data.append('file', new File([file], name, { type }));
  if (convert) data.append('convert', convert);
  return new Response(data);
}

async function bring(token, parts, on = worker) {
  const written = form(parts);
  const headers = { 'content-type': written.headers.get('content-type') };
  return on.call('/api/resume', { method: 'POST', token, headers, body: Buffer.from(await written.arrayBuffer()) });
}

const show = async (token) => (await worker.call('/api/resume', { token })).body.resume;
const analyse = (token) => worker.call('/api/resume/analysis', {
  method: 'POST', token, body: '{}', headers: { 'content-type': 'application/json' },
});
const bucket = async (on = worker) => (await on.files()).map(({ key }) => key);

test('a file of any bytes comes back as it was, by its link alone', async () => {
  const token = tokenFor(sim, 'user_bytes');
  const file = pdf(300_000);
  const { status, body: { resume, convert } } = await bring(token, { text: TEXT, file, name: 'Bäckerin "1".pdf' });
  assert.deepEqual([status, convert, resume.type, resume.bytes], [201, true, 'pdf', file.length]);
  assert.deepEqual([resume.name, resume.characters, resume.text], ['Bäckerin _1_.pdf', TEXT.length, TEXT]);
  assert.deepEqual(await show(token).then(({ id }) => id), resume.id);
  const answer = await worker.raw(resume.link);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), file);
  const headers = [
    'content-type', 'content-disposition', 'content-security-policy', 'x-content-type-options', 'cache-control', 'content-length',
  ];
  assert.deepEqual(headers.map((name) => answer.headers.get(name)), [
    'application/pdf', `attachment; filename="B_ckerin _1_.pdf"; filename*=UTF-8''B%C3%A4ckerin%20_1_.pdf`,
    "default-src 'none'; sandbox", 'nosniff', 'no-store', String(file.length),
  ]);
  const head = await worker.raw(resume.link, { method: 'HEAD' });
  assert.deepEqual([head.status, (await head.arrayBuffer()).byteLength], [200, 0]);
  assert.equal(head.headers.get('content-type'), 'application/pdf');
});

test('a link that is forged, of another, or of a file that is gone leads nowhere', async () => {
  const token = tokenFor(sim, 'user_forger');
  const { link } = (await bring(token, { text: TEXT, file: pdf() })).body.resume;
  const [payload, signature] = link.split('/').at(-1).split('.');
  const other = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('cv.pdf', 'cv.exe')).toString('base64url');
  for (const forged of [`${other}.${signature}`, `${payload}.${signature}A`, `${payload}A.${signature}`, payload, 'x', token]) {
    const { status, code } = await worker.call(`/api/files/${forged}`);
    assert.deepEqual([status, code], [404, 'not_found'], forged);
  }
  assert.equal((await worker.raw(link)).status, 200);
  assert.deepEqual((await worker.call('/api/resume', { method: 'DELETE', token })).body, { deleted: true });
  const { status, code } = await worker.call(link);
  assert.deepEqual([status, code], [404, 'not_found']);
  assert.equal(await show(token), null);
  assert.deepEqual(await worker.rows('select * from doomed_files where person = ?', 'user_forger'), []);
});

test('ten megabytes are taken, and one byte more is not', async () => {
  const token = tokenFor(sim, 'user_large');
  const file = pdf(MAX);
  const { status, body: { resume } } = await bring(token, { text: TEXT, file });
  assert.deepEqual([status, resume.bytes], [201, MAX]);
  assert.ok(Buffer.from(await (await worker.raw(resume.link)).arrayBuffer()).equals(file));
  for (const bytes of [MAX + 1, MAX + 300 * 1024]) {
    const answer = await bring(token, { text: TEXT, file: pdf(bytes) });
    assert.deepEqual([answer.status, answer.code], [413, 'too_large']);
  }
  assert.equal((await show(token)).id, resume.id, 'the one before is still there');
});

test('what is no resume is refused, with its reason', async () => {
  const token = tokenFor(sim, 'user_refused');
  const before = (await bucket()).length;
  for (const [parts, status, code, reason] of [
    [{}, 422, 'unprocessable', 'empty'],
    [{ text: ' \n' }, 422, 'unprocessable', 'empty'],
    [{ file: pdf() }, 422, 'unprocessable', 'empty'],
    [{ text: 'x'.repeat(100_001) }, 422, 'unprocessable', 'too_long'],
    [{ text: TEXT, file: pdf(), name: 'cv.docx' }, 422, 'unprocessable', 'mismatch'],
    [{ text: TEXT, file: Buffer.from('\x89PNG') }, 415, 'unsupported_media_type', undefined],
  ]) {
    const answer = await bring(token, parts);
    assert.deepEqual([answer.status, answer.code, answer.body.reason], [status, code, reason]);
  }
  const json = await worker.call('/api/resume', { method: 'POST', token, body: '{}', headers: { 'content-type': 'application/json' } });
  assert.deepEqual([json.status, json.code], [415, 'unsupported_media_type']);
  const torn = await worker.call('/api/resume', {
    method: 'POST', token, body: '--x\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' },
  });
  assert.deepEqual([torn.status, torn.code], [400, 'bad_request']);
  assert.deepEqual([await show(token), (await bucket()).length], [null, before]);
});

test('a new one takes the place of the old, whose file the cron deletes', async () => {
  const token = tokenFor(sim, 'user_twice');
  const { id: first } = (await bring(token, { text: TEXT, file: pdf() })).body.resume;
  const { id: second } = (await bring(token, { file: Buffer.from('Bäckerin\n'), name: 'cv.txt', type: 'text/plain' })).body.resume;
  assert.deepEqual([await show(token)].map(({ id, type, text }) => [id, type, text]), [[second, 'text', 'Bäckerin']]);
  assert.ok((await bucket()).includes(`resumes/${first}`));
  await worker.cron();
  const kept = await bucket();
  assert.deepEqual([first, second].map((id) => kept.includes(`resumes/${id}`)), [false, true]);
});

test('an analysis tells what stands there, and the model never learns whose it is', async () => {
  const token = tokenFor(sim, 'user_analysed');
  const { status: none, code } = await analyse(token);
  assert.deepEqual([none, code], [404, 'not_found']);
  await bring(token, { text: TEXT });
  const { status, body } = await analyse(token);
  assert.equal(status, 200);
  const { skills, model } = body.resume.analysis;
  assert.deepEqual([skills, typeof model], [['Sour dough', 'C++'], 'string']);
  assert.deepEqual((await show(token)).analysis, body.resume.analysis);
  const asked = sim.log('openai').filter(({ op }) => op === 'responses').at(-1);
  assert.deepEqual([JSON.parse(asked.body).store, asked.body.includes('user_analysed')], [false, false]);
});

test('PDF.co reads what the browser cannot, when it is set up', async () => {
  const token = tokenFor(sim, 'user_scan');
  const content = 'BT /F1 12 Tf (Robin Sample) Tj 0 -14 Td (Skills: Rust) Tj ET';
  const scan = Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj
9 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`);
  const { status, body } = await bring(token, { file: scan, convert: 'yes' });
  assert.deepEqual([status, body.resume?.text], [201, 'Robin Sample\nSkills: Rust']);
  const locked = Buffer.from(scan.toString().replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 5 0 R'));
  const refused = await bring(token, { file: locked, convert: 'yes' });
  assert.deepEqual([refused.status, refused.body.reason], [422, 'encrypted']);
  const bare = await startWorker(sim, { PDFCO_API_KEY: null });
  const unset = await bring(token, { file: scan, convert: 'yes' }, bare);
  assert.deepEqual([unset.status, unset.code], [503, 'not_configured']);
});

test('a deleted account takes its resume along', async () => {
  const token = tokenFor(sim, 'user_leaves');
  assert.equal((await worker.call('/api/user', { token })).status, 200);
  const { id } = (await bring(token, { text: TEXT, file: pdf() })).body.resume;
  assert.equal((await worker.call('/api/me', { method: 'DELETE', token })).status, 200);
  await until(async () => !(await bucket()).includes(`resumes/${id}`), 'the file is gone');
  assert.deepEqual(await worker.rows('select * from resumes where person = ?', 'user_leaves'), []);
  const late = await bring(token, { text: TEXT });
  assert.deepEqual([late.status, late.code], [401, 'account_closed']);
});
