// A small `window.Clerk` in the shape of clerk-js 6. The session's id lives in localStorage of the page's origin.
(() => {
  const STORED = '__simulated_clerk_session';
  const FRESH_MS = 10_000;
  const tag = document.currentScript;
  const publishableKey = tag.dataset.clerkPublishableKey ?? '';
  const api = apiOf(publishableKey);

  /** The address in the key, which must be the one this script came from. */
  function apiOf(key) {
    const host = /^pk_(?:test|live)_([A-Za-z0-9+/]+=*)$/.exec(key)?.[1];
    const decoded = host ? atob(host) : '';
    if (!decoded.endsWith('$')) throw new Error('Clerk: The publishableKey passed to Clerk is invalid.');
    const { origin } = new URL(tag.src);
    if (origin !== `http://${decoded.slice(0, -1)}`) {
      throw new Error(`Clerk: The publishableKey names ${decoded.slice(0, -1)}, but this script came from ${origin}.`);
    }
    return origin;
  }

  async function call(method, path, body) {
    const headers = body ? { 'content-type': 'application/json' } : {};
    const response = await fetch(`${api}/v1/client${path}`, { method, headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    if (response.ok) return answer;
    throw Object.assign(new Error(answer.errors?.[0]?.message ?? answer.error), { status: response.status });
  }

  const expiresAt = (jwt) => JSON.parse(atob(jwt.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).exp * 1000;

  function userOf(person) {
    const addresses = person.email_addresses.map(({ id, email_address }) => ({ id, emailAddress: email_address }));
    return {
      id: person.id,
      firstName: person.first_name,
      lastName: person.last_name,
      fullName: [person.first_name, person.last_name].filter(Boolean).join(' ') || null,
      imageUrl: person.image_url,
      emailAddresses: addresses,
      primaryEmailAddress: addresses[0] ?? null,
    };
  }

  class Session {
    #token = null;
    #gone;

    constructor(id, user, gone) {
      this.id = id;
      this.user = user;
      this.status = 'active';
      this.#gone = gone;
    }

    /** The last token while it has more than ten seconds left, else a fresh one; null once the session has ended. */
    async getToken({ skipCache = false } = {}) {
      if (!skipCache && this.#token && expiresAt(this.#token) - Date.now() > FRESH_MS) return this.#token;
      try {
        this.#token = (await call('POST', `/sessions/${this.id}/tokens`)).jwt;
      } catch (error) {
        if (error.status !== 404) throw error;
        this.#gone();
        return null;
      }
      return this.#token;
    }
  }

  class Clerk {
    #options = {};
    #ui = null;
    #listeners = new Set();

    publishableKey = publishableKey;
    loaded = false;
    session = undefined;
    user = undefined;

    get isSignedIn() {
      return Boolean(this.session);
    }

    async load(options = {}) {
      if (this.loaded) return;
      this.#options = options;
      const Interface = options.ui?.ClerkUI;
      this.#ui = Interface ? new Interface() : null;
      await this.#restore();
      this.loaded = true;
      this.#tell();
      // Signing in or out in one tab holds for the others.
      window.addEventListener('storage', (event) => {
        if (event.key === STORED) this.#restore().then(() => this.#tell());
      });
    }

    addListener(listener) {
      this.#listeners.add(listener);
      if (this.loaded) listener(this.#resources());
      return () => this.#listeners.delete(listener);
    }

    mountSignIn(element, options = {}) {
      this.#mountEntry(element, 'Simulated sign-in', options, this.#options.signInFallbackRedirectUrl);
    }

    mountSignUp(element, options = {}) {
      this.#mountEntry(element, 'Simulated sign-up', options, this.#options.signUpFallbackRedirectUrl);
    }

    unmountSignIn(element) {
      element.replaceChildren();
    }

    unmountSignUp(element) {
      element.replaceChildren();
    }

    mountUserButton(element, { afterSignOutUrl } = {}) {
      const ui = this.#needUI();
      if (!this.user) return;
      const signOut = () => this.signOut({ redirectUrl: afterSignOutUrl });
      ui.userButton(element, { user: this.user, manage: () => this.openUserProfile(), signOut });
    }

    unmountUserButton(element) {
      element.replaceChildren();
    }

    openUserProfile() {
      const ui = this.#needUI();
      if (this.user) ui.userProfile({ user: this.user });
    }

    async signOut({ redirectUrl } = {}) {
      if (!this.session) return;
      await call('POST', '/sign_outs', { sessionId: this.session.id });
      this.#forget();
      location.assign(redirectUrl ?? this.#options.afterSignOutUrl ?? '/');
    }

    #needUI() {
      if (!this.loaded) throw new Error('Clerk: load() must have ended before a component is mounted.');
      if (!this.#ui) throw new Error('Clerk was not loaded with Ui components: pass ui: { ClerkUI } to load().');
      return this.#ui;
    }

    #mountEntry(element, title, options, fallback) {
      const ui = this.#needUI();
      const target = redirectTarget(options, fallback);
      if (this.session) return location.assign(target);
      const choose = async (who) => {
        const { session } = await call('POST', '/sign_ins', who);
        localStorage.setItem(STORED, session.id);
        await this.#restore();
        this.#tell();
        location.assign(target);
      };
      call('GET', '/people')
        .then(({ people }) => ui.signIn(element, { people, choose, title }))
        .catch((error) => { element.textContent = error.message; });
    }

    async #restore() {
      const id = localStorage.getItem(STORED);
      if (!id) return this.#become(null, null);
      try {
        const { session, user } = await call('GET', `/sessions/${encodeURIComponent(id)}`);
        const person = userOf(user);
        this.#become(new Session(session.id, person, () => this.#forget()), person);
      } catch (error) {
        if (error.status !== 404) throw error;
        localStorage.removeItem(STORED);
        this.#become(null, null);
      }
    }

    #become(session, user) {
      this.session = session;
      this.user = user;
    }

    #forget() {
      localStorage.removeItem(STORED);
      this.#become(null, null);
      this.#tell();
    }

    #resources() {
      return { session: this.session, user: this.user, organization: null };
    }

    #tell() {
      for (const listener of [...this.#listeners]) listener(this.#resources());
    }
  }

  /** Forced, then what the address asks for (this site only), then the fallback. */
  function redirectTarget({ forceRedirectUrl, fallbackRedirectUrl }, fallback) {
    if (forceRedirectUrl) return forceRedirectUrl;
    const asked = new URLSearchParams(location.search).get('redirect_url');
    if (asked) {
      const url = new URL(asked, location.href);
      if (url.origin === location.origin) return url.href;
    }
    return fallbackRedirectUrl ?? fallback ?? '/';
  }

  window.Clerk = new Clerk();
})();
