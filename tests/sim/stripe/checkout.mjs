// Checkout sessions as the API takes them. How they are paid stands in checkout-pay.mjs.

import { cut, page, seconds, wanted } from './book.mjs';
import { PRICE_DATA, priceOf } from './catalogue.mjs';
import { newId } from './ids.mjs';
import { missing, refusedParam } from './refuse.mjs';
import { anything, flag, limited, list, metadata, object, oneOf, PAGED, text, time, url, whole } from './shape.mjs';
import { trialEndOf } from './subscription-calls.mjs';

const PATH = '/v1/checkout/sessions';
const LEAST_SECONDS = 30 * 60;
const MOST_SECONDS = 24 * 3600;
const LATENESS_SECONDS = 60; // what a request may take, before the bounds are held against it
const SUBMIT = { payment: ['auto', 'book', 'donate', 'pay'], subscription: ['auto', 'subscribe'] };

const LINE = object({
  price: text, price_data: PRICE_DATA, quantity: whole(1, 999_999), adjustable_quantity: anything, metadata, tax_rates: list(text),
});
const CONSENT = object({
  terms_of_service: oneOf('none', 'required'), promotions: oneOf('auto', 'none'), payment_method_reuse_agreement: anything,
});

/** What does not change how it goes is known by its name alone. */
const DECORATION = [
  'adaptive_pricing', 'after_expiration', 'automatic_tax', 'billing_address_collection', 'branding_settings', 'custom_fields',
  'custom_text', 'customer_update', 'invoice_creation', 'locale', 'name_collection', 'origin_context', 'payment_method_collection',
  'payment_method_configuration', 'payment_method_options', 'phone_number_collection', 'saved_payment_method_options',
  'shipping_address_collection', 'tax_id_collection', 'wallet_options', 'allowed_payment_method_types', 'excluded_payment_method_types',
  'redirect_on_completion',
];

const CREATE = {
  ...Object.fromEntries(DECORATION.map((name) => [name, anything])),
  mode: oneOf('payment', 'subscription', 'setup'), ui_mode: oneOf('hosted_page', 'embedded_page', 'elements', 'form'),
  line_items: list(LINE), success_url: url, cancel_url: url, return_url: url, client_reference_id: limited(200), customer: text,
  customer_email: limited(800), customer_creation: oneOf('always', 'if_required'), metadata, currency: text, allow_promotion_codes: flag,
  expires_at: time, consent_collection: CONSENT, submit_type: oneOf(...new Set(Object.values(SUBMIT).flat())),
  payment_intent_data: object({
    metadata, description: limited(1000), receipt_email: text, setup_future_usage: oneOf('off_session', 'on_session'),
    statement_descriptor: limited(22), statement_descriptor_suffix: limited(22),
  }),
  subscription_data: object({
    metadata, description: limited(500), trial_end: time, trial_period_days: whole(1, 730), billing_mode: anything,
    trial_settings: anything, proration_behavior: oneOf('create_prorations', 'none'),
  }),
};

function create(house, asked) {
  checkTogether(asked);
  const { mode, ui_mode: uiMode = 'hosted_page', customer = null, customer_email: email = null } = asked;
  const now = seconds();
  const expiresAt = asked.expires_at ?? now + MOST_SECONDS;
  checkExpiry(expiresAt - now);
  if (customer !== null) wanted(house, 'customer', customer, 'customer');
  const lines = linesOf(house, asked);
  trialEndOf(now, asked.subscription_data ?? {}, 'subscription_data[trial_end]');
  const id = newId('cs_test', 58);
  const hosted = uiMode === 'hosted_page';
  const trial = asked.subscription_data?.trial_end ?? asked.subscription_data?.trial_period_days;
  const items = lines.map((line) => lineItem(line, trial));
  const due = items.reduce((sum, { amount_total: amount }) => sum + amount, 0);
  const session = house.book.add({
    ...emptySession(asked), id, amount_subtotal: due, amount_total: due, client_secret: hosted ? null : newId(`${id}_secret`),
    created: now, currency: items[0].currency, customer, customer_email: email, expires_at: expiresAt, mode, ui_mode: uiMode,
    url: hosted ? `${house.place.url}/stripe/pay/${id}` : null,
  });
  house.lineItems.set(id, items);
  house.sessionData.set(id, { payment: asked.payment_intent_data ?? {}, subscription: asked.subscription_data ?? {} });
  return session;
}

function emptySession(asked) {
  const given = (name) => asked[name] ?? null;
  return {
    id: '', object: 'checkout.session', adaptive_pricing: null, after_expiration: null,
    allow_promotion_codes: given('allow_promotion_codes'),
    automatic_tax: { enabled: asked.automatic_tax?.enabled === 'true', liability: null, provider: null, status: null },
    billing_address_collection: given('billing_address_collection'), cancel_url: given('cancel_url'),
    client_reference_id: given('client_reference_id'), collected_information: null, consent: null,
    consent_collection: given('consent_collection'), currency_conversion: null, custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null, ...asked.custom_text },
    customer_creation: asked.mode === 'payment' ? asked.customer_creation ?? 'if_required' : null, customer_details: null, discounts: [],
    invoice: null, invoice_creation: null, livemode: false, locale: given('locale'), metadata: asked.metadata ?? {}, origin_context: null,
    payment_intent: null, payment_link: null, payment_method_collection: 'if_required', payment_method_options: {},
    payment_method_types: ['card', 'us_bank_account'], payment_status: 'unpaid', permissions: null, recovered_from: null,
    return_url: asked.return_url, saved_payment_method_options: null, setup_intent: null, shipping_address_collection: null,
    shipping_cost: null, shipping_options: [], status: 'open', submit_type: given('submit_type'), subscription: null,
    success_url: given('success_url'), total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 }, wallet_options: null,
  };
}

/** What does not go with the mode, or not with each other. */
function checkTogether(asked) {
  const { mode, ui_mode: uiMode = 'hosted_page', customer, customer_email: email } = asked;
  const { customer_creation: creation, submit_type: submit } = asked;
  if (mode === 'setup') throw refusedParam('Sessions in `setup` mode are not simulated.', 'mode');
  const wayBack = uiMode === 'hosted_page' ? 'success_url' : 'return_url';
  if (asked[wayBack] === undefined) throw missing(wayBack);
  if (asked.line_items === undefined) throw missing('line_items');
  if (customer !== undefined && email !== undefined) {
    throw refusedParam('You may only specify one of these parameters: customer, customer_email.', 'customer');
  }
  if (creation !== undefined && (mode !== 'payment' || customer !== undefined)) {
    throw refusedParam('`customer_creation` can only be used in `payment` mode and without `customer`.', 'customer_creation');
  }
  if (submit !== undefined && !SUBMIT[mode].includes(submit)) {
    throw refusedParam(`\`submit_type\` must be one of ${SUBMIT[mode].join(', ')} in \`${mode}\` mode.`, 'submit_type');
  }
  const beyond = mode === 'payment' ? 'subscription_data' : 'payment_intent_data';
  if (asked[beyond] !== undefined) throw refusedParam(`You can not pass \`${beyond}\` in \`${mode}\` mode.`, beyond);
}

function checkExpiry(ahead) {
  if (ahead < LEAST_SECONDS - LATENESS_SECONDS) {
    throw refusedParam('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', 'expires_at');
  }
  if (ahead > MOST_SECONDS) {
    throw refusedParam('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', 'expires_at');
  }
}

function linesOf(house, { mode, line_items: items }) {
  const lines = items.map((item, i) => {
    const path = `line_items[${i}]`;
    if ((item.price === undefined) === (item.price_data === undefined)) {
      throw refusedParam('You must specify either `price` or `price_data` for each line item.', path);
    }
    if (item.quantity === undefined) throw refusedParam(`Quantity is required. Add \`quantity\` to \`${path}\``, path);
    return { price: priceOf(house, item, path), quantity: item.quantity, metadata: item.metadata ?? {} };
  });
  const recurs = lines.some(({ price }) => price.recurring);
  if (mode === 'payment' && recurs) {
    throw refusedParam('You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only '
      + 'one-time prices.', 'mode');
  }
  if (mode === 'subscription' && !recurs) {
    throw refusedParam('You must provide at least one recurring price in `subscription` mode when using prices.', 'mode');
  }
  if (new Set(lines.map(({ price }) => price.currency)).size > 1) {
    throw refusedParam('All prices on a Checkout Session must have the same currency.', 'line_items');
  }
  return lines;
}

function lineItem({ price, quantity, metadata: words }, trial) {
  const amount = trial && price.recurring ? 0 : price.unit_amount * quantity;
  return {
    id: newId('li'), object: 'item', adjustable_quantity: null, amount_discount: 0, amount_subtotal: amount, amount_tax: 0,
    amount_total: amount, currency: price.currency, description: null, metadata: words, price, quantity,
  };
}

/** A session, which has expired when its time is over. */
export function sessionOf(house, id) {
  const session = wanted(house, 'checkout.session', id);
  if (session.status === 'open' && seconds() >= session.expires_at) expireNow(house, session);
  return session;
}

function expireNow(house, session) {
  Object.assign(session, { status: 'expired', url: null });
  house.emit('checkout.session.expired', session);
}

function expire(house, asked, { id }) {
  const session = sessionOf(house, id);
  if (session.status !== 'open') {
    throw refusedParam(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `
      + `${session.status}.`, 'session');
  }
  expireNow(house, session);
  return session;
}

function listed(house, asked) {
  const names = ['customer', 'payment_intent', 'subscription', 'status'];
  const fits = (one) => names.every((name) => asked[name] === undefined || asked[name] === one[name]);
  return page(house, 'checkout.session', { path: PATH, asked, fits });
}

function lineItems(house, asked, { id }) {
  wanted(house, 'checkout.session', id);
  return cut(house.lineItems.get(id), `${PATH}/${id}/line_items`, asked);
}

const LIST = { ...PAGED, customer: text, payment_intent: text, subscription: text, status: oneOf('open', 'complete', 'expired') };

export const checkoutRoutes = [
  ['GET', PATH, 'sessions', { fields: LIST }, listed],
  ['GET', `${PATH}/:id`, 'session', {}, (house, asked, { id }) => sessionOf(house, id)],
  ['POST', PATH, 'checkout', { fields: CREATE, required: ['mode'] }, create],
  ['GET', `${PATH}/:id/line_items`, 'line_items', { fields: PAGED }, lineItems],
  ['POST', `${PATH}/:id/expire`, 'expire', {}, expire],
];
