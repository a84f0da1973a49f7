/** The curves as a table: an interview in each row, newest first. */
import { html, nothing } from '/vendor/lit.js';
import { shortDayText } from '../money.js';

const valueIn = ({ points }, id) => points.find((point) => point.id === id);

/** A gap has its reason: it was not judged at all, or nothing supported a grade. */
function cell(curve, id, textOf) {
  const point = valueIn(curve, id);
  if (!point) return html`<td class="number quiet"><span aria-hidden="true">–</span><span class="visually-hidden">not judged</span></td>`;
  return html`<td class="number">${point.value === null ? html`<span class="quiet">empty</span>` : textOf(point.value)}</td>`;
}

/** `columns` are curves, each with its `textOf`; `rubrics` whether there is more than one to tell apart. */
export const asTable = ({ sessions, columns, rubrics }) => html`
  <details class="as-table">
    <summary>Show as table</summary>
    <p class="under">Grades are from 1 to 5. “Empty”: no sentence of yours supported one. A dash: it was not judged.</p>
    <div class="scrolls" tabindex="0" role="region" aria-label="Your interviews in numbers">
      <table class="dense">
        <caption class="visually-hidden">Your interviews in numbers, newest first</caption>
        <thead><tr>
          <th scope="col">Interview</th>
          ${columns.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}
          ${rubrics ? html`<th scope="col" class="rubric">Rubric</th>` : nothing}
        </tr></thead>
        <tbody>${sessions.toReversed().map(({ id, startedAt, jobTitle, rubric }) => html`
          <tr>
            <th scope="row">
              <a href=${`/sessions/${id}`}>${shortDayText(Date.parse(startedAt))}</a><span class="fine">${jobTitle}</span>
            </th>
            ${columns.map((curve) => cell(curve, id, curve.textOf))}
            ${rubrics ? html`<td class="rubric">${rubric ?? html`<span class="quiet">not scored</span>`}</td>` : nothing}
          </tr>`)}</tbody>
      </table>
    </div>
  </details>`;
