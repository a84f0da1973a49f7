/** Where a quotation stands in a line. Case, spaces and the kind of quotation marks make no difference, as for the server. */

const CLUSTER = /\P{M}\p{M}*/gsu; // a character with the accents that stand on it
const LEVEL = [[/[\u2018-\u201f\u2039\u203a\u00ab\u00bb`\u00b4"]/gu, "'"], [/[\u2010-\u2015\u2212]/gu, '-'], [/\s+/gu, ' ']];

const level = (text) => LEVEL.reduce((done, [what, by]) => done.replace(what, by), text.normalize('NFKC').toLowerCase());

/** The levelled text, and for each unit of it where it came from: from and to. */
function levelled(text) {
  let plain = '';
  const places = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const told = level(cluster);
    const repeats = told === ' ' && (plain === '' || plain.endsWith(' '));
    if (repeats) continue;
    plain += told;
    for (let i = 0; i < told.length; i += 1) places.push([index, index + cluster.length]);
  }
  return { plain, places };
}

/**
 * @param {string} text
 * @param {string} quote
 * @returns {{ from: number, to: number } | null} places in `text`
 */
export function findWords(text, quote) {
  const wanted = levelled(quote).plain.trim();
  const { plain, places } = levelled(text);
  const at = wanted ? plain.indexOf(wanted) : -1;
  if (at < 0) return null;
  return { from: places[at][0], to: places[at + wanted.length - 1][1] };
}

/** The line of a quotation, if it is there to be shown. */
export const lineOf = (lines, number) => (lines ?? []).find((line) => line.number === number) ?? null;
