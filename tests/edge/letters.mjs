// Letters to a Wallet, as the product writes them.

export const session = (n) => `ses_${String(n).padStart(8, '0')}`;

export const hold = (n, person, more = {}) =>
  ({ hold: { key: `key-${n}`, fingerprint: 'f', session: session(n), person, seconds: 1800, replace: null, credits: false, ...more } });

export const begin = (n) => ({ begin: { session: session(n) } });

export const settle = (n, heard = 900_000, ending = 'ended_by_user') =>
  ({ settle: { session: session(n), outcome: { ending, heard } } });

export const adjust = (key, amount) => ({ adjust: { key, amount, reason: 'a test', actor: 'user_admin' } });
