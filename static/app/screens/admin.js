/** What operators see first: people, and whether the books agree. One person has a page of their own at `?user=`. */
import { html, nothing, render } from '/vendor/lit.js';
import { amountText, dayText } from '../money.js';
import { notice } from '../problem.js';
import { books } from './admin-books.js';
import { CLOSED, checks, opening } from './admin-check.js';
import { mountPerson } from './admin-person.js';
import { NOTHING, readiness, usage, using } from './admin-usage.js';
import { QUIET, watching, webhooks } from './admin-webhooks.js';

const USERS = '/api/admin/users';

const personRow = (person) => html`
  <tr>
    <td><a href=${`/admin?${new URLSearchParams({ user: person.id })}`}>${person.id}</a></td>
    <td>${person.email ?? ''}${person.name ? html`<span class="fine">${person.name}</span>` : nothing}
      ${person.deletedAt ? html`<span class="fine">deleted ${dayText(person.deletedAt)}</span>` : nothing}</td>
    ${['settled', 'held', 'owed'].map((what) => html`<td class="number">${amountText(person[what] ?? '–')}</td>`)}
  </tr>`;

const people = (state, act) => html`
  <section aria-labelledby="people">
    <h2 id="people">People</h2>
    <form class="search" role="search" @submit=${act.search}>
      <label for="q">Id, e-mail address or name begins with</label>
      <div class="row">
        <input id="q" name="q" type="search" autocomplete="off" .value=${state.q}>
        <button class="button" type="submit">Search</button>
      </div>
    </form>
    ${state.error ? notice(state.error, { act: act.more }) : nothing}
    ${state.people.length === 0 ? nothing : html`
      <div class="scrolls" tabindex="0" role="region" aria-label="People found">
        <table class="dense">
          <caption class="visually-hidden">People, with balances as the database knows them</caption>
          <thead><tr><th scope="col">Id</th><th scope="col">Who</th><th scope="col" class="number">Settled</th>
            <th scope="col" class="number">Held</th><th scope="col" class="number">Owed</th></tr></thead>
          <tbody>${state.people.map(personRow)}</tbody>
        </table>
      </div>`}
    <p class="said" role="status">${state.said}</p>
    ${state.next && !state.error ? html`<button class="button" type="button" @click=${act.more}>Show more people</button>` : nothing}
  </section>`;

const page = (state, act) => html`
  <div class="admin">
    <h1 tabindex="-1">Administration</h1>
    ${people(state, act)}
    ${readiness(state.used, act.used)}
    ${usage(state.used, act.used)}
    <section aria-labelledby="books">
      <h2 id="books">Do the books agree?</h2>
      ${state.booksError ? notice(state.booksError, { act: act.look }) : nothing}
      ${state.books ? books(state.books) : nothing}
    </section>
    ${webhooks(state.webhooks, act.webhooks)}
    ${checks(state.check, act.check)}
  </div>`;

const closed = html`
  <div class="admin">
    <h1 tabindex="-1">This page is not open to you.</h1>
    <p class="lead">It is for those who run this site. Nothing was changed.</p>
  </div>`;

export function mount(root, { api, user, url, go }) {
  if (user.role !== 'admin') return render(closed, root);
  const id = url.searchParams.get('user');
  return id ? mountPerson(root, { api, id }) : mountPeople(root, { api, go, q: url.searchParams.get('q') ?? '' });
}

function mountPeople(root, { api, go, q }) {
  const state = {
    q, people: [], next: null, said: 'Searching…', error: null, books: null, booksError: null, webhooks: QUIET, check: CLOSED,
    used: NOTHING,
  };
  const draw = (more) => {
    Object.assign(state, more);
    render(page(state, act), root);
  };
  const act = {
    search(event) {
      event.preventDefault();
      const asked = new FormData(event.currentTarget).get('q').trim();
      go(asked ? `/admin?${new URLSearchParams({ q: asked })}` : '/admin');
    },
    async more() {
      draw({ said: 'Searching…', error: null });
      try {
        const found = await api.get(`${USERS}?${new URLSearchParams({ q, ...(state.next && { after: state.next }) })}`);
        const all = [...state.people, ...found.users];
        draw({ people: all, next: found.next, said: all.length ? `${all.length} shown.` : 'Nobody was found.' });
      } catch (error) {
        draw({ error, said: '' });
      }
    },
    async look() {
      try {
        draw({ books: await api.get('/api/diagnostic/ledger'), booksError: null });
      } catch (booksError) {
        draw({ booksError });
      }
    },
    webhooks: watching(api, (told) => draw({ webhooks: told })),
    check: opening(api, (check) => draw({ check })),
    used: using(api, (told) => draw({ used: told })),
  };
  draw();
  act.more();
  act.look();
  act.webhooks.look();
  act.used.look();
  act.used.more();
}
