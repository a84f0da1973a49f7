/** What somebody has, what of it is held, and where each one went. */
import { html, nothing, render } from '/vendor/lit.js';
import { createShop, FRESH } from '../buy/shop.js';
import { saveFile } from '../file.js';
import { amountText, enoughText, hundredths, isZero } from '../money.js';
import { notice } from '../problem.js';
import { beginReturn, returned } from './buy-return.js';
import { plan, portal, shop } from './buy.js';
import './statement.js';

const STATEMENT = '/api/credits/statement';
const PAGE = 25;

const aside = ({ held, owed }) => (isZero(held) && isZero(owed) ? nothing : html`<dl class="aside">
  ${isZero(held) ? nothing : html`<div><dt>${held} held</dt>
    <dd>Set aside for an interview that is not over. What it does not use comes back when it ends.</dd></div>`}
  ${isZero(owed) ? nothing : html`<div><dt>${owed} owed</dt>
    <dd>A payment was taken back after this much of it had been used. Whatever you get next pays it first.</dd></div>`}
</dl>`);

/** Until when is the plan's own to say: the day that the Wallet knows waits some more for a renewal. */
function lead({ isPremium, available, payable }) {
  if (isPremium) return 'Your plan covers your interviews; they cost none of these.';
  const given = hundredths(payable) < hundredths(available) ? ' What you were given cannot pay for an interview here.' : '';
  return enoughText(payable) + given;
}

const more = (state, act, user) => html`
  <section aria-labelledby="buy">
    <h2 id="buy" tabindex="-1">Buy more</h2>
    ${shop(state, act, user)}
    ${state.told?.customer && !state.told.plan ? portal(state, act) : nothing}
  </section>`;

const toShop = (act) => html`
  <p class="way"><button class="button" type="button" @click=${act.toShop}>Buy more</button></p>`;

const page = ({ user, buying, back, saving }, act) => html`
  <div class="credits">
    <h1 tabindex="-1">You have <span class="have">${amountText(user.available)}</span> VocahireCredits.</h1>
    <p class="lead">${lead(user)}</p>
    ${returned(back)}
    ${buying.phase === 'open' ? toShop(act) : nothing}
    ${aside(user)}
    ${buying.told?.plan ? plan(buying, act.shop, user) : nothing}
    <section aria-labelledby="went">
      <div class="went">
        <h2 id="went">Where each one went</h2>
        <button class="button" type="button" aria-disabled=${saving.busy} @click=${act.save}>Download all as CSV</button>
      </div>
      ${saving.error ? notice(saving.error, { act: act.save }) : nothing}
      <p class="visually-hidden" role="status">${saving.said}</p>
      <ledger-statement curve .load=${act.load} .heard=${act.heard}></ledger-statement>
    </section>
    ${more(buying, act.shop, user)}
    <p class="more">${buying.phase === 'open' ? nothing : 'They do not expire. '}<a href="/help">Help</a> says what an interview costs.</p>
  </div>`;

export function mount(root, { user, api, learn }) {
  const state = { user, buying: FRESH, back: null, saving: { busy: false, error: null, said: '' } };
  const show = (next) => {
    Object.assign(state, next);
    render(page(state, act), root);
  };

  async function save() {
    if (state.saving.busy) return;
    show({ saving: { busy: true, error: null, said: '' } });
    try {
      const { blob, name } = await api.download(`${STATEMENT}?format=csv`, 'text/csv');
      saveFile(blob, name ?? 'vocahirecredits.csv');
      show({ saving: { busy: false, error: null, said: 'The file is saved.' } });
    } catch (error) {
      show({ saving: { busy: false, error, said: '' } });
    }
  }

  function known(now) {
    learn(now);
    show({ user: now });
  }

  /** What was bought has changed all that stands here. */
  function cameBack(back) {
    show({ back });
    if (back.phase !== 'done') return;
    if (back.user) known(back.user);
    root.querySelector('ledger-statement').refresh();
    act.shop.load();
  }

  const act = {
    save,
    load: (cursor) => api.get(`${STATEMENT}?${new URLSearchParams({ limit: String(PAGE), ...(cursor && { before: cursor }) })}`),
    /** The statement is newer than what the shell knew; both shall say the same. */
    heard: ({ settled, held, available, payable, owed }) =>
      known({ ...state.user, credits: settled, held, available, payable, owed }),
    toShop: () => root.querySelector('#buy').focus(),
    shop: createShop({ api, returnTo: '/credits', tell: (buying) => show({ buying }) }),
  };
  show({});
  act.shop.load();
  beginReturn({ api, user, tell: cameBack, wanted: () => root.isConnected });
}
