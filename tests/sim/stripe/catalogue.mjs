// Products and prices. Those of the product are there from the start, under the ids that it knows.

import { merged, page, seconds, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { noSuch, refusedParam } from './refuse.mjs';
import {
  anything, clearable, flag, limited, list, metadata, object, oneOf, PAGED, text, url, whole,
} from './shape.mjs';

/** Product, its name, price, lookup key, cents, and how often. */
const SEED = [
  ['prod_SJPpjWE9zhJnEh', 'Three VocahireCredits', 'price_1SimThreeCredits', 'three_credits', 900, null],
  ['prod_SJQ8EwiLxPh62L', 'Five VocahireCredits', 'price_1SimFiveCredits', 'five_credits', 1200, null],
  ['prod_SLHl7Tl1LX1NMH', 'Monthly Coach', 'price_1SimMonthly', 'monthly', 2900, ['month', 1]],
  ['prod_SLHvbICsIUy3oZ', 'Quarterly Coach', 'price_1SimQuarterly', 'quarterly', 7300, ['month', 3]],
  ['prod_SJPmP9GnMNDso0', 'Annual Coach', 'price_1SimAnnual', 'annual', 21_900, ['year', 1]],
];

export const PRODUCT_IDS = SEED.map(([id]) => id);

export function seedCatalogue(house) {
  for (const [id, name, price, key, amount, often] of SEED) {
    addProduct(house, { id, name, default_price: price });
    const recurring = often && { interval: often[0], interval_count: often[1] };
    addPrice(house, { id: price, product: id, currency: 'usd', unit_amount: amount, recurring, lookup_key: key });
  }
}

function addProduct({ book }, asked) {
  const now = seconds();
  return book.add({
    id: newId('prod', 14), object: 'product', active: true, created: now, default_price: null, description: null, images: [],
    livemode: false, marketing_features: [], metadata: {}, name: '', package_dimensions: null, shippable: null, statement_descriptor: null,
    tax_code: null, tax_details: null, type: 'service', unit_label: null, updated: now, url: null, ...asked,
  });
}

const INTERVALS = oneOf('day', 'week', 'month', 'year');
const RECURRING = object({ interval: INTERVALS, interval_count: whole(1, 1095), usage_type: oneOf('licensed') }, ['interval']);

/** A price; one that a session makes for itself is not active for others. */
function addPrice({ book }, { recurring = null, unit_amount: amount, ...rest }) {
  const often = recurring && { interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed', ...recurring };
  return book.add({
    id: newId('price'), object: 'price', active: true, billing_scheme: 'per_unit', created: seconds(), custom_unit_amount: null,
    livemode: false, lookup_key: null, metadata: {}, nickname: null, tax_behavior: 'unspecified', tiers_mode: null,
    transform_quantity: null, ...rest, recurring: often, type: often ? 'recurring' : 'one_time', unit_amount: amount,
    unit_amount_decimal: String(amount),
  });
}

/** An amount as a line asks for it: a price that may be sold, or one that is made for it. */
export function priceOf(house, { price: id, price_data: data }, path) {
  if (data) {
    const { product: known, product_data: made, ...rest } = data;
    if (!known === !made) throw refusedParam('You must specify either `product` or `product_data`.', `${path}[price_data]`);
    const product = known ? wanted(house, 'product', known, `${path}[price_data][product]`) : addProduct(house, made);
    return addPrice(house, { ...rest, product: product.id, active: false });
  }
  const param = `${path}[price]`;
  const price = wanted(house, 'price', id, param);
  if (!price.active) throw refusedParam('The price specified is inactive. This field only accepts active prices.', param);
  if (!house.book.find('product', price.product).active) {
    throw refusedParam(`Price \`${id}\` is not available to be purchased because its product is not active.`, param);
  }
  return price;
}

const currency = (value, path) => {
  if (/^[a-z]{3}$/i.test(text(value, path))) return value.toLowerCase();
  throw refusedParam(`Invalid currency: ${value}.`, path);
};

const PRODUCT = {
  name: limited(5000), active: flag, description: clearable(limited(40_000)), metadata: clearable(metadata), images: list(url, 8),
  statement_descriptor: limited(22), tax_code: text, unit_label: text, url, shippable: flag, marketing_features: list(anything, 15),
};
const PRICE = {
  active: flag, nickname: clearable(text), metadata: clearable(metadata), lookup_key: clearable(limited(200)), transfer_lookup_key: flag,
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
};
const NEW_PRICE = { ...PRICE, currency, unit_amount: whole(), recurring: RECURRING, product: text };
const PRODUCT_DATA = object({ name: text, description: text, metadata, images: list(url, 8), tax_code: text, unit_label: text }, ['name']);

const amount = { currency, unit_amount: whole(), recurring: RECURRING, tax_behavior: PRICE.tax_behavior };
const AMOUNT = object(amount, ['currency', 'unit_amount']);
export const PRICE_DATA = object({ ...amount, product: text, product_data: PRODUCT_DATA }, ['currency', 'unit_amount']);

function createProduct(house, { default_price_data: data, id, ...asked }) {
  if (id !== undefined && house.book.find('product', id)) throw refusedParam('Product already exists.', 'id', 'resource_already_exists');
  const product = addProduct(house, { ...asked, ...(id && { id }), metadata: asked.metadata ?? {} });
  if (data) product.default_price = addPrice(house, { ...data, product: product.id }).id;
  house.emit('product.created', product);
  return product;
}

function updateProduct(house, asked, { id }) {
  const product = wanted(house, 'product', id);
  const price = asked.default_price;
  if (price && wanted(house, 'price', price, 'default_price').product !== id) throw noSuch('price', price, 'default_price');
  house.change(product, { ...asked, metadata: merged(product.metadata, asked.metadata), updated: seconds() }, 'product.updated');
  return product;
}

function createPrice(house, { transfer_lookup_key: transfer, ...asked }) {
  wanted(house, 'product', asked.product, 'product');
  freeKey(house, asked.lookup_key, transfer);
  const price = addPrice(house, { ...asked, metadata: asked.metadata ?? {} });
  house.emit('price.created', price);
  return price;
}

function updatePrice(house, { transfer_lookup_key: transfer, ...asked }, { id }) {
  const price = wanted(house, 'price', id);
  if (asked.lookup_key !== price.lookup_key) freeKey(house, asked.lookup_key, transfer);
  house.change(price, { ...asked, metadata: merged(price.metadata, asked.metadata) }, 'price.updated');
  return price;
}

/** A lookup key names one price; it moves only where that is asked for. */
function freeKey(house, key, transfer) {
  const owner = key && house.book.all('price').find((one) => one.lookup_key === key);
  if (!owner) return;
  if (!transfer) throw refusedParam('A price (`' + owner.id + '`) already uses that lookup key.', 'lookup_key', 'resource_already_exists');
  house.change(owner, { lookup_key: null }, 'price.updated');
}

function listProducts(house, asked) {
  const { ids, active } = asked;
  const fits = (one) => (ids ?? [one.id]).includes(one.id) && (active ?? one.active) === one.active;
  return page(house, 'product', { path: '/v1/products', asked, fits });
}

function listPrices(house, asked) {
  const { lookup_keys: keys, active, product, type, currency: money } = asked;
  const fits = (one) => (keys ?? [one.lookup_key]).includes(one.lookup_key) && (active ?? one.active) === one.active
    && (product ?? one.product) === one.product && (type ?? one.type) === one.type && (money ?? one.currency) === one.currency;
  return page(house, 'price', { path: '/v1/prices', asked, fits });
}

export const catalogueRoutes = [
  ['GET', '/v1/products', 'products', { fields: { ...PAGED, ids: list(text), active: flag } }, listProducts],
  ['GET', '/v1/products/:id', 'product', {}, (house, asked, { id }) => wanted(house, 'product', id)],
  ['POST', '/v1/products', 'create_product',
    { fields: { ...PRODUCT, id: text, default_price_data: AMOUNT }, required: ['name'] }, createProduct],
  ['POST', '/v1/products/:id', 'update_product', { fields: { ...PRODUCT, default_price: clearable(text) } }, updateProduct],
  ['GET', '/v1/prices', 'prices', {
    fields: { ...PAGED, lookup_keys: list(text, 10), active: flag, product: text, type: oneOf('one_time', 'recurring'), currency },
  }, listPrices],
  ['GET', '/v1/prices/:id', 'price', {}, (house, asked, { id }) => wanted(house, 'price', id)],
  ['POST', '/v1/prices', 'create_price', { fields: NEW_PRICE, required: ['currency', 'product', 'unit_amount'] }, createPrice],
  ['POST', '/v1/prices/:id', 'update_price', { fields: PRICE }, updatePrice],
];
