// The text of a PDF, as far as it stands in it plainly: strings that are shown, in streams raw or deflated. A scan has none.

import { inflateSync } from 'node:zlib';

const STREAM = />>\s{0,9}stream\r?\n/g;
const END = 'endstream';
const HEAD_MOST = 1000; // characters before a stream in which its filter is named
const SHOWN = /\((?:\\[^]|[^()\\]|\((?:\\[^]|[^()\\])*\))*\)|\bT\*|\b(?:Tj|TJ|Td|TD|Tm|ET)\b|['"]/g;
const STRING = /^\(([^]*)\)$/;
const ESCAPED = /\\(?:([0-7]{1,3})|(\r\n?|\n)|([^]))/g;
const LETTERS = { n: '\n', r: '\r', t: '\t', b: '', f: '' };
const PLAIN = 0.9; // of the characters, or it is a font's own numbering and no text

/** What somebody reads who is given the scan of this: nobody looks at the picture. */
export const SCANNED = [
  'Scanned resume of a simulated person', 'Robin Sample, robin.sample@example.test', '',
  'Skills', 'Customer support, SQL, Python, technical writing', '',
  'Experience', 'Support engineer at Example Post, 2019 - 2024', 'Answered hard cases and removed their causes.',
  'Library assistant at Example Town Library, 2016 - 2019', 'Moved the catalogue to a new system.', '',
  'Education', 'Bachelor of Information Science, Example University, 2013 - 2016', '',
].join('\n');

export const isPdf = (bytes) => bytes.subarray(0, 1024).includes('%PDF-');
export const isEncrypted = (bytes) => /\/Encrypt\s*(<<|\d+\s+\d+\s+R)/.test(bytes.toString('latin1'));
export const pagesOf = (bytes) => Math.max(1, (bytes.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length);

/** The text, or the scan's where there is none. */
export function textOf(bytes) {
  const pieces = streamsOf(bytes.toString('latin1')).map(({ head, body }) => shownIn(contentOf(head, body)));
  const text = pieces.filter(Boolean).join('\n').replace(/[ \t]+\n/g, '\n').trim();
  const plain = text.match(/[\p{L}\p{N}\p{P}\p{Zs}\n\t+@$€<>|^~=]/gu)?.length ?? 0;
  return text !== '' && plain >= text.length * PLAIN ? text : SCANNED;
}

/** What stands in each stream, and what is told of it before. */
function streamsOf(file) {
  const streams = [];
  let end = 0;
  for (const { index, 0: start } of file.matchAll(STREAM)) {
    if (index < end) continue;
    const from = index + start.length;
    const before = file.slice(Math.max(end, index - HEAD_MOST), index);
    end = file.indexOf(END, from);
    if (end === -1) break;
    streams.push({ head: before.slice(before.lastIndexOf(' obj') + 1), body: file.slice(from, end) });
  }
  return streams;
}

function contentOf(head, body) {
  if (!/\/FlateDecode/.test(head)) return /\/Filter/.test(head) ? '' : body;
  try {
    return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
}

/** Strings wait for the operator that shows them; one that moves the pen begins a new line. */
function shownIn(content) {
  let text = '';
  let strings = [];
  for (const [token] of content.matchAll(SHOWN)) {
    const string = STRING.exec(token)?.[1];
    if (string !== undefined) strings.push(unescaped(string));
    else {
      if (!/^T[jJ]$/.test(token) && text !== '' && !text.endsWith('\n')) text += '\n';
      text += strings.join('');
      strings = [];
    }
  }
  return text.trim();
}

function unescaped(string) {
  return string.replace(ESCAPED, (all, octal, end, letter) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    return end ? '' : LETTERS[letter] ?? letter;
  });
}
