/** The talk itself: whose turn, what was just said, how long is left. */
import { html, nothing } from '/vendor/lit.js';
import { QUALITY_WORDS, TURN_WORDS, clockText, comebackWords, minutesLeft } from '../interview/words.js';
import './room-lines.js';

const WHO = { interviewer: 'Interviewer', person: 'You' };

const quality = (bars) => html`
  <span class="quality" data-bars=${bars}>
    <svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">
      <path d="M2 16V12" /><path d="M8 16V9" /><path d="M14 16V5" /><path d="M20 16V1" />
    </svg>
    <span class=${bars > 2 ? 'visually-hidden' : ''}>${QUALITY_WORDS[bars]}</span>
  </span>`;

const head = ({ quality: bars, remainingMs }, jobTitle) => html`
  <div class="room-head">
    <p class="practised">${jobTitle}</p>
    <p class="measured">
      ${bars === null ? nothing : quality(bars)}
      ${remainingMs === null ? nothing : html`<span class="left" role="timer">${minutesLeft(remainingMs)}</span>`}
    </p>
  </div>`;

const turnText = ({ turn, muted, pushToTalk, typed }) => {
  if (turn === 'yours' && typed) return 'Your turn. Type your answer.';
  if (turn === 'yours' && pushToTalk) return 'Your turn. Hold to talk.';
  if (turn === 'yours' && muted) return 'Your turn, but your microphone is off.';
  return TURN_WORDS[turn];
};

/** The first of the ways on is the likeliest. */
const tell = (strong, rest, ...ways) => html`
  <div class="tell">
    <p><strong>${strong}</strong> ${rest}</p>
    ${ways.map(([words, act], i) => html`
      <button class="button ${i ? '' : 'primary'}" type="button" @click=${act}>${words}</button>`)}
  </div>`;

/** At most one at a time: the first that keeps the talk from going on. */
function hint(session, comesIn, act) {
  const { isSoundBlocked, isMicrophoneLost, status, tries, paused, wrapUp, isPaidAhead } = session;
  if (tries > 0) return tell(...comebackWords(session, comesIn), ['Try now', act.comeBackNow], ['End the interview', act.askEnd]);
  if (isSoundBlocked) return tell('Your browser waits for a tap before it plays sound.', nothing, ['Tap to hear', act.hear]);
  if (isMicrophoneLost) {
    return tell('Your microphone went away.', 'Plug it in or choose another; you can type meanwhile.',
      ['Use the microphone again', act.replaceMicrophone]);
  }
  if (status === 'reconnecting') {
    return tell('The connection is interrupted.', isPaidAhead
      ? 'It may come back by itself. If it does not, the interview ends, and cannot be taken up again.'
      : 'It may come back by itself. If it stays away for long the interview ends, and you pay for the part you heard.');
  }
  if (paused) return tell('Your time stands still, and nobody hears you.', 'It goes on by itself when the pause is used up.');
  return wrapUp ? tell('The end is near.', 'The interviewer closes the talk now.') : nothing;
}

/** Nothing that stops the talk: it stays until it is closed. */
const known = (text, act) => html`
  <div class="tell known">
    <p>${text}</p>
    <button class="button" type="button" aria-label="Close this notice" @click=${() => act.closeNotice(text)}>Close</button>
  </div>`;

const line = ({ role, content, mark }) => html`
  <li class="${role} ${mark}">
    <span class="by">${WHO[role]}</span>
    <p>${mark === 'failed' ? html`<em>These words could not be taken down.</em>` : content}${mark === 'interrupted'
      ? html` <span class="cut">interrupted</span>` : nothing}</p>
  </li>`;

export const captions = (messages) => html`
  <div class="captions" tabindex="0" role="region" aria-label="What is said">
    ${messages.length ? html`<ol>${messages.map(line)}</ol>` : html`<p class="quiet">What is said will stand here.</p>`}
  </div>`;

/** Apart from what is announced: nobody wants every second read out. */
const pauseLeft = ({ paused, pauseLeftMs }) => (paused && pauseLeftMs !== null
  ? html`<p class="pause-left" role="timer">${clockText(pauseLeftMs)} of pause left</p>` : nothing);

export const talk = (session, { jobTitle, notices, comesIn, act, controls }) => html`
  <div class="room">
    ${head(session, jobTitle)}
    <h1 class="turn ${session.turn}" tabindex="-1">${turnText(session)}</h1>
    <figure class="meeting">
      <voice-lines .interviewer=${session.voice} .person=${session.stream}></voice-lines>
      <figcaption>
        <span class=${session.simulated ? 'simulated' : ''}>${session.simulated ? 'Simulated' : 'AI'} interviewer</span>
        <span class="person">${session.typed ? 'You type' : 'You'}</span>
      </figcaption>
    </figure>
    <div role="status">${hint(session, comesIn, act)}${notices.map((text) => known(text, act))}</div>
    ${pauseLeft(session)}
    ${captions(session.messages)}
    ${controls}
  </div>`;
