/** The talk again without its sound: both voices on one line, which is also where one moves along it. */
import { LitElement, html, nothing } from '/vendor/lit.js';
import { linePath } from '../line.js';
import { SPEEDS, createPlayer } from '../report/player.js';
import { besideAt, cutsOf, gapsText, lengthOf, marksText, pausesOf, placeText, spanAt, spansOf } from '../report/timeline.js';
import { SPEAKERS, cuesOf, lengthText, offsetText, spokenSeconds, voiceLevels } from '../talk.js';

const WIDTH = 1000;
const HEIGHT = 96;
const MARKS = 12;
const CREST_PX = 6; // one crest of the line for so many pixels of width
const STEP_MS = 5000;
const MOVES = { ArrowRight: STEP_MS, ArrowUp: STEP_MS, ArrowLeft: -STEP_MS, ArrowDown: -STEP_MS };
const LINES = { PageUp: 1, PageDown: -1 };
const SCROLLS = ['wheel', 'touchmove', 'keydown'];
const SCROLL_KEYS = [' ', 'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

/**
 * `lines` and `gaps` are those of the transcript. Tells `moved` with the number of the line that is said, whether it plays, and whether the
 * person has scrolled away meanwhile.
 */
class VoiceReplay extends LitElement {
  static properties = { lines: { attribute: false }, gaps: { attribute: false }, moved: { attribute: false } };

  #spans = [];
  #drawing = null;
  #player = null;
  #touched = false; // until then no line is the one that is said
  #told = '';
  #strayed = false;
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    SCROLLS.forEach((type) => addEventListener(type, this.#stray, { passive: true }));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    SCROLLS.forEach((type) => removeEventListener(type, this.#stray));
    this.#player?.pause();
  }

  /** @param {any} event */
  #stray = ({ type, key, target }) => {
    this.#strayed ||= type !== 'keydown' || (SCROLL_KEYS.includes(key) && !target.closest('input, textarea, button, summary'));
  };

  seek(ms) {
    this.#touched = true;
    this.#strayed = false;
    this.#player?.seek(ms);
  }

  willUpdate(changed) {
    if (!changed.has('lines')) return;
    this.#player?.pause();
    this.#spans = spansOf(this.lines);
    this.#drawing = drawingOf(this.lines, this.#spans, this.gaps);
    this.#player = createPlayer({ totalMs: lengthOf(this.#spans), tell: () => this.#moved() });
  }

  #moved() {
    const { playing, atMs } = this.#player;
    const line = this.#touched ? spanAt(this.#spans, atMs)?.number ?? null : null;
    const told = `${line} ${playing}`;
    // Under reduced motion the place on the line changes only with the line that is said.
    if (told !== this.#told || !playing || !this.#still.matches) this.requestUpdate();
    if (told === this.#told) return;
    this.#told = told;
    this.moved?.({ line, playing, strayed: this.#strayed });
  }

  #toggle = () => {
    this.#touched = true;
    this.#strayed = false;
    if (this.#player.playing) this.#player.pause();
    else this.#player.play();
  };

  #hasten(speed) {
    this.#player.setSpeed(speed);
    this.requestUpdate();
  }

  #slide = ({ target }) => this.seek(Number(target.value));

  #press = (event) => {
    const { atMs } = this.#player;
    const to = Object.hasOwn(MOVES, event.key) ? atMs + MOVES[event.key]
      : Object.hasOwn(LINES, event.key) ? besideAt(this.#spans, atMs, LINES[event.key]) : null;
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.seek(to);
  };

  render() {
    const { interviewer, person, pauses, cuts, gone, marked } = this.#drawing;
    return html`
      <div class="track">
        <svg class="line" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
          <path class="interviewer" d=${interviewer} /><path class="person" d=${person} />
        </svg>
        <svg class="line marks" viewBox="0 0 ${WIDTH} ${MARKS}" preserveAspectRatio="none" aria-hidden="true">
          <path class="pause" d=${pauses} /><path class="gap" d=${gone} /><path class="cut" d=${cuts} />
        </svg>
        ${this.#slider()}
      </div>
      ${this.#controls()}
      <p class="visually-hidden" id="replay-marks">${[marked.pauses, marked.cuts, marked.gaps].filter(Boolean).join(', ')}</p>`;
  }

  #slider() {
    const { atMs } = this.#player;
    return html`
      <input type="range" min="0" max=${lengthOf(this.#spans)} step="1" .value=${String(Math.round(atMs))} aria-label="Place in the talk"
        aria-valuetext=${placeText(this.#spans, atMs)} aria-describedby="replay-marks" @input=${this.#slide} @keydown=${this.#press}>`;
  }

  #controls() {
    const { playing, speed, atMs } = this.#player;
    return html`
      <div class="player">
        <button class="button play" type="button" @click=${this.#toggle}>${playing ? 'Pause' : 'Play'}</button>
        <div class="speeds" role="group" aria-label="Speed">${SPEEDS.map((one) => html`
          <button type="button" aria-pressed=${one === speed} @click=${() => this.#hasten(one)}>${one}×</button>`)}</div>
        <p class="clock" aria-hidden="true">${offsetText(atMs)} <span>of ${offsetText(lengthOf(this.#spans))}</span></p>
      </div>`;
  }
}

customElements.define('voice-replay', VoiceReplay);

const runs = (pauses, across) => pauses.map(({ from, to }) => `M${across(from)} ${MARKS / 2}H${across(to)}`).join('');

function drawingOf(lines, spans, gaps) {
  const cues = cuesOf(lines);
  const crests = Math.round(Math.min(WIDTH, innerWidth) / CREST_PX);
  const path = (speaker) => linePath(voiceLevels(cues, speaker, crests), WIDTH, HEIGHT);
  const across = (ms) => Math.round((WIDTH * ms) / Math.max(1, lengthOf(spans)));
  const [pauses, cuts] = [pausesOf(spans, gaps), cutsOf(spans)];
  return {
    interviewer: path('interviewer'),
    person: path('person'),
    pauses: runs(pauses, across),
    cuts: cuts.map((ms) => `M${across(ms)} 0V${MARKS}`).join(''),
    gone: runs(gaps.map(({ atMs, endMs }) => ({ from: atMs, to: Math.min(endMs, lengthOf(spans)) })), across),
    marked: { ...marksText({ pauses, cuts }), gaps: gapsText(gaps) },
  };
}

/** What the colours and the marks mean, and that nothing is heard. */
export function legend(lines, gaps) {
  const spans = spansOf(lines);
  const { pauses, cuts } = marksText({ pauses: pausesOf(spans, gaps), cuts: cutsOf(spans) });
  const cues = cuesOf(lines);
  return html`
    <p class="legend">
      ${Object.entries(SPEAKERS).map(([speaker, name]) => html`
        <span class=${speaker}>${name}, about ${lengthText(spokenSeconds(cues, speaker))}</span>`)}
      ${pauses ? html`<span class="pause">${pauses} of 3 s or more</span>` : nothing}
      ${cuts ? html`<span class="cut">${cuts}</span>` : nothing}
      ${gaps.length ? html`<span class="gap">${gapsText(gaps)}, told below</span>` : nothing}
      <span class="mute">No audio is stored: this plays the times, without sound.</span>
    </p>`;
}
