/** The form of the lobby: what somebody prepares for, and with whom. */
import { html, nothing } from '/vendor/lit.js';
import { CHOICES, SHORT_LIMIT, counterText } from '../lobby/draft.js';
import { ADJUSTMENTS, profileText } from '../lobby/profile.js';

const complaint = (fault, field) => (fault?.field === field ? html`<p class="fault" id=${`${field}-fault`}>${fault.words}</p>` : nothing);
const toldBy = (fault, field, also = '') => `${fault?.field === field ? `${field}-fault ` : ''}${also}`.trim() || nothing;
const isWrong = (fault, field) => (fault?.field === field ? 'true' : nothing);

const line = (draft, fault, field, label, { required = nothing } = {}) => html`
  <div class="field">
    <label for=${field}>${label}</label>
    <input id=${field} name=${field} autocomplete="off" maxlength=${SHORT_LIMIT}
      required=${required} .value=${draft[field]}
      aria-invalid=${isWrong(fault, field)} aria-describedby=${toldBy(fault, field)}>
    ${complaint(fault, field)}
  </div>`;

const pick = (draft, field, label) => html`
  <div class="field">
    <label for=${field}>${label}</label>
    <select id=${field} name=${field}>${Object.entries(CHOICES[field]).map(([value, { name }]) => html`
      <option value=${value} ?selected=${draft[field] === value}>${name}</option>`)}</select>
  </div>`;

const oneOf = (draft, field, legend, about) => html`
  <fieldset class="options ${field}" aria-describedby=${about ? `${field}-about` : nothing}>
    <legend>${legend}</legend>
    ${Object.entries(CHOICES[field]).sort(([a], [b]) => (Number(b) - Number(a)) || 0).map(([value, { name, means }]) => html`
      <label class="option"><input type="radio" name=${field} value=${value} .checked=${draft[field] === value}>
        <span>${name}</span>${means ? html`<span class="means">${means}</span>` : nothing}</label>`)}
    ${about ? html`<p class="about" id=${`${field}-about`}>${about}</p>` : nothing}
  </fieldset>`;

const nameOf = (draft, field) => CHOICES[field][draft[field]].name;

/** Off until somebody says yes, to the one that is kept. `resume` is undefined while that is not known, or cannot be (`unread`). */
const reads = (draft, resume, unread) => {
  if (unread && draft.resumeId) {
    return html`<p class="reads quiet" role="status">Your resume cannot be looked up just now: the interviewer will not read it.</p>`;
  }
  if (resume === undefined) return html`<p class="reads"></p>`; // its place is held, so that nothing jumps
  return resume
    ? html`<label class="reads"><input type="checkbox" name="resumeId" value=${resume.id} .checked=${draft.resumeId === resume.id}>
        <span>Let the interviewer read my resume <span class="quiet">(${resume.name ?? 'as I typed it'})</span></span></label>`
    : html`<p class="reads quiet"><a href="/resume">Add your resume</a> to be asked about it.</p>`;
};

/** Not of the draft: these fields have no name, so the form's data is without them. */
const adjusting = (profile, adjust) => html`
  <details class="adjusting">
    <summary>Adjust the interview to you <span class="now">${profileText(profile)}</span></summary>
    ${Object.entries(ADJUSTMENTS).map(([field, { name, means }]) => html`
      <label><input type="checkbox" .checked=${profile[field]} @change=${({ target }) => adjust(field, target.checked)}>
        <span>${name} <span class="means">${means}</span></span></label>`)}
    <p class="about">No score ever sees this. It is remembered on this device only, and goes along with the start of an interview.</p>
  </details>`;

export const job = (draft, fault, { open, resume, unread, profile, type, adjust, submit }) => html`
  <form class="job" novalidate @input=${type} @submit=${submit}>
    ${line(draft, fault, 'jobTitle', 'Which job do you prepare for?', { required: true })}
    ${oneOf(draft, 'minutes', 'How long?')}
    ${reads(draft, resume, unread)}
    <details ?open=${open}>
      <summary>More about the job <span class="now">${nameOf(draft, 'level')} · ${nameOf(draft, 'focus')}</span></summary>
      <div class="pair">${pick(draft, 'level', 'Level')}${pick(draft, 'focus', 'What the questions are about')}</div>
      ${line(draft, fault, 'company', 'Company, if you know it')}
      <div class="field">
        <label for="jobDescription">The advert, if you have it</label>
        <textarea id="jobDescription" name="jobDescription" rows="4" .value=${draft.jobDescription}
          aria-invalid=${isWrong(fault, 'jobDescription')} aria-describedby=${toldBy(fault, 'jobDescription', 'advert-left')}></textarea>
        <p class="about" id="advert-left">${counterText(draft.jobDescription)}</p>
        ${complaint(fault, 'jobDescription')}
      </div>
    </details>
    <details ?open=${open}>
      <summary>Your interviewer <span class="now">${nameOf(draft, 'persona')} · ${nameOf(draft, 'language')}</span></summary>
      ${oneOf(draft, 'persona', 'Manner', 'It changes how the questions sound, never what is assessed.')}
      ${pick(draft, 'language', 'Language')}
    </details>
    ${adjusting(profile, adjust)}
  </form>`;
