/** The foot of the lobby: what it costs, what is kept, who hears it, and the one button. */
import { html, nothing } from '/vendor/lit.js';
import { priceText } from '../lobby/price.js';

/** One that never came about. One that did is offered to go on with. */
export const heldOne = html`
  <div class="notice" role="alert">
    <p><strong>You have an interview that is not over yet.</strong> It was begun a moment ago and never came about. Ending it
      costs nothing.</p>
  </div>`;

/** The likelier wish, where one goes on, is to go on with it. */
const startButton = ({ open, unable }, start) => html`
  <button class="button ${open?.state === 'begun' ? '' : 'primary'}" type="button" aria-disabled=${unable} aria-describedby="sum hears"
    @click=${start}>${open ? 'End that one and start this' : 'Start the interview'}</button>`;

/** Who has too little for a start is offered more in its place, where more is sold. */
const buyButton = (buy) => html`
  <button class="button primary" type="button" aria-describedby="sum" aria-haspopup="dialog" @click=${buy}>Buy VocahireCredits</button>`;

export const begin = (state, { start, buy }) => html`
  <section class="begin" aria-labelledby="begin">
    <h2 class="visually-hidden" id="begin">Start</h2>
    <p class="said" role="status">${state.said}</p>
    <p class="sum" id="sum">${priceText(state.price, state).sum}
      ${state.lacks && !state.sold ? 'Buying is not open here.' : nothing}</p>
    <p class="hears" id="hears">OpenAI’s AI interviews you. We store no audio.</p>
    ${state.lacks && state.sold ? buyButton(buy) : startButton(state, start)}
  </section>`;

/** The way to more for who has enough for now. */
const buysMore = ({ kind }, buy) => (['short', 'plan', 'day', 'used'].includes(kind) ? nothing : html`
  <p class="buys"><button class="plain" type="button" aria-haspopup="dialog" @click=${buy}>Buy more VocahireCredits</button></p>`);

const UNCHARGED = 'If no connection comes about, nothing is charged; nor if you end within the first minute, up to three times a day.';

export const facts = ({ price, days, sold, isDirect }, buy) => html`
  <section class="before" aria-labelledby="before">
    <h2 id="before">Before you start</h2>
    <ul>
      <li>${priceText(price, { isDirect }).more} ${isDirect ? nothing : UNCHARGED}</li>
      <li><strong>The interviewer is an AI voice,</strong> never a person. It is practice, not an actual job interview.</li>
      <li><strong>OpenAI hears you,</strong> because its model is the interviewer. Your voice goes there straight from this browser. We
        store no audio; what OpenAI keeps, its own terms say.</li>
      <li><strong>You can read what was said.</strong> We keep it as text for ${days} days, for you alone, or until you delete it.</li>
    </ul>
    ${sold ? buysMore(price, buy) : nothing}
  </section>`;
