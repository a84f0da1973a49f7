/** The example on the landing page: text that is spoken as you watch, and the line it leaves behind. */
import { mountLine, speechLevels } from './line.js';

const SECONDS = 40;
const CREST_PX = 5; // one crest of the line for every so many pixels of width

/** How many characters of `text` have been said when `part` of its time (0 to 1) has passed: whole words only. */
export function spokenLength(text, part) {
  if (part <= 0) return 0;
  if (part >= 1) return text.length;
  const at = text.indexOf(' ', Math.floor(text.length * part));
  return at < 0 ? text.length : at;
}

export const clockText = (seconds) => `0:${String(Math.floor(seconds)).padStart(2, '0')} of 0:${SECONDS}`;

function turnsOf(figure) {
  return [...figure.querySelectorAll('.turns li')].map((item) => ({
    from: Number(item.dataset.from),
    to: Number(item.dataset.to),
    who: item.className || 'interviewer',
    item,
    words: item.querySelector('p').firstChild,
  }));
}

/** Each voice keeps its colour along the line, they change places in the middle of a silence; the rest is unsaid. */
function voiceColours(svg, turns) {
  const middle = (a, b) => (a.to + b.from) / 2;
  const ends = turns.flatMap((turn, i) => [
    [i ? middle(turns[i - 1], turn) : 0, turn.who],
    [i < turns.length - 1 ? middle(turn, turns[i + 1]) : SECONDS, turn.who],
  ]);
  const stops = [...ends, [0, 'unsaid'], [SECONDS, 'unsaid']].map(([, who]) => {
    const stop = document.createElementNS('http://www.w3.org/2000/svg', 'stop');
    stop.setAttribute('class', who);
    return stop;
  });
  svg.querySelector('linearGradient').replaceChildren(...stops);
  svg.querySelector('path').setAttribute('stroke', 'url(#voices)');
  // Stops lie in order, so those of what comes later gather at the moment that is reached.
  return (seconds) => {
    const places = [...ends.map(([at]) => Math.min(at, seconds)), seconds, SECONDS];
    places.forEach((at, i) => stops[i].setAttribute('offset', String(at / SECONDS)));
  };
}

/** Words already said carry the ink. The text itself is never changed, so it reads whole in every browser. */
function markSpoken(turns, seconds) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = turns.map(({ from, to, words }) => {
    const range = new Range();
    range.setStart(words, 0);
    range.setEnd(words, spokenLength(words.data, (seconds - from) / (to - from)));
    return range;
  });
  CSS.highlights.set('spoken', new Highlight(...ranges));
}

function mountExchange(figure) {
  const svg = figure.querySelector('.line');
  const turns = turnsOf(figure);
  const line = mountLine(svg);
  const colour = voiceColours(svg, turns);
  const show = (seconds) => {
    const crests = Math.max(60, Math.round(svg.clientWidth / CREST_PX));
    line.draw(speechLevels(turns, SECONDS, crests, seconds));
    colour(seconds);
    markSpoken(turns, seconds);
    for (const { item, from, to } of turns) item.classList.toggle('speaking', seconds >= from && seconds < to);
  };
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return show(SECONDS);
  figure.classList.add('live');
  mountPlayer(figure, show);
}

function mountPlayer(figure, show) {
  const player = figure.querySelector('.player');
  const button = player.querySelector('button');
  const clock = player.querySelector('.clock');
  let seconds = 0;
  let before = null; // the time of the last frame while it plays
  let frame = 0;
  const draw = () => {
    show(seconds);
    clock.textContent = clockText(seconds);
    const words = before !== null ? 'Pause' : seconds >= SECONDS ? 'Play again' : 'Play';
    if (button.textContent !== words) button.textContent = words;
  };
  const tick = (now) => {
    seconds = Math.min(SECONDS, seconds + Math.min(now - before, 100) / 1000);
    before = seconds < SECONDS ? now : null;
    draw();
    if (before !== null) frame = requestAnimationFrame(tick);
  };
  const toggle = () => {
    cancelAnimationFrame(frame);
    if (seconds >= SECONDS) seconds = 0;
    before = before === null ? performance.now() : null;
    if (before !== null) frame = requestAnimationFrame(tick);
    draw();
  };
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    if (before === null && seconds === 0) toggle();
  }, { threshold: 1 });

  button.addEventListener('click', toggle);
  addEventListener('resize', draw);
  player.hidden = false;
  draw();
  seen.observe(figure.querySelector('.turns li'));
}

const figure = globalThis.document?.querySelector('#exchange');
if (figure) mountExchange(figure);
