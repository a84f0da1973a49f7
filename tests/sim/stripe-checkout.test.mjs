// Checkout: a page to click, what comes of it, and what is told of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { click, clientOf, eventsSince, payment, PRICES, subscription } from './stripe/buying.mjs';

const sim = await simulator();
const client = clientOf(sim);
const create = (more) => client.checkout.sessions.create(payment(more));
const again = (session, expand = []) => client.checkout.sessions.retrieve(session.id, { expand });

test('credits are bought: the person comes back, the payment is told', async () => {
  const metadata = { user: 'user_ann' };
  const session = await create({ client_reference_id: 'user_ann', metadata, payment_intent_data: { metadata: { kind: 'credits' } } });
  assert.match(session.id, /^cs_test_\w{58}$/);
  const { status, location } = await click(session.url, 'Pay', { email: 'ann@example.test' });
  assert.deepEqual([status, location], [303, `http://localhost:8787/done?id=${session.id}`]);
  const done = await again(session, ['payment_intent.latest_charge', 'line_items.data.price.product']);
  const { customer, customer_details: person, payment_intent: intent, line_items: lines, url } = done;
  assert.deepEqual([done.status, done.payment_status, url, customer, person.email], ['complete', 'paid', null, null, 'ann@example.test']);
  assert.deepEqual([done.metadata, intent.metadata, intent.latest_charge.metadata], [metadata, { kind: 'credits' }, { kind: 'credits' }]);
  assert.deepEqual([intent.status, intent.latest_charge.amount, intent.latest_charge.paid], ['succeeded', 900, true]);
  assert.deepEqual(lines.data.map(({ price, quantity, amount_total: amount }) => [price.product.name, quantity, amount]), [
    ['Three VocahireCredits', 1, 900],
  ]);
  assert.equal((await client.checkout.sessions.listLineItems(session.id)).data[0].price.id, PRICES.three);
  assert.equal((await client.checkout.sessions.list({ payment_intent: intent.id })).data[0].id, session.id);
  assert.deepEqual(eventsSince(sim), [
    'payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed',
  ]);
  assert.match((await (await fetch(session.url)).text()), /This has been paid/);
});

test('the page is plain and has a way back', async () => {
  const session = await create({ customer_email: 'ann@example.test' });
  const answer = await fetch(session.url);
  const page = await answer.text();
  assert.match(answer.headers.get('content-type'), /^text\/html/);
  assert.match(page, /<h1>Pay USD 9.00<\/h1>[^]*1 × Three VocahireCredits[^]*ann@example.test/);
  for (const word of ['<script', 'src=', 'href=', 'type="email"']) assert.ok(!page.includes(word), word);
  assert.equal((await click(session.url, 'Back')).location, 'http://localhost:8787/back?a=1');
  assert.equal((await again(session)).status, 'open');
  const { url } = await create({ cancel_url: undefined });
  assert.doesNotMatch(await (await fetch(url)).text(), />Back</);
  assert.equal((await fetch(`${sim.url}/stripe/pay/cs_test_none`)).status, 404);
});

test('a card that is declined leaves the session open, another try uses the same payment', async () => {
  const session = await create();
  const { status, page } = await click(session.url, 'Card is declined');
  assert.equal(status, 200);
  assert.match(page, /role="alert"[^>]*>Your card was declined/);
  assert.deepEqual([(await again(session)).status, (await again(session)).payment_intent], ['open', null]);
  await click(session.url, 'Pay');
  const { payment_intent: intent } = await again(session, ['payment_intent']);
  assert.deepEqual([intent.status, intent.last_payment_error], ['succeeded', null]);
  assert.deepEqual((await client.charges.list({ payment_intent: intent.id })).data.map(({ status: was }) => was), ['succeeded', 'failed']);
  const types = eventsSince(sim);
  assert.deepEqual(types.slice(0, 3), ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']);
});

test('a delayed payment is complete first and decided later', async () => {
  for (const [succeeds, paid, told] of [[true, 'paid', 'succeeded'], [false, 'unpaid', 'failed']]) {
    const session = await create();
    await click(session.url, 'Pay later (delayed method)');
    const waiting = await again(session, ['payment_intent']);
    assert.deepEqual([waiting.status, waiting.payment_status, waiting.payment_intent.status], ['complete', 'unpaid', 'processing']);
    assert.equal((await post(sim, '/__sim/stripe/settle', { of: session.id, succeeds })).status, 200);
    assert.equal((await again(session)).payment_status, paid);
    assert.equal(eventsSince(sim).at(-1), `checkout.session.async_payment_${told}`);
    assert.equal((await post(sim, '/__sim/stripe/settle', { of: session.id, succeeds })).status, 400);
  }
});

test('a plan is bought: customer, subscription, invoice', async () => {
  const session = await client.checkout.sessions.create(subscription({ subscription_data: { metadata: { user: 'user_ann' } } }));
  await click(session.url, 'Pay', { email: 'ann@example.test' });
  const done = await again(session, ['subscription', 'invoice.payments', 'customer']);
  const { subscription: plan, invoice, customer } = done;
  assert.deepEqual([done.payment_status, done.payment_intent, customer.email], ['paid', null, 'ann@example.test']);
  assert.deepEqual([plan.status, plan.metadata, plan.latest_invoice], ['active', { user: 'user_ann' }, invoice.id]);
  const { parent, billing_reason: reason, lines } = invoice;
  assert.deepEqual([reason, parent.subscription_details.subscription, parent.subscription_details.metadata.user], [
    'subscription_create', plan.id, 'user_ann',
  ]);
  assert.deepEqual(lines.data[0].pricing.price_details, { price: PRICES.monthly, product: 'prod_SLHl7Tl1LX1NMH' });
  assert.equal(lines.data[0].period.end, plan.items.data[0].current_period_end);
  const { payment_intent: intent } = invoice.payments.data[0].payment;
  const found = await client.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent } });
  assert.equal(found.data[0].invoice, invoice.id);
  const told = eventsSince(sim);
  for (const type of [
    'customer.created', 'customer.subscription.created', 'invoice.paid', 'charge.succeeded', 'checkout.session.completed',
  ]) {
    assert.equal(told.filter((one) => one === type).length, 1, type);
  }
});

test('a plan paid by a delayed method runs, and falls behind if the payment fails', async () => {
  const session = await client.checkout.sessions.create(subscription());
  await click(session.url, 'Pay later (delayed method)');
  const { subscription: id, invoice } = await again(session);
  assert.equal((await client.subscriptions.retrieve(id)).status, 'active');
  sim.stripe.settle({ of: invoice, succeeds: false });
  assert.equal((await client.subscriptions.retrieve(id)).status, 'past_due');
  assert.ok(eventsSince(sim).includes('invoice.payment_failed'));
});

test('nothing to pay: a trial, or a price of nothing', async () => {
  const trial = await client.checkout.sessions.create(subscription({ subscription_data: { trial_period_days: 7 } }));
  await click(trial.url, 'Pay');
  const done = await again(trial, ['subscription', 'invoice']);
  assert.deepEqual([done.amount_total, done.payment_status, done.subscription.status], [0, 'no_payment_required', 'trialing']);
  assert.deepEqual([done.invoice.status, done.invoice.amount_paid], ['paid', 0]);
  const free = { currency: 'usd', unit_amount: 0, product_data: { name: 'Gift' } };
  const gift = await create({ line_items: [{ price_data: free, quantity: 1 }], customer_creation: 'always' });
  sim.stripe.pay({ id: gift.id });
  const given = await again(gift);
  assert.deepEqual([given.payment_status, given.payment_intent, typeof given.customer], ['no_payment_required', null, 'string']);
});

test('terms are agreed to, or nothing is paid', async () => {
  const session = await create({ consent_collection: { terms_of_service: 'required' } });
  assert.match((await click(session.url, 'Pay')).page, /Agree to the terms/);
  assert.equal((await click(session.url, 'Pay', { terms: 'accepted' })).status, 303);
  assert.equal((await again(session)).consent.terms_of_service, 'accepted');
});

test('a session expires once, and is not paid then', async () => {
  const session = await create();
  const expired = await client.checkout.sessions.expire(session.id);
  assert.deepEqual([expired.status, expired.url], ['expired', null]);
  assert.deepEqual(eventsSince(sim), ['checkout.session.expired']);
  await assert.rejects(client.checkout.sessions.expire(session.id), { statusCode: 400, message: /Only Checkout Sessions/ });
  assert.equal((await fetch(session.url)).status, 410);
  assert.equal((await fetch(session.url, { method: 'POST', body: new URLSearchParams({ action: 'card' }) })).status, 400);
  const late = await create();
  sim.stripe.all('checkout.session').at(-1).expires_at = 0;
  assert.equal((await again(late)).status, 'expired');
});
