// A subscription's life between its first invoice and its end. What happens at its due times stands in renewal.mjs.

import { merged, nowFor } from './book.mjs';
import { newId } from './ids.mjs';
import { collect, draftInvoice, finalize, invoicesOf, markFailed, markPaid } from './invoices.mjs';
import { DAY, periodEnd, sameInterval } from './periods.mjs';

export const UPDATED = 'customer.subscription.updated';

const RETRY_DAYS = [3, 5, 7]; // after the first try, the second, the third
const ENDED = ['canceled', 'incomplete_expired'];
const WAITING = ['incomplete', 'past_due', 'unpaid'];
const NO_DETAILS = { comment: null, feedback: null, reason: null };

export const hasEnded = ({ status }) => ENDED.includes(status);

/** Those of a customer that have not ended. */
export const subscriptionsOf = ({ book }, customer) => (
  book.all('subscription').filter((one) => one.customer === customer && !hasEnded(one))
);

/** `lines` are `{ price, quantity }`, of which those that recur become items; `how` the first invoice is paid, as in payments.mjs. */
export function startSubscription(house, { customer, lines, metadata = {}, description = null, trialEnd = null, how }) {
  const now = nowFor(house, customer);
  const id = newId('sub');
  const recurring = lines.filter(({ price }) => price.recurring);
  const period = { start: now, end: trialEnd ?? periodEnd(now, now, recurring[0].price.recurring) };
  const subscription = house.book.add({
    ...emptySubscription(house, customer), id, billing_cycle_anchor: trialEnd ?? now, created: now, currency: recurring[0].price.currency,
    default_payment_method: newId('pm'), description, metadata, start_date: now, status: trialEnd ? 'trialing' : 'incomplete',
    trial_end: trialEnd, trial_start: trialEnd && now,
  });
  subscription.items = itemList(id, recurring.map((line) => newItem(line, { subscription: id, now, period })));
  house.emit('customer.subscription.created', subscription);
  const once = lines.filter(({ price }) => !price.recurring).map((line) => invoiceLine(line, { period: { start: now, end: now } }));
  const first = subscription.items.data.map((item) => itemLine(item, period, trialEnd ? 0 : undefined));
  const invoice = draftInvoice(house, subscription, { reason: 'subscription_create', lines: [...first, ...once] });
  finalize(house, invoice, { description: 'Subscription creation' });
  payInvoice(house, subscription, invoice, how);
  return subscription;
}

function emptySubscription({ book }, customer) {
  return {
    id: '', object: 'subscription', application: null, application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null }, billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' }, billing_thresholds: null, cancel_at: null,
    cancel_at_period_end: false, canceled_at: null, cancellation_details: NO_DETAILS, collection_method: 'charge_automatically', customer,
    days_until_due: null, default_source: null, default_tax_rates: [], discounts: [], ended_at: null,
    invoice_settings: { account_tax_ids: null, issuer: { type: 'self' } }, latest_invoice: null, livemode: false,
    next_pending_invoice_item_invoice: null, on_behalf_of: null, pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_invoice_item_interval: null, pending_setup_intent: null, pending_update: null, schedule: null,
    test_clock: book.find('customer', customer).test_clock, transfer_data: null,
    trial_settings: { end_behavior: { missing_payment_method: 'create_invoice' } },
  };
}

export const itemList = (id, data) => ({ object: 'list', data, has_more: false, url: `/v1/subscription_items?subscription=${id}` });

export function newItem({ price, quantity = 1 }, { subscription, now, period }) {
  return {
    id: newId('si', 14), object: 'subscription_item', billing_thresholds: null, created: now, current_period_end: period.end,
    current_period_start: period.start, discounts: [], metadata: {}, plan: planOf(price), price, quantity, subscription, tax_rates: [],
  };
}

function planOf({ id, active, unit_amount: amount, currency, recurring, product }) {
  const { interval, interval_count: count } = recurring;
  return {
    id, object: 'plan', active, amount, amount_decimal: String(amount), billing_scheme: 'per_unit', currency, interval,
    interval_count: count, livemode: false, product, usage_type: 'licensed',
  };
}

const invoiceLine = ({ price, quantity = 1, id = null }, { period, amount = price.unit_amount * quantity, proration }) => (
  { price, quantity, amount, period, item: id, proration }
);
export const itemLine = (item, period, amount) => invoiceLine(item, { period, amount });

/** Tries to collect an open invoice, and lets the subscription follow. */
export function payInvoice(house, subscription, invoice, how) {
  const status = collect(house, invoice, how);
  if (status === 'succeeded') paid(house, subscription, invoice);
  else if (status === 'processing') revive(house, subscription);
  else failed(house, subscription, invoice);
}

export function paid(house, subscription, invoice) {
  markPaid(house, invoice);
  revive(house, subscription);
}

function revive(house, subscription) {
  if (WAITING.includes(subscription.status)) house.change(subscription, { status: 'active' }, UPDATED);
}

/** The first invoice is not tried again by itself; the others are, and then Stripe does as it was set. */
export function failed(house, subscription, invoice) {
  const first = subscription.status === 'incomplete';
  const days = first ? undefined : RETRY_DAYS[invoice.attempt_count];
  markFailed(house, invoice, days === undefined ? null : nowFor(house, subscription.customer) + days * DAY);
  if (first || hasEnded(subscription)) return;
  const { afterRetries } = house.settings;
  if (days === undefined && afterRetries === 'cancel') cancelNow(house, subscription, { reason: 'payment_failed' });
  else {
    const status = days === undefined ? afterRetries : 'past_due';
    if (subscription.status !== status) house.change(subscription, { status }, UPDATED);
  }
}

/** The end, at once; what was not collected is not tried any more. */
export function cancelNow(house, subscription, details = { reason: 'cancellation_requested' }) {
  const now = nowFor(house, subscription.customer);
  for (const invoice of invoicesOf(house, subscription).filter(({ status }) => ['draft', 'open'].includes(status))) {
    Object.assign(invoice, { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null });
  }
  const cancellation = { ...subscription.cancellation_details, ...details };
  Object.assign(subscription, {
    status: 'canceled', canceled_at: subscription.canceled_at ?? now, ended_at: now, cancellation_details: cancellation,
  });
  house.emit('customer.subscription.deleted', subscription);
}

const lastMoment = ({ items }) => Math.max(...items.data.map(({ current_period_end: end }) => end));
const firstMoment = ({ items }) => Math.min(...items.data.map(({ current_period_end: end }) => end));

/** What a cancellation that is yet to come changes: at the end of the period, or on a day, or none any more. */
export function cancellation(house, subscription, { atPeriodEnd = false, at = null, comment = null, feedback = null }) {
  const moment = { min_period_end: firstMoment(subscription), max_period_end: lastMoment(subscription) }[at] ?? at;
  const when = atPeriodEnd ? lastMoment(subscription) : moment;
  if (when === null) return { cancel_at: null, cancel_at_period_end: false, canceled_at: null, cancellation_details: NO_DETAILS };
  return {
    cancel_at: when, cancel_at_period_end: atPeriodEnd, canceled_at: nowFor(house, subscription.customer),
    cancellation_details: { comment, feedback, reason: 'cancellation_requested' },
  };
}

/** Another price for an item. Another interval begins anew and is invoiced, the same one only where `behavior` wants it. */
export function switchPrice(house, subscription, item, { price, quantity = item.quantity, behavior, more = {} }) {
  const now = nowFor(house, subscription.customer);
  const { current_period_start: start, current_period_end: end } = item;
  const anew = !sameInterval(item.price.recurring, price.recurring) && subscription.status !== 'trialing';
  const period = anew ? { start: now, end: periodEnd(now, now, price.recurring) } : { start, end };
  const changed = {
    ...item, price, plan: planOf(price), quantity, current_period_start: period.start, current_period_end: period.end,
  };
  const data = subscription.items.data.map((one) => (one.id === item.id ? changed : one));
  house.change(subscription, {
    ...more, items: itemList(subscription.id, data), ...(anew && { billing_cycle_anchor: now }),
  }, UPDATED);
  const invoiced = anew || (behavior === 'always_invoice' && subscription.status !== 'trialing');
  if (!invoiced) return;
  const share = (end - now) / (end - start);
  const part = (one, sign) => invoiceLine(one, {
    period: { start: now, end }, amount: sign * Math.round(one.price.unit_amount * one.quantity * share), proration: true,
  });
  const credit = behavior === 'none' ? [] : [part(item, -1)];
  const lines = [...credit, anew ? itemLine(changed, period) : part(changed, 1)];
  const invoice = draftInvoice(house, subscription, { reason: 'subscription_update', lines });
  finalize(house, invoice, { description: 'Subscription update' });
  payInvoice(house, subscription, invoice, house.cardOf(subscription.customer));
}

/** What stands of a subscription beside its items. */
export const described = (subscription, { description = subscription.description, metadata }) => (
  { description, metadata: merged(subscription.metadata, metadata) }
);
