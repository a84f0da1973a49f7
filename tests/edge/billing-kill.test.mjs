// Truth 2 across crashes: `kill -9` of the runtime while Stripe tells what was bought and what went back. KILL_SEED says when.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inParallel, seeded, signed, TERMS } from './billing.mjs';
import { houseOfInterviews } from './interview.mjs';
import { checkBook, checkCopy } from './truths.mjs';
import { until } from './until.mjs';

const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1e6);
const PEOPLE = 6;
const KILLS = Number(process.env.PAYMENT_KILLS ?? 6);
const LANES = 8;
const TOLD = /^(checkout\.session|charge\.(refunded|dispute)|refund)/;

/** People who bought twice; some of it went back. By person: how many credits, in hundredths, are theirs in the end. */
async function sold({ sim, person, client }, chance) {
  const people = [];
  for (let n = 0; n < PEOPLE; n++) {
    const who = await person(`payer${n}x`);
    let left = 300;
    for (let visit = 0; visit < 2; visit++) {
      const body = { product: 'pack5', returnTo: '/credits', terms: TERMS };
      const headers = { 'idempotency-key': `click-${n}-${visit}-x` };
      const { status, body: { id }, text } = await who.call('/api/billing/checkout', { method: 'POST', body, headers });
      assert.equal(status, 201, text);
      const { payment_intent: intent } = sim.stripe.pay({ id });
      const back = Math.floor(chance() * 3) * 600;
      if (back > 0) await client.post('/v1/refunds', { payment_intent: intent, amount: back });
      left += 500 - (500 * back) / 1200;
    }
    people.push({ who, left });
  }
  return people;
}

const clientOf = (sim) => ({
  async post(path, fields) {
    const headers = { authorization: `Bearer ${sim.workerVars().STRIPE_SECRET_KEY}`, 'stripe-version': '2026-10-28.endive' };
    const answer = await fetch(sim.url + path, { method: 'POST', headers, body: new URLSearchParams(fields) });
    assert.equal(answer.status, 200, await answer.text());
  },
});

/** What is not answered with yes comes again, as Stripe does it, however often the process dies meanwhile. */
async function tell(house, events, chance) {
  const { sim } = house;
  let left = [...events, ...events].map((event) => ({ event, at: chance() })).sort((a, b) => a.at - b.at).map(({ event }) => event);
  const send = async (event) => {
    const payload = JSON.stringify(event);
    const headers = { 'content-type': 'application/json', 'stripe-signature': signed(payload, sim.stripe.secret()) };
    const answer = await house.raw('/api/webhooks/stripe', { method: 'POST', body: payload, headers }).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    return answer?.status === 200;
  };
  for (let kills = 0; left.length > 0; kills++) {
    const [again, mark] = [[], 1 + Math.floor(chance() * left.length / 2)];
    let taken = 0;
    let dying = null;
    await inParallel(left, LANES, async (event) => {
      if (!(await send(event))) again.push(event);
      taken += 1;
      if (taken === mark && kills < KILLS) dying = house.kill();
    });
    await dying;
    if (kills < KILLS) await house.start();
    left = kills < KILLS ? [...again, ...events.filter(() => chance() < 0.3)] : again;
    assert.ok(kills < KILLS + 5, `still not taken: ${left.map(({ type }) => type)}`);
  }
}

test(`what was bought is in the book once, however often the process dies (KILL_SEED=${SEED})`, async (t) => {
  t.diagnostic(`KILL_SEED=${SEED}`);
  const chance = seeded(SEED);
  const house = await houseOfInterviews();
  const { sim } = house;
  sim.stripe.set({ deliver: 'held' });
  const people = await sold({ ...house, client: clientOf(sim) }, chance);
  await tell(house, sim.stripe.all('event').filter(({ type }) => TOLD.test(type)), chance);
  for (const { who, left } of people) {
    const { credits, owed } = await who.money();
    assert.deepEqual([credits, owed], [(left / 100).toFixed(2), '0.00'], who.id);
    const entries = await checkBook(house, who.id, []);
    const copied = async () => (await house.d1('select 1 from entries where owner = ?', who.id)).length === entries.length;
    await until(copied, 'D1 has all of it', 30_000);
    await checkCopy(house, who.id, entries);
  }
  assert.deepEqual(await house.d1('select * from webhook_failures'), []);
});
