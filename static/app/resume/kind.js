/** What a file is, by its first bytes: its name and the browser's guess may say anything. */
import { Trouble } from './trouble.js';

const MAGIC = [
  ['zip', 'PK\x03\x04'],
  ['old-word', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], // also what a DOCX with a password is wrapped in
  ['other', 'PK\x05\x06'],
  ['other', '{\\rtf'],
  ['other', '%!PS'],
  ['other', '<!DOCTYPE'],
  ['other', '<html'],
];

/** Where readers look for the mark of a PDF: some printers write a word of their own before it. */
const PDF_WITHIN = 1024;

const isPdf = (bytes) => new TextDecoder('latin1').decode(bytes.subarray(0, PDF_WITHIN)).includes('%PDF-');

const begins = (bytes, magic) => [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** pdf, zip, old-word, other; text where nothing else is known. */
export const kindOf = (bytes) => (isPdf(bytes) ? 'pdf' : MAGIC.find(([, magic]) => begins(bytes, magic))?.[0] ?? 'text');

/** Strictly UTF-8: a guess would put wrong letters into names. A zero byte is in no text. */
export function readText(bytes) {
  if (bytes.includes(0)) throw new Trouble('no_resume');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Trouble('not_utf8');
  }
}
