// The life of a subscription under a test clock, and the portal.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { click, clientOf, DAY, eventsSince, PRICES, subscribed } from './stripe/buying.mjs';

const sim = await simulator();
const client = clientOf(sim);
const day = (moment) => new Date(moment * 1000).toISOString().slice(0, 10);
const statusOf = async (id) => (await client.subscriptions.retrieve(id)).status;
const periodOf = ({ items: { data: [item] } }) => [day(item.current_period_start), day(item.current_period_end)];
const mark = () => sim.stripe.list().length;
const invoicesOf = async (subscription) => (
  (await client.invoices.list({ subscription })).data.map((one) => [one.billing_reason, one.status, one.total])
);

async function advance({ id }, moment) {
  assert.equal((await client.testHelpers.testClocks.advance(id, { frozen_time: moment })).status, 'advancing');
  for (;;) {
    const { status } = await client.testHelpers.testClocks.retrieve(id);
    if (status === 'ready') return;
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}

test('it renews on its day, the invoice is a draft for an hour', async () => {
  const { id, clock, made } = await subscribed(sim, client, { more: { metadata: { user: 'user_ann' } } });
  assert.deepEqual([made.status, made.billing_mode.type, ...periodOf(made)], ['active', 'flexible', '2027-01-31', '2027-02-28']);
  const end = made.items.data[0].current_period_end;
  const from = mark();
  await advance(clock, end);
  const renewed = await client.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  const { latest_invoice: draft } = renewed;
  assert.deepEqual([renewed.status, ...periodOf(renewed)], ['active', '2027-02-28', '2027-03-31']);
  assert.deepEqual([draft.status, draft.billing_reason], ['draft', 'subscription_cycle']);
  await advance(clock, end + 3600);
  const invoice = await client.invoices.retrieve(draft.id, { expand: ['payments'] });
  const { amount_paid: amount, lines, parent, payments } = invoice;
  assert.deepEqual([invoice.status, amount, day(lines.data[0].period.end)], ['paid', 2900, '2027-03-31']);
  assert.deepEqual([parent.subscription_details.metadata, payments.data.length], [{ user: 'user_ann' }, 1]);
  const told = eventsSince(sim, from);
  for (const type of [
    'customer.subscription.updated', 'invoice.created', 'invoice.paid', 'charge.succeeded', 'test_helpers.test_clock.ready',
  ]) {
    assert.ok(told.includes(type), type);
  }
  assert.equal((await client.events.list({ type: 'invoice.paid' })).data[0].created, end + 3600);
});

test('a clock goes two intervals at most, ahead, and one step at a time', async () => {
  const { clock } = await subscribed(sim, client);
  const go = (seconds) => client.testHelpers.testClocks.advance(clock.id, { frozen_time: clock.frozen_time + seconds });
  await assert.rejects(go(70 * DAY), { statusCode: 400, message: /at most 2 intervals/ });
  await assert.rejects(go(0), { param: 'frozen_time', message: /later than/ });
  await advance(clock, clock.frozen_time + 59 * DAY);
  const { frozen_time: now } = await client.testHelpers.testClocks.retrieve(clock.id);
  await client.testHelpers.testClocks.advance(clock.id, { frozen_time: now + DAY });
  await assert.rejects(client.testHelpers.testClocks.advance(clock.id, { frozen_time: now + 2 * DAY }), { message: /underway/ });
  await client.testHelpers.testClocks.del(clock.id);
  await assert.rejects(client.testHelpers.testClocks.retrieve(clock.id), { statusCode: 404 });
  assert.equal((await client.customers.list()).data.length, 0);
});

test('a card that fails: past due, tried again, and then what was set', async () => {
  for (const [afterRetries, status, told] of [
    ['cancel', 'canceled', 'customer.subscription.deleted'], ['unpaid', 'unpaid', 'customer.subscription.updated'],
    ['past_due', 'past_due', 'invoice.payment_failed'],
  ]) {
    sim.stripe.set({ afterRetries });
    const { id, clock, customer, made } = await subscribed(sim, client);
    const renewal = made.items.data[0].current_period_end + 3600;
    sim.stripe.card({ customer: customer.id, how: 'declined' });
    const from = mark();
    await advance(clock, renewal);
    assert.equal(await statusOf(id), 'past_due');
    const { latest_invoice: invoice } = await client.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    assert.deepEqual([invoice.status, invoice.attempt_count, invoice.next_payment_attempt], ['open', 1, renewal + 3 * DAY]);
    await advance(clock, renewal + 15 * DAY);
    assert.equal(await statusOf(id), status);
    const types = eventsSince(sim, from);
    assert.equal(types.filter((type) => type === 'invoice.payment_failed').length, 4);
    assert.equal(types.filter((type) => type !== 'test_helpers.test_clock.ready').at(-1), told);
    const { cancellation_details: details } = await client.subscriptions.retrieve(id);
    assert.equal(details.reason, status === 'canceled' ? 'payment_failed' : null);
  }
});

test('a new card saves what is past due, and unpaid is not collected any more', async () => {
  sim.stripe.set({ afterRetries: 'unpaid' });
  const { id, clock, customer, made } = await subscribed(sim, client);
  const renewal = made.items.data[0].current_period_end + 3600;
  sim.stripe.card({ customer: customer.id, how: 'declined' });
  await advance(clock, renewal);
  sim.stripe.card({ customer: customer.id, how: 'card' });
  await advance(clock, renewal + 3 * DAY);
  assert.deepEqual([await statusOf(id), (await invoicesOf(id))[0][1]], ['active', 'paid']);
  sim.stripe.advance({ customer: customer.id, seconds: 10 * DAY });
  sim.stripe.status({ subscription: id, status: 'unpaid' });
  sim.stripe.advance({ customer: customer.id, seconds: 31 * DAY });
  assert.deepEqual([await statusOf(id), (await invoicesOf(id))[0][1]], ['unpaid', 'draft']);
});

test('a first payment that fails leaves it incomplete, and it expires after 23 hours', async () => {
  const { clock, customer } = await subscribed(sim, client);
  sim.stripe.card({ customer: customer.id, how: 'declined' });
  const { id, status } = await client.subscriptions.create({ customer: customer.id, items: [{ price: PRICES.annual }] });
  assert.equal(status, 'incomplete');
  await advance(clock, clock.frozen_time + 23 * 3600);
  assert.deepEqual([await statusOf(id), (await invoicesOf(id))[0][1]], ['incomplete_expired', 'void']);
  await assert.rejects(client.subscriptions.cancel(id), { statusCode: 404 });
});

test('a trial ends in a first period that is paid', async () => {
  const { id, clock, made } = await subscribed(sim, client, { more: { trial_period_days: 7 } });
  assert.deepEqual([made.status, ...periodOf(made)], ['trialing', '2027-01-31', '2027-02-07']);
  await advance(clock, clock.frozen_time + 7 * DAY + 3600);
  const begun = await client.subscriptions.retrieve(id);
  assert.deepEqual([begun.status, ...periodOf(begun)], ['active', '2027-02-07', '2027-03-07']);
  assert.deepEqual(await invoicesOf(id), [['subscription_cycle', 'paid', 2900], ['subscription_create', 'paid', 0]]);
});

test('it is cancelled at the end, on a day, not at all, or now', async () => {
  const { id, clock, made } = await subscribed(sim, client);
  const end = made.items.data[0].current_period_end;
  const flags = ({ cancel_at: at, cancel_at_period_end: atEnd, cancellation_details: { reason } }) => [at, atEnd, reason];
  const update = (params) => client.subscriptions.update(id, params);
  assert.deepEqual(flags(await update({ cancel_at_period_end: true })), [end, true, 'cancellation_requested']);
  const { previous_attributes: before } = sim.stripe.all('event').at(-1).data;
  assert.deepEqual([before.cancel_at_period_end, before.cancel_at, before.canceled_at, before.status], [false, null, null, undefined]);
  assert.deepEqual(flags(await update({ cancel_at_period_end: false })), [null, false, null]);
  const named = await update({ cancel_at: 'max_period_end', cancellation_details: { feedback: 'unused' } });
  assert.deepEqual([...flags(named), named.cancellation_details.feedback], [end, false, 'cancellation_requested', 'unused']);
  assert.deepEqual(flags(await update({ cancel_at: '' })), [null, false, null]);
  await assert.rejects(update({ cancel_at: end, cancel_at_period_end: true }), { param: 'cancel_at' });
  await update({ cancel_at_period_end: true });
  await advance(clock, end + 3600);
  const ended = await client.subscriptions.retrieve(id);
  assert.deepEqual([ended.status, ended.ended_at, (await invoicesOf(id)).length], ['canceled', end, 1]);
  await assert.rejects(update({ cancel_at_period_end: false }), { message: /canceled subscription can only/ });
  assert.equal((await update({ metadata: { a: '1' } })).metadata.a, '1');
  const { id: other } = await subscribed(sim, client);
  const gone = await client.subscriptions.cancel(other, { cancellation_details: { comment: 'Done' } });
  assert.equal(gone.cancellation_details.comment, 'Done');
  assert.equal(eventsSince(sim).at(-1), 'customer.subscription.deleted');
});

test('another plan: another interval is paid anew, the same one as the caller wants it', async () => {
  const { id, made, clock } = await subscribed(sim, client);
  const item = made.items.data[0].id;
  await advance(clock, clock.frozen_time + 14 * DAY);
  const quarterly = await client.subscriptions.update(id, { items: [{ id: item, price: PRICES.quarterly }], metadata: { via: 'api' } });
  assert.deepEqual([quarterly.metadata.via, ...periodOf(quarterly)], ['api', '2027-02-14', '2027-05-14']);
  assert.deepEqual((await invoicesOf(id))[0], ['subscription_update', 'paid', 7300 - 1450]);
  const dearer = await client.prices.create({
    product: 'prod_SLHvbICsIUy3oZ', currency: 'usd', unit_amount: 8300, recurring: { interval: 'month', interval_count: 3 },
  });
  const to = (price, behavior) => client.subscriptions.update(id, { items: [{ id: item, price }], proration_behavior: behavior });
  await to(dearer.id, 'none');
  assert.equal((await invoicesOf(id)).length, 2);
  await to(PRICES.quarterly, 'always_invoice');
  assert.deepEqual([(await invoicesOf(id)).length, (await invoicesOf(id))[0][1]], [3, 'paid']);
  await assert.rejects(client.subscriptions.update(id, { items: [{ id: 'si_none', price: PRICES.annual }] }), { code: 'resource_missing' });
  await assert.rejects(to(PRICES.three), { message: /only accepts prices with `type=recurring`/ });
});

test('subscriptions are listed by customer and by status', async () => {
  const { id, customer } = await subscribed(sim, client);
  await client.subscriptions.create({ customer: customer.id, items: [{ price: PRICES.annual }] });
  await client.subscriptions.cancel(id);
  const list = async (params) => (await client.subscriptions.list({ customer: customer.id, ...params })).data.length;
  assert.deepEqual([await list(), await list({ price: PRICES.annual }), await list({ status: 'all' })], [1, 1, 2]);
  assert.deepEqual([await list({ status: 'canceled' }), await list({ status: 'past_due' })], [1, 0]);
});

test('the portal: cancel in both ways, resume, switch, end, and return', async () => {
  const { id, customer, made } = await subscribed(sim, client);
  const { url } = await client.billingPortal.sessions.create({ customer: customer.id, return_url: 'http://localhost:8787/plan?x=1' });
  const after = async (words, filled) => {
    assert.deepEqual([(await click(url, words, filled)).location], [url]);
    const { status, cancel_at: at, cancel_at_period_end: atEnd } = await client.subscriptions.retrieve(id);
    return [status, at, atEnd];
  };
  const end = made.items.data[0].current_period_end;
  assert.deepEqual(await after('Cancel at the end of the period'), ['active', end, true]);
  assert.match(await (await fetch(url)).text(), /ends on 2027-02-28/);
  assert.deepEqual(await after('Do not cancel'), ['active', null, false]);
  assert.deepEqual(await after('Cancel on its last day (flexible billing)'), ['active', end, false]);
  await after('Do not cancel');
  await after('Switch plan', { price: PRICES.annual });
  assert.equal((await client.subscriptions.retrieve(id)).items.data[0].price.id, PRICES.annual);
  assert.deepEqual((await invoicesOf(id))[0], ['subscription_update', 'paid', 21_900 - 2900]);
  assert.deepEqual(await after('Cancel now'), ['canceled', null, false]);
  assert.match(await (await fetch(url)).text(), /There is none/);
  assert.equal((await click(url, 'Return')).location, 'http://localhost:8787/plan?x=1');
});

test('in the portal a card that works pays what is open', async () => {
  const { id, customer, clock, made } = await subscribed(sim, client);
  sim.stripe.card({ customer: customer.id, how: 'declined' });
  await advance(clock, made.items.data[0].current_period_end + 3600);
  const { url } = await client.billingPortal.sessions.create({ customer: customer.id });
  await click(url, 'Use a card that works');
  assert.equal(await statusOf(id), 'active');
});

test('a portal that is not configured is refused, as is a stranger', async () => {
  await assert.rejects(client.billingPortal.sessions.create({ customer: 'cus_none' }), { code: 'resource_missing', param: 'customer' });
  const { id } = await client.customers.create({});
  const configured = client.billingPortal.sessions.create({ customer: id, configuration: 'bpc_none' });
  await assert.rejects(configured, { param: 'configuration' });
  sim.stripe.set({ portal: false });
  await assert.rejects(client.billingPortal.sessions.create({ customer: id }), { statusCode: 400, message: /customer portal settings/ });
  assert.equal((await fetch(`${sim.url}/stripe/portal/bps_none`)).status, 404);
});

test('the time of a customer without a clock goes on by the control API', async () => {
  const customer = await client.customers.create({});
  const { id } = await client.subscriptions.create({ customer: customer.id, items: [{ price: PRICES.monthly }] });
  const { status, body } = await post(sim, '/__sim/stripe/advance', { customer: customer.id, seconds: 400 * DAY });
  assert.deepEqual([status, body.status, (await client.subscriptions.retrieve(id)).test_clock], [200, 'ready', body.id]);
  assert.equal((await invoicesOf(id)).length, 10);
  assert.equal((await client.invoices.list({ subscription: id, limit: 100 })).data.length, 14);
});
