/** What Stripe and Clerk have told us, what of it failed, and where the book differs from Stripe's. */
import { html, nothing } from '/vendor/lit.js';
import { momentText, several } from '../money.js';
import { notice } from '../problem.js';
import { waitText } from '../words.js';

const last = ({ lastEventAt, lastEventAgeSeconds: age }) => (lastEventAt
  ? `last event ${age === null ? '' : `${waitText(age * 1000)} ago, `}${momentText(lastEventAt)}`
  : 'no event yet');

const provider = (name, told, mode) => html`
  <div><dt>${name}</dt><dd>${mode}${last(told)}.
    ${told.secretSet ? nothing : html`<strong class="wrong">The secret of its webhooks is not set.</strong>`}</dd></div>`;

const modeText = (mode) => (mode ? `${mode} mode, ` : 'not set up, ');

const round = (told) => (told
  ? html`<p>Comparison of ${told.day}: ${several(told.events, 'event')}, ${told.different} different,
      ${told.finishedAt ? `finished ${momentText(told.finishedAt)}` : 'still going on'}.</p>`
  : html`<p>Nothing has been compared with Stripe yet. It is done each night.</p>`);

const replay = (id, { busy }, act) => html`
  <button class="button" type="button" aria-disabled=${busy} aria-label=${`Handle again: ${id}`} @click=${() => act.replay(id)}>
    Handle again</button>`;

const failure = (one, state, act) => html`
  <li>
    <p><code>${one.id}</code> ${one.type} (${one.provider}), ${several(one.tries, 'time')} tried: ${one.why}
      <span class="fine">${momentText(one.at)}</span></p>
    ${one.provider === 'stripe' ? replay(one.id, state, act) : nothing}
  </li>`;

const personAddress = (id) => `/admin?${new URLSearchParams({ user: id })}`;

/** One that is an event can be handled again, as one that failed. */
const difference = (one, state, act) => html`
  <li>
    <p><code>${one.id}</code>${one.owner ? html` of <a href=${personAddress(one.owner)}>${one.owner}</a>` : nothing}: ${one.what}
      <span class="fine">${momentText(one.foundAt)}</span></p>
    ${one.id.startsWith('evt_') ? replay(one.id, state, act) : nothing}
  </li>`;

const found = (state, act) => html`
  <dl class="facts">
    ${provider('Stripe', state.told.stripe, modeText(state.told.stripe.mode))}
    ${provider('Clerk', state.told.clerk, '')}
  </dl>
  ${round(state.told.round)}
  <p><strong>${state.told.differences.length === 0 ? 'No differences are known.' : 'The book differs from Stripe’s.'}</strong></p>
  ${state.told.differences.length === 0 ? nothing : html`
    <ul class="differences acts">${state.told.differences.map((one) => difference(one, state, act))}</ul>`}
  ${state.told.failures.length === 0 ? html`<p>No event has failed.</p>` : html`
    <h3>Events that failed</h3>
    <ul class="differences acts">${state.told.failures.map((one) => failure(one, state, act))}</ul>`}`;

export const webhooks = (state, act) => html`
  <section aria-labelledby="webhooks">
    <h2 id="webhooks">Webhooks</h2>
    ${state.told ? found(state, act) : nothing}
    ${state.error ? notice(state.error, { act: state.again, means: 'Doing it again does no harm: nothing is done twice.' }) : nothing}
    <p class="said" role="status">${state.said}</p>
    ${state.told ? html`<button class="button" type="button" aria-disabled=${state.busy} @click=${act.compare}>
      Compare with Stripe now</button>` : nothing}
  </section>`;

const DONE = {
  stored: 'handled again, and what it says is in the book.',
  ignored: 'looked at again; there is nothing to do for it.',
  waiting: 'looked at again; it waits for another event.',
};

export const QUIET = { told: null, error: null, again: null, busy: false, said: '' };

/** `tell` hears the whole state after each change. */
export function watching(api, tell) {
  let state = QUIET;
  const say = (more) => {
    state = { ...state, ...more };
    tell(state);
  };

  /** One thing at a time; one that fails can be tried again as it was. */
  async function work(said, ask) {
    if (state.busy) return;
    say({ busy: true, error: null, said });
    try {
      say({ ...await ask(), busy: false });
    } catch (error) {
      say({ busy: false, error, again: () => work(said, ask), said: '' });
    }
  }

  const read = () => api.get('/api/diagnostic/webhooks');
  return {
    look: () => work('', async () => ({ told: await read() })),
    compare: () => work('Comparing the last two days with Stripe…', async () => {
      const told = await api.send('POST', '/api/admin/reconcile', { body: {} });
      return { told, said: 'Compared just now.' };
    }),
    replay: (event) => work(`Handling ${event} again…`, async () => {
      const { done } = await api.send('POST', '/api/admin/replay', { body: { event } });
      return { told: await read(), said: `${event}: ${DONE[done] ?? done}` };
    }),
  };
}
