// The resume's page in front of the real Worker, with the answers of the API made here: files are really read, by the browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  JAPANESE, LINES, bombDocx, brokenPdf, floodPdf, goodDocx, goodPdf, hollowPdf, japanesePdf, lockedPdf, longPdf, otherZip, scannedPdf,
} from './resume-files.mjs';
import { ANALYSIS, answer, resume } from './resume-told.mjs';
import { ALICE, checkLooks, focused, open } from './screens.mjs';
import { checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const TITLE = 'Your resume';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const fault = (status, code, more = {}) => ({ status, json: { error: 'No.', code, requestId: 'req_0123456789abcdef', ...more } });

/** The API's side: what is kept, and what was asked of it. `refuse` answers the next calls of a method instead. */
async function api(page, kept = null, convert = false) {
  const house = { kept, asked: [], refuse: {} };
  const take = async (route) => {
    const request = route.request();
    const [method, { pathname }] = [request.method(), new URL(request.url())];
    const body = request.postDataBuffer()?.toString('latin1') ?? '';
    house.asked.push({ method, pathname, body, type: request.headers()['content-type'] });
    const [refusal] = house.refuse[method]?.splice(0, 1) ?? [];
    if (refusal) return refusal === 'lost' ? route.abort() : route.fulfill(refusal);
    if (method === 'DELETE') house.kept = null;
    if (method === 'DELETE') return route.fulfill({ json: { deleted: true } });
    if (pathname.endsWith('/analysis')) house.kept = { ...house.kept, analysis: ANALYSIS };
    else if (method === 'POST') house.kept = resume({ id: 'res_2' });
    return route.fulfill({ status: method === 'POST' && !pathname.endsWith('/analysis') ? 201 : 200, json: answer(house.kept, convert) });
  };
  await page.route('**/api/resume', take);
  await page.route('**/api/resume/analysis', take);
  return house;
}

async function screen(page, ...told) {
  const house = await api(page, ...told);
  await open(page, '/resume', ALICE, TITLE);
  await page.locator('.chooser, .facts').first().waitFor();
  return house;
}

const choose = (page, name, buffer, mimeType = 'application/pdf') =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
const text = (page) => page.getByLabel('Text of your resume');
const alert = (page, words) => page.getByRole('alert').getByText(words).waitFor();
const posted = ({ asked }) => asked.filter(({ method }) => method === 'POST');
/** The parts of a form by their names, as they went over the wire. */
const partsOf = ({ body }) => [...body.matchAll(/name="(\w+)"/g)].map(([, name]) => name);

test('what happens with a resume is said before there is one, and a PDF is read here, looked at, and sent with its text', () =>
  site.page({}, async (page) => {
    const house = await screen(page);
    for (const words of ['before anything is sent', 'kept privately', 'only if you say so', 'made by AI', 'Your name, addresses']) {
      await page.locator('.happens').getByText(words).waitFor();
    }
    await checkLooks(page);
    await choose(page, 'cv.pdf', goodPdf());
    await page.getByRole('heading', { name: 'Is this your resume?' }).waitFor();
    assert.equal(await text(page).inputValue(), [...LINES.slice(0, 3), '', ...LINES.slice(3)].join('\n'));
    assert.equal(await focused(page), 'Is this your resume?');
    assert.equal(posted(house).length, 0, 'nothing has been sent yet');
    await checkLooks(page);
    await text(page).fill(`${LINES.join('\n')}\nÜbersetzt`);
    await page.getByRole('button', { name: 'Keep this resume' }).press('Enter');
    await page.getByText('Your resume is kept.').waitFor();
    const [sent] = posted(house);
    assert.deepEqual(partsOf(sent), ['text', 'file']);
    assert.match(sent.type, /^multipart\/form-data; boundary=/);
    assert.ok(sent.body.includes('filename="cv.pdf"') && sent.body.includes('%PDF-1.7') && sent.body.includes('\xc3\x9cbersetzt'));
    assert.equal(await focused(page), TITLE);
    await page.getByText('82 KB').waitFor();
    await checkLooks(page);
  }));

test('a Word file and a text file are read as well, and a typed resume goes without a file', () =>
  site.page({}, async (page) => {
    const house = await screen(page);
    await choose(page, 'cv.docx', goodDocx(), DOCX);
    await page.getByText('This is what was read from cv.docx').waitFor();
    assert.equal(await text(page).inputValue(), LINES.join('\n'));
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await choose(page, 'cv.txt', Buffer.from(`\ufeff${LINES.join('\r\n')}`), 'text/plain');
    await page.getByText('This is what was read from cv.txt').waitFor();
    assert.equal(await text(page).inputValue(), LINES.join('\n'));
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await page.getByRole('button', { name: 'Type or paste it instead' }).press('Enter');
    await page.getByRole('heading', { name: 'Your resume as text' }).waitFor();
    assert.equal(await text(page).inputValue(), '');
    await page.getByRole('button', { name: 'Keep this resume' }).click();
    await alert(page, 'There are too few words in it to be a resume.');
    assert.equal(await text(page).evaluate((field) => field === document.activeElement), true);
    await checkLooks(page);
    await text(page).fill(LINES.join('\n'));
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.getByRole('button', { name: 'Keep this resume' }).click();
    await page.getByText('Your resume is kept.').waitFor();
    assert.deepEqual(posted(house).map(partsOf), [['text']]);
  }));

test('a PDF is read whose letters stand in a table that it only names', () =>
  site.page({}, async (page) => {
    await screen(page);
    await choose(page, 'rirekisho.pdf', japanesePdf());
    await text(page).waitFor();
    assert.equal(await text(page).inputValue(), JAPANESE);
  }));

for (const [what, name, bytes, words] of [
  ['a locked PDF', 'locked.pdf', lockedPdf, 'This PDF is locked with a password. Save a copy without one, or paste the text.'],
  ['a scanned PDF', 'scan.pdf', scannedPdf, 'This PDF holds pictures of pages, and no text.'],
  ['a PDF that ends too soon', 'cut.pdf', brokenPdf, 'This file is damaged'],
  ['a PDF of 51 pages', 'life.pdf', () => longPdf(51), 'This PDF has 51 pages, and 50 are read at most.'],
  ['a PDF with more text than anybody reads', 'flood.pdf', floodPdf, 'There are more than 100,000 characters in it.'],
  ['a ZIP bomb', 'bomb.docx', bombDocx, 'There is too much inside this file.'],
  ['some other ZIP', 'holiday.docx', otherZip, 'This is not a type of file that holds a resume.'],
  ['more than ten megabytes', 'large.pdf', () => Buffer.alloc((10 << 20) + 1, 32), 'This file has 10 MB.'],
  ['an empty file', 'empty.pdf', () => Buffer.alloc(0), 'This file is empty.'],
]) {
  test(`${what} is refused in clear words, and another can be chosen`, () =>
    site.page({}, async (page) => {
      const house = await screen(page);
      await choose(page, name, bytes());
      await alert(page, words);
      await page.getByRole('alert').getByText(name).waitFor();
      assert.equal(await page.locator('.conversion').count(), 0);
      assert.equal(await focused(page), TITLE);
      await checkLooks(page);
      await choose(page, 'cv.pdf', goodPdf());
      await text(page).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
      assert.equal(posted(house).length, 0);
    }));
}

test('fifty pages are read, with how far it is, and a reading can be stopped', () =>
  site.page({}, async (page) => {
    await screen(page);
    await choose(page, 'life.pdf', longPdf(50));
    await text(page).waitFor();
    assert.match(await text(page).inputValue(), /^Page 1 of a very long life\.[^]*Page 50 of a very long life\.$/);
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await page.route('**/vendor/pdf.worker.js', () => {}); // it never comes
    await choose(page, 'cv.pdf', goodPdf());
    await page.getByRole('heading', { name: 'Reading cv.pdf…' }).waitFor();
    await checkLooks(page);
    await page.getByRole('button', { name: 'Stop reading' }).press('Enter');
    await page.getByRole('button', { name: 'Type or paste it instead' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('the PDF is read in a thread that reaches nothing, and is ended when its time is over', () =>
  site.page({}, async (page) => {
    await screen(page);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const headers = await page.evaluate(async () => (await fetch('/vendor/pdf.worker.js')).headers.get('content-security-policy'));
    assert.equal(headers, "default-src 'none'");
    const codes = await page.evaluate(async (bytes) => {
      const { takeText } = await import('/app/resume/take.js');
      const file = new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], 'hollow.pdf');
      const started = performance.now();
      const code = await takeText(file, { signal: new AbortController().signal, limitMs: 300 }).catch((error) => error.code);
      return [code, performance.now() - started < 5000];
    }, hollowPdf(400).toString('base64'));
    assert.deepEqual(codes, ['too_slow', true]);
    assert.deepEqual([...new Set(asked)].filter((path) => !path.startsWith('/app/')).sort(), ['/vendor/pdf.js', '/vendor/pdf.worker.js']);
  }));

test('a reader that does not load is told as that, and tried again', () =>
  site.page({ allow: /ERR_FAILED|pdf\.js/ }, async (page) => {
    await screen(page);
    await page.route('**/vendor/pdf.worker.js', (route) => route.abort(), { times: 1 });
    await choose(page, 'cv.pdf', goodPdf());
    await alert(page, 'The reader of PDFs did not load.');
    await choose(page, 'cv.pdf', goodPdf());
    await text(page).waitFor();
  }));

/** Drops files onto an element, as a hand would. */
const drop = (page, selector, names) => page.evaluate(({ selector: place, names: all }) => {
  const dataTransfer = new DataTransfer();
  for (const name of all) dataTransfer.items.add(new File(['A nurse, a manager and a gardener'], name, { type: 'text/plain' }));
  const element = document.querySelector(place);
  const send = (type) => element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  send('dragover');
  const isOver = document.querySelector('.drop.over') !== null;
  send('drop');
  return isOver;
}, { selector, names });

test('a file may be dropped into the frame or beside it, one at a time', () =>
  site.page({}, async (page) => {
    await screen(page);
    assert.equal(await drop(page, '.drop', ['cv.txt']), true);
    await page.getByText('This is what was read from cv.txt').waitFor();
    await drop(page, '.happens', ['other.txt']);
    await page.getByText('This is what was read from other.txt').waitFor();
    await drop(page, '.resume', ['one.txt', 'two.txt']);
    await alert(page, 'That was more than one file.');
    assert.equal(await page.locator('.drop.over').count(), 0);
  }));

test('the keyboard chooses a file', () =>
  site.page({}, async (page) => {
    const picked = page.waitForEvent('filechooser'); // from the start: once the key is pressed it is late to begin listening
    await screen(page);
    await page.getByLabel('Choose a file').press('Enter');
    await (await picked).setFiles({ name: 'cv.pdf', mimeType: 'application/pdf', buffer: goodPdf() });
    await text(page).waitFor();
  }));

test('a scanned PDF goes to PDF.co only with a yes to exactly that, and its text is shown then', () =>
  site.page({ allow: /422/ }, async (page) => {
    const house = await screen(page, null, true);
    await choose(page, 'scan.pdf', scannedPdf());
    await alert(page, 'This PDF holds pictures of pages, and no text.');
    const send = page.getByRole('button', { name: 'Send it to PDF.co' });
    const consent = page.getByRole('checkbox', { name: /I agree that this file leaves Vocahire and goes to PDF\.co/ });
    assert.equal(await consent.isChecked(), false);
    assert.equal(await send.getAttribute('aria-disabled'), 'true');
    await send.press('Enter');
    assert.equal(posted(house).length, 0);
    await checkLooks(page);
    await consent.check();
    house.refuse.POST = [fault(422, 'unprocessable', { reason: 'not_converted' })];
    await send.press('Enter');
    await alert(page, 'PDF.co could not read this file either.');
    assert.equal(await consent.isChecked(), true);
    await send.press('Enter');
    await page.getByText('PDF.co has read it. Look over the text').waitFor();
    assert.deepEqual(posted(house).map(partsOf), Array(2).fill(['text', 'convert', 'file']));
    assert.ok(await page.getByRole('region', { name: 'Text of your resume' }).isVisible(), 'the text is open');
    await checkLooks(page);
  }));

test('a saving that is refused or lost says what it means, and keeps what was typed', () =>
  site.page({ allow: /413|415|422|503|ERR_FAILED/ }, async (page) => {
    const house = await screen(page);
    await choose(page, 'cv.pdf', goodPdf());
    await text(page).fill(LINES.join(' '));
    const keep = page.getByRole('button', { name: 'Keep this resume' });
    for (const [refusal, words] of [
      [fault(413, 'too_large'), 'This file is too large.'],
      [fault(415, 'unsupported_media_type'), 'This is not a type of file that holds a resume.'],
      [fault(422, 'unprocessable', { reason: 'mismatch' }), 'The name of this file promises another kind than what is in it.'],
      [fault(503, 'database_timeout'), 'We cannot tell yet whether it was kept.'],
      ['lost', 'We cannot tell yet whether it was kept.'],
    ]) {
      house.refuse.POST = [refusal];
      await keep.click();
      await alert(page, words);
    }
    await checkLooks(page);
    assert.equal(await text(page).inputValue(), LINES.join(' '));
    await keep.click();
    await page.getByText('Your resume is kept.').waitFor();
  }));

test('the file is had by its link, and one that has run out is asked for anew', () =>
  site.page({ acceptDownloads: true }, async (page) => {
    const disposition = { 'content-disposition': 'attachment; filename="cv.pdf"' };
    const file = { headers: disposition, contentType: 'application/pdf', body: goodPdf() };
    await page.context().route('**/api/files/*', (route) => route.fulfill(file));
    const house = await screen(page, resume());
    const link = page.getByRole('link', { name: 'cv.pdf' });
    const follow = async (act) => {
      const [download] = await Promise.all([page.waitForEvent('download'), act()]);
      return new URL(download.url()).pathname;
    };
    assert.equal(await follow(() => link.click()), '/api/files/token-1');
    assert.equal(house.asked.length, 1, 'it was not asked for again');
    house.kept = resume({ linkExpiresAt: new Date(Date.now() + 5000).toISOString() });
    await page.reload();
    await link.waitFor();
    house.kept = resume({ link: '/api/files/token-2' });
    assert.equal(await follow(() => link.press('Enter')), '/api/files/token-2');
    assert.equal(house.asked.length, 3);
  }));

test('a link that cannot be asked for says so', () =>
  site.page({ allow: /503/ }, async (page) => {
    const house = await screen(page, resume({ linkExpiresAt: new Date(0).toISOString() }));
    house.refuse.GET = [fault(503, 'database_timeout')];
    await page.getByRole('link', { name: 'cv.pdf' }).click();
    await alert(page, 'Our database did not answer in time.');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  }));

test('an AI reads it when one asks for that, honestly waited for, and once more', () =>
  site.page({ allow: /502/ }, async (page) => {
    const house = await screen(page, resume());
    await page.getByText('It gets the text without your name, addresses and').waitFor();
    house.refuse.POST = [fault(502, 'provider_error')];
    await page.getByRole('button', { name: 'Analyse it' }).click();
    await alert(page, 'Your resume is kept as it was.');
    await checkLooks(page);
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route('**/api/resume/analysis', async (route) => {
      await held;
      return route.fallback();
    }, { times: 1 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The AI is reading your resume. It takes some 10 seconds.').waitFor();
    assert.equal(await focused(page), 'What stands out', 'the button that was pressed is gone');
    await page.getByRole('button', { name: 'Analyse it' }).press('Enter');
    release();
    await page.getByText('The analysis is there.').waitFor();
    assert.equal(posted(house).length, 2, 'a second press while it goes on asks for nothing');
    for (const words of ['Talking with people', 'Product manager', ', Northwind', '2021 to 2026', 'Example University']) {
      await page.locator('.found').getByText(words).waitFor();
    }
    await page.getByText('Made by an AI (gpt-6-luna)').waitFor();
    await page.getByRole('button', { name: 'Analyse again' }).waitFor();
    await checkLooks(page);
  }));

test('an analysis with nothing in it, and a resume without a file, read well too', () =>
  site.page({}, async (page) => {
    const analysis = { ...ANALYSIS, skills: [], experience: [{ title: '', employer: 'Northwind', period: '' }], education: [] };
    await screen(page, resume({ name: null, type: 'text', link: null, linkExpiresAt: null, analysis }));
    await page.getByText('Text that you typed').waitFor();
    await page.getByText('Without a title').waitFor();
    assert.equal(await page.getByText('None was found in the text.').count(), 2);
    await page.locator('summary').press('Enter');
    await page.getByRole('region', { name: 'Text of your resume' }).getByText('Robin Example').waitFor();
    await checkLooks(page);
    await page.setViewportSize({ width: 320, height: 600 });
    await checkMeasures(page);
  }));

test('another takes its place, by file or by text, or it stays as it is', () =>
  site.page({}, async (page) => {
    const house = await screen(page, resume());
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('button', { name: 'Leave it as it is' }).click();
    await page.locator('.facts').waitFor();
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('button', { name: 'Type or paste it instead' }).click();
    assert.equal(await text(page).inputValue(), LINES.join('\n'), 'the text goes on from what there is');
    await page.getByText('Only this text is kept then; the file cv.pdf goes.').waitFor();
    await checkLooks(page);
    await page.getByRole('button', { name: 'Go back' }).click();
    await page.locator('.facts').waitFor();
    assert.equal(posted(house).length, 0);
    await drop(page, '.resume', ['new.txt']);
    await page.getByText('This is what was read from new.txt').waitFor();
  }));

test('deleting says what goes and what stays, is done by its button alone, and twice does no harm', () =>
  site.page({ allow: /404|ERR_FAILED/ }, async (page) => {
    const house = await screen(page, resume({ analysis: ANALYSIS }));
    const opener = page.getByRole('button', { name: 'Delete it…' });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete your resume?' });
    for (const words of ['What goes:', 'What stays:', 'It cannot be undone.']) await dialog.getByText(words).waitFor();
    await checkLooks(page);
    await page.keyboard.press('Escape');
    assert.equal(await opener.evaluate((element) => element === document.activeElement), true);
    await opener.click();
    house.refuse.DELETE = ['lost', fault(404, 'not_found')];
    await dialog.getByRole('button', { name: 'Delete the resume' }).click();
    await dialog.getByText('We cannot tell yet whether it is deleted.').waitFor();
    await dialog.getByRole('button', { name: 'Delete the resume' }).click();
    await page.getByText('Your resume is deleted.').waitFor();
    assert.equal(await focused(page), TITLE);
    await page.getByRole('button', { name: 'Type or paste it instead' }).click();
    assert.equal(await text(page).inputValue(), '', 'nothing of it is left');
  }));

test('a page that cannot be had says so and is tried again', () =>
  site.page({ allow: /503/ }, async (page) => {
    const house = await api(page, resume());
    house.refuse.GET = [fault(503, 'database_timeout')];
    await open(page, '/resume', ALICE, TITLE);
    await alert(page, 'Our database did not answer in time.');
    await checkLooks(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.facts').waitFor();
  }));
