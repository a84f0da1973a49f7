import { html, nothing } from '/vendor/lit.js';
import { gives, mountEntry, sister } from './entry.js';

const words = (url, config) => html`
  <div class="entry">
    <div class="entry-words">
      <h1 tabindex="-1">Sign in</h1>
      <p>No account yet? <a href=${sister('/sign-up', url)}>Create one</a>.
        ${gives(config) ? 'Your first three interviews are free.' : nothing}</p>
    </div>
    <div class="form"></div>
  </div>`;

export function mount(root, { url, config, clerk, session, back, leaveFor }) {
  return mountEntry(root, { words: words(url, config), address: clerk.signInUrl, put: session.mountSignIn, back, leaveFor });
}
