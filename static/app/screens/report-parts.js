/** What several parts of the report show: words of the person that lead to their moment. */
import { html, nothing } from '/vendor/lit.js';
import { lineOf } from '../report/quotes.js';
import { offsetText } from '../talk.js';

/** A quotation leads to its line, if that is there. `view` holds the lines and the language of the talk. */
export function quotation({ line, text, atMs }, { shown, language, act }) {
  const words = html`<q lang=${language}>${text}</q>`;
  const told = lineOf(shown, line);
  if (!told) return html`<blockquote class="quote"><p>${words}</p></blockquote>`;
  return html`
    <blockquote class="quote">
      <a href=${`#line-${line}`} @click=${(event) => act.jump(event, { number: line, text, atMs })}>
        ${words} <span class="at"><span class="visually-hidden">, said at </span>${offsetText(atMs)}</span>
      </a>
    </blockquote>`;
}

/** A moment inside a sentence. */
export const moment = ({ line, text }, words, { shown, act }) => (lineOf(shown, line)
  ? html`${words} <a href=${`#line-${line}`} @click=${(event) => act.jump(event, { number: line })}>${text}</a>`
  : nothing);
