// `expand[]`: an id becomes its object, a list that is left out otherwise comes along.

import { listOf } from './book.mjs';
import { rendered } from './render.mjs';
import { Refused } from './refuse.mjs';

const DEEPEST = 4;

/** What of each kind is an id of which kind; the later lines of some are of the older versions. */
const IDS = {
  product: { default_price: 'price' },
  price: { product: 'product' },
  'checkout.session': { customer: 'customer', payment_intent: 'payment_intent', subscription: 'subscription', invoice: 'invoice' },
  subscription: { customer: 'customer', latest_invoice: 'invoice', test_clock: 'test_helpers.test_clock' },
  invoice: {
    customer: 'customer', 'parent.subscription_details.subscription': 'subscription',
    subscription: 'subscription', payment_intent: 'payment_intent', charge: 'charge',
  },
  line_item: { 'pricing.price_details.product': 'product' },
  invoice_payment: { invoice: 'invoice', 'payment.payment_intent': 'payment_intent' },
  payment_intent: { customer: 'customer', latest_charge: 'charge', invoice: 'invoice' },
  charge: { customer: 'customer', payment_intent: 'payment_intent', invoice: 'invoice' },
  refund: { charge: 'charge', payment_intent: 'payment_intent' },
  dispute: { charge: 'charge', payment_intent: 'payment_intent' },
  customer: { test_clock: 'test_helpers.test_clock' },
};

const under = (kind, field) => (house, { id }) => house.book.all(kind).filter((one) => one[field] === id).reverse();

/** Lists that are told only where they are asked for. */
const LISTS = {
  'checkout.session': { line_items: ({ lineItems }, { id }) => lineItems.get(id) },
  invoice: { payments: under('invoice_payment', 'invoice') },
  charge: { refunds: under('refund', 'charge') },
  customer: { subscriptions: under('subscription', 'customer') },
};

/** Fills in, on an answer that is already rendered, what these paths name. */
export function expand(house, answer, paths, version) {
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > DEEPEST) throw new Refused(`You cannot expand more than ${DEEPEST} levels of a property (${path}).`);
    walk({ house, version, path }, answer, steps, { kind: answer.object, within: '' });
  }
}

function walk(trip, node, [step, ...rest], { kind, within }) {
  const name = within + step;
  const made = LISTS[kind]?.[name];
  if (made) {
    const url = `/v1/${kind}s/${node.id}/${name}`;
    node[step] ??= rendered(trip.house, listOf(made(trip.house, node), url), trip.version);
  }
  const known = IDS[kind]?.[name];
  if (known && typeof node[step] === 'string') {
    node[step] = rendered(trip.house, trip.house.book.find(known, node[step]), trip.version);
  }
  if (node[step] === undefined || (rest.length === 0 && !made && !known)) {
    throw new Refused(`This property cannot be expanded (${trip.path}).`);
  }
  if (rest.length === 0) return;
  for (const child of [node[step]].flat()) {
    if (child === null) continue;
    if (typeof child !== 'object') throw new Refused(`This property cannot be expanded (${trip.path}).`);
    walk(trip, child, rest, child.object ? { kind: child.object, within: '' } : { kind, within: `${name}.` });
  }
}
