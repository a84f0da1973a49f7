// The way to Stripe: what is ordered there, for whom, once a click, and that nobody is sent back to anywhere but here.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { openShop, PRICES, seeded, shopOf, TERMS } from './billing.mjs';
import { startWorker, until, WORKER_URL } from './harness.mjs';

const SEED = Number(process.env.LETTERS_SEED ?? Date.now() % 1e6);
const OTHER_HOME = 'https://www.vocahire.test';
const shop = await openShop({ CLERK_AUTHORIZED_PARTIES: `${WORKER_URL},${OTHER_HOME}` });
const { sim, worker, stripe, client } = shop;

beforeEach(() => shop.anew());

const told = ({ status, code }) => [status, code];
const formOf = ({ body }) => Object.fromEntries(new URLSearchParams(body));
const orders = () => shop.asked('checkout');
const visits = () => stripe.all('checkout.session');
const consents = ({ id }) => worker.rows('select version from consents where person = ?', id);
const customers = ({ id }) => stripe.all('customer').filter(({ metadata }) => metadata.user === id);

test('an order says to whom, what, by which price and where to go on, and nothing else', async () => {
  const person = shop.person();
  const { status, body } = await person.checkout('pack5', { key: 'click-0001', returnTo: '/interview' });
  assert.equal(status, 201);
  assert.match(body.id, /^cs_test_/);
  assert.equal(new URL(body.url).origin, sim.url);
  const [order] = orders();
  const [{ id: customer }] = customers(person);
  assert.deepEqual(formOf(order), {
    mode: 'payment', 'line_items[0][price]': PRICES.pack5, 'line_items[0][quantity]': '1', customer, client_reference_id: person.id,
    'metadata[user]': person.id, 'metadata[product]': 'pack5', 'metadata[price]': PRICES.pack5,
    'payment_intent_data[metadata][user]': person.id, 'payment_intent_data[metadata][product]': 'pack5',
    'payment_intent_data[metadata][price]': PRICES.pack5, allow_promotion_codes: 'true',
    success_url: `${WORKER_URL}/interview?checkout={CHECKOUT_SESSION_ID}`, cancel_url: `${WORKER_URL}/interview?checkout=left`,
  });
  const { 'stripe-version': version, 'content-type': type, 'idempotency-key': key, authorization } = order.headers;
  assert.deepEqual([version, type], ['2026-10-28.endive', 'application/x-www-form-urlencoded']);
  assert.equal(authorization, `Bearer ${sim.workerVars().STRIPE_SECRET_KEY}`);
  assert.match(key, /^click-0001:checkout:user_buyer\d+x:[0-9a-f]{64}$/);
});

test('a plan is ordered as a subscription, with the same words on what comes of it', async () => {
  for (const product of ['monthly', 'quarterly', 'annual']) {
    const person = shop.person();
    await person.visit(product);
    const order = formOf(orders().at(-1));
    assert.deepEqual([order.mode, order['line_items[0][price]'], order['subscription_data[metadata][user]'],
      order['subscription_data[metadata][product]'], order['subscription_data[metadata][price]']],
    ['subscription', PRICES[product], person.id, product, PRICES[product]]);
    assert.ok(!Object.keys(order).some((name) => name.startsWith('payment_intent_data')));
  }
});

test('the same click is the same visit, another is another', async () => {
  const person = shop.person();
  const key = person.newKey();
  const first = await person.checkout('pack5', { key });
  const again = await person.checkout('pack5', { key, terms: null });
  assert.equal(again.text, first.text);
  const other = await person.checkout('pack5');
  assert.notEqual(other.body.id, first.body.id);
  // The key of another wish, or of somebody else, is not the same click.
  const wish = await person.checkout('monthly', { key });
  const stranger = await shop.person().checkout('pack5', { key });
  assert.deepEqual([wish.status, stranger.status, visits().length], [201, 201, 4]);
  assert.deepEqual((await worker.rows('select product, state from checkouts where person = ? order by at', person.id))
    .map(({ product, state }) => `${product} ${state}`).sort(), ['monthly waiting', 'pack5 waiting', 'pack5 waiting']);
});

test('who has not agreed to the terms is asked first, and asked once', async () => {
  const person = shop.person();
  for (const terms of [null, '', '2020-01-01', `${TERMS} `, 20261121, undefined]) {
    const { status, code, text } = await person.post('/api/billing/checkout', { product: 'pack5', returnTo: '/credits', terms },
      { 'idempotency-key': person.newKey() });
    assert.deepEqual([status, code], [400, 'bad_request'], String(terms));
    assert.match(text, /terms/);
  }
  assert.deepEqual([await consents(person), orders().length, customers(person).length], [[], 0, 0]);
  await person.visit('pack5');
  assert.deepEqual(await consents(person), [{ version: TERMS }]);
  await person.visit('pack5', { terms: null });
  await person.visit('pack5', { terms: TERMS });
  assert.deepEqual(await consents(person), [{ version: TERMS }]);
  assert.deepEqual((await person.products()).terms, { version: TERMS, accepted: true });
});

test('what is no wish of ours is refused, and Stripe hears nothing', async () => {
  const person = shop.person();
  const good = { product: 'pack5', returnTo: '/credits', terms: TERMS };
  const bodies = [
    { ...good, product: 'pack6' }, { ...good, product: null }, { ...good, product: ['pack5'] }, { ...good, returnTo: undefined },
    { ...good, price: 'price_1' }, { ...good, quantity: 2 }, { ...good, credits: '100.00' }, { ...good, customer: 'cus_1' }, [], 'pack5',
    null,
  ];
  for (const body of bodies) {
    const answer = await person.post('/api/billing/checkout', body, { 'idempotency-key': person.newKey() });
    assert.deepEqual(told(answer), [400, 'bad_request'], JSON.stringify(body));
  }
  const twice = await person.call('/api/billing/checkout', {
    method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': person.newKey() },
    body: '{"product":"pack5","product":"annual","returnTo":"/credits","terms":"2026-11-21"}',
  });
  assert.equal(twice.status, 400, 'a member that stands twice');
  for (const key of [null, '', 'short', 'k'.repeat(300), 'with space', 'quote"d1234']) {
    assert.deepEqual(told(await person.checkout('pack5', { key })), [400, 'bad_request'], String(key));
  }
  assert.deepEqual([orders().length, customers(person).length], [0, 0]);
});

// Threat 18: what a page or a proxy may claim, in every place where an address could come from.
const NASTY = [
  'https://evil.test', 'http://evil.test', '//evil.test', '///evil.test', '/\\evil.test', '\\\\evil.test', 'https:evil.test',
  'https:/evil.test', 'http:///evil.test', 'javascript:alert(1)', 'data:text/html,x', `${WORKER_URL}.evil.test`, `${WORKER_URL}@evil.test`,
  `https://evil.test#${WORKER_URL}`, `https://evil.test?${WORKER_URL}`, `${WORKER_URL}/`, `${WORKER_URL}/credits`, 'http://localhost',
  'http://localhost:8788', 'https://localhost:8787', 'HTTP://LOCALHOST:8787', 'null', '', ' ', '/credits/../..//evil.test',
  '/credits?x=//evil.test',
  '/credits#x', '/CREDITS', 'credits', '/interview/', '/interview\t', '/%2f%2fevil.test', '/credits%00', '/\u2024evil.test',
  '/credits\r\nx: y',
  '{CHECKOUT_SESSION_ID}', `${OTHER_HOME}:443`, `${OTHER_HOME}.`, 'https://www.vocahire.test.evil.test', 'https://vocahire.test',
];

const headerSafe = (text) => /^[\x20-\x7e]*$/.test(text);

test('nobody is sent back to anywhere but here, whatever is claimed', async () => {
  let person = shop.person();
  await person.visit('pack5');
  for (const nasty of NASTY) {
    const refused = await person.checkout('pack5', { returnTo: nasty });
    assert.deepEqual(told(refused), [400, 'bad_request'], nasty);
    assert.deepEqual(told(await person.post('/api/billing/portal', { returnTo: nasty })), [400, 'bad_request'], nasty);
  }
  const ours = orders().length;
  for (const [n, nasty] of NASTY.filter(headerSafe).entries()) {
    if (n % 20 === 0) person = shop.person(); // nobody may click as often as that
    const claims = { origin: nasty, referer: nasty, 'x-forwarded-host': nasty, 'x-forwarded-proto': 'gopher', forwarded: `host=${nasty}` };
    const answer = await person.checkout('pack5', { headers: claims });
    if (answer.status === 201) {
      const { success_url: paid, cancel_url: left } = formOf(orders().at(-1));
      const back = `${WORKER_URL}/credits?checkout`;
      assert.deepEqual([paid, left], [`${back}={CHECKOUT_SESSION_ID}`, `${back}=left`], nasty);
    } else {
      assert.equal(answer.status, 403, nasty);
    }
    if (n % 20 === 0) await person.visit('pack5');
    const portal = await person.post('/api/billing/portal', { returnTo: '/credits' }, claims);
    if (portal.status === 200) assert.equal(formOf(shop.asked('portal').at(-1)).return_url, `${WORKER_URL}/credits`, nasty);
  }
  assert.ok(orders().length > ours, 'some of them are harmless and were let through');
});

test('whoever comes from our other home goes back there', async () => {
  const person = shop.person();
  for (const home of [OTHER_HOME, WORKER_URL]) {
    await person.visit('pack5', { returnTo: '/interview', headers: { origin: home } });
    assert.equal(formOf(orders().at(-1)).success_url, `${home}/interview?checkout={CHECKOUT_SESSION_ID}`);
    const { status, body } = await person.post('/api/billing/portal', { returnTo: '/interview' }, { origin: home });
    assert.deepEqual([status, new URL(body.url).origin], [200, sim.url]);
    assert.equal(formOf(shop.asked('portal').at(-1)).return_url, `${home}/interview`);
  }
});

test('an address with odd letters arrives as it is', async () => {
  const odd = [
    "o'neil+a&b=c;d%20e/f?g#h@exämple.test", '"a b"@example.test', '%40%26@example.test', 'zoë😀*~!()@example.test',
    'tab&x[y]=z@example.test',
  ];
  for (const email of odd) {
    const person = shop.person('Zoë & Søn = "100 %"', { email });
    await person.call('/api/user');
    const addressOf = async () => (await worker.rows('select email from users where id = ?', person.id))[0]?.email;
    const known = await until(addressOf, 'the address');
    await person.visit('pack5');
    const order = shop.asked('create_customer').at(-1);
    assert.deepEqual(formOf(order), { 'metadata[user]': person.id, email: known });
    const wanted = new URLSearchParams([['metadata[user]', person.id], ['email', known]]);
    assert.equal(order.body, String(wanted), 'byte for byte as URLSearchParams');
    assert.equal(customers(person)[0].email, known);
  }
});

test(`letters of chance arrive as URLSearchParams would write them (LETTERS_SEED=${SEED})`, async () => {
  const chance = seeded(SEED);
  const KINDS = [[0, 0x20], [0x20, 0x60], [0x7f, 0x100], [0x2000, 0x100], [0xe000, 0x1fff], [0x1f600, 0x50], [0x10ff00, 0xff]];
  const letter = () => {
    const [from, many] = KINDS[Math.floor(chance() * KINDS.length)];
    return String.fromCodePoint(from + Math.floor(chance() * many));
  };
  for (let n = 0; n < 24; n++) {
    const person = shop.person();
    await person.call('/api/user');
    const email = Array.from({ length: 1 + Math.floor(chance() * 40) }, letter).join('').replaceAll('\0', '?');
    await worker.rows('update users set email = ? where id = ?', email, person.id);
    await person.visit('pack5');
    const { body } = shop.asked('create_customer').at(-1);
    assert.equal(body, String(new URLSearchParams([['metadata[user]', person.id], ['email', email]])));
    assert.equal(customers(person)[0].email, email);
  }
});

test('twenty clicks at once are one customer', async () => {
  const person = shop.person();
  const answers = await Promise.all(Array.from({ length: 20 }, () => person.checkout('pack5')));
  assert.ok(answers.every(({ status }) => status === 201), answers.map(({ text }) => text).join());
  assert.equal(customers(person).length, 1);
  assert.ok(visits().every(({ customer }) => customer === customers(person)[0].id));
  assert.equal(new Set(visits().map(({ id }) => id)).size, 20);
  const rows = await worker.rows('select customer from customers where person = ?', person.id);
  assert.deepEqual(rows, [{ customer: customers(person)[0].id }]);
});

test('twenty clicks at once while Stripe is slow: who comes too early tries again, and it is one customer', async () => {
  const person = shop.person();
  sim.fault({ service: 'stripe', op: 'create_customer', latencyMs: 200 });
  const keys = Array.from({ length: 20 }, () => person.newKey());
  const first = await Promise.all(keys.map((key) => person.checkout('pack5', { key })));
  const busy = first.filter(({ status }) => status !== 201);
  assert.ok(busy.every(({ code }) => code === 'provider_busy'), busy.map(({ text }) => text).join());
  for (const key of keys) assert.equal((await person.checkout('pack5', { key })).status, 201);
  assert.deepEqual([customers(person).length, visits().length], [1, 20]);
});

test('an address that becomes known between two clicks does not make a plan of nobody\'s', async () => {
  const person = shop.person();
  await person.call('/api/user');
  await worker.rows('update users set email = null where id = ?', person.id);
  sim.fault({ service: 'stripe', op: 'create_customer', latencyMs: 400 });
  const first = person.checkout('monthly');
  await until(() => shop.asked('create_customer').length === 1, 'the first click is under way');
  await worker.rows("update users set email = 'known@example.test' where id = ?", person.id);
  const answers = [await person.checkout('monthly'), await first];
  assert.deepEqual(answers.map(({ status }) => status), [201, 201]);
  for (const { body } of answers) {
    stripe.pay({ id: body.id });
    await shop.tell();
    assert.deepEqual([await person.state(body), (await person.money()).isPremium], ['done', true]);
    await client.subscriptions.cancel(visits().find(({ id }) => id === body.id).subscription);
    await shop.tell();
  }
});

test('the pack to top up with is not sold to who has not had anything', async () => {
  const person = shop.person();
  assert.deepEqual(told(await person.checkout('pack3')), [409, 'conflict']);
  assert.deepEqual([orders().length, customers(person).length], [0, 0]);
  await person.known(shop.admin());
  assert.equal((await person.checkout('pack3')).status, 201);
});

test('who has a plan does not buy another, but credits and the portal', async () => {
  const person = shop.person();
  await person.buy('monthly');
  await shop.tell();
  for (const product of ['monthly', 'quarterly', 'annual']) {
    assert.deepEqual(told(await person.checkout(product)), [409, 'conflict'], product);
  }
  assert.equal((await person.checkout('pack5')).status, 201);
  assert.equal((await person.checkout('pack3')).status, 201);
  const { body } = await person.post('/api/billing/portal', { returnTo: '/credits' });
  assert.match(body.url, /\/stripe\/portal\/bps_/);
  assert.equal(formOf(shop.asked('portal').at(-1)).customer, customers(person)[0].id);
});

test('who never bought has no portal', async () => {
  assert.deepEqual(told(await shop.person().post('/api/billing/portal', { returnTo: '/credits' })), [409, 'conflict']);
});

test('a closed account buys nothing, and nothing is kept of it', async () => {
  const person = shop.person();
  await person.call('/api/user');
  assert.equal((await person.call('/api/me', { method: 'DELETE' })).status, 200);
  const nameless = () => worker.rows('select 1 from users where id = ? and name is null', person.id);
  await until(async () => (await nameless()).length > 0, 'the name is gone');
  assert.deepEqual(told(await person.checkout('pack5')), [401, 'account_closed']);
  assert.deepEqual([orders().length, customers(person).length], [0, 0]);
});

test('of a closed account that clicks no row is made', async () => {
  const person = shop.person();
  await person.call('/api/user');
  await person.call('/api/me', { method: 'DELETE' });
  assert.equal((await person.checkout('pack5')).code, 'account_closed');
  assert.deepEqual(await consents(person), []);
});

test('a trouble of Stripe\'s own that it keeps under a key does not keep somebody from buying for a day', async () => {
  // Once: it is asked by another key at once. Twice: another click is another key.
  for (const times of [1, 2]) {
    const [person, before] = [shop.person(), shop.asked('create_customer').length];
    sim.fault({ service: 'stripe', op: 'create_customer', status: 500, times });
    const answers = [await person.checkout('pack5'), await person.checkout('pack5')];
    assert.deepEqual(answers.map(({ status }) => status), [times === 1 ? 201 : 502, 201]);
    assert.equal(customers(person).length, 1);
    const keys = shop.asked('create_customer').slice(before).map(({ headers }) => headers['idempotency-key']);
    const [usual] = keys;
    const clicks = times === 1 ? [1] : [1, 2];
    assert.deepEqual(keys, clicks.flatMap((click) => [usual, `${usual}:click-${person.id}-${click}`]));
  }
});

test('Stripe away in mid-click: the same click again is one visit', async () => {
  const trouble = [
    [{ status: 500 }, 502], [{ status: 503 }, 502], [{ status: 429 }, 503], [{ drop: true }, 502], [{ body: '{' }, 502],
    [{ hang: true }, 504],
  ];
  for (const [how, status] of trouble) {
    for (const op of status === 504 ? ['checkout'] : ['checkout', 'create_customer']) {
      const [person, before] = [shop.person(), visits().length];
      const key = person.newKey();
      sim.fault({ service: 'stripe', op, ...how });
      const what = `${op} ${JSON.stringify(how)}`;
      const first = await person.checkout('pack5', { key });
      // For a customer Stripe may be asked a second time at once, by the key of the click.
      assert.ok(first.status === status || (op === 'create_customer' && first.status === 201), `${what} ${first.text}`);
      // Stripe replays what it answered under that key before, its own trouble included: then only another click helps.
      const again = await person.checkout('pack5', { key });
      const replayed = how.status === 500 && op === 'checkout';
      assert.equal(again.status, replayed ? 502 : 201, `${what} ${again.text}`);
      assert.deepEqual([visits().length - before, customers(person).length], [replayed ? 0 : 1, 1], what);
    }
  }
});

test('an answer that is lost on its way does not sell twice', async () => {
  const person = shop.person();
  const key = person.newKey();
  sim.fault({ service: 'stripe', op: 'checkout', drop: true });
  assert.equal((await person.checkout('pack5', { key })).status, 502);
  const { body } = await person.checkout('pack5', { key });
  assert.deepEqual(visits().map(({ id }) => id), [body.id]);
  stripe.pay({ id: body.id });
  await shop.tell();
  assert.equal(await person.credits(), '8.00');
});

test('a database that fails in mid-click: the same click again is one visit of one customer', async () => {
  for (const how of ['fail-before', 'fail-after']) {
    for (let batch = 1, reached = true; reached; batch++) {
      const [person, before] = [shop.person(), visits().length];
      await person.call('/api/user');
      const key = person.newKey();
      const spoiled = await person.checkout('pack5', { key, headers: { 'x-test-db': `${how}:${batch}` } });
      reached = spoiled.status === 503;
      assert.ok(reached || spoiled.status === 201, spoiled.text);
      const { status, body } = await person.checkout('pack5', { key });
      assert.deepEqual([status, visits().length - before, customers(person).length], [201, 1, 1], `${how}:${batch}`);
      stripe.pay({ id: body.id });
      await shop.tell();
      assert.deepEqual([await person.state(body), await person.credits()], ['done', '8.00'], `${how}:${batch}`);
      assert.ok(reached || batch > 4, 'so many batches there are');
    }
  }
});

test('a portal that is not configured at Stripe is told as a refusal', async () => {
  const person = shop.person();
  await person.visit('pack5');
  stripe.set({ portal: false });
  assert.deepEqual(told(await person.post('/api/billing/portal', { returnTo: '/credits' })), [502, 'provider_refused']);
});

test('without a home of its own it sells nothing', async () => {
  const its = shopOf(sim, await startWorker(sim, { CLERK_AUTHORIZED_PARTIES: null }));
  const answer = await its.person().checkout('pack5');
  assert.ok([401, 503].includes(answer.status), answer.text);
  assert.equal(orders().length, 0);
});
