/** The report of an interview: the one thing to work on, the scores, what went well; or how far it is. */
import { html, nothing } from '/vendor/lit.js';
import { linePath, speechLevels } from '../line.js';
import { momentText } from '../money.js';
import { notice } from '../problem.js';
import { isPending } from '../report/watch.js';
import { failureNext, failureText, makingText, openingOf } from '../report/words.js';
import { offsetText } from '../talk.js';
import { counted } from './report-counts.js';
import { badge, made } from './report-made.js';
import { quotation } from './report-parts.js';
import { scores } from './report-scores.js';

const PERIOD = 500;
const HEIGHT = 48;
const LONG_MS = 600_000; // after this a clock that counts on tells nothing

/** Two equal stretches of a voice; the second takes the place of the first as they move along. */
const breath = speechLevels([{ from: 0, to: 9 }], 9, 49);
const moving = html`
  <div class="moving" aria-hidden="true">
    <svg class="line" viewBox="0 0 ${2 * PERIOD} ${HEIGHT}" preserveAspectRatio="none">
      <path d=${linePath([...breath, ...breath.slice(1)], 2 * PERIOD, HEIGHT)} />
    </svg>
  </div>`;

function since({ at, what }, now) {
  if (now - at > LONG_MS) return `${what}: ${momentText(new Date(at).toISOString())}`;
  return html`${what} <span class="clock">${offsetText(now - at)}</span> ago`;
}

function making({ feedback, begun, now, lost }) {
  const [sentence, means] = makingText(feedback.state, feedback.counts);
  return html`
    <div class="stage" tabindex="-1">
      <p class="opening">${sentence}</p>
      ${moving}
      <p>${means}</p>
      <p class="quiet">${since(begun, now)}. ${begun.stay
        ? 'Please stay on this page for so long: this try goes on only while it is open.'
        : 'You may leave this page: it goes on without you, and the feedback will stand here.'}</p>
      ${lost ? notice(lost, { means: 'We keep asking. Your feedback is written all the same.' }) : nothing}
    </div>`;
}

const failed = ({ feedback, trying }, act) => html`
  <div class="stage" tabindex="-1">
    <p class="opening">Your feedback could not be written.</p>
    <p>${failureText(feedback.failure)} It costs nothing, and nothing of your interview is lost.</p>
    <p>${failureNext(feedback)}</p>
    ${trying?.error ? notice(trying.error) : nothing}
    ${feedback.triesLeft > 0 ? html`<p><button class="button primary" type="button" @click=${act.tryAgain}>Try again</button></p>`
      : feedback.failure === 'not_set_up' ? nothing
        : html`<p><a class="button" href="mailto:support@vocahire.com">Write to us</a></p>`}
  </div>`;

function opening(view) {
  const { report, language } = view;
  const [sentence, why] = openingOf(report);
  const isTheirs = !report.tooShort && report.nextStep;
  return html`
    <div class="stage">
      ${isTheirs ? html`<h3 class="label">Work on this next</h3>` : nothing}
      <p class="opening" lang=${isTheirs ? language : nothing}>${sentence}</p>
      ${why ? html`<p>${why}</p>` : nothing}
      ${isTheirs && report.nextStep.quote ? quotation(report.nextStep.quote, view) : nothing}
    </div>`;
}

const point = ({ text, quote }, view) => html`
  <li><p lang=${view.language}>${text}</p>${quote ? quotation(quote, view) : nothing}</li>`;

const points = (id, title, list, view) => (list.length === 0 ? nothing : html`
  <section class="points" aria-labelledby=${id}>
    <h3 id=${id}>${title}</h3>
    <ul>${list.map((one) => point(one, view))}</ul>
  </section>`);

/** The question leads to its moment; the answer is nobody's words yet. */
const better = ({ better: told }, view) => (told ? html`
  <section class="better" aria-labelledby="better">
    <h3 id="better">A better answer to your weakest question</h3>
    ${quotation({ line: told.line, text: told.question, atMs: view.shown?.find(({ number }) => number === told.line)?.atMs ?? 0 }, view)}
    <div class="example">
      <p lang=${view.language}>${told.answer}</p>
      <p class="quiet">An example, written by AI. Take its shape and put your own facts in.</p>
    </div>
  </section>` : nothing);

const whole = (view) => html`
  ${scores(view)}
  ${view.report.strengths.length + view.report.improvements.length === 0 ? nothing : html`<div class="beside-each-other">
    ${points('strengths', 'What went well', view.report.strengths, view)}
    ${points('improvements', 'What to improve', view.report.improvements, view)}
  </div>`}
  ${better(view.report, view)}`;

const keep = ({ saving }, act) => html`
  <div class="keep no-print">
    <h3 id="keep">Keep this report</h3>
    <div class="files" role="group" aria-labelledby="keep">
      <button class="button" type="button" @click=${() => print()}>Print or save as PDF</button>
      ${[['text', 'Text'], ['json', 'JSON']].map(([format, name]) => html`
        <button class="button" type="button" @click=${() => act.saveReport(format)}>
          <span class="visually-hidden">Save the report as </span>${name}</button>`)}
    </div>
    ${saving?.report && saving.error ? notice(saving.error, { act: saving.again }) : nothing}
  </div>`;

function body(view) {
  const { feedback, act } = view;
  if (isPending(feedback)) return making(view);
  return view.report ? opening(view) : failed(view, act);
}

/** @param {any} state @param {any} act */
export function feedbackPart(state, act) {
  const { feedback, lost, told } = state;
  const report = feedback?.state === 'scored' ? feedback.report : null;
  const view = { ...state, act, report, objections: feedback?.objections ?? [], language: state.session.language };
  return html`
    <section class="report" aria-labelledby="feedback">
      <div class="report-head">
        <h2 id="feedback">Your feedback</h2>
        ${report ? html`${badge(report)}${made(report)}` : nothing}
      </div>
      <p class="visually-hidden" role="status">${told}</p>
      ${feedback ? body(view) : nothing}
      ${!feedback && lost ? notice(lost, { act: act.lookAgain }) : nothing}
      ${report ? whole(view) : nothing}
      ${feedback?.counts ? counted(feedback.counts, view) : nothing}
      ${report ? keep(state, act) : nothing}
    </section>`;
}
