import { html, nothing } from '/vendor/lit.js';
import { gives, mountEntry, sister } from './entry.js';

const GIFT = 'It begins with 3.00 VocahireCredits, enough for three full interviews. No card is asked for.';

const words = (url, config) => html`
  <div class="entry">
    <div class="entry-words">
      <h1 tabindex="-1">Create your account</h1>
      ${gives(config) ? html`<p>${GIFT}</p>` : nothing}
      <p>Already have one? <a href=${sister('/sign-in', url)}>Sign in</a></p>
    </div>
    <div class="form"></div>
    <div class="entry-notes">
      <p>You practise with an AI interviewer, never with a person. It is not an actual job interview.</p>
      <p>By creating an account you agree to the <a href="/terms">terms</a>. The <a href="/privacy">privacy page</a> says what we store.</p>
    </div>
  </div>`;

export function mount(root, { url, config, clerk, session, back, leaveFor }) {
  return mountEntry(root, { words: words(url, config), address: clerk.signUpUrl, put: session.mountSignUp, back, leaveFor });
}
