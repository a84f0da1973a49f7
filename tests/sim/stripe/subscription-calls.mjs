// Subscriptions as the API takes them: made, listed, changed, ended.

import { nowFor, page, wanted } from './book.mjs';
import { priceOf } from './catalogue.mjs';
import { DAY } from './periods.mjs';
import { noSuch, refusedParam } from './refuse.mjs';
import { anything, clearable, flag, limited, list, literalOr, metadata, object, oneOf, PAGED, text, time, whole } from './shape.mjs';
import {
  cancellation, cancelNow, described, hasEnded, itemList, newItem, startSubscription, switchPrice, UPDATED,
} from './subscriptions.mjs';

export const STATUSES = ['active', 'trialing', 'past_due', 'unpaid', 'incomplete', 'incomplete_expired', 'canceled', 'paused'];

const DETAILS = object({
  comment: clearable(text),
  feedback: clearable(oneOf('customer_service', 'low_quality', 'missing_features', 'other', 'switched_service', 'too_complex',
    'too_expensive', 'unused')),
});
const ITEM = { price: text, quantity: whole(), metadata };
const BEHAVIOR = oneOf('always_invoice', 'create_prorations', 'none');
const COMMON = {
  metadata: clearable(metadata), description: clearable(limited(500)), default_payment_method: text, payment_settings: anything,
  proration_behavior: BEHAVIOR, payment_behavior: oneOf('allow_incomplete'), off_session: flag, trial_settings: anything,
};
const CREATE = {
  ...COMMON, customer: text, items: list(object(ITEM, ['price']), 20), trial_end: time, trial_period_days: whole(1, 730),
};
const UPDATE = {
  ...COMMON, cancel_at_period_end: flag, cancel_at: clearable(literalOr(['min_period_end', 'max_period_end'], time)),
  cancellation_details: DETAILS, items: list(object({ ...ITEM, id: text }), 20),
};
const CANCEL = { cancellation_details: DETAILS, invoice_now: flag, prorate: flag };

/** When a trial ends, null without one. */
export function trialEndOf(now, { trial_end: end, trial_period_days: days }, path = '') {
  if (end !== undefined && days !== undefined) throw refusedParam('You may only specify one of trial_end and trial_period_days.', path);
  if (end !== undefined && end <= now) throw refusedParam('Invalid timestamp: must be an integer Unix timestamp in the future.', path);
  return end ?? (days === undefined ? null : now + days * DAY);
}

function create(house, asked) {
  const { id: customer } = wanted(house, 'customer', asked.customer, 'customer');
  const lines = asked.items.map((item, i) => ({ price: recurringPrice(house, item, `items[${i}]`), quantity: item.quantity ?? 1 }));
  const trialEnd = trialEndOf(nowFor(house, customer), asked, 'trial_end');
  return startSubscription(house, { ...asked, customer, lines, trialEnd, metadata: asked.metadata ?? {}, how: house.cardOf(customer) });
}

function recurringPrice(house, item, path) {
  const price = priceOf(house, item, path);
  if (price.recurring) return price;
  throw refusedParam('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
    `${path}[price]`);
}

function update(house, asked, { id }) {
  const subscription = wanted(house, 'subscription', id);
  const { cancel_at_period_end: atPeriodEnd, cancel_at: at, cancellation_details: details, items, proration_behavior: behavior } = asked;
  const more = described(subscription, asked);
  if (hasEnded(subscription)) {
    const beyond = Object.keys(asked).find((name) => !['metadata', 'cancellation_details'].includes(name));
    if (beyond) throw refusedParam('A canceled subscription can only update its cancellation_details and metadata.', beyond);
  }
  if (atPeriodEnd !== undefined && at !== undefined) {
    throw refusedParam('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', 'cancel_at');
  }
  if (atPeriodEnd !== undefined || at !== undefined) {
    Object.assign(more, cancellation(house, subscription, { atPeriodEnd, at, ...details }));
  } else if (details) {
    more.cancellation_details = { ...subscription.cancellation_details, ...details };
  }
  if (items) changeItems(house, subscription, { items, behavior, more });
  else house.change(subscription, more, UPDATED);
  return subscription;
}

/** An item without an id is one more, as at Stripe. */
function changeItems(house, subscription, { items, behavior = 'create_prorations', more }) {
  for (const [i, asked] of items.entries()) {
    const price = asked.price && recurringPrice(house, asked, `items[${i}]`);
    const known = subscription.items.data.find((item) => item.id === asked.id);
    if (known) {
      switchPrice(house, subscription, known, { price: price ?? known.price, quantity: asked.quantity, behavior, more });
      continue;
    }
    if (asked.id) throw noSuch('subscription_item', asked.id, `items[${i}][id]`);
    const [{ current_period_start: start, current_period_end: end }] = subscription.items.data;
    const now = nowFor(house, subscription.customer);
    const added = newItem({ price, quantity: asked.quantity }, { subscription: subscription.id, now, period: { start, end } });
    house.change(subscription, { ...more, items: itemList(subscription.id, [...subscription.items.data, added]) }, UPDATED);
  }
}

/** One that has ended is not found any more by who wants to end it. */
function cancel(house, asked, { id }) {
  const subscription = wanted(house, 'subscription', id);
  if (hasEnded(subscription)) throw noSuch('subscription', id);
  cancelNow(house, subscription, { reason: 'cancellation_requested', ...asked.cancellation_details });
  return subscription;
}

function listed(house, asked) {
  const { customer, status, price } = asked;
  const inStatus = (one) => {
    if (status === undefined) return one.status !== 'canceled';
    return status === 'all' || status === one.status || (status === 'ended' && hasEnded(one));
  };
  const fits = (one) => (customer ?? one.customer) === one.customer && inStatus(one)
    && (price === undefined || one.items.data.some((item) => item.price.id === price));
  return page(house, 'subscription', { path: '/v1/subscriptions', asked, fits });
}

const LIST = { ...PAGED, customer: text, status: oneOf(...STATUSES, 'all', 'ended'), price: text };

export const subscriptionRoutes = [
  ['GET', '/v1/subscriptions', 'subscriptions', { fields: LIST }, listed],
  ['GET', '/v1/subscriptions/:id', 'subscription', {}, (house, asked, { id }) => wanted(house, 'subscription', id)],
  ['POST', '/v1/subscriptions', 'create_subscription', { fields: CREATE, required: ['customer', 'items'] }, create],
  ['POST', '/v1/subscriptions/:id', 'update_subscription', { fields: UPDATE }, update],
  ['DELETE', '/v1/subscriptions/:id', 'cancel_subscription', { fields: CANCEL }, cancel],
];
