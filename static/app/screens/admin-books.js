/** What the comparison of wallets with the database has found. */
import { html, nothing } from '/vendor/lit.js';
import { momentText } from '../money.js';

const round = (told) => (told
  ? html`<p>Round of ${told.day}: ${told.checked} wallets checked, ${told.different} different,
      ${told.finishedAt ? `finished ${momentText(told.finishedAt)}` : 'still going on'}.</p>`
  : html`<p>No round has begun yet. Each begins at three in the morning, UTC.</p>`);

export const books = ({ ok, round: last, differences, parked }) => html`
  <p><strong>${ok ? 'Yes, as far as was checked.' : 'No.'}</strong>
    ${parked === 0 ? nothing : html`${parked} entries are parked: the database does not take them.`}</p>
  ${round(last)}
  ${differences.length === 0 ? nothing : html`<ul class="differences">${differences.map((one) => html`
    <li><code>${one.owner}</code>: ${one.what} <span class="fine">${momentText(one.checkedAt)}</span></li>`)}</ul>`}`;

/** One wallet, looked at just now. */
export const wallet = ({ entries, mirrored, parked, problems }) => html`
  <p class=${problems.length > 0 ? 'wrong' : ''} role="status">${entries} entries, ${mirrored} of them in the database, ${parked} parked:
    ${problems.length > 0 ? problems.join('; ') : 'all as it must be'}.</p>`;
