/** Two lines that meet: the interviewer's from the left, yours from the right, the newest sound where they touch. */
import { LitElement, html } from '/vendor/lit.js';
import { createMeter } from '../meter.js';
import { linePath } from '../line.js';
import { withLevel } from '../lobby/level.js';

const HALF = 500;
const HEIGHT = 96;
const POINTS = 41;
const SILENCE = Array(POINTS).fill(0);

/** Older sound fades towards the edge, and both are calm where they meet. */
const fade = (i) => Math.min(1, i / (POINTS * 0.6), (POINTS - 1 - i) / 5);
const faded = (levels) => levels.map((level, i) => level * fade(i));

const SIDES = {
  interviewer: (levels) => linePath(faded(levels), HALF, HEIGHT),
  person: (levels) => linePath(faded(levels).reverse(), HALF, HEIGHT),
};

class VoiceLines extends LitElement {
  static properties = { interviewer: { attribute: false }, person: { attribute: false } };

  #meters = { interviewer: null, person: null };
  #streams = { interviewer: null, person: null };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <svg class="line" viewBox="0 0 ${2 * HALF} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        <path class="interviewer" /><path class="person" transform="translate(${HALF} 0)" />
      </svg>`;
  }

  updated() {
    for (const side of Object.keys(SIDES)) this.#follow(side, this[side] ?? null);
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const side of Object.keys(SIDES)) this.#rest(side);
  }

  #follow(side, stream) {
    const path = this.querySelector(`.${side}`);
    if (stream && stream === this.#streams[side]) return;
    this.#rest(side);
    this.#streams[side] = stream;
    let levels = SILENCE;
    const draw = () => path.setAttribute('d', SIDES[side](levels));
    draw();
    if (!stream) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const onLevel = (level) => {
      levels = still ? Array(POINTS).fill(level) : withLevel(levels, level);
      draw();
    };
    this.#meters[side] = createMeter(stream, { onLevel, still });
  }

  #rest(side) {
    this.#meters[side]?.stop();
    this.#meters[side] = null;
    this.#streams[side] = null;
  }
}

customElements.define('voice-lines', VoiceLines);
