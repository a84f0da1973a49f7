// Customers, and the card that each is pretended to have.

import { merged, page, seconds, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { noSuch } from './refuse.mjs';
import { anything, clearable, limited, list, metadata, oneOf, PAGED, text } from './shape.mjs';
import { cancelNow, subscriptionsOf } from './subscriptions.mjs';

const CUSTOMER = {
  email: clearable(limited(512)), name: clearable(limited(256)), description: clearable(limited(500)), phone: clearable(limited(20)),
  metadata: clearable(metadata), address: clearable(anything), shipping: clearable(anything), preferred_locales: list(text),
  tax_exempt: oneOf('none', 'exempt', 'reverse'), invoice_settings: anything,
};

/** A customer, made by a call or by somebody who pays. */
export function addCustomer(house, asked) {
  const clock = asked.test_clock && wanted(house, 'test_helpers.test_clock', asked.test_clock, 'test_clock');
  const customer = house.book.add({
    id: newId('cus', 14), object: 'customer', address: null, balance: 0, created: clock?.frozen_time ?? seconds(), currency: null,
    default_source: null, delinquent: false, description: null, discount: null, email: null,
    invoice_prefix: newId('x', 8).slice(2).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false, name: null, next_invoice_sequence: 1, phone: null, preferred_locales: [], shipping: null, tax_exempt: 'none',
    test_clock: null, ...asked, metadata: asked.metadata ?? {},
  });
  house.emit('customer.created', customer);
  return customer;
}

function update(house, asked, { id }) {
  const customer = living(house, id);
  house.change(customer, { ...asked, metadata: merged(customer.metadata, asked.metadata) }, 'customer.updated');
  return customer;
}

/** Subscriptions end with their customer, who is told as deleted from then on. */
function remove(house, asked, { id }) {
  const customer = living(house, id);
  for (const subscription of subscriptionsOf(house, id)) cancelNow(house, subscription);
  house.emit('customer.deleted', customer);
  const { object, created } = customer;
  house.book.add({ id, object, created, deleted: true });
  return { id, object, deleted: true };
}

function get(house, asked, { id }) {
  const customer = wanted(house, 'customer', id);
  return customer.deleted ? { id, object: 'customer', deleted: true } : customer;
}

function living(house, id) {
  const customer = wanted(house, 'customer', id);
  if (customer.deleted) throw noSuch('customer', id);
  return customer;
}

function listed(house, asked) {
  const fits = (one) => (asked.email ?? one.email) === one.email && (asked.test_clock ?? one.test_clock) === one.test_clock;
  return page(house, 'customer', { path: '/v1/customers', asked, fits });
}

export const customerRoutes = [
  ['GET', '/v1/customers', 'customers', { fields: { ...PAGED, email: text, test_clock: text } }, listed],
  ['GET', '/v1/customers/:id', 'customer', {}, get],
  ['POST', '/v1/customers', 'create_customer', { fields: { ...CUSTOMER, test_clock: text } }, addCustomer],
  ['POST', '/v1/customers/:id', 'update_customer', { fields: CUSTOMER }, update],
  ['DELETE', '/v1/customers/:id', 'delete_customer', {}, remove],
];
