/** A resume that is kept: what it is, what an AI makes of it, and how it goes. */
import { html, nothing } from '/vendor/lit.js';
import { dayText, momentText } from '../money.js';
import { notice } from '../problem.js';
import { TYPES, bytesText, deletingMeans } from '../resume/words.js';

const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const file = ({ name, type, bytes, link }, { fetching }, act) => html`
  ${link ? html`<a href=${link} download=${name ?? nothing} @click=${act.open}>${name}</a>` : name ?? 'Text that you typed'}
  <span class="quiet">${TYPES[type]}, ${bytesText(bytes)}</span>
  <span class="quiet" role="status">${fetching?.said}</span>
  ${fetching?.error ? notice(fetching.error, { act: act.open }) : nothing}`;

const facts = (state, act) => html`
  <dl class="facts">
    ${fact('Kept', file(state.resume, state, act))}
    ${fact('Since', html`<time datetime=${state.resume.uploadedAt}>${dayText(state.resume.uploadedAt)}</time>`)}
    ${fact('Text', html`
      <details class="words" ?open=${state.unread}>
        <summary>${state.resume.characters.toLocaleString('en')} characters</summary>
        <div class="taken" tabindex="0" role="region" aria-label="Text of your resume">${state.resume.text}</div>
      </details>`)}
  </dl>`;

const period = (text) => (text ? html`<span class="quiet">${text}</span>` : nothing);

const places = (name, list, of) => html`
  <section>
    <h3>${name}</h3>
    ${list.length === 0 ? html`<p class="quiet">None was found in the text.</p>` : html`
      <ol>${list.map((one) => html`<li><span><strong>${one.title || 'Without a title'}</strong>${one[of] ? `, ${one[of]}` : nothing}</span>
        ${period(one.period)}</li>`)}</ol>`}
  </section>`;

const found = ({ skills, experience, education, model, at }) => html`
  <div class="found">
    <section>
      <h3>Skills</h3>
      ${skills.length === 0 ? html`<p class="quiet">None was found in the text.</p>` : html`
        <ul class="skills">${skills.map((skill) => html`<li>${skill}</li>`)}</ul>`}
    </section>
    ${places('Experience', experience, 'employer')}
    ${places('Education', education, 'place')}
  </div>
  <p class="under">Made by an AI (${model}), ${momentText(at)}. It can be wrong. What it misses, a hurried reader may miss too.</p>`;

const waiting = ({ slow }) => html`
  <p class="said">${slow ? 'Still reading. It may take up to a minute.' : 'The AI is reading your resume. It takes some 10 seconds.'}</p>`;

const analysis = ({ resume, analysing }, act) => html`
  <section aria-labelledby="analysis">
    <h2 id="analysis" tabindex="-1">What stands out</h2>
    ${resume.analysis ? found(resume.analysis) : html`
      <p>An AI can list the skills, the experience and the education that it finds. It gets the text without your name, addresses and
        phone number, as far as a program finds them; other names, towns, employers, schools and dates stay.</p>`}
    <div role="status">${analysing?.busy ? waiting(analysing) : nothing}</div>
    ${analysing?.error ? notice(analysing.error, { means: 'Your resume is kept as it was.', act: act.analyse })
      : html`<p class="ways"><button class="button ${resume.analysis ? '' : 'primary'}" type="button"
        aria-disabled=${Boolean(analysing?.busy)} @click=${act.analyse}>${resume.analysis ? 'Analyse again' : 'Analyse it'}</button></p>`}
  </section>`;

const dialog = ({ removing }, act) => html`
  <dialog aria-labelledby="sure" @cancel=${(event) => removing?.busy && event.preventDefault()}>
    <form method="dialog" @submit=${act.remove}>
      <h2 id="sure">Delete your resume?</h2>
      <p><strong>What goes:</strong> the file, its text, and what the AI found in it.</p>
      <p><strong>What stays:</strong> what was said about it in your interviews, until you delete those.</p>
      <p>It cannot be undone.</p>
      ${removing?.error ? notice(removing.error, { means: deletingMeans(removing.error) }) : nothing}
      <div class="row">
        <button class="button danger" type="submit" aria-disabled=${Boolean(removing?.busy)}>
          ${removing?.busy ? 'Deleting it…' : 'Delete the resume'}</button>
        <button class="button" type="button" aria-disabled=${Boolean(removing?.busy)} @click=${act.spare}>Keep it</button>
      </div>
    </form>
  </dialog>`;

export const kept = (state, act) => html`
  ${facts(state, act)}
  <p class="ways">
    <a class="button" href="/interview">Use it in an interview</a>
    <button class="button" type="button" @click=${act.replace}>Replace it</button>
    <button class="button danger-line" type="button" @click=${act.ask}>Delete it…</button>
  </p>
  ${analysis(state, act)}
  ${dialog(state, act)}`;
