/** How a resume comes in: a file is chosen or dropped, or text is typed; it is read here, and looked at before anything is sent. */
import { html, nothing } from '/vendor/lit.js';
import { notice } from '../problem.js';
import { counterText } from '../resume/text.js';
import { bytesText, refusalWords, savingMeans, troubleWords } from '../resume/words.js';

const ACCEPTED = '.pdf,.docx,.txt,application/pdf,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const WIDTH = 1000;

const told = ({ happened, next }, file) => html`
  <div class="notice" role="alert">
    ${file ? html`<p class="quiet">${file.name}</p>` : nothing}
    <p><strong>${happened}</strong> ${next}</p>
  </div>`;

/** Only a file without text is ever offered to somebody else, and only with a yes to exactly that. */
const conversion = ({ agreed, saving }, act) => html`
  <form class="conversion" @submit=${act.convert}>
    <p>PDF.co, a service outside Vocahire, can read the words off the pictures.</p>
    <label class="tick"><input type="checkbox" name="agreed" .checked=${agreed} @change=${act.agree}>
      <span>I agree that this file leaves Vocahire and goes to PDF.co, which makes text of it; both are kept here then.</span></label>
    <button class="button primary" type="submit" aria-disabled=${!agreed || Boolean(saving?.busy)}>Send it to PDF.co</button>
    <p class="said" role="status">${saving?.said}</p>
  </form>`;

const failed = (error) => {
  const words = refusalWords(error);
  return words ? told(words) : notice(error, { means: savingMeans(error) });
};

/** Whether the way on is to let PDF.co read the file. */
const isOffered = ({ trouble, convert }) => trouble?.code === 'scanned' && convert;

const cannot = (state, act) => html`
  ${state.trouble ? told(troubleWords(state.trouble, state.convert), state.file) : nothing}
  ${isOffered(state) ? conversion(state, act) : nothing}
  ${state.saving?.error ? failed(state.saving.error) : nothing}`;

/** The field lies over all of its frame, so that it can be pressed and dropped on everywhere, and the ring is around it. */
export const chooser = (state, act) => html`
  ${cannot(state, act)}
  <div class="chooser">
    <label class="drop ${state.over ? 'over' : ''}">
      <input type="file" accept=${ACCEPTED} @change=${act.choose}>
      <span class="button ${isOffered(state) ? '' : 'primary'}">Choose a file</span>
      <span>Or drop it here. PDF, Word (.docx) or text, up to 10 MB.</span>
    </label>
    <p class="ways">
      <button class="button" type="button" @click=${act.type}>Type or paste it instead</button>
      ${state.resume ? html`<button class="button" type="button" @click=${act.rest}>Leave it as it is</button>` : nothing}
    </p>
  </div>`;

export const reading = ({ file, page }, act) => html`
  <section class="reading" aria-labelledby="reading">
    <h2 id="reading" tabindex="-1">Reading ${file.name}…</h2>
    <svg class="line" viewBox="0 0 ${WIDTH} 24" preserveAspectRatio="none" aria-hidden="true">
      <path class="rule" d="M0 12H1000" /><path d=${`M0 12H${page ? (page.number / page.of) * WIDTH : 0}`} />
    </svg>
    <p class="quiet">${page ? `Page ${page.number} of ${page.of}. ` : nothing}It stays in your browser.</p>
    <p class="ways"><button class="button" type="button" @click=${act.stop}>Stop reading</button></p>
  </section>`;

const source = ({ file, resume }) => {
  if (file) {
    return html`This is what was read from <strong>${file.name}</strong> (${bytesText(file.size)}). Correct what is wrong; nothing has been
      sent yet. The file is kept with it.`;
  }
  return resume
    ? html`Only this text is kept then; ${resume.name ? html`the file <strong>${resume.name}</strong>` : 'the one before'} goes.`
    : 'Paste it, or write it down. Nothing is sent until you keep it.';
};

export const review = (state, act) => html`
  <form class="review" @submit=${act.keep}>
    <h2 tabindex="-1" id="review">${state.file ? 'Is this your resume?' : 'Your resume as text'}</h2>
    <p id="source">${source(state)}</p>
    <label for="text">Text of your resume</label>
    <textarea id="text" name="text" rows="16" spellcheck="false" .value=${state.text} aria-describedby="source count"
      aria-invalid=${state.fault ? 'true' : nothing} @input=${act.edit}></textarea>
    <p class="about" id="count">${counterText(state.text)}</p>
    ${state.fault ? html`<p class="fault" role="alert">${troubleWords(state.fault).happened}</p>` : nothing}
    ${state.saving?.error ? failed(state.saving.error) : nothing}
    <p class="said" role="status">${state.saving?.said}</p>
    <p class="ways">
      <button class="button primary" type="submit" aria-disabled=${Boolean(state.saving?.busy)}>Keep this resume</button>
      <button class="button" type="button" aria-disabled=${Boolean(state.saving?.busy)} @click=${act.rest}>
        ${state.file ? 'Choose another file' : 'Go back'}</button>
    </p>
  </form>`;
