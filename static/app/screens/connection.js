/** The connection lab: what somebody's network, microphone and clock are fit for, and a short code for whoever helps. */
import { LitElement, html, nothing } from '/vendor/lit.js';
import { fresh, reportOf, runCheck } from '../lab/check.js';
import { codeText, rowsOf, verdictWords } from '../lab/words.js';
import { createDevices } from '../lobby/devices.js';
import { microphoneWords } from '../lobby/words.js';
import { dayText } from '../money.js';
import { notice } from '../problem.js';
import './lobby-line.js';

const STATES = { waiting: 'to come', good: 'fine', wrong: 'not good', none: 'nothing to judge' };
const SIGNS = { good: 'M3 8.5L6.5 12L13 4.5', wrong: 'M4 4L12 12M12 4L4 12', none: 'M3 8H13', waiting: 'M8 8H8' };

const row = ({ name, state, words }) => html`
  <li data-state=${state}>
    <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${SIGNS[state]} /></svg>
    <p><strong>${name}<span class="visually-hidden"> (${STATES[state]})</span></strong> ${words}.</p>
  </li>`;

const verdict = (check) => {
  const { happened, means, next } = verdictWords(check);
  return html`<h2 class="verdict" tabindex="-1">${happened}</h2><p>${means} ${next}</p>`;
};

const microphone = ({ microphone: told, heard }, act) => {
  const [what, how, button] = microphoneWords(told.state, navigator.userAgent);
  return html`
    <section class="voice" aria-labelledby="voice">
      <h2 id="voice">Your microphone</h2>
      <voice-line .stream=${told.stream} @heard=${act.heard}></voice-line>
      <p class="state" role="status"><strong>${heard ? 'We hear you.' : what}</strong>
        ${heard ? 'Nothing of it leaves this page.' : how}</p>
      ${told.state === 'live' || !button ? nothing : html`
        <p class="ways"><button class="button" type="button" @click=${act.openMicrophone}>${button}</button></p>`}
    </section>`;
};

const code = ({ kept, error, busy }, act) => html`
  <section class="code" aria-labelledby="code">
    <h2 id="code">A code for support</h2>
    ${kept ? html`
      <p class="lead"><output aria-label="Your code">${codeText(kept.code)}</output></p>
      <p>Name it when you write to <a href="mailto:support@vocahire.com">support@vocahire.com</a>. It opens what is listed here, without
        your name, until ${dayText(kept.expiresAt)}.</p>` : html`
      <p>If it does not work for you, support can help better when they see what you see. We then keep this list for 30 days: kinds,
        counts and times, your browser and your system. No address of your network, no name, no sound.</p>
      <p><button class="button primary" type="button" aria-disabled=${busy} @click=${act.keep}>Get a code</button></p>`}
    ${error ? notice(error, { act: act.keep, means: 'Nothing was kept.' }) : nothing}
    <p class="said" role="status">${busy ? 'Keeping it…' : nothing}</p>
  </section>`;

class ConnectionLab extends LitElement {
  static properties = {
    api: { attribute: false },
    check: { state: true },
    microphone: { state: true },
    heard: { state: true },
    kept: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  #devices = createDevices((told) => {
    if (told.stream !== this.microphone?.stream) this.heard = false;
    this.microphone = told;
  });

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.check = fresh();
    this.microphone = { state: 'unasked', stream: null };
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#devices.leave();
  }

  #act = {
    start: () => this.#start(),
    openMicrophone: () => this.#devices.open(),
    heard: () => { this.heard = true; },
    keep: () => this.#keep(),
  };

  async #start() {
    if (this.check.phase === 'going') return;
    [this.kept, this.error] = [null, null];
    if (this.microphone.state !== 'live') this.#devices.open();
    await runCheck({ api: this.api, tell: (check) => { this.check = check; } });
    await this.updateComplete;
    this.querySelector('.verdict')?.focus();
  }

  async #keep() {
    if (this.busy) return;
    [this.busy, this.error] = [true, null];
    try {
      const body = reportOf(this.check, this.heard ? 'heard' : this.microphone.state);
      this.kept = await this.api.send('POST', '/api/diagnostic/webrtc-test', { body });
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  render() {
    const { phase } = this.check;
    return html`
      <div class="lab">
        <h1 tabindex="-1">Check your connection.</h1>
        ${phase === 'done' ? verdict(this.check) : html`
          <p class="lead">Half a minute shows whether an interview will work from where you are. It costs nothing, and it asks for your
            microphone.</p>`}
        ${phase === 'idle' ? html`
          <p class="ways"><button class="button primary" type="button" @click=${this.#act.start}>Start the check</button></p>` : html`
          <p class="said" role="status">${phase === 'going' ? 'Checking… say a few words meanwhile.' : nothing}</p>
          <ul class="rows">${rowsOf(this.check).map(row)}</ul>
          ${microphone(this, this.#act)}`}
        ${phase === 'done' ? html`
          <p class="ways"><button class="button" type="button" @click=${this.#act.start}>Check again</button></p>
          ${code(this, this.#act)}` : nothing}
      </div>`;
  }
}

customElements.define('connection-lab', ConnectionLab);

export function mount(root, { api }) {
  root.replaceChildren(Object.assign(document.createElement('connection-lab'), { api }));
  return root.firstChild.updateComplete;
}
