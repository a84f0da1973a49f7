/** The account: who one is here, and how it ends. */
import { html, nothing, render } from '/vendor/lit.js';
import { isZero } from '../amounts.js';
import { sentence } from '../words.js';

const WORD = 'DELETE';

const lost = ({ credits, owed }) => html`
  ${isZero(credits)
    ? html`<li>You have no VocahireCredits left to lose.</li>`
    : html`<li><strong>You lose ${credits} VocahireCredits</strong>, bought ones too. If you want money back, write to
        <a href="mailto:support@vocahire.com">support@vocahire.com</a> <em>before</em> you delete the account.</li>`}
  ${isZero(owed) ? nothing : html`<li>The ${owed} you owe is not asked for.</li>`}`;

const consequences = (user) => html`
  <ul class="consequences">
    ${lost(user)}
    <li>An interview that is going on ends now.</li>
    <li>Your name, e-mail address and picture are erased here, and your sign-in account is deleted.</li>
    <li>The book of credits keeps its amounts and times, under an id that leads to nobody. A fingerprint of your e-mail address stays, so
      that welcome credits are given once.</li>
    <li>It cannot be undone.</li>
  </ul>`;

const dialog = (state, user, act) => html`
  <dialog aria-labelledby="sure" @cancel=${(event) => state.busy && event.preventDefault()}>
    <form method="dialog" @submit=${act.remove}>
      <h2 id="sure">Delete your account?</h2>
      ${isZero(user.credits) ? nothing : html`<p>${user.credits} VocahireCredits are lost with it.</p>`}
      <label for="word">Type <strong>${WORD}</strong> to confirm</label>
      <input id="word" name="word" autocomplete="off" autocapitalize="characters" spellcheck="false" @input=${act.type}>
      ${state.error ? html`<p class="wrong" role="alert">${sentence(state.error)} Your account may be as it was; deleting it again does
        no harm.</p>` : nothing}
      <p class="progress" role="status">${state.busy ? 'Deleting your account…' : ''}</p>
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
    <p><button class="button" type="button" @click=${home}>To the first page</button></p>
  </div>`;

export function mount(root, { api, user, manage, end }) {
  const state = { sure: false, busy: false, error: null };
  const box = () => root.querySelector('dialog');
  const act = {
    manage,
    open() {
      box().showModal();
    },
    close: () => state.busy || box().close(),
    type: ({ target }) => draw({ sure: target.value.trim().toUpperCase() === WORD }),
    async remove(event) {
      event.preventDefault();
      if (state.busy || !state.sure) return;
      draw({ busy: true, error: null });
      try {
        const { forfeited } = await api.send('DELETE', '/api/me');
        box().close();
        const home = end();
        render(gone(forfeited, home), root);
        root.querySelector('h1').focus();
      } catch (error) {
        draw({ busy: false, error });
      }
    },
  };
  const draw = (more) => {
    Object.assign(state, more);
    render(page(state, user, act), root);
  };
  draw();
}
