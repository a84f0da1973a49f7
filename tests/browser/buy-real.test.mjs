// Each product bought by clicking: our pages, the real Worker, and the simulator's Stripe with its pages and its webhook.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { heading, open } from './screens.mjs';
import { openSite } from './stack.mjs';

const site = await openSite();
const { sim, worker } = site;
sim.setWebhookUrl(worker.url);
sim.stripe.set({ deliver: 'held' }); // Stripe tells when a test says so

const STRIPES = { allow: /favicon/ }; // the simulator has none
const HEARD = { permissions: ['microphone'], ...STRIPES };
const START = 'You have 3.00 VocahireCredits.';

let people = 0;

function somebody() {
  const name = `Paying Person ${(people += 1)}`;
  const { id } = sim.clerk.addUserByEmail(name, `paying-${people}@example.test`);
  return { name, id };
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const returned = (page, words) => page.getByRole('status').getByText(words).waitFor();
const visits = (id) => sim.stripe.all('checkout.session').filter((visit) => visit.metadata.user === id);

async function shop(page) {
  const person = somebody();
  await open(page, '/credits', person.name, START);
  return person;
}

/** From the shop to Stripe's page, with one product. */
async function choose(page, ware, words, price) {
  await page.getByRole('radio', { name: ware }).check();
  const terms = page.getByRole('checkbox', { name: /I have read the terms/ });
  if (await terms.count()) await terms.check();
  await button(page, words).click();
  await heading(page, price);
}

async function told() {
  const { statuses } = await sim.stripe.deliver({ pending: true });
  assert.ok(statuses.length > 0 && statuses.every((status) => status === 200), `statuses ${statuses}`);
}

test('both packs: the webhook after the return, and before it', () =>
  site.page(STRIPES, async (page) => {
    const { id } = await shop(page);
    await choose(page, /^5 VocahireCredits/, 'Buy 5 credits', 'Pay USD 12.00');
    await button(page, 'Pay').click();
    await returned(page, 'Waiting for Stripe to confirm the payment…');
    await heading(page, START);
    await told();
    await returned(page, 'You bought 5 VocahireCredits. You have 8.00 VocahireCredits.');
    await heading(page, 'You have 8.00 VocahireCredits.');

    // Whoever has bought may top up. This time we hear of it while they are still at Stripe.
    const known = 'select 1 from entries where owner = ? and kind = ?';
    await until(async () => (await worker.rows(known, id, 'purchase')).length === 1, 'the purchase is known');
    await page.reload();
    await choose(page, /^3 VocahireCredits/, 'Buy 3 credits', 'Pay USD 9.00');
    sim.stripe.pay({ id: visits(id).find(({ status }) => status === 'open').id });
    await told();
    await page.reload();
    await page.getByRole('link', { name: 'Go on' }).click();
    await returned(page, 'You bought 3 VocahireCredits. You have 11.00 VocahireCredits.');
    await heading(page, 'You have 11.00 VocahireCredits.');
    assert.equal(visits(id).length, 2);
  }));

for (const [ware, word, price] of [
  [/^Monthly/, 'monthly', 'Pay USD 29.00'], [/^Quarterly/, 'quarterly', 'Pay USD 73.00'], [/^Annual/, 'annual', 'Pay USD 219.00'],
]) {
  test(`the ${word} plan, which is ended in the portal and taken up again`, () =>
    site.page({ locale: 'en-US', ...STRIPES }, async (page) => {
      await shop(page);
      await choose(page, ware, `Start the ${word} plan`, price);
      await button(page, 'Pay').click();
      await returned(page, 'Waiting for Stripe to confirm the payment…');
      await told();
      await returned(page, `Your ${word} plan has begun.`);
      for (const [deed, words] of [['Cancel at the end of the period', 'is cancelled and ends on'], ['Do not cancel', 'renews on']]) {
        await button(page, 'Change or cancel at Stripe').click();
        await button(page, deed).click();
        await told();
        await button(page, 'Return').click();
        await page.getByRole('region', { name: 'Your plan' }).getByText(`Your ${word} plan ${words}`).waitFor();
      }
    }));
}

test('from the lobby, with a card that is declined first: what was filled in is there, and the interview can begin', () =>
  site.page(HEARD, async (page) => {
    const { name } = somebody();
    await open(page, '/interview', name, 'Get ready to talk.');
    await page.getByLabel('Which job do you prepare for?').fill('Nurse');
    await page.getByRole('button', { name: 'Buy more VocahireCredits' }).click();
    await choose(page, /^5 VocahireCredits/, 'Buy 5 credits', 'Pay USD 12.00');
    await button(page, 'Card is declined').click();
    await page.getByRole('alert').getByText('Your card was declined.').waitFor();
    await button(page, 'Pay').click();
    await returned(page, 'Waiting for Stripe to confirm the payment…');
    await told();
    await returned(page, 'You bought 5 VocahireCredits. You have 8.00 VocahireCredits.');
    assert.equal(await page.getByLabel('Which job do you prepare for?').inputValue(), 'Nurse');
    await page.getByRole('button', { name: 'Start the interview' }).waitFor();
  }));

test('while Stripe is away nothing is bought, and the next click is one visit', () =>
  site.page({ allow: /50[24]|favicon/ }, async (page) => {
    const { id } = await shop(page);
    await page.getByRole('radio', { name: /^5 VocahireCredits/ }).check();
    await page.getByRole('checkbox', { name: /I have read the terms/ }).check();
    sim.fault({ service: 'stripe', op: 'checkout', status: 503 });
    await button(page, 'Buy 5 credits').click();
    await page.getByRole('alert').getByText('Nothing was bought').waitFor();
    assert.equal(visits(id).length, 0);
    await button(page, 'Buy 5 credits').click();
    await heading(page, 'Pay USD 12.00');
    await button(page, 'Back').click();
    await page.getByText('You left Stripe before paying. Nothing was bought.').waitFor();
    await heading(page, START);
    assert.equal(visits(id).length, 1);
  }));
