/** What one has, what is held, and where each VocahireCredit went. */
import { html, nothing, render } from '/vendor/lit.js';
import { day, isZero, joined } from '../amounts.js';
import { sentence } from '../words.js';
import { statementTable } from './statement.js';

const PAGE = 25;

const standing = ({ available, held, owed }) => html`
  <p class="have"><span class="amount">${available}</span> <span>VocahireCredits to use</span></p>
  ${isZero(held) ? nothing : html`
    <p class="aside"><strong>${held} held.</strong> It is set aside for an interview that has not ended. When it ends, you are charged
      for what was heard, and the rest is free again.</p>`}
  ${isZero(owed) ? nothing : html`
    <p class="aside owed"><strong>${owed} owed.</strong> A payment went back after its credits were used. What comes in next pays this
      first.</p>`}`;

const plan = ({ isPremium, premiumUntil }) =>
  isPremium ? html`<p class="aside"><strong>Your plan covers interviews</strong> until ${day(premiumUntil)}.</p>` : nothing;

const empty = html`
  <div class="nothing">
    <svg class="line flat" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true"><path d="M0 12H1000" /></svg>
    <p>Nothing has happened yet.</p>
  </div>`;

const page = (state, user, act) => html`
  <div class="credits">
    <h1 tabindex="-1">Your credits</h1>
    <div class="standing" aria-busy=${!state.head}>${standing(state.head ?? user)}${plan(user)}</div>
    <p class="quiet rule">1.00 pays for a full interview of 30 minutes, 0.50 for 15. An interview that never comes about costs nothing.
      Credits do not expire.</p>
    <section aria-labelledby="lines">
      <div class="section-head">
        <h2 id="lines">Where each one went</h2>
        ${state.lines.length === 0 ? nothing : html`
          <button class="button" type="button" aria-disabled=${state.saving} @click=${act.save}>Download as CSV</button>`}
      </div>
      ${state.lines.length > 0 ? statementTable(state.lines) : state.head ? empty : nothing}
      <p class="progress" role="status">${state.said}</p>
      ${state.error ? html`<p class="wrong" role="alert">${sentence(state.error)}</p>` : nothing}
      ${state.next !== null || state.error ? html`
        <button class="button more" type="button" aria-disabled=${state.busy} @click=${act.more}>
          ${state.error ? 'Try again' : 'Show earlier lines'}</button>` : nothing}
    </section>
  </div>`;

function saveFile(blob) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: 'vocahire-credits.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it after the click has returned
}

export function mount(root, { api, user }) {
  const state = { head: null, lines: [], next: null, busy: false, saving: false, error: null, said: '' };
  const act = { more: () => load(), save };
  const draw = (more) => {
    Object.assign(state, more);
    render(page(state, user, act), root);
  };

  async function load() {
    if (state.busy) return;
    draw({ busy: true, error: null, said: state.lines.length > 0 ? 'Loading earlier lines…' : 'Loading your statement…' });
    const had = state.lines.length;
    try {
      const { lines, next, ...head } = await api.get(`/api/credits/statement?limit=${PAGE}${state.next ? `&before=${state.next}` : ''}`);
      const all = joined(state.lines, lines);
      draw({ busy: false, head, lines: all, next, said: had > 0 ? `${all.length - had} earlier lines are shown.` : '' });
    } catch (error) {
      draw({ busy: false, error, said: '' });
    }
  }

  async function save() {
    if (state.saving) return;
    draw({ saving: true, error: null, said: 'Making the file…' });
    try {
      saveFile(await api.file('/api/credits/statement?format=csv'));
      draw({ saving: false, said: 'The file is saved.' });
    } catch (error) {
      draw({ saving: false, error, said: '' });
    }
  }

  draw();
  load();
}
