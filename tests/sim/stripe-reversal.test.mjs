// Money that goes back: refunds in parts, refunds that fail, disputes won and lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { clientOf, eventsSince, payment, subscribed } from './stripe/buying.mjs';

const sim = await simulator();
const client = clientOf(sim);

async function bought() {
  const { id } = await client.checkout.sessions.create(payment());
  sim.stripe.pay({ id });
  const { payment_intent: intent } = await client.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
  return { session: id, intent: intent.id, charge: intent.latest_charge, mark: sim.stripe.list().length };
}

const refundedOf = async (charge) => {
  const { amount_refunded: amount, refunded } = await client.charges.retrieve(charge);
  return [amount, refunded];
};

test('refunds add up, and no more goes back than was paid', async () => {
  const { charge, intent, mark } = await bought();
  const first = await client.refunds.create({ charge, amount: 300, reason: 'requested_by_customer', metadata: { by: 'test' } });
  assert.deepEqual([first.amount, first.status, first.charge, first.payment_intent], [300, 'succeeded', charge, intent]);
  assert.deepEqual(eventsSince(sim, mark), ['refund.created', 'charge.refunded', 'refund.updated']);
  assert.deepEqual(await refundedOf(charge), [300, false]);
  await assert.rejects(client.refunds.create({ charge, amount: 601 }), { param: 'amount', message: /\$6.01.*greater than.*\$6.00/ });
  const rest = await client.refunds.create({ payment_intent: intent });
  assert.deepEqual([rest.amount, await refundedOf(charge)], [600, [900, true]]);
  await assert.rejects(client.refunds.create({ charge }), { code: 'charge_already_refunded' });
  for (const of of [{ charge }, { payment_intent: intent }]) assert.equal((await client.refunds.list(of)).data.length, 2);
  assert.equal((await client.refunds.list({ charge: 'ch_other' })).data.length, 0);
  assert.equal((await client.refunds.retrieve(first.id)).metadata.by, 'test');
  const whole = await client.charges.retrieve(charge, { expand: ['refunds', 'payment_intent'] });
  assert.deepEqual([whole.refunds.data.map(({ amount }) => amount), whole.payment_intent.id], [[600, 300], intent]);
  const told = (await client.events.list({ type: 'charge.refunded' })).data.map(({ data }) => data.object.amount_refunded);
  assert.deepEqual(told, [900, 300]);
});

test('a refund that the bank sends back', async () => {
  const { charge, mark } = await bought();
  const { id } = await client.refunds.create({ charge });
  assert.equal((await post(sim, '/__sim/stripe/fail-refund', { refund: id })).status, 200);
  const failed = await client.refunds.retrieve(id);
  assert.deepEqual([failed.status, failed.failure_reason, await refundedOf(charge)], ['failed', 'lost_or_stolen_card', [0, false]]);
  assert.deepEqual(eventsSince(sim, mark).slice(3), ['charge.updated', 'refund.updated', 'refund.failed']);
  assert.equal((await post(sim, '/__sim/stripe/fail-refund', { refund: id })).status, 400);
});

test('what cannot be refunded is not', async () => {
  const { charge, intent } = await bought();
  await assert.rejects(client.refunds.create({ charge, payment_intent: intent }), { param: 'charge' });
  await assert.rejects(client.refunds.create({ charge: 'ch_none' }), { code: 'resource_missing', param: 'charge' });
  const { id } = await client.checkout.sessions.create(payment());
  sim.stripe.pay({ id, how: 'later' });
  const { payment_intent: waiting } = await client.checkout.sessions.retrieve(id);
  await assert.rejects(client.refunds.create({ payment_intent: waiting }), { message: /has not succeeded/ });
});

test('a dispute is opened over anything that was paid, and is won or lost', async () => {
  for (const [of, outcome, last] of [
    ['session', 'won', ['charge.dispute.closed', 'charge.dispute.funds_reinstated']], ['intent', 'lost', ['charge.dispute.closed']],
    ['charge', 'lost', ['charge.dispute.closed']],
  ]) {
    const { [of]: target, charge, intent, mark } = await bought();
    const { body: { id } } = await post(sim, '/__sim/stripe/dispute', { of: target, reason: 'product_not_received' });
    const opened = await client.disputes.retrieve(id, { expand: ['charge'] });
    assert.deepEqual([opened.status, opened.amount, opened.reason], ['needs_response', 900, 'product_not_received']);
    assert.deepEqual([opened.payment_intent, opened.charge.id, opened.charge.disputed], [intent, charge, true]);
    await assert.rejects(client.refunds.create({ charge }), { code: 'charge_disputed' });
    await post(sim, '/__sim/stripe/dispute', { dispute: id, outcome });
    assert.equal((await client.disputes.list({ charge })).data[0].status, outcome);
    assert.deepEqual(eventsSince(sim, mark), ['charge.dispute.created', 'charge.dispute.funds_withdrawn', ...last]);
  }
});

test('the payment of a plan is found by its subscription or its invoice', async () => {
  const { id, made } = await subscribed(sim, client);
  const { charge } = sim.stripe.dispute({ of: id, amount: 500 });
  assert.equal((await client.charges.retrieve(charge)).amount, 2900);
  assert.throws(() => sim.stripe.dispute({ of: made.latest_invoice }), /no charge/);
});

test('the control API refuses what makes no sense', async () => {
  for (const [deed, body] of [
    ['dispute', { of: 'ch_none' }], ['dispute', { dispute: 'du_none', outcome: 'won' }], ['fail-refund', {}], ['pay', { id: 'cs_none' }],
    ['settle', { of: 'cs_none', succeeds: true }], ['card', { customer: 'cus_none', how: 'card' }], ['advance', { customer: 'cus_none' }],
    ['status', { subscription: 'sub_none', status: 'active' }], ['status', { subscription: 'sub_none', status: 'happy' }], ['steal', {}],
  ]) {
    assert.equal((await post(sim, `/__sim/stripe/${deed}`, body)).status, 400, deed);
  }
  for (const body of [{ deliver: 'later' }, { apiVersion: '2020-01-01' }, { afterRetries: 'sue' }, { colour: 'red' }]) {
    assert.equal((await post(sim, '/__sim/stripe', body)).status, 400, JSON.stringify(body));
  }
});
