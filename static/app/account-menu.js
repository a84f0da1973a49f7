/** The account button and what it opens. Until our own record is there it still offers the way out. */
import { LitElement, html, nothing } from '/vendor/lit.js';
import { MARK_LEVELS, linePath } from './line.js';
import { initials, pictureAddress } from './words.js';

const mark = html`
  <svg class="line" viewBox="0 0 34 24" width="20" height="14"><path d=${linePath(MARK_LEVELS, 34, 24)} /></svg>`;

class AccountMenu extends LitElement {
  static properties = {
    shown: { attribute: false },
    person: { attribute: false },
    manage: { attribute: false },
    signOut: { attribute: false },
    open: { state: true },
    state: { state: true },
    pictureFailed: { state: true },
  };

  createRenderRoot() {
    return this; // one style sheet and one focus order with the page
  }

  render() {
    if (!this.shown) return nothing;
    const { name, email, role, available } = this.person ?? {};
    const label = name ?? email ?? 'Your account';
    return html`
      ${available === undefined ? nothing : html`
        <a class="balance" href="/credits">${available}<span class="balance-word"> VocahireCredits</span></a>`}
      <button class="account" type="button" popovertarget="account-panel" aria-expanded=${Boolean(this.open)}>
        ${this.#disc(label)}<span class="visually-hidden">Account: </span><span class="account-name">${label}</span>
      </button>
      <div class="account-panel" id="account-panel" popover role="group" aria-label="Account"
        @toggle=${({ newState }) => { this.open = newState === 'open'; }}>
        ${this.person ? html`<div class="who">
          ${name ? html`<strong>${name}</strong>` : nothing}
          ${email ? html`<span>${email}</span>` : nothing}
          ${role === 'admin' ? html`<span class="role">Administrator</span>` : nothing}
        </div>` : nothing}
        <nav aria-label="Your pages" @click=${this.#close}>
          <a href="/interview">Interview</a>
          <a href="/sessions">History</a>
          <a href="/progress">Progress</a>
          <a href="/resume">Resume</a>
          <a href="/credits">VocahireCredits</a>
          <a href="/settings">Settings</a>
          ${role === 'admin' ? html`<a href="/admin">Administration</a>` : nothing}
        </nav>
        <button type="button" @click=${this.#openProfile}>Manage account</button>
        <button type="button" @click=${this.#leave} aria-disabled=${this.state === 'leaving'}>Sign out</button>
        <p role="status">${this.state === 'failed' ? 'You are still signed in: signing out did not work. Try again.' : nothing}</p>
      </div>`;
  }

  #disc(label) {
    const picture = pictureAddress(this.person?.imageUrl);
    return picture && !this.pictureFailed
      ? html`<img class="disc" src=${picture} alt="" width="36" height="36" @error=${() => { this.pictureFailed = true; }}>`
      : html`<span class="disc" aria-hidden="true">${this.person ? initials(label) : mark}</span>`;
  }

  #close() {
    this.querySelector('#account-panel').hidePopover();
  }

  #openProfile() {
    this.#close();
    this.manage();
  }

  async #leave() {
    if (this.state === 'leaving') return;
    this.state = 'leaving';
    try {
      await this.signOut();
    } catch {
      this.state = 'failed';
    }
  }
}

customElements.define('account-menu', AccountMenu);
