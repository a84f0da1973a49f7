/** The scores, one row each: a name, the grade as a line, what it means. A row opens into why, and into the person's say. */
import { html, nothing } from '/vendor/lit.js';
import { momentText } from '../money.js';
import { notice } from '../problem.js';
import { GRADE_HEIGHT, GRADE_WIDTH, reachedPath, restPath } from '../report/grade.js';
import { MOST, emptyText, gradeText } from '../report/words.js';
import { quotation } from './report-parts.js';

const drawn = ({ grade, most }) => html`
  <svg class="line grade ${grade === null ? 'empty' : ''}" viewBox="0 0 ${GRADE_WIDTH} ${GRADE_HEIGHT}" preserveAspectRatio="none"
    aria-hidden="true">
    <path class="rest" d=${restPath(grade, most)} /><path d=${reachedPath(grade, most)} />
  </svg>`;

const field = ({ said, fault }, { criterion, name }, act) => html`
  <label for=${`why-${criterion}`}>Why do you disagree with the score for ${name.toLowerCase()}?</label>
  <p class="hint" id=${`hint-${criterion}`}>Up to ${MOST} characters. It is kept beside the score; it does not change it.</p>
  <textarea id=${`why-${criterion}`} name="why" rows="3" .value=${said} aria-invalid=${Boolean(fault)}
    aria-describedby=${`hint-${criterion} fault-${criterion}`} @input=${({ target }) => act.sayWhy(target.value)}></textarea>
  <p class="fault" id=${`fault-${criterion}`} role="status">${fault}</p>`;

const form = (saying, score, act) => html`
  <form class="disagree" novalidate @submit=${(event) => act.object(event, score.criterion)}>
    ${field(saying, score, act)}
    ${saying.error ? notice(saying.error) : nothing}
    <div class="row">
      <button class="button" type="submit" aria-disabled=${Boolean(saying.busy)}>
        ${saying.busy ? 'Keeping it…' : 'Keep my objection'}</button>
      <button class="button" type="button" @click=${act.disagreeNot}>Cancel</button>
    </div>
  </form>`;

const kept = ({ why, at }, { criterion, taking }, act) => html`
  <div class="objection" id=${`objection-${criterion}`} tabindex="-1">
    <p><strong>You disagree</strong> <time class="quiet" datetime=${at}>${momentText(at)}</time></p>
    <p class="why-not">${why}</p>
    ${taking?.error ? notice(taking.error) : nothing}
    <p class="no-print"><button class="button" type="button" aria-disabled=${Boolean(taking?.busy)} @click=${() => act.takeBack(criterion)}>
      ${taking?.busy ? 'Taking it back…' : 'Take it back'}</button></p>
  </div>`;

function say(score, objection, { saying, taking, act }) {
  const { criterion, name } = score;
  if (objection) return kept(objection, { criterion, taking: taking?.criterion === criterion ? taking : null }, act);
  if (saying?.criterion === criterion) return form(saying, score, act);
  return html`
    <p class="no-print"><button class="button" type="button" id=${`disagree-${criterion}`} @click=${() => act.disagree(criterion)}>
      I disagree<span class="visually-hidden"> with the score for ${name.toLowerCase()}</span></button></p>`;
}

function row(score, view) {
  const { name, about, grade, anchor, reason, why, quotes, criterion } = score;
  const objection = view.objections.find((one) => one.criterion === criterion);
  return html`
    <li>
      <details class="score ${grade === null ? 'empty' : ''}">
        <summary>
          <span class="name">${name}</span>
          ${drawn(score)}
          <span class="figure">${gradeText(score)}</span>
          <span class="anchor">${grade === null ? emptyText(reason) : anchor}${objection
            ? html` <span class="disputed">You disagree.</span>` : nothing}</span>
        </summary>
        <div class="behind">
          ${why ? html`<p lang=${view.language}>${why}</p>` : nothing}
          ${quotes.map((quote) => quotation(quote, view))}
          <p class="quiet">What is looked at: ${about}</p>
          ${say(score, objection, view)}
        </div>
      </details>
    </li>`;
}

export const scores = (view) => html`
  <section class="scores" aria-labelledby="scores">
    <h3 id="scores">Scores</h3>
    <ul>${view.report.scores.map((score) => row(score, view))}</ul>
  </section>`;
