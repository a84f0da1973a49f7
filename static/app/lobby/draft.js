/** What somebody prepares for, as the form holds it and as the API wants it. */
import { createPlace } from '../place.js';

export const ADVERT_LIMIT = 4000;
export const SHORT_LIMIT = 120; // a job title, a company

/** The choices, each by the word that the API knows: what it is called, and what it means where that is not plain. */
export const CHOICES = {
  minutes: { 30: { name: '30 minutes' }, 15: { name: '15 minutes' } },
  level: {
    entry: { name: 'Starting out' },
    mid: { name: 'Some years in' },
    senior: { name: 'Senior' },
    lead: { name: 'Leading others' },
  },
  focus: {
    general: { name: 'Mixed' },
    behavioural: { name: 'What you did' },
    technical: { name: 'Your craft' },
    case: { name: 'A case' },
    leadership: { name: 'Leading people' },
  },
  persona: {
    warm: { name: 'Mara, warm', means: 'Patient; thanks you before the next question.' },
    direct: { name: 'Jonas, direct', means: 'Short questions, no small talk, polite.' },
    curious: { name: 'Noor, curious', means: 'Informal; wants to hear how it went on.' },
    formal: { name: 'Henrik, formal', means: 'Calm, measured, with the polite form of address.' },
  },
  language: { en: { name: 'English' }, de: { name: 'Deutsch' }, es: { name: 'Español' }, fr: { name: 'Français' } },
};

export const EMPTY = {
  jobTitle: '', jobDescription: '', company: '', minutes: '30', level: 'mid', focus: 'general', persona: 'warm', language: 'en',
  resumeId: '', // the one that the interviewer may read: a yes is to that one alone, and another that takes its place needs its own
};

/** Characters as the server counts them: one for each code point. */
export const lengthOf = (text) => [...text.normalize('NFC')].length;

/** Whatever was kept, made whole: an unknown choice is the usual one, and what is no text is empty. */
export function draftFrom(kept) {
  const sound = ([field, usual]) => {
    const value = kept?.[field];
    const known = CHOICES[field] ? Object.hasOwn(CHOICES[field], value) : typeof value === 'string';
    return [field, known ? value : usual];
  };
  return Object.fromEntries(Object.entries(EMPTY).map(sound));
}

/** What keeps it from being sent: the field, and why. */
export function faultOf({ jobTitle, company, jobDescription }) {
  if (!jobTitle.trim()) return { field: 'jobTitle', words: 'Say which job it is: the questions follow from it.' };
  for (const [field, what, text] of [['jobTitle', 'job title', jobTitle], ['company', 'company', company]]) {
    if (lengthOf(text.trim()) > SHORT_LIMIT) return { field, words: `The ${what} is longer than ${SHORT_LIMIT} characters.` };
  }
  const over = lengthOf(jobDescription.trim()) - ADVERT_LIMIT;
  return over > 0 ? { field: 'jobDescription', words: `The advert is ${over.toLocaleString('en')} characters too long.` } : null;
}

/** A draft with a focus that was asked for in the address, if there is such a one. */
export const withFocus = (draft, focus) => (focus !== null && Object.hasOwn(CHOICES.focus, focus) ? { ...draft, focus } : draft);

/**
 * The body that starts an interview. `replace` is the id of the open one it takes the place of, `resume` the one that is kept: what
 * was said yes to and is no more is not sent. `pays`: VocahireCredits pay, for a plan that has covered its day.
 * @param {{ [field: string]: string }} draft @param {string} [replace] @param {{ id: string } | null} [resume]
 * @param {boolean} [pays]
 */
export function wishOf(draft, replace, resume = null, pays = false) {
  const resumeId = resume && draft.resumeId === resume.id ? resume.id : null;
  const texts = ['jobTitle', 'jobDescription', 'company'].map((field) => [field, draft[field].trim()]).filter(([, text]) => text);
  const { level, focus, persona, language } = draft;
  return {
    ...Object.fromEntries(texts), level, focus, persona, language, minutes: Number(draft.minutes),
    ...(resumeId && { resumeId }), ...(replace && { replace }), ...(pays && { payWithCredits: true }),
  };
}

export function counterText(text) {
  const left = ADVERT_LIMIT - lengthOf(text.trim());
  const count = Math.abs(left).toLocaleString('en');
  return left < 0 ? `${count} characters too many` : `${count} characters left`;
}

/** A place that lasts as long as the tab, one for each person. */
export function draftPlace(storage, userId) {
  const place = createPlace(storage, `interview-draft:${userId}`);
  return { read: () => draftFrom(place.read()), keep: place.keep };
}
