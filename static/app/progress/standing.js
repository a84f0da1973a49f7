/** Whether somebody is getting better, and at what: computed from grades of one version of the rubric, and said in one sentence. */
import { inWords, several } from '../money.js';
import { known, versionOf } from './series.js';

const WINDOW = 3; // grades: one talk may go well or badly by chance
const MOVED = 0.5; // of a grade

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The version that counts: rubric and level of the newest interview that was scored. */
export function presentRubric(sessions) {
  const last = sessions.findLast(({ rubric }) => rubric !== null);
  return last ? versionOf(last) : null;
}

/**
 * The newest grades of a curve against as many before them. `now` is null without a grade, `before` without two.
 * @param {import('./series.js').Curve} curve
 */
export function standOf({ key, name, points }, rubric) {
  const grades = known(points).filter(({ version }) => version === rubric).map(({ value }) => value);
  const span = Math.min(WINDOW, Math.floor(grades.length / 2));
  if (grades.length === 0) return { key, name, span, now: null, before: null, change: null };
  if (span === 0) return { key, name, span, now: grades[0], before: null, change: null };
  const [now, before] = [mean(grades.slice(-span)), mean(grades.slice(-2 * span, -span))];
  return { key, name, span, now, before, change: now - before };
}

/** What a grade has become, in words; empty while there is nothing to compare it with. */
export function changeWords({ change, before }) {
  if (change === null) return '';
  if (Math.abs(change) < MOVED) return 'steady';
  return `${change > 0 ? 'up' : 'down'} from ${gradeText(before)}`;
}

/** A grade, or the mean of several. */
export const gradeText = (grade) => (Number.isInteger(grade) ? String(grade) : grade.toFixed(1));

/** Names as one reads them: "Structure, Depth and two more". */
function together(stands) {
  const names = stands.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${inWords(names.length - 2)} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function movement(stands, isTrend) {
  const far = (sign) => stands.filter(({ change }) => change * sign >= MOVED).sort((a, b) => (b.change - a.change) * sign);
  const [up, down] = [far(1), far(-1)];
  const rest = up.length + down.length < stands.length;
  if (up.length > 0) {
    const better = isTrend ? `You are getting better at ${together(up)}` : `Last time you were better at ${together(up)}`;
    return down.length > 0 ? `${better}; ${together(down)} went down.` : `${better}.`;
  }
  if (down.length > 0) return `${together(down)} went down${isTrend ? '' : ' last time'}${rest ? '; the rest holds' : ''}.`;
  return isTrend ? 'Your grades hold steady.' : 'Your last two gradings are much alike.';
}

function basisOf(stands, isTrend) {
  const spans = [...new Set(stands.map(({ span }) => span))];
  if (!isTrend) return 'Compared are two interviews: a first hint, not yet a trend.';
  const [least, most] = [Math.min(...spans), Math.max(...spans)];
  const count = least === most ? inWords(most) : `${inWords(least)} or ${inWords(most)}`;
  return `Compared are the last ${count} grades of each criterion with as many before them.`;
}

const isGraded = ({ scores }) => scores.some(({ grade }) => grade !== null);

/** With fewer than two grades of one criterion there is nothing to compare, and that is what is said. */
function missing(sessions, rubric) {
  const scored = sessions.filter((session) => versionOf(session) === rubric);
  const graded = scored.filter(isGraded).length;
  const hasOlder = sessions.some((session) => versionOf(session) !== rubric && isGraded(session));
  if (rubric === null) {
    return { text: 'None of your interviews is scored yet.', basis: 'With two that are scored, this page can say what moved.' };
  }
  if (graded === 0 && !hasOlder) {
    return { text: 'None of your interviews has a grade yet.', basis: 'Longer answers, of what you did yourself, can be judged.' };
  }
  if (graded < 2) {
    const older = 'grades by another cannot be compared with it.';
    return {
      text: 'One more graded interview, and this page can compare.',
      basis: hasOlder
        ? `${graded === 0 ? 'None' : 'Only one'} is graded by the present rubric and level; ${older}` : 'So far one is graded.',
    };
  }
  return {
    text: 'No criterion has two grades yet.',
    basis: `${capital(several(graded, 'interview'))} are graded. One more with the same focus makes them comparable.`,
  };
}

/**
 * The sentence of the page, and what it rests on.
 * @returns {{ text: string, basis: string }}
 */
export function headline(curves, sessions) {
  const rubric = presentRubric(sessions);
  const compared = curves.map((curve) => standOf(curve, rubric)).filter(({ change }) => change !== null);
  if (compared.length === 0) return missing(sessions, rubric);
  const trends = compared.filter(({ span }) => span > 1);
  const isTrend = trends.length > 0;
  const stands = isTrend ? trends : compared;
  return { text: movement(stands, isTrend), basis: basisOf(stands, isTrend) };
}
