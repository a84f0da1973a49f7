/** The shop as it is shown: packs and plans as cards of one choice, the terms, and the button that leads to Stripe. */
import { html, nothing } from '/vendor/lit.js';
import { covers, planWords, portalText } from '../buy/plan.js';
import { boughtNothing } from '../buy/shop.js';
import { actOf, costText, isPlan, monthText, nameOf, packsText, reachText, whoMay, whyClosed } from '../buy/wares.js';
import { spanText } from '../lobby/price.js';
import { notice } from '../problem.js';

const reach = (product, owed) => (isPlan(product) ? monthText(product) : reachText(product, owed));
const detail = (product, owed) => whyClosed(product) ?? [reach(product, owed), whoMay(product)].filter(Boolean).join(' ');

const ware = (product, chosen, owed) => html`
  <label class="ware">
    <input type="radio" name="product" value=${product.id} .checked=${product.id === chosen} ?disabled=${product.closed !== null}>
    <span class="name">${nameOf(product)}</span>
    <span class="cost">${costText(product) ?? nothing}</span>
    <span class="means">${detail(product, owed)}</span>
  </label>`;

const wares = (name, legend, about, products, { chosen, owed }) => html`
  <fieldset class="wares" aria-describedby=${`${name}-about`}>
    <legend>${legend}</legend>
    <p class="about" id=${`${name}-about`}>${about}</p>
    ${products.map((product) => ware(product, chosen, owed))}
  </fieldset>`;

const consent = ({ agreed, unagreed }) => html`
  <p class="consent"><label><input type="checkbox" name="agreed" .checked=${agreed} aria-invalid=${unagreed ? 'true' : nothing}
      aria-describedby=${unagreed ? 'shop-said' : nothing}>
    <span>I have read the <a href="/terms" target="_blank" rel="noopener">terms<span class="visually-hidden"> (in a new tab)</span></a>
      and agree.</span></label></p>`;

const paying = (state, product) => html`
  ${state.told.terms.accepted ? nothing : consent(state)}
  ${state.failure ? notice(state.failure, { means: boughtNothing(state.failure) }) : nothing}
  <p class="said ${state.unagreed ? 'fault' : ''}" id="shop-said" role="status">${state.said}</p>
  <div class="pays">
    <button class="button primary" type="submit" aria-disabled=${state.busy} aria-describedby="shop-pays">${actOf(product)}</button>
    <p class="quiet" id="shop-pays">You pay at Stripe; we never see your card.</p>
  </div>`;

function choices(state, act, { owed }) {
  const { told: { products }, chosen } = state;
  const product = products.find(({ id }) => id === chosen);
  const submit = (event) => {
    event.preventDefault();
    if (!state.told.terms.accepted && !state.agreed) event.target.querySelector('[name=agreed]').focus();
    act.buy();
  };
  const change = ({ target }) => (target.name === 'agreed' ? act.agree(target.checked) : act.choose(target.value));
  return html`
    <form class="shop" novalidate @submit=${submit} @change=${change}>
      ${wares('packs', 'VocahireCredits, paid once', packsText(owed), products.filter((one) => !isPlan(one)), { chosen, owed })}
      ${wares('plans', 'A coach plan, renewed until you cancel it',
        'Your interviews cost no VocahireCredits, within the fair use of one person in 24 hours. Cancel at Stripe whenever you like; '
        + 'what is paid for stays yours to its end.', products.filter(isPlan), { chosen, owed })}
      ${product ? paying(state, product) : html`<p>Nothing of this can be bought now.</p>`}
    </form>`;
}

/** `state` and `act` are those of `createShop`; the person may owe something. */
export const shop = (state, act, user) => ({
  idle: () => nothing,
  loading: () => html`<p class="quiet" role="status">Asking for the prices…</p>`,
  closed: () => html`<p>Buying is not open here.</p>`,
  failed: () => notice(state.error, { act: act.load, means: 'The prices come from Stripe. Nothing was charged.' }),
  open: () => choices(state, act, user),
})[state.phase]();

const NEVER = 'Nothing was changed: there is nothing of yours at Stripe yet.';

/** The way to Stripe's own pages about what was bought. */
export const portal = ({ told, portal: { busy, error } }, act) => html`
  <p class="portal"><button class="button" type="button" aria-disabled=${busy} @click=${act.manage}>${portalText(told.plan)}</button></p>
  ${error ? notice(error, { means: error.code === 'conflict' ? NEVER : 'Nothing was changed.' }) : nothing}`;

/** How much that is, whoever runs the site decides; what is left of it is told. */
const fairUse = ({ premiumLeftSeconds: left }) =>
  `Fair use: it covers so much talk in any 24 hours${typeof left === 'number' ? `; now it covers ${spanText(left)} more` : ''}.`;

export const plan = (state, act, user) => {
  const { happened, means } = planWords(state.told.plan);
  return html`
    <section class="plan ${state.told.plan.state}" aria-labelledby="plan">
      <h2 id="plan">Your plan</h2>
      <p><strong>${happened}</strong> ${means} ${covers(state.told.plan) ? fairUse(user) : nothing}</p>
      ${portal(state, act)}
    </section>`;
};
