// What can be bought and for how much: five products of ours with the prices that stand at Stripe.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { openShop, PRICES, PRODUCTS, shopOf } from './billing.mjs';
import { startWorker } from './harness.mjs';

const shop = await openShop();
const { sim, worker } = shop;
const LIST = sim.workerVars().STRIPE_PRICE_ID.split(',');
const VARIABLES = ['3_CREDITS', '5_CREDITS', 'MONTHLY', 'QUARTERLY', 'ANNUAL'].map((name) => `STRIPE_PRICE_ID_${name}`);
const MINUTE = 60_000;

beforeEach(() => shop.anew());

/** A Worker of its own with other ids, which knows no price yet. */
async function other(vars) {
  const its = shopOf(sim, await startWorker(sim, vars));
  await its.ahead(0);
  return { ...its, its, person: its.person() };
}

const closed = ({ products }) => Object.fromEntries(products.map(({ id, closed: why }) => [id, why]));
const OPEN = { pack3: 'top_up', pack5: null, monthly: null, quarterly: null, annual: null };

test('five products in their order, with what they cost, what a month is, and what it saves', async () => {
  const { products, plan, customer, terms } = await shop.person().products();
  const told = products.map(({ id, credits, interval, price, perMonth, saves }) => (
    [id, credits, interval && `${interval.count} ${interval.unit}`, `${price.amount} ${price.currency}`, perMonth, saves]));
  assert.deepEqual(told, [
    ['pack3', '3.00', null, '900 usd', null, null],
    ['pack5', '5.00', null, '1200 usd', null, null],
    ['monthly', null, '1 month', '2900 usd', 2900, null],
    ['quarterly', null, '3 month', '7300 usd', 2433, 16],
    ['annual', null, '1 year', '21900 usd', 1825, 37],
  ]);
  assert.deepEqual([plan, customer, terms], [null, false, { version: '2026-11-21', accepted: false }]);
});

test('the pack to top up with is for who has been given something', async () => {
  const person = shop.person();
  assert.deepEqual(closed(await person.products()), OPEN);
  await person.known(shop.admin());
  assert.deepEqual(closed(await person.products()), { ...OPEN, pack3: null });
});

test('nothing is told to who is not signed in', async () => {
  assert.equal((await worker.call('/api/billing/products')).status, 401);
  assert.equal((await worker.call('/api/billing/checkouts/cs_test_1')).status, 401);
});

test('the prices are asked for once in ten minutes', async () => {
  const { its, person, worker: fresh } = await other();
  const asked = () => its.asked('product').length;
  for (let n = 0; n < 3; n++) await person.products();
  assert.equal(asked(), 5);
  await fresh.clock(10 * MINUTE - 2000);
  await person.products();
  assert.equal(asked(), 5);
  await fresh.clock(10 * MINUTE + 1000);
  await person.products();
  assert.equal(asked(), 10);
  await its.client.products.update(LIST[1], { default_price: (await its.client.prices.create({
    product: LIST[1], currency: 'usd', unit_amount: 1300,
  })).id });
  assert.equal((await person.products()).products[1].price.amount, 1200, 'a change is seen when the old price is old');
  await fresh.clock(20 * MINUTE + 2000);
  assert.equal((await person.products()).products[1].price.amount, 1300);
});

test('ids may be prices or products, in the list or each alone, and the one alone wins', async () => {
  const ways = {
    'prices in the list': { STRIPE_PRICE_ID: Object.values(PRICES).join(' , ') },
    'products alone': { STRIPE_PRICE_ID: null, ...Object.fromEntries(VARIABLES.map((name, n) => [name, LIST[n]])) },
    'prices alone': { STRIPE_PRICE_ID: null, ...Object.fromEntries(VARIABLES.map((name, n) => [name, Object.values(PRICES)[n]])) },
    'one alone over the list': { STRIPE_PRICE_ID: [LIST[0], 'prod_none', ...LIST.slice(2)].join(), [VARIABLES[1]]: PRICES.pack5 },
  };
  for (const [way, vars] of Object.entries(ways)) {
    const { person } = await other(vars);
    const { products } = await person.products();
    assert.deepEqual(products.map(({ id, price }) => [id, price.amount]),
      [['pack3', 900], ['pack5', 1200], ['monthly', 2900], ['quarterly', 7300], ['annual', 21_900]], way);
  }
});

test('a list that is not five ids says nothing, and the settings page says so', async () => {
  for (const list of [LIST.slice(1).join(), `${LIST.join()},`, [...LIST.slice(0, 4), 'plan_1'].join()]) {
    const { its, person, worker: one } = await other({ STRIPE_PRICE_ID: list });
    assert.deepEqual(Object.values(closed(await person.products())), PRODUCTS.map(() => 'no_price'), list);
    const { body } = await one.call('/api/diagnostic/env', { token: its.admin() });
    assert.equal(body.settings.find(({ name }) => name === 'STRIPE_PRICE_ID').state, 'invalid');
  }
});

test('a product without a default price is told by its name, and the rest is sold', async () => {
  const { its, person } = await other({ [VARIABLES[4]]: 'prod_gone' });
  sim.stripe.all('product').find(({ id }) => id === LIST[2]).default_price = null;
  const told = await person.products();
  assert.deepEqual(closed(told), { ...OPEN, monthly: 'no_price', annual: 'no_price' });
  const { price, perMonth, saves } = told.products[2];
  assert.deepEqual([price, perMonth, saves, told.products[3].saves], [null, null, null, null]);
  const lines = its.printed(['no price']).map((line) => JSON.parse(line));
  const [monthly, annual] = ['monthly', 'annual'].map((name) => lines.find(({ product }) => product === name));
  assert.deepEqual([monthly.level, monthly.id, annual.id], ['alert', LIST[2], 'prod_gone']);
  const { status, code } = await person.checkout('monthly');
  assert.deepEqual([status, code], [409, 'conflict']);
});

test('a price of another kind is not sold', async () => {
  const { person } = await other({ [VARIABLES[1]]: PRICES.monthly, [VARIABLES[2]]: PRICES.pack3, [VARIABLES[3]]: PRICES.annual });
  const told = await person.products();
  assert.deepEqual(closed(told), { ...OPEN, pack5: 'wrong_price', monthly: 'wrong_price', quarterly: 'wrong_price' });
  for (const product of ['pack5', 'monthly', 'quarterly']) assert.equal((await person.checkout(product)).code, 'conflict');
  assert.equal((await person.checkout('annual')).status, 201);
});

test('what was taken out of the catalogue at Stripe is not offered', async () => {
  const { its, person } = await other({ [VARIABLES[1]]: PRICES.pack5 });
  await its.client.prices.update(PRICES.pack5, { active: false });
  await its.client.products.update(LIST[2], { active: false });
  const told = await person.products();
  const clicks = [await person.checkout('pack5'), await person.checkout('monthly')];
  assert.deepEqual(closed(told), { ...OPEN, pack5: 'no_price', monthly: 'no_price' }, clicks.map(({ text }) => text).join());
});

test('a plan in another currency saves nothing, nor one that costs more', async () => {
  const { its, person } = await other();
  const make = (product, currency, amount, recurring) => its.client.prices.create({ product, currency, unit_amount: amount, recurring });
  const euro = await make(LIST[3], 'eur', 7300, { interval: 'month', interval_count: 3 });
  const dear = await make(LIST[4], 'usd', 40_000, { interval: 'year' });
  await its.client.products.update(LIST[3], { default_price: euro.id });
  await its.client.products.update(LIST[4], { default_price: dear.id });
  const { products } = await person.products();
  const told = products.slice(3).map(({ price, perMonth, saves }) => [price.currency, perMonth, saves]);
  assert.deepEqual(told, [['eur', 2433, null], ['usd', 3333, null]]);
});

test('without Stripe there is no shop', async () => {
  const { person, worker: closedShop } = await other(Object.fromEntries(['SECRET_KEY', 'WEBHOOK_SECRET', 'API_URL', 'PRICE_ID']
    .map((name) => [`STRIPE_${name}`, null])));
  const answers = [
    await person.call('/api/billing/products'), await person.checkout('pack5'),
    await person.post('/api/billing/portal', { returnTo: '/credits' }),
  ];
  for (const { status, code } of answers) assert.deepEqual([status, code], [503, 'not_configured']);
  await closedShop.cron();
});

test('a Stripe that is away is told by how it is away, and it is asked again at once', async () => {
  const { its, person } = await other();
  const away = [
    [{ status: 500 }, 502, 'provider_error'], [{ status: 429 }, 503, 'provider_busy'],
    [{ code: 'rate_limit', status: 400 }, 503, 'provider_busy'],
    [{ status: 401 }, 502, 'provider_refused'], [{ status: 403 }, 502, 'provider_refused'], [{ drop: true }, 502, 'provider_error'],
    [{ body: '<html>' }, 502, 'provider_error'], [{ hang: true }, 504, 'provider_timeout'],
  ];
  for (const [how, status, code] of away) {
    sim.fault({ service: 'stripe', op: 'product', ...how });
    const answer = await person.call('/api/billing/products');
    assert.deepEqual([answer.status, answer.code], [status, code], JSON.stringify(how));
  }
  assert.deepEqual(closed(await person.products()), OPEN);
  assert.ok(its.asked('product').every(({ headers }) => headers['stripe-version'] === '2026-10-28.endive'));
});
