/** What somebody measured in the connection lab, by the code that they name. */
import { html, nothing } from '/vendor/lit.js';
import { momentText } from '../money.js';
import { notice } from '../problem.js';

const found = ({ code, at, measured }) => html`
  <div class="checked">
    <p>Check <code>${code}</code> of ${momentText(at)}. Whose it is is not told.</p>
    <dl class="facts">${Object.entries(measured).map(([name, value]) => html`
      <div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>
  </div>`;

export const checks = (state, act) => html`
  <section aria-labelledby="checks">
    <h2 id="checks">Connection checks</h2>
    <form class="search" @submit=${act.open}>
      <label for="code">Code of a connection check</label>
      <div class="row">
        <input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
        <button class="button" type="submit">Open</button>
      </div>
    </form>
    ${state.error ? notice(state.error) : nothing}
    <p class="said" role="status">${state.said}</p>
    ${state.found ? found(state.found) : nothing}
  </section>`;

export const CLOSED = { found: null, error: null, said: '' };

const UNKNOWN = ['not_found', 'bad_request'];

/** `tell` hears the whole state after each change. */
export const opening = (api, tell) => ({
  async open(event) {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code').trim();
    tell({ ...CLOSED, said: 'Looking…' });
    try {
      const check = await api.get(`/api/admin/connection-checks?${new URLSearchParams({ code })}`);
      tell({ ...CLOSED, found: check });
    } catch (error) {
      tell(UNKNOWN.includes(error.code) ? { ...CLOSED, said: 'There is no check with this code.' } : { ...CLOSED, error });
    }
  },
});
