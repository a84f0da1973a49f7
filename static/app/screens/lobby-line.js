/** The line of a microphone: it moves with the voice, and lies flat without one. */
import { LitElement, html } from '/vendor/lit.js';
import { createMeter } from '../meter.js';
import { MARK_LEVELS, mountLine } from '../line.js';
import { HEARD, withLevel } from '../lobby/level.js';

const WIDTH = 480;
const HEIGHT = 72;
const POINTS = 61; // thirty tenths of a second, two points each
const SILENCE = Array(POINTS).fill(0);

class VoiceLine extends LitElement {
  static properties = { stream: { attribute: false } };

  #meter = null;

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <svg class="line" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><path d="M0 36H480" /></svg>`;
  }

  updated() {
    this.#rest();
    if (this.stream) this.#follow();
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#rest();
  }

  #follow() {
    const line = mountLine(this.querySelector('svg'));
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let levels = SILENCE;
    line.draw(levels);
    this.#meter = createMeter(this.stream, { still, onLevel: (level) => {
      levels = withLevel(levels, level);
      if (still) line.draw(level > 0 ? MARK_LEVELS : SILENCE); // two pictures that stand still
      else line.draw(levels);
      if (level >= HEARD) this.dispatchEvent(new Event('heard'));
    } });
    this.#wakeLater();
  }

  /** A browser keeps sound asleep on a page that nobody has touched yet. */
  #wakeLater() {
    if (navigator.userActivation?.hasBeenActive !== false) return;
    const again = () => this.requestUpdate();
    for (const touch of ['pointerup', 'keydown']) addEventListener(touch, again, { once: true });
  }

  #rest() {
    this.#meter?.stop();
    this.#meter = null;
  }
}

customElements.define('voice-line', VoiceLine);
