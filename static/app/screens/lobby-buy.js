/** The shop over the lobby: whoever closes it finds the form as it was. */
import { html, nothing } from '/vendor/lit.js';
import { isOver } from '../buy/plan.js';
import { plan, shop } from './buy.js';

export const shopBox = (state, act, user) => html`
  <dialog class="shop-box" aria-labelledby="shop">
    <h2 id="shop" tabindex="-1" autofocus>Buy VocahireCredits or a plan</h2>
    <p class="quiet">What you have filled in is kept while you pay, and you come back to it.</p>
    ${isOver(state.told?.plan ?? null) ? nothing : plan(state, act, user)}
    ${shop(state, act, user)}
    <p class="rest"><button class="button" type="button" @click=${({ target }) => target.closest('dialog').close()}>
      Back to the interview</button></p>
  </dialog>`;
