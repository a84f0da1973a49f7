/** The head of an interview: what it was, when, how long, what it cost and by which rule. */
import { html, nothing } from '/vendor/lit.js';
import { isUnsure } from '../api.js';
import { remainingAt } from '../interview/heartbeat.js';
import { CHOICES } from '../lobby/draft.js';
import { spanText } from '../lobby/price.js';
import { momentText } from '../money.js';
import { notice } from '../problem.js';
import { NO_RETURN, chargeText, endingText, lengthText } from '../talk.js';

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
const FOLLOWING = {
  on: 'You see here what is said, as soon as it is said.',
  away: 'This page has lost the interview for a moment; trying again.',
  elsewhere: 'Too many screens follow this interview, so this one has stopped. Load the page again to follow it here.',
};

const STANDS = {
  reconnecting: 'Its connection is gone at the moment; it waits two minutes for its person to come back.',
  paused: 'It is paused.',
};

const stands = ({ paused, connection }) => STANDS[paused ? 'paused' : connection] ?? nothing;

/** The time goes by between two news; before the first of them it is as it was read. */
function left({ session, standing }) {
  const ms = remainingAt(standing, Date.now(), Infinity) ?? session.remainingMs;
  return ms > 0 ? `It has ${spanText(ms / 1000)} left. ` : nothing;
}

const WAYS = 'You can go on with it, or end it: you pay for the part you heard, and your feedback is written then.';
const NO_WAY_BACK = `${NO_RETURN} You can end it; your feedback is written then.`;

const goOn = ({ id }) => html`<a class="button primary" href=${`/interview?go-on=${id}`}>Go on with it</a>`;

export const going = ({ session, standing, ending, live }, act) => html`
  <section class="going" aria-labelledby="going">
    <h2 id="going">This interview is not over yet.</h2>
    <p role="status">${FOLLOWING[live] ?? nothing} ${live === 'on' ? stands(session) : nothing}</p>
    <p>${left({ session, standing })}${session.reconnectsLeft === 0 ? NO_WAY_BACK : WAYS}</p>
    ${ending?.error ? notice(ending.error, { means: isUnsure(ending.error) ? UNSURE : undefined }) : nothing}
    <p class="ways">${session.reconnectsLeft === 0 ? nothing : goOn(session)}
      <button class="button" type="button" aria-disabled=${Boolean(ending?.busy)} @click=${act.end}>
      ${ending?.busy ? 'Ending it…' : 'End this interview'}</button></p>
  </section>`;
