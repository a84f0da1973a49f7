/** A statement as a table, page by page; for its owner, and with keys and names for an operator. */
import { LitElement, html, nothing } from '/vendor/lit.js';
import { curvePath } from '../line.js';
import { amountText, balanceLevels, changesOf, momentText, withPage } from '../money.js';
import { notice } from '../problem.js';

const WIDTH = 1000;
const HEIGHT = 64;
const LEAST_FOR_CURVE = 3; // two points would only draw a slope

class LedgerStatement extends LitElement {
  static properties = {
    load: { attribute: false }, // (cursor or null) => a page of the API
    heard: { attribute: false }, // told of each first page: it carries the balance of this moment
    audited: { type: Boolean },
    curve: { type: Boolean },
    lines: { state: true },
    next: { state: true },
    state: { state: true },
    said: { state: true },
  };

  #turn = 0;
  #failure = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  /** From the newest line again. */
  async refresh() {
    const page = await this.#ask(null);
    if (!page) return;
    this.lines = page.lines;
    this.heard?.(page);
  }

  async #earlier() {
    if (this.state === 'loading') return;
    const before = this.lines.length;
    const page = await this.#ask(this.next);
    if (!page) return;
    this.lines = withPage(this.lines, page.lines);
    const count = this.lines.length - before;
    this.said = `${count} earlier ${count === 1 ? 'entry' : 'entries'} shown.${this.next ? '' : ' That is the whole statement.'}`;
    await this.updateComplete;
    this.querySelectorAll('tbody tr')[before]?.focus(); // reading goes on where the new lines begin
  }

  /** A page, or nothing when it failed or something newer was asked for meanwhile. */
  async #ask(cursor) {
    this.#turn += 1;
    const mine = this.#turn;
    this.state = 'loading';
    this.said = '';
    try {
      const page = await this.load(cursor);
      if (mine !== this.#turn) return null;
      this.next = page.next;
      this.state = 'shown';
      return page;
    } catch (error) {
      if (mine !== this.#turn) return null;
      this.#failure = error;
      this.state = 'failed';
      return null;
    }
  }

  render() {
    return html`
      ${this.lines ? this.#statement() : nothing}
      ${this.state === 'failed' ? notice(this.#failure, { act: () => (this.lines ? this.#earlier() : this.refresh()) }) : nothing}
      ${this.state === 'loading' && !this.lines ? html`<p class="quiet" role="status">Opening the statement…</p>` : nothing}
      ${this.state !== 'failed' && this.lines && this.next ? html`
        <button class="button earlier" type="button" aria-disabled=${this.state === 'loading'} @click=${() => this.#earlier()}>
          Show earlier</button>` : nothing}
      <p class="visually-hidden" role="status">${this.said}</p>`;
  }

  #statement() {
    if (!this.lines.length) return html`<p class="quiet">Nothing has happened yet. Every change will stand here, with its reason.</p>`;
    return html`
      ${this.curve && this.lines.length >= LEAST_FOR_CURVE ? balanceCurve(this.lines) : nothing}
      <table class="statement ${this.audited ? 'audited' : ''}" role="table">
        <caption class="visually-hidden">Statement in VocahireCredits, newest first</caption>
        <thead role="rowgroup"><tr role="row">
          ${['Date', 'What happened'].map((name) => head(name))}
          ${this.audited ? ['Key', 'By'].map((name) => head(name)) : nothing}
          ${['Change', 'Available after'].map((name) => head(name, 'number'))}
        </tr></thead>
        <tbody role="rowgroup">${this.lines.map((line) => row(line, this.audited))}</tbody>
      </table>`;
  }
}

const head = (name, kind = '') => html`<th role="columnheader" scope="col" class=${kind}>${name}</th>`;

const row = (line, audited) => html`
  <tr role="row" tabindex="-1">
    <td role="cell" class="when"><time datetime=${line.at}>${momentText(line.at)}</time></td>
    <td role="cell" class="what">${line.text}${line.reference ? html` <span class="reference">${line.reference}</span>` : nothing}</td>
    ${audited ? html`
      <td role="cell" class="key">${line.key}</td>
      <td role="cell" class="by">${line.by}</td>` : nothing}
    <td role="cell" class="number change">${changesOf(line).map(({ what, text }) => html`<span class=${what}>${text}</span>`)}</td>
    <td role="cell" class="number after">${amountText(line.available)}<span class="unit"> available</span></td>
  </tr>`;

const balanceCurve = (lines) => html`
  <figure class="balance-curve">
    <svg class="line" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <path d=${curvePath(balanceLevels(lines), WIDTH, HEIGHT)} />
    </svg>
    <figcaption>What was available after each entry below, the oldest at the left.</figcaption>
  </figure>`;

customElements.define('ledger-statement', LedgerStatement);
