// Money that goes back: refunds, and disputes, which are opened and closed by the control API alone.

import { BadRequest, checkFields } from '../http.mjs';
import { nowFor, page, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { missing, Refused, refusedParam } from './refuse.mjs';
import { intentOf } from './render.mjs';
import { clearable, metadata, oneOf, PAGED, text, whole } from './shape.mjs';

const EVIDENCE_DAYS = 7;
const CLOSED = ['won', 'lost'];

function refund(house, { charge: id, payment_intent: intentId, amount, reason = null, metadata: words }) {
  const charge = refundable(house, id, intentId);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw new Refused(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (amount > left) {
    throw refusedParam(`Refund amount (${dollars(amount)}) is greater than unrefunded amount on charge (${dollars(left)})`, 'amount');
  }
  const made = house.book.add({
    id: newId('re'), object: 'refund', amount: amount ?? left, balance_transaction: newId('txn'), charge: charge.id,
    created: nowFor(house, charge.customer), currency: charge.currency, destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: words ?? {}, payment_intent: charge.payment_intent, reason, receipt_number: null, source_transfer_reversal: null,
    status: 'succeeded', transfer_reversal: null,
  });
  house.emit('refund.created', made);
  house.change(charge, refundedBy(charge, made.amount), 'charge.refunded');
  const card = { reference: newId('arn', 10), reference_status: 'available', reference_type: 'acquirer_reference_number', type: 'refund' };
  house.change(made, { destination_details: { card, type: 'card' } }, 'refund.updated');
  return made;
}

function refundable(house, id, intentId) {
  if (id === undefined && intentId === undefined) throw missing('payment_intent');
  if (id !== undefined && intentId !== undefined) {
    throw refusedParam('You may only specify one of these parameters: charge, payment_intent.', 'charge');
  }
  const latest = id ?? wanted(house, 'payment_intent', intentId, 'payment_intent').latest_charge;
  const charge = wanted(house, 'charge', latest, id === undefined ? 'payment_intent' : 'charge');
  if (charge.status !== 'succeeded') throw new Refused(`The charge ${charge.id} has not succeeded, so it cannot be refunded.`);
  if (charge.disputed) {
    throw new Refused(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  }
  return charge;
}

function refundedBy({ amount, amount_refunded: before }, more) {
  return { amount_refunded: before + more, refunded: before + more === amount };
}

const dollars = (cents) => `$${(cents / 100).toFixed(2)}`;

/** A refund that the bank sends back: the money is not refunded any more. */
export function failRefund(house, body) {
  checkFields(body, { refund: 'string' }, ['refund']);
  const made = house.book.find('refund', body.refund);
  if (made?.status !== 'succeeded') throw new BadRequest(`There is no refund ${body.refund} that could fail.`);
  const charge = house.book.find('charge', made.charge);
  const failed = { status: 'failed', failure_reason: 'lost_or_stolen_card', failure_balance_transaction: newId('txn') };
  house.change(charge, refundedBy(charge, -made.amount), 'charge.updated');
  house.change(made, failed, 'refund.updated');
  house.emit('refund.failed', made);
  return made;
}

/** Opens a dispute over what was paid, or closes one. */
export function dispute(house, body) {
  checkFields(body, { of: 'string', amount: 'number', reason: 'string', dispute: 'string', outcome: 'string' });
  return body.dispute === undefined ? open(house, body) : close(house, body);
}

function open(house, { of, amount, reason = 'fraudulent' }) {
  const charge = chargeOf(house, of);
  if (charge?.status !== 'succeeded' || charge.disputed) throw new BadRequest(`There is no charge of ${of} to dispute.`);
  const now = nowFor(house, charge.customer);
  const made = house.book.add({
    id: newId('du'), object: 'dispute', amount: amount ?? charge.amount, balance_transactions: [], charge: charge.id, created: now,
    currency: charge.currency, enhanced_eligibility_types: [], evidence: {},
    evidence_details: { due_by: now + EVIDENCE_DAYS * 86_400, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false, livemode: false, metadata: {}, network_reason_code: '10.4', payment_intent: charge.payment_intent,
    payment_method_details: { card: { brand: 'visa', case_type: 'chargeback' }, type: 'card' }, reason, status: 'needs_response',
  });
  house.change(charge, { disputed: true });
  house.emit('charge.dispute.created', made);
  house.emit('charge.dispute.funds_withdrawn', made);
  return made;
}

function close(house, { dispute: id, outcome }) {
  const made = house.book.find('dispute', id);
  if (!made || CLOSED.includes(made.status)) throw new BadRequest(`There is no open dispute ${id}.`);
  if (!CLOSED.includes(outcome)) throw new BadRequest('outcome must be won or lost.');
  house.change(made, { status: outcome }, 'charge.dispute.closed');
  if (outcome === 'won') house.emit('charge.dispute.funds_reinstated', made);
  return made;
}

/** The charge behind a charge, payment intent, session, invoice or subscription. */
function chargeOf(house, id) {
  const { book } = house;
  const session = book.find('checkout.session', id);
  const subscription = book.find('subscription', session?.subscription ?? id);
  const invoice = session?.invoice ?? subscription?.latest_invoice ?? id;
  const intent = book.find('payment_intent', session?.payment_intent ?? intentOf(house, invoice) ?? id);
  return book.find('charge', intent?.latest_charge ?? id);
}

const get = (kind) => (house, asked, { id }) => wanted(house, kind, id);

const listed = (kind, path) => (house, asked) => {
  const { charge, payment_intent: intent } = asked;
  const fits = (one) => (charge ?? one.charge) === one.charge && (intent ?? one.payment_intent) === one.payment_intent;
  return page(house, kind, { path, asked, fits });
};

const OF = { ...PAGED, charge: text, payment_intent: text };
const REFUND = {
  charge: text, payment_intent: text, amount: whole(1), reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  metadata: clearable(metadata),
};

export const reversalRoutes = [
  ['GET', '/v1/refunds', 'refunds', { fields: OF }, listed('refund', '/v1/refunds')],
  ['GET', '/v1/refunds/:id', 'refund', {}, get('refund')],
  ['POST', '/v1/refunds', 'create_refund', { fields: REFUND }, refund],
  ['GET', '/v1/disputes', 'disputes', { fields: OF }, listed('dispute', '/v1/disputes')],
  ['GET', '/v1/disputes/:id', 'dispute', {}, get('dispute')],
];
