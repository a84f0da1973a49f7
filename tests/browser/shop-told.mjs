// Answers of the billing routes, as the tests of the logic and of the pages want them.

const product = (id, credits, interval, amount, more = {}) => ({
  id, credits, interval, price: { amount, currency: 'usd' }, perMonth: null, saves: null, closed: null, ...more,
});
const months = (count) => ({ unit: 'month', count });

export const PRODUCTS = [
  product('pack3', '3.00', null, 900),
  product('pack5', '5.00', null, 1400),
  product('monthly', null, months(1), 2900, { perMonth: 2900 }),
  product('quarterly', null, months(3), 7300, { perMonth: 2433, saves: 16 }),
  product('annual', null, { unit: 'year', count: 1 }, 21_900, { perMonth: 1825, saves: 37 }),
];
export const TERMS = { version: '2026-11-21', accepted: false };
export const told = (more = {}) => ({ products: PRODUCTS, plan: null, customer: false, terms: TERMS, ...more });

/** The products with one thing of some of them changed: `{ pack3: { closed: 'top_up' } }`. */
export const changed = (changes) => PRODUCTS.map((one) => ({ ...one, ...changes[one.id] }));

export const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
export const plan = (state, more = {}) => ({ product: 'monthly', state, until: inDays(30), amount: 2900, currency: 'usd', ...more });
export const subscribed = (state, more) => told({
  plan: plan(state, more), customer: true, terms: { ...TERMS, accepted: true },
  products: state === 'over' ? PRODUCTS
    : changed({ monthly: { closed: 'has_plan' }, quarterly: { closed: 'has_plan' }, annual: { closed: 'has_plan' } }),
});

export const NOT_HERE = { error: 'Not set up.', code: 'not_configured', requestId: 'req_0123456789abcdef' };
export const AWAY = { error: 'Away.', code: 'provider_timeout', requestId: 'req_0123456789abcdef' };

export const CHECKOUT = 'cs_test_a1';
export const checkout = (state, more = {}) => ({ id: CHECKOUT, product: 'pack5', state, credits: '5.00', ...more });

/** A page that is told what is sold. */
export const sells = (page, answer = told()) => page.route('**/api/billing/products', (route) => route.fulfill({ json: answer }));
export const sellsNothing = (page) => page.route('**/api/billing/products', (route) => route.fulfill({ status: 503, json: NOT_HERE }));

/** Each question about the checkout gets the next of these answers, the last one again and again. */
export function answersCheckout(page, ...answers) {
  let asked = 0;
  return page.route('**/api/billing/checkouts/*', (route) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return answer === 'lost' ? route.abort() : route.fulfill(answer.code ? { status: 404, json: answer } : { json: answer });
  });
}

/** Stripe's own page: it pays, or leaves. Hears each body that began a checkout, with its key. */
export async function stripe(page, back) {
  const begun = [];
  await page.route('**/api/billing/checkout', (route) => {
    const request = route.request();
    begun.push({ body: request.postDataJSON(), key: request.headers()['idempotency-key'] });
    return route.fulfill({ status: 201, json: { id: CHECKOUT, url: 'https://checkout.stripe.com/c/pay/1' } });
  });
  const body = `<!doctype html><title>Stripe</title>
    <a href="${back}?checkout=${CHECKOUT}">Pay</a> <a href="${back}?checkout=left">Back</a>`;
  await page.route('https://checkout.stripe.com/**', (route) => route.fulfill({ contentType: 'text/html', body }));
  return begun;
}
