// The book against Stripe's events of two days, both ways, at night and when an operator asks; and doing one event again.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { DAY, openShop, shopOf } from './billing.mjs';
import { startWorker, until } from './harness.mjs';

const MINUTE = 60;
const COMPLETED = 'checkout.session.completed';
const WEBHOOKS = '/api/diagnostic/webhooks';
let shop = await openShop();
let { worker } = shop;
const { sim, stripe, client } = shop;

// Nothing of the other tests is known to this one's Worker.
beforeEach(async () => {
  await shop.anew();
  const tables = ['webhook_events', 'webhook_failures', 'payment_rounds', 'payment_differences', 'customers'];
  for (const table of tables) await worker.rows(`delete from ${table}`);
  await worker.rows("update entries set at = at - ? where kind = 'purchase'", 3 * DAY * 1000);
});

const admin = (path, body) => worker.call(path, {
  method: 'POST', token: shop.admin(), body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
});
/** What a fresh comparison says, when nothing is on its way any more. */
async function compared(after = 15 * MINUTE) {
  await shop.ahead(after);
  const { status, body, text } = await admin('/api/admin/reconcile', {});
  assert.equal(status, 200, text);
  return body;
}
const found = ({ differences }) => differences.map(({ id, owner, what }) => [id, owner, what]).sort();
const replay = async (event) => {
  const { status, body, code } = await admin('/api/admin/replay', { event });
  return status === 200 ? body.done : [status, code];
};

async function bought(product = 'pack5') {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy(product);
  const [event] = shop.events(visit.id, COMPLETED);
  return { person, visit, event };
}
const isCopied = ({ person }, kind = 'purchase') => person.copied(`kind = '${kind}'`);

test('nothing is different when all is well', async () => {
  const [one, two, three] = [await bought(), await bought(), await bought('monthly')];
  await shop.tell();
  await client.refunds.create({ payment_intent: one.visit.payment_intent, amount: 600 });
  stripe.dispute({ of: two.visit.id });
  await client.subscriptions.update(three.visit.subscription, { cancel_at_period_end: true });
  await shop.tell();
  for (const each of [one, two]) await isCopied(each, 'clawback');
  const { ok, differences, failures, round } = await compared();
  assert.deepEqual([ok, differences, failures, round.different], [true, [], [], 0]);
  assert.ok(round.events >= 8 && Date.parse(round.finishedAt) > 0, JSON.stringify(round));
  assert.match(round.day, /^\d{4}-\d\d-\d\d$/);
  assert.equal(shop.printed(['payments compared', '"level":"info"']).length, 1);
});

test('an event that was never taken is found, is done again, and is done again without a change', async () => {
  const { person, event } = await bought();
  const first = await compared();
  assert.equal(first.ok, false);
  assert.deepEqual(first.differences.map(({ id }) => id), [event.id]);
  assert.match(first.differences[0].what, /was not taken|paid for, and not in the book/);
  assert.ok(shop.printed(['payments compared', '"level":"alert"']).length > 0);
  for (let times = 0; times < 3; times++) assert.equal(await replay(event.id), 'stored');
  assert.equal(await person.credits(), '8.00');
  await isCopied({ person });
  const { ok, differences } = await compared();
  assert.deepEqual([ok, differences], [true, []]);
});

test('an event is one difference, also where two things are wrong with it', async () => {
  const { event } = await bought();
  const { round, differences } = await compared();
  assert.deepEqual([differences.map(({ id }) => id), round.different], [[event.id], 1]);
});

test('what is younger than ten minutes may be on its way', async () => {
  await bought();
  const { ok, round } = await compared(5 * MINUTE);
  assert.deepEqual([ok, round.different], [true, 0]);
  assert.equal((await compared(11 * MINUTE)).ok, false);
});

test('what is older than two days is not looked at any more', async () => {
  await bought();
  const { ok, round } = await compared(2 * DAY + 5 * MINUTE);
  assert.deepEqual([ok, round.events], [true, 0]);
});

/** The log says that it was taken, the book does not. */
const pretend = (event) => worker.rows(
  "insert into webhook_events (provider, id, type, object_id, outcome, at) values ('stripe', ?, ?, ?, 'stored', 1)",
  event.id, event.type, event.data.object.id);

test('paid for, and not in the book', async () => {
  const { person, event } = await bought();
  await pretend(event);
  const told = await compared();
  assert.deepEqual(found(told), [[event.id, person.id, 'paid for, and not in the book']]);
  assert.equal(told.round.different, 1);
  assert.equal(await replay(event.id), 'stored');
  await isCopied({ person });
  assert.deepEqual(found(await compared()), []);
});

test('refunded, and not in the book', async () => {
  const { person, visit, event } = await bought();
  await shop.tell([event]);
  await isCopied({ person });
  await client.refunds.create({ payment_intent: visit.payment_intent });
  const [back] = shop.events(visit.payment_intent, 'charge.refunded');
  await pretend(back);
  assert.deepEqual(found(await compared()), [[back.id, person.id, 'refunded, and not in the book']]);
  assert.equal(await replay(back.id), 'stored');
  assert.equal(await person.credits(), '3.00');
  await isCopied({ person }, 'clawback');
  assert.deepEqual(found(await compared()), []);
});

test('a refund too small to take anything is no difference', async () => {
  const { person, visit } = await bought();
  await shop.tell();
  await isCopied({ person });
  await client.refunds.create({ payment_intent: visit.payment_intent, amount: 1 });
  await shop.tell();
  assert.equal(await person.credits(), '8.00');
  assert.deepEqual(found(await compared()), []);
});

test('a plan whose end was not taken', async () => {
  const { person, visit } = await bought('annual');
  await shop.tell();
  await client.subscriptions.cancel(visit.subscription);
  const [deleted] = shop.events(visit.customer, 'customer.subscription.deleted');
  assert.deepEqual(found(await compared()), [[deleted.id, null, 'customer.subscription.deleted was not taken']]);
  assert.equal((await person.money()).isPremium, true);
  assert.equal(await replay(deleted.id), 'stored');
  assert.equal((await person.money()).isPremium, false);
  assert.deepEqual(found(await compared()), []);
});

async function plant(person, visit) {
  await worker.rows(
    `insert into entries (owner, seq, at, kind, key, fingerprint, user, held, earned, granted, bought, refunded, owed, user_after,
      held_after, owed_after, reference, hash) values (?, 999, ?, 'purchase', ?, 'x', 5000, 0, 0, 0, -5000, 0, 0, 8000, 0, 0, 'pi_planted',
      'x')`,
    person.id, Date.now() - 60_000, `purchase:${visit}`);
}

test('in the book, and not paid for', async () => {
  const person = shop.person();
  const unpaid = await person.visit('pack5');
  await plant(person, unpaid.id);
  const forged = shop.person();
  await plant(forged, 'cs_test_forged');
  assert.deepEqual(found(await compared()), [
    [unpaid.id, person.id, 'in the book, and not paid for'], ['cs_test_forged', forged.id, 'in the book, and not paid for'],
  ].sort());
  // Paid for in the meantime, be it that nobody told.
  stripe.pay({ id: unpaid.id });
  await pretend(shop.events(unpaid.id, COMPLETED)[0]);
  await worker.rows("update webhook_events set outcome = 'waiting'");
  assert.deepEqual(found(await compared()).map(([id]) => id), ['cs_test_forged']);
});

test('a late purchase of a closed account is in the book and no difference', async () => {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.visit('pack5');
  await person.call('/api/me', { method: 'DELETE' });
  stripe.pay({ id: visit.id });
  await shop.tell();
  await isCopied({ person });
  assert.deepEqual(found(await compared()), []);
});

test('the cron compares once a day, and what the last one found is done with', async () => {
  const { event } = await bought();
  await shop.ahead(15 * MINUTE);
  await worker.cron();
  assert.deepEqual((await shop.standing()).differences.map(({ id }) => id), [event.id]);
  const asked = shop.asked('events').length;
  await worker.cron();
  assert.equal(shop.asked('events').length, asked, 'done for today');
  assert.equal(await replay(event.id), 'stored');
  await shop.ahead(DAY);
  await worker.cron();
  const { ok, differences, round } = await shop.standing();
  assert.deepEqual([ok, differences, shop.asked('events').length > asked], [true, [], true]);
  assert.ok(round.finishedAt);
});

test('pages of a hundred, and what is left after ten of them at the next stroke', async () => {
  const { visit } = await bought('monthly');
  await shop.tell();
  const flip = (n) => stripe.status({ subscription: visit.subscription, status: n % 2 ? 'active' : 'past_due' });
  for (let n = 1; n <= 1030; n++) flip(n);
  const first = await compared();
  assert.deepEqual([first.round.events, first.round.finishedAt, first.round.different], [1000, null, 1000]);
  await worker.cron();
  const { round, ok, differences } = await shop.standing();
  assert.ok(round.events > 1030 && round.finishedAt, JSON.stringify(round));
  assert.deepEqual([round.different, ok, differences.length], [1030, false, 100]);
});

test('a comparison that Stripe breaks off says so, and is not a clean bill', async () => {
  const { event } = await bought();
  assert.deepEqual((await compared()).differences.map(({ id }) => id), [event.id]);
  for (const [how, status] of [[{ status: 500 }, 502], [{ status: 429 }, 503]]) {
    sim.fault({ service: 'stripe', op: 'events', ...how });
    assert.equal((await admin('/api/admin/reconcile', {})).status, status);
    assert.equal((await shop.standing()).ok, false, 'what was found is not forgotten before it is looked for again');
  }
  sim.fault({ service: 'stripe', op: 'events', drop: true });
  await worker.cron();
  await worker.cron();
  assert.deepEqual((await shop.standing()).differences.map(({ id }) => id), [event.id], 'the cron goes on');
});

test('an event that failed is done again by an operator', async () => {
  const { person, event } = await bought();
  sim.fault({ service: 'stripe', op: 'session', status: 500 });
  assert.equal((await shop.send(event)).status, 503);
  assert.deepEqual((await shop.standing()).failures.map(({ id, tries }) => [id, tries]), [[event.id, 1]]);
  sim.fault({ service: 'stripe', op: 'session', status: 500 });
  assert.deepEqual(await replay(event.id), [503, 'provider_busy']);
  assert.deepEqual((await shop.standing()).failures.map(({ id, tries }) => [id, tries]), [[event.id, 2]]);
  assert.equal(await replay(event.id), 'stored');
  const { ok, failures } = await shop.standing();
  assert.deepEqual([ok, failures, await person.credits()], [true, [], '8.00']);
});

test('replaying what there is not, or what is no name', async () => {
  for (const name of ['evt_none', 'cs_test_1', '../customers', 'evt_1?expand[]=data', '']) {
    assert.deepEqual(await replay(name), [404, 'not_found'], name);
  }
  for (const body of [{}, { event: 1 }, { event: null }, { event: ['evt_1'] }, { event: 'evt_1', force: true }, []]) {
    assert.equal((await admin('/api/admin/replay', body)).code, 'bad_request', JSON.stringify(body));
  }
  stripe.status({ subscription: (await bought('monthly')).visit.subscription, status: 'paused' });
  const [created] = stripe.all('event').filter(({ type }) => type === 'customer.created');
  assert.equal(await replay(created.id), 'ignored');
});

test('operators alone compare and replay, and strangers see a word', async () => {
  const { token } = shop.person();
  for (const path of ['/api/admin/reconcile', '/api/admin/replay']) {
    const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    assert.equal((await worker.call(path, { ...post, token })).code, 'forbidden');
    assert.equal((await worker.call(path, post)).status, 401);
  }
  assert.deepEqual((await worker.call(WEBHOOKS)).body, { ok: true });
  assert.deepEqual((await worker.call(WEBHOOKS, { token })).body, { ok: true });
  const { stripe: ours, clerk, failures, differences, round } = await shop.standing();
  assert.deepEqual([ours, clerk.secretSet, failures, differences, round],
    [{ mode: 'test', secretSet: true, lastEventAt: null, lastEventAgeSeconds: null }, true, [], [], null]);
  await bought();
  await compared();
  assert.deepEqual((await worker.call(WEBHOOKS)).body, { ok: false });
});

test('the age of the last event grows', async () => {
  const { event } = await bought();
  await shop.done(event);
  await shop.ahead(20 * MINUTE);
  const { stripe: ours } = await shop.standing();
  assert.ok(ours.lastEventAgeSeconds >= 20 * MINUTE && ours.lastEventAgeSeconds < 21 * MINUTE, String(ours.lastEventAgeSeconds));
});

test('where there is no Stripe the cron does nothing, and an operator is told', async () => {
  const [usual, usualWorker] = [shop, worker];
  const bare = { STRIPE_SECRET_KEY: null, STRIPE_WEBHOOK_SECRET: null, STRIPE_API_URL: null, STRIPE_PRICE_ID: null };
  shop = shopOf(sim, await startWorker(sim, bare));
  worker = shop.worker;
  await worker.cron();
  assert.equal((await admin('/api/admin/reconcile', {})).code, 'not_configured');
  assert.deepEqual(await replay('evt_1'), [503, 'not_configured']);
  const { ok, stripe: ours, round } = await shop.standing();
  assert.deepEqual([ok, ours.mode, ours.secretSet, round], [true, null, false, null]);
  assert.equal(shop.asked('events').length, 0);
  await until(() => shop.printed(['ledger round']).length > 0, 'the rest of the night');
  [shop, worker] = [usual, usualWorker];
});
