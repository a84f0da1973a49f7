/** How the interview is adjusted to a person. It stays on this device, goes along with the start alone, and no score ever sees it. */
import { createPlace } from '../place.js';

/** Each by its name: what it is called, and what it means. */
export const ADJUSTMENTS = {
  patient: { name: 'More time to think', means: 'The interviewer waits while you are silent.' },
  slow: { name: 'A slower voice', means: 'It speaks more slowly, from its first word.' },
  typed: { name: 'Answer by typing', means: 'It writes and you write; nothing is heard or spoken.' },
};

/** @typedef {{ patient: boolean, slow: boolean, typed: boolean }} Profile */

/** Whatever was kept, made whole. @returns {Profile} */
export const profileFrom = (kept) => /** @type {Profile} */ (
  Object.fromEntries(Object.keys(ADJUSTMENTS).map((name) => [name, kept?.[name] === true])));

export function profilePlace(storage, userId) {
  const place = createPlace(storage, `interview-profile:${userId}`);
  return { read: () => profileFrom(place.read()), keep: place.keep };
}

/** What of it a start says. @param {Profile} profile */
export const askedOf = ({ patient, slow, typed }) => ({ ...(patient && { patience: 'patient' }), ...(slow && !typed && { pace: 'slow' }) });

/** What is adjusted, in a few words. @param {Profile} profile */
export const profileText = (profile) =>
  Object.entries(ADJUSTMENTS).filter(([name]) => profile[name]).map(([, { name }]) => name).join(' · ') || 'Nothing is adjusted';
