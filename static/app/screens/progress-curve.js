/** One curve of many: its name, how it stands now, and the line over time, each point of which leads to its interview. */
import { html, nothing, svg } from '/vendor/lit.js';
import { timePath } from '../line.js';
import { shortDayText } from '../money.js';
import { breaksOf, known, reachOf, runsOf } from '../progress/series.js';

const WIDTH = 1000;
const HEIGHT = 100;
const MANY = 40; // points that would touch each other

const rule = (levels) => levels.map((level) => `M0 ${HEIGHT - level * HEIGHT}H${WIDTH}`).join('');

const place = ({ scale, levelOf }) => ({ at, value }) => ({ at: scale.place(at), level: levelOf(value) });

/** All of the height above a point leads to where the point does: a dot alone would be hard to hit. */
function doors(points, view) {
  const placed = points.map(place(view));
  return reachOf(placed.map(({ at }) => at)).map(({ left, width }, i) => svg`
    <a href=${`/sessions/${points[i].id}`} tabindex="-1">
      <title>${`${shortDayText(points[i].at)}: ${view.textOf(points[i].value)}, ${points[i].jobTitle}`}</title>
      <rect x=${left * WIDTH} y="0" width=${width * WIDTH} height=${HEIGHT} />
      <path class="dot" d=${timePath([placed[i]], WIDTH, HEIGHT)} />
    </a>`);
}

/** What the picture shows stands in the table too, for who cannot see it or use a mouse. */
const picture = (points, view) => html`
  <svg class="line ${points.length > MANY ? 'many' : ''}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    <path class="rule" d=${rule(view.rules)} />
    ${breaksOf(points).map((at) => svg`<path class="break" d=${`M${view.scale.place(at) * WIDTH} 0V${HEIGHT}`} />`)}
    ${runsOf(points).map((run) => svg`<path d=${timePath(run.map(place(view)), WIDTH, HEIGHT)} />`)}
    ${doors(known(points), view)}
  </svg>`;

/**
 * `view` says how values are drawn and told: `scale`, `levelOf`, `textOf`, `rules` (levels with a hairline), `ends` (the
 * words beside the lowest and the highest).
 */
export const multiple = ({ name, about, points }, { now, change }, view) => html`
  <li class="multiple">
    <h3>${name}</h3>
    <p class="now"><strong>${now}</strong> ${change ? html`<span class=${change.split(' ')[0]}>${change}</span>` : nothing}</p>
    <p class="about">${about}</p>
    <div class="plot" aria-hidden="true">
      <span class="limit">${view.ends[1]}</span><span class="limit low">${view.ends[0]}</span>
      ${picture(points, view)}
      <p class="dates">
        <span>${shortDayText(view.scale.from)}</span>
        ${view.scale.to > view.scale.from ? html`<span>${shortDayText(view.scale.to)}</span>` : nothing}
      </p>
    </div>
  </li>`;
