// Buying from the click to the new balance: given by Stripe's own word alone, once, and only what was sold.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { openShop, PRICES, PRODUCTS } from './billing.mjs';

const shop = await openShop();
const { sim, worker, stripe, client } = shop;
const CREDITS = { pack3: 3, pack5: 5 };
const COMPLETED = 'checkout.session.completed';

beforeEach(() => shop.anew());

const start = async (product) => {
  const person = shop.person();
  if (product === 'pack3') await person.known(shop.admin());
  await person.call('/api/user');
  return [person, Number(await person.credits())];
};
const hasIt = async (person, product, before) => {
  const { credits, isPremium } = await person.money();
  assert.deepEqual([credits, isPremium], [(before + (CREDITS[product] ?? 0)).toFixed(2), !CREDITS[product]], product);
};
const hasNothing = async (person, before) => {
  const { credits, isPremium } = await person.money();
  assert.deepEqual([credits, isPremium], [before.toFixed(2), false]);
};

for (const product of PRODUCTS) {
  test(`${product}: who is back before Stripe's word waits for it`, async () => {
    const [person, before] = await start(product);
    const visit = await person.visit(product);
    assert.equal(await person.state(visit), 'waiting');
    stripe.pay({ id: visit.id });
    for (let n = 0; n < 3; n++) assert.equal(await person.state(visit), 'waiting', 'paid, but the browser knows it alone');
    await hasNothing(person, before);
    await shop.tell();
    const { body } = await person.call(`/api/billing/checkouts/${visit.id}`);
    assert.deepEqual(body, { id: visit.id, product, state: 'done', credits: CREDITS[product]?.toFixed(2) ?? null });
    await hasIt(person, product, before);
  });

  test(`${product}: who is back after Stripe's word has it already`, async () => {
    const [person, before] = await start(product);
    const visit = await person.buy(product);
    await shop.tell(shop.events(visit.id, COMPLETED));
    assert.equal(await person.state(visit), 'done');
    await hasIt(person, product, before);
    await shop.tell();
    await shop.tell(shop.events(visit.id, COMPLETED));
    await hasIt(person, product, before);
    const stranger = shop.person();
    assert.equal((await stranger.call(`/api/billing/checkouts/${visit.id}`)).code, 'not_found');
    assert.equal((await stranger.call('/api/billing/checkouts/cs_test_none')).code, 'not_found');
  });
}

test('what was paid for is given also where the visit is not known any more', async () => {
  const [person] = await start('pack5');
  const visit = await person.buy('pack5');
  await worker.rows('delete from checkouts where id = ?', visit.id);
  await shop.tell();
  await hasIt(person, 'pack5', 3);
  assert.equal((await person.call(`/api/billing/checkouts/${visit.id}`)).code, 'not_found', 'and it is not known again');
});

test('a payment that takes days: waiting, then given once', async () => {
  const [person, before] = await start('pack5');
  const visit = await person.buy('pack5', { how: 'later' });
  const [completed] = shop.events(visit.id, COMPLETED);
  assert.equal(await shop.done(completed), 'waiting');
  assert.equal(await person.state(visit), 'waiting');
  await hasNothing(person, before);
  stripe.settle({ of: visit.id, succeeds: true });
  const [settled] = shop.events(visit.id, 'checkout.session.async_payment_succeeded');
  assert.equal(await shop.done(settled), 'stored');
  assert.equal(await shop.done(completed), 'stored');
  await hasIt(person, 'pack5', before);
  assert.equal((await person.lines()).filter(({ kind }) => kind === 'purchase').length, 1);
});

test('a payment that takes days and fails: told so, and nothing given', async () => {
  const [person, before] = await start('pack5');
  const visit = await person.buy('pack5', { how: 'later' });
  stripe.settle({ of: visit.id, succeeds: false });
  const [completed] = shop.events(visit.id, COMPLETED);
  const [failed] = shop.events(visit.id, 'checkout.session.async_payment_failed');
  assert.equal(await shop.done(failed), 'stored');
  assert.equal(await shop.done(completed), 'waiting', 'the older word does not bring it back');
  assert.equal(await person.state(visit), 'failed');
  await hasNothing(person, before);
});

test('a plan paid by a method that takes days', async () => {
  const [person] = await start('monthly');
  const visit = await person.buy('monthly', { how: 'later' });
  await shop.tell();
  assert.equal(await person.state(visit), 'waiting');
  stripe.settle({ of: visit.id, succeeds: true });
  await shop.tell();
  assert.equal(await person.state(visit), 'done');
  await hasIt(person, 'monthly', 3);
});

test('a visit that was left expires', async () => {
  const [person, before] = await start('pack5');
  const visit = await person.visit('pack5');
  stripe.pay({ id: visit.id, how: 'declined' });
  await client.checkout.sessions.expire(visit.id);
  await shop.tell();
  assert.equal(await person.state(visit), 'expired');
  await hasNothing(person, before);
});

/** A visit that somebody made with our key, past our checkout. */
async function made(person, lines, more = {}) {
  await person.visit('pack5');
  const [{ customer }] = await worker.rows('select customer from customers where person = ?', person.id);
  const metadata = { user: person.id, product: 'pack5', price: PRICES.pack5, ...more };
  const { id } = await client.checkout.sessions.create({
    mode: 'payment', customer, line_items: lines, metadata, payment_intent_data: { metadata }, success_url: 'http://localhost:8787/',
  });
  stripe.pay({ id });
  return id;
}

test('a visit that cost nothing is given all the same', async () => {
  const [person] = await start('pack5');
  const free = await client.prices.create({ product: 'prod_SJQ8EwiLxPh62L', currency: 'usd', unit_amount: 0 });
  const id = await made(person, [{ price: free.id, quantity: 1 }], { price: free.id });
  assert.equal(stripe.all('checkout.session').find((one) => one.id === id).payment_status, 'no_payment_required');
  await shop.tell();
  await hasIt(person, 'pack5', 3);
});

test('what is not as it was sold is not given, and operators see it', async () => {
  const changes = {
    'another quantity': [[{ price: PRICES.pack5, quantity: 2 }]],
    'another price': [[{ price: PRICES.pack3, quantity: 1 }]],
    'two lines': [[{ price: PRICES.pack5, quantity: 1 }, { price: PRICES.pack3, quantity: 1 }]],
    'no word of the price': [[{ price: PRICES.pack5, quantity: 1 }], { price: '' }],
  };
  for (const [what, [lines, more]] of Object.entries(changes)) {
    const [person, before] = await start('pack5');
    const id = await made(person, lines, more);
    const [event] = shop.events(id, COMPLETED);
    const answer = await shop.send(event);
    assert.deepEqual([answer.status, answer.code], [500, 'internal_error'], what);
    await hasNothing(person, before);
    const { ok, failures } = await shop.standing();
    const failure = failures.find((one) => one.id === event.id);
    assert.equal(ok, false);
    const { provider, type, tries, why } = failure;
    assert.deepEqual([provider, type, tries, why], ['stripe', COMPLETED, 1, `${id} is not what was sold`], what);
    assert.equal((await shop.send(event)).status, 500);
    assert.equal((await shop.standing()).failures.find((one) => one.id === event.id).tries, 2);
    assert.deepEqual(await worker.rows('select id from webhook_events where id = ?', event.id), [], 'not acknowledged');
    await worker.rows('delete from webhook_failures where id = ?', event.id);
  }
});

test('what could not be given and was refunded is done with', async () => {
  const [person, before] = await start('pack5');
  const id = await made(person, [{ price: PRICES.pack5, quantity: 2 }]);
  const [event] = shop.events(id, COMPLETED);
  assert.equal((await shop.send(event)).status, 500);
  const { payment_intent: intent } = stripe.all('checkout.session').find((one) => one.id === id);
  await client.refunds.create({ payment_intent: intent });
  const [back] = shop.events(intent, 'charge.refunded');
  assert.equal((await shop.send(back)).status, 200, 'there is nothing to take back');
  assert.equal((await shop.send(event)).status, 200, 'there is nothing to give any more');
  await hasNothing(person, before);
});

test('what is not ours is let pass', async () => {
  const [person, before] = await start('pack5');
  const strange = { user: '', product: '', price: '' };
  const others = [
    strange, { ...strange, user: person.id }, { user: person.id, product: 'pack9', price: PRICES.pack5 },
    { user: 'x y', product: 'pack5', price: '' },
  ];
  for (const metadata of others) {
    const id = await made(person, [{ price: PRICES.pack5, quantity: 1 }], metadata);
    assert.equal(await shop.done(shop.events(id, COMPLETED)[0]), 'ignored', JSON.stringify(metadata));
  }
  const gone = { object: { id: 'cs_test_gone', object: 'checkout.session' } };
  assert.equal(await shop.done({ ...shop.events('cs_test', COMPLETED)[0], id: 'evt_gone1', data: gone }), 'ignored');
  await hasNothing(person, before);
});

test('two events of one visit at once give once', async () => {
  const [person] = await start('pack5');
  const visit = await person.buy('pack5');
  const [event] = shop.events(visit.id, COMPLETED);
  const twins = Array.from({ length: 16 }, (_, n) => ({ ...event, id: n % 2 ? event.id : `evt_twin${n}x` }));
  const answers = await Promise.all(twins.map((twin) => shop.send(twin)));
  assert.ok(answers.every(({ status }) => status === 200), answers.map(({ text }) => text).join());
  await hasIt(person, 'pack5', 3);
});

test('the price may change while somebody is at Stripe: what was sold is given', async () => {
  const [person] = await start('pack5');
  const visit = await person.visit('pack5');
  const dearer = await client.prices.create({ product: 'prod_SJQ8EwiLxPh62L', currency: 'usd', unit_amount: 1900 });
  await client.products.update('prod_SJQ8EwiLxPh62L', { default_price: dearer.id });
  stripe.pay({ id: visit.id });
  await shop.tell();
  await hasIt(person, 'pack5', 3);
});

test('many buy much, and each has what they paid for', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => start('pack5')));
  const bought = await Promise.all(people.map(async ([person], n) => {
    for (let times = 0; times < n % 3; times++) await person.buy('pack5');
    return n % 3;
  }));
  await shop.tell();
  for (const [n, [person]] of people.entries()) assert.equal(await person.credits(), (3 + 5 * bought[n]).toFixed(2));
  assert.equal(sim.log('stripe').filter(({ op }) => op === 'checkout').length, 6);
});
