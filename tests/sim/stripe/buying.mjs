// How the tests buy: the official client, a session, and the pages clicked by their forms.

import Stripe from 'stripe';

export const PRICES = {
  three: 'price_1SimThreeCredits', monthly: 'price_1SimMonthly', quarterly: 'price_1SimQuarterly', annual: 'price_1SimAnnual',
};
export const DAY = 86_400;

export const clientOf = (sim, key = sim.workerVars().STRIPE_SECRET_KEY, more = {}) => (
  new Stripe(key, { host: 'localhost', port: sim.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...more })
);

export const payment = (more) => ({
  mode: 'payment', line_items: [{ price: PRICES.three, quantity: 1 }], success_url: 'http://localhost:8787/done?id={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://localhost:8787/back?a=1', ...more,
});

export const subscription = (more) => payment({ mode: 'subscription', line_items: [{ price: PRICES.monthly, quantity: 1 }], ...more });

/** The fields of the form that holds this button, as a browser would send them, and what the page answers. */
export async function click(url, words, filled = {}) {
  const page = await (await fetch(url)).text();
  const form = [...page.matchAll(/<form[^]*?<\/form>/g)].find(([one]) => one.includes(`>${words}</button>`))?.[0];
  const action = new RegExp(`value="(\\w+)"[^>]*>${words.replace(/[()]/g, '\\$&')}</button>`).exec(form)[1];
  const inputs = [...form.matchAll(/<input (?!type="checkbox")[^>]*name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  const body = new URLSearchParams({ ...Object.fromEntries(inputs), action, ...filled });
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return { status: answer.status, location: answer.headers.get('location'), page: await answer.text() };
}

/** A subscription of a customer on a test clock, paid by card. */
export async function subscribed(sim, client, { price = PRICES.monthly, from = Date.parse('2027-01-31T12:00:00Z') / 1000, more } = {}) {
  const clock = await client.testHelpers.testClocks.create({ frozen_time: from });
  const customer = await client.customers.create({ email: 'ann@example.test', test_clock: clock.id });
  const made = await client.subscriptions.create({ customer: customer.id, items: [{ price }], ...more });
  return { clock, customer, id: made.id, made };
}

/** The kinds of events since a mark, and the mark. */
export const eventsSince = (sim, mark = 0) => sim.stripe.list().slice(mark).map(({ type }) => type);
