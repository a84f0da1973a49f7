/** The lobby: what somebody prepares for, whether they are ready, what it costs; the start puts the room in its place. */
import { LitElement, html, nothing } from '/vendor/lit.js';
import { createShop, FRESH } from '../buy/shop.js';
import { checkConnection, verdictOf } from '../lobby/connection.js';
import { createDevices } from '../lobby/devices.js';
import { draftPlace, faultOf, wishOf, withFocus } from '../lobby/draft.js';
import { priceOf } from '../lobby/price.js';
import { beginReturn, returned } from './buy-return.js';
import { begin, facts, openOne } from './lobby-begin.js';
import { shopBox } from './lobby-buy.js';
import { job } from './lobby-job.js';
import { ready } from './lobby-ready.js';
import { mountRoom } from './room.js';

const SILENT = ['denied', 'system', 'none', 'missing']; // where asking for the microphone again only fails again
const CHECKING = { verdict: 'checking', ms: null };

class InterviewLobby extends LitElement {
  static properties = {
    user: { attribute: false },
    config: { attribute: false },
    api: { attribute: false },
    replace: { attribute: false }, // the id of a session that was held and never begun
    asked: { attribute: false }, // a focus, by the address
    enter: { attribute: false }, // ({ wish, devices }) => the room
    learn: { attribute: false }, // told what the person has once it is read anew
    buying: { state: true },
    back: { state: true }, // from Stripe
    draft: { state: true },
    fault: { state: true },
    microphone: { state: true },
    speaker: { state: true },
    typed: { state: true },
    heard: { state: true },
    connection: { state: true },
    open: { state: true },
    looked: { state: true }, // for an open one, which gives back what it holds
    resume: { state: true },
    unread: { state: true },
    said: { state: true },
  };

  #place = null;
  #shop = null;
  #devices = createDevices((told) => {
    if (told.stream !== this.microphone?.stream) this.heard = false;
    this.microphone = told;
  });
  #roomy = matchMedia('(min-width: 861px)').matches; // room enough to show the whole form at once

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#place = draftPlace(() => sessionStorage, this.user.id);
    this.draft = withFocus(this.#place.read(), this.asked);
    this.#place.keep(this.draft);
    this.open = this.replace ? { id: this.replace, state: 'held' } : null;
    this.buying = FRESH;
    this.#shop = createShop({ api: this.api, returnTo: '/interview', tell: (buying) => { this.buying = buying; } });
    beginReturn({ api: this.api, user: this.user, tell: (back) => this.#cameBack(back), wanted: () => this.isConnected });
    this.#devices.start();
    this.#check();
    this.#findOpen();
    this.#findResume();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#devices.leave();
  }

  async #check() {
    this.connection = CHECKING;
    const found = await checkConnection(this.config.iceServers);
    this.connection = { ...found, verdict: verdictOf(found) };
  }

  /** If this cannot be known now, the start itself will say so. */
  async #findOpen() {
    const { open } = await this.api.get('/api/sessions?limit=1').catch(() => ({ open: null }));
    this.open ??= open;
    this.looked = true;
  }

  /** Without an answer none is offered: an interview goes well without one. */
  async #findResume() {
    const { resume } = await this.api.get('/api/resume').catch(() => ({ resume: undefined }));
    [this.resume, this.unread] = [resume, resume === undefined];
  }

  /** Whether it can start depends on what was bought. */
  #cameBack(back) {
    this.back = back;
    if (back.phase !== 'done') return;
    if (back.user) {
      this.user = back.user;
      this.learn(back.user);
    }
    if (this.buying.phase !== 'idle') this.#shop.load();
  }

  #price() {
    return priceOf({ minutes: this.draft.minutes, fullSeconds: this.config.interview.seconds }, this.user, this.open);
  }

  render() {
    const price = this.#price();
    const unable = price.kind === 'short' || this.connection.verdict === 'unable';
    const sold = this.buying.phase !== 'closed';
    const lacks = this.#lacks();
    const buy = () => this.#openShop();
    return html`
      <div class="lobby">
        <h1 tabindex="-1">Get ready to talk.</h1>
        <div class="news">
          ${returned(this.back)}
          ${this.open ? openOne(this.open) : nothing}
        </div>
        ${job(this.draft, this.fault, {
          open: this.#roomy, resume: this.resume, unread: this.unread, type: () => this.#type(), submit: (event) => event.preventDefault(),
        })}
        ${ready(this, this.#readying)}
        ${begin({ price, unable, lacks, sold, open: this.open, said: this.said }, { start: () => unable || this.#begin(), buy })}
        ${facts({ price, sold, days: this.config.interview.transcriptDays }, buy)}
      </div>
      ${shopBox(this.buying, this.#shop, this.user)}`;
  }

  /** Whether nothing can start before more is bought. */
  #lacks() {
    return Boolean(this.looked) && this.#price().kind === 'short';
  }

  /** Whoever cannot start is told at once whether more is sold here. */
  updated() {
    if (this.buying.phase === 'idle' && this.#lacks()) this.#shop.load();
  }

  #openShop() {
    if (['idle', 'failed'].includes(this.buying.phase)) this.#shop.load();
    this.querySelector('.shop-box').showModal();
  }

  #readying = {
    openMicrophone: () => this.#devices.open(),
    chooseMicrophone: (id) => this.#devices.open(id),
    chooseSpeaker: (id) => this.#choose(id),
    typeInstead: () => { this.typed = true; },
    speakAfterAll: () => { this.typed = false; },
    heard: () => { this.heard = true; },
    checkAgain: () => this.#check(),
  };

  /** The interviewer's voice has one element in the page for all its life; it is told here where to sound. */
  #choose(id) {
    this.speaker = id;
    document.querySelector('#interviewer').setSinkId(id).catch(() => { this.said = 'This speaker could not be chosen.'; });
  }

  #type() {
    // A box that is not ticked is not in the form's data, as little as one that is not shown.
    const unticked = this.resume ? { resumeId: '' } : {};
    this.draft = { ...this.draft, ...unticked, ...Object.fromEntries(new FormData(this.querySelector('form'))) };
    this.#place.keep(this.draft);
    if (this.fault) this.fault = faultOf(this.draft);
    this.said = '';
  }

  /** All within the click: a browser lets sound begin only there. */
  #begin() {
    this.fault = faultOf(this.draft);
    if (this.fault) return this.#pointAt(this.fault);
    const { state, stream, chosen } = this.microphone;
    if (!this.typed && SILENT.includes(state)) {
      this.said = 'Without a microphone you can answer by typing: choose it above.';
      return undefined;
    }
    const devices = { stream: this.typed ? null : stream, deviceId: chosen, typed: Boolean(this.typed) };
    this.#devices.leave({ keepStream: !this.typed });
    return this.enter({ wish: wishOf(this.draft, this.open?.id, this.resume), devices });
  }

  #pointAt({ field }) {
    const input = this.querySelector(`#${field}`);
    input.closest('details')?.setAttribute('open', '');
    input.focus();
  }
}

customElements.define('interview-lobby', InterviewLobby);

export function mount(root, { user, config, api, url, learn, go }) {
  const asked = url.searchParams.get('focus');
  if (asked) { // taken over once: what is chosen after that counts
    url.searchParams.delete('focus');
    history.replaceState(null, '', url);
  }
  function lobby(person, more) {
    const element = Object.assign(document.createElement('interview-lobby'), { user: person, config, api, enter, learn, ...more });
    root.replaceChildren(element);
    return element.updateComplete;
  }
  const enter = ({ wish, devices }) => mountRoom(root, { api, wish, devices, onDone: (id) => go(`/sessions/${id}`), onBack: back });
  async function back({ check, replace }) {
    const now = await api.get('/api/user').catch(() => user);
    learn(now);
    await lobby(now, { replace });
    root.querySelector(check ? '.connection' : 'h1').focus();
  }
  lobby(user, { asked });
}
