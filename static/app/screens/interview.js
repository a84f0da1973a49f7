/** Where interviews will begin. In this version it says so, and shows the line that waits. */
import { html, nothing, render } from '/vendor/lit.js';
import { enoughText } from '../money.js';
import { flatLine } from '../problem.js';

const page = ({ name, available }) => html`
  <div class="interview">
    ${name ? html`<p class="hello">Hello, ${name}.</p>` : nothing}
    <h1 tabindex="-1">Interviews are not open yet.</h1>
    <p class="lead">Your account is ready, and there is nothing else to do today. This is the page where you will start one.</p>
    <figure class="waits">
      ${flatLine}
      <figcaption>Your line. It lies flat until it hears your voice.</figcaption>
    </figure>
    <div class="ahead">
      <section aria-labelledby="ahead">
        <h2 id="ahead">What will happen here</h2>
        <ol>
          <li><h3>You say what you are preparing for</h3><p>The job title, and the advert if you have it.</p></li>
          <li><h3>You talk with an AI interviewer</h3><p>15 or 30 minutes, in this browser, with your microphone.</p></li>
          <li><h3>You read what to work on next</h3><p>Feedback made by AI that quotes your own words.</p></li>
        </ol>
      </section>
      <section aria-labelledby="begin">
        <h2 id="begin">What you have</h2>
        <p class="amount">${available}</p>
        <p>VocahireCredits. ${enoughText(available)} <a href="/credits">See where each one went</a></p>
        <p class="quiet">Until interviews open nothing can be charged. It will be practice, not an actual job interview.</p>
      </section>
    </div>
  </div>`;

export function mount(root, { user }) {
  render(page(user), root);
}
