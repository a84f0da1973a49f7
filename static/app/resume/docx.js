/** The text of a Word document: its paragraphs, line by line, without what only says how it looks. */
import { Trouble } from './trouble.js';
import { entriesOf, unpack } from './zip.js';

const DOCUMENT = 'word/document.xml';
const XML_LIMIT = 20 * 1024 * 1024;

const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
// What it is like, what was deleted, and the copy of a text box for old readers.
const SKIPPED = ['pPr', 'rPr', 'sectPr', 'tblPr', 'trPr', 'tcPr', 'del', 'moveFrom', 'instrText', 'Fallback'];
const TEXT = 't';
const SPACES = { tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' };
const ENDS = { p: '\n', tr: '\n' };

function entity(name) {
  if (!name.startsWith('#')) return ENTITIES[name] ?? '';
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

const plain = (text) => text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{1,6});/gi, (_, name) => entity(name));

/** `<w:tab w:val="x"/>` as its local name, and whether it opens, closes or does both. */
function tagOf(text) {
  const closes = text.startsWith('/');
  const [name] = text.slice(closes ? 1 : 0).split(/[\s/]/, 1);
  return { name: name.slice(name.indexOf(':') + 1), closes, alone: text.endsWith('/') };
}

/** The pieces between angle brackets and around them, without a parser: what Word writes is regular. */
export function textOfXml(xml, most) {
  let text = '';
  let inText = false;
  let depth = 0; // within something that is skipped
  for (let at = 0, open = xml.indexOf('<'); ; open = xml.indexOf('<', at)) {
    if (inText) text += plain(xml.slice(at, open < 0 ? xml.length : open));
    if (open < 0) return text;
    const close = xml.indexOf('>', open);
    if (close < 0) throw new Trouble('broken');
    if (text.length > most) throw new Trouble('too_long');
    at = close + 1;
    const { name, closes, alone } = tagOf(xml.slice(open + 1, close));
    if (depth > 0 || SKIPPED.includes(name)) depth += alone ? 0 : closes ? -1 : 1;
    else if (name === TEXT) inText = !closes && !alone;
    else text += (closes ? ENDS : SPACES)[name] ?? '';
  }
}

/** @param {Uint8Array} bytes @param {{ most: number, signal: AbortSignal }} limits */
export async function readDocx(bytes, { most, signal }) {
  const entries = entriesOf(bytes);
  const entry = entries.get(DOCUMENT);
  if (!entry) throw new Trouble('no_resume'); // some other ZIP
  const xml = await unpack(bytes, entry, { most: XML_LIMIT, signal });
  try {
    return textOfXml(new TextDecoder('utf-8', { fatal: true }).decode(xml), most);
  } catch (error) {
    throw error instanceof TypeError ? new Trouble('broken') : error;
  }
}
