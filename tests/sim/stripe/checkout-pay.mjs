// Checkout as the person meets it: paid by card, by a method that takes days, or declined.

import { BadRequest, checkFields } from '../http.mjs';
import { nowFor } from './book.mjs';
import { sessionOf } from './checkout.mjs';
import { addCustomer } from './customers.mjs';
import { attempt, decide, newIntent } from './payments.mjs';
import { intentOf, invoiceOf } from './render.mjs';
import { trialEndOf } from './subscription-calls.mjs';
import { failed, paid, startSubscription } from './subscriptions.mjs';

export const WAYS = ['card', 'later', 'declined'];
const USUAL_EMAIL = 'buyer@example.test';

/** Pays an open session, and answers it. A declined card leaves it open. */
export function pay(house, { id, how = 'card', email }) {
  const session = sessionOf(house, id);
  if (session.status !== 'open') throw new BadRequest(`The session is ${session.status}.`);
  if (!WAYS.includes(how)) throw new BadRequest(`how must be one of ${WAYS.join(', ')}.`);
  const known = house.book.find('customer', session.customer);
  const person = { email: known?.email ?? session.customer_email ?? email ?? USUAL_EMAIL, name: known?.name ?? null };
  if (how === 'declined') decline(house, session);
  else complete(house, session, { how, person });
  return session;
}

function decline(house, session) {
  if (session.mode === 'payment' && session.amount_total > 0) attempt(house, intentFor(house, session), 'declined');
}

/** Of a session the first try makes the payment intent; the session tells it when it is complete. */
function intentFor(house, session) {
  const data = house.sessionData.get(session.id);
  data.intent ??= newIntent(house, {
    amount: session.amount_total, currency: session.currency, customer: session.customer, ...data.payment,
  });
  return data.intent;
}

function complete(house, session, { how, person }) {
  const { customer_creation: creation, mode, consent_collection: consent } = session;
  if (session.customer === null && (mode === 'subscription' || creation === 'always')) {
    session.customer = addCustomer(house, person).id;
  }
  const free = session.amount_total === 0;
  if (mode === 'subscription') subscribe(house, session, free ? 'card' : how);
  else if (!free) payOnce(house, session, how);
  const status = how === 'later' ? 'unpaid' : 'paid';
  Object.assign(session, {
    status: 'complete', url: null, payment_status: free ? 'no_payment_required' : status,
    consent: consent && { promotions: null, terms_of_service: consent.terms_of_service === 'required' ? 'accepted' : null },
    customer_details: { address: null, ...person, phone: null, tax_exempt: 'none', tax_ids: [] },
  });
  house.emit('checkout.session.completed', session);
}

function payOnce(house, session, how) {
  const intent = intentFor(house, session);
  intent.customer = session.customer;
  session.payment_intent = intent.id;
  attempt(house, intent, how);
}

function subscribe(house, session, how) {
  const lines = house.lineItems.get(session.id);
  const { metadata, description, ...trial } = house.sessionData.get(session.id).subscription;
  const trialEnd = trialEndOf(nowFor(house, session.customer), trial);
  const subscription = startSubscription(house, { customer: session.customer, lines, metadata, description, trialEnd, how });
  Object.assign(session, { subscription: subscription.id, invoice: subscription.latest_invoice });
}

/** What a method that takes days comes to: of a session, a payment intent or an invoice. */
export function settle(house, body) {
  checkFields(body, { of: 'string', succeeds: 'boolean' }, ['of', 'succeeds']);
  const { of, succeeds } = body;
  const known = house.book.find('checkout.session', of);
  const intent = house.book.find('payment_intent', known?.payment_intent ?? intentOf(house, known?.invoice ?? of) ?? of);
  if (intent?.status !== 'processing') throw new BadRequest(`No payment of ${of} is under way.`);
  decide(house, intent, succeeds);
  const invoice = house.book.find('invoice', invoiceOf(house, intent.id));
  if (invoice) {
    const subscription = house.book.find('subscription', invoice.parent.subscription_details.subscription);
    (succeeds ? paid : failed)(house, subscription, invoice);
  }
  const session = house.book.all('checkout.session')
    .find((one) => one.payment_intent === intent.id || (invoice && one.invoice === invoice.id));
  if (session) {
    if (succeeds) session.payment_status = 'paid';
    house.emit(`checkout.session.async_payment_${succeeds ? 'succeeded' : 'failed'}`, session);
  }
  return intent;
}
