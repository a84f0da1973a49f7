// What the clients of a house were told: every operation with what came of it, for the ledger.

import { readFileSync } from 'node:fs';

const CODES = JSON.parse(readFileSync(new URL('../../src/edge/openapi/codes.json', import.meta.url), 'utf8'));

// Milliseconds. What an operation may wait for: Clerk's keys, the Wallet, the Room, D1, Stripe, PDF.co. And what two busy cores
// add to it.
const [KEYS, WALLET, ROOM, D1, STRIPE, PDFCO, SLACK] = [6000, 3000, 5000, 5000, 8000, 20_000, 3000];
const STUB_SLACK = 3000;
const PDFCO_SLOW = 5000; // of its three steps one that is silent is the last
const HUNG_UP_WITHIN = 2000;

const DEADLINES = ({ SDP_TIMEOUT_MS: answer }) => ({
  start: KEYS + WALLET + SLACK,
  exchange: KEYS + Number(answer) + STUB_SLACK + SLACK,
  reconnect: KEYS + HUNG_UP_WITHIN + Number(answer) + STUB_SLACK + SLACK,
  beat: ROOM + SLACK,
  pause: ROOM + SLACK,
  relay: ROOM + SLACK,
  end: ROOM + SLACK,
  read: KEYS + WALLET + ROOM + D1 + SLACK,
  checkout: KEYS + WALLET + 2 * STRIPE + SLACK,
  resume: KEYS + PDFCO + 2 * PDFCO_SLOW + D1 + SLACK,
  webhook: WALLET + D1 + 2 * STRIPE + SLACK,
});

/**
 * `ask` of each operation gives an answer as `house.call` does. An operation is `done`, or `refused` with a code that the
 * document knows, or `unknown` because the process or the page was away, or `lost`: no answer, none that keeps to the
 * document, one that comes too late, or our own fault.
 */
export function toldBy(house) {
  const deadlines = DEADLINES(house.settings);
  const entries = [];
  return {
    entries,
    async op(kind, about, ask) {
      const from = performance.now();
      const entry = { number: entries.length + 1, kind, ...about, from, ms: null, status: null, code: null, end: 'open', why: null };
      entries.push(entry);
      const answer = await ask().catch((error) => ({ error }));
      entry.ms = Math.round(performance.now() - from);
      Object.assign(entry, judged(house, answer, { from, late: entry.ms > deadlines[kind] }));
      return { ...(answer.error ? { status: null, body: null, code: null } : answer), entry };
    },
  };
}

function judged(house, { error, status, code, body }, { from, late }) {
  if (error?.code === 'ERR_ASSERTION') return { end: 'lost', why: error.message };
  if (error) {
    const why = `no answer: ${error.cause?.code ?? error.name}`;
    return error.byPage || house.wasAway(from, performance.now()) ? { end: 'unknown', why } : { end: 'lost', why };
  }
  const told = { status, code: code ?? null, requestId: body?.requestId, ...(body?.ended && { ended: body.ended }) };
  if (late && !house.wasAway(from, performance.now())) return { ...told, end: 'lost', why: 'after its deadline' };
  if (status < 400) return { ...told, end: 'done' };
  if (CODES[code] !== status) return { ...told, end: 'lost', why: 'a code that nobody knows' };
  return status === 500 ? { ...told, end: 'lost', why: 'our own fault' } : { ...told, end: 'refused' };
}
