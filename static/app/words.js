/** What a failure is called on the page: what happened, what it means for you, what to do. */

const UNCHARGED = 'Nothing was charged.';
const AGAIN = 'Try again in a moment.';

const signedOut = ['Your sign-in has ended.', UNCHARGED, 'Sign in again to go on.'];
const slowDatabase = ['Our database did not answer in time.', `Your account is as it was. ${UNCHARGED}`, AGAIN];
const providerAway = ['A service that we rely on did not answer.', UNCHARGED, AGAIN];

const WORDS = {
  no_token: signedOut,
  bad_token: signedOut,
  token_expired: signedOut,
  forbidden: ['Your account has no access to this.', 'Nothing was changed.', 'Sign in with another account if you have one.'],
  not_found: ['What you asked for does not exist.', 'It may have been deleted.', 'Go back and choose again.'],
  not_configured: ['This part is not set up on this site.', UNCHARGED, 'Whoever runs the site finds the reason in its diagnostics.'],
  database_timeout: slowDatabase,
  database_error: slowDatabase,
  provider_busy: ['A service that we rely on is busy.', UNCHARGED, AGAIN],
  provider_error: providerAway,
  provider_timeout: providerAway,
  internal_error: ['This failed because of a fault of ours.', UNCHARGED, `${AGAIN} If it stays, send us the request id.`],
  no_answer: ['The server did not answer in time.', UNCHARGED, 'Check your connection and try again.'],
  unreachable: ['The server could not be reached.', UNCHARGED, 'Check your connection and try again.'],
  sign_in_missing: [
    'Sign-in is not set up on this site.',
    'There are no accounts here yet. You can read every other page.',
    'Whoever runs the site sets it up with the keys of a Clerk application.',
  ],
  sign_in_unreachable: [
    'The sign-in service could not be reached.',
    'You are not signed in, and nothing of yours has changed.',
    'Check your connection. A content blocker can be the reason too.',
  ],
};

const UNKNOWN = ['This did not work.', UNCHARGED, `${AGAIN} If it stays, send us the request id.`];

export function explain(code) {
  const [happened, means, next] = Object.hasOwn(WORDS, code) ? WORDS[code] : UNKNOWN;
  return { happened, means, next };
}

/** Whether only a new sign-in helps. */
export const endsSession = (code) => WORDS[code] === signedOut;

/** At most two letters for a disc without a picture. */
export function initials(name) {
  const words = (name ?? '').split(/[\s@._-]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : null].map((word) => (word ? [...word][0].toUpperCase() : '')).join('');
}

/** A picture's address if the page's policy lets it load, else null: a blocked one would be reported as a breach. */
export function pictureAddress(address) {
  return /^(https:\/\/img\.clerk\.com\/|data:image\/)/.test(address ?? '') ? address : null;
}
