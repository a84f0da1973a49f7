/** All interviews of the person, newest first. */
import { html, nothing, render } from '/vendor/lit.js';
import { momentText } from '../money.js';
import { flatLine, notice } from '../problem.js';
import { chargeText, endingText, lengthText } from '../talk.js';

const PAGE = 20;

const row = ({ id, jobTitle, ending, startedAt, heardSeconds, charged, scored }) => html`
  <li>
    <a href=${`/sessions/${id}`}>${jobTitle}</a>
    <p class="how">${endingText(ending)}${scored ? html` <strong>Report ready</strong>` : nothing}</p>
    <p class="when"><time datetime=${startedAt}>${momentText(startedAt)}</time></p>
    <p class="what">${heardSeconds > 0 ? `${lengthText(heardSeconds)} heard, ` : ''}${chargeText(charged)}</p>
  </li>`;

/** It joins the list when it has ended. One that is only held has nothing to look at yet. */
const going = ({ id, state }) => (state === 'begun'
  ? html`<p class="going"><strong>One interview is not over yet.</strong> <a href=${`/sessions/${id}`}>Look at it</a></p>`
  : nothing);

const none = html`
  <div class="none">
    ${flatLine}
    <p class="lead">No interview yet. What you say in one can be read here afterwards.</p>
    <p><a class="button primary" href="/interview">Get ready for the first</a></p>
  </div>`;

const page = ({ sessions, next, open, error, said, busy }, more) => html`
  <div class="history">
    <h1 tabindex="-1">Your interviews</h1>
    <p class="said" role="status">${said}</p>
    ${open ? going(open) : nothing}
    ${sessions?.length === 0 ? none : nothing}
    ${sessions?.length > 0 ? html`<ol class="talks">${sessions.map(row)}</ol>` : nothing}
    ${error ? notice(error, { act: more }) : nothing}
    ${next && !error ? html`
      <button class="button earlier" type="button" aria-disabled=${busy} @click=${more}>Show earlier</button>` : nothing}
  </div>`;

export function mount(root, { api, url }) {
  const deleted = url.searchParams.has('deleted');
  if (deleted) history.replaceState(null, '', url.pathname); // said once
  const state = { sessions: null, next: null, open: null, error: null, said: deleted ? 'The interview is deleted.' : '', busy: false };
  const draw = (change) => {
    Object.assign(state, change);
    render(page(state, more), root);
  };

  async function more() {
    if (state.busy) return;
    draw({ busy: true, error: null, ...(state.sessions && { said: '' }) });
    try {
      const asked = new URLSearchParams({ limit: String(PAGE), ...(state.next && { before: state.next }) });
      const { sessions, next, open } = await api.get(`/api/sessions?${asked}`);
      const before = state.sessions?.length ?? 0;
      draw({ sessions: [...(state.sessions ?? []), ...sessions], next, open, busy: false });
      if (before > 0) root.querySelectorAll('.talks a')[before]?.focus(); // reading goes on where the new ones begin
    } catch (error) {
      draw({ error, busy: false });
    }
  }

  draw();
  more();
}
