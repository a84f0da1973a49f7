/** What the person can do during the talk, and the two questions it may need. */
import { html, nothing } from '/vendor/lit.js';
import { PATIENCE, clockText, endingCosts } from '../interview/words.js';

const hold = ({ talking }, on) => html`
  <button class="button primary hold" type="button" aria-pressed=${talking} aria-describedby="hold-about" @pointerdown=${on.pointerdown}
    @pointerup=${on.pointerup} @pointercancel=${on.pointercancel} @click=${on.click} @contextmenu=${(event) => event.preventDefault()}>
    ${talking ? 'Talking…' : 'Hold to talk'}</button>
  <span class="visually-hidden" id="hold-about">Hold this button or the space bar, or switch it with Enter.</span>`;

const mute = ({ muted }, act) => html`
  <button class="button" type="button" aria-pressed=${muted} @click=${() => act.mute(!muted)}>
    ${muted ? 'Microphone is off' : 'Mute'}</button>`;

/** The same button lets it go on, so that whoever pressed it is where they were. */
function pause({ paused, pauseLeftMs, tries }, act) {
  if (pauseLeftMs === null) return nothing;
  const unable = !paused && (pauseLeftMs === 0 || tries > 0);
  return html`
    <button class="button ${paused ? 'primary' : ''}" type="button" aria-disabled=${unable}
      aria-label=${paused ? 'Go on talking' : `Pause, ${clockText(pauseLeftMs)} left for pauses`}
      @click=${() => unable || act.pause(!paused)}>${paused ? 'Go on' : 'Pause'}</button>`;
}

const composer = (typed, act) => html`
  <form class="composer" @submit=${act.send}>
    <label for="answer">Your answer</label>
    <textarea id="answer" name="answer" rows="2" maxlength="4000" @keydown=${act.sendByKey}></textarea>
    <button class="button ${typed ? 'primary' : ''}" type="submit">Send</button>
  </form>`;

export const controls = (session, { typing, said, on, act }) => html`
  <div class="controls">
    ${session.typed || typing ? composer(session.typed, act) : nothing}
    <p class="said" role="status">${said}</p>
    <div class="buttons">
      ${session.typed ? nothing : html`
        ${session.pushToTalk ? hold(session, on) : mute(session, act)}
        <button class="button" type="button" aria-expanded=${typing} @click=${act.toggleTyping}>Type<span class="visually-hidden">
          an answer</span></button>`}
      ${pause(session, act)}
      ${session.typed ? nothing : html`
        <button class="button" type="button" aria-haspopup="dialog" @click=${act.openOptions}>Options</button>`}
      <button class="button danger-line" type="button" aria-haspopup="dialog" @click=${act.askEnd}>End…</button>
    </div>
  </div>`;

const patience = (session, act) => html`
  <fieldset class="patience">
    <legend>How soon the interviewer answers</legend>
    ${Object.entries(PATIENCE).map(([value, { name, means }]) => html`
      <label><input type="radio" name="patience" value=${value} .checked=${session.patience === value}
        @change=${() => act.setPatience(value)}>
        <span><strong>${name}.</strong> ${means}</span></label>`)}
  </fieldset>`;

export const options = (session, { said, act }) => html`
  <dialog class="room-options" aria-labelledby="options">
    <form method="dialog">
      <h2 id="options">Options</h2>
      ${patience(session, act)}
      <label><input type="checkbox" .checked=${session.pushToTalk} @change=${({ target }) => act.usePushToTalk(target.checked)}>
        <span><strong>Push to talk.</strong> You are heard only while you hold a button or the space bar.</span></label>
      <p class="said" role="status">${said}</p>
      <div class="row"><button class="button" type="submit">Close</button></div>
    </form>
  </dialog>`;

export const ending = (session, act) => html`
  <dialog class="room-end" aria-labelledby="end">
    <form method="dialog">
      <h2 id="end">End the interview now?</h2>
      <p>${endingCosts(session)}</p>
      <p>What was said is kept. Your feedback comes right after.</p>
      <div class="row">
        <button class="button danger" type="button" @click=${act.end}>End the interview</button>
        <button class="button" type="submit">Go on</button>
      </div>
    </form>
  </dialog>`;
