// The ledger after the fire: what each client was told, what the services saw, and what the books say, joined. Whatever does
// not fit is lost: an operation without an end in time, a call that goes on, a hold that is open, a sum that is wrong,
// something that was acknowledged and is not there.

import assert from 'node:assert/strict';

import { checkBook, checkCopy } from '../edge/truths.mjs';
import { inLanes } from './lanes.mjs';
import { hasTable } from './rest.mjs';

const LANES = 16;
const NO_CHARGE = ['no_media_path', 'no_output']; // whatever was heard
const PACKS = { pack3: 3000, pack5: 5000 };
const SHOWN = 5;
const MOST_FAULTS = 20;

/** Gives what was tried, what became of it, and everything that is lost, each with its evidence. */
export async function joined({ house, told, people }) {
  const world = { ...(await gathered(house)), told: Map.groupBy(told.entries, ({ session }) => session) };
  const lost = told.entries.filter(({ end }) => end === 'lost').map((entry) => loss(entry.why, entry, { faults: around(house, entry) }));
  const books = await inLanes(people.people, LANES, (person) => bookOf(house, person));
  for (const book of books.filter(Boolean)) {
    lost.push(...book.wrong, ...checkHolds(book, world), ...checkPayments(book, world));
    for (const talk of book.person.interviews) lost.push(...checkTold(talk, book, world));
  }
  lost.push(...checkCalls(world, people));
  const count = (end) => told.entries.filter((entry) => entry.end === end).length;
  return {
    tried: told.entries.length, done: count('done'), refused: count('refused'), unknown: count('unknown'), lost,
    interviews: world.rows.size, calls: world.calls.length,
  };
}

const loss = (what, about, evidence = {}) => ({ what, ...about, evidence });

/** What the proxies did to connections that were made meanwhile. */
function around({ proxies }, { from, ms }) {
  const [first, last] = [from, from + ms].map((at) => performance.timeOrigin + at);
  const all = Object.values(proxies).flatMap(({ log }) => log);
  return all.filter(({ at, fault }) => at >= first && at <= last && fault !== 'pass').slice(0, MOST_FAULTS).map(({ bytes, ...one }) => one);
}

/** What all people share: the calls of the simulator, the rows of D1. */
async function gathered(house) {
  const calls = house.sim.openaiCalls();
  const rows = new Map((await house.d1('select id, person, ending, charged, relayed, cost from sessions')).map((row) => [row.id, row]));
  const lines = new Map();
  for (const { session, item, text, source } of await house.d1('select session, item, text, source from transcript_lines')) {
    lines.set(session, [...(lines.get(session) ?? []), { item, text, source }]);
  }
  const paid = house.sim.stripe.all('checkout.session').filter(({ payment_status: state }) => state === 'paid');
  return { calls, rows, lines, paid: Map.groupBy(paid, (visit) => visit.client_reference_id) };
}

/** The book itself: sums, order, holds, and its copy in D1. */
async function bookOf(house, person) {
  const { id } = person;
  if (!(await hasTable(house, { owner: id }, 'entries'))) return null;
  const wrong = [];
  const check = (work) => work.catch((error) => {
    wrong.push(loss(`the book: ${error.message}`, { person: id }));
    return null;
  });
  const entries = await check(checkBook(house, id, []));
  if (entries) {
    await check(checkCopy(house, id, entries));
    await check(checkMoney(house, person, entries));
  }
  const kept = await house.rows(id, 'select seq, kind, key, user, held, earned, bought, owed, reference, reason from entries order by seq');
  const holds = await house.rows(id, 'select session, state, amount from holds');
  return { person, wrong, entries: kept, holds };
}

/** The person is told of it what is in it. */
async function checkMoney(house, { token }, entries) {
  const { body } = await house.call('/api/user', { token });
  const { user_after: user, held_after: held } = entries.at(-1);
  assert.deepEqual([body.credits, body.held], [((user + held) / 1000).toFixed(2), '0.00'], 'what they are told');
}

/** Nothing is held; each hold has one end, by which D1 has it that was charged. */
function checkHolds({ person, entries, holds }, { rows }) {
  return holds.flatMap((hold) => {
    const about = { person: person.id, session: hold.session };
    const mine = entries.filter(({ reference }) => reference === hold.session);
    const row = rows.get(hold.session);
    const evidence = { hold, entries: mine, row };
    if (hold.state === 'held' || hold.state === 'begun') return [loss('a hold that is still open', about, evidence)];
    const ends = mine.filter(({ kind }) => kind === 'interview' || kind === 'void');
    if (ends.length !== 1) return [loss(`a hold with ${ends.length} ends`, about, evidence)];
    if (!row) return ends[0].earned === 0 ? [] : [loss('charged, and D1 does not know the interview', about, evidence)];
    return row.charged === ends[0].earned ? [] : [loss('D1 and the book differ on the charge', about, evidence)];
  });
}

/** Who paid has it, once. */
function checkPayments({ person, entries }, world) {
  const paid = world.paid.get(person.id) ?? [];
  const bought = entries.filter(({ kind }) => kind === 'purchase');
  const evidence = { paid: paid.map(({ id }) => id), bought };
  if (paid.length !== bought.length) return [loss(`${paid.length} paid, ${bought.length} in the book`, { person: person.id }, evidence)];
  return bought.filter(({ user, owed }) => !Object.values(PACKS).includes(user + owed))
    .map((entry) => loss('a purchase of another amount', { person: person.id }, { entry }));
}

/** What the page of one interview was told is what is kept. */
function checkTold({ id, who, held, heard, calls }, { holds, entries }, { rows, lines, told }) {
  const about = { person: who.id, session: id };
  const mine = told.get(id) ?? [];
  const row = rows.get(id);
  const evidence = { told: mine, row, entries: entries.filter(({ reference }) => reference === id) };
  const wrong = [];
  const complain = (what, more) => wrong.push(loss(what, about, { ...evidence, ...more }));
  const hold = holds.find(({ session }) => session === id);
  if (!hold) complain('a start that was acknowledged is not in the book');
  else if ((hold.amount / 1000).toFixed(2) !== held) complain(`told that ${held} is held`, { hold });
  const talked = mine.some(({ kind, end }) => ['exchange', 'reconnect'].includes(kind) && end === 'done');
  if (talked && !row) complain('an interview that D1 does not know');
  if (row?.charged > 0 && NO_CHARGE.includes(row.ending)) complain(`charged for ${row.ending}`);
  if (row?.charged > 0 && !talked) complain('charged for a call that nobody was told of');
  if (row?.charged > 0 && !calls().some(({ events }) => events.length > 0)) complain('charged for a call in which nothing happened');
  for (const { ended } of mine.filter((entry) => entry.ended)) {
    if (ended.ending !== row?.ending) complain(`told ${ended.ending}, kept ${row?.ending}`);
    if (ended.charged !== null && ended.charged !== (row?.charged / 1000).toFixed(2)) complain('told another charge');
  }
  const kept = lines.get(id) ?? [];
  for (const { item, text, asked } of mine.filter(({ kind, end }) => kind === 'relay' && end === 'done')) {
    const found = kept.filter((line) => line.item === item);
    if (found.length > 1) complain('a line twice', { found });
    if (asked && found[0]?.text !== text) complain('a line that was acknowledged is gone', { text, found });
  }
  const texts = kept.map(({ text }) => text);
  for (const text of heard) {
    if (texts.filter((one) => one === text).length !== 1) complain('a line that was shown is gone, or twice', { text, texts });
  }
  return wrong;
}

/**
 * No call goes on. One whose name never reached the Room cannot be hung up, but then nobody got its answer either: it is
 * not live, and there is an exchange that was not done.
 */
function checkCalls({ calls, told }, people) {
  const interviews = new Map(); // by the call
  const undone = new Map(); // by the job, which more than one may be about: the exchanges without an answer
  const without = ({ kind, end }) => ['exchange', 'reconnect'].includes(kind) && end !== 'done';
  for (const interview of people.people.flatMap((person) => person.interviews)) {
    const { id: session, job } = interview;
    for (const { id } of interview.calls()) interviews.set(id, interview);
    undone.set(job, (undone.get(job) ?? 0) + (told.get(session) ?? []).filter(without).length);
  }
  return calls.filter(({ state }) => state !== 'ended').flatMap(({ id, state, startedAt }) => {
    const { id: session, job } = interviews.get(id) ?? {};
    const left = undone.get(job) ?? 0;
    undone.set(job, left - 1);
    if (state === 'connecting' && left > 0) return [];
    const evidence = { call: { id, state, startedAt }, told: told.get(session) ?? [] };
    const what = state === 'live' ? 'a call that goes on' : 'a call that was answered, and nobody hung it up';
    return [loss(what, { session }, evidence)];
  });
}

/** The sum as lines; the worst in full where something is lost. */
export function shown({ tried, done, refused, unknown, lost, interviews, calls }) {
  const ends = `${done} done, ${refused} refused with a code, ${unknown} cut off by a restart or their page`;
  const sums = `tried ${tried}, survived ${done + refused + unknown} (${ends}), lost ${lost.length}`;
  const head = `${sums}; ${interviews} interviews in D1, ${calls} calls at OpenAI`;
  const kinds = new Map();
  for (const one of lost) kinds.set(one.what, [...(kinds.get(one.what) ?? []), one]);
  const most = [...kinds].sort(([, a], [, b]) => b.length - a.length);
  return [head, ...most.map(([what, all]) => `  ${all.length} x ${what}`),
    ...most.slice(0, SHOWN).map(([, [first]]) => JSON.stringify(first, null, 1))].join('\n');
}
