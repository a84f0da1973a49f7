/** The receipt: a signed page of facts about the interview, which anybody can check by its link. */
import { html, nothing } from '/vendor/lit.js';
import { notice } from '../problem.js';

const link = ({ address, said }, act) => html`
  <div class="signed" tabindex="-1">
    <label for="receipt-link">The link to it</label>
    <input id="receipt-link" type="text" readonly .value=${location.origin + address} @focus=${({ target }) => target.select()}>
    <div class="row">
      <button class="button" type="button" @click=${act.copyReceipt}>Copy the link</button>
      <a class="button" href=${address} target="_blank" rel="noopener">See what it says<span class="visually-hidden">, in a new
        tab</span></a>
    </div>
    <p class="said" role="status">${said}</p>
  </div>`;

export function receipt({ receipt: told }, act) {
  return html`
    <section class="receipt" aria-labelledby="receipt">
      <h2 id="receipt">Receipt</h2>
      <p>A receipt is signed by us, and whoever has its link can check it without an account. It proves when this interview took place, how
        long you were heard, what was charged, by which rubric it was scored, and that the transcript you save as text is unchanged.</p>
      <p>It does not say your name, a word of yours, or a grade.</p>
      ${told?.error ? notice(told.error, { act: act.makeReceipt }) : nothing}
      ${told?.address ? link(told, act) : told?.error ? nothing : html`
        <p><button class="button" type="button" aria-disabled=${Boolean(told?.busy)} @click=${act.makeReceipt}>
          ${told?.busy ? 'Signing it…' : 'Make a receipt'}</button></p>`}
    </section>`;
}

export function asking({ api, root, address, state, draw }) {
  let busy = false;
  const field = () => root.querySelector('#receipt-link');
  return {
    async makeReceipt() {
      if (busy) return;
      busy = true;
      draw({ receipt: { busy } });
      try {
        const { address: place } = await api.get(`${address}/receipt`);
        draw({ receipt: { address: place, said: '' } });
        root.querySelector('.signed').focus();
      } catch (error) {
        draw({ receipt: { error } });
      }
      busy = false;
    },
    async copyReceipt() {
      const copied = await navigator.clipboard.writeText(field().value).then(() => true, () => false);
      const said = copied ? 'Copied.' : 'Your browser did not let us copy it. It is marked: copy it from there.';
      draw({ receipt: { ...state.receipt, said } });
      if (!copied) field().focus();
    },
  };
}
