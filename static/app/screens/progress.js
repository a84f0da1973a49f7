/** Am I getting better, and at what: one sentence, a curve for each criterion, the weeks of practice, and what comes next. */
import { html, nothing, render } from '/vendor/lit.js';
import { linePath } from '../line.js';
import { CHOICES } from '../lobby/draft.js';
import { inWords, shortDayText } from '../money.js';
import { flatLine, notice } from '../problem.js';
import { suggestion } from '../progress/advice.js';
import { breaksOf, countCurves, focusesOf, gradeCurves, gradeLevel, timeScale } from '../progress/series.js';
import { changeWords, gradeText, headline, presentRubric, standOf } from '../progress/standing.js';
import { practiceText, weekLevels, weeksOf } from '../progress/weeks.js';
import { multiple } from './progress-curve.js';
import { asTable } from './progress-table.js';

const ALL = 'all';
const WEEKS_WIDTH = 1000;
const WEEKS_HEIGHT = 56;
const LEAST_FILLERS = 5; // for a hundred words: the top of a scale that would else make much of little

const nameOf = (focus) => CHOICES.focus[focus]?.name ?? focus;
const percent = (share) => `${Math.round(share * 100)} %`;
const rate = (fillers) => fillers.toFixed(1);

const none = html`
  <div class="none">
    ${flatLine}
    <p class="lead">No interview yet. With the second one that is scored, this line becomes your curve.</p>
    <p><a class="button primary" href="/interview">Get ready for the first</a></p>
  </div>`;

const filter = (focuses, chosen, choose) => html`
  <fieldset class="focuses" @change=${({ target }) => choose(target.value)}>
    <legend class="visually-hidden">Show interviews about</legend>
    ${[ALL, ...focuses].map((focus) => html`
      <label><input type="radio" name="focus" value=${focus} .checked=${focus === chosen}>
        <span>${focus === ALL ? 'All' : nameOf(focus)}</span></label>`)}
  </fieldset>`;

/** A row of grades can be told apart without colour: each has its words. */
function grades(curves, scale, rubric) {
  const view = { scale, levelOf: gradeLevel, textOf: (value) => `${value} of 5`, rules: [0, 0.25, 0.5, 0.75, 1], ends: ['1', '5'] };
  return html`
    <section aria-labelledby="grades">
      <h2 id="grades">Grades</h2>
      ${curves.some(({ points }) => breaksOf(points).length > 0)
        ? html`<p class="under">At a dashed line the rubric or the level changed: grades to its left and right cannot be
            compared.</p>` : nothing}
      <ol class="multiples">${curves.map((curve) => {
        const stand = standOf(curve, rubric);
        return multiple(curve, { now: stand.now === null ? 'empty' : gradeText(stand.now), change: changeWords(stand) }, view);
      })}</ol>
    </section>`;
}

const TEXTS = { share: percent, fillers: rate };

const COUNTED = {
  share: () => ({ levelOf: (value) => value, rules: [0, 0.5, 1], ends: ['0 %', '100 %'] }),
  fillers: (points) => {
    const most = Math.max(LEAST_FILLERS, ...points.map(({ value }) => Math.ceil(value ?? 0)));
    return { levelOf: (value) => value / most, rules: [0, 0.5, 1], ends: ['0', String(most)] };
  },
};

const counts = (curves, scale) => html`
  <section aria-labelledby="counted">
    <h2 id="counted">What we count</h2>
    <p class="under">Counted from the words alone, without an AI. More or less is not better in itself.</p>
    <ol class="multiples">${curves.map((curve) => {
      const view = { scale, textOf: TEXTS[curve.key], ...COUNTED[curve.key](curve.points) };
      const last = curve.points.findLast(({ value }) => value !== null);
      return multiple(curve, { now: last ? view.textOf(last.value) : 'too few words', change: '' }, view);
    })}</ol>
  </section>`;

const practice = (weeks) => html`
  <section class="practice" aria-labelledby="practice">
    <h2 id="practice">Practice</h2>
    <p class="under">${practiceText(weeks)}</p>
    <svg class="line" viewBox="0 0 ${WEEKS_WIDTH} ${WEEKS_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <path d=${linePath(weekLevels(weeks), WEEKS_WIDTH, WEEKS_HEIGHT)} />
    </svg>
    <p class="dates" aria-hidden="true"><span>${shortDayText(weeks[0].from.getTime())}</span><span>this week</span></p>
  </section>`;

const next = ({ name, mean, count, advice, focus }) => html`
  <section class="next" aria-labelledby="next">
    <div>
      <h2 id="next">Next: ${name}</h2>
      <p>${advice}</p>
      <p class="under">Your lowest of late: ${gradeText(mean)} of 5${count > 1 ? `, the mean of ${inWords(count)} grades` : nothing}.</p>
    </div>
    <a class="button primary" href=${`/interview?focus=${focus}`}>Practise it: ${nameOf(focus)}</a>
  </section>`;

/** What the answer of the API comes to, for the focus that was chosen. */
function seen({ sessions, criteria }, focus) {
  const chosen = sessions.filter((session) => focus === ALL || session.focus === focus);
  const told = chosen.filter(({ rubric, counts }) => rubric !== null || counts !== null);
  const [graded, counted] = [gradeCurves(criteria, told), countCurves(told)];
  return { told, graded, counted, rubric: presentRubric(told), ...headline(graded, told) };
}

function curves({ told, graded, counted, rubric }) {
  const scale = timeScale([...graded, ...counted]);
  const columns = [...graded, ...counted].map((curve) => ({ ...curve, textOf: TEXTS[curve.key] ?? String }));
  const proposal = suggestion(graded, told, rubric);
  return html`
    ${proposal ? next(proposal) : nothing}
    ${graded.length > 0 ? grades(graded, scale, rubric) : nothing}
    ${counted.length > 0 ? counts(counted, scale) : nothing}
    ${told.length > 0 ? asTable({ sessions: told, columns, rubrics: new Set(told.map((one) => one.rubric)).size > 1 }) : nothing}`;
}

function page({ told, error, focus }, act) {
  const isEmpty = told?.sessions.length === 0;
  const all = told && !isEmpty ? seen(told, focus) : null;
  const focuses = told ? focusesOf(told.sessions) : [];
  return html`
    <div class="progress">
      <h1 tabindex="-1">${all?.text ?? 'Your progress'}</h1>
      ${all ? html`<p class="basis">${all.basis}</p>` : nothing}
      <p class="visually-hidden" role="status">${all?.text ?? (told || error ? nothing : 'Opening…')}</p>
      ${focuses.length > 1 ? filter(focuses, focus, act.choose) : nothing}
      ${isEmpty ? none : nothing}
      ${all ? html`${curves(all)}${practice(weeksOf(told.sessions, Date.now()))}` : nothing}
      ${error ? notice(error, { act: act.read }) : nothing}
    </div>`;
}

export function mount(root, { api, url }) {
  const state = { told: null, error: null, focus: url.searchParams.get('focus') ?? ALL };
  const draw = (change) => {
    Object.assign(state, change);
    render(page(state, act), root);
  };
  const act = {
    async read() {
      draw({ error: null });
      try {
        const told = await api.get('/api/progress');
        const known = focusesOf(told.sessions).includes(state.focus);
        draw({ told, focus: known ? state.focus : ALL });
      } catch (error) {
        draw({ error });
      }
    },
    /** The address keeps it, for who comes back from an interview of it. */
    choose(focus) {
      history.replaceState(null, '', focus === ALL ? url.pathname : `${url.pathname}?${new URLSearchParams({ focus })}`);
      draw({ focus });
    },
  };
  act.read();
}
