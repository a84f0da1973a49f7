/**
 * The voice line: one path, everywhere the same. Levels between 0 (silence, a flat line) and 1 become the
 * crests of one smooth curve that swings to either side of the middle, or its heights above the ground.
 */

export function linePath(levels, width, height) {
  const middle = height / 2;
  return smoothPath(evenly(levels, width, (level, i) => middle + (i % 2 ? -1 : 1) * level * middle));
}

/** The same line as a curve over time: each level is a height above the ground. */
export const curvePath = (levels, width, height) => smoothPath(evenly(levels, width, (level) => height - level * height));

/** The same curve where the moments do not lie evenly: `at` and `level` are both between 0 and 1. A single point is a dot. */
export function timePath(points, width, height) {
  const path = smoothPath(points.map(({ at, level }) => [at * width, round(height - level * height)]));
  return points.length > 1 ? path : `${path}h0`;
}

const evenly = (levels, width, heightOf) => levels.map((level, i) => [(i * width) / (levels.length - 1), round(heightOf(level, i))]);

/** Level tangents at each crest keep the curve inside its height and flat where nobody speaks. */
function smoothPath(points) {
  const [[start, ground]] = points;
  let path = `M${round(start)} ${ground}`;
  for (let i = 1; i < points.length; i += 1) {
    const [[before, from], [x, to]] = [points[i - 1], points[i]];
    const between = round((before + x) / 2);
    path += `C${between} ${from} ${between} ${to} ${round(x)} ${to}`;
  }
  return path;
}

/** Levels of somebody speaking between `from` and `to` seconds: they rise, breathe between words, and fall. */
export function speechLevel(cues, seconds) {
  const cue = cues.find(({ from, to }) => seconds >= from && seconds < to);
  if (!cue) return 0;
  const words = 0.5 + 0.5 * Math.sin(seconds * 7.3 + cue.from);
  const phrase = 0.62 + 0.38 * Math.sin(seconds * 1.9 + cue.from * 3);
  const edge = Math.min(1, (seconds - cue.from) / 0.4, (cue.to - seconds) / 0.4);
  return edge * (0.16 + 0.84 * words * phrase);
}

/** The level at `count` even moments of `total` seconds; what lies after `until` has not been said yet. */
export function speechLevels(cues, total, count, until = total) {
  return Array.from({ length: count }, (_, i) => {
    const seconds = (i / (count - 1)) * total;
    return seconds <= until ? speechLevel(cues, seconds) : 0;
  });
}

export const MARK_LEVELS = [0, 0.3, 0.72, 1, 0.56, 0.2, 0];

/** Draws into an `<svg class="line">` whose own view box says how large the line is. */
export function mountLine(svg) {
  const { width, height } = svg.viewBox.baseVal;
  const path = svg.querySelector('path');
  return { draw: (levels) => path.setAttribute('d', linePath(levels, width, height)) };
}

const round = (value) => Math.round(value * 100) / 100;
