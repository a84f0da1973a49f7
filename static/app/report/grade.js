/** A grade drawn as the voice line is: one swing for each step that was reached, each a little louder; then it lies flat. */
import { linePath } from '../line.js';

export const GRADE_WIDTH = 200;
export const GRADE_HEIGHT = 28;

const MIDDLE = GRADE_HEIGHT / 2;
const FIRST = 0.42; // how loud the first swing is
const GROWTH = 0.14;

const reach = (grade, most) => (GRADE_WIDTH * Math.min(grade, most)) / most;

export function reachedPath(grade, most) {
  if (!(grade > 0)) return '';
  const swings = Array.from({ length: grade }, (_, i) => Math.min(1, FIRST + GROWTH * i));
  return linePath([0, ...swings.flatMap((loud) => [loud, loud]), 0], reach(grade, most), GRADE_HEIGHT);
}

/** What is left to reach: all of it where there is no grade. */
export function restPath(grade, most) {
  const from = reach(grade ?? 0, most);
  return from < GRADE_WIDTH ? `M${from} ${MIDDLE}H${GRADE_WIDTH}` : '';
}
