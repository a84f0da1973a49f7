/** One person, for operators: what they have, giving and taking, and every entry with its key and its hand. */
import { html, nothing, render } from '/vendor/lit.js';
import { isUnsure } from '../api.js';
import { amountText, dayText, typedAmount } from '../money.js';
import { notice } from '../problem.js';
import { createWish } from '../wish.js';
import { wallet } from './admin-books.js';
import './statement.js';

const facts = (id, { email, createdAt, deletedAt }) => html`
  <dl class="facts">
    <div><dt>Id</dt><dd><code>${id}</code></dd></div>
    ${email ? html`<div><dt>E-mail</dt><dd>${email}</dd></div>` : nothing}
    ${createdAt ? html`<div><dt>Here since</dt><dd>${dayText(createdAt)}</dd></div>` : nothing}
    ${deletedAt ? html`<div><dt>Deleted</dt><dd>${dayText(deletedAt)}</dd></div>` : nothing}
  </dl>`;

const standing = (head) => html`
  <dl class="standing">
    ${['available', 'held', 'settled', 'owed'].map((what) => html`<div><dt>${what}</dt><dd>${amountText(head[what])}</dd></div>`)}
  </dl>`;

/** While nobody knows whether it was done, the form can only be sent again as it is, or be left. */
const adjusting = ({ take, amount, sending, unsure, failure, done }, act) => html`
  <form class="adjust" aria-labelledby="adjust" novalidate @submit=${act.submit} @input=${act.type}>
    <h2 id="adjust">Give or take VocahireCredits</h2>
    <fieldset class="row" ?disabled=${sending || unsure}>
      <legend class="visually-hidden">What to write into their book</legend>
      <div class="choice" role="group" aria-label="Direction">
        <label><input type="radio" name="way" value="give" checked> Give</label>
        <label><input type="radio" name="way" value="take"> Take</label>
      </div>
      <div><label for="amount">Amount, such as 1.50</label>
        <input id="amount" name="amount" inputmode="decimal" autocomplete="off"></div>
      <div class="wide"><label for="reason">Reason, which they will read</label>
        <input id="reason" name="reason" autocomplete="off" maxlength="200"></div>
    </fieldset>
    ${failure ? notice(failure, { means: unsure
      ? 'We cannot tell whether it was written. Send it again as it is: it is written once.'
      : failure.details?.error }) : nothing}
    <div class="row">
      <button class="button" type="submit" aria-disabled=${sending}>
        ${unsure ? 'Send it again' : `${take ? 'Take' : 'Give'} ${amount ?? ''}`.trim()}</button>
      ${unsure ? html`<button class="button" type="button" @click=${act.leave}>Leave it, and look at the statement</button>` : nothing}
    </div>
    <p class="said" role="status">${sending ? 'Writing it down…' : done}</p>
  </form>`;

const page = (state, id, act) => html`
  <div class="admin">
    <p class="back"><a href="/admin">All people</a></p>
    <h1 tabindex="-1">${state.person?.name ?? state.person?.email ?? id}</h1>
    ${facts(id, state.person ?? {})}
    ${state.head ? standing(state.head) : nothing}
    ${state.untouched
      ? html`<p class="lead">This wallet is not open yet: it opens when the person first comes here signed in. Until then nothing can be
          given.</p>`
      : html`
        ${state.head ? adjusting(state.form, act) : nothing}
        <section aria-labelledby="entries">
          <div class="went">
            <h2 id="entries">Entries</h2>
            <button class="button" type="button" @click=${act.check}>Check this wallet now</button>
          </div>
          ${state.checkError ? notice(state.checkError, { act: act.check }) : nothing}
          ${state.checked ? wallet(state.checked) : nothing}
          <ledger-statement audited .load=${act.load} .heard=${act.heard}></ledger-statement>
        </section>`}
  </div>`;

const EMPTY = { take: false, amount: null, sending: false, unsure: false, failure: null, done: '' };

export function mountPerson(root, { api, id }) {
  const state = { person: null, head: null, untouched: false, checked: null, checkError: null, form: EMPTY };
  const draw = (more) => {
    Object.assign(state, more);
    render(page(state, id, act), root);
  };
  const tell = (more) => draw({ form: { ...state.form, ...more } });
  const about = (more) => new URLSearchParams({ user: id, ...more });

  const act = {
    ...giving({ api, id, root, state, tell }),
    /** A page of the statement; a wallet that nobody has opened has none. */
    load: (cursor) => api.get(`/api/admin/statement?${about(cursor && { before: cursor })}`).catch((error) => {
      if (error.code !== 'conflict') throw error;
      draw({ untouched: true });
      return { lines: [], next: null };
    }),
    heard: (head) => state.untouched || draw({ head }),
    async check() {
      try {
        const { user } = await api.get(`/api/diagnostic/ledger?${about()}`);
        draw({ checked: user, checkError: null });
      } catch (checkError) {
        draw({ checked: null, checkError });
      }
    },
  };
  const find = async () => {
    const { users } = await api.get(`/api/admin/users?${new URLSearchParams({ q: id })}`);
    draw({ person: users.find((one) => one.id === id) ?? null });
  };
  draw();
  find().catch(() => {}); // the id says who it is; the name is only kinder
}

function giving({ api, id, root, state, tell }) {
  const wish = createWish();
  const read = () => {
    const { way, amount, reason } = Object.fromEntries(new FormData(root.querySelector('.adjust')));
    return { take: way === 'take', amount: typedAmount(amount), reason: reason.trim() };
  };
  let sent = null; // what a fieldset that is switched off no longer tells

  function fault({ amount, reason }) {
    if (!amount) return ['amount', 'An amount is digits with at most two decimals, and not zero.'];
    return reason.length < 3 ? ['reason', 'A reason has at least three letters.'] : null;
  }

  async function send() {
    tell({ sending: true, failure: null, done: '' });
    try {
      const done = await api.send('POST', '/api/admin/credits', { body: sent, headers: { 'idempotency-key': wish.keyFor(sent) } });
      wish.settled();
      root.querySelector('.adjust').reset();
      tell({ ...EMPTY, done: `Written as entry ${done.number}: ${amountText(done.available)} available now.` });
      await root.querySelector('ledger-statement').refresh();
    } catch (failure) {
      if (!isUnsure(failure)) wish.settled();
      tell({ sending: false, failure, unsure: isUnsure(failure) });
    }
  }

  return {
    type() {
      const { take, amount } = read();
      tell({ take, amount, done: '' });
    },
    async submit(event) {
      event.preventDefault();
      if (state.form.sending) return undefined;
      if (state.form.unsure) return send();
      const typed = read();
      const [field, words] = fault(typed) ?? [];
      if (field) {
        tell({ done: words, failure: null });
        return root.querySelector(`#${field}`).focus();
      }
      sent = { userId: id, amount: `${typed.take ? '-' : ''}${typed.amount}`, reason: typed.reason };
      return send();
    },
    leave() {
      wish.settled();
      root.querySelector('.adjust').reset();
      tell(EMPTY);
      return root.querySelector('ledger-statement').refresh();
    },
  };
}
