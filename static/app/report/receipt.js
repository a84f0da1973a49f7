/** A receipt: what stands in one, in words for whoever reads it, and whether a file is the one it speaks of. */
import { lengthText } from '../talk.js';
import { momentText } from '../money.js';

/** As told about somebody else. */
const ENDINGS = {
  no_media_path: 'No connection came about',
  no_output: 'The interviewer said nothing',
  never_spoke: 'The person never spoke',
  ended_early: 'It ended in its first minute',
  ended_by_user: 'The person ended it',
  connection_lost: 'The connection was lost',
  provider_fault: 'The service behind the interviewer failed',
  our_fault: 'A fault of ours ended it',
  ran_its_time: 'It ran its time',
  cost_ceiling: 'It reached what one interview may use',
  paid_ahead: 'It was paid at its start',
};

/** The receipt in what somebody pasted or opened: itself, or a link that ends in it. A mail may have broken it into lines. */
export function receiptIn(text) {
  const whole = text.replace(/\s+/g, '');
  const last = whole.slice(whole.lastIndexOf('#') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** What was signed, one fact after the other. @returns {{ name: string, value: string, code?: boolean }[]} */
export function factsOf(signed, locale, timeZone) {
  const moment = (iso) => (iso ? momentText(iso, locale, timeZone) : 'not known');
  return [
    { name: 'Began', value: moment(signed.startedAt) },
    { name: 'Ended', value: moment(signed.endedAt) },
    { name: 'Heard', value: lengthText(signed.heardSeconds) },
    { name: 'How it ended', value: Object.hasOwn(ENDINGS, signed.ending) ? ENDINGS[signed.ending] : 'It is over' },
    { name: 'Charged', value: Number(signed.charged) === 0 ? 'Nothing' : `${signed.charged} VocahireCredits` },
    { name: 'Scored by', value: signed.rubric ? `Rubric ${signed.rubric}` : 'Not scored' },
    { name: 'Signed', value: moment(signed.issuedAt) },
    { name: 'Interview', value: signed.session, code: true },
    { name: 'Person, as a fingerprint', value: signed.person, code: true },
    ...(signed.rubricHash ? [{ name: 'Fingerprint of the rubric', value: signed.rubricHash, code: true }] : []),
    { name: 'Fingerprint of the transcript', value: signed.transcriptHash, code: true },
  ];
}

/** SHA-256 as the receipt writes it. @param {ArrayBuffer} bytes */
export async function fingerprint(bytes) {
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
