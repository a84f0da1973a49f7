/** The lobby: what somebody prepares for, whether they are ready, what it costs; the start puts the room in its place. */
import { LitElement, html, nothing, render } from '/vendor/lit.js';
import { createShop, FRESH } from '../buy/shop.js';
import { markPlace } from '../interview/mark.js';
import { checkConnection, verdictOf } from '../lobby/connection.js';
import { UNASKED, createDevices } from '../lobby/devices.js';
import { draftPlace, faultOf, wishOf, withFocus } from '../lobby/draft.js';
import { priceOf } from '../lobby/price.js';
import { askedOf, profilePlace } from '../lobby/profile.js';
import { problem, waiting } from '../problem.js';
import { createRelays } from '../lobby/relays.js';
import { beginReturn, returned } from './buy-return.js';
import { begin, facts, heldOne } from './lobby-begin.js';
import { shopBox } from './lobby-buy.js';
import { job } from './lobby-job.js';
import { ready } from './lobby-ready.js';
import { mountRoom } from './room.js';
import { mayListen, offer, readTaken } from './take-up.js';

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
    goOn: { attribute: false }, // the id of one that is under way => its room
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
    profile: { state: true },
    open: { state: true },
    going: { state: true }, // the open one, as it stands, if it has begun
    ending: { state: true }, // { busy, error } of the open one
    looked: { state: true }, // for an open one, which gives back what it holds
    resume: { state: true },
    unread: { state: true },
    said: { state: true },
  };

  #place = null;
  #profile = null;
  #followsDevices = false;
  #shop = null;
  #relays = null;
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
    this.#profile = profilePlace(() => localStorage, this.user.id);
    this.profile = this.#profile.read();
    this.typed = this.profile.typed;
    this.microphone = UNASKED;
    this.#findDevices();
    this.#relays = createRelays(this.api);
    this.#check();
    this.#findOpen();
    this.#findResume();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#relays.leave();
    this.#devices.leave();
  }

  /** Who types is not asked for a microphone, and none is switched on. */
  #findDevices() {
    if (this.typed || this.#followsDevices) return;
    this.#followsDevices = true;
    this.#devices.start();
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
    if (this.open?.state !== 'begun') return;
    const going = await this.api.get(`/api/sessions/${this.open.id}`).catch(() => null);
    if (going?.state === 'ended') this.open = null;
    else this.going = going;
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
    const unable = ['short', 'used'].includes(price.kind) || this.connection.verdict === 'unable';
    const sold = this.buying.phase !== 'closed';
    const lacks = this.#lacks();
    const isDirect = this.config.interview.mode === 'direct';
    const buy = () => this.#openShop();
    return html`
      <div class="lobby">
        <h1 tabindex="-1">Get ready to talk.</h1>
        <div class="news">
          ${returned(this.back)}
          ${this.open ? this.#openOne() : nothing}
        </div>
        ${job(this.draft, this.fault, {
          open: this.#roomy, resume: this.resume, unread: this.unread, profile: { ...this.profile, typed: this.typed },
          type: () => this.#type(), adjust: (field, on) => this.#adjust(field, on), submit: (event) => event.preventDefault(),
        })}
        ${ready(this, this.#readying)}
        ${begin({ price, unable, lacks, sold, isDirect, open: this.open, said: this.said }, { start: () => unable || this.#begin(), buy })}
        ${facts({ price, sold, isDirect, days: this.config.interview.transcriptDays }, buy)}
      </div>
      ${shopBox(this.buying, this.#shop, this.user)}`;
  }

  #openOne() {
    if (this.open.state === 'held') return heldOne;
    return offer({ id: this.open.id, going: this.going, ending: this.ending }, { goOn: this.goOn, end: (id) => this.#end(id) });
  }

  async #end(id) {
    this.ending = { busy: true };
    try {
      await this.api.send('POST', `/api/sessions/${id}/end`, { body: {} });
      [this.ending, this.open, this.going] = [null, null, null];
      this.user = await this.api.get('/api/user').catch(() => this.user);
      this.learn(this.user);
    } catch (error) {
      this.ending = { error };
    }
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
    speakAfterAll: () => this.#adjust('typed', false),
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

  #adjust(field, on) {
    this.profile = { ...this.profile, [field]: on };
    this.#profile.keep(this.profile);
    if (field === 'typed') this.typed = on;
    this.#findDevices();
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
    const iceServers = this.#relays.list();
    const devices = { stream: this.typed ? null : stream, deviceId: chosen, typed: Boolean(this.typed), iceServers };
    this.#devices.leave({ keepStream: !this.typed });
    const asked = askedOf({ ...this.profile, typed: devices.typed });
    const wish = wishOf(this.draft, this.open?.id, this.resume, this.#price().kind === 'beyond');
    return this.enter({ wish: { ...wish, ...asked }, devices });
  }

  #pointAt({ field }) {
    const input = this.querySelector(`#${field}`);
    input.closest('details')?.setAttribute('open', '');
    input.focus();
  }
}

customElements.define('interview-lobby', InterviewLobby);

export function mount(root, { user, config, api, url, learn, go }) {
  const [asked, wanted] = ['focus', 'go-on'].map((name) => takenOver(url, name));
  const mark = markPlace(() => sessionStorage, user.id);

  function lobby(person, more) {
    const element = Object.assign(document.createElement('interview-lobby'), { user: person, config, api, enter, goOn, learn, ...more });
    root.replaceChildren(element);
    return element.updateComplete;
  }
  const room = (props) =>
    mountRoom(root, { api, mark, onTakeBack: goOn, onDone: (id) => go(`/sessions/${id}`), onBack: back, ...props });
  const enter = ({ wish, devices }) => room({ wish, devices });

  async function back({ check, replace }) {
    const now = await api.get('/api/user').catch(() => user);
    learn(now);
    await lobby(now, { replace });
    root.querySelector(check ? '.connection' : 'h1').focus();
  }

  /** Into an interview that is under way; `byItself`: only as far as nobody has to be asked. */
  async function goOn(id, { byItself = false } = {}) {
    put(root, waiting());
    try {
      const taken = await readTaken(api, id, { config });
      if (!taken) {
        mark.forget();
        return go(`/sessions/${id}`, { replace: true });
      }
      if (byItself && !taken.typed && !await mayListen()) return lobby(user);
      return room({ taken, devices: { stream: null, deviceId: null, typed: taken.typed } });
    } catch (error) {
      if (error.code !== 'not_found') return put(root, problem(error, () => goOn(id, { byItself })));
      mark.forget();
      return lobby(user);
    }
  }

  const marked = mark.read();
  if (wanted) goOn(wanted);
  else if (marked) goOn(marked, { byItself: true });
  else lobby(user, { asked });
}

/** What the address asks for, once: what is chosen after that counts. */
function takenOver(url, name) {
  const value = url.searchParams.get(name);
  if (value === null) return null;
  url.searchParams.delete(name);
  history.replaceState(null, '', url);
  return value;
}

/** A screen of its own, in whatever place the one before had. */
function put(root, screen) {
  const place = document.createElement('div');
  root.replaceChildren(place);
  render(screen, place);
  root.querySelector('h1')?.focus();
}
