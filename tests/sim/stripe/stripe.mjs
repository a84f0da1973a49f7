// A stand-in for Stripe: its API, the two pages that people see there, and its signed events.

import { BadRequest, checkFields } from '../http.mjs';
import { makeBook, nowFor, seconds } from './book.mjs';
import { called } from './call.mjs';
import { catalogueRoutes, PRODUCT_IDS, seedCatalogue } from './catalogue.mjs';
import { checkoutRoutes } from './checkout.mjs';
import { pay, settle, WAYS } from './checkout-pay.mjs';
import { addClock, arrive, clockRoutes } from './clocks.mjs';
import { customerRoutes } from './customers.mjs';
import { eventRoutes, makeEvents } from './events.mjs';
import { invoiceRoutes } from './invoices.mjs';
import { pageRoutes } from './pages.mjs';
import { paymentRoutes } from './payments.mjs';
import { portalRoutes } from './portal.mjs';
import { rendered } from './render.mjs';
import { dispute, failRefund, reversalRoutes } from './reversals.mjs';
import { STATUSES, subscriptionRoutes } from './subscription-calls.mjs';
import { UPDATED } from './subscriptions.mjs';
import { isVersion, PINNED } from './version.mjs';

export { PRODUCT_IDS };
export const STRIPE_KEY = 'sk_test_51Simulated';

const USUAL = { apiVersion: PINNED, deliver: 'auto', portal: true, afterRetries: 'cancel', aheadSeconds: 0 };
const AFTER_RETRIES = ['cancel', 'unpaid', 'past_due'];

const ROUTES = [
  ...catalogueRoutes, ...customerRoutes, ...checkoutRoutes, ...portalRoutes, ...subscriptionRoutes, ...invoiceRoutes, ...paymentRoutes,
  ...reversalRoutes, ...eventRoutes, ...clockRoutes,
];

export function makeStripe(place) {
  const house = newHouse(place);
  const events = makeEvents(house);
  house.emit = events.emit;
  const routes = [
    ...ROUTES.map(([method, path, op, shape, run]) => [method, path, op, called(house, shape, run)]), ...pageRoutes(house),
  ];

  const stripe = {
    operations: [...new Set(routes.map(([, , op]) => op))],
    routes,
    ...deeds(house),
    deliver: events.deliver,
    delivered: events.delivered,
    rotate: events.rotate,
    list: events.list,

    /** The secret that signs, the newest of those that do. */
    secret: () => events.secrets()[0],

    /** The objects of a kind as they are kept, the oldest first. */
    all: (kind) => house.book.all(kind),

    reset() {
      house.book.clear();
      for (const map of [house.cards, house.kept, house.lineItems, house.sessionData]) map.clear();
      Object.assign(house.settings, USUAL);
      events.reset();
      seedCatalogue(house);
    },
  };
  stripe.reset();
  return stripe;
}

/** What the parts share. `change` changes an object and tells it as an event, with what was before. */
function newHouse(place) {
  const house = {
    place, key: STRIPE_KEY, book: makeBook(), settings: { ...USUAL }, request: null,
    cards: new Map(), // by customer: how the next payments go
    kept: new Map(), // answers by their idempotency key
    lineItems: new Map(), // by session
    sessionData: new Map(), // by session: what its payment or subscription is to get

    cardOf: (customer) => house.cards.get(customer) ?? 'card',

    change(object, changes, type) {
      const before = structuredClone(object);
      Object.assign(object, changes);
      if (type) house.changed(object, before, type);
    },

    changed(object, before, type) {
      const [old, now] = [before, object].map((one) => rendered(house, one, house.settings.apiVersion));
      const names = Object.keys(now).filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
      house.emit(type, object, Object.fromEntries(names.map((name) => [name, old[name] ?? null])));
    },
  };
  return house;
}

/** What a test, or somebody at the control API, makes happen beside the API. */
function deeds(house) {
  return {
    /** How it goes from now on. `aheadSeconds` is how far the Worker's clock is ahead of ours, for the age of signatures. */
    set(body) {
      checkFields(body, { apiVersion: 'string', deliver: 'string', portal: 'boolean', afterRetries: 'string', aheadSeconds: 'number' });
      const { apiVersion = PINNED, deliver = 'auto', afterRetries = 'cancel' } = body;
      if (!isVersion(apiVersion)) throw new BadRequest(`${apiVersion} is no version of the API.`);
      if (!['auto', 'held'].includes(deliver)) throw new BadRequest('deliver must be auto or held.');
      if (!AFTER_RETRIES.includes(afterRetries)) throw new BadRequest(`afterRetries must be one of ${AFTER_RETRIES.join(', ')}.`);
      return { ...Object.assign(house.settings, body) };
    },

    pay(body) {
      checkFields(body, { id: 'string', how: 'string', email: 'string' }, ['id']);
      named(house, 'checkout.session', body.id);
      return pay(house, body);
    },

    settle: (body) => settle(house, body),
    dispute: (body) => dispute(house, body),
    failRefund: (body) => failRefund(house, body),

    /** How the next payments of a customer go. */
    card(body) {
      checkFields(body, { customer: 'string', how: 'string' }, ['customer', 'how']);
      if (!WAYS.includes(body.how)) throw new BadRequest(`how must be one of ${WAYS.join(', ')}.`);
      house.cards.set(named(house, 'customer', body.customer).id, body.how);
      return {};
    },

    advance: (body) => advance(house, body),

    /** A status that it takes long, or a dashboard, to come to. */
    status(body) {
      checkFields(body, { subscription: 'string', status: 'string' }, ['subscription', 'status']);
      if (!STATUSES.includes(body.status)) throw new BadRequest(`status must be one of ${STATUSES.join(', ')}.`);
      const subscription = named(house, 'subscription', body.subscription);
      house.change(subscription, { status: body.status }, UPDATED);
      return subscription;
    },
  };
}

/** Lets the time of a customer go on; who has no test clock gets one, which nobody could do after the fact at Stripe. */
function advance(house, body) {
  checkFields(body, { customer: 'string', seconds: 'number', to: 'number' }, ['customer']);
  const customer = named(house, 'customer', body.customer);
  const now = nowFor(house, customer.id);
  const until = body.to ?? now + (body.seconds ?? 0);
  if (!Number.isInteger(until) || until < now) throw new BadRequest('seconds or to must be whole and lead ahead.');
  customer.test_clock ??= addClock(house, { frozen_time: seconds() }).id;
  for (const one of house.book.all('subscription').filter((other) => other.customer === customer.id)) one.test_clock = customer.test_clock;
  const clock = house.book.find('test_helpers.test_clock', customer.test_clock);
  arrive(house, clock, until);
  return clock;
}

function named({ book }, kind, id) {
  const found = book.find(kind, id);
  if (!found || found.deleted) throw new BadRequest(`There is no ${kind} ${id}.`);
  return found;
}
