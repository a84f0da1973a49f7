/** What we count ourselves, said plainly to be that. */
import { html, nothing } from '/vendor/lit.js';
import { countsOf, wordShares } from '../report/words.js';
import { SPEAKERS } from '../talk.js';
import { moment } from './report-parts.js';

const WIDTH = 1000;
const GAP = 4;

const wordsText = (number) => `${number.toLocaleString('en')} word${number === 1 ? '' : 's'}`;

/** Who had the word, as one bar in two parts. */
function words(told) {
  const { you, interviewer } = wordShares(told);
  const part = (WIDTH * you) / 100;
  return html`
    <figure class="shares">
      <svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="person" width=${Math.max(0, part - GAP / 2)} height="10" />
        <rect class="interviewer" x=${part + GAP / 2} width=${Math.max(0, WIDTH - part - GAP / 2)} height="10" />
      </svg>
      <figcaption>
        <span class="person"><strong>You ${you} %</strong> · ${wordsText(told.you)}</span>
        <span class="interviewer"><strong>${SPEAKERS.interviewer} ${interviewer} %</strong> · ${wordsText(told.interviewer)}</span>
      </figcaption>
    </figure>`;
}

const fact = ({ name, figure, means, longest }, view) => html`
  <div>
    <dt>${name}</dt>
    <dd><span class="figure">${figure}</span>
      <p>${means}${longest ? moment(longest, ', at', view) : nothing}.</p></dd>
  </div>`;

export function counted(counts, view) {
  const timeOf = (number) => view.shown?.find((line) => line.number === number)?.atMs ?? null;
  return html`
    <section class="counted" aria-labelledby="counted">
      <h3 id="counted">Counted by us</h3>
      <p class="quiet">Counted from what was said and when. No AI is asked, and nothing here judges a voice, an emotion, an accent or a
        face.</p>
      ${words(counts.words)}
      <dl>${countsOf(counts, timeOf).map((one) => fact(one, view))}</dl>
    </section>`;
}
