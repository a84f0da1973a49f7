/** The lines of a statement as a table: for who owns them, and, with keys and hands, for operators. */
import { html, nothing } from '/vendor/lit.js';
import { amount, change, isZero, moment, size } from '../amounts.js';

const heldWords = (held) => (held.startsWith('-') ? `${size(held)} no longer held` : `${held} held`);

const row = (line, operator) => html`
  <tr role="row">
    <td role="cell" class="when"><time datetime=${line.at}>${moment(line.at)}</time></td>
    <td role="cell" class="what">
      <span>${line.text}</span>
      ${operator ? html`<span class="fine">${line.by ? `by ${line.by}, ` : nothing}${line.key ?? 'no key'}</span>` : nothing}
      ${line.reference ? html`<span class="fine">${line.reference}</span>` : nothing}
    </td>
    <td role="cell" class="change">
      ${isZero(line.amount) ? html`<span class="none">no change</span>`
        : html`<span class=${line.amount.startsWith('-') ? 'out' : 'in'}>${change(line.amount)}</span>`}
      ${isZero(line.held) ? nothing : html`<span class="fine">${heldWords(line.held)}</span>`}
    </td>
    <td role="cell" class="after"><span class="label">then </span>${amount(line.settled)}</td>
  </tr>`;

export const statementTable = (lines, { operator = false } = {}) => html`
  <table class="statement" role="table">
    <caption class="visually-hidden">Every line of the statement, newest first</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">When</th><th role="columnheader" scope="col">What happened</th>
        <th role="columnheader" scope="col" class="number">Change</th>
        <th role="columnheader" scope="col" class="number">${operator ? 'They' : 'You'} had then</th>
      </tr>
    </thead>
    <tbody role="rowgroup">${lines.map((line) => row(line, operator))}</tbody>
  </table>`;
