/** What was said: the line of both voices, the words with their times, and the same as files. */
import { html, nothing } from '/vendor/lit.js';
import { linePath } from '../line.js';
import { flatLine, notice } from '../problem.js';
import { SPEAKERS, cuesOf, lastOf, lengthText, marksOf, offsetText, readable, spokenSeconds, voiceLevels } from '../talk.js';

const WIDTH = 1000;
const HEIGHT = 96;
const CREST_PX = 6; // one crest of the line for so many pixels of width

/** Both voices on one line: where one is heard, the other lies flat. */
function voices(lines) {
  const cues = cuesOf(lines);
  const crests = Math.round(Math.min(WIDTH, innerWidth) / CREST_PX);
  const path = (speaker) => linePath(voiceLevels(cues, speaker, crests), WIDTH, HEIGHT);
  return html`
    <figure class="voices">
      <svg class="line" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        <path class="interviewer" d=${path('interviewer')} /><path class="person" d=${path('person')} />
      </svg>
      <figcaption>
        ${Object.entries(SPEAKERS).map(([speaker, name]) => html`
          <span class=${speaker}>${name}, about ${lengthText(spokenSeconds(cues, speaker))}</span>`)}
        <span>0:00 to ${offsetText(lastOf(cues) * 1000)}</span>
      </figcaption>
    </figure>`;
}

const said = (line) => html`
  <li class=${line.speaker} id=${`line-${line.number}`}>
    <span class="at">${offsetText(line.atMs)}</span>
    <b>${SPEAKERS[line.speaker]}</b>
    <p>${line.text || nothing}${marksOf(line).map((mark) => html` <span class="mark">${mark}</span>`)}</p>
  </li>`;

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

const silent = html`<section>${flatLine}<p class="quiet">Nothing was said, so there is nothing to read.</p></section>`;

export function talk(state, act) {
  const lines = readable(state.lines);
  if (lines.length === 0) return silent;
  return html`
    <section aria-labelledby="said">
      ${files(state, act)}
      ${voices(lines)}
      <ol class="lines">${lines.map(said)}</ol>
    </section>`;
}
