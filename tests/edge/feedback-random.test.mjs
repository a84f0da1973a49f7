// Random talks in each language, and a model that quotes them well, carelessly, wrongly, or from somebody else: what it
// says is checked here by words alone, apart from how the product does it. QUOTES_SEED says which course.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chances } from './chances.mjs';
import { GENERAL, answer, checkReport, ended, houseOfTold, markOf, quotesOf, standing, told } from './feedback.mjs';
import { until } from './until.mjs';

const SEED = Number(process.env.QUOTES_SEED ?? Date.now() % 1e6);
const TALKS = 60;
const LANES = 6;
/** Is taken out before a model reads it, and stands again in what is shown. */
const NAME = 'Quillon Verbrugge';
const SEEN = '[name]';

const WORDS = {
  en: `queue measured limit because support release "on time" team's plan records restored wrote customers decided ten night tests shorter
    database index faster moved cause service colleagues described first then showed twice`,
  de: `Warteschlange gemessen Grenze weil Betrieb Auslieferung „pünktlich“ Plan Datensätze wiederhergestellt schrieb Kunden entschied zehn
    nachts Prüfungen kürzer Größe schneller zog Ursache Dienst beschrieb zuerst danach zeigte zweimal`,
  es: `cola medí límite porque soporte entrega «a tiempo» plan registros restauré escribí clientes decidí diez noche pruebas cortas índice
    rápido causa servicio compañeros describí primero después mostré año dos veces`,
  fr: `file mesuré limite parce support livraison «_à temps_» plan données restauré écrit clients décidé dix nuit essais courts l'index
    rapide cause service collègues décrit d'abord ensuite montré été deux fois`,
};
// A mark that stands apart is of its word: five pieces are five words at least.
const wordsOf = (language) => WORDS[language].split(/\s+/).map((word) => word.replace('_', ' '));
const SIGNS = ['', '', '', '', ',', ',', '.', ';', ' –', '…', '?', ':'];

const level = (text) => text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
const holds = (line, quote) => ` ${level(line).join(' ')} `.includes(` ${level(quote).join(' ')} `);
const seen = (text) => text.replaceAll(NAME, SEEN);
const unseen = (text) => text.replaceAll(/\[name\]/gi, NAME);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A talk: pieces of lines, the interviewer's first. A piece is a word with the sign behind it. */
function talkOf(chance, language) {
  const words = wordsOf(language);
  // Two names in a row are one.
  const piece = (_, n) => (n % 2 === 0 && chance.below(12) === 0 ? NAME : chance.of(words)) + chance.of(SIGNS);
  const line = () => Array.from({ length: chance.between(6, 20) }, piece);
  return Array.from({ length: 2 * chance.between(2, 5) }, line);
}

const textOf = (pieces) => capital(pieces.join(' '));

function cutOf(chance, pieces, least = 5) {
  const from = chance.below(pieces.length - least + 1);
  return pieces.slice(from, from + chance.between(least, pieces.length - from));
}

/** In other capitals, with other marks and spaces, and with dots for what was left out. */
function dressed(chance, text) {
  // A letter that is two in capitals would not be the same again.
  const upper = [...text].map((c) => (c.toUpperCase().length === c.length ? c.toUpperCase() : c)).join('');
  const cased = chance.of([text, upper, text.toLowerCase()]);
  const spaced = cased.replaceAll(' ', () => chance.of([' ', '  ', '\u00a0', '\n']));
  const marked = chance.of([spaced, spaced.replaceAll("'", '’'), spaced.normalize('NFD')]);
  return chance.of([marked, `“${marked}”`, `„${marked}“`, `... ${marked}…`, `"${marked}" `]);
}

/** Ways to quote, and whether it stands for what was said. */
const KINDS = {
  true: (chance, { own }) => textless(cutOf(chance, chance.of(own).pieces)),
  dressed: (chance, { own }) => dressed(chance, textless(cutOf(chance, chance.of(own).pieces))),
  changed: (chance, { own, words }) => {
    const pieces = [...cutOf(chance, chance.of(own).pieces)];
    pieces[chance.below(pieces.length)] = chance.of(words);
    return textless(pieces);
  },
  shortened: (chance, { own }) => {
    const pieces = cutOf(chance, chance.of(own).pieces, 6);
    return textless(pieces.toSpliced(chance.between(1, pieces.length - 2), 1));
  },
  glued: (chance, { own }) => textless([...chance.of(own).pieces.slice(-3), ...chance.of(own).pieces.slice(0, 4)]),
  bitten: (chance, { own }) => textless(cutOf(chance, chance.of(own).pieces)).slice(1, -1),
  foreign: (chance, { theirs }) => textless(cutOf(chance, chance.of(theirs).pieces)),
  tiny: (chance, { own }) => textless(cutOf(chance, chance.of(own).pieces).slice(0, 2)),
};
const textless = (pieces) => seen(pieces.join(' '));

function quoteOf(chance, talk) {
  const kind = chance.of(Object.keys(KINDS));
  return { kind, line: chance.below(talk.lines.length), quote: KINDS[kind](chance, talk) };
}

function plan(number) {
  const chance = chances(SEED * 1000 + number);
  const language = Object.keys(WORDS)[number % 4];
  const lines = talkOf(chance, language).map((pieces, n) => ({ pieces, text: textOf(pieces), own: n % 2 === 1 }));
  const talk = { lines, own: lines.filter(({ own }) => own), theirs: lines.filter(({ own }) => !own), words: wordsOf(language) };
  const given = GENERAL.map(() => Array.from({ length: chance.between(1, 3) }, () => quoteOf(chance, talk)));
  const remarks = (text) => Array.from({ length: 3 }, (_, n) => ({ text: `${text} ${n}`, ...quoteOf(chance, talk) }));
  const more = { strengths: remarks('S'), improvements: remarks('I'), next_step: remarks('N')[0] };
  return { number, language, lines, given, more, output: answer(GENERAL, given, more) };
}

async function judged(house, { number, language, lines, output }) {
  const who = await house.person(`guest${number}x`, { name: NAME });
  house.sim.openaiNext({ next: [{ containing: markOf(number), output }] });
  return ended(await told(who, lines.map(({ text }) => text), { language, jobDescription: markOf(number) }));
}

/** True of one quotation: shown only if the person said these words in one line; shown if they were quoted with care. */
function checkGiven({ kind, quote }, quotes, lines) {
  const whole = unseen(quote);
  const said = lines.some(({ text, own }) => own && holds(text, whole));
  const shown = quotes.some(({ text }) => level(text).join(' ') === level(whole).join(' '));
  const what = `${kind}: ${JSON.stringify(quote)}`;
  if (!said) assert.ok(!shown, `it was never said: ${what}`);
  if (kind === 'true' || kind === 'dressed') assert.ok(shown, `it was said: ${what}`);
  const isLong = [...quote.normalize('NFKC')].length >= 20 || level(quote).length >= 4; // d'abord is two words
  if (kind === 'tiny') assert.ok(!shown || isLong, `too short: ${what}`);
}

function checkPlan({ number, lines, given, more }, report, transcript) {
  assert.deepEqual(transcript.map(({ text }) => text), lines.map(({ text }) => text), `talk ${number}`);
  checkReport(report, transcript);
  for (const [n, { grade, reason, quotes }] of report.scores.entries()) {
    for (const one of given[n]) checkGiven(one, quotes, lines);
    if (given[n].every(({ kind }) => kind === 'foreign') && grade === null) assert.equal(reason, 'not_yours');
  }
  for (const kind of ['strengths', 'improvements']) {
    for (const remark of more[kind]) {
      checkGiven(remark, report[kind].filter(({ text }) => text === remark.text).map(({ quote }) => quote), lines);
    }
  }
}

test(`${TALKS} random talks (QUOTES_SEED=${SEED})`, { timeout: 120_000 }, async (t) => {
  const house = await houseOfTold();
  const plans = Array.from({ length: TALKS }, (_, number) => plan(number));
  const talks = [];
  await Promise.all(Array.from({ length: LANES }, async (_, lane) => {
    for (const one of plans.filter(({ number }) => number % LANES === lane)) talks[one.number] = await judged(house, one);
  }));
  const scored = async () => (await house.d1("select count(*) as n from feedback where state = 'scored'"))[0].n;
  await until(async () => (await scored()) === TALKS, 'all are judged', 60_000);
  let shown = 0;
  for (const one of plans) {
    const { report } = await standing(talks[one.number]);
    shown += quotesOf(report).length;
    checkPlan(one, report, (await talks[one.number].lines()).lines);
  }
  t.diagnostic(`QUOTES_SEED=${SEED}: ${shown} quotations shown`);
  assert.ok(shown > TALKS);
});
