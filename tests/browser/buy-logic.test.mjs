// What is sold, plans, the shop and the way back from Stripe, without a browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { ApiError } from '../../static/app/api.js';
import { covers, isOver, planWords, portalText } from '../../static/app/buy/plan.js';
import { askedOf, checkoutPlace, cleaned, createReturn, delayOf, returnWords } from '../../static/app/buy/returned.js';
import { boughtNothing, createShop } from '../../static/app/buy/shop.js';
import {
  actOf, chosenOf, costText, digitsOf, intervalText, monthText, nameOf, packsText, priceText, reachText, whoMay, whyClosed,
} from '../../static/app/buy/wares.js';
import { AWAY, CHECKOUT, NOT_HERE, PRODUCTS, TERMS, changed, checkout, plan, told } from './shop-told.mjs';

const [pack3, pack5, monthly, quarterly, annual] = PRODUCTS;
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('an amount is written by the currency it is in', () => {
  const check = (amount, currency, locale, expected) => assert.equal(plain(priceText({ amount, currency }, locale)), expected);
  check(900, 'usd', 'en-US', '$9.00');
  check(905, 'eur', 'de', '9,05 €');
  check(1400, 'jpy', 'en-US', '¥1,400');
  check(2_950, 'kwd', 'en-US', 'KWD 2.950');
  check(140_000, 'isk', 'en-US', 'ISK 1,400');
  check(140_050, 'isk', 'en-US', 'ISK 1,400.5');
  check(0, 'USD', 'en-US', '$0.00');
  assert.deepEqual(['usd', 'krw', 'TND', 'mga', 'huf'].map(digitsOf), [2, 0, 3, 0, 2]);
});

test('intervals, prices by the month and savings are told in words, and only where they tell something', () => {
  assert.deepEqual([{ unit: 'month', count: 1 }, { unit: 'month', count: 3 }, { unit: 'year', count: 1 }, { unit: 'week', count: 14 }]
    .map(intervalText), ['every month', 'every three months', 'every year', 'every 14 weeks']);
  assert.deepEqual(PRODUCTS.map((one) => costText(one, 'en-US')),
    ['$9.00 once', '$14.00 once', '$29.00 every month', '$73.00 every three months', '$219.00 every year']);
  assert.deepEqual([monthly, quarterly, annual, { ...annual, saves: null }].map((one) => monthText(one, 'en-US')),
    [null, '$24.33 a month, 16 % less than monthly.', '$18.25 a month, 37 % less than monthly.', '$18.25 a month.']);
  assert.deepEqual([costText({ ...pack5, price: null }), monthText({ ...annual, price: null, perMonth: null })], [null, null]);
});

test('each product has a name, and its button says what it does', () => {
  assert.deepEqual(PRODUCTS.map(nameOf), ['3 VocahireCredits', '5 VocahireCredits', 'Monthly', 'Quarterly', 'Annual']);
  assert.deepEqual(PRODUCTS.map(actOf),
    ['Buy 3 credits', 'Buy 5 credits', 'Start the monthly plan', 'Start the quarterly plan', 'Start the annual plan']);
  assert.equal(actOf({ ...pack3, credits: '2.50' }), 'Buy 2.50 credits');
  assert.match(whoMay(pack3), /^A top-up, for those who /);
  assert.equal(whoMay(pack5), null);
  assert.deepEqual([pack3, { credits: '1.50' }].map((one) => reachText(one)),
    ['That is three full interviews.', 'That is one full interview.']);
});

test('who owes is told that it is settled first, and what each pack leaves', () => {
  assert.equal(packsText('0.00'), packsText());
  assert.match(packsText('2.80'), /They do not expire\. You owe 2\.80; what you buy settles that first\.$/);
  const left = (owed) => [pack3, pack5].map((one) => reachText(one, owed));
  assert.deepEqual(left('0.00'), [pack3, pack5].map((one) => reachText(one)));
  assert.deepEqual(left('2.80'), ['That leaves you 0.20.', 'That leaves you 2.20.']);
  assert.deepEqual(left('3.00'), ['All of it goes into what you owe.', 'That leaves you 2.00.']);
});

test('why something is closed is always told, also for a reason that is new', () => {
  assert.equal(whyClosed(pack3), null);
  for (const closed of ['no_price', 'wrong_price', 'top_up', 'has_plan', 'never_heard_of']) {
    assert.match(whyClosed({ ...pack3, closed }), /^[A-Z][^_]*\.$/, closed);
  }
});

test('the first that can be bought is chosen, and what was chosen stays so while it can', () => {
  assert.equal(chosenOf(PRODUCTS), 'pack3');
  assert.equal(chosenOf(PRODUCTS, 'annual'), 'annual');
  assert.equal(chosenOf(changed({ pack3: { closed: 'top_up' } })), 'pack5');
  assert.equal(chosenOf(changed({ annual: { closed: 'has_plan' } }), 'annual'), 'pack3');
  assert.equal(chosenOf(changed({ pack3: { price: null } })), 'pack5');
  assert.equal(chosenOf(PRODUCTS.map((one) => ({ ...one, closed: 'no_price' }))), null);
});

const UNTIL = '2026-12-21T12:00:00.000Z';
const BEFORE = Date.parse('2026-12-01T12:00:00.000Z');

test('a plan says when it renews, when it ends, until when it covers, or that it ended', () => {
  const words = (state, more) => planWords(plan(state, { until: UNTIL, ...more }), 'en-GB', 'UTC', BEFORE).happened;
  assert.equal(words('renews'), 'Your monthly plan renews on 21 December 2026 for US$29.00.');
  assert.equal(words('renews', { amount: null, currency: null }), 'Your monthly plan renews on 21 December 2026.');
  assert.equal(words('ends'), 'Your monthly plan is cancelled and ends on 21 December 2026.');
  assert.equal(words('failed', { product: 'annual' }), 'A payment for your annual plan failed. You are covered until 21 December 2026.');
  assert.equal(words('over', { product: null }), 'Your plan ended on 21 December 2026.');
  assert.deepEqual([null, plan('over'), plan('ends')].map(isOver), [true, true, false]);
  assert.equal(portalText(plan('failed')), 'Change or cancel at Stripe');
  assert.equal(portalText(null), 'Invoices and cards at Stripe');
});

test('a plan whose money went back covers nothing, and goes on at Stripe', () => {
  const back = plan('back', { until: UNTIL });
  assert.deepEqual(planWords(back, 'en-GB', 'UTC', BEFORE), {
    happened: 'What you paid for your monthly plan went back, so it covers nothing now.',
    means: 'It renews on 21 December 2026 unless you cancel it at Stripe.',
  });
  assert.deepEqual([isOver(back), portalText(back), covers(back, BEFORE)], [false, 'Change or cancel at Stripe', false]);
});

test('a day that is past is told as past', () => {
  const words = (state) => Object.values(planWords(plan(state, { until: UNTIL }), 'en-GB', 'UTC', Date.parse(UNTIL))).join(' ');
  assert.equal(words('failed'), 'A payment for your monthly plan failed. You were covered until 21 December 2026. Interviews cost '
    + 'VocahireCredits again. Once Stripe gets the payment, the plan goes on. If the card is the reason, give Stripe another one.');
  assert.equal(words('renews'),
    'Your monthly plan was to renew on 21 December 2026 for US$29.00. We wait for Stripe’s word on the payment.');
  assert.match(words('ends'), /^Your monthly plan was cancelled and ended on 21 December 2026\. Once Stripe has said so too, /);
  assert.match(words('back'), /covers nothing now\. It was to renew on 21 December 2026; we wait for /);
  assert.equal(words('over'), 'Your monthly plan ended on 21 December 2026. Interviews cost VocahireCredits again.');
  const states = ['renews', 'ends', 'failed', 'back', 'over'];
  const covering = (now) => states.filter((state) => covers(plan(state, { until: UNTIL }), now));
  assert.deepEqual([covering(BEFORE), covering(Date.parse(UNTIL))], [['renews', 'ends', 'failed'], ['renews']]);
  for (const state of states) assert.doesNotMatch(words(state), /are covered|until then/, state);
});

const failing = (body, status) => new ApiError(body.code, { status, requestId: body.requestId });

/** A shop whose API gives these answers to a checkout, one after the other. */
function shopWith(...answers) {
  const seen = { sent: [], left: [], state: null, reads: 0, products: told() };
  const api = {
    get: async () => {
      seen.reads += 1;
      if (seen.products instanceof Error) throw seen.products;
      return seen.products;
    },
    send: async (method, path, { body, headers }) => {
      seen.sent.push({ path, body, key: headers?.['idempotency-key'] });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  let made = 0;
  const shop = createShop({ api, returnTo: '/credits', tell: (state) => { seen.state = state; }, leave: (url) => seen.left.push(url),
    makeKey: () => `key-${(made += 1)}` });
  return { shop, seen };
}
const STRIPE = { id: CHECKOUT, url: 'https://checkout.stripe.com/1' };

test('nothing is sent before the terms are agreed to, and then with their version', async () => {
  const { shop, seen } = shopWith(STRIPE);
  await shop.load();
  shop.choose('pack5');
  await shop.buy();
  assert.deepEqual([seen.sent, seen.state.unagreed], [[], true]);
  shop.agree(true);
  await shop.buy();
  assert.deepEqual(seen.sent[0].body, { product: 'pack5', returnTo: '/credits', terms: TERMS.version });
  assert.deepEqual(seen.left, [STRIPE.url]);
  const again = shopWith(STRIPE);
  again.seen.products = told({ terms: { ...TERMS, accepted: true } });
  await again.shop.load();
  await again.shop.buy();
  assert.deepEqual(again.seen.sent[0].body, { product: 'pack3', returnTo: '/credits', terms: null });
});

test('the same click keeps its key while nobody knows what came of it, and no longer', async () => {
  const lost = new ApiError('unreachable');
  const { shop, seen } = shopWith(lost, failing(AWAY, 504), STRIPE, STRIPE, failing({ code: 'rate_limited' }, 429), STRIPE);
  await shop.load();
  shop.agree(true);
  await shop.buy();
  assert.equal(seen.state.failure, lost);
  assert.match(boughtNothing(lost), /Nothing was bought: .*Press the button again/);
  await shop.buy();
  await shop.buy();
  shop.choose('annual');
  await shop.buy();
  await shop.buy();
  await shop.buy();
  assert.deepEqual(seen.sent.map(({ key }) => key), ['key-1', 'key-1', 'key-1', 'key-2', 'key-2', 'key-3']);
  assert.equal(seen.left.length, 3);
});

test('two clicks at once are one', async () => {
  const { shop, seen } = shopWith(STRIPE, STRIPE);
  await shop.load();
  shop.agree(true);
  await Promise.all([shop.buy(), shop.buy()]);
  assert.equal(seen.sent.length, 1);
});

test('terms that changed meanwhile are asked about anew, and what closed meanwhile is looked up', async () => {
  const { shop, seen } = shopWith(failing({ code: 'bad_request' }, 400), failing({ code: 'conflict' }, 409));
  await shop.load();
  shop.agree(true);
  seen.products = told({ terms: { version: '2027-01-01', accepted: false } });
  await shop.buy();
  assert.deepEqual([seen.state.agreed, seen.state.unagreed, seen.state.failure], [false, true, null]);
  assert.match(seen.state.said, /terms have changed/);
  shop.agree(true);
  seen.products = told({ products: changed({ pack3: { closed: 'top_up' } }), terms: { version: '2027-01-01', accepted: false } });
  await shop.buy();
  assert.deepEqual([seen.state.chosen, seen.state.failure.code, seen.state.agreed], ['pack5', 'conflict', true]);
});

test('a site that sells nothing is closed, and one whose Stripe is away has failed and comes back', async () => {
  const { shop, seen } = shopWith();
  seen.products = failing(NOT_HERE, 503);
  await shop.load();
  assert.equal(seen.state.phase, 'closed');
  seen.products = failing(AWAY, 504);
  await shop.load();
  assert.equal(seen.state.phase, 'failed');
  seen.products = told();
  await shop.load();
  assert.equal(seen.state.phase, 'open');
});

test('the portal leads away, or says why not', async () => {
  const { shop, seen } = shopWith({ url: 'https://billing.stripe.com/1' }, failing({ code: 'conflict' }, 409));
  await shop.manage();
  assert.deepEqual(seen.sent[0], { path: '/api/billing/portal', body: { returnTo: '/credits' }, key: undefined });
  assert.deepEqual(seen.left, ['https://billing.stripe.com/1']);
  const other = shopWith(failing({ code: 'conflict' }, 409));
  await other.shop.manage();
  assert.equal(other.seen.state.portal.error.code, 'conflict');
});

test('the address says which checkout, and only in a form that Stripe gives', () => {
  const asked = (search) => askedOf(new URL(`https://v.example/credits${search}`));
  assert.equal(asked('?checkout=cs_test_a1B2'), 'cs_test_a1B2');
  assert.equal(asked('?checkout=left'), 'left');
  const refused = ['', '?checkout=', '?checkout=cs_../user', '?checkout=evt_1', '?checkout=cs_a%2Fb', `?checkout=cs_${'a'.repeat(251)}`];
  for (const search of refused) {
    assert.equal(asked(search), null, search);
  }
  assert.equal(cleaned(new URL('https://v.example/interview?focus=case&checkout=left#a')), '/interview?focus=case#a');
});

const memory = () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (key) => kept.delete(key) };
  return { kept, place: (user = 'u1') => checkoutPlace(() => storage, user) };
};

test('what is waited for is kept for each person, and nothing else is read back', () => {
  const { kept, place } = memory();
  place().keep({ id: CHECKOUT, since: 5 });
  assert.deepEqual(place().read(), { id: CHECKOUT, since: 5 });
  assert.equal(place('u2').read(), null);
  for (const bad of ['', 'null', '{}', '{"id":"left","since":1}', '{"id":"cs_a/b","since":1}', '{"id":"cs_a"}']) {
    kept.set('checkout:u1', bad);
    assert.equal(place().read(), null, bad);
  }
  const none = checkoutPlace(() => { throw new Error('no storage'); }, 'u1');
  none.keep({ id: CHECKOUT, since: 1 });
  none.forget();
  assert.equal(none.read(), null);
});

/** A way back on a clock of its own: each answer is one question. */
async function returning(answers, { asked = CHECKOUT, since = null, wanted = () => true, user = { available: '8.00' } } = {}) {
  const { place } = memory();
  if (since !== null) place().keep({ id: CHECKOUT, since });
  let now = 0;
  const seen = { said: [], slept: [], asked: [], place: place() };
  const api = { get: async (path) => {
    seen.asked.push(path);
    const answer = path === '/api/user' ? user : answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  } };
  const env = { now: () => now, sleep: async (ms) => { now += ms; seen.slept.push(ms); } };
  await createReturn({ api, place: place(), tell: (state) => seen.said.push(state), wanted, env })(asked);
  return seen;
}

test('it asks until our server has heard of it, then reads the balance and forgets', async () => {
  const seen = await returning([checkout('waiting'), checkout('waiting'), checkout('done')]);
  assert.deepEqual(seen.said.map(({ phase }) => phase), ['asking', 'waiting', 'waiting', 'done']);
  assert.equal(returnWords(seen.said[1]).happened, 'Waiting for Stripe to confirm the payment…', 'nobody has said that it is paid');
  assert.deepEqual(seen.asked.slice(-2), [`/api/billing/checkouts/${CHECKOUT}`, '/api/user']);
  assert.deepEqual(returnWords(seen.said.at(-1)), { happened: 'You bought 5 VocahireCredits.', means: 'You have 8.00 VocahireCredits.' });
  assert.equal(seen.place.read(), null);
});

test('it asks less and less often, and after a minute says that it may take longer', async () => {
  assert.deepEqual([1, 2, 3, 4, 5, 50].map((n) => Math.round(delayOf(n, 0))), [1000, 1500, 2250, 3375, 5000, 5000]);
  assert.equal(delayOf(500, 700_000), 30_000);
  const seen = await returning([...Array(20).fill(checkout('waiting')), checkout('done')]);
  const late = seen.said.filter((one) => one.late);
  assert.ok(late.length > 2 && late.length < 12, `${late.length}`);
  assert.match(returnWords(late[0]).means, /may take some minutes, and a bank debit some days\. You may close this page: nothing is lost/);
});

test('a reload goes on with the same minute, and another checkout begins its own', async () => {
  const kept = await returning([checkout('waiting'), checkout('done')], { asked: null, since: -61_000 });
  assert.equal(kept.said[1].late, true);
  const other = await returning([checkout('waiting'), checkout('done')], { asked: 'cs_test_b2', since: -61_000 });
  assert.deepEqual([other.said[1].late, other.asked[0]], [false, '/api/billing/checkouts/cs_test_b2']);
  const none = await returning([], { asked: null });
  assert.deepEqual(none.said, []);
});

test('an answer that is lost is asked for again, and one that is final ends it', async () => {
  const seen = await returning([new ApiError('unreachable'), checkout('waiting'), failing(AWAY, 504), checkout('failed')]);
  assert.deepEqual(seen.said.map(({ phase, trouble }) => [phase, Boolean(trouble)]),
    [['asking', false], ['asking', true], ['waiting', false], ['waiting', true], ['failed', false]]);
  const refused = await returning([failing({ code: 'not_found' }, 404)]);
  assert.equal(returnWords(refused.said.at(-1)).happened, 'There is no such purchase of yours.');
  assert.equal(refused.place.read(), null);
  const signedOut = await returning([failing({ code: 'token_expired' }, 401)]);
  assert.deepEqual(signedOut.place.read(), { id: CHECKOUT, since: 0 }, 'it goes on after the next sign-in');
});

test('once the page is gone it rests, and what it heard last is told by the next one', async () => {
  let left = 3;
  const seen = await returning([checkout('waiting'), checkout('done')], { wanted: () => (left -= 1) > 0 });
  assert.deepEqual(seen.said.map(({ phase }) => phase), ['asking', 'waiting']);
  assert.deepEqual(seen.place.read(), { id: CHECKOUT, since: 0 });
});

test('each end has clear words, and none of them promises anything', async () => {
  for (const state of ['failed', 'expired']) {
    const seen = await returning([checkout(state)]);
    assert.match(Object.values(returnWords(seen.said.at(-1))).join(' '), /Stripe.*Nothing was bought\./);
  }
  const left = await returning([], { asked: 'left' });
  assert.deepEqual(returnWords(left.said[0]), { happened: 'You left Stripe before paying.', means: 'Nothing was bought.' });
  const begun = await returning([checkout('done', { product: 'annual', credits: null })]);
  assert.equal(returnWords(begun.said.at(-1)).happened, 'Your annual plan has begun.');
  const unread = await returning([checkout('done')], { user: new ApiError('unreachable') });
  assert.match(returnWords(unread.said.at(-1)).means, /Reload the page/);
});

test('no page promises how much a plan covers, which is a setting', () => {
  for (const page of ['terms.html', 'help.html', 'index.html', 'app/screens/buy.js']) {
    const text = readFileSync(new URL(`../../static/${page}`, import.meta.url), 'utf8');
    assert.doesNotMatch(text, /(\d|four)\s+hours\s+(of|a)\b/i, page);
  }
});

test('the terms carry the version that is agreed to, as a date', () => {
  const terms = readFileSync(new URL('../../static/terms.html', import.meta.url), 'utf8');
  assert.match(terms, new RegExp(`<time datetime="${TERMS.version}">21 November 2026</time>`));
  for (const word of ['Fair use', 'do not expire', 'change your mind', 'cancelled at Stripe\\s+at once', 'given up']) {
    assert.match(terms, new RegExp(word), word);
  }
});
