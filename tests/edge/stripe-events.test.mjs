// POST /api/webhooks/stripe with things that fail around it: the row of the log comes after the effect, and what is not
// acknowledged comes again.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { openShop, signed } from './billing.mjs';
import { walletOf } from './wallets.mjs';

const COMPLETED = 'checkout.session.completed';
const shop = await openShop({ DB_TIMEOUT_MS: '300' });
const { sim, worker, stripe } = shop;

beforeEach(() => shop.anew());

const told = ({ status, code, body }) => [status, code ?? body.done];
const logged = ({ id }) => worker.rows('select type, object_id, outcome from webhook_events where id = ?', id);
const failed = async ({ id }) => (await worker.rows('select type, tries, why from webhook_failures where id = ?', id))[0];

/** Somebody who has paid for five credits, and the event that says so. */
async function paid(product = 'pack5') {
  const person = shop.person();
  await person.call('/api/user');
  const visit = await person.buy(product);
  const [event] = shop.events(visit.id, COMPLETED);
  return { person, visit, event };
}

test('an event has its effect, then its row', async () => {
  const { person, visit, event } = await paid();
  assert.equal(await shop.done(event), 'stored');
  assert.deepEqual(await logged(event), [{ type: COMPLETED, object_id: visit.id, outcome: 'stored' }]);
  assert.equal(await shop.done(event), 'stored');
  assert.deepEqual([(await logged(event)).length, await person.credits()], [1, '8.00']);
});

test('a database that fails between effect and row: not acknowledged, no row, and the next delivery mends it', async () => {
  const [slow, broken] = ['database_timeout', 'database_error'];
  const codes = { hang: slow, 'fail-before': broken, 'fail-after': broken, 'hang-after': slow };
  for (const [how, code] of Object.entries(codes)) {
    for (const batch of [1, 2]) {
      const { person, visit, event } = await paid();
      const answer = await shop.send(event, { headers: { 'x-test-db': `${how}:${batch}` } });
      assert.deepEqual(told(answer), [503, code], `${how}:${batch}`);
      assert.equal(await person.credits(), '8.00', 'the book has it');
      const late = batch === 2 && how.endsWith('after');
      assert.equal((await logged(event)).length, late ? 1 : 0, `${how}:${batch}: no row before its time`);
      assert.equal(await person.state(visit), batch === 1 && !how.endsWith('after') ? 'waiting' : 'done');
      if (batch === 1) assert.deepEqual((await failed(event)).tries, 1, 'what failed is remembered');
      assert.equal(await shop.done(event), 'stored');
      assert.deepEqual([(await logged(event)).length, await failed(event), await person.state(visit), await person.credits()],
        [1, undefined, 'done', '8.00'], `${how}:${batch}`);
    }
  }
});

test('a database that is away altogether', async () => {
  const { person, event } = await paid();
  assert.deepEqual(told(await shop.send(event, { headers: { 'x-test-db': 'throw' } })), [503, 'database_error']);
  assert.deepEqual(await logged(event), []);
  assert.equal(await shop.done(event), 'stored');
  assert.equal(await person.credits(), '8.00');
});

test('a Stripe that is away: told how, remembered, and mended by a later delivery', async () => {
  const { person, event } = await paid();
  const away = [
    [{ status: 500 }, 503, 'provider_busy', /^stripe: 500 api_error/], [{ status: 503 }, 503, 'provider_busy', /^stripe: 503/],
    [{ drop: true }, 503, 'provider_busy', /^stripe/], [{ status: 429 }, 503, 'provider_busy', /^stripe/],
    [{ status: 401 }, 502, 'provider_refused', /^stripe: 401/], [{ body: 'oops' }, 503, 'provider_busy', /^stripe/],
    [{ hang: true }, 503, 'provider_busy', /^stripe took too long/],
  ];
  for (const [n, [how, status, code, why]] of away.entries()) {
    sim.fault({ service: 'stripe', op: 'session', ...how });
    assert.deepEqual(told(await shop.send(event)), [status, code], JSON.stringify(how));
    const failure = await failed(event);
    assert.deepEqual([failure.type, failure.tries], [COMPLETED, n + 1]);
    assert.match(failure.why, why);
    assert.deepEqual([await logged(event), await person.credits()], [[], '3.00']);
  }
  const { ok, failures } = await shop.standing();
  assert.deepEqual([ok, failures[0].id, failures[0].tries], [false, event.id, away.length]);
  assert.equal(await shop.done(event), 'stored');
  assert.deepEqual([await failed(event), await person.credits()], [undefined, '8.00']);
});

test('whichever question Stripe does not answer, the event comes again', async () => {
  const { person, event } = await paid('monthly');
  for (const op of ['session', 'subscriptions', 'charges', 'disputes']) {
    sim.fault({ service: 'stripe', op, status: 503 });
    assert.deepEqual(told(await shop.send(event)), [503, 'provider_busy'], op);
    assert.equal((await person.money()).isPremium, false, op);
  }
  assert.equal(await shop.done(event), 'stored');
  assert.equal((await person.money()).isPremium, true);
});

test('a wallet that is away: 503, and mended', async () => {
  const { person, event } = await paid();
  const wallet = walletOf(worker, person.id);
  await wallet.spoil({ commit: true });
  assert.deepEqual(told(await shop.send(event)), [503, 'wallet_unavailable']);
  assert.deepEqual([await logged(event), (await failed(event)).tries], [[], 1]);
  await wallet.spoil({ statement: 2 });
  assert.deepEqual(told(await shop.send(event)), [503, 'wallet_unavailable']);
  await wallet.spoil({});
  assert.equal(await shop.done(event), 'stored');
  assert.deepEqual([await failed(event), await person.credits()], [undefined, '8.00']);
});

test('a Stripe that knows nothing of it any more is no failure', async () => {
  const { person, event } = await paid();
  sim.fault({ service: 'stripe', op: 'session', status: 404 });
  assert.equal(await shop.done(event), 'ignored');
  assert.equal(await shop.done(event), 'stored', 'a later word counts');
  assert.deepEqual(await logged(event), [{ type: COMPLETED, object_id: event.data.object.id, outcome: 'stored' }]);
  assert.equal(await person.credits(), '8.00');
});

test('endpoints of every version say the same', async () => {
  for (const apiVersion of ['2024-09-30.acacia', '2025-03-31.basil', '2025-09-30.clover', '2026-03-25.dahlia', '2026-10-28.endive']) {
    stripe.set({ apiVersion });
    const { person, event } = await paid('monthly');
    assert.equal(event.api_version, apiVersion);
    const ours = shop.events(person.id).filter(({ type }) => /^(customer\.subscription|checkout|invoice\.p)/.test(type));
    const invoices = shop.events(event.data.object.customer, 'invoice.paid');
    const [{ data: { object: invoice } }] = invoices;
    assert.equal(typeof invoice.subscription === 'string', apiVersion === '2024-09-30.acacia', 'the old home of the subscription');
    assert.equal(invoice.parent === undefined, apiVersion === '2024-09-30.acacia');
    // Each alone is enough: it says whose plans to ask for.
    for (const one of [invoices[0], ...ours.filter(({ type }) => type !== COMPLETED)]) {
      assert.equal(await shop.done(one), 'stored', `${apiVersion} ${one.type}`);
      assert.equal((await person.money()).isPremium, true, `${apiVersion} ${one.type}`);
    }
    assert.equal(await shop.done(event), 'stored');
    assert.equal((await person.plan()).state, 'renews');
  }
});

test('a subscription in its old form, told by Stripe itself, is read as well', async () => {
  const { person, event } = await paid('monthly');
  const customer = event.data.object.customer;
  const [subscription] = stripe.all('subscription').filter((one) => one.customer === customer);
  const end = subscription.items.data[0].current_period_end;
  const old = structuredClone(subscription);
  for (const item of old.items.data) {
    Object.assign(old, { current_period_start: item.current_period_start, current_period_end: item.current_period_end });
    delete item.current_period_start;
    delete item.current_period_end;
  }
  old.latest_invoice = { id: subscription.latest_invoice, object: 'invoice', payment_intent: 'pi_old', subscription: subscription.id };
  sim.fault({ service: 'stripe', op: 'subscriptions', body: { object: 'list', data: [old], has_more: false, url: '/v1/subscriptions' } });
  assert.equal(await shop.done(event), 'stored');
  assert.deepEqual([(await person.plan()).until, shop.asked('charges').at(-1).path.includes('pi_old')],
    [new Date(end * 1000).toISOString(), true]);
});

test('the log says when Stripe was heard last, and tells strangers nothing', async () => {
  const { event } = await paid();
  await shop.done(event);
  const { stripe: of, ok } = await shop.standing();
  assert.deepEqual([of.mode, of.secretSet, of.lastEventAgeSeconds <= 5], ['test', true, true]);
  assert.ok(Date.parse(of.lastEventAt) > 0);
  assert.deepEqual((await worker.call('/api/diagnostic/webhooks')).body, { ok });
  const { token } = shop.person();
  assert.deepEqual((await worker.call('/api/diagnostic/webhooks', { token })).body, { ok });
});

test('a person of the payload does not count, only what Stripe keeps', async () => {
  const { person, event } = await paid();
  const thief = shop.person();
  await thief.call('/api/user');
  const claimed = structuredClone(event);
  Object.assign(claimed.data.object, { metadata: { ...claimed.data.object.metadata, user: thief.id, product: 'pack5' }, amount_total: 1 });
  assert.equal(await shop.done({ ...claimed, id: 'evt_claimed1' }), 'stored');
  assert.deepEqual([await person.credits(), await thief.credits()], ['8.00', '3.00']);
});

test('a delivery of the official form, byte by byte, ends as any other', async () => {
  const { person, event } = await paid();
  const payload = JSON.stringify(event, null, 2);
  const answers = await Promise.all(Array.from({ length: 10 }, () => shop.post(payload, signed(payload, stripe.secret()))));
  assert.ok(answers.every((answer) => told(answer).join() === '200,stored'), answers.map(({ text }) => text).join());
  assert.equal(await person.credits(), '8.00');
});
