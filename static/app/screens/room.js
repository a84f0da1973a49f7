/**
 * The room: from the click to the last word, inside the lobby's own address.
 *
 * `mountRoom(root, props)`:
 *   api, wish   our API, and the body of POST /api/realtime-session
 *   devices     `{ stream, deviceId, typed, iceServers }`: a live microphone that the room takes over, or which one to open; or typed
 *               answers; and the ways to the interviewer, where the lobby knows more of them than the start
 *   taken       in place of a wish: an interview that is under way, to go on with (see `takeUp` of the session; and its jobTitle)
 *   mark        where this tab keeps which interview it is in
 *   onTakeBack(id)  the person wants it back from the window that took it over
 *   onDone(id)  it is over, and there is something to read at /sessions/:id
 *   onBack({ check, replace })  nothing runs any more: back to the lobby, to its connection check if `check`; a next start
 *               takes the place of session `replace`, if there is one
 */
import { LitElement, html, nothing } from '/vendor/lit.js';
import { createAnnouncer } from '../interview/announcer.js';
import { createNotices } from '../interview/notices.js';
import { InterviewSession } from '../interview/session.js';
import { failureWords, overWords } from '../interview/words.js';
import { closing, connecting, elsewhere, failure } from './room-connect.js';
import { controls, ending, options } from './room-controls.js';
import { createHold } from './room-hold.js';
import { talk } from './room-talk.js';

const SECOND_MS = 1000;
const TALKING = ['active', 'reconnecting'];
const AT_STAKE = [...TALKING, 'ending']; // what leaving the page would cost something
const AT_REST = ['idle', 'failed', 'ended', 'elsewhere'];
const BOTTOM_PX = 40; // as near to the last line as this, and it is followed

class InterviewRoom extends LitElement {
  static properties = {
    api: { attribute: false },
    wish: { attribute: false },
    taken: { attribute: false },
    devices: { attribute: false },
    mark: { attribute: false },
    onTakeBack: { attribute: false },
    onDone: { attribute: false },
    onBack: { attribute: false },
    typing: { state: true },
    said: { state: true },
    spoken: { state: true },
  };

  #session = null;
  #view = '';
  #timer = null;
  #follows = true;
  #announcer = createAnnouncer((text) => { this.spoken = text; });
  #notices = createNotices();
  #cancelled = false;
  #hasTalked = false;
  #hold = createHold({
    talk: (on) => this.#session.talk(on),
    isOn: () => this.#session.pushToTalk && TALKING.includes(this.#session.status),
  });

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.typing = false;
    this.said = '';
    this.spoken = '';
    this.#session = new InterviewSession({ api: this.api, audio: document.querySelector('#interviewer') });
    this.#session.addEventListener('change', () => this.#changed());
    this.#session.addEventListener('complete', ({ detail }) => this.#completed(detail));
    this.#timer = setInterval(() => this.requestUpdate(), SECOND_MS);
    this.#listen('addEventListener');
    this.#begin();
  }

  #begin() {
    if (this.taken) this.#session.takeUp(this.taken, this.devices);
    else this.#session.start(this.wish, this.devices);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#listen('removeEventListener');
    clearInterval(this.#timer);
    this.#announcer.stop();
    this.#session.leave();
  }

  #listen(how) {
    for (const [type, hear] of Object.entries(this.#hold.document)) document[how](type, hear);
    document[how]('click', this.#keepHere, true);
    globalThis[how]('blur', this.#hold.release);
    globalThis[how]('beforeunload', this.#warn);
    globalThis[how]('leaving', this.#stay);
    globalThis[how]('pagehide', this.#leave);
  }

  /** A link would end the talk without a word about it. */
  #keepHere = (event) => {
    if (!AT_STAKE.includes(this.#session.status) || !event.target.closest?.('a[href]')) return;
    event.preventDefault();
    event.stopPropagation();
    if (TALKING.includes(this.#session.status)) this.#act.askEnd();
  };

  /** So would the back button. */
  #stay = (event) => {
    if (!AT_STAKE.includes(this.#session.status)) return;
    event.preventDefault();
    if (TALKING.includes(this.#session.status)) this.#act.askEnd();
  };

  #warn = (event) => AT_STAKE.includes(this.#session.status) && event.preventDefault();

  #leave = () => this.#session.leave();

  #changed() {
    const { status, id } = this.#session;
    if (status === 'active') this.#hasTalked = true;
    if (TALKING.includes(status)) this.mark?.keep(id);
    if (['ended', 'elsewhere'].includes(status)) this.mark?.forget();
    this.#announcer.hear(this.#session.messages);
    this.#notices.hear(this.#session);
    this.requestUpdate();
  }

  #completed({ id, outcome }) {
    if (!this.#cancelled && !overWords(outcome)) this.onDone(id);
  }

  render() {
    const session = this.#session;
    return html`
      ${this.#screen(session)}
      ${TALKING.includes(session.status) ? html`
        ${options(session, { said: this.said, act: this.#act })}
        ${ending(session, this.#act)}
        <p class="visually-hidden" aria-live="polite">${this.spoken}</p>` : nothing}`;
  }

  #screen(session) {
    const { id, status, error, outcome, steps } = session;
    const { jobTitle } = this.taken ?? this.wish;
    if (TALKING.includes(status)) {
      const comesIn = Boolean(this.taken) && !this.#hasTalked;
      return talk(session, { jobTitle, notices: this.#notices.open, comesIn, act: this.#act, controls: this.#controls() });
    }
    if (status === 'elsewhere') return elsewhere(this.#act);
    if (status === 'ending') return closing;
    const told = status === 'failed' ? failureWords(error) : overWords(outcome);
    if (told) return failure(told, { id, steps, requestId: error?.requestId, act: this.#act, said: this.said });
    return AT_REST.includes(status) ? nothing : connecting(session, { cancel: this.#act.cancel });
  }

  #controls() {
    return controls(this.#session, { typing: this.typing, said: this.said, on: this.#hold.button, act: this.#act });
  }

  /** Who reads further up is left there. */
  willUpdate() {
    const said = this.querySelector('.captions');
    this.#follows = !said || said.scrollHeight - said.scrollTop - said.clientHeight < BOTTOM_PX;
  }

  updated() {
    const { status } = this.#session;
    const view = TALKING.includes(status) ? 'talk' : AT_REST.includes(status) || status === 'ending' ? status : 'connecting';
    if (view !== this.#view) this.#enter();
    this.#view = view;
    const said = this.querySelector('.captions');
    if (this.#follows) said?.scrollTo(0, said.scrollHeight);
  }

  /** However far down the page before it was read. */
  #enter() {
    scrollTo(0, 0);
    this.querySelector('h1')?.focus();
  }

  #act = {
    cancel: () => this.#back(),
    back: () => this.#back(),
    check: () => this.#back({ check: true }),
    again: () => this.#again(),
    typed: () => this.#again({ typed: true }),
    replace: () => this.#again({ replace: this.#session.error.details.sessionId }),
    'sign-in': () => location.reload(), // the shell asks for it
    copyRecord: async () => {
      const done = await navigator.clipboard.writeText(this.#session.debug.text()).then(() => true, () => false);
      this.said = done ? 'Copied. It holds no word that was said, and no key.' : 'Your browser did not let us copy it.';
    },
    hear: () => this.#session.hear(),
    comeBackNow: () => this.#session.comeBackNow(),
    takeBack: () => this.onTakeBack(this.#session.id),
    pause: (paused) => this.#pause(paused),
    mute: (muted) => this.#session.mute(muted),
    usePushToTalk: (on) => this.#session.usePushToTalk(on),
    replaceMicrophone: () => this.#session.replaceMicrophone().catch((error) => { this.said = failureWords(error).happened; }),
    setPatience: (patience) => this.#session.setPatience(patience).then(() => { this.said = 'Changed.'; },
      () => { this.said = 'This could not be changed just now; it stays as it was.'; }),
    toggleTyping: () => this.#toggleTyping(),
    closeNotice: (text) => {
      this.#notices.close(text);
      this.requestUpdate();
    },
    send: (event) => this.#send(event),
    sendByKey: (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#send(event);
    },
    openOptions: () => this.#open('.room-options'),
    askEnd: () => this.#open('.room-end'),
    end: () => this.#session.stop(),
  };

  #open(dialog) {
    this.said = '';
    this.querySelector(dialog).showModal();
  }

  async #pause(paused) {
    const failed = paused ? 'There is no pause just now.' : 'It does not go on yet; try again.';
    this.said = '';
    this.said = await this.#session.pause(paused).then((done) => (done ? '' : failed), () => failed);
  }

  async #toggleTyping() {
    this.typing = !this.typing;
    await this.updateComplete;
    this.querySelector('#answer')?.focus();
  }

  #send(event) {
    event.preventDefault();
    const field = this.querySelector('#answer');
    if (!field.value.trim()) return;
    const sent = this.#session.say(field.value);
    if (sent) field.value = '';
    const why = this.#session.paused ? 'you are on pause' : 'the connection is not open';
    this.said = sent ? '' : `Not sent: ${why}. Your text is still here.`;
  }

  /** From the failure back to the beginning, in this room. */
  #again({ typed = this.devices.typed, replace = this.wish?.replace } = {}) {
    this.said = '';
    this.devices = { ...this.devices, stream: null, typed };
    if (this.wish) this.wish = { ...this.wish, replace };
    this.#begin();
  }

  async #back({ check = false } = {}) {
    this.#cancelled = true;
    await this.#session.stop();
    this.onBack({ check, replace: this.#session.unused });
  }
}

customElements.define('interview-room', InterviewRoom);

export function mountRoom(root, props) {
  const room = Object.assign(document.createElement('interview-room'), props);
  root.replaceChildren(room);
  return { close: () => room.remove() };
}
