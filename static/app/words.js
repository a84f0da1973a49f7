/** What a failure is called on the page: what happened, what it means for you, what to do. */

const UNCHARGED = 'Nothing was charged.';
const AGAIN = 'Try again in a moment.';

const signedOut = ['Your sign-in has ended.', UNCHARGED, 'Sign in again to go on.'];
const slowDatabase = ['Our database did not answer in time.', `Your account is as it was. ${UNCHARGED}`, AGAIN];
const providerAway = ['A service that we rely on did not answer.', UNCHARGED, AGAIN];

const onlyGiven = ({ currentCredits, minimumRequired }) => [
  'VocahireCredits that you were given cannot pay for an interview here.',
  `${UNCHARGED} Of others you have ${currentCredits ?? 'too few'}, and an interview needs at least ${minimumRequired ?? '0.50'}.`,
  'Those that you buy can pay for it, and so can a plan.',
];
const lowCredits = ({ currentCredits, minimumRequired, reason }) => (reason === 'granted' ? onlyGiven({ currentCredits, minimumRequired })
  : [
    `You have ${currentCredits ?? 'too few'} VocahireCredits, and an interview needs at least ${minimumRequired ?? '0.50'}.`,
    UNCHARGED,
    'Your VocahireCredits page says where each one went.',
  ]);
const usedUp = ({ retryAfterMs }) => [
  'Your plan has covered all the talk that it covers in 24 hours.',
  'Nothing was begun, and nothing was charged.',
  `It covers more in ${waitText(retryAfterMs)}. Until then your VocahireCredits can pay: the start page says how much.`,
];
const tooMany = ({ reason, retryAfterMs }) => (reason === 'fair_use' ? usedUp({ retryAfterMs }) : [
  'That was too often in a short time.',
  'Nothing was begun, and nothing was charged.',
  `Wait ${waitText(retryAfterMs)}, then try again.`,
]);

const WORDS = {
  no_token: signedOut,
  bad_token: signedOut,
  token_expired: signedOut,
  account_closed: [
    'This account is deleted.',
    'Nothing can be started or changed with it any more.',
    'Sign out. You can create a new account whenever you like.',
  ],
  insufficient_credits: lowCredits,
  rate_limited: tooMany,
  not_open_now: ({ reason }) => [
    reason === 'free_starts' ? 'No new free interviews begin today.' : 'No new interviews begin today.',
    'Your VocahireCredits are untouched: what was set aside comes back by itself.',
    reason === 'free_starts'
      ? 'So many have talked for free that today has no more. Try again tomorrow, or buy VocahireCredits to start now.'
      : 'We have reached what we can spend in a day. Try again tomorrow.',
  ],
  wallet_unavailable: [
    'Your VocahireCredits could not be reached just now.',
    'They are safe. Whatever was set aside for an interview that did not begin comes back by itself.',
    AGAIN,
  ],
  session_in_progress: [
    'You have an interview that is not over yet.',
    'Only one can run at a time, and no second one was begun.',
    'Go back to it, or end it first.',
  ],
  session_ended: ['This interview has ended.', 'It is charged as your statement says.', 'Start a new one when you are ready.'],
  conflict: ['This cannot be done as things stand.', 'Nothing was changed.', 'Look at how things stand now, then decide again.'],
  idempotency_mismatch: [
    'This was sent before with other words.',
    'The first one counts; this one changed nothing.',
    'Look at what is there now, then begin anew.',
  ],
  unprocessable: ['This is understood, but it cannot be done.', 'Nothing was changed.', 'Change what you asked for and try again.'],
  bad_request: ['Something in what was sent has a wrong form.', 'Nothing was changed.', 'Check what you typed and try again.'],
  forbidden: ['Your account has no access to this.', 'Nothing was changed.', 'Sign in with another account if you have one.'],
  not_found: ['What you asked for does not exist.', 'It may have been deleted.', 'Go back and choose again.'],
  not_configured: ['This part is not set up on this site.', UNCHARGED, 'Whoever runs the site finds the reason in its diagnostics.'],
  database_timeout: slowDatabase,
  database_error: slowDatabase,
  provider_busy: ['A service that we rely on is busy.', UNCHARGED, AGAIN],
  provider_error: providerAway,
  provider_refused: ['A service that we rely on refused this.', UNCHARGED, `${AGAIN} If it stays, send us the request id.`],
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

/** How long to wait, rounded up, so that nobody comes too early. */
export function waitText(milliseconds) {
  if (!(milliseconds > 0)) return 'a moment';
  const units = /** @type {[string, number, number][]} */ ([['hour', 3_600_000, 2], ['minute', 60_000, 2], ['second', 1000, 0]]);
  const [name, size] = units.find(([, size, least]) => milliseconds >= size * least);
  const count = Math.ceil(milliseconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
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
