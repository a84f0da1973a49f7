/** The head of an interview: what it was, when, how long, what it cost and by which rule. */
import { html, nothing } from '/vendor/lit.js';
import { isUnsure } from '../api.js';
import { CHOICES } from '../lobby/draft.js';
import { spanText } from '../lobby/price.js';
import { momentText } from '../money.js';
import { notice } from '../problem.js';
import { chargeText, endingText, lengthText } from '../talk.js';

const UNSURE = 'We cannot tell yet whether it has ended. End it again: twice does no harm.';

const nameOf = (field, value) => CHOICES[field][value]?.name ?? value;

const about = (session) => [
  session.company,
  ...['level', 'focus', 'persona', 'language'].map((field) => nameOf(field, session[field])),
].filter(Boolean).join(' · ');

/** The sentence of the statement, once there is one. */
const outcome = ({ rule, ending }) => html`
  <p class="outcome">${rule ? html`${rule}. It stands in <a href="/credits">your statement</a> too.` : endingText(ending)}</p>`;

const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

export const head = (session) => html`
  <header class="about-it">
    <h1 tabindex="-1">${session.jobTitle}</h1>
    <p>${about(session)}</p>
    <dl class="sums">
      <div><dt class="visually-hidden">When</dt><dd><time datetime=${session.startedAt}>${momentText(session.startedAt)}</time></dd></div>
      ${session.state === 'open' ? nothing : html`
        ${fact('Heard', lengthText(session.heardSeconds))}
        ${fact('Cost', html`<span role="status">${chargeText(session.charged)}</span>`)}`}
    </dl>
    ${session.state === 'open' ? nothing : outcome(session)}
  </header>`;

/** An interview that goes on somewhere else, or was left without being ended. */
export const going = ({ session, ending }, act) => html`
  <section class="going" aria-labelledby="going">
    <h2 id="going">This interview is not over yet.</h2>
    <p>${session.remainingMs > 0 ? `It has ${spanText(session.remainingMs / 1000)} left. ` : nothing}If you left it, end it here: you
      pay for the part you heard. Your feedback is written then.</p>
    ${ending?.error ? notice(ending.error, { means: isUnsure(ending.error) ? UNSURE : undefined }) : nothing}
    <p><button class="button" type="button" aria-disabled=${Boolean(ending?.busy)} @click=${act.end}>
      ${ending?.busy ? 'Ending it…' : 'End this interview'}</button></p>
  </section>`;
