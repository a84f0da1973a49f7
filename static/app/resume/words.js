/** What the page says of a file: why it could not be taken, why it was not kept, and how large it is. */
import { isUnsure } from '../api.js';
import { BYTES_LIMIT, CHARACTERS_LIMIT, PAGES_LIMIT } from './trouble.js';

const MEGABYTE = 1024 * 1024;
const PASTE = 'Or paste the text.';
const MOST = `${CHARACTERS_LIMIT.toLocaleString('en')} characters`;

export function bytesText(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < MEGABYTE ? `${Math.round(bytes / 1024)} KB` : `${Math.round((bytes / MEGABYTE) * 10) / 10} MB`;
}

export const TYPES = { pdf: 'PDF', docx: 'Word', text: 'Text' };

const NO_RESUME = ['This is not a type of file that holds a resume.', `Choose a PDF, a Word file (.docx) or a text file (.txt). ${PASTE}`];
const EMPTY = ['There are too few words in it to be a resume.', `Choose another file. ${PASTE}`];
const LOCKED = ['This PDF is locked with a password.', 'Save a copy without one, or paste the text.'];
const TOO_LONG = [`There are more than ${MOST} in it.`, 'Choose a shorter one, or paste the part that matters.'];
const TOO_LARGE = `${bytesText(BYTES_LIMIT)} are taken at most. Pictures make files large: save it without them, or paste the text.`;

const WORDS = {
  locked: () => LOCKED,
  locked_word: () => ['This Word file is locked with a password.', 'Save a copy without one, or paste the text.'],
  old_word: () => ['This is a Word file of the old kind (.doc), or one with a password.', `Save it as .docx or as PDF. ${PASTE}`],
  scanned: (_, convert) => ['This PDF holds pictures of pages, and no text.',
    `It was scanned, most likely. Paste the text${convert ? ', or let somebody else read the pictures' : ' instead'}.`],
  broken: () => ['This file is damaged: it ends too soon or contradicts itself.', `Save it once more from where it was made. ${PASTE}`],
  too_much: () => ['There is too much inside this file.',
    `It unpacks into far more than a resume, so it was given up. Choose another. ${PASTE}`],
  too_many_pages: ({ pages }) => [`This PDF has ${pages} pages, and ${PAGES_LIMIT} are read at most.`,
    `Save the pages that matter as a file of their own. ${PASTE}`],
  too_long: () => TOO_LONG,
  too_large: ({ bytes }) => [`This file has ${bytesText(bytes)}.`, TOO_LARGE],
  too_slow: () => ['Reading this file took too long.', `It was given up after 20 seconds. Save it once more as a simpler PDF. ${PASTE}`],
  empty_file: () => ['This file is empty.', `Choose another. ${PASTE}`],
  empty: () => EMPTY,
  not_utf8: () => ['This text file is not written in UTF-8.', `Save it with that encoding. ${PASTE}`],
  no_resume: () => NO_RESUME,
  unreadable: () => ['Your browser could not open this file.', `It may have been moved or deleted. Choose it again. ${PASTE}`],
  not_loaded: () => ['The reader of PDFs did not load.', `Check your connection and choose the file again. ${PASTE}`],
  several: () => ['That was more than one file.', 'Choose the one that is your resume.'],
};

/**
 * What happened, and what to do; `convert` is whether somebody else could read a scanned file.
 * @param {{ code: string, details?: any }} trouble
 */
export function troubleWords({ code, details = {} }, convert = false) {
  const [happened, next] = (WORDS[code] ?? WORDS.broken)(details, convert);
  return { happened, next };
}

/** The server looked at what the browser sent, and does not take it. */
const REFUSED = {
  empty: EMPTY,
  too_long: TOO_LONG,
  encrypted: LOCKED,
  mismatch: ['The name of this file promises another kind than what is in it.', `Choose the file once more. ${PASTE}`],
  not_converted: ['PDF.co could not read this file either.', 'Paste the text instead.'],
};

const refused = (code, { reason }) => {
  if (code === 'too_large') return ['This file is too large.', TOO_LARGE];
  if (code === 'unsupported_media_type') return NO_RESUME;
  return code === 'unprocessable' ? REFUSED[reason] : null;
};

/**
 * Words for a refusal that is about the file, else null: then it is a failure like any other.
 * @param {{ code: string, details?: any }} error
 */
export function refusalWords({ code, details = {} }) {
  const words = refused(code, details);
  return words ? { happened: words[0], next: words[1] } : null;
}

/** What a failed saving means for what was kept before. */
export const savingMeans = (error) => (isUnsure(error)
  ? 'We cannot tell yet whether it was kept. Keep it again: twice does no harm.'
  : 'Nothing was kept, and nothing has changed.');

export const deletingMeans = (error) => (isUnsure(error)
  ? 'We cannot tell yet whether it is deleted. Delete it again: twice does no harm.'
  : 'It is still kept.');
