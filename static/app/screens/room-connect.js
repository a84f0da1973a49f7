/** The room before the first word, and after the last one where there was none: five steps that tick off, or what went wrong. */
import { html, nothing } from '/vendor/lit.js';
import { STEP_WORDS, WAY_WORDS } from '../interview/words.js';
import { flatLine, request } from '../problem.js';

const STATES = { waiting: 'to come', going: 'under way', done: 'done', skipped: 'not needed', failed: 'failed' };

const timeText = (ms) => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

const step = ({ name, state, ms }) => html`
  <li data-state=${state} aria-current=${state === 'going' ? 'step' : nothing}>
    <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${state === 'failed' ? 'M4 4L12 12M12 4L4 12' : 'M3 8.5L6.5 12L13 4.5'} /></svg>
    <span>${STEP_WORDS[name]}</span><span class="visually-hidden">, ${STATES[state]}</span>
    <span class="ms">${state === 'skipped' ? 'you type' : ms === null ? nothing : timeText(ms)}</span>
  </li>`;

export const stepList = (steps) => html`<ol class="steps">${steps.map(step)}</ol>`;

export const connecting = ({ steps, attempt, status, isPaidAhead }, { cancel }) => html`
  <div class="connecting">
    <h1 tabindex="-1">${status === 'checking' ? 'One moment: your microphone.' : 'Calling your interviewer.'}</h1>
    <p class="lead">It is an AI voice, and this is practice. It begins to talk by itself.
      ${isPaidAhead && status === 'connecting' ? 'It is paid from now on, even if you cancel.' : nothing}</p>
    ${stepList(steps)}
    <p class="said" role="status">${attempt > 1
      ? `The call did not come through. This is try ${attempt} of 3; nothing was charged.` : nothing}</p>
    <button class="button" type="button" @click=${cancel}>Cancel</button>
  </div>`;

export const closing = html`
  <div class="connecting" role="status">
    <h1 tabindex="-1">Closing the interview.</h1>
    <p class="lead">Your microphone is off. The time you heard is being counted; then you see your feedback.</p>
  </div>`;

export const elsewhere = (act) => html`
  <section class="problem">
    ${flatLine}
    <h1 tabindex="-1">This interview goes on in another window.</h1>
    <p>Your microphone is off here, and nothing was ended.</p>
    <div class="ways">
      <button class="button primary" type="button" @click=${act.takeBack}>Take it back here</button>
      <button class="button" type="button" @click=${act.back}>Back to the start page</button>
    </div>
  </section>`;

const placeOf = (name, id) => ({ credits: '/credits', lab: '/diagnostics/webrtc', look: `/sessions/${id}` })[name];

const way = (name, i, id, act) => (placeOf(name, id)
  ? html`<a class="button ${i ? '' : 'primary'}" href=${placeOf(name, id)}>${WAY_WORDS[name]}</a>`
  : html`<button class="button ${i ? '' : 'primary'}" type="button" @click=${act[name]}>${WAY_WORDS[name]}</button>`);

/** `told` are the words and the ways on, the likeliest first; the steps say where it failed, if it did in one of them. */
export const failure = ({ happened, means, next, ways }, { id, steps, requestId, act, said }) => html`
  <section class="problem">
    ${flatLine}
    <h1 tabindex="-1">${happened}</h1>
    <p>${means}</p>
    <p>${next}</p>
    <div class="ways">${ways.map((name, i) => way(name, i, id, act))}</div>
    ${steps.some(({ state }) => state === 'failed') ? stepList(steps.filter(({ state }) => state !== 'waiting')) : nothing}
    ${requestId ? request(requestId) : nothing}
    <p class="record"><button class="button" type="button" @click=${act.copyRecord}>Copy the technical record</button>
      <span class="said" role="status">${said}</span></p>
  </section>`;
