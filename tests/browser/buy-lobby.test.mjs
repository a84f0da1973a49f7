// Buying from the lobby without losing what was filled in, in front of the real Worker, with the answers about billing made here.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answer, resume } from './resume-told.mjs';
import { adjust, checkEverywhere, checkLooks, focused, heading, open } from './screens.mjs';
import { AWAY, CHECKOUT, answersCheckout, checkout, inDays, sells, stripe, subscribed, told } from './shop-told.mjs';
import { openSite } from './stack.mjs';

const site = await openSite();
const TITLE = 'Get ready to talk.';
const HEARD = { permissions: ['microphone'] };
const SHORT = 'You have 0.35 VocahireCredits; an interview needs at least 0.50.';

let people = 0;

async function somebody(amount = null) {
  const name = `Buying Person ${(people += 1)}`;
  const { id } = site.sim.clerk.addUserByEmail(name, `buying-${people}@example.test`);
  const { token } = site.sim.signIn({ userId: id });
  assert.equal((await site.worker.call('/api/user', { token })).status, 200);
  if (amount) await adjust(site, id, amount, 'for a test');
  return { name, id, token };
}

async function lobby(page, name, offer = told()) {
  await sells(page, offer);
  await page.route('**/api/resume', (route) => route.fulfill({ json: answer(resume()) }));
  await open(page, '/interview', name, TITLE);
  await page.locator('.connection strong').getByText(/fine|blocked|slow/).waitFor();
}

const opener = (page) => page.locator('.begin').getByRole('button', { name: 'Buy VocahireCredits' });
const quiet = (page) => page.getByRole('button', { name: 'Buy more VocahireCredits' });
const box = (page) => page.getByRole('dialog', { name: 'Buy VocahireCredits or a plan' });
const jobTitle = (page) => page.getByLabel('Which job do you prepare for?');
const reads = (page) => page.getByRole('checkbox', { name: 'Let the interviewer read my resume (cv.pdf)' });
const start = (page) => page.getByRole('button', { name: 'Start the interview' });

test('who has too little buys in the place of the start, in every light and size', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody('-2.65');
    await lobby(page, name);
    await page.getByText(SHORT).waitFor();
    assert.equal(await start(page).count(), 0, 'one primary button');
    await checkLooks(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const { y, height } = await opener(page).boundingBox();
    assert.ok(y + height <= 844, 'in reach of the thumb');
    await opener(page).click();
    await box(page).getByText('What you have filled in is kept while you pay').waitFor();
    assert.equal(await box(page).getByRole('region', { name: 'Your plan' }).count(), 0);
    await checkEverywhere(page);
    await box(page).getByRole('button', { name: 'Back to the interview' }).click();
    await box(page).waitFor({ state: 'hidden' });
  }));

test('all that was filled in, the yes to the resume too, is there after paying, and the start is open', () =>
  site.page(HEARD, async (page) => {
    const { name, id } = await somebody('-2.65');
    await lobby(page, name);
    const begun = await stripe(page, site.at('/interview'));
    await jobTitle(page).fill('Nurse');
    await page.getByRole('radio', { name: '15 minutes' }).check();
    await page.getByLabel('Company, if you know it').fill('Ward 3');
    await page.getByLabel('The advert, if you have it').fill('Nights and weekends.');
    await page.getByRole('radio', { name: 'Henrik, formal' }).check();
    await reads(page).check();
    await opener(page).click();
    await box(page).getByRole('radio', { name: /^5 VocahireCredits/ }).check();
    await box(page).getByRole('checkbox', { name: /I have read the terms/ }).check();
    await box(page).getByRole('button', { name: 'Buy 5 credits' }).click();
    await page.waitForURL('https://checkout.stripe.com/**');
    assert.deepEqual(begun.map(({ body }) => body), [{ product: 'pack5', returnTo: '/interview', terms: '2026-11-21' }]);
    await answersCheckout(page, checkout('waiting'), checkout('done'));
    await page.getByRole('link', { name: 'Pay' }).click();
    await page.getByText('Waiting for Stripe to confirm the payment…').waitFor();
    assert.equal(new URL(page.url()).search, '');
    await opener(page).waitFor();
    assert.equal(await start(page).count(), 0, 'nothing is given for a claim of the address');
    await adjust(site, id, '5.00', 'what the webhook does');
    await page.getByText('You bought 5 VocahireCredits. You have 5.35 VocahireCredits.').waitFor();
    await page.getByText('15 minutes: 0.50 of your 5.35 VocahireCredits.').waitFor();
    await page.getByRole('link', { name: '5.35 VocahireCredits' }).waitFor();
    assert.equal(await start(page).getAttribute('aria-disabled'), 'false');
    assert.deepEqual(await Promise.all([
      jobTitle(page).inputValue(), page.getByRole('radio', { name: '15 minutes' }).isChecked(),
      page.getByLabel('Company, if you know it').inputValue(), page.getByLabel('The advert, if you have it').inputValue(),
      page.getByRole('radio', { name: 'Henrik, formal' }).isChecked(), reads(page).isChecked(),
    ]), ['Nurse', true, 'Ward 3', 'Nights and weekends.', true, true]);
    await checkLooks(page);
  }));

test('whoever leaves Stripe finds the form as it was, and is told that nothing was bought', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody('-2.65');
    await lobby(page, name);
    await stripe(page, site.at('/interview'));
    await jobTitle(page).fill('Nurse');
    await opener(page).click();
    await box(page).getByRole('checkbox').check();
    await box(page).getByRole('button', { name: 'Buy 3 credits' }).click();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByText('You left Stripe before paying. Nothing was bought.').waitFor();
    assert.equal(await jobTitle(page).inputValue(), 'Nurse');
    await opener(page).waitFor();
  }));

test('who has enough finds a quiet way, by keyboard alone, and the prices are asked for only then', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody();
    let asked = 0;
    page.on('request', (request) => { asked += request.url().endsWith('/api/billing/products') ? 1 : 0; });
    await lobby(page, name);
    await start(page).waitFor();
    assert.equal(asked, 0);
    await jobTitle(page).fill('Nurse');
    await quiet(page).focus();
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    await page.keyboard.press('Enter');
    await box(page).getByRole('button', { name: 'Buy 3 credits' }).waitFor();
    assert.equal(await focused(page), 'Buy VocahireCredits or a plan');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await box(page).getByRole('button', { name: 'Start the monthly plan' }).waitFor();
    await page.keyboard.press('Escape');
    await box(page).waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'Buy more VocahireCredits');
    assert.equal(await jobTitle(page).inputValue(), 'Nurse');
  }));

test('who has talked all that the plan covers in a day is told when there is more, and pays with credits only as told before', () =>
  site.page({ ...HEARD, allow: /429/ }, async (page) => {
    const { name } = await somebody();
    const user = { id: 'user_x', name, email: null, imageUrl: null, role: 'user', credits: '3.00', held: '0.00', available: '3.00',
      payable: '3.00', owed: '0.00', isPremium: true, premiumUntil: '2027-02-15T00:00:00.000Z', premiumLeftSeconds: 700,
      premiumMoreAt: null };
    const says = (more) => page.route('**/api/user', (route) => route.fulfill({ json: { ...user, ...more } }));
    await says({});
    await lobby(page, name, subscribed('renews'));
    await page.getByText('11 minutes, covered by your plan.').waitFor();
    await says({ premiumLeftSeconds: 10, premiumMoreAt: '2027-01-15T12:00:00.000Z' });
    await page.reload();
    await page.getByText(/^30 minutes: 1\.00 of your 3\.00 VocahireCredits\. Your plan has covered all the talk/).waitFor();
    const wishes = [];
    await page.route('**/api/realtime-session', (route) => {
      wishes.push(route.request().postDataJSON());
      const said = { error: 'x', code: 'rate_limited', requestId: 'req_1', reason: 'fair_use', retryAfterMs: 7_200_000 };
      return route.fulfill({ status: 429, json: said });
    });
    await checkEverywhere(page);
    await jobTitle(page).fill('Nurse');
    await start(page).click();
    await page.getByRole('heading', { name: 'Your plan has covered all the talk that it covers in 24 hours.' }).waitFor();
    assert.equal(wishes[0].payWithCredits, true);
    await says({ credits: '0.00', available: '0.00', payable: '0.00', premiumLeftSeconds: 0, premiumMoreAt: '2027-01-15T12:00:00.000Z' });
    await page.getByRole('button', { name: 'Back to the start page' }).click();
    await page.getByText(/^Your plan has covered .* it covers more from .*2027/).waitFor();
    assert.equal(await start(page).getAttribute('aria-disabled'), 'true');
    assert.equal(await quiet(page).count() + await opener(page).count(), 0);
  }));

test('who has a plan is not asked to buy', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody();
    await page.route('**/api/user', (route) => route.fulfill({ json: { id: 'user_x', name, email: null, imageUrl: null, role: 'user',
      credits: '0.00', held: '0.00', available: '0.00', payable: '0.00', owed: '0.00', isPremium: true,
      premiumUntil: '2027-01-15T00:00:00.000Z' } }));
    await lobby(page, name, subscribed('renews'));
    await page.getByText('30 minutes, covered by your plan.').waitFor();
    assert.equal(await quiet(page).count() + await opener(page).count(), 0);
  }));

for (const [state, words] of [
  ['failed', /^A payment for your monthly plan failed\. You were covered until .+\.$/],
  ['back', /^What you paid for your monthly plan went back, so it covers nothing now\.$/],
]) {
  test(`who has a plan that is ${state}, and too little, finds the way to Stripe beside the packs`, () =>
    site.page(HEARD, async (page) => {
      const { name } = await somebody('-2.65');
      await lobby(page, name, subscribed(state, { until: inDays(state === 'back' ? 20 : -7) }));
      await jobTitle(page).fill('Nurse');
      await opener(page).click();
      const part = box(page).getByRole('region', { name: 'Your plan' });
      assert.match(await part.locator('strong').textContent(), words);
      assert.equal(await part.getByText('Fair use').count(), 0, 'of what covers nothing');
      assert.equal(await box(page).getByText('You have a plan. Change that one at Stripe').count(), 3);
      assert.equal(await box(page).getByRole('radio', { name: /^3 VocahireCredits/ }).isChecked(), true);
      await checkEverywhere(page);
      await page.route('**/api/billing/portal', (route) => route.fulfill({ json: { url: 'https://billing.stripe.com/p/1' } }));
      const body = `<title>Stripe</title><a href="${site.at('/interview')}">Return</a>`;
      await page.route('https://billing.stripe.com/**', (route) => route.fulfill({ contentType: 'text/html', body }));
      const asked = page.waitForRequest('**/api/billing/portal');
      await part.getByRole('button', { name: 'Change or cancel at Stripe' }).press('Enter');
      assert.deepEqual((await asked).postDataJSON(), { returnTo: '/interview' });
      await page.getByRole('link', { name: 'Return' }).click();
      await opener(page).waitFor();
      assert.equal(await jobTitle(page).inputValue(), 'Nurse');
    }));
}

test('who owes reads in the lobby too what a pack leaves, and a plan that is over is not shown there', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody();
    await page.route('**/api/user', (route) => route.fulfill({ json: { id: 'user_x', name, email: null, imageUrl: null, role: 'user',
      credits: '0.00', held: '0.00', available: '0.00', payable: '0.00', owed: '4.00', isPremium: false, premiumUntil: null } }));
    await lobby(page, name, subscribed('over'));
    await opener(page).click();
    for (const words of ['You owe 4.00; what you buy settles that first.', 'All of it goes into what you owe.', 'That leaves you 1.00.']) {
      await box(page).getByText(words).waitFor();
    }
    assert.equal(await box(page).getByRole('region', { name: 'Your plan' }).count(), 0);
    await checkEverywhere(page);
  }));

test('while Stripe is away the lobby goes on, and the shop can be tried again', () =>
  site.page({ ...HEARD, allow: /504/ }, async (page) => {
    const { name } = await somebody();
    await page.route('**/api/billing/products', (route) => route.fulfill({ status: 504, json: AWAY }));
    await page.route('**/api/resume', (route) => route.fulfill({ json: answer(null) }));
    await open(page, '/interview', name, TITLE);
    await quiet(page).click();
    await box(page).getByRole('alert').getByText('The prices come from Stripe. Nothing was charged.').waitFor();
    await checkLooks(page);
    await page.unroute('**/api/billing/products');
    await sells(page);
    await box(page).getByRole('button', { name: 'Try again' }).click();
    await box(page).getByRole('button', { name: 'Buy 3 credits' }).waitFor();
  }));

test('what is waited for goes on where one goes next', () =>
  site.page(HEARD, async (page) => {
    const { name, id } = await somebody();
    await sells(page);
    await page.route('**/api/resume', (route) => route.fulfill({ json: answer(null) }));
    await answersCheckout(page, checkout('waiting'));
    await open(page, '/settings', name, 'Settings');
    await page.goto(`/interview?focus=case&checkout=${CHECKOUT}`);
    await page.getByText('Waiting for Stripe to confirm the payment…').waitFor();
    assert.equal(await page.getByLabel('What the questions are about').inputValue(), 'case');
    assert.equal(new URL(page.url()).search, '');
    await page.locator('.balance').click();
    await heading(page, 'You have 3.00 VocahireCredits.');
    await page.getByText('Waiting for Stripe to confirm the payment…').waitFor();
    await adjust(site, id, '5.00', 'what the webhook does');
    await page.unroute('**/api/billing/checkouts/*');
    await answersCheckout(page, checkout('done'));
    await heading(page, 'You have 8.00 VocahireCredits.');
  }));
