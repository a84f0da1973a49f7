// Events: signed as the official client believes them, told at once or when a test says so, and kept for who asks later.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import Stripe from 'stripe';

import { listen, post, simulator } from './harness.mjs';
import { clientOf, DAY, payment, PRICES, subscribed, subscription } from './stripe/buying.mjs';
import { signatureHeader } from './stripe/signature.mjs';

const sim = await simulator();
const client = clientOf(sim);
const listener = await listen();
const events = (body) => post(sim, '/__sim/events/stripe', body);
const statuses = async (body) => (await events(body)).body.statuses;
const customer = () => client.customers.create({ email: 'ann@example.test' });
const secret = () => sim.workerVars().STRIPE_WEBHOOK_SECRET;
const verified = ({ body, headers }, key = secret()) => client.webhooks.constructEvent(body, headers['stripe-signature'], key);
const stateOf = (id) => sim.stripe.list().find((one) => one.id === id).state;

beforeEach(async () => {
  await sim.stripe.delivered();
  listener.received.length = 0;
  listener.statuses.length = 0;
  sim.setWebhookUrl(listener.url);
});

test('the official client believes every event of a whole purchase, and none that was touched', async () => {
  const { id } = await client.checkout.sessions.create(subscription());
  sim.stripe.pay({ id });
  const { customer: buyer } = await client.checkout.sessions.retrieve(id);
  sim.stripe.advance({ customer: buyer, seconds: 40 * DAY });
  sim.stripe.dispute({ of: id });
  await sim.stripe.delivered();
  assert.ok(listener.received.length > 25);
  for (const delivery of listener.received) {
    const { object, livemode, api_version: version, pending_webhooks: pending, data } = verified(delivery);
    assert.deepEqual([object, livemode, version, pending, typeof data.object.id], ['event', false, '2026-10-28.endive', 1, 'string']);
  }
  const [{ method, url, headers, body }] = listener.received;
  assert.deepEqual([method, url, headers['content-type']], ['POST', '/api/webhooks/stripe', 'application/json; charset=utf-8']);
  assert.match(headers['user-agent'], /^Stripe\/1\.0 /);
  const forged = Stripe.errors.StripeSignatureVerificationError;
  assert.throws(() => verified({ headers, body: body.replace('false', 'true') }), forged);
  assert.throws(() => verified({ headers, body }, 'whsec_other'), forged);
  assert.ok(sim.stripe.list().every(({ state, attempts: [{ status }] }) => state === 'delivered' && status === 200));
});

test('the header is the one that the official client makes', () => {
  const [payload, timestamp] = ['{"é":1}', 1_800_000_000];
  const made = client.webhooks.generateTestHeaderString({ payload, secret: 'whsec_abc', timestamp });
  assert.equal(signatureHeader(['whsec_abc'], timestamp, payload), made);
});

test('an event tells the request that caused it, and what was before', async () => {
  const { id } = await client.customers.create({ name: 'Ann' }, { idempotencyKey: 'key-7' });
  await client.customers.update(id, { name: 'Anna', metadata: { a: '1' } });
  await sim.stripe.delivered();
  const [created, updated] = sim.stripe.all('event');
  assert.equal(created.request.idempotency_key, 'key-7');
  assert.match(created.request.id, /^req_/);
  assert.deepEqual([updated.data.previous_attributes, updated.data.object.name], [{ name: 'Ann', metadata: {} }, 'Anna']);
  const { id: session } = await client.checkout.sessions.create(payment());
  sim.stripe.pay({ id: session });
  assert.deepEqual(sim.stripe.all('event').at(-1).request, { id: null, idempotency_key: null });
});

test('events are held back and told when a test says so', async () => {
  await post(sim, '/__sim/stripe', { deliver: 'held' });
  await customer();
  await customer();
  await sim.stripe.delivered();
  const [first, second] = sim.stripe.all('event');
  assert.deepEqual([listener.received.length, stateOf(first.id)], [0, 'held']);
  assert.deepEqual(await statuses({ id: second.id, times: 3 }), [200, 200, 200]);
  assert.deepEqual([stateOf(first.id), stateOf(second.id)], ['held', 'delivered']);
  assert.deepEqual(await statuses({ pending: true }), [200]);
  assert.deepEqual(await statuses({ pending: true }), []);
  assert.deepEqual(await statuses({ id: [first.id, second.id], times: 5, shuffle: true }), Array(10).fill(200));
  assert.deepEqual([...new Set(listener.received.map((one) => verified(one).id))].sort(), [first.id, second.id].sort());
});

test('what failed is kept for another try', async () => {
  listener.statuses.push(503);
  await customer();
  await sim.stripe.delivered();
  const [{ id }] = sim.stripe.list();
  assert.deepEqual([stateOf(id), (await client.events.retrieve(id)).pending_webhooks], ['failed', 1]);
  assert.equal((await client.events.list({ delivery_success: false })).data[0].id, id);
  sim.setWebhookUrl('http://localhost:1');
  assert.deepEqual(await statuses({ pending: true }), [null]);
  sim.setWebhookUrl(listener.url);
  assert.deepEqual(await statuses({ pending: true }), [200]);
  assert.deepEqual(sim.stripe.list()[0].attempts.map(({ status }) => status), [503, null, 200]);
  assert.equal((await client.events.retrieve(id)).pending_webhooks, 0);
});

test('an event of a test\'s own, forged, stale, from a clock ahead', async () => {
  const event = { id: 'evt_twin', type: 'charge.refunded', data: { object: { id: 'ch_1' } } };
  await events({ event });
  const told = verified(listener.received[0]);
  assert.deepEqual([told.id, told.object, told.livemode, told.type], ['evt_twin', 'event', false, 'charge.refunded']);
  await events({ event: [{ ...event, livemode: true }, { ...event, id: 'evt_other' }] });
  assert.deepEqual(listener.received.slice(1).map((one) => verified(one)).map(({ id, livemode }) => [id, livemode]), [
    ['evt_twin', true], ['evt_other', false],
  ]);
  const last = () => listener.received.at(-1);
  await events({ event, signWith: 'whsec_other' });
  assert.throws(() => verified(last()), /No signatures found/);
  await events({ event, signWith: ['whsec_other', secret()] });
  verified(last());
  await events({ event, ageSeconds: 400 });
  assert.throws(() => verified(last()), /Timestamp outside the tolerance/);
  sim.stripe.set({ aheadSeconds: 40 * DAY });
  await customer();
  await sim.stripe.delivered();
  const stamp = Number(/t=(\d+)/.exec(last().headers['stripe-signature'])[1]);
  assert.ok(Math.abs(stamp - Date.now() / 1000 - 40 * DAY) < 60);
  assert.equal((await client.events.list()).data.length, 1);
});

test('while a secret rolls both sign, afterwards the new one', async () => {
  const old = secret();
  await post(sim, '/__sim/rotate', { service: 'stripe', keepOld: true });
  assert.notEqual(secret(), old);
  await customer();
  await sim.stripe.delivered();
  assert.equal(listener.received[0].headers['stripe-signature'].match(/v1=/g).length, 2);
  for (const key of [old, secret()]) verified(listener.received[0], key);
  await post(sim, '/__sim/rotate', { service: 'stripe' });
  await customer();
  await sim.stripe.delivered();
  verified(listener.received[1]);
  assert.throws(() => verified(listener.received[1], old));
});

test('an older version of the endpoint has the fields where they were', async () => {
  sim.stripe.set({ apiVersion: '2024-09-30.acacia' });
  await subscribed(sim, client);
  await sim.stripe.delivered();
  const of = (type) => sim.stripe.all('event').find((one) => one.type === type);
  const { api_version: version, data: { object: plan } } = of('customer.subscription.created');
  const [item] = plan.items.data;
  assert.deepEqual([version, typeof plan.current_period_end, item.current_period_end], ['2024-09-30.acacia', 'number', undefined]);
  const invoice = of('invoice.paid').data.object;
  assert.deepEqual([invoice.subscription, invoice.parent, invoice.paid], [plan.id, undefined, true]);
  assert.equal(invoice.lines.data[0].price.id, PRICES.monthly);
  const charge = of('charge.succeeded').data.object;
  assert.deepEqual([charge.invoice, invoice.charge, invoice.payment_intent], [invoice.id, charge.id, charge.payment_intent]);
  const old = clientOf(sim, undefined, { apiVersion: '2024-09-30.acacia' });
  const asked = await old.subscriptions.retrieve(plan.id, { expand: ['latest_invoice.charge'] });
  assert.deepEqual([asked.current_period_end, asked.latest_invoice.charge.invoice], [plan.current_period_end, invoice.id]);
  await client.checkout.sessions.create(payment());
  assert.equal((await old.checkout.sessions.list()).data[0].ui_mode, 'hosted');
});

test('every event is listed later, by time, kind and delivery', async () => {
  sim.setWebhookUrl(null);
  for (let i = 0; i < 12; i++) await customer();
  const { id } = await client.checkout.sessions.create(payment());
  sim.stripe.pay({ id });
  const all = await Array.fromAsync(client.events.list({ limit: 5 }), ({ type }) => type);
  assert.deepEqual([all.length, all[0], all.at(-1)], [16, 'checkout.session.completed', 'customer.created']);
  const types = async (params) => (await client.events.list({ limit: 100, ...params })).data.length;
  assert.deepEqual([await types({ type: 'customer.created' }), await types({ type: 'charge.*' })], [12, 1]);
  assert.equal(await types({ types: ['charge.succeeded', 'checkout.session.completed'] }), 2);
  const now = Math.floor(Date.now() / 1000);
  assert.deepEqual([await types({ created: { gte: now - 3600, lte: now } }), await types({ created: { lt: now - 3600 } })], [16, 0]);
  const [{ id: event, data }] = (await client.events.list()).data;
  assert.deepEqual((await client.events.retrieve(event)).data.object.id, data.object.id);
  assert.equal(sim.stripe.list()[0].state, 'nobody');
  assert.equal((await events({ id: event })).status, 400);
});

test('reset forgets all, and a wish that makes no sense is refused', async () => {
  await customer();
  sim.stripe.set({ deliver: 'held', apiVersion: '2025-03-31.basil' });
  sim.reset();
  assert.deepEqual([sim.stripe.list(), (await client.customers.list()).data], [[], []]);
  await customer();
  assert.equal(sim.stripe.all('event')[0].api_version, '2026-10-28.endive');
  const event = { type: 'x' };
  for (const wish of [{}, { event, id: 'evt_1' }, { id: 'evt_none' }, { event, times: 0 }, { pending: 'yes' }, { event, at: 1 }]) {
    assert.equal((await events(wish)).status, 400, JSON.stringify(wish));
  }
});

test('settings without Stripe', () => {
  assert.equal(sim.workerVars({ stripe: false }).STRIPE_SECRET_KEY, undefined);
  const { STRIPE_API_URL: url, STRIPE_PRICE_ID: ids } = sim.workerVars();
  assert.deepEqual([url, ids.split(',').length], [sim.url, 5]);
});
