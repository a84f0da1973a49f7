/** What interviews have taken and cost, and whether more can begin: the fuse, the cron, the models. */
import { html, nothing } from '/vendor/lit.js';
import { costLevels, dollarText, endText, minutesText } from '../admin/usage.js';
import { timePath } from '../line.js';
import { amountText, momentText, several } from '../money.js';
import { notice } from '../problem.js';

const WIDTH = 1000;
const HEIGHT = 100;
const SETTINGS = { VOICE_MODEL: 'speaks', TRANSCRIBE_MODEL: 'writes down what was heard', FEEDBACK_MODEL: 'writes the feedback' };

/** What the picture shows stands in the table too. */
const plot = (days) => html`
  <svg class="line spent" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    <path d=${timePath(costLevels(days), WIDTH, HEIGHT)} />
  </svg>
  <p class="fine" aria-hidden="true">${days.at(-1).day} to ${days[0].day}: what each day cost, up to
    ${dollarText(days.map(({ cost }) => cost).sort((a, b) => Number(b) - Number(a))[0])}</p>`;

const heads = (names) => html`<thead><tr>${names.map((name, i) => html`
  <th scope="col" class=${i === 0 ? '' : 'number'}>${name}</th>`)}</tr></thead>`;

const numbers = (cells) => cells.map((cell) => html`<td class="number">${cell}</td>`);

const dayTable = (days) => html`
  <div class="scrolls" tabindex="0" role="region" aria-label="Usage by day">
    <table class="dense">
      <caption class="visually-hidden">Interviews that ended on each day, UTC</caption>
      ${heads(['Day', 'Interviews', 'Free', 'Talk', 'Cost', 'Credits charged', 'Failures', 'Given back'])}
      <tbody>${days.map((one) => html`
        <tr><th scope="row">${one.day}</th>${numbers([
          one.sessions, one.free, minutesText(one.seconds), dollarText(one.cost), amountText(one.charged), one.failures,
          `${one.refunds} (${amountText(one.refunded)})`,
        ])}</tr>`)}</tbody>
    </table>
  </div>`;

const tokensText = ({ textIn, textOut, audioIn, audioOut }) =>
  `text ${textIn} in, ${textOut} out; audio ${audioIn} in, ${audioOut} out`;

const single = (one) => html`
  <tr>
    <td><code>${one.id}</code><span class="fine">${momentText(one.endedAt)}, ${one.model}</span></td>
    <td><a href=${`/admin?${new URLSearchParams({ user: one.userId })}`}>${one.userId}</a></td>
    <td>${one.ending.replaceAll('_', ' ')}${one.free ? html`<span class="fine">free</span>` : nothing}
      <span class="fine">${tokensText(one.tokens)}</span></td>
    ${numbers([minutesText(one.seconds), dollarText(one.cost), amountText(one.charged)])}
  </tr>`;

const singles = (sessions) => html`
  <h3>Single interviews</h3>
  <div class="scrolls" tabindex="0" role="region" aria-label="Single interviews">
    <table class="dense">
      <caption class="visually-hidden">Interviews that are over, newest first</caption>
      <thead><tr><th scope="col">Interview</th><th scope="col">Whose</th><th scope="col">How it ended</th>
        ${['Talk', 'Cost', 'Charged'].map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
      <tbody>${sessions.map(single)}</tbody>
    </table>
  </div>`;

export const usage = (state, act) => html`
  <section aria-labelledby="usage">
    <h2 id="usage">Usage</h2>
    ${state.days.length === 0 ? nothing : html`${plot(state.days)}${dayTable(state.days)}`}
    ${state.sessions.length === 0 ? nothing : singles(state.sessions)}
    ${state.error ? notice(state.error, { act: act.more }) : nothing}
    <p class="said" role="status">${state.said}</p>
    ${state.next && !state.error ? html`<button class="button" type="button" @click=${act.more}>Show more interviews</button>` : nothing}
  </section>`;

const limitText = (limit) => (limit === null ? 'no limit' : `of ${limit}`);

const fuseText = (fuse) => html`
  ${fuse.spendBlown ? html`<strong class="wrong">Blown: no interview begins.</strong>` : nothing}
  ${fuse.freeBlown && !fuse.spendBlown ? html`<strong class="wrong">Blown: no free interview begins.</strong>` : nothing}
  ${fuse.weighedAt
    ? html`In the last 24 hours ${several(fuse.freeStarts, 'free start')} (${limitText(fuse.freeStartsPerDay)}) and ${dollarText(fuse.cost)}
      (${limitText(fuse.spendPerDay && dollarText(fuse.spendPerDay))}), weighed ${momentText(fuse.weighedAt)}.`
    : 'Not weighed yet.'}`;

const isWrong = ({ listed, days }) => listed === false || (days !== null && days <= 7);

const model = (one) => html`
  <li class=${isWrong(one) ? 'wrong' : ''}><code>${one.model}</code> ${SETTINGS[one.setting]}: ${endText(one)}.</li>`;

const known = (told) => html`
  <dl class="facts">
    <div><dt>Settings</dt><dd>${told.settings ? 'all there' : html`
      <strong class="wrong">some are missing or wrong: /api/diagnostic/env</strong>`}</dd></div>
    <div><dt>Cron</dt><dd>${told.cron.lastStrokeAt ? `last stroke ${momentText(told.cron.lastStrokeAt)}` : 'has never struck'}.
      ${told.cron.ok ? nothing : html`<strong class="wrong">It is late: it strikes every five minutes.</strong>`}</dd></div>
    <div><dt>Spend fuse</dt><dd>${fuseText(told.fuse)}</dd></div>
    <div><dt>Webhooks</dt>
      <dd>${told.webhooks.failures === 0 ? 'none failed' : `${several(told.webhooks.failures, 'event')} failed`}</dd></div>
  </dl>
  <h3>Models</h3>
  ${told.models.silent ? html`<p class="wrong">OpenAI has not told us its list for three days: what stands here may be old.</p>` : nothing}
  <ul class="differences">${told.models.models.map(model)}</ul>`;

export const readiness = (state, act) => html`
  <section aria-labelledby="readiness">
    <h2 id="readiness">Can people be interviewed?</h2>
    ${state.told ? html`<p><strong>${state.told.ok ? 'Yes, and nothing is coming up.' : 'Something needs you.'}</strong></p>` : nothing}
    ${state.told?.database === false ? html`<p class="wrong">The database does not answer.</p>` : nothing}
    ${state.told?.database ? known(state.told) : nothing}
    ${state.readinessError ? notice(state.readinessError, { act: act.look }) : nothing}
  </section>`;

export const NOTHING = { told: null, readinessError: null, days: [], sessions: [], next: null, error: null, said: '' };

/** `tell` hears the whole state after each change. */
export function using(api, tell) {
  let state = NOTHING;
  const say = (more) => {
    state = { ...state, ...more };
    tell(state);
  };
  return {
    async look() {
      await api.get('/api/diagnostic/readiness')
        .then((told) => say({ told, readinessError: null }), (readinessError) => say({ readinessError }));
    },
    async more() {
      say({ said: 'Reading…', error: null });
      try {
        const found = await api.get(`/api/admin/usage${state.next ? `?${new URLSearchParams({ before: state.next })}` : ''}`);
        const sessions = [...state.sessions, ...found.sessions];
        const said = sessions.length ? `${several(sessions.length, 'interview')} shown.` : 'No interview is over yet.';
        say({ days: found.days ?? state.days, sessions, next: found.next, said });
      } catch (error) {
        say({ error, said: '' });
      }
    },
  };
}
