// The simulated Stripe refuses what Stripe refuses, in its words and with its headers; keys of idempotency do what they promise.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import Stripe from 'stripe';

import { post, simulator } from './harness.mjs';
import { clientOf, payment, PRICES, subscription } from './stripe/buying.mjs';

const sim = await simulator();
const client = clientOf(sim);
const { STRIPE_SECRET_KEY: key, STRIPE_API_URL: api } = sim.workerVars();
const VERSION = '2026-10-28.endive';
const FORM = 'application/x-www-form-urlencoded';
const seconds = () => Math.floor(Date.now() / 1000);

async function call(path, body, headers = {}) {
  const type = body !== undefined && { 'content-type': FORM };
  const told = { authorization: `Bearer ${key}`, 'stripe-version': VERSION, ...type, ...headers };
  const kept = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  const response = await fetch(api + path, { method: body === undefined ? 'GET' : 'POST', headers: kept, body });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const refusal = async (...asked) => {
  const { status, headers, body: { error } } = await call(...asked);
  assert.match(headers.get('request-id'), /^req_/);
  assert.ok(error.request_log_url.includes(headers.get('request-id')));
  return [status, error.type, error.code, error.param, error.message];
};
const create = (more) => client.checkout.sessions.create(payment(more));
const fault = (op, how) => post(sim, '/__sim/fault', { service: 'stripe', op, ...how });
const customers = async () => (await client.customers.list()).data.length;

test('keys and versions', async () => {
  const INVALID = 'invalid_request_error';
  for (const [headers, status, code, words] of [
    [{ authorization: null }, 401, undefined, /did not provide an API key/],
    [{ authorization: 'Basic c2tfdGVzdA==' }, 401, undefined, /did not provide an API key/],
    [{ authorization: 'Bearer sk_test_other_key_1234' }, 401, undefined, /^Invalid API Key provided: sk_test_\*+1234$/],
    [{ authorization: 'Bearer pk_test_1' }, 401, 'secret_key_required', /publishable/],
    [{ 'stripe-version': null }, 400, undefined, /wants a Stripe-Version header/],
    [{ 'stripe-version': '2026-10-28' }, 400, undefined, /^Invalid Stripe API version/],
    [{ 'stripe-version': '2025-01-01.endive' }, 400, undefined, /^Invalid Stripe API version/],
    [{ 'stripe-version': '2024-09-30.acacia' }, 400, undefined, /Only the Stripe API version/],
  ]) {
    const [was, type, told, , message] = await refusal('/v1/customers', undefined, headers);
    assert.deepEqual([was, type, told], [status, INVALID, code]);
    assert.match(message, words);
  }
  sim.stripe.set({ apiVersion: '2024-09-30.acacia' });
  assert.equal((await call('/v1/customers', undefined, { 'stripe-version': '2024-09-30.acacia' })).status, 200);
  await assert.rejects(clientOf(sim, 'sk_test_other_key_1234').customers.list(), Stripe.errors.StripeAuthenticationError);
});

test('bodies and parameters', async () => {
  const of = async (...asked) => (await refusal(...asked)).slice(0, 4);
  const INVALID = 'invalid_request_error';
  assert.deepEqual(await of('/v1/customers', '{}', { 'content-type': 'application/json' }), [400, INVALID, undefined, undefined]);
  assert.equal((await call('/v1/customers', '', { 'content-type': null })).status, 200);
  for (const [path, body, code, param] of [
    ['/v1/customers', 'colour=red', 'parameter_unknown', 'colour'],
    ['/v1/customers?limit=0', undefined, 'parameter_invalid_integer', 'limit'],
    ['/v1/customers?limit=101', undefined, 'parameter_invalid_integer', 'limit'],
    ['/v1/customers?limit=ten', undefined, 'parameter_invalid_integer', 'limit'],
    ['/v1/customers', 'metadata=x', undefined, 'metadata'],
    ['/v1/customers', `metadata[a]=${'x'.repeat(501)}`, undefined, 'metadata[a]'],
    ['/v1/customers', `metadata[${'x'.repeat(41)}]=a`, undefined, 'metadata'],
    ['/v1/customers', 'email=a&email[b]=c', undefined, undefined],
    ['/v1/prices', 'currency=usd', 'parameter_missing', 'product'],
    ['/v1/prices', 'currency=usd&product=prod_none&unit_amount=1', 'resource_missing', 'product'],
    ['/v1/prices', 'currency=usdollar&product=prod_none&unit_amount=1', undefined, 'currency'],
    ['/v1/refunds', '', 'parameter_missing', 'payment_intent'],
    ['/v1/billing_portal/sessions', 'return_url=http://x.test', 'parameter_missing', 'customer'],
    ['/v1/billing_portal/sessions', 'customer=cus_none&return_url=x', 'url_invalid', 'return_url'],
    ['/v1/events?type=a&types[]=b', undefined, undefined, 'types'],
    ['/v1/subscriptions?status=happy', undefined, undefined, 'status'],
  ]) {
    assert.deepEqual(await of(path, body), [400, INVALID, code, param], `${path} ${body}`);
  }
  for (const path of [
    'products/prod_x', 'prices/price_x', 'customers/cus_x', 'checkout/sessions/cs_x', 'subscriptions/sub_x', 'invoices/in_x',
    'payment_intents/pi_x', 'charges/ch_x', 'refunds/re_x', 'disputes/du_x', 'events/evt_x', 'test_helpers/test_clocks/clock_x',
  ]) {
    assert.deepEqual(await of(`/v1/${path}`), [404, INVALID, 'resource_missing', 'id'], path);
  }
});

test('a checkout session down to its last field', async () => {
  const line = (more) => ({ line_items: [{ price: PRICES.three, quantity: 1, ...more }] });
  for (const [more, code, param] of [
    [{ payment_method_types: ['card'] }, 'parameter_unknown', 'payment_method_types'],
    [{ ui_mode: 'hosted' }, undefined, 'ui_mode'],
    [{ ui_mode: 'embedded_page' }, 'parameter_missing', 'return_url'],
    [{ mode: undefined }, 'parameter_missing', 'mode'],
    [{ mode: 'gift' }, undefined, 'mode'],
    [{ mode: 'setup' }, undefined, 'mode'],
    [{ mode: 'subscription' }, undefined, 'mode'],
    [{ line_items: undefined }, 'parameter_missing', 'line_items'],
    [line({ price: PRICES.monthly }), undefined, 'mode'],
    [line({ price: 'prod_SJPpjWE9zhJnEh' }), 'resource_missing', 'line_items[0][price]'],
    [line({ price: undefined }), undefined, 'line_items[0]'],
    [line({ quantity: undefined }), undefined, 'line_items[0]'],
    [line({ quantity: 0 }), 'parameter_invalid_integer', 'line_items[0][quantity]'],
    [line({ colour: 'red' }), 'parameter_unknown', 'line_items[0][colour]'],
    [{ success_url: undefined }, 'parameter_missing', 'success_url'],
    [{ success_url: '/done' }, 'url_invalid', 'success_url'],
    [{ cancel_url: '' }, 'parameter_invalid_empty', 'cancel_url'],
    [{ customer: 'cus_none' }, 'resource_missing', 'customer'],
    [{ customer: 'cus_none', customer_email: 'a@b.test' }, undefined, 'customer'],
    [{ customer: 'cus_none', customer_creation: 'always' }, undefined, 'customer_creation'],
    [{ client_reference_id: 'x'.repeat(201) }, 'parameter_invalid_string', 'client_reference_id'],
    [{ expires_at: seconds() + 60 }, undefined, 'expires_at'],
    [{ expires_at: seconds() + 90_000 }, undefined, 'expires_at'],
    [{ subscription_data: { metadata: { a: '1' } } }, undefined, 'subscription_data'],
    [{ submit_type: 'subscribe' }, undefined, 'submit_type'],
    [{ consent_collection: { terms_of_service: 'maybe' } }, undefined, 'consent_collection[terms_of_service]'],
    [{ allow_promotion_codes: 'maybe' }, undefined, 'allow_promotion_codes'],
  ]) {
    await assert.rejects(create(more), { statusCode: 400, type: 'StripeInvalidRequestError', code, param }, JSON.stringify(more));
  }
  const wrong = subscription({ payment_intent_data: { metadata: { a: '1' } } });
  await assert.rejects(client.checkout.sessions.create(wrong), { param: 'payment_intent_data' });
  const good = await create({
    allow_promotion_codes: true, automatic_tax: { enabled: false }, locale: 'en', submit_type: 'pay',
    custom_text: { submit: { message: 'Hello' } }, expires_at: seconds() + 1800, customer_creation: 'always',
    customer_email: 'ann@example.test',
  });
  assert.deepEqual([good.status, good.payment_status, good.ui_mode, good.amount_total], ['open', 'unpaid', 'hosted_page', 900]);
});

test('a key of idempotency stands for one request and one effect', async () => {
  const once = { 'idempotency-key': 'key-1' };
  const first = await call('/v1/customers', 'email=ann@example.test', once);
  const again = await call('/v1/customers', 'email=ann@example.test', once);
  assert.deepEqual([again.status, again.body, await customers()], [200, first.body, 1]);
  assert.deepEqual([first, again].map(({ headers }) => headers.get('idempotent-replayed')), [null, 'true']);
  assert.equal(again.headers.get('original-request'), first.headers.get('request-id'));
  assert.equal(again.headers.get('idempotency-key'), 'key-1');
  for (const [path, body] of [['/v1/customers', 'email=bob@example.test'], ['/v1/products', 'name=x']]) {
    const [status, type, , , message] = await refusal(path, body, once);
    assert.deepEqual([status, type], [400, 'idempotency_error']);
    assert.match(message, /can only be used with the same parameters/);
  }
  assert.equal((await refusal('/v1/customers', '', { 'idempotency-key': 'x'.repeat(256) }))[0], 400);
  assert.equal((await refusal('/v1/customers', 'email=ann@example.test', { ...once, authorization: 'Bearer sk_test_other' }))[0], 401);
});

test('what failed while it ran is replayed, what was refused before is not', async () => {
  const keyed = (name, body = '') => call('/v1/customers', body, { 'idempotency-key': name });
  await fault('create_customer', { status: 500 });
  const failed = await keyed('a');
  assert.deepEqual([failed.status, failed.body.error.type, failed.headers.get('stripe-should-retry')], [500, 'api_error', 'false']);
  const replayed = await keyed('a');
  assert.deepEqual([replayed.status, replayed.body, replayed.headers.get('idempotent-replayed')], [500, failed.body, 'true']);
  assert.equal((await keyed('b', 'colour=red')).status, 400);
  assert.equal((await keyed('b')).status, 200);
  for (const [how, retry] of [
    [{ status: 503 }, 'true'], [{ status: 429 }, null], [{ code: 'lock_timeout' }, 'true'], [{ status: 409 }, 'true'],
  ]) {
    await fault('create_customer', how);
    const name = JSON.stringify(how);
    assert.equal((await keyed(name)).headers.get('stripe-should-retry'), retry, name);
    assert.equal((await keyed(name)).status, 200, name);
  }
});

test('of two calls with one key at once, one is told to come again; an answer that was lost is found', async () => {
  const keyed = (name) => call('/v1/customers', '', { 'idempotency-key': name });
  await fault('create_customer', { latencyMs: 200 });
  const slow = keyed('slow');
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  const [status, , code] = await refusal('/v1/customers', '', { 'idempotency-key': 'slow' });
  assert.deepEqual([status, code, (await slow).status], [409, 'idempotency_key_in_use', 200]);
  assert.equal((await keyed('slow')).headers.get('idempotent-replayed'), 'true');
  await fault('create_customer', { drop: true });
  await assert.rejects(keyed('lost'), TypeError);
  assert.equal(await customers(), 2);
  assert.equal((await keyed('lost')).headers.get('idempotent-replayed'), 'true');
  await fault('create_customer', { drop: true });
  await clientOf(sim, key, { maxNetworkRetries: 1 }).customers.create({ email: 'ann@example.test' });
  assert.equal(await customers(), 3);
});

test('faults by operation, by code and by status', async () => {
  for (const [how, type, statusCode] of [
    [{ status: 429 }, 'StripeRateLimitError', 429], [{ status: 500 }, 'StripeAPIError', 500],
    [{ status: 403 }, 'StripePermissionError', 403], [{ code: 'card_declined' }, 'StripeCardError', 402],
    [{ code: 'api_key_expired' }, 'StripeAuthenticationError', 401],
    [{ code: 'tax_id_invalid' }, 'StripeInvalidRequestError', 400],
  ]) {
    await fault('checkout', how);
    await assert.rejects(create(), { type, statusCode });
  }
  await fault('product', { body: '<html>' });
  await assert.rejects(client.products.retrieve('prod_SJPpjWE9zhJnEh'), { type: 'StripeAPIError' });
  assert.equal((await fault('shred', {})).status, 400);
});
