/** How long an interview is kept, and how it is deleted now: what goes, and what stays. */
import { html, nothing } from '/vendor/lit.js';
import { isUnsure } from '../api.js';
import { dayText } from '../money.js';
import { notice } from '../problem.js';
import { keptUntil } from '../talk.js';

const UNSURE = 'We cannot tell yet whether it is deleted. Delete it again: twice does no harm.';

const dialog = ({ removing: { busy, error } }, act) => html`
  <dialog aria-labelledby="sure" @cancel=${(event) => busy && event.preventDefault()}>
    <form method="dialog" @submit=${act.remove}>
      <h2 id="sure">Delete this interview now?</h2>
      <p><strong>What goes:</strong> every word of it, its feedback, the job title, the company and the advert that you gave for it.</p>
      <p><strong>What stays:</strong> its line in your statement, because it is money.</p>
      <p>It cannot be undone.</p>
      ${error ? notice(error, { means: isUnsure(error) ? UNSURE : undefined }) : nothing}
      <div class="row">
        <button class="button danger" type="submit" aria-disabled=${Boolean(busy)}>
          ${busy ? 'Deleting it…' : 'Delete the interview'}</button>
        <button class="button" type="button" aria-disabled=${Boolean(busy)} @click=${act.keep}>Keep it</button>
      </div>
    </form>
  </dialog>`;

export const deletion = (state, days, act) => html`
  <section class="deletion" aria-labelledby="kept">
    <h2 id="kept">How long it is kept</h2>
    <p>Until ${dayText(keptUntil(state.session.endedAt, days))}, for you alone; then it is deleted by itself. You can delete it now.</p>
    <p><button class="button danger-line" type="button" @click=${act.ask}>Delete this interview now…</button></p>
    ${dialog(state, act)}
  </section>`;
