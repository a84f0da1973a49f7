import { html } from '/vendor/lit.js';
import { mountEntry, sister } from './entry.js';

const words = (url) => html`
  <div class="entry">
    <div class="entry-words">
      <h1 tabindex="-1">Sign in</h1>
      <p>No account yet? <a href=${sister('/sign-up', url)}>Create one</a>. Your first three interviews are free.</p>
    </div>
    <div class="form"></div>
  </div>`;

export function mount(root, { url, clerk, session, back, leaveFor }) {
  return mountEntry(root, { words: words(url), address: clerk.signInUrl, put: session.mountSignIn, back, leaveFor });
}
