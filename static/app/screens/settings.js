/** The account: who one is here, and how it ends. */
import { html, nothing, render } from '/vendor/lit.js';
import { isUnsure } from '../api.js';
import { amountText, isZero } from '../money.js';
import { notice } from '../problem.js';

const WORD = 'DELETE';

const lost = ({ credits, owed }) => html`
  ${isZero(credits)
    ? html`<li>You have no VocahireCredits left to lose.</li>`
    : html`<li><p><strong>You lose ${credits} VocahireCredits</strong>, bought ones too. If you want money back for them, write to
        <a href="mailto:support@vocahire.com">support@vocahire.com</a> <em>before</em> you delete the account.</p></li>`}
  ${isZero(owed) ? nothing : html`<li>The ${owed} you owe is not asked for.</li>`}`;

const consequences = (user) => html`
  <ul class="consequences">
    ${lost(user)}
    <li>A plan is cancelled at Stripe at once; what is left of the time you paid for is given up.</li>
    <li>An interview that is going on ends now, and all that was said in your interviews is deleted.</li>
    <li>Your name, e-mail address and picture are erased here, and your sign-in account is deleted.</li>
    <li>The book of VocahireCredits keeps amounts and times, under an id without a name. A fingerprint of your e-mail address stays too,
      so that welcome credits are given once.</li>
    <li>It cannot be undone.</li>
  </ul>`;

const dialog = (state, user, act) => html`
  <dialog aria-labelledby="sure" @cancel=${(event) => state.busy && event.preventDefault()}>
    <form method="dialog" @submit=${act.remove}>
      <h2 id="sure">Delete your account?</h2>
      <p>${isZero(user.credits) ? nothing : html`Your ${amountText(user.credits)} VocahireCredits are lost with it. `}It cannot be
        undone.</p>
      <label for="word">Type <strong>${WORD}</strong> to confirm</label>
      <input id="word" name="word" autocomplete="off" autocapitalize="characters" spellcheck="false"
        ?readonly=${state.busy} @input=${act.type}>
      ${state.error ? notice(state.error, { means: isUnsure(state.error)
        ? 'We cannot tell yet whether your account is deleted. Delete it again: twice does no harm.' : undefined }) : nothing}
      <p class="said" role="status">${state.said}</p>
      <div class="row">
        <button class="button danger" type="submit" aria-disabled=${state.busy || !state.sure}>Delete the account</button>
        <button class="button" type="button" aria-disabled=${state.busy} @click=${act.close}>Keep it</button>
      </div>
    </form>
  </dialog>`;

const page = (state, user, act) => html`
  <div class="settings">
    <h1 tabindex="-1">Settings</h1>
    <section aria-labelledby="you">
      <h2 id="you">You</h2>
      <dl class="facts">
        <div><dt>Name</dt><dd>${user.name ?? 'not told'}</dd></div>
        <div><dt>E-mail</dt><dd>${user.email ?? 'not told'}</dd></div>
      </dl>
      <button class="button" type="button" @click=${act.manage}>Manage account</button>
    </section>
    <section aria-labelledby="end">
      <h2 id="end">Delete your account</h2>
      ${consequences(user)}
      <button class="button danger-line" type="button" @click=${act.open}>Delete your account…</button>
    </section>
    ${dialog(state, user, act)}
  </div>`;

const gone = (forfeited, home) => html`
  <div class="settings">
    <h1 tabindex="-1">Your account is deleted.</h1>
    <p class="lead">${isZero(forfeited) ? nothing : html`${forfeited} VocahireCredits were given up. `}Your name and address are being
      erased, here and where you signed in; this takes a few minutes at most. You can close this page.</p>
    <p><button class="button" type="button" @click=${home}>Go to the front page</button></p>
  </div>`;

export function mount(root, { api, user, manage, end }) {
  const state = { sure: false, busy: false, error: null, said: '' };
  const box = () => root.querySelector('dialog');

  function over(forfeited) {
    box().close();
    render(gone(forfeited, end()), root);
    root.querySelector('h1').focus();
  }

  const act = {
    manage,
    open: () => box().showModal(),
    close: () => state.busy || box().close(),
    type: ({ target }) => draw({ sure: target.value.trim().toUpperCase() === WORD, said: '' }),
    async remove(event) {
      event.preventDefault();
      if (state.busy) return;
      if (!state.sure) return draw({ said: `Nothing happens until you type ${WORD}.` });
      draw({ busy: true, error: null, said: 'Deleting your account…' });
      try {
        const { forfeited } = await api.send('DELETE', '/api/me');
        over(forfeited);
      } catch (error) {
        // A first try had done it, and only its answer was lost.
        if (error.code === 'account_closed') return over('0.00');
        draw({ busy: false, error, said: '' });
      }
    },
  };
  const draw = (more) => {
    Object.assign(state, more);
    render(page(state, user, act), root);
  };
  draw();
}
