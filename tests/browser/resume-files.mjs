// Resumes as people have them, and as nobody should: PDFs and ZIPs made byte by byte.

import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

export const LINES = [
  'Robin Example', 'Product manager', 'Northwind, 2021 to 2026: led the move of three clinics to a new booking system.',
  'Contoso, 2018 to 2021: ran the release of the payments page.', 'Skills: planning, SQL, talking with people',
];
export const JAPANESE = '予約の仕組みを三つの診療所に導入しました';
const latin = (text) => Buffer.from(text, 'latin1');

/** Bodies of objects 1, 2, 3 and so on, put together with the table that says where each begins. */
function pdf(bodies, trailer = '') {
  const parts = [latin('%PDF-1.7\n')];
  const starts = [];
  let at = parts[0].length;
  const put = (bytes) => {
    parts.push(bytes);
    at += bytes.length;
  };
  bodies.forEach((body, i) => {
    starts.push(at);
    put(Buffer.concat([latin(`${i + 1} 0 obj\n`), Buffer.isBuffer(body) ? body : latin(body), latin('\nendobj\n')]));
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = bodies.length + 1;
  put(latin(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(parts);
}

const stream = (bytes, more = '') => Buffer.concat([latin(`<< /Length ${bytes.length} ${more}>>\nstream\n`), bytes, latin('\nendstream')]);
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const typed = (lines, leading = 16) => latin(`BT /F1 12 Tf 72 720 Td ${leading} TL ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`);

/** Object 1 is the catalogue, 2 the pages, 3 the font, then a page and its content in turn. */
function pages(contents, resources = '/Font << /F1 3 0 R >>', third = FONT) {
  const kids = contents.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  const bodies = contents.flatMap((content, i) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${resources} >> /Contents ${5 + 2 * i} 0 R >>`, content,
  ]);
  return ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`, third, ...bodies];
}

export const goodPdf = () => pdf(pages([stream(typed(LINES.slice(0, 3))), stream(typed(LINES.slice(3)))]));
export const longPdf = (count) =>
  pdf(pages(Array.from({ length: count }, (_, i) => stream(typed([`Page ${i + 1} of a very long life.`])))));
/** Cut off in the middle of its first object. */
export const brokenPdf = () => goodPdf().subarray(0, 30);
/** More text than anybody reads, packed into little; all of it on the page, for what lies beside it is not read. */
export const floodPdf = () => {
  const packed = deflateSync(typed(Array(20_000).fill('The same line, again and again and again.'), 0.03));
  return pdf(pages([stream(packed, '/Filter /FlateDecode ')]));
};
/** A content of so many megabytes of nothing. */
export const hollowPdf = (megabytes) =>
  pdf(pages([stream(deflateSync(Buffer.alloc(megabytes << 20, ' ')), '/Filter /FlateDecode ')]));

/** In a font that brings no letters and no table of them: only the name of the table, as programs in Japan write it. */
export const japanesePdf = () => {
  const font = `<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UCS2-H /DescendantFonts [<<
    /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>
    /FontDescriptor << /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0
    /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>`;
  const codes = Buffer.from(JAPANESE, 'utf16le').swap16().toString('hex');
  return pdf(pages([stream(latin(`BT /F1 12 Tf 72 720 Td <${codes}> Tj ET`))], '/Font << /F1 3 0 R >>', font));
};

/** One picture and no letter. */
export const scannedPdf = () => {
  const picture = stream(Buffer.alloc(64, 200),
    '/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 ');
  return pdf(pages([stream(latin('q 500 0 0 700 40 60 cm /Im1 Do Q'))], '/XObject << /Im1 3 0 R >>', picture));
};

const PAD = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const md5 = (...parts) => createHash('md5').update(Buffer.concat(parts)).digest();
const padded = (password) => Buffer.concat([latin(password), PAD]).subarray(0, 32);

function rc4(key, bytes) {
  const box = Array.from({ length: 256 }, (_, i) => i);
  const swap = (a, b) => { [box[a], box[b]] = [box[b], box[a]]; };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + box[i] + key[i % key.length]) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(bytes.map((byte) => {
    i = (i + 1) & 255;
    j = (j + box[i]) & 255;
    swap(i, j);
    return byte ^ box[(box[i] + box[j]) & 255];
  }));
}

/** The oldest of the format's ways: RC4 with 40 bits, revision 2 of the standard handler. */
export function lockedPdf(password = 'secret') {
  const id = Buffer.alloc(16, 7);
  const rights = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(password));
  const key = md5(padded(password), owner, rights, id).subarray(0, 5);
  const number = 5; // of the content's object
  const own = md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, 10);
  const bodies = [...pages([stream(rc4(own, typed(LINES)))]),
    `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${owner.toString('hex')}> /U <${rc4(key, PAD).toString('hex')}> >>`];
  return pdf(bodies, `/Encrypt ${bodies.length} 0 R /ID [<${id.toString('hex')}> <${id.toString('hex')}>] `);
}

/** `told` is the size that the list claims; without it the true one. `flags` and `method` may lie as well. */
export function zip(files) {
  const locals = [];
  const list = [];
  let at = 0;
  for (const { name, bytes, told = bytes.length, flags = 0, method = 8, packed = deflateRawSync(bytes) } of files) {
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    [[20, 0], [flags, 2], [method, 4], [title.length, 22]].forEach(([value, to]) => common.writeUInt16LE(value, to));
    [[crc32(bytes), 10], [packed.length, 14], [told, 18]].forEach(([value, to]) => common.writeUInt32LE(value, to));
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    locals.push(latin('PK\x03\x04'), common, title, packed);
    list.push(latin('PK\x01\x02\x14\x00'), common, place, title);
    at += 30 + title.length + packed.length;
  }
  const catalogue = Buffer.concat(list);
  const end = Buffer.alloc(18);
  [[files.length, 4], [files.length, 6]].forEach(([value, to]) => end.writeUInt16LE(value, to));
  [[catalogue.length, 8], [at, 12]].forEach(([value, to]) => end.writeUInt32LE(value, to));
  return Buffer.concat([...locals, catalogue, latin('PK\x05\x06'), end]);
}

const paragraph = (line) =>
  `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`;
export const documentXml = (body) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
const TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

export const docxOf = (xml, more = {}) => zip([
  { name: '[Content_Types].xml', bytes: Buffer.from(TYPES) },
  { name: 'word/document.xml', bytes: Buffer.from(xml), ...more },
]);
export const goodDocx = () => docxOf(documentXml(LINES.map(paragraph).join('')));
export const otherZip = () => zip([{ name: 'holiday.txt', bytes: Buffer.from('Nothing of a resume is in here.') }]);
/** 200 MB of zeros, as the list says, or behind a list that says little. */
export const bombDocx = ({ told } = {}) => docxOf(Buffer.alloc(200 << 20), told === undefined ? {} : { told });
