/** Am I ready: the microphone with its line, the devices, the connection. */
import { html, nothing } from '/vendor/lit.js';
import { connectionWords, microphoneWords } from '../lobby/words.js';
import './lobby-line.js';

const CHOOSES_SPEAKER = 'setSinkId' in HTMLMediaElement.prototype;

const devices = (name, label, list, chosen, choose) => (list.length < 2 ? nothing : html`
  <div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} @change=${({ target }) => choose(target.value)}>${list.map(({ id, name: shown }) => html`
      <option value=${id} ?selected=${id === chosen}>${shown}</option>`)}</select>
  </div>`);

const sound = ({ microphone, heard }, act) => {
  const [what, how, button] = microphoneWords(microphone.state, navigator.userAgent);
  return html`
    <p class="state" role="status"><strong>${heard ? 'We hear you.' : what}</strong> ${heard ? nothing : how}</p>
    ${microphone.state === 'live' ? nothing : html`
      <p class="ways">
        ${button ? html`<button class="button" type="button" @click=${act.openMicrophone}>${button}</button>` : nothing}
        <button class="button" type="button" @click=${act.typeInstead}>Answer by typing</button>
      </p>`}`;
};

const typing = (act) => html`
  <p class="state" role="status"><strong>You answer by typing.</strong> The interviewer writes too; nothing is heard or spoken.</p>
  <p class="ways"><button class="button" type="button" @click=${act.speakAfterAll}>Use the microphone</button></p>`;

const connection = ({ verdict, ms }, act) => {
  const [what, how] = connectionWords(verdict, ms);
  const good = verdict === 'good' || verdict === 'checking';
  return html`
    <p class="state connection ${good ? '' : 'wrong'}" role="status" tabindex="-1"><strong>${what}</strong> ${how ?? nothing}</p>
    ${good ? nothing : html`
      <p class="ways">
        <button class="button" type="button" @click=${act.checkAgain}>Check again</button>
        <a class="button" href="/diagnostics/webrtc">Look closer</a>
      </p>`}`;
};

export const ready = (state, act) => html`
  <section class="ready" aria-labelledby="ready">
    <h2 class="visually-hidden" id="ready">Are you ready?</h2>
    <voice-line .stream=${state.typed ? null : state.microphone.stream} @heard=${act.heard}></voice-line>
    ${state.typed ? typing(act) : sound(state, act)}
    ${connection(state.connection, act)}
    ${state.typed ? nothing : html`<div class="pair">
      ${devices('microphone', 'Microphone', state.microphone.microphones, state.microphone.chosen, act.chooseMicrophone)}
      ${CHOOSES_SPEAKER ? devices('speaker', 'Speaker', state.microphone.speakers, state.speaker, act.chooseSpeaker) : nothing}
    </div>`}
  </section>`;
