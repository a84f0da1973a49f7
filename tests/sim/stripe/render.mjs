// How a version of the API tells an object: what is kept here has the newest form, the older ones are made of it.

import { before } from './version.mjs';

const UI_MODES = { hosted_page: 'hosted', embedded_page: 'embedded', elements: 'custom' };

export function rendered(house, stored, version) {
  if (stored.object === 'list') return { ...stored, data: stored.data.map((one) => rendered(house, one, version)) };
  const object = structuredClone(stored);
  if (before(version, 'dahlia') && object.object === 'checkout.session') object.ui_mode = UI_MODES[object.ui_mode];
  if (before(version, 'basil')) BEFORE_BASIL[object.object]?.(house, object);
  return object;
}

const BEFORE_BASIL = {
  subscription(house, object) {
    const [{ current_period_start: start, current_period_end: end }] = object.items.data;
    for (const item of object.items.data) {
      delete item.current_period_start;
      delete item.current_period_end;
    }
    delete object.billing_mode;
    Object.assign(object, { current_period_start: start, current_period_end: end });
  },

  invoice(house, object) {
    const { subscription, metadata } = object.parent.subscription_details;
    const intent = house.book.find('payment_intent', intentOf(house, object.id));
    delete object.parent;
    for (const line of object.lines.data) oldLine(house, line);
    Object.assign(object, {
      subscription, subscription_details: { metadata }, paid: object.status === 'paid',
      payment_intent: intent?.id ?? null, charge: intent?.latest_charge ?? null,
    });
  },

  charge(house, object) {
    object.invoice = invoiceOf(house, object.payment_intent);
  },

  payment_intent(house, object) {
    object.invoice = invoiceOf(house, object.id);
  },
};

function oldLine({ book }, line) {
  const { subscription_item_details: { subscription, subscription_item: item, proration } } = line.parent;
  const price = book.find('price', line.pricing.price_details.price);
  delete line.parent;
  delete line.pricing;
  Object.assign(line, { type: 'subscription', price, subscription, subscription_item: item, proration });
}

const payments = ({ book }) => book.all('invoice_payment');

/** The payment intent of an invoice, the invoice of a payment intent. */
export const intentOf = (house, invoice) => payments(house).find((one) => one.invoice === invoice)?.payment.payment_intent ?? null;
export const invoiceOf = (house, intent) => payments(house).find(({ payment }) => payment.payment_intent === intent)?.invoice ?? null;
