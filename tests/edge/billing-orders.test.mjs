// Threat 6: what is told of a plan in every order ends alike, also while it goes on living; and a late answer revives
// nothing. ORDERS=720 takes all orders of six events, ORDERS_SEED says which are taken else.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { inParallel, openShop, PRICES, seeded } from './billing.mjs';

const ORDERS = Number(process.env.ORDERS ?? 36);
const SEED = Number(process.env.ORDERS_SEED ?? Date.now() % 1e6);
const LANES = 6;
const LIFECYCLE = /^customer\.subscription\./;

const shop = await openShop();
const { sim, worker, stripe, client } = shop;

beforeEach(() => shop.anew());

const permutations = (list) => (list.length < 2 ? [list] : list.flatMap((one, n) => (
  permutations(list.toSpliced(n, 1)).map((rest) => [one, ...rest]))));

/** A fair choice of all orders. */
function orders(count, chance) {
  const all = permutations([0, 1, 2, 3, 4, 5]).map((order) => ({ order, at: chance() }));
  return all.sort((a, b) => a.at - b.at).slice(0, count).map(({ order }) => order);
}

/** Somebody whose customer Stripe knows, and who never was here. */
async function customerOf(person) {
  const { id } = await client.customers.create({ metadata: { user: person.id } });
  await worker.rows('insert into customers (person, customer, at) values (?, ?, 1)', person.id, id);
  return id;
}

/** By the name of the life: what happens one after the other, each an event. */
const LIVES = {
  'it ends': [
    (id) => client.subscriptions.update(id, { cancel_at_period_end: true }),
    (id) => client.subscriptions.update(id, { cancel_at_period_end: false }),
    (id) => stripe.status({ subscription: id, status: 'past_due' }), (id) => stripe.status({ subscription: id, status: 'active' }),
    (id) => client.subscriptions.cancel(id),
  ],
  'it goes on': [
    (id) => stripe.status({ subscription: id, status: 'past_due' }), (id) => stripe.status({ subscription: id, status: 'unpaid' }),
    (id) => stripe.status({ subscription: id, status: 'paused' }), (id) => client.subscriptions.update(id, { cancel_at: 'max_period_end' }),
    (id) => stripe.status({ subscription: id, status: 'active' }),
  ],
};

/** Tells the events of a life in this order; each thing has happened when it is told, and those after it not yet. */
async function live(customer, person, deeds, order) {
  const steps = [
    () => client.subscriptions.create({ customer, items: [{ price: PRICES.monthly }], metadata: { user: person.id, product: 'monthly' } }),
    ...deeds.map((deed) => () => deed(subscription().id)),
  ];
  const subscription = () => stripe.all('subscription').find((one) => one.customer === customer);
  const mine = () => stripe.all('event').filter(({ type, data }) => LIFECYCLE.test(type) && data.object.customer === customer);
  const events = [];
  for (const wanted of order) {
    while (events.length <= wanted) {
      await steps[events.length]();
      // Its first payment makes it active, which is told as well: of what a step is told by, the last counts.
      events.push(mine().at(-1));
    }
    assert.equal(await shop.done(events[wanted]), 'stored', events[wanted].type);
  }
  return subscription();
}

async function endsAs(name, person, subscription, order) {
  const [{ isPremium }, plan] = [await person.money(), await person.plan()];
  const end = new Date(subscription.items.data[0].current_period_end * 1000).toISOString();
  const where = `${name}, order ${order.join(' ')}, ORDERS_SEED=${SEED}`;
  if (name === 'it goes on') assert.deepEqual([isPremium, plan.state, plan.until], [true, 'ends', end], where);
  else {
    assert.deepEqual([isPremium, plan.state], [false, 'over'], where);
    assert.equal(Date.parse(plan.until), subscription.ended_at * 1000, where);
  }
  assert.deepEqual([plan.product, plan.amount, plan.currency], ['monthly', 2900, 'usd'], where);
}

for (const [name, deeds] of Object.entries(LIVES)) {
  test(`six events in ${ORDERS} of 720 orders: ${name} (ORDERS_SEED=${SEED})`, async () => {
    await inParallel(orders(ORDERS, seeded(SEED)), LANES, async (order) => {
      const person = shop.person();
      const customer = await customerOf(person);
      await endsAs(name, person, await live(customer, person, deeds, order), order);
    });
  });
}

test(`what a purchase, a renewal and an end tell, in ${ORDERS} orders of one life (ORDERS_SEED=${SEED})`, async () => {
  const buyer = shop.person();
  await buyer.call('/api/user');
  const visit = await buyer.buy('monthly');
  await client.subscriptions.update(visit.subscription, { cancel_at_period_end: true });
  stripe.status({ subscription: visit.subscription, status: 'past_due' });
  await client.subscriptions.cancel(visit.subscription);
  const pick = (type) => shop.events(visit.customer, type).at(0);
  const six = [
    'checkout.session.completed', 'customer.subscription.created', 'invoice.paid', 'invoice.payment_succeeded',
    'customer.subscription.updated', 'customer.subscription.deleted',
  ].map(pick);
  assert.ok(six.every(Boolean));
  const [ended] = stripe.all('subscription');
  for (const order of orders(ORDERS, seeded(SEED + 1))) {
    // Another person each time, whose customer this is from now on.
    const person = shop.person();
    await worker.rows('update customers set person = ? where customer = ?', person.id, visit.customer);
    for (const place of order) assert.equal(await shop.done(six[place]), 'stored', six[place].type);
    await endsAs('it ends', person, ended, order);
  }
});

test('an answer of Stripe\'s that comes late revives nothing', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy('monthly');
  await shop.tell();
  assert.equal((await person.money()).isPremium, true);
  const [created] = shop.events(visit.customer, 'customer.subscription.created');
  // Stripe says active, but the answer takes its time; meanwhile it is cancelled, and that is told.
  sim.fault({ service: 'stripe', op: 'subscriptions', latencyMs: 600 });
  const asked = shop.asked('subscriptions').length;
  const late = shop.send(created);
  while (shop.asked('subscriptions').length === asked) await new Promise(setImmediate);
  await client.subscriptions.cancel(visit.subscription);
  const [deleted] = shop.events(visit.customer, 'customer.subscription.deleted');
  assert.equal(await shop.done(deleted), 'stored');
  assert.equal((await late).status, 200);
  assert.deepEqual([(await person.money()).isPremium, (await person.plan()).state], [false, 'over']);
});

test('the other way round: late news of the end does not end what was bought since', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy('monthly');
  await client.subscriptions.cancel(visit.subscription);
  sim.fault({ service: 'stripe', op: 'subscriptions', latencyMs: 600 });
  const asked = shop.asked('subscriptions').length;
  const late = shop.send(shop.events(visit.customer, 'customer.subscription.deleted')[0]);
  while (shop.asked('subscriptions').length === asked) await new Promise(setImmediate);
  const again = await person.buy('annual');
  assert.equal(await shop.done(shop.events(again.id, 'checkout.session.completed')[0]), 'stored');
  assert.equal((await late).status, 200);
  assert.deepEqual([(await person.money()).isPremium, (await person.plan()).product], [true, 'annual']);
});

test('thirty words of one plan at once, while it is cancelled', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy('monthly');
  const events = () => stripe.all('event').filter(({ type, data }) => LIFECYCLE.test(type) && data.object.customer === visit.customer);
  const [first] = events();
  const told = Array.from({ length: 30 }, (_, n) => shop.send({ ...first, id: `evt_many${n}x` }));
  await client.subscriptions.cancel(visit.subscription);
  const last = shop.send(events().at(-1));
  assert.ok((await Promise.all([...told, last])).every(({ status }) => status === 200));
  assert.deepEqual([(await person.money()).isPremium, (await person.plan()).state], [false, 'over']);
});
