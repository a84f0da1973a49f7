// The whole life of a plan, by Stripe's own test clock: what a page says of it, and whether interviews are covered.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { click } from '../sim/stripe/buying.mjs';
import { DAY, openShop, PRICES } from './billing.mjs';
import { WORKER_URL } from './harness.mjs';

const shop = await openShop();
const { sim, worker, stripe, client } = shop;
const HOUR = 3600;
const GRACE = 3 * DAY;

beforeEach(() => shop.anew());

const iso = (moment) => new Date(moment * 1000).toISOString();
const now = () => Math.floor(Date.now() / 1000);

/** Somebody with a plan, and what their subscription is like at Stripe. */
async function subscriber(product = 'monthly') {
  const person = shop.person();
  await person.call('/api/user');
  await person.buy(product);
  await shop.tell();
  const [{ customer }] = await worker.rows('select customer from customers where person = ?', person.id);
  const began = now();
  return {
    person, customer, began,
    get subscription() { return stripe.all('subscription').find((one) => one.customer === customer); },
    get end() { return this.subscription.items.data[0].current_period_end; },
    /** The time goes on until then, here and there. */
    async until(moment) {
      stripe.advance({ customer, to: moment });
      await shop.ahead(moment - now());
    },
    update: (changes) => client.subscriptions.update(stripe.all('subscription').find((one) => one.customer === customer).id, changes),
  };
}

/** What the page says and what the Wallet covers, after all that happened was told. */
async function stands({ person }, { state, until, premium, covers, product = 'monthly', amount = 2900 }, what) {
  await shop.tell();
  const [plan, { isPremium, premiumUntil }] = [await person.plan(), await person.money()];
  assert.deepEqual([plan.state, plan.product, plan.amount, plan.currency, isPremium], [state, product, amount, 'usd', premium], what);
  near(plan.until, until, what);
  if (covers !== undefined) near(premiumUntil, covers, what);
}

/** What ends now ends by the Worker's clock, which is not asked in the same second. */
function near(told, moment, what = '') {
  assert.ok(Math.abs(Date.parse(told) / 1000 - moment) <= 5, `${what}: ${told} is not ${iso(moment)}`);
}

test('bought, renewed, and renewed again', async () => {
  const one = await subscriber();
  for (let month = 0; month < 3; month++) {
    const { end } = one;
    await stands(one, { state: 'renews', until: end, premium: true, covers: end + GRACE }, `month ${month}`);
    await one.until(end + 60);
    await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE }, 'the invoice is a draft yet');
    await one.until(end + 2 * HOUR);
  }
  assert.deepEqual((await one.person.lines()).map(({ kind, text }) => `${kind} ${text.slice(0, 29)}`).slice(1),
    Array.from({ length: 4 }, () => 'plan Your plan covers interviews u'), 'one line for each period, whatever was told');
});

test('a quarter and a year', async () => {
  for (const [product, amount] of [['quarterly', 7300], ['annual', 21_900]]) {
    await shop.anew();
    const one = await subscriber(product);
    await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE, product, amount });
    await one.until(one.end + 2 * HOUR);
    await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE, product, amount }, 'renewed');
  }
});

const STYLES = [['at the end of the period', { cancel_at_period_end: true }], ['on its last day', { cancel_at: 'max_period_end' }]];

for (const [style, changes] of STYLES) {
  test(`cancelled ${style}, taken back, cancelled again, and over`, async () => {
    const one = await subscriber();
    const { end } = one;
    await one.update(changes);
    await stands(one, { state: 'ends', until: end, premium: true, covers: end + GRACE });
    await one.update(changes.cancel_at ? { cancel_at: '' } : { cancel_at_period_end: false });
    await stands(one, { state: 'renews', until: end, premium: true });
    await one.update(changes);
    await one.until(end - HOUR);
    await stands(one, { state: 'ends', until: end, premium: true });
    await one.until(end + HOUR);
    await stands(one, { state: 'over', until: end, premium: false, covers: end });
    const offers = Object.fromEntries((await one.person.products()).products.map(({ id, closed }) => [id, closed]));
    assert.equal(offers.annual, null, 'and may be bought again');
  });
}

test('cancelled at once, and bought again', async () => {
  const one = await subscriber();
  await client.subscriptions.cancel(one.subscription.id);
  await stands(one, { state: 'over', until: now(), premium: false, covers: now() });
  await one.person.buy('annual');
  await shop.tell();
  const { state, product } = await one.person.plan();
  assert.deepEqual([state, product, (await one.person.money()).isPremium], ['renews', 'annual', true]);
  await shop.tell(shop.events(one.subscription.id, 'customer.subscription.deleted'));
  assert.equal((await one.person.money()).isPremium, true, 'the end of the old one is told again');
});

test('a payment that fails, and then does not: covered for three days meanwhile', async () => {
  const one = await subscriber();
  const { end } = one;
  stripe.card({ customer: one.customer, how: 'declined' });
  await one.until(end + 2 * HOUR);
  await stands(one, { state: 'failed', until: end + GRACE, premium: true, covers: end + GRACE });
  stripe.card({ customer: one.customer, how: 'card' });
  await one.until(end + GRACE + 2 * HOUR);
  await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE }, 'the second try');
});

test('a payment that fails until the grace is over: not covered, without another word', async () => {
  const one = await subscriber();
  const { end } = one;
  stripe.card({ customer: one.customer, how: 'declined' });
  await one.until(end + 2 * HOUR);
  await shop.tell();
  await shop.ahead(end + GRACE + HOUR - now());
  const { isPremium } = await one.person.money();
  assert.equal(isPremium, false);
});

for (const [afterRetries, status] of [['cancel', 'canceled'], ['unpaid', 'unpaid'], ['past_due', 'past_due']]) {
  test(`no try succeeds, and it is ${status}`, async () => {
    const one = await subscriber();
    stripe.set({ afterRetries });
    stripe.card({ customer: one.customer, how: 'declined' });
    const { end } = one;
    await one.until(end + 20 * DAY);
    assert.equal(one.subscription.status, status);
    const last = status === 'past_due' ? end + GRACE : one.subscription.ended_at ?? end + 20 * DAY;
    await stands(one, { state: status === 'past_due' ? 'failed' : 'over', until: last, premium: false });
  });
}

test('unpaid, and then paid in the portal', async () => {
  const one = await subscriber();
  stripe.set({ afterRetries: 'unpaid' });
  stripe.card({ customer: one.customer, how: 'declined' });
  const { end } = one;
  await one.until(end + 20 * DAY);
  await stands(one, { state: 'over', until: end + 20 * DAY, premium: false });
  stripe.status({ subscription: one.subscription.id, status: 'active' });
  await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE });
});

test('paused, and resumed', async () => {
  const one = await subscriber();
  stripe.status({ subscription: one.subscription.id, status: 'paused' });
  await stands(one, { state: 'over', until: now(), premium: false });
  stripe.status({ subscription: one.subscription.id, status: 'active' });
  await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE });
});

test('a trial covers, and what was never paid does not', async () => {
  const one = await subscriber();
  stripe.status({ subscription: one.subscription.id, status: 'trialing' });
  await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE });
  const other = shop.person();
  await other.call('/api/user');
  await other.visit('annual');
  const [{ customer }] = await worker.rows('select customer from customers where person = ?', other.id);
  stripe.card({ customer, how: 'declined' });
  await client.subscriptions.create({ customer, items: [{ price: PRICES.annual }], metadata: { user: other.id, product: 'annual' } });
  await shop.tell();
  assert.deepEqual([await other.plan(), (await other.money()).isPremium], [null, false]);
});

test('a plan of a product that is none of ours covers nothing', async () => {
  const person = shop.person();
  await person.call('/api/user');
  await person.visit('annual');
  const [{ customer }] = await worker.rows('select customer from customers where person = ?', person.id);
  await client.subscriptions.create({ customer, items: [{ price: PRICES.annual }] });
  await client.subscriptions.create({ customer, items: [{ price: PRICES.annual }], metadata: { user: person.id, product: 'pack5' } });
  await shop.tell();
  assert.deepEqual([await person.plan(), (await person.money()).isPremium], [null, false]);
});

test('switched in the portal: covered by the new period, and the page names the plan that it is now', async () => {
  const one = await subscriber();
  const [{ id }] = one.subscription.items.data;
  await one.update({ items: [{ id, price: PRICES.annual }], proration_behavior: 'always_invoice' });
  await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE, product: 'annual', amount: 21_900 });
});

test('switched in the portal: covered by the new period, at the new price', async () => {
  const one = await subscriber();
  const before = one.end;
  const { body: { url } } = await one.person.post('/api/billing/portal', { returnTo: '/credits' });
  assert.equal((await click(url, 'Switch plan', { price: PRICES.annual })).location, url);
  assert.ok(one.end > before + 300 * DAY);
  assert.equal((await click(url, 'Return')).location, `${WORKER_URL}/credits`);
  await shop.tell();
  const [{ until, amount, state }, { isPremium, premiumUntil }] = [await one.person.plan(), await one.person.money()];
  assert.deepEqual([until, amount, state, isPremium, premiumUntil], [iso(one.end), 21_900, 'renews', true, iso(one.end + GRACE)]);
});

test('two plans of one person: the one that covers longest counts', async () => {
  const one = await subscriber('annual');
  await client.subscriptions.create({
    customer: one.customer, items: [{ price: PRICES.monthly }], metadata: { user: one.person.id, product: 'monthly' },
  });
  await shop.tell();
  const [annual, monthly] = stripe.all('subscription');
  assert.equal((await one.person.plan()).product, 'annual');
  await client.subscriptions.cancel(annual.id);
  await shop.tell();
  assert.deepEqual([(await one.person.plan()).product, (await one.person.money()).isPremium], ['monthly', true]);
  await client.subscriptions.cancel(monthly.id);
  await shop.tell();
  assert.equal((await one.person.money()).isPremium, false);
});

/** The payment intent of the last invoice. */
const paidWith = ({ subscription }) => (
  stripe.all('invoice_payment').find(({ invoice }) => invoice === subscription.latest_invoice).payment.payment_intent);

test('refunded as a whole, it covers nothing any more; a renewal covers again', async () => {
  const one = await subscriber();
  const { end } = one;
  await client.refunds.create({ payment_intent: paidWith(one), amount: 1000 });
  await stands(one, { state: 'renews', until: end, premium: true }, 'a part of it changes nothing');
  await client.refunds.create({ payment_intent: paidWith(one) });
  await stands(one, { state: 'back', until: end, premium: false });
  await one.until(end + 2 * HOUR);
  await stands(one, { state: 'renews', until: one.end, premium: true, covers: one.end + GRACE });
});

test('disputed, it covers nothing; won, it covers again; lost, it stays so', async () => {
  for (const [outcome, state, premium] of [['won', 'renews', true], ['lost', 'back', false]]) {
    const one = await subscriber();
    stripe.dispute({ of: one.subscription.id });
    await stands(one, { state: 'back', until: one.end, premium: false });
    const dispute = stripe.all('dispute').at(-1);
    stripe.dispute({ dispute: dispute.id, outcome });
    await stands(one, { state, until: one.end, premium }, outcome);
  }
});

test('an inquiry about a plan takes nothing', async () => {
  const one = await subscriber();
  stripe.dispute({ of: one.subscription.id });
  stripe.all('dispute').at(-1).status = 'warning_needs_response';
  await stands(one, { state: 'renews', until: one.end, premium: true });
});

const start = (person) => person.post('/api/realtime-session', { jobTitle: 'coach' }, { 'idempotency-key': person.newKey() });

async function penniless(person) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `empty-${person.id}` };
  const body = JSON.stringify({ userId: person.id, amount: `-${await person.credits()}`, reason: 'spent' });
  assert.equal((await worker.call('/api/admin/credits', { method: 'POST', token: shop.admin(), headers, body })).status, 200);
}

test('with a plan an interview holds nothing', async () => {
  const one = await subscriber();
  await penniless(one.person);
  const { status, body } = await start(one.person);
  assert.deepEqual([status, body.held], [201, '0.00']);
  assert.equal((await one.person.lines()).at(-1).text, 'Interview started, covered by your plan');
});

test('a start just after the lapse asks Stripe once, and goes through', async () => {
  const one = await subscriber();
  await penniless(one.person);
  const { end } = one;
  await one.until(end + 4 * DAY);
  assert.equal((await one.person.money()).isPremium, false, 'nobody has told us of the renewal');
  const before = shop.asked('subscriptions').length;
  const { status, body } = await start(one.person);
  assert.deepEqual([status, body.held, shop.asked('subscriptions').length - before], [201, '0.00', 1]);
  assert.equal((await one.person.money()).isPremium, true);
});

test('a start just after the lapse of who did not renew is refused, and so is one that Stripe is slow about', async () => {
  const one = await subscriber();
  await penniless(one.person);
  const { end } = one;
  await one.until(end + 4 * DAY);
  sim.fault({ service: 'stripe', op: 'subscriptions', latencyMs: 5000 });
  const from = performance.now();
  const slow = await start(one.person);
  assert.deepEqual([slow.status, slow.code, performance.now() - from < 4500], [403, 'insufficient_credits', true]);
  sim.fault({ service: 'stripe', op: 'subscriptions', status: 500 });
  assert.equal((await start(one.person)).code, 'insufficient_credits');
  await client.subscriptions.cancel(one.subscription.id);
  assert.equal((await start(one.person)).code, 'insufficient_credits');
  const before = shop.asked('subscriptions').length;
  assert.equal((await start(one.person)).code, 'insufficient_credits');
  assert.equal(shop.asked('subscriptions').length, before, 'a plan that is known to be over is not asked about');
});

test('a start just after the lapse waits two seconds for Stripe in all', async () => {
  const one = await subscriber();
  await penniless(one.person);
  await one.until(one.end + 4 * DAY);
  for (const op of ['subscriptions', 'charges', 'disputes']) sim.fault({ service: 'stripe', op, latencyMs: 1700 });
  const from = performance.now();
  await start(one.person);
  assert.ok(performance.now() - from < 3500, `${Math.round(performance.now() - from)} ms`);
});

test('a start long after the lapse does not ask', async () => {
  const one = await subscriber();
  await penniless(one.person);
  await shop.ahead(one.end + 8 * DAY - now());
  const before = shop.asked('subscriptions').length;
  assert.equal((await start(one.person)).code, 'insufficient_credits');
  assert.equal(shop.asked('subscriptions').length, before);
});
