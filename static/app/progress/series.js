/** All interviews as curves: a value at a moment, joined with its neighbours only where the two can be compared. */

/**
 * `value` is null where there is none: that is a gap, never a zero. Points of different `version` are never joined.
 * @typedef {{ id: string, jobTitle: string, at: number, value: number | null, version: string }} Point
 * @typedef {{ key: string, name: string, about: string, points: Point[] }} Curve
 */

const LEAST = 1;
const MOST = 5;

export const gradeLevel = (grade) => (grade - LEAST) / (MOST - LEAST);

/** A rate that a few words more would turn over says nothing. */
const LEAST_WORDS = 20;

const pointOf = ({ id, jobTitle, startedAt }, value, version) => ({ id, jobTitle, at: Date.parse(startedAt), value, version });

/** By what a grade was given: the same words mean more of somebody who leads than of somebody who begins. */
export const versionOf = ({ rubric, level }) => `${rubric} ${level}`;

/** For each criterion that was ever judged, its grades. An interview in which it was not judged has no point at all. */
export function gradeCurves(criteria, sessions) {
  const scored = sessions.filter(({ rubric }) => rubric !== null);
  const pointsOf = (key) => scored.flatMap((session) => {
    const score = session.scores.find(({ criterion }) => criterion === key);
    return score ? [pointOf(session, score.grade, versionOf(session))] : [];
  });
  return criteria
    .map(({ criterion, name, about }) => ({ key: criterion, name, about, points: pointsOf(criterion) }))
    .filter(({ points }) => points.length > 0);
}

/** Of all words, the part (0 to 1) that the person spoke; null where nobody did. */
export function shareOf({ words }) {
  const all = words.you + words.interviewer;
  return all >= LEAST_WORDS ? words.you / all : null;
}

/** Of a hundred words of the person. */
export const fillersOf = ({ words, fillers }) => (words.you >= LEAST_WORDS ? (fillers.count * 100) / words.you : null);

/** What is counted is counted alike in every version. */
function countPoints(sessions, valueOf) {
  return sessions.filter(({ counts }) => counts !== null).map((session) => pointOf(session, valueOf(session.counts), ''));
}

export function countCurves(sessions) {
  return [
    { key: 'share', name: 'Your share', about: 'How much of the talking was yours.', points: countPoints(sessions, shareOf) },
    { key: 'fillers', name: 'Fillers', about: 'Such as “um”, for every 100 words of yours.', points: countPoints(sessions, fillersOf) },
  ].filter(({ points }) => points.length > 0);
}

const isKnown = ({ value }) => value !== null;

/** The points that one path joins, path by path. */
export function runsOf(points) {
  const runs = [];
  points.forEach((point, i) => {
    if (!isKnown(point)) return;
    const before = points[i - 1];
    if (before && isKnown(before) && before.version === point.version) runs.at(-1).push(point);
    else runs.push([point]);
  });
  return runs;
}

/** The moments at which another version begins: half way between the last of the old and the first of the new. */
export function breaksOf(points) {
  return points.slice(1).flatMap((point, i) => (point.version === points[i].version ? [] : [(points[i].at + point.at) / 2]));
}

/** One scale of time for all curves of a page: a moment as a place between 0 and 1. */
export function timeScale(curves) {
  const moments = curves.flatMap(({ points }) => points.map(({ at }) => at));
  const [from, to] = [Math.min(...moments), Math.max(...moments)];
  return { from, to, place: (at) => (to > from ? (at - from) / (to - from) : 0.5) };
}

/** How far to either side a point can be reached: half way to its neighbours, or to the edge. */
export function reachOf(places) {
  return places.map((place, i) => {
    const left = i === 0 ? 0 : (places[i - 1] + place) / 2;
    const right = i === places.length - 1 ? 1 : (place + places[i + 1]) / 2;
    return { left, width: right - left };
  });
}

export const known = (points) => points.filter(isKnown);

/** The focuses that there are, in the order in which they first came. */
export const focusesOf = (sessions) => [...new Set(sessions.map(({ focus }) => focus))];
