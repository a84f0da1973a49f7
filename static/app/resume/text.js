/** A resume's text as it is kept: tidied, counted as the server counts, and never longer than it takes. */
import { CHARACTERS_LIMIT, Trouble } from './trouble.js';

const LEAST_LETTERS = 20; // fewer are page numbers on pictures, not a resume

// Controls, halves of characters, signs of private fonts (bullets, mostly), and what is there but cannot be seen.
const UNSEEN = /[^\P{Cc}\t]|[\p{Cs}\p{Co}\u00ad\u200b\u2060\ufeff]/gu;
const SPACE = /[\u00a0\u2000-\u200a\u202f\u3000]/g;

/** Lines end without spaces, and never are more than one of them empty in a row. */
export function tidy(text) {
  const lines = text.normalize('NFC').replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').split('\n');
  const clean = lines.map((line) => line.replace(SPACE, ' ').replace(UNSEEN, '').trimEnd());
  return clean.filter((line, i) => line !== '' || (i > 0 && clean[i - 1] !== '')).join('\n').trim();
}

/** Characters as the server counts them: one for each code point. */
export const lengthOf = (text) => [...text.normalize('NFC')].length;

export const hasWords = (text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= LEAST_LETTERS;

/** What keeps it from being sent, or null. */
export function faultOf(text) {
  if (!hasWords(text)) return new Trouble('empty');
  const length = lengthOf(text.trim());
  return length > CHARACTERS_LIMIT ? new Trouble('too_long', { length }) : null;
}

export function counterText(text) {
  const length = lengthOf(text.trim());
  const over = length - CHARACTERS_LIMIT;
  return over > 0
    ? `${over.toLocaleString('en')} characters too many`
    : `${length.toLocaleString('en')} of ${CHARACTERS_LIMIT.toLocaleString('en')} characters`;
}
