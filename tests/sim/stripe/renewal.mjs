// What falls due in the life of subscriptions while the time of their customers goes on.

import { draftInvoice, finalize, invoicesOf, voidInvoice } from './invoices.mjs';
import { periodEnd } from './periods.mjs';
import { cancelNow, hasEnded, itemLine, itemList, payInvoice, UPDATED } from './subscriptions.mjs';

const DRAFT_SECONDS = 3600;
const INCOMPLETE_SECONDS = 23 * 3600;
const NOT_COLLECTED = ['unpaid', 'paused'];

/** Lets a clock go on to this moment; each thing happens at its own time, in order. */
export function runClock(house, clock, until) {
  for (let next = nextDue(house, clock, until); next; next = nextDue(house, clock, until)) {
    clock.frozen_time = Math.max(clock.frozen_time, next.at);
    next.run();
  }
  clock.frozen_time = until;
}

function nextDue(house, clock, until) {
  const mine = house.book.all('subscription').filter((one) => one.test_clock === clock.id && !hasEnded(one));
  return mine.flatMap((one) => dueOf(house, one)).filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
}

function dueOf(house, subscription) {
  const { status, created, cancel_at: cancelAt } = subscription;
  const due = invoicesOf(house, subscription).flatMap((invoice) => dueOfInvoice(house, subscription, invoice));
  if (status === 'incomplete') return [...due, { at: created + INCOMPLETE_SECONDS, run: () => expire(house, subscription) }];
  if (cancelAt !== null) due.push({ at: cancelAt, run: () => cancelNow(house, subscription, {}) });
  const end = Math.min(...subscription.items.data.map((item) => item.current_period_end));
  return [...due, { at: end, run: () => renew(house, subscription, end) }];
}

function dueOfInvoice(house, subscription, invoice) {
  const pay = () => payInvoice(house, subscription, invoice, house.cardOf(subscription.customer));
  if (invoice.automatically_finalizes_at !== null) {
    const settle = () => {
      finalize(house, invoice, { description: 'Subscription update' });
      pay();
    };
    return [{ at: invoice.automatically_finalizes_at, run: settle }];
  }
  return invoice.status === 'open' && invoice.next_payment_attempt !== null ? [{ at: invoice.next_payment_attempt, run: pay }] : [];
}

/** The next period begins at once; its invoice stays a draft for an hour, and for good where nothing is collected. */
function renew(house, subscription, now) {
  const collected = !NOT_COLLECTED.includes(subscription.status);
  const renewed = ({ current_period_end: end, ...item }) => (end > now ? { ...item, current_period_end: end } : {
    ...item, current_period_start: now, current_period_end: periodEnd(subscription.billing_cycle_anchor, now, item.price.recurring),
  });
  const data = subscription.items.data.map(renewed);
  const lines = data.filter((item) => item.current_period_start === now)
    .map((item) => itemLine(item, { start: now, end: item.current_period_end }));
  const before = structuredClone(subscription);
  Object.assign(subscription, {
    items: itemList(subscription.id, data), status: subscription.status === 'trialing' ? 'active' : subscription.status,
  });
  draftInvoice(house, subscription, { reason: 'subscription_cycle', lines, finalizesAt: collected ? now + DRAFT_SECONDS : null });
  house.changed(subscription, before, UPDATED);
}

/** A first invoice that nobody paid within 23 hours. */
function expire(house, subscription) {
  for (const invoice of invoicesOf(house, subscription)) voidInvoice(house, invoice);
  house.change(subscription, { status: 'incomplete_expired', ended_at: subscription.created + INCOMPLETE_SECONDS }, UPDATED);
}
