// The official client, unmodified, believes the simulated Stripe: the catalogue, people, lists, expansions.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { simulator } from './harness.mjs';
import { clientOf, payment, PRICES, subscribed, subscription } from './stripe/buying.mjs';

const sim = await simulator();
const client = clientOf(sim);

test('the products of the product are there, with their prices', async () => {
  const ids = sim.workerVars().STRIPE_PRICE_ID.split(',');
  const told = [];
  for (const id of ids) {
    const { name, default_price: price, livemode } = await client.products.retrieve(id, { expand: ['default_price'] });
    const { interval, interval_count: count } = price.recurring ?? {};
    told.push([name, price.unit_amount, price.currency, price.type, interval, count]);
    assert.equal(livemode, false);
    assert.equal((await client.prices.retrieve(price.id)).product, id);
  }
  assert.deepEqual(told, [
    ['Three VocahireCredits', 900, 'usd', 'one_time', undefined, undefined],
    ['Five VocahireCredits', 1200, 'usd', 'one_time', undefined, undefined],
    ['Monthly Coach', 2900, 'usd', 'recurring', 'month', 1],
    ['Quarterly Coach', 7300, 'usd', 'recurring', 'month', 3],
    ['Annual Coach', 21_900, 'usd', 'recurring', 'year', 1],
  ]);
});

test('the catalogue is changed', async () => {
  const id = 'prod_SLHl7Tl1LX1NMH';
  const price = await client.prices.create({
    product: id, currency: 'usd', unit_amount: 3100, recurring: { interval: 'month' }, lookup_key: 'monthly', transfer_lookup_key: true,
  });
  assert.deepEqual([price.recurring.interval_count, price.unit_amount_decimal.toString()], [1, '3100']);
  assert.equal((await client.products.update(id, { default_price: price.id, metadata: { a: '1', b: '2' } })).default_price, price.id);
  const emptied = await client.products.update(id, { default_price: '', metadata: { a: '' } });
  assert.deepEqual([emptied.default_price, emptied.metadata], [null, { b: '2' }]);
  assert.deepEqual((await client.prices.list({ lookup_keys: ['monthly', 'annual'] })).data.map((one) => one.id), [price.id, PRICES.annual]);
  assert.equal((await client.prices.retrieve(PRICES.monthly)).lookup_key, null);
  await client.prices.update(PRICES.monthly, { active: false });
  const refused = { param: 'line_items[0][price]', message: /inactive/ };
  await assert.rejects(client.checkout.sessions.create(subscription()), refused);
  const made = await client.products.create({ name: 'Ten', default_price_data: { currency: 'usd', unit_amount: 2000 } });
  assert.equal((await client.prices.retrieve(made.default_price)).unit_amount, 2000);
  const types = sim.stripe.list().map(({ type }) => type);
  for (const type of ['price.created', 'price.updated', 'product.created', 'product.updated']) assert.ok(types.includes(type), type);
});

test('customers are made, found by their address, changed and deleted', async () => {
  const { id } = await client.customers.create({ email: 'ann@example.test', name: 'Ann', metadata: { user: 'user_ann' } });
  await client.customers.create({ email: 'bob@example.test' });
  assert.deepEqual((await client.customers.list({ email: 'ann@example.test' })).data.map((one) => one.id), [id]);
  const changed = await client.customers.update(id, { name: '', metadata: { seen: 'yes' } });
  assert.deepEqual([changed.name, changed.metadata], [null, { user: 'user_ann', seen: 'yes' }]);
  assert.deepEqual(await bare(client.customers.del(id)), { id, object: 'customer', deleted: true });
  assert.deepEqual(await bare(client.customers.retrieve(id)), { id, object: 'customer', deleted: true });
  assert.equal((await client.customers.list()).data.length, 1);
  for (const call of [client.customers.update(id, {}), client.customers.del(id)]) await assert.rejects(call, { statusCode: 404 });
  const missing = { statusCode: 400, code: 'resource_missing', param: 'customer' };
  await assert.rejects(client.checkout.sessions.create(payment({ customer: id })), missing);
});

const bare = async (call) => {
  const { lastResponse, ...rest } = await call;
  assert.match(lastResponse.requestId, /^req_/);
  return rest;
};

test('a customer who is deleted has no subscription left', async () => {
  const { id, customer } = await subscribed(sim, client);
  await client.customers.del(customer.id);
  assert.equal((await client.subscriptions.retrieve(id)).status, 'canceled');
});

test('long lists come in pages, the newest first', async () => {
  const made = [];
  for (let i = 0; i < 25; i++) made.unshift((await client.customers.create({ email: `a${i}@example.test` })).id);
  const first = await client.customers.list();
  assert.deepEqual([first.data.length, first.has_more, first.url], [10, true, '/v1/customers']);
  const all = await Array.fromAsync(client.customers.list({ limit: 7 }), ({ id }) => id);
  assert.deepEqual(all, made);
  const before = await client.customers.list({ ending_before: made[20], limit: 3 });
  assert.deepEqual([before.data.map(({ id }) => id), before.has_more], [made.slice(17, 20), true]);
  const last = await client.customers.list({ starting_after: made[22], limit: 3 });
  assert.deepEqual([last.data.length, last.has_more], [2, false]);
  const now = Math.floor(Date.now() / 1000);
  assert.equal((await client.customers.list({ created: { gte: now - 60, lte: now } })).data.length, 10);
  assert.equal((await client.customers.list({ created: { gt: now + 60 } })).data.length, 0);
  await assert.rejects(client.customers.list({ starting_after: 'cus_none' }), { code: 'resource_missing', param: 'starting_after' });
});

test('what may be expanded is, the rest is refused', async () => {
  const { id, customer } = await subscribed(sim, client);
  const whole = await client.subscriptions.retrieve(id, {
    expand: ['customer', 'items.data.price.product'],
  });
  assert.deepEqual([whole.customer.id, whole.items.data[0].price.product.name], [customer.id, 'Monthly Coach']);
  const { latest_invoice: invoice } = await client.subscriptions.retrieve(id, { expand: ['latest_invoice.payments'] });
  assert.deepEqual(invoice.payments.data.map(({ status, amount_paid: amount }) => [status, amount]), [['paid', 2900]]);
  const listed = await client.invoices.list({ subscription: id, expand: ['data.parent.subscription_details.subscription'] });
  assert.equal(listed.data[0].parent.subscription_details.subscription.id, id);
  for (const path of ['items', 'status', 'colour', 'default_payment_method', 'latest_invoice.colour', 'customer.email.x']) {
    await assert.rejects(client.subscriptions.retrieve(id, { expand: [path] }), { statusCode: 400, message: /cannot be expanded/ }, path);
  }
  await assert.rejects(client.subscriptions.list({ expand: ['data.items.data.price.product'] }), { message: /more than 4 levels/ });
});
