/** What somebody has, what of it is held, and where each one went. */
import { html, nothing, render } from '/vendor/lit.js';
import { saveFile } from '../file.js';
import { amountText, dayText, enoughText, isZero } from '../money.js';
import { notice } from '../problem.js';
import './statement.js';

const STATEMENT = '/api/credits/statement';
const PAGE = 25;

const page = ({ user, load, heard, saving, save }) => html`
  <div class="credits">
    <h1 tabindex="-1">You have <span class="have">${amountText(user.available)}</span> VocahireCredits.</h1>
    <p class="lead">${user.isPremium ? planText(user) : enoughText(user.available)}</p>
    ${isZero(user.held) && isZero(user.owed) ? nothing : html`<dl class="aside">
      ${isZero(user.held) ? nothing : html`<div><dt>${user.held} held</dt>
        <dd>Set aside for an interview that is not over. What it does not use comes back when it ends.</dd></div>`}
      ${isZero(user.owed) ? nothing : html`<div><dt>${user.owed} owed</dt>
        <dd>A payment was taken back after this much of it had been used. Whatever you get next pays it first.</dd></div>`}
    </dl>`}
    <section aria-labelledby="went">
      <div class="went">
        <h2 id="went">Where each one went</h2>
        <button class="button" type="button" aria-disabled=${saving.busy} @click=${save}>Download all as CSV</button>
      </div>
      ${saving.error ? notice(saving.error, { act: save }) : nothing}
      <p class="visually-hidden" role="status">${saving.said}</p>
      <ledger-statement curve .load=${load} .heard=${heard}></ledger-statement>
    </section>
    <p class="more">They do not expire. Buying more is not open yet. <a href="/help">Help</a> says what an interview costs.</p>
  </div>`;

const planText = ({ premiumUntil }) =>
  `Your plan covers your interviews${premiumUntil ? ` until ${dayText(premiumUntil)}` : ''}; they cost none of these.`;

export function mount(root, { user: told, api, learn }) {
  let user = told;
  let saving = { busy: false, error: null, said: '' };

  async function save() {
    if (saving.busy) return;
    show({ busy: true, error: null, said: '' });
    try {
      const { blob, name } = await api.download(`${STATEMENT}?format=csv`, 'text/csv');
      saveFile(blob, name ?? 'vocahirecredits.csv');
      show({ busy: false, error: null, said: 'The file is saved.' });
    } catch (error) {
      show({ busy: false, error, said: '' });
    }
  }

  const load = (cursor) => api.get(`${STATEMENT}?${new URLSearchParams({ limit: String(PAGE), ...(cursor && { before: cursor }) })}`);

  // The statement is newer than what the shell knew; both shall say the same.
  function heard({ settled, held, available, owed }) {
    user = { ...user, credits: settled, held, available, owed };
    learn(user);
    draw();
  }

  function show(next) {
    saving = next;
    draw();
  }

  const draw = () => render(page({ user, load, heard, saving, save }), root);
  draw();
}
