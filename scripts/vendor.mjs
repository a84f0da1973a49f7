// Makes static/vendor/: Lit as one file, the fonts, the reader of PDFs, and their licences. Skipped while nothing has changed.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, main, root } from './lib/run.mjs';
import { say } from './lib/say.mjs';

const target = join(root, 'static', 'vendor');
const packages = join(root, 'node_modules');
const list = join(target, 'versions.txt');

const LIT = "export { LitElement, html, nothing, render, svg } from 'lit';";
const LIT_PACKAGES = ['lit', 'lit-element', 'lit-html', '@lit/reactive-element'];

const sans = '@fontsource-variable/source-sans-3';
const serif = '@fontsource-variable/source-serif-4';
const pdf = 'pdfjs-dist';
const COPIES = [
  ['lit/LICENSE', 'lit.LICENSE.txt'],
  [`${sans}/LICENSE`, 'source-sans-3.LICENSE.txt'],
  [`${sans}/files/source-sans-3-latin-wght-normal.woff2`, 'source-sans-3-latin.woff2'],
  [`${sans}/files/source-sans-3-latin-ext-wght-normal.woff2`, 'source-sans-3-latin-ext.woff2'],
  [`${serif}/LICENSE`, 'source-serif-4.LICENSE.txt'],
  [`${serif}/files/source-serif-4-latin-wght-normal.woff2`, 'source-serif-4-latin.woff2'],
  [`${serif}/files/source-serif-4-latin-ext-wght-normal.woff2`, 'source-serif-4-latin-ext.woff2'],
  [`${pdf}/LICENSE`, 'pdf.LICENSE.txt'],
  // The build for browsers that are not of this year. Only the resume's screen loads it.
  [`${pdf}/legacy/build/pdf.min.mjs`, 'pdf.js'],
  [`${pdf}/legacy/build/pdf.worker.min.mjs`, 'pdf.worker.js'],
];
/** Tables of letters, fetched one by one by who needs them. */
const TABLES = [`${pdf}/cmaps`, 'cmaps'];

/** What the folder was made from: the versions of the packages, and this recipe. */
function recipe() {
  const versions = [...LIT_PACKAGES, sans, serif, pdf].map((name) => {
    const { version } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  const own = createHash('sha256').update(readFileSync(new URL(import.meta.url))).digest('hex').slice(0, 16);
  return [...versions, `recipe ${own}`, ''].join('\n');
}

function isFresh(wanted) {
  const made = [...[...COPIES, TABLES].map(([, name]) => name), 'lit.js'];
  return existsSync(list) && readFileSync(list, 'utf8') === wanted && made.every((name) => existsSync(join(target, name)));
}

export async function vendor() {
  const wanted = recipe();
  if (isFresh(wanted)) return;
  const { build } = await import('esbuild');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [from, to] of COPIES) copyFileSync(join(packages, from), join(target, to));
  cpSync(join(packages, TABLES[0]), join(target, TABLES[1]), { recursive: true });
  await build({
    stdin: { contents: LIT, resolveDir: root },
    outfile: join(target, 'lit.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'inline',
    logLevel: 'error',
  });
  writeFileSync(list, wanted); // last: a folder half made is made again
  say('Made static/vendor: Lit, the fonts and the reader of PDFs.');
}

if (isMain(import.meta.url)) await main(vendor);
