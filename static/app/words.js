/** What a failure is called on the page: what happened, what it means for you, what to do. */

const UNCHARGED = 'Nothing was charged.';
const AGAIN = 'Try again in a moment.';

const seconds = (ms) => (ms < 90_000 ? `${Math.max(1, Math.ceil(ms / 1000))} seconds` : `${Math.ceil(ms / 60_000)} minutes`);

const signedOut = ['Your sign-in has ended.', UNCHARGED, 'Sign in again to go on.'];
const slowDatabase = ['Our database did not answer in time.', `Your account is as it was. ${UNCHARGED}`, AGAIN];
const providerAway = ['A service that we rely on did not answer.', UNCHARGED, AGAIN];

const WORDS = {
  no_token: signedOut,
  bad_token: signedOut,
  bad_request: ['The server did not take what was sent.', 'Nothing was changed.', 'Check what you entered and try again.'],
  token_expired: signedOut,
  account_closed: [
    'This account has been deleted.',
    'Its name and address are erased, and its VocahireCredits are given up.',
    'You can make a new account. The welcome grant is given once for each e-mail address.',
  ],
  insufficient_credits: ({ currentCredits = 'fewer', minimumRequired = '0.50' }) => [
    `You have ${currentCredits} VocahireCredits.`,
    `An interview needs at least ${minimumRequired}. ${UNCHARGED}`,
    'Your statement tells where each one went.',
  ],
  session_in_progress: ['Another interview of yours is going on.', UNCHARGED, 'End that one first, or go back to it.'],
  session_ended: ['This interview has ended.', 'It is charged as your statement says.', 'Start a new one when you are ready.'],
  conflict: ['This cannot be done as things are now.', 'Nothing was changed.', 'Load the page again to see how they are.'],
  idempotency_mismatch: [
    'This was sent before, with something else in it.',
    'The first one counts; nothing was added.',
    'Load the page again.',
  ],
  unprocessable: ['This asks for more than there is.', 'Nothing was changed.', 'Choose a smaller amount.'],
  rate_limited: ({ retryAfterMs = 60_000 }) => [
    'That was too often in a short time.',
    'Nothing was changed.',
    `Try again in ${seconds(retryAfterMs)}.`,
  ],
  wallet_unavailable: ['Your VocahireCredits could not be reached.', 'They are as they were; nothing is lost.', AGAIN],
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

export function explain(code, details = {}) {
  const words = Object.hasOwn(WORDS, code) ? WORDS[code] : UNKNOWN;
  const [happened, means, next] = typeof words === 'function' ? words(details) : words;
  return { happened, means, next };
}

/** All of it in one paragraph. */
export function sentence({ code, details }) {
  const { happened, means, next } = explain(code, details);
  return `${happened} ${means} ${next}`;
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
