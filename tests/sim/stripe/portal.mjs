// The billing portal: sessions as the API makes them, and what a person does there.

import { BadRequest } from '../http.mjs';
import { seconds, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { invoicesOf } from './invoices.mjs';
import { noSuch, Refused } from './refuse.mjs';
import { anything, text, url } from './shape.mjs';
import { cancellation, cancelNow, payInvoice, subscriptionsOf, switchPrice, UPDATED } from './subscriptions.mjs';

const CONFIGURATION = 'bpc_1Simulated';

function create(house, { customer, configuration = CONFIGURATION, return_url: back = null, locale = null }) {
  wanted(house, 'customer', customer, 'customer');
  if (!house.settings.portal) {
    throw new Refused("You can't create a portal session in test mode until you save your customer portal settings in test mode at "
      + 'https://dashboard.stripe.com/test/settings/billing/portal.');
  }
  if (configuration !== CONFIGURATION) throw noSuch('configuration', configuration, 'configuration');
  const id = newId('bps');
  const session = house.book.add({
    id, object: 'billing_portal.session', configuration, created: seconds(), customer, flow: null, livemode: false, locale,
    on_behalf_of: null, return_url: back, url: `${house.place.url}/stripe/portal/${id}`,
  });
  house.emit('billing_portal.session.created', session);
  return session;
}

/** By the name of the button: what it does to the subscription. */
const DEEDS = {
  end: (house, subscription) => house.change(subscription, cancellation(house, subscription, { atPeriodEnd: true }), UPDATED),
  // With flexible billing the portal names the day instead.
  day: (house, subscription) => house.change(subscription, cancellation(house, subscription, { at: 'max_period_end' }), UPDATED),
  now: (house, subscription) => cancelNow(house, subscription),
  resume: (house, subscription) => house.change(subscription, cancellation(house, subscription, {}), UPDATED),
  card: payOpen,
  switch: switchPlan,
};

/** A card that works, and with it what was left open. */
function payOpen(house, subscription) {
  house.cards.set(subscription.customer, 'card');
  for (const invoice of invoicesOf(house, subscription).filter(({ status }) => status === 'open')) {
    payInvoice(house, subscription, invoice, 'card');
  }
}

function switchPlan(house, subscription, id) {
  const price = plans(house).find((one) => one.id === id);
  if (!price) throw new BadRequest('Choose a plan.');
  switchPrice(house, subscription, subscription.items.data[0], { price, behavior: 'always_invoice' });
}

export const plans = ({ book }) => book.all('price').filter(({ active, recurring }) => active && recurring);

/** Does on the page of a session what was clicked there. */
export function manage(house, session, { action, subscription: id, price }) {
  const subscription = subscriptionsOf(house, session.customer).find((one) => one.id === id);
  if (!subscription || !Object.hasOwn(DEEDS, action)) throw new BadRequest('There is no such subscription or deed.');
  DEEDS[action](house, subscription, price);
}

export const portalRoutes = [
  ['POST', '/v1/billing_portal/sessions', 'portal', {
    fields: { customer: text, configuration: text, return_url: url, locale: text, flow_data: anything }, required: ['customer'],
  }, create],
];
