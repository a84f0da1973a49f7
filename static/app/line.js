/**
 * The voice line: one path, everywhere the same. Levels between 0 (silence, a flat line) and 1 become the
 * crests of one smooth curve that swings to either side of the middle.
 */

export function linePath(levels, width, height) {
  const middle = height / 2;
  const step = width / (levels.length - 1);
  const x = (i) => round(i * step);
  const y = (i) => round(middle + (i % 2 ? -1 : 1) * levels[i] * middle);
  let path = `M0 ${y(0)}`;
  for (let i = 1; i < levels.length; i += 1) {
    // Level tangents at each crest keep the curve inside its height and flat where nobody speaks.
    path += `C${round((i - 0.5) * step)} ${y(i - 1)} ${round((i - 0.5) * step)} ${y(i)} ${x(i)} ${y(i)}`;
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
