// Money that goes back: its share of the credits goes with it, in whatever order and however often that is told.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { inParallel, openShop, seeded } from './billing.mjs';
import { walletOf } from './wallets.mjs';

const SEED = Number(process.env.REFUND_SEED ?? Date.now() % 1e6);
const shop = await openShop();
const { worker, stripe, client } = shop;

beforeEach(() => shop.anew());

const refund = (visit, amount) => client.refunds.create({ payment_intent: visit.payment_intent, ...(amount && { amount }) });
const balance = async (person) => {
  const { credits, owed } = await person.money();
  return [credits, owed];
};
const disputeOf = (visit) => stripe.all('dispute').find(({ payment_intent: intent }) => intent === visit.payment_intent);
const eventsOf = (visit, pattern) => shop.events(visit.payment_intent).filter(({ type }) => pattern.test(type));
const REFUNDS = /^(charge\.refund|refund)/;

/** Somebody with 3.00 who bought five for 12 dollars, and of whom we know that. */
async function bought() {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy('pack5');
  await shop.tell();
  assert.deepEqual(await balance(person), ['8.00', '0.00']);
  return [person, visit];
}

async function takes(person, amount, key = 'take-0001') {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `${key}-${person.id}` };
  const body = JSON.stringify({ userId: person.id, amount: `-${amount}`, reason: 'spent' });
  assert.equal((await worker.call('/api/admin/credits', { method: 'POST', token: shop.admin(), headers, body })).status, 200);
}

test('a part goes back, and more of it, and the rest: each time its share, rounded for the owner', async () => {
  const [person, visit] = await bought();
  for (const [amount, credits] of [[300, '6.75'], [1, '6.75'], [1, '6.75'], [1, '6.74'], [399, '5.08'], [498, '3.00']]) {
    await refund(visit, amount);
    await shop.tell();
    assert.deepEqual(await balance(person), [credits, '0.00'], `after ${amount} more`);
  }
  assert.ok(stripe.all('charge').find(({ payment_intent: intent }) => intent === visit.payment_intent).refunded);
  await shop.tell(eventsOf(visit, REFUNDS));
  assert.deepEqual(await balance(person), ['3.00', '0.00'], 'told again');
});

test('the whole at once', async () => {
  const [person, visit] = await bought();
  await refund(visit);
  await shop.tell(eventsOf(visit, /^charge\.refunded$/));
  assert.deepEqual(await balance(person), ['3.00', '0.00']);
  const { text, amount } = (await person.lines()).at(-1);
  assert.deepEqual([text, amount], ['Payment refunded: its credits are taken back', '-5.00']);
});

test('each kind of event alone is enough', async () => {
  for (const type of ['charge.refunded', 'refund.created', 'refund.updated']) {
    const [person, visit] = await bought();
    await refund(visit, 600);
    const [event] = eventsOf(visit, new RegExp(`^${type}$`));
    assert.equal(await shop.done(event), 'stored', type);
    assert.deepEqual(await balance(person), ['5.50', '0.00'], type);
  }
});

test('what is refunded before it was told that it is sold', async () => {
  for (const [amount, credits] of [[600, '5.50'], [undefined, '3.00']]) {
    const person = shop.person();
    await person.call('/api/user');
    const visit = await person.buy('pack5');
    await refund(visit, amount);
    const [back] = eventsOf(visit, /^charge\.refunded$/);
    assert.equal(await shop.done(back), 'stored');
    assert.deepEqual([await balance(person), await person.state(visit)], [[credits, '0.00'], 'done']);
    await shop.tell();
    assert.deepEqual(await balance(person), [credits, '0.00'], 'and then that it was sold');
    assert.deepEqual((await person.lines()).map(({ kind }) => kind), ['welcome', 'purchase', 'clawback']);
  }
});

test('what is disputed before it was told that it is sold', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy('pack5');
  stripe.dispute({ of: visit.id });
  const [opened] = eventsOf(visit, /^charge\.dispute\.created$/);
  assert.equal(await shop.done(opened), 'stored');
  await shop.tell();
  assert.deepEqual(await balance(person), ['3.00', '0.00']);
});

test('what was spent already is owed, and whatever comes pays that first', async () => {
  const [person, visit] = await bought();
  await takes(person, '7.00');
  await refund(visit);
  await shop.tell();
  assert.deepEqual(await balance(person), ['0.00', '4.00']);
  assert.match((await person.lines()).at(-1).text, /4\.00 of it is owed/);
  await person.buy('pack5');
  await shop.tell();
  assert.deepEqual(await balance(person), ['1.00', '0.00']);
  assert.match((await person.lines()).at(-1).text, /4\.00 of it paid what you owed/);
});

test('a refund that the bank sends back is told to an operator, and gives nothing by itself', async () => {
  const [person, visit] = await bought();
  const { id } = await refund(visit, 600);
  await shop.tell();
  stripe.failRefund({ refund: id });
  await shop.tell();
  assert.deepEqual(await balance(person), ['5.50', '0.00']);
  const [line] = shop.printed(['refund failed', visit.payment_intent]).map((text) => JSON.parse(text));
  assert.deepEqual([line.level, line.owner], ['alert', person.id]);
});

test('a dispute takes all at once; won, it gives all back', async () => {
  const [person, visit] = await bought();
  stripe.dispute({ of: visit.id });
  await shop.tell();
  assert.deepEqual(await balance(person), ['3.00', '0.00']);
  assert.match((await person.lines()).at(-1).text, /Payment disputed/);
  stripe.dispute({ dispute: disputeOf(visit).id, outcome: 'won' });
  await shop.tell();
  assert.deepEqual(await balance(person), ['8.00', '0.00']);
  await shop.tell(eventsOf(visit, /^charge\.dispute/));
  assert.deepEqual(await balance(person), ['8.00', '0.00'], 'told again, created after won');
});

test('a dispute that is lost stays as it is', async () => {
  const [person, visit] = await bought();
  stripe.dispute({ of: visit.id });
  await shop.tell();
  stripe.dispute({ dispute: disputeOf(visit).id, outcome: 'lost' });
  await shop.tell();
  assert.deepEqual(await balance(person), ['3.00', '0.00']);
  assert.equal((await person.lines()).filter(({ kind }) => kind === 'clawback').length, 1);
});

test('an inquiry takes nothing, until it becomes a dispute', async () => {
  const [person, visit] = await bought();
  stripe.dispute({ of: visit.id });
  const found = disputeOf(visit);
  for (const status of ['warning_needs_response', 'warning_under_review', 'warning_closed', 'something_new']) {
    found.status = status;
    for (const event of eventsOf(visit, /^charge\.dispute/)) assert.equal(await shop.done(event), 'waiting', status);
    assert.deepEqual(await balance(person), ['8.00', '0.00'], status);
  }
  found.status = 'needs_response';
  const [event] = eventsOf(visit, /^charge\.dispute\.created$/);
  assert.equal(await shop.done({ ...event, id: 'evt_updated1', type: 'charge.dispute.updated' }), 'stored');
  assert.deepEqual(await balance(person), ['3.00', '0.00']);
});

test('closed is told before created', async () => {
  for (const [outcome, credits] of [['won', '8.00'], ['lost', '3.00']]) {
    const [person, visit] = await bought();
    stripe.dispute({ of: visit.id });
    stripe.dispute({ dispute: disputeOf(visit).id, outcome });
    for (const event of eventsOf(visit, /^charge\.dispute/).reverse()) assert.equal(await shop.done(event), 'stored');
    assert.deepEqual(await balance(person), [credits, '0.00'], outcome);
  }
});

test('a part is refunded, the rest disputed and won: what was refunded stays away', async () => {
  const [person, visit] = await bought();
  await refund(visit, 300);
  await shop.tell();
  stripe.dispute({ of: visit.id, amount: 900 });
  await shop.tell();
  assert.deepEqual(await balance(person), ['3.00', '0.00']);
  stripe.dispute({ dispute: disputeOf(visit).id, outcome: 'won' });
  await shop.tell();
  assert.deepEqual(await balance(person), ['6.75', '0.00']);
});

test('a dispute of what was spent is owed, and won it is forgiven', async () => {
  const [person, visit] = await bought();
  await takes(person, '8.00');
  stripe.dispute({ of: visit.id });
  await shop.tell();
  assert.deepEqual(await balance(person), ['0.00', '5.00']);
  stripe.dispute({ dispute: disputeOf(visit).id, outcome: 'won' });
  await shop.tell();
  assert.deepEqual(await balance(person), ['0.00', '0.00']);
});

test('refunds of strangers\' payments are let pass', async () => {
  const intent = await client.customers.create({ email: 'stranger@example.test' });
  const { id } = await client.checkout.sessions.create({
    mode: 'payment', customer: intent.id, line_items: [{ price: 'price_1SimFiveCredits', quantity: 1 }], success_url: 'http://localhost:1/',
  });
  const visit = stripe.pay({ id });
  await refund(visit);
  stripe.all('charge').at(-1).customer = null;
  for (const event of eventsOf(visit, REFUNDS)) assert.equal(await shop.done(event), 'ignored', event.type);
});

test(`refunds and disputes of many, doubled and in any order (REFUND_SEED=${SEED})`, async () => {
  const chance = seeded(SEED);
  const whole = (most) => Math.floor(chance() * most);
  const people = [];
  for (let n = 0; n < 8; n++) {
    const person = shop.person();
    await person.call('/api/user');
    const visit = await person.buy('pack5');
    let back = 0;
    for (let times = whole(4); times > 0 && back < 1200; times--) {
      const amount = Math.min(1200 - back, 1 + whole(700));
      await refund(visit, amount);
      back += amount;
    }
    people.push({ person, left: 8 - Math.floor(500 * back / 1200) / 100 });
  }
  const all = stripe.all('event').flatMap((event) => [event, event]).map((event) => ({ event, at: chance() })).sort((a, b) => a.at - b.at);
  await inParallel(all, 6, async ({ event }) => assert.equal((await shop.send(event)).status, 200));
  for (const { person, left } of people) {
    assert.deepEqual(await balance(person), [left.toFixed(2), '0.00'], person.id);
    const [{ sum }] = await walletOf(worker, person.id).rows('select sum(bought) as sum from entries');
    assert.equal(sum, -5000, 'sold once');
  }
});
