// Buying on the page of what somebody has, in front of the real Worker, with the answers about billing made here.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ALICE, checkEverywhere, checkLooks, focused, heading, open } from './screens.mjs';
import {
  AWAY, CHECKOUT, NOT_HERE, answersCheckout, changed, checkout, inDays, plan, sells, sellsNothing, stripe, subscribed, told,
} from './shop-told.mjs';
import { checkAccess, checkMeasures, openSite, signInAs } from './stack.mjs';

const site = await openSite();
const LOST = { allow: /ERR_FAILED/ };
const BACK = `/credits?checkout=${CHECKOUT}`;
const START = 'You have 3.00 VocahireCredits.';

async function credits(page, answer, title = START) {
  await sells(page, answer);
  await open(page, '/credits', ALICE, title);
  await page.locator('.statement').waitFor();
}

/** Comes back from Stripe; the address is cleaned before anybody could see it. */
async function comeBack(page, ...answers) {
  await sells(page);
  await answersCheckout(page, ...answers);
  await page.goto(BACK);
  await signInAs(page, ALICE);
}

/** From now on our own record says so. */
const person = (page, more) => page.route('**/api/user', async (route) => {
  const json = await (await route.fetch({ url: route.request().url().replace('localhost:8787', new URL(site.worker.url).host) })).json();
  return route.fulfill({ json: { ...json, ...more } });
});

const agree = (page) => page.getByRole('checkbox', { name: /I have read the terms/ });
const ware = (page, name) => page.getByRole('radio', { name });
const buy = (page, name) => page.getByRole('button', { name, exact: true });

test('two packs and three plans stand there with their prices, their savings and whom they are for', () =>
  site.page({ locale: 'en-US' }, async (page) => {
    await credits(page);
    for (const words of ['$9.00 once', '$14.00 once', '$29.00 every month', '$73.00 every three months', '$219.00 every year',
      '$24.33 a month, 16 % less than monthly.', '$18.25 a month, 37 % less than monthly.', 'That is five full interviews.',
      'A top-up, for those who have had an interview, bought something before, or were given some.',
      'within the fair use of one person in 24 hours',
      'A full interview of 30 minutes costs 1.00. They do not expire.', 'You pay at Stripe; we never see your card.']) {
      await page.locator('.shop').getByText(words).waitFor();
    }
    for (const [name, act] of [[/^5 VocahireCredits/, 'Buy 5 credits'], [/^Annual/, 'Start the annual plan']]) {
      await ware(page, name).check();
      await buy(page, act).waitFor();
    }
    assert.equal(await page.locator('main .primary').count(), 1, 'one primary button');
    await checkLooks(page);
    await checkEverywhere(page);
    await page.setViewportSize({ width: 320, height: 600 });
    await checkMeasures(page);
  }));

test('who owes reads beside the packs that it is settled first, and what each of them leaves', () =>
  site.page({}, async (page) => {
    const standing = { available: '0.00', payable: '0.00', held: '0.00', owed: '2.80' };
    await person(page, { credits: '0.00', ...standing });
    const json = { settled: '0.00', ...standing, lines: [], next: null };
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ json }));
    await sells(page);
    await open(page, '/credits', ALICE, 'You have 0.00 VocahireCredits.');
    for (const words of ['They do not expire. You owe 2.80; what you buy settles that first.', 'That leaves you 0.20.',
      'That leaves you 2.20.']) {
      await page.locator('.shop').getByText(words).waitFor();
    }
    assert.equal(await page.locator('.shop').getByText(/full interviews/).count(), 0);
    await checkEverywhere(page);
  }));

test('by keyboard alone: to the shop, one chosen, the terms missed and then agreed to, and off to Stripe', () =>
  site.page({}, async (page) => {
    await credits(page);
    const begun = await stripe(page, site.at('/credits'));
    await page.getByRole('button', { name: 'Buy more' }).press('Enter');
    assert.equal(await focused(page), 'Buy more');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await buy(page, 'Buy 5 credits').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is bought before you agree to the terms: tick the box first.').waitFor();
    assert.deepEqual(begun, []);
    await checkLooks(page);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'agreed');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab'); // the link to the terms
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Buy 5 credits');
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    await page.keyboard.press('Enter');
    await page.waitForURL('https://checkout.stripe.com/**');
    assert.deepEqual(begun.map(({ body }) => body), [{ product: 'pack5', returnTo: '/credits', terms: '2026-11-21' }]);
    assert.match(begun[0].key, /^[0-9a-f-]{36}$/);
  }));

test('the terms open beside the page, and whoever has agreed to them is not asked again', () =>
  site.page({}, async (page) => {
    await credits(page);
    const [terms] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'terms (in a new tab)' }).click()]);
    await heading(terms, 'Terms');
    await page.unroute('**/api/billing/products');
    await sells(page, told({ terms: { version: '2026-11-21', accepted: true } }));
    await page.reload();
    const begun = await stripe(page, site.at('/credits'));
    await buy(page, 'Buy 3 credits').click();
    await page.waitForURL('https://checkout.stripe.com/**');
    assert.equal(begun[0].body.terms, null);
  }));

test('a click whose answer was lost is sent again with the same key, and nothing is said to be bought', () =>
  site.page(LOST, async (page) => {
    await credits(page);
    const begun = await stripe(page, site.at('/credits'));
    const keys = [];
    await page.route('**/api/billing/checkout', (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      return route.abort();
    }, { times: 2 });
    await agree(page).check();
    for (const n of [1, 2]) {
      await buy(page, 'Buy 3 credits').click();
      await page.getByRole('alert').getByText('Nothing was bought: you pay only on the page of Stripe.').waitFor();
      assert.equal(keys.length, n);
    }
    await checkLooks(page);
    await buy(page, 'Buy 3 credits').click();
    await page.waitForURL('https://checkout.stripe.com/**');
    assert.deepEqual(new Set([...keys, begun[0].key]).size, 1);
  }));

test('what is closed says why, and is not chosen', () =>
  site.page({}, async (page) => {
    await credits(page, told({ products: changed({
      pack3: { closed: 'top_up' }, monthly: { closed: 'has_plan' },
      quarterly: { closed: 'no_price', price: null, perMonth: null, saves: null }, annual: { closed: 'wrong_price' },
    }) }));
    for (const words of ['Not open to you yet: it is a top-up', 'You have a plan.', 'Not on sale now.', 'its price is not set up']) {
      await page.locator('.shop').getByText(words).first().waitFor();
    }
    assert.equal(await ware(page, /^5 Voca/).isChecked(), true);
    assert.equal(await ware(page, /^3 Voca/).isDisabled(), true);
    await checkLooks(page);
    await page.unroute('**/api/billing/products');
    await sells(page, told({ products: told().products.map((one) => ({ ...one, closed: 'no_price' })) }));
    await page.reload();
    await page.getByText('Nothing of this can be bought now.').waitFor();
    assert.equal(await page.locator('.shop .primary').count(), 0);
  }));

test('terms that changed meanwhile are asked about again, and what closed meanwhile is told', () =>
  site.page({ allow: /400|409/ }, async (page) => {
    await credits(page);
    await agree(page).check();
    const refuse = (status, code) => page.route('**/api/billing/checkout', (route) =>
      route.fulfill({ status, json: { error: 'No.', code, requestId: 'req_0123456789abcdef' } }), { times: 1 });
    await refuse(400, 'bad_request');
    await sells(page, told({ terms: { version: '2027-01-01', accepted: false } }));
    await buy(page, 'Buy 3 credits').click();
    await page.getByText('The terms have changed meanwhile.').waitFor();
    assert.equal(await agree(page).isChecked(), false);
    await agree(page).check();
    await refuse(409, 'conflict');
    await buy(page, 'Buy 3 credits').click();
    await page.getByRole('alert').getByText('Nothing was bought. What you can buy now stands here.').waitFor();
  }));

test('what a plan still covers stands beside it, whatever it covers in all', () =>
  site.page({ locale: 'en-US' }, async (page) => {
    await person(page, { isPremium: true, premiumLeftSeconds: 5400 });
    await credits(page, subscribed('renews', { until: inDays(SOON) }));
    await page.getByRole('region', { name: 'Your plan' }).getByText('now it covers 90 minutes more').waitFor();
  }));

const [SOON, WEEK_AGO] = [30, -7];
const PLANS = [
  ['renews', /^Your monthly plan renews on .+ for \$29\.00\.$/, 'Change or cancel at Stripe'],
  ['ends', /^Your monthly plan is cancelled and ends on .+\.$/, 'Change or cancel at Stripe'],
  ['failed', /^A payment for your monthly plan failed\. You are covered until .+\.$/, 'Change or cancel at Stripe'],
  ['back', /^What you paid for your monthly plan went back, so it covers nothing now\.$/, 'Change or cancel at Stripe'],
  ['over', /^Your monthly plan ended on .+\.$/, 'Invoices and cards at Stripe', WEEK_AGO],
  ['renews', /^Your monthly plan was to renew on .+ for \$29\.00\.$/, 'Change or cancel at Stripe', WEEK_AGO],
  ['ends', /^Your monthly plan was cancelled and ended on .+\.$/, 'Change or cancel at Stripe', WEEK_AGO],
  ['failed', /^A payment for your monthly plan failed\. You were covered until .+\.$/, 'Change or cancel at Stripe', WEEK_AGO],
  ['back', /^What you paid for your monthly plan went back, so it covers nothing now\.$/, 'Change or cancel at Stripe', WEEK_AGO],
];
for (const [state, words, way, days = SOON] of PLANS) {
  test(`a plan that is ${state}, its day ${days === SOON ? 'to come' : 'past'}, says so, and leads to Stripe`, () =>
    site.page({ locale: 'en-US' }, async (page) => {
      await credits(page, subscribed(state, { until: inDays(days) }));
      const part = page.getByRole('region', { name: 'Your plan' });
      assert.match(await part.locator('strong').textContent(), words);
      if (days === WEEK_AGO) assert.equal(await part.getByText(/until then|are covered/).count(), 0);
      assert.equal(await part.getByText('Fair use').count(), state === 'renews' || (days === SOON && state !== 'back') ? 1 : 0);
      await checkEverywhere(page);
      await page.route('**/api/billing/portal', (route) => route.fulfill({ json: { url: 'https://billing.stripe.com/p/1' } }));
      const body = '<title>Stripe</title>';
      await page.route('https://billing.stripe.com/**', (route) => route.fulfill({ contentType: 'text/html', body }));
      const asked = page.waitForRequest('**/api/billing/portal');
      await part.getByRole('button', { name: way }).press('Enter');
      assert.deepEqual((await asked).postDataJSON(), { returnTo: '/credits' });
      await page.waitForURL('https://billing.stripe.com/**');
    }));
}

test('whoever has bought before finds the invoices, and is told when Stripe is away', () =>
  site.page({ allow: /504/ }, async (page) => {
    await credits(page, told({ customer: true }));
    await page.route('**/api/billing/portal', (route) => route.fulfill({ status: 504, json: AWAY }));
    await page.getByRole('button', { name: 'Invoices and cards at Stripe' }).click();
    await page.getByRole('alert').getByText('Nothing was changed.').waitFor();
    await checkAccess(page);
  }));

test('a site without Stripe says that buying is not open, and nothing looks broken', () =>
  site.page({ allow: /503/ }, async (page) => {
    await sellsNothing(page);
    await open(page, '/credits', ALICE, START);
    await page.getByText('Buying is not open here.').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal(await page.getByText(NOT_HERE.requestId).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Buy more' }).count(), 0);
    await checkLooks(page);
  }));

test('while Stripe is away the rest of the page works, and it can be tried again', () =>
  site.page({ allow: /504/ }, async (page) => {
    await page.route('**/api/billing/products', (route) => route.fulfill({ status: 504, json: AWAY }));
    await open(page, '/credits', ALICE, START);
    await page.getByRole('alert').getByText('The prices come from Stripe. Nothing was charged.').waitFor();
    await page.getByText('Welcome credits').waitFor();
    await checkLooks(page);
    await page.unroute('**/api/billing/products');
    await sells(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await buy(page, 'Buy 3 credits').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('the return waits for our own server, through a reload, and then shows what is there', () =>
  site.page({}, async (page) => {
    await comeBack(page, checkout('waiting'));
    await page.getByRole('status').getByText('Waiting for Stripe to confirm the payment…').waitFor();
    await heading(page, START);
    assert.equal(new URL(page.url()).search, '');
    await checkLooks(page);
    await page.reload();
    await page.getByText('Waiting for Stripe to confirm the payment…').waitFor();
    await person(page, { credits: '8.00', available: '8.00', payable: '8.00' });
    const head = { settled: '8.00', held: '0.00', available: '8.00', payable: '8.00', owed: '0.00', lines: [], next: null };
    await page.route('**/api/credits/statement*', (route) => route.fulfill({ json: head }));
    await page.unroute('**/api/billing/checkouts/*');
    await answersCheckout(page, checkout('done'));
    await page.getByRole('status').getByText('You bought 5 VocahireCredits. You have 8.00 VocahireCredits.').waitFor();
    await heading(page, 'You have 8.00 VocahireCredits.');
    await page.getByRole('link', { name: '8.00 VocahireCredits' }).waitFor();
    await checkLooks(page);
    await page.reload();
    await page.locator('.shop').waitFor();
    assert.equal(await page.locator('.returned p').count(), 0, 'it is told once');
  }));

test('a plan that has begun is told and shown', () =>
  site.page({}, async (page) => {
    await sells(page, subscribed('renews'));
    await answersCheckout(page, checkout('done', { product: 'monthly', credits: null }));
    await person(page, { isPremium: true, premiumUntil: plan('renews').until });
    await page.goto(BACK);
    await signInAs(page, ALICE);
    await page.getByText('Your monthly plan has begun.').waitFor();
    await page.getByText('Your monthly plan renews on').waitFor();
  }));

test('after a minute it says that it may take longer, and an answer that is lost is no end', () =>
  site.page(LOST, async (page) => {
    await page.addInitScript((id) => {
      if (location.origin !== 'null') sessionStorage.setItem('checkout:user_alice', JSON.stringify({ id, since: Date.now() - 61_000 }));
    }, CHECKOUT);
    await comeBack(page, 'lost', checkout('waiting'));
    await page.getByText('It cannot be asked for just now; we go on trying. Nothing is lost.').waitFor();
    await page.getByText('and a bank debit some days. You may close this page: nothing is lost').waitFor();
    await page.getByText('Waiting for Stripe to confirm the payment…').waitFor();
    await checkLooks(page);
  }));

for (const [answer, words] of [
  [checkout('failed'), 'Stripe could not take the payment. Nothing was bought.'],
  [checkout('expired'), 'The page at Stripe has expired before anything was paid. Nothing was bought.'],
  [{ error: 'None.', code: 'not_found', requestId: 'req_1' }, 'There is no such purchase of yours.'],
]) {
  test(`a checkout that is ${answer.state ?? answer.code} is told so`, () =>
    site.page({ allow: /404/ }, async (page) => {
      await comeBack(page, answer);
      await page.getByRole('status').getByText(words).waitFor();
      await heading(page, START);
      await checkLooks(page);
    }));
}

test('whoever left Stripe is told that nothing was bought, and nothing is asked', () =>
  site.page({}, async (page) => {
    await sells(page);
    await page.goto('/credits?checkout=left');
    await signInAs(page, ALICE);
    await page.getByText('You left Stripe before paying. Nothing was bought.').waitFor();
    assert.equal(new URL(page.url()).search, '');
    await page.goto('/credits?checkout=..%2Fuser');
    await page.locator('.shop').waitFor();
    assert.equal(await page.locator('.returned p').count(), 0);
    assert.equal(new URL(page.url()).search, '');
  }));
