/** What is said to somebody who comes back from Stripe, on whichever page. */
import { html, nothing } from '/vendor/lit.js';
import { askedOf, checkoutPlace, cleaned, createReturn, returnWords } from '../buy/returned.js';

/** Begins to wait if there is something to wait for, until `wanted` says that the page is gone. The address is taken over once. */
export function beginReturn({ api, user, tell, wanted }) {
  const url = new URL(location.href);
  if (url.searchParams.has('checkout')) history.replaceState(null, '', cleaned(url));
  createReturn({ api, place: checkoutPlace(() => sessionStorage, user.id), tell, wanted })(askedOf(url));
}

/** Its place is there from the start: what comes into it later is read out. */
export const returned = (state) => html`
  <div class="returned" role="status">${state ? html`<p data-phase=${state.phase}>${told(returnWords(state))}</p>` : nothing}</div>`;

const told = ({ happened, means }) => html`<strong>${happened}</strong> ${means}`;
