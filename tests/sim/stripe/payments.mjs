// Payment intents and their charges: a card pays at once or is declined, a delayed method decides later.

import { nowFor, page, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { PAGED, text } from './shape.mjs';

const DECLINED = { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.', type: 'card_error' };

export function newIntent(house, { amount, currency, customer, description = null, metadata = {}, receipt_email: email = null }) {
  const id = newId('pi');
  const intent = house.book.add({
    id, object: 'payment_intent', allowed_payment_method_types: null, amount, amount_capturable: 0, amount_received: 0, application: null,
    application_fee_amount: null, automatic_payment_methods: { allow_redirects: 'always', enabled: true }, canceled_at: null,
    cancellation_reason: null, capture_method: 'automatic_async', client_secret: newId(`${id}_secret`), confirmation_method: 'automatic',
    created: nowFor(house, customer), currency, customer, description, excluded_payment_method_types: null, last_payment_error: null,
    latest_charge: null, livemode: false, metadata, next_action: null, on_behalf_of: null, payment_method: null,
    payment_method_options: {}, payment_method_types: ['card', 'us_bank_account'], processing: null, receipt_email: email, review: null,
    setup_future_usage: null, shipping: null, source: null, statement_descriptor: null, statement_descriptor_suffix: null,
    status: 'requires_payment_method', transfer_data: null, transfer_group: null,
  });
  house.emit('payment_intent.created', intent);
  return intent;
}

/** Tries to pay: `card` succeeds, `declined` does not, `later` is decided by `decide`. */
export function attempt(house, intent, how) {
  const charge = newCharge(house, intent, how);
  intent.latest_charge = charge.id;
  intent.payment_method = charge.payment_method;
  if (how === 'later') {
    Object.assign(intent, { status: 'processing', last_payment_error: null });
    house.emit('charge.pending', charge);
    house.emit('payment_intent.processing', intent);
  } else {
    decide(house, intent, how === 'card');
  }
}

/** What becomes of a charge that was tried. */
export function decide(house, intent, succeeds) {
  const charge = house.book.find('charge', intent.latest_charge);
  if (succeeds) {
    Object.assign(charge, { status: 'succeeded', paid: true, captured: true, amount_captured: charge.amount });
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, last_payment_error: null });
  } else {
    Object.assign(charge, { status: 'failed', paid: false, failure_code: DECLINED.code, failure_message: DECLINED.message });
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: { ...DECLINED, charge: charge.id } });
  }
  house.emit(succeeds ? 'charge.succeeded' : 'charge.failed', charge);
  house.emit(succeeds ? 'payment_intent.succeeded' : 'payment_intent.payment_failed', intent);
}

function newCharge(house, { id, amount, currency, customer, description, metadata, receipt_email: email }, how) {
  const type = how === 'later' ? 'us_bank_account' : 'card';
  const details = type === 'card'
    ? { brand: 'visa', country: 'US', exp_month: 12, exp_year: 2034, funding: 'credit', last4: '4242', network: 'visa' }
    : { account_type: 'checking', bank_name: 'Simulated Bank', last4: '6789' };
  return house.book.add({
    id: newId('ch'), object: 'charge', amount, amount_captured: 0, amount_refunded: 0, application: null, application_fee: null,
    application_fee_amount: null, balance_transaction: newId('txn'),
    billing_details: { address: null, email, name: null, phone: null, tax_id: null }, calculated_statement_descriptor: 'VOCAHIRE',
    captured: false, created: nowFor(house, customer), currency, customer, description, disputed: false, failure_balance_transaction: null,
    failure_code: null, failure_message: null, fraud_details: {}, livemode: false, metadata, on_behalf_of: null, outcome: null, paid: false,
    payment_intent: id, payment_method: newId('pm'), payment_method_details: { type, [type]: details }, radar_options: {},
    receipt_email: email, receipt_number: null, receipt_url: null, refunded: false, review: null, shipping: null, source: null,
    source_transfer: null, statement_descriptor: null, statement_descriptor_suffix: null, status: 'pending', transfer_data: null,
    transfer_group: null,
  });
}

const get = (kind) => (house, asked, { id }) => wanted(house, kind, id);

const listed = (kind, path) => (house, asked) => {
  const { customer, payment_intent: intent } = asked;
  const fits = (one) => (customer ?? one.customer) === one.customer && (intent ?? one.payment_intent) === one.payment_intent;
  return page(house, kind, { path, asked, fits });
};

export const paymentRoutes = [
  ['GET', '/v1/payment_intents', 'payment_intents', { fields: { ...PAGED, customer: text } },
    listed('payment_intent', '/v1/payment_intents')],
  ['GET', '/v1/payment_intents/:id', 'payment_intent', {}, get('payment_intent')],
  ['GET', '/v1/charges', 'charges', { fields: { ...PAGED, customer: text, payment_intent: text } }, listed('charge', '/v1/charges')],
  ['GET', '/v1/charges/:id', 'charge', {}, get('charge')],
];
