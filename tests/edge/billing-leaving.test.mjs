// Who leaves pays nothing any more: the plan ends at Stripe before anything else is cleared, whatever is away; and what is
// paid for afterwards is told to an operator.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { openShop, TERMS } from './billing.mjs';
import { until } from './harness.mjs';
import { walletOf } from './wallets.mjs';

const shop = await openShop();
const { sim, worker, stripe, client } = shop;
const TABLES = ['customers', 'consents', 'checkouts', 'plans'];
const NOTHING = TABLES.map(() => 0);

beforeEach(() => shop.anew());

const rowsOf = ({ id }) => Promise.all(TABLES.map(async (table) =>
  (await worker.rows(`select count(*) as n from ${table} where person = ?`, id))[0].n));
const subscriptionOf = (visit) => stripe.all('subscription').find(({ id }) => id === visit.subscription);
const leave = async (person) => {
  const { status, body } = await person.call('/api/me', { method: 'DELETE' });
  assert.deepEqual([status, body.closed], [200, true]);
};
const isGone = (person) => until(async () => (await rowsOf(person)).join() === NOTHING.join(), 'the rows are gone');
const isNameless = ({ id }) => until(async () => (
  (await worker.rows('select 1 from users where id = ? and deleted_at is not null and name is null', id)).length > 0), 'the name is gone');

async function subscriber(product = 'monthly') {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy(product);
  await shop.tell();
  assert.deepEqual(await rowsOf(person), [1, 1, 1, 1]);
  return [person, visit];
}

test('a plan is cancelled at Stripe, and nothing of buying is kept', async () => {
  const [person, visit] = await subscriber();
  await leave(person);
  await isGone(person);
  await isNameless(person);
  assert.equal(subscriptionOf(visit).status, 'canceled');
  assert.equal(shop.asked('cancel_subscription').length, 1);
  const ops = [...sim.log('stripe'), ...sim.log('clerk')].filter(({ op }) => ['cancel_subscription', 'delete_user'].includes(op));
  await until(() => sim.log('clerk').some(({ op }) => op === 'delete_user'), 'Clerk is told');
  assert.equal(ops[0].op, 'cancel_subscription', 'first the plan');
  const [deleted] = shop.events(visit.customer, 'customer.subscription.deleted');
  assert.equal(await shop.done(deleted), 'stored', 'its end is told, and nothing of the person is written for it');
  assert.deepEqual(await rowsOf(person), NOTHING);
});

test('all of several plans are cancelled, in whatever state', async () => {
  const [person, visit] = await subscriber();
  for (const status of ['active', 'past_due', 'unpaid', 'paused', 'trialing']) {
    const { id } = await client.subscriptions.create({
      customer: visit.customer, items: [{ price: 'price_1SimAnnual' }], metadata: { user: person.id, product: 'annual' },
    });
    if (status !== 'active') stripe.status({ subscription: id, status });
  }
  await leave(person);
  await isGone(person);
  assert.deepEqual(stripe.all('subscription').map(({ status }) => status), Array.from({ length: 6 }, () => 'canceled'));
});

test('a Stripe that is away is asked again, and the rest is cleared meanwhile', async () => {
  const trouble = [['subscriptions', { status: 503 }], ['cancel_subscription', { status: 500 }], ['cancel_subscription', { drop: true }]];
  for (const [op, how] of trouble) {
    const [person, visit] = await subscriber();
    sim.fault({ service: 'stripe', op, times: 3, ...how });
    await leave(person);
    await isNameless(person);
    const wallet = walletOf(worker, person.id);
    await until(async () => (await wallet.rows("select tries from due where what = 'cancel_plan'"))[0]?.tries > 0, 'it was tried');
    assert.deepEqual((await rowsOf(person))[0], 1, 'who they are at Stripe is not forgotten before');
    let ahead = 0;
    await until(async () => {
      await shop.ahead(ahead += 600);
      await wallet.ring();
      return (await rowsOf(person)).join() === NOTHING.join();
    }, 'the plan is cancelled after all');
    await shop.ahead(0);
    assert.equal(subscriptionOf(visit).status, 'canceled', op);
  }
});

test('what is told of a plan between the leaving and its end is taken, and gives nothing back', async () => {
  const [person, visit] = await subscriber();
  sim.fault({ service: 'stripe', op: 'cancel_subscription', status: 503, forMs: 1500 });
  const before = stripe.all('event').length;
  await leave(person);
  await isNameless(person);
  stripe.status({ subscription: visit.subscription, status: 'past_due' });
  stripe.status({ subscription: visit.subscription, status: 'active' });
  await client.refunds.create({ payment_intent: stripe.all('payment_intent').at(-1).id });
  const told = stripe.all('event').slice(before);
  // While Stripe does not let it end, they may have to come again.
  for (const event of told) assert.ok([200, 503].includes((await shop.send(event)).status), event.type);
  for (const event of told) await until(async () => (await shop.send(event)).status === 200, `${event.type} is taken`);
  assert.deepEqual(await worker.rows('select * from webhook_failures'), []);
  assert.equal((await person.call('/api/user')).code, 'account_closed');
  const kinds = await walletOf(worker, person.id).rows('select kind from entries order by seq desc limit 1');
  assert.deepEqual(kinds, [{ kind: 'closed' }], 'nothing is written behind the end');
  await until(() => subscriptionOf(visit).status === 'canceled', 'its end');
});

test('what was cancelled at Stripe already is no trouble', async () => {
  const [person, visit] = await subscriber();
  await client.subscriptions.cancel(visit.subscription);
  await leave(person);
  await isGone(person);
  const [other, second] = await subscriber();
  sim.fault({ service: 'stripe', op: 'cancel_subscription', status: 404 });
  await leave(other);
  await isGone(other);
  const asked = shop.asked('cancel_subscription').map(({ path }) => path.split('/').at(-1));
  assert.deepEqual(asked, [visit.subscription, second.subscription], 'ours once each, the first by hand');
  assert.equal(subscriptionOf(second).status, 'active', 'Stripe had said that there is none');
});

test('who never bought leaves without a word to Stripe', async () => {
  const person = shop.person();
  await person.call('/api/user');
  await leave(person);
  await isNameless(person);
  assert.deepEqual(shop.asked().map(({ op }) => op), []);
});

test('credits that are paid for after the account was closed are in the book, told to an operator, and answered yes', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.visit('pack5');
  await leave(person);
  await isGone(person);
  stripe.pay({ id: visit.id });
  const [event] = shop.events(visit.id, 'checkout.session.completed');
  assert.equal(await shop.done(event), 'stored');
  const purchases = await walletOf(worker, person.id).rows("select key, reference from entries where kind = 'purchase'");
  assert.deepEqual(purchases, [{ key: `purchase:${visit.id}`, reference: visit.payment_intent }]);
  await until(() => shop.printed(['"level":"alert"', visit.payment_intent, 'is to be refunded']).length > 0, 'the alert');
  assert.equal(await shop.done(event), 'stored');
  await client.refunds.create({ payment_intent: visit.payment_intent });
  await shop.tell();
  const [{ sum }] = await walletOf(worker, person.id).rows('select sum(user) as sum from entries');
  assert.equal(sum, 0, 'refunded, nothing is left');
  assert.equal((await person.call('/api/user')).code, 'account_closed');
});

test('a plan that is paid for after the account was closed does not go on for ever', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.visit('monthly');
  await leave(person);
  await isGone(person);
  stripe.pay({ id: visit.id });
  await shop.tell();
  const ids = [visit.id, visit.subscription, visit.customer, person.id];
  const told = shop.printed(['"level":"alert"']).filter((line) => ids.some((id) => line.includes(id)));
  assert.deepEqual([subscriptionOf(visit).status, told.length > 0], ['canceled', true], 'it is cancelled, and an operator is told');
});

test('a visit that was left open is paid for after the account was closed: no row of the person comes back', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.visit('pack5');
  await leave(person);
  await isGone(person);
  stripe.pay({ id: visit.id });
  await shop.tell();
  assert.deepEqual(await rowsOf(person), NOTHING);
});

test('Clerk\'s own word of the end does the same', async () => {
  const [person, visit] = await subscriber();
  const { statuses } = await sim.clerkEvents({ event: { type: 'user.deleted', data: { id: person.id, deleted: true } } });
  assert.deepEqual(statuses, [200]);
  await isGone(person);
  assert.equal(subscriptionOf(visit).status, 'canceled');
});

test('somebody new agrees to the terms and buys after another left', async () => {
  const [first] = await subscriber();
  await leave(first);
  await isGone(first);
  const person = shop.person();
  assert.equal((await person.products()).terms.accepted, false);
  const { status } = await person.checkout('annual', { terms: TERMS });
  assert.equal(status, 201);
});
