/** What operators need: people, their statements, giving and taking, and whether the books agree. */
import { html, nothing, render } from '/vendor/lit.js';
import { amount, joined, moment } from '../amounts.js';
import { sentence } from '../words.js';
import { statementTable } from './statement.js';

const PAGE = 50;

const wrong = (error) => (error ? html`<p class="wrong" role="alert">${sentence(error)}</p>` : nothing);

const personRow = (person, act) => html`
  <tr>
    <td><button class="link" type="button" @click=${() => act.open(person)}>${person.id}</button></td>
    <td>${person.email ?? ''}${person.name ? html`<span class="fine">${person.name}</span>` : nothing}
      ${person.deletedAt ? html`<span class="fine">deleted ${moment(person.deletedAt)}</span>` : nothing}</td>
    <td class="number">${person.settled ?? 'no wallet'}</td>
    <td class="number">${person.held ?? ''}</td>
    <td class="number">${person.owed ?? ''}</td>
  </tr>`;

const people = (state, act) => html`
  <section aria-labelledby="people">
    <h2 id="people">People</h2>
    <form class="search" role="search" @submit=${act.search}>
      <label for="q">Id, e-mail address or name begins with</label>
      <div class="row"><input id="q" name="q" type="search" autocomplete="off"><button class="button" type="submit">Search</button></div>
    </form>
    ${wrong(state.peopleError)}
    <p class="progress" role="status">${state.peopleSaid}</p>
    ${state.people.length === 0 ? nothing : html`
      <div class="scrolls" tabindex="0" role="region" aria-label="People found">
        <table class="dense">
          <caption class="visually-hidden">People, with balances as the database knows them</caption>
          <thead><tr><th scope="col">Id</th><th scope="col">Who</th><th scope="col" class="number">Settled</th>
            <th scope="col" class="number">Held</th><th scope="col" class="number">Owed</th></tr></thead>
          <tbody>${state.people.map((person) => personRow(person, act))}</tbody>
        </table>
      </div>`}
    ${state.nextPeople ? html`<button class="button" type="button" @click=${act.morePeople}>Show more people</button>` : nothing}
  </section>`;

const adjusting = (state, act) => html`
  <form class="adjust" @submit=${act.adjust}>
    <h3>Give or take credits</h3>
    <div class="row">
      <div><label for="amount">Amount, such as 1.50, or -1.50 to take</label>
        <input id="amount" name="amount" inputmode="text" autocomplete="off" required pattern="-?[0-9]{1,9}(\\.[0-9]{1,2})?"></div>
      <div class="wide"><label for="reason">Reason, which they will read</label>
        <input id="reason" name="reason" autocomplete="off" required minlength="3" maxlength="200"></div>
      <button class="button" type="submit" aria-disabled=${state.adjusting}>Write it down</button>
    </div>
    ${wrong(state.adjustError)}
    <p class="progress" role="status">${state.adjusted}</p>
  </form>`;

const opened = (state, act) => html`
  <section aria-labelledby="opened">
    <h2 id="opened" tabindex="-1">${state.person.id}</h2>
    <p class="fine">${[state.person.name, state.person.email].filter(Boolean).join(', ')}</p>
    ${wrong(state.openError)}
    ${state.head ? html`
      <p>Settled <strong>${state.head.settled}</strong>, held <strong>${state.head.held}</strong>, available
        <strong>${amount(state.head.available)}</strong>, owed <strong>${state.head.owed}</strong>.</p>
      ${adjusting(state, act)}
      ${statementTable(state.lines, { operator: true })}
      ${state.next ? html`<button class="button" type="button" @click=${act.moreLines}>Show earlier lines</button>` : nothing}` : nothing}
  </section>`;

const round = (told) => (told
  ? html`<p>Round of ${told.day}: ${told.checked} wallets checked, ${told.different} different,
      ${told.finishedAt ? `finished ${moment(told.finishedAt)}` : 'still going on'}.</p>`
  : html`<p>No round has begun yet. Each begins at three in the morning, UTC.</p>`);

const checked = (user) => html`
  <p class=${user.problems.length > 0 ? 'wrong' : 'fine'}>${user.owner}: ${user.entries} entries, ${user.mirrored} in the database,
    ${user.problems.length > 0 ? user.problems.join('; ') : 'all as it must be'}.</p>`;

const books = (state, act) => html`
  <section aria-labelledby="books">
    <h2 id="books">Do the books agree?</h2>
    ${wrong(state.ledgerError)}
    ${state.ledger ? html`
      <p><strong>${state.ledger.ok ? 'Yes, as far as was checked.' : 'No.'}</strong>
        ${state.ledger.parked === 0 ? nothing : html`${state.ledger.parked} entries are parked.`}</p>
      ${round(state.ledger.round)}
      ${state.ledger.user ? checked(state.ledger.user) : nothing}
      ${state.ledger.differences.length === 0 ? nothing : html`<ul class="differences">${state.ledger.differences.map((one) => html`
        <li><code>${one.owner}</code>: ${one.what} <span class="fine">${moment(one.checkedAt)}</span></li>`)}</ul>`}` : nothing}
    <button class="button" type="button" @click=${act.check}>${state.person ? `Check ${state.person.id} now` : 'Look again'}</button>
  </section>`;

const page = (state, act) => html`
  <div class="admin">
    <h1 tabindex="-1">Administration</h1>
    ${people(state, act)}
    ${state.person ? opened(state, act) : nothing}
    ${books(state, act)}
  </div>`;

const closed = html`
  <div class="admin"><h1 tabindex="-1">This page is not open to you.</h1>
    <p class="lead">It is for those who run this site. Nothing was changed.</p></div>`;

export function mount(root, { api, user }) {
  if (user.role !== 'admin') return render(closed, root);
  const state = {
    people: [], nextPeople: null, peopleError: null, peopleSaid: '', q: '',
    person: null, head: null, lines: [], next: null, openError: null,
    adjusting: false, adjusted: '', adjustError: null, key: null,
    ledger: null, ledgerError: null,
  };
  const draw = (more) => {
    Object.assign(state, more);
    render(page(state, act), root);
  };
  const act = actions({ api, state, draw, root });
  draw();
  return act.check();
}

function actions({ api, state, draw, root }) {
  const query = (values) => new URLSearchParams(values).toString();

  async function find(after) {
    draw({ peopleError: null, peopleSaid: 'Searching…' });
    try {
      const found = await api.get(`/api/admin/users?${query({ q: state.q, limit: PAGE, ...(after && { after }) })}`);
      const all = after ? [...state.people, ...found.users] : found.users;
      draw({ people: all, nextPeople: found.next, peopleSaid: `${all.length} shown.` });
    } catch (peopleError) {
      draw({ peopleError, peopleSaid: '' });
    }
  }

  async function load(before) {
    const { person } = state;
    try {
      const { lines, next, ...head } = await api.get(
        `/api/admin/statement?${query({ user: person.id, limit: PAGE, ...(before && { before }) })}`);
      if (state.person === person) draw({ head, next, lines: before ? joined(state.lines, lines) : lines, openError: null });
    } catch (openError) {
      if (state.person === person) draw({ openError });
    }
  }

  return {
    search(event) {
      event.preventDefault();
      state.q = new FormData(event.currentTarget).get('q').trim();
      return find();
    },
    morePeople: () => find(state.nextPeople),
    moreLines: () => load(state.next),
    async open(person) {
      draw({ person, head: null, lines: [], next: null, openError: null, adjusted: '', adjustError: null, key: null });
      await load();
      root.querySelector('#opened').focus();
    },
    adjust: (event) => adjust(event, { api, state, draw, load }),
    async check() {
      const about = state.person ? `?${query({ user: state.person.id })}` : '';
      try {
        draw({ ledger: await api.get(`/api/diagnostic/ledger${about}`), ledgerError: null });
      } catch (ledgerError) {
        draw({ ledgerError });
      }
    },
  };
}

/** One key for one filled form: sent again after a lost answer it is written down once. A changed form is another wish. */
async function adjust(event, { api, state, draw, load }) {
  event.preventDefault();
  if (state.adjusting) return;
  const form = event.currentTarget;
  const wish = { userId: state.person.id, ...Object.fromEntries(new FormData(form)) };
  const told = JSON.stringify(wish);
  if (state.told !== told) Object.assign(state, { told, key: crypto.randomUUID() });
  draw({ adjusting: true, adjustError: null, adjusted: 'Writing it down…' });
  try {
    const done = await api.send('POST', '/api/admin/credits', { body: wish, headers: { 'idempotency-key': state.key } });
    form.reset();
    draw({ adjusting: false, told: null, adjusted: `Written as line ${done.number}: they have ${done.settled} now.` });
    await load();
  } catch (adjustError) {
    draw({ adjusting: false, adjustError, adjusted: '' });
  }
}
