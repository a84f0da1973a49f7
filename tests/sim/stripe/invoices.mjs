// Invoices of subscriptions: a draft, an hour to look at it, then open and tried, then paid or tried again.

import { nowFor, page, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { attempt, newIntent } from './payments.mjs';
import { intentOf } from './render.mjs';
import { object, oneOf, PAGED, text } from './shape.mjs';

/** `lines` are `{ price, quantity, amount, period, item, proration? }`. */
export function draftInvoice(house, subscription, { reason, lines, finalizesAt = null }) {
  const id = newId('in');
  const { customer: owner, currency, metadata } = subscription;
  const customer = house.book.find('customer', owner);
  const now = nowFor(house, owner);
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const due = Math.max(0, total);
  const data = lines.map((line) => lineJson(line, { invoice: id, subscription, currency }));
  const invoice = house.book.add({
    id, object: 'invoice', account_country: 'US', account_name: 'Simulated', account_tax_ids: null, amount_due: due, amount_overpaid: 0,
    amount_paid: 0, amount_remaining: due, amount_shipping: 0, application: null, attempt_count: 0, attempted: false,
    auto_advance: finalizesAt !== null, automatic_tax: { enabled: false, liability: null, status: null },
    automatically_finalizes_at: finalizesAt, billing_reason: reason, collection_method: 'charge_automatically', created: now, currency,
    custom_fields: null, customer: owner, customer_email: customer.email, customer_name: customer.name, default_payment_method: null,
    default_source: null, default_tax_rates: [], description: null, discounts: [], due_date: null, effective_at: null, ending_balance: null,
    footer: null, hosted_invoice_url: null, invoice_pdf: null, issuer: { type: 'self' }, last_finalization_error: null,
    lines: { object: 'list', data, has_more: false, url: `/v1/invoices/${id}/lines` }, livemode: false, metadata: {},
    next_payment_attempt: finalizesAt, number: null, on_behalf_of: null,
    parent: { quote_details: null, subscription_details: { metadata, subscription: subscription.id }, type: 'subscription_details' },
    period_end: now, period_start: reason === 'subscription_cycle' ? subscription.start_date : now,
    post_payment_credit_notes_amount: 0, pre_payment_credit_notes_amount: 0, receipt_number: null, starting_balance: 0, status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null }, subtotal: total,
    test_clock: customer.test_clock, total, total_discount_amounts: [], total_taxes: [], webhooks_delivered_at: null,
  });
  subscription.latest_invoice = id;
  house.emit('invoice.created', invoice);
  return invoice;
}

function lineJson({ price, quantity, amount, period, item, proration = false }, { invoice, subscription, currency }) {
  return {
    id: newId('il'), object: 'line_item', amount, currency, description: null, discount_amounts: [], discountable: !proration,
    discounts: [], invoice, livemode: false, metadata: subscription.metadata,
    parent: {
      invoice_item_details: null, type: 'subscription_item_details',
      subscription_item_details: { invoice_item: null, proration, subscription: subscription.id, subscription_item: item },
    },
    period, pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product }, type: 'price_details', unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity, subtotal: amount, taxes: [],
  };
}

/** The draft becomes an invoice with a number, and, where there is something to pay, with a payment that waits. */
export function finalize(house, invoice, { description = null } = {}) {
  const now = nowFor(house, invoice.customer);
  const customer = house.book.find('customer', invoice.customer);
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence++).padStart(4, '0')}`;
  const transitions = { ...invoice.status_transitions, finalized_at: now };
  Object.assign(invoice, {
    status: 'open', number, effective_at: now, automatically_finalizes_at: null, next_payment_attempt: null,
    status_transitions: transitions,
  });
  house.emit('invoice.finalized', invoice);
  if (invoice.amount_due === 0) return;
  const intent = newIntent(house, { amount: invoice.amount_due, currency: invoice.currency, customer: invoice.customer, description });
  house.book.add({
    id: newId('inpay'), object: 'invoice_payment', amount_paid: null, amount_requested: invoice.amount_due, created: now,
    currency: invoice.currency, invoice: invoice.id, is_default: true, livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' }, status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

/** Tries to collect an open invoice; answers how the payment stands. */
export function collect(house, invoice, how) {
  if (invoice.amount_due === 0) return 'succeeded';
  const intent = house.book.find('payment_intent', intentOf(house, invoice.id));
  attempt(house, intent, how);
  return intent.status;
}

export function markPaid(house, invoice) {
  const now = nowFor(house, invoice.customer);
  const payment = house.book.all('invoice_payment').find((one) => one.invoice === invoice.id);
  house.change(invoice, {
    status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, attempted: true, attempt_count: invoice.attempt_count + 1,
    auto_advance: false, next_payment_attempt: null, status_transitions: { ...invoice.status_transitions, paid_at: now },
  }, 'invoice.updated');
  if (payment) {
    Object.assign(payment, { status: 'paid', amount_paid: invoice.amount_due, status_transitions: { canceled_at: null, paid_at: now } });
    house.emit('invoice_payment.paid', payment);
  }
  house.emit('invoice.paid', invoice);
  house.emit('invoice.payment_succeeded', invoice);
}

/** One try more that failed; the next is at `next`, null where there is none. */
export function markFailed(house, invoice, next) {
  const tried = { attempted: true, attempt_count: invoice.attempt_count + 1, next_payment_attempt: next, auto_advance: next !== null };
  house.change(invoice, tried, 'invoice.updated');
  house.emit('invoice.payment_failed', invoice);
}

export function voidInvoice(house, invoice) {
  const transitions = { ...invoice.status_transitions, voided_at: nowFor(house, invoice.customer) };
  house.change(invoice, { status: 'void', auto_advance: false, next_payment_attempt: null, status_transitions: transitions });
  house.emit('invoice.voided', invoice);
}

export const invoicesOf = (house, subscription) => (
  house.book.all('invoice').filter(({ parent }) => parent.subscription_details.subscription === subscription.id)
);

function listed(house, asked) {
  const { customer, status, subscription } = asked;
  const fits = (one) => (customer ?? one.customer) === one.customer && (status ?? one.status) === one.status
    && (subscription ?? one.parent.subscription_details.subscription) === one.parent.subscription_details.subscription;
  return page(house, 'invoice', { path: '/v1/invoices', asked, fits });
}

function listedPayments(house, asked) {
  const { invoice, status, payment } = asked;
  const fits = (one) => (invoice ?? one.invoice) === one.invoice && (status ?? one.status) === one.status
    && (payment?.payment_intent ?? one.payment.payment_intent) === one.payment.payment_intent;
  return page(house, 'invoice_payment', { path: '/v1/invoice_payments', asked, fits });
}

const PAYMENT = object({ type: oneOf('payment_intent'), payment_intent: text }, ['type']);

export const invoiceRoutes = [
  ['GET', '/v1/invoices', 'invoices', {
    fields: { ...PAGED, customer: text, subscription: text, status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void') },
  }, listed],
  ['GET', '/v1/invoices/:id', 'invoice', {}, (house, asked, { id }) => wanted(house, 'invoice', id)],
  ['GET', '/v1/invoice_payments', 'invoice_payments', {
    fields: { ...PAGED, invoice: text, payment: PAYMENT, status: oneOf('open', 'paid', 'canceled') },
  }, listedPayments],
];
