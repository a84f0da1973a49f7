/** The screen of a failure, and the one of a moment's wait. */
import { html, nothing } from '/vendor/lit.js';
import { explain } from './words.js';

async function copy({ currentTarget: button }, text) {
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
}

export const request = (id) => html`
  <p class="request">
    <span>Request <code>${id}</code></span>
    <button class="button" type="button" aria-label="Copy the request id" @click=${(event) => copy(event, id)}>Copy</button>
  </p>`;

/**
 * `act` is the way on, if there is one, and `words` what its button says.
 * @param {{ code: string, requestId?: string | null, details?: any }} error
 * @param {() => void} [act]
 */
export function problem({ code, requestId, details }, act, words = 'Try again') {
  const { happened, means, next } = explain(code, details);
  return html`
    <section class="problem">
      ${flatLine}
      <h1 tabindex="-1">${happened}</h1>
      <p>${means}</p>
      <p>${next}</p>
      ${act ? html`<p><button class="button primary" type="button" @click=${() => act()}>${words}</button></p>` : nothing}
      ${requestId ? request(requestId) : nothing}
    </section>`;
}

/**
 * The same inside a page that goes on around it. `means` replaces what a failed reading would mean.
 * @param {{ code: string, requestId?: string | null, details?: any }} error
 * @param {{ act?: () => void, words?: string, means?: string }} [options]
 */
export function notice({ code, requestId, details }, { act, words = 'Try again', means } = {}) {
  const told = explain(code, details);
  return html`
    <div class="notice" role="alert">
      <p><strong>${told.happened}</strong> ${means ?? told.means} ${act ? nothing : told.next}</p>
      ${act ? html`<p><button class="button" type="button" @click=${() => act()}>${words}</button></p>` : nothing}
      ${requestId ? request(requestId) : nothing}
    </div>`;
}

/** The line when nobody speaks. */
export const flatLine = html`
  <svg class="line flat" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true"><path d="M0 12H1000" /></svg>`;

export const waiting = () => html`<div class="waiting" role="status">${flatLine}<p>Opening…</p></div>`;
