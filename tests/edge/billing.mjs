// Buying as tests do it: a Worker beside the simulator's Stripe, people who buy, and events told as Stripe tells them.

import assert from 'node:assert/strict';

import Stripe from 'stripe';

import { house, until } from './harness.mjs';

export const TERMS = '2026-11-21';
export const PRODUCTS = ['pack3', 'pack5', 'monthly', 'quarterly', 'annual'];
export const PRICES = {
  pack3: 'price_1SimThreeCredits', pack5: 'price_1SimFiveCredits', monthly: 'price_1SimMonthly', quarterly: 'price_1SimQuarterly',
  annual: 'price_1SimAnnual',
};
export const DAY = 86_400;
const TOKEN_SECONDS = 3 * 366 * DAY; // some go years ahead
const WEBHOOK = '/api/webhooks/stripe';

const official = new Stripe('sk_test_never_sent');
const seconds = () => Math.floor(Date.now() / 1000);

/** As the official library signs for tests. */
export const signed = (payload, secret, timestamp = seconds()) => (
  official.webhooks.generateTestHeaderString({ payload, secret, timestamp })
);

/** A Worker and a simulator; Stripe's events are held until a test tells them. */
export async function openShop(vars) {
  const { sim, worker } = await house(vars);
  return shopOf(sim, worker);
}

export function shopOf(sim, worker) {
  let count = 0;
  let ahead = 0;
  const { stripe } = sim;
  const client = new Stripe(sim.workerVars().STRIPE_SECRET_KEY, {
    host: 'localhost', port: sim.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false,
  });
  const post = (body, header, { headers = {} } = {}) => {
    const signature = header === null ? {} : { 'stripe-signature': header };
    return worker.call(WEBHOOK, { method: 'POST', body, headers: { 'content-type': 'application/json', ...signature, ...headers } });
  };

  const shop = {
    sim, worker, stripe, client, post,

    /** Everything at Stripe is forgotten, and it is today. */
    async anew() {
      sim.reset();
      sim.setWebhookUrl(worker.url);
      await shop.ahead(0);
    },

    /** Puts the Worker's clock so many seconds ahead. */
    async ahead(by) {
      ahead = by;
      await worker.clock(by * 1000);
      stripe.set({ deliver: 'held', aheadSeconds: by });
    },

    /** Somebody new. */
    person: (name = 'Bea Buyer', more = {}) => buyer(shop, `user_buyer${++count}x`, { name, email: `b${count}@example.test`, ...more }),

    /** Somebody who is there already. */
    of: (id) => buyer(shop, id, {}),

    /** One event to the webhook, signed now: an object of a test's own, or one that happened. */
    send(event, { secret = stripe.secret(), at = seconds() + ahead, ...more } = {}) {
      const payload = typeof event === 'string' ? event : JSON.stringify(event);
      return post(payload, signed(payload, secret, at), more);
    },

    /** What became of one event: 'stored', 'ignored' or 'waiting'. */
    async done(event) {
      const { status, body, text } = await shop.send(event);
      assert.equal(status, 200, `${event.type}: ${text}`);
      return body.done;
    },

    /** Events that happened, by what they are about; as Stripe would send them. */
    events: (about, type) => stripe.all('event').filter((event) => (
      JSON.stringify(event.data.object).includes(about) && (type === undefined || event.type === type))),

    /** Tells these in their order, or whatever happened and was not told, in Stripe's way. All are taken. */
    async tell(events) {
      const { statuses } = await stripe.deliver(events ? { id: events.map(({ id }) => id) } : { pending: true });
      assert.ok(statuses.every((status) => status === 200), `statuses ${statuses}`);
    },

    admin: () => sim.signIn({ userId: 'user_admin', ttlSeconds: TOKEN_SECONDS }).token,

    /** What operators see of webhooks. */
    async standing() {
      return (await worker.call('/api/diagnostic/webhooks', { token: shop.admin() })).body;
    },

    /** What Stripe was asked for, by the operation. */
    asked: (op) => sim.log('stripe').filter((one) => op === undefined || one.op === op),

    /** A line of the log that was printed for operators. */
    printed: (words) => worker.output().filter((line) => words.every((word) => line.includes(word))),
  };
  return shop;
}

function buyer({ sim, worker, stripe }, id, account) {
  let clicks = 0;
  const { token } = sim.signIn({ userId: id, ttlSeconds: TOKEN_SECONDS, ...account });
  const call = (path, more) => worker.call(path, { token, ...more });
  const post = (path, body, headers = {}) => (
    call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }));

  const self = {
    id, token, call, post, email: account.email,

    newKey: () => `click-${id}-${++clicks}`,

    checkout(product, { key = self.newKey(), terms = TERMS, returnTo = '/credits', headers = {} } = {}) {
      const named = key === null ? {} : { 'idempotency-key': key };
      return post('/api/billing/checkout', { product, returnTo, terms }, { ...named, ...headers });
    },

    /** The way to Stripe and the visit as it is kept there. */
    async visit(product, more) {
      const { status, body, text } = await self.checkout(product, more);
      assert.equal(status, 201, text);
      return stripe.all('checkout.session').find((one) => one.id === body.id);
    },

    /** The same, and paid there. */
    async buy(product, { how, ...more } = {}) {
      const visit = await self.visit(product, more);
      stripe.pay({ id: visit.id, ...(how && { how }) });
      return visit;
    },

    state: async (visit) => (await call(`/api/billing/checkouts/${visit.id}`)).body.state,
    products: async () => (await call('/api/billing/products')).body,
    plan: async () => (await self.products()).plan,
    money: async () => (await call('/api/user')).body,
    credits: async () => (await self.money()).credits,
    lines: async () => (await call('/api/credits/statement')).body.lines.reverse(),

    /** Counts as somebody who knows what they top up: an operator gave them something, and D1 knows. */
    async known(admin) {
      await call('/api/user');
      const headers = { 'content-type': 'application/json', 'idempotency-key': `known-${id}` };
      const body = JSON.stringify({ userId: id, amount: '0.01', reason: 'a start' });
      assert.equal((await worker.call('/api/admin/credits', { method: 'POST', token: admin, headers, body })).status, 200);
      await self.copied("kind = 'grant'");
    },

    /** Waits until D1 has an entry of theirs that is so. */
    copied: (what) => until(async () => (
      (await worker.rows(`select seq from entries where owner = ? and ${what}`, id)).length > 0), `an entry in D1: ${what}`),
  };
  return self;
}

/** A generator of numbers that says the same each time. */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** So many at once. */
export async function inParallel(list, lanes, work) {
  const left = [...list];
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  }));
}
