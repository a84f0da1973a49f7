// A resume becomes text, without a browser: what kind a file is, Word and ZIP, text, the words for each trouble.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createApi } from '../../static/app/api.js';
import { isFresh } from '../../static/app/resume/link.js';
import { textOfXml } from '../../static/app/resume/docx.js';
import { kindOf } from '../../static/app/resume/kind.js';
import { takeText } from '../../static/app/resume/take.js';
import { counterText, faultOf, hasWords, lengthOf, tidy } from '../../static/app/resume/text.js';
import { BYTES_LIMIT, CHARACTERS_LIMIT, Trouble } from '../../static/app/resume/trouble.js';
import { bytesText, deletingMeans, refusalWords, savingMeans, troubleWords } from '../../static/app/resume/words.js';
import { LINES, bombDocx, documentXml, docxOf, goodDocx, goodPdf, otherZip, zip } from './resume-files.mjs';

const file = (bytes, name = 'cv') => new File([bytes], name);
const take = (bytes, { signal = new AbortController().signal, ...more } = {}) => takeText(file(bytes), { signal, ...more });
/** The code of the trouble that a file ends in. */
const troubleOf = (bytes, more) => take(bytes, more).then((text) => assert.fail(`taken: ${text.slice(0, 80)}`), ({ code }) => code);
const TEXT = LINES.join('\n');

test('a file is what its first bytes say, whatever it is called', () => {
  for (const [kind, bytes] of [
    ['pdf', goodPdf()], ['pdf', Buffer.concat([Buffer.from('\x1b%-12345X\r\n'), goodPdf()])], ['zip', goodDocx()],
    ['text', Buffer.from(TEXT)], ['text', Buffer.from('%PD')],
    ['other', Buffer.from('{\\rtf1 x}')], ['old-word', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['other', zip([])], ['other', Buffer.from('<!DOCTYPE html>')],
  ]) assert.equal(kindOf(new Uint8Array(bytes)), kind);
});

test('a Word file gives its paragraphs, and nothing of how they look', async () => {
  assert.equal(await take(goodDocx()), TEXT);
});

test('tabs, breaks, entities and tables become text; deleted words and second copies do not', () => {
  const text = (body) => textOfXml(documentXml(body), 1000);
  const run = (inside) => `<w:p><w:r>${inside}</w:r></w:p>`;
  assert.equal(text(run('<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>')), '\na\tb\nc\n'.slice(1));
  assert.equal(text(run('<w:t>M&amp;A &lt;2&gt; &#233;&#xe9; &quot;x&apos; &nope;&#0;&#x110000;</w:t>')), 'M&A <2> éé "x\' \n');
  assert.equal(text(run('<w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t>')), 'non-stop\n');
  const cell = (inside) => `<w:tc>${run(`<w:t>${inside}</w:t>`)}</w:tc>`;
  assert.equal(text(`<w:tbl><w:tr>${cell('2019')}${cell('Nurse')}</w:tr></w:tbl>`), '2019\nNurse\n\n');
  assert.equal(text(run('<w:del><w:r><w:delText>old</w:delText><w:t>older</w:t></w:r></w:del><w:t>new</w:t>')), 'new\n');
  const copies = '<mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback>';
  assert.equal(text(run(`<mc:AlternateContent>${copies}</mc:AlternateContent>`)), 'box\n');
  assert.equal(text(run('<w:instrText>PAGE</w:instrText><w:t/><w:t>x</w:t>')), 'x\n');
  assert.throws(() => textOfXml('<w:t>unfinished<', 1000), { code: 'broken' });
  assert.throws(() => textOfXml(documentXml(run(`<w:t>${'x'.repeat(1001)}</w:t>`)), 1000), { code: 'too_long' });
});

test('a ZIP that unpacks into too much is given up, whether its list says so or not', async () => {
  const bombs = [bombDocx(), bombDocx({ told: 900 })];
  const started = performance.now();
  for (const bomb of bombs) assert.equal(await troubleOf(bomb), 'too_much');
  assert.ok(performance.now() - started < 5000, 'it was not unpacked to its end');
  const crowd = Array.from({ length: 2001 }, (_, i) => ({ name: `f${i}`, bytes: Buffer.alloc(0) }));
  assert.equal(await troubleOf(zip(crowd)), 'too_much');
});

test('a file that is damaged says so, wherever the damage is', async () => {
  const good = goodDocx();
  for (let cut = 4; cut < good.length; cut += 7) assert.match(await troubleOf(good.subarray(0, cut)), /^broken$/, `cut at ${cut}`);
  const doc = Buffer.from(documentXml(LINES.join('')));
  assert.equal(await troubleOf(docxOf(doc, { told: doc.length + 1 })), 'broken');
  assert.equal(await troubleOf(docxOf(doc, { method: 14 })), 'broken');
  assert.equal(await troubleOf(docxOf(doc, { packed: Buffer.from('no deflate at all') })), 'broken');
  assert.equal(await troubleOf(docxOf(Buffer.from('<w:t>\xe9</w:t>', 'latin1'))), 'broken', 'no UTF-8');
});

test('whatever byte is turned, a file is read or refused, and never with another error', async () => {
  const good = goodDocx();
  for (let at = 4; at < good.length; at += 3) {
    const bad = Buffer.from(good);
    bad[at] ^= 0xff;
    const result = await take(bad).catch((error) => error);
    assert.ok(typeof result === 'string' || result instanceof Trouble, `byte ${at}: ${result.stack ?? result}`);
  }
});

test('each other kind of file has its own trouble', async () => {
  assert.equal(await troubleOf(otherZip()), 'no_resume');
  assert.equal(await troubleOf(docxOf('x', { flags: 1 })), 'locked_word');
  assert.equal(await troubleOf(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'old_word');
  assert.equal(await troubleOf(Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')), 'no_resume');
  assert.equal(await troubleOf(Buffer.from('Lebenslauf, Z\xfcrich, und so weiter und so fort', 'latin1')), 'not_utf8');
  assert.equal(await troubleOf(Buffer.alloc(0)), 'empty_file');
  assert.equal(await troubleOf(Buffer.from('  \n 12 \n')), 'empty');
  assert.equal(await troubleOf(docxOf(documentXml('<w:p/>'))), 'empty');
  assert.equal(await troubleOf(Buffer.from('word '.repeat(30_000))), 'too_long');
  assert.equal(await takeText({ size: BYTES_LIMIT + 1 }, { signal: null }).catch(({ code }) => code), 'too_large');
  const gone = { size: 9, arrayBuffer: () => Promise.reject(new Error('moved')) };
  assert.equal(await takeText(gone, { signal: null }).catch(({ code }) => code), 'unreadable');
});

test('time runs out, and a reading that nobody wants any more stops', async () => {
  const slow = docxOf(Buffer.alloc(15 << 20, '<w:p/>'));
  assert.equal(await troubleOf(slow, { limitMs: 0 }), 'too_slow');
  const run = new AbortController();
  run.abort(new Trouble('stopped'));
  assert.equal(await troubleOf(slow, { signal: run.signal }), 'stopped');
});

test('text is tidied as it is kept: signs that nobody sees go, letters stay', async () => {
  assert.equal(tidy('\ufeffa\u00adb\u200b  \r\n\r\n\r\n\n\tc\u00a0d\u0007\ud800 \u2028e\ue000'), 'ab\n\n\tc d\ne');
  assert.equal(tidy('e\u0301  \n'), 'é');
  assert.equal(tidy('日本語 👩‍⚕️ Ωμέγα'), '日本語 👩‍⚕️ Ωμέγα');
  assert.equal(await take(Buffer.from(`\ufeff${TEXT}\r\n`)), TEXT);
  const long = `${' '.repeat(100_000)}x`;
  const started = performance.now();
  tidy(long.repeat(2));
  assert.ok(performance.now() - started < 1000, 'many spaces take no more time than few');
});

test('characters are counted as the server counts them', () => {
  assert.equal(lengthOf('e\u0301👍'), 2);
  assert.equal(faultOf('A nurse, a manager and a gardener'), null);
  assert.equal(faultOf('  … 12 … ').code, 'empty');
  assert.equal(faultOf('word '.repeat(CHARACTERS_LIMIT)).code, 'too_long');
  assert.equal(counterText(` ${'a'.repeat(4200)} `), '4,200 of 100,000 characters');
  assert.equal(counterText('a'.repeat(CHARACTERS_LIMIT + 312)), '312 characters too many');
  assert.equal(hasWords('— • — 1 / 2'), false);
});

test('each trouble has its clear words, and each a way on', () => {
  const codes = ['locked', 'locked_word', 'old_word', 'scanned', 'broken', 'too_much', 'too_many_pages', 'too_long', 'too_large',
    'too_slow', 'empty_file', 'empty', 'not_utf8', 'no_resume', 'unreadable', 'not_loaded', 'several'];
  const all = codes.map((code) => troubleWords({ code, details: { pages: 51, bytes: BYTES_LIMIT + 1 } }));
  assert.equal(new Set(all.map(({ happened }) => happened)).size, codes.length);
  for (const { happened, next } of all) for (const words of [happened, next]) assert.match(words, /^[A-Z0-9][^!]*\.$/);
  assert.deepEqual(troubleWords({ code: 'locked' }),
    { happened: 'This PDF is locked with a password.', next: 'Save a copy without one, or paste the text.' });
  assert.match(troubleWords({ code: 'too_many_pages', details: { pages: 51 } }).happened, /51 pages, and 50/);
  assert.match(troubleWords({ code: 'scanned' }, true).next, /somebody else/);
  assert.match(troubleWords({ code: 'unheard_of' }).happened, /damaged/);
});

test('a refusal of the server that is about the file has its words, any other is a failure', () => {
  const refused = (code, reason) => refusalWords({ code, details: reason ? { reason } : {} })?.happened ?? null;
  const told = ['empty', 'too_long', 'mismatch', 'not_converted', 'encrypted'].map((reason) => refused('unprocessable', reason));
  assert.equal(new Set([...told, refused('too_large'), refused('unsupported_media_type')]).size, 7);
  assert.ok(!told.includes(null));
  for (const other of [refused('unprocessable', 'unheard_of'), refused('internal_error'), refusalWords({ code: 'unreachable' })]) {
    assert.equal(other, null);
  }
  assert.match(savingMeans({ code: 'no_answer', status: 0 }), /cannot tell yet/);
  assert.match(savingMeans({ code: 'rate_limited', status: 429 }), /Nothing was kept/);
  assert.match(deletingMeans({ code: 'no_answer', status: 0 }), /twice does no harm/);
});

test('sizes read as people say them', () => {
  assert.deepEqual([12, 84_123, BYTES_LIMIT, 1_500_000].map(bytesText), ['12 bytes', '82 KB', '10 MB', '1.4 MB']);
});

test('a link is followed while it lasts, by whichever clock says sooner', () => {
  const at = Date.parse('2026-11-21T10:00:00.000Z');
  const kept = { link: '/api/files/x', linkExpiresAt: new Date(at + 300_000).toISOString() };
  assert.equal(isFresh(kept, at, at), true);
  assert.equal(isFresh(kept, at, at + 290_000), false, 'it would end while the file comes');
  assert.equal(isFresh(kept, at - 400_000, at), false, 'a clock that is slow');
  assert.equal(isFresh(kept, at + 3_600_000, at + 3_600_000), false, 'a clock that is fast asks once more');
  assert.equal(isFresh({ link: null, linkExpiresAt: null }, at, at), false);
});

test('a form is sent as it is, and the browser names its type', async () => {
  const sent = [];
  const fetch = async (path, init) => {
    sent.push(init);
    return Response.json({});
  };
  const api = createApi({ token: async () => 'jwt', fetch });
  const form = new FormData();
  form.append('text', 'x');
  await api.send('POST', '/api/resume', { body: form });
  await api.send('POST', '/api/resume', { body: {} });
  await api.send('DELETE', '/api/resume');
  assert.deepEqual(sent.map(({ body }) => body), [form, '{}', undefined]);
  assert.deepEqual(sent.map(({ headers }) => headers['content-type']), [undefined, 'application/json', undefined]);
});
