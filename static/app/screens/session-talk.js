/** What was said: the talk to play again, the words with their times, and the same as files. */
import { html, nothing } from '/vendor/lit.js';
import { flatLine, notice } from '../problem.js';
import { SPEAKERS, gapText, marksOf, offsetText, withGaps } from '../talk.js';
import { legend } from './session-replay.js';

/** The words that somebody was led to, if they stand in this line. */
function words({ number, text }, found) {
  if (found?.number !== number || !found.words) return text || nothing;
  const { from, to } = found.words;
  return html`${text.slice(0, from)}<mark>${text.slice(from, to)}</mark>${text.slice(to)}`;
}

/** Its time is for a pointer; by key the slider does the same. */
function said(line, { session, found, current }, act) {
  const [isFound, isCurrent] = [found?.number === line.number, current === line.number];
  return html`
    <li class="${line.speaker} ${isCurrent ? 'current' : ''} ${isFound ? 'found' : ''}" id=${`line-${line.number}`} tabindex="-1"
      aria-current=${isCurrent ? 'true' : nothing}>
      <button class="at" type="button" tabindex="-1" title="Go to this moment" @click=${() => act.seek(line.atMs)}>
        ${offsetText(line.atMs)}</button>
      <b>${SPEAKERS[line.speaker]}</b>
      <p><span lang=${session.language}>${words(line, found)}</span>${marksOf(line).map((mark) => html`
        <span class="mark">${mark}</span>`)}</p>
      ${isFound ? html`<button class="button back-up" type="button" @click=${act.back}>Back to where you were</button>` : nothing}
    </li>`;
}

const gone = (gap) => html`
  <li class="gap"><span class="at" aria-hidden="true">${offsetText(gap.atMs)}</span><p>${gapText(gap)}</p></li>`;

const files = ({ saving }, act) => html`
  <div class="went">
    <h2 id="said">What was said</h2>
    <div class="files" role="group" aria-label="Save what was said">
      <span class="quiet" aria-hidden="true">Save as</span>
      ${[['text', 'Text'], ['json', 'JSON'], ['vtt', 'WebVTT']].map(([format, name]) => html`
        <button class="button" type="button" @click=${() => act.save(format)}>
          <span class="visually-hidden">Save as </span>${name}</button>`)}
    </div>
  </div>
  ${saving?.error ? notice(saving.error, { act: saving.again }) : nothing}
  <p class="visually-hidden" role="status">${saving?.said}</p>`;

const silent = html`<section class="talk">${flatLine}<p class="quiet">Nothing was said, so there is nothing to read.</p></section>`;

export function talk(state, act) {
  const { shown, gaps } = state;
  if (shown.length === 0) return silent;
  return html`
    <section class="talk" aria-labelledby="said">
      ${files(state, act)}
      ${legend(shown, gaps)}
      <voice-replay role="group" aria-label="The talk again" 
        .lines=${shown} .gaps=${gaps} .moved=${act.moved}></voice-replay>
      <ol class="lines">${withGaps(shown, gaps).map(({ line, gap }) => (gap ? gone(gap) : said(line, state, act)))}</ol>
    </section>`;
}
