/** The text of a PDF, taken by pdf.js in a thread of its own, which is ended with the work: a hostile file has nothing else. */
import { PAGES_LIMIT, Trouble } from './trouble.js';

const THREAD = '/vendor/pdf.worker.js';

// What the letters of fonts are that name a standard table instead of bringing one, as many East Asian PDFs do. Fetched here
// where one is needed: the thread reaches nothing.
const TABLES = { cMapUrl: '/vendor/cmaps/', cMapPacked: true, useWorkerFetch: false };

// Words only: no pictures, no fonts to draw with, no WebAssembly. This version of the library evaluates no code.
const WORDS_ONLY = {
  useWasm: false,
  useSystemFonts: false,
  disableFontFace: true,
  disableWorkerRendering: true,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  enableXfa: false,
  verbosity: 0,
};

/** Whatever else the library says of a file, it comes down to one thing. */
const troubleOf = (error) =>
  (error instanceof Trouble ? error : new Trouble(error?.name === 'PasswordException' ? 'locked' : 'broken'));

/** Pieces of one page, each with whether a line ends behind it, as they come. */
async function* pieces(page) {
  const reader = page.streamTextContent().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield* value.items;
  }
}

async function readPage(document, number, most) {
  const page = await document.getPage(number);
  let text = '';
  for await (const { str, hasEOL } of pieces(page)) {
    text += hasEOL ? `${str}\n` : str;
    if (text.length > most) throw new Trouble('too_long');
  }
  page.cleanup();
  return text;
}

async function readAll(document, { most, onPage }) {
  if (document.numPages > PAGES_LIMIT) throw new Trouble('too_many_pages', { pages: document.numPages });
  const texts = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    onPage(number, document.numPages);
    const taken = texts.reduce((sum, { length }) => sum + length, 0);
    texts.push(await readPage(document, number, most - taken));
  }
  return texts.join('\n\n');
}

/** Rejects when the thread fails, or when `signal` says that it is enough. */
const given = (thread, signal, code) => new Promise((_, reject) => {
  thread.addEventListener('error', () => reject(new Trouble(code)));
  signal.addEventListener('abort', () => reject(signal.reason));
});

/** What comes over the network takes no time of the file's: the library, and a thread that has said that it is there. */
export async function openReader(signal) {
  const library = await import('/vendor/pdf.js').catch(() => Promise.reject(new Trouble('not_loaded')));
  const thread = new Worker(THREAD, { type: 'module' });
  const ready = new Promise((resolve) => thread.addEventListener('message', resolve, { once: true }));
  try {
    await Promise.race([ready, given(thread, signal, 'not_loaded')]);
    return { library, thread };
  } catch (error) {
    thread.terminate();
    throw error;
  }
}

/**
 * @param {Uint8Array} bytes which are the thread's from now on
 * @param {{ most: number, signal: AbortSignal, onPage: (number: number, of: number) => void, reader: any }} how
 */
export async function readPdf(bytes, { most, signal, onPage, reader: { library: { getDocument, PDFWorker }, thread } }) {
  try {
    const opened = getDocument({ data: bytes, worker: new PDFWorker({ port: thread, verbosity: 0 }), ...TABLES, ...WORDS_ONLY });
    return await Promise.race([opened.promise.then((document) => readAll(document, { most, onPage })), given(thread, signal, 'broken')]);
  } catch (error) {
    throw signal.aborted ? signal.reason : troubleOf(error);
  } finally {
    thread.terminate();
  }
}
