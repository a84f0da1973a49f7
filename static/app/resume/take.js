/** A file becomes text, here in the browser: what kind it is, its reader, and the bounds of all of them. */
import { readDocx } from './docx.js';
import { kindOf, readText } from './kind.js';
import { openReader, readPdf } from './pdf.js';
import { hasWords, lengthOf, tidy } from './text.js';
import { BYTES_LIMIT, CHARACTERS_LIMIT, TIME_LIMIT_MS, Trouble } from './trouble.js';

// What is taken away afterwards (signs that nobody sees, spaces at the ends of lines) may be as much again.
const RAW_LIMIT = 2 * CHARACTERS_LIMIT;

const READERS = {
  text: async (bytes) => readText(bytes),
  zip: readDocx,
  pdf: readPdf,
  'old-word': async () => Promise.reject(new Trouble('old_word')),
  other: async () => Promise.reject(new Trouble('no_resume')),
};

/** Whichever comes first: it is too late, or nobody wants it any more. */
function clock(signal, milliseconds) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Trouble('too_slow')), milliseconds);
  return { signal: AbortSignal.any([late.signal, signal]), stop: () => clearTimeout(timer) };
}

/**
 * The text of a file, or a Trouble that says why there is none.
 * @param {File} file
 * @param {{ signal: AbortSignal, onPage?: (number: number, of: number) => void, limitMs?: number }} how
 */
export async function takeText(file, { signal, onPage = () => {}, limitMs = TIME_LIMIT_MS }) {
  if (file.size > BYTES_LIMIT) throw new Trouble('too_large', { bytes: file.size });
  if (file.size === 0) throw new Trouble('empty_file');
  const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => Promise.reject(new Trouble('unreadable')));
  const kind = kindOf(bytes);
  const reader = kind === 'pdf' ? await openReader(signal) : null;
  const time = clock(signal, limitMs);
  try {
    const text = tidy(await READERS[kind](bytes, { most: RAW_LIMIT, signal: time.signal, onPage, reader }));
    if (!hasWords(text)) throw new Trouble(kind === 'pdf' ? 'scanned' : 'empty');
    if (lengthOf(text) > CHARACTERS_LIMIT) throw new Trouble('too_long', { length: lengthOf(text) });
    return text;
  } finally {
    time.stop();
  }
}
