// Ids as Stripe makes them: a prefix and random letters and digits.

import { randomBytes } from 'node:crypto';

export const randomId = (length) => randomBytes(length * 2).toString('base64url').replace(/[-_]/g, '').slice(0, length).padEnd(length, '0');

/** `pi` gives `pi_3Rk…`. */
export const newId = (prefix, length = 24) => `${prefix}_${randomId(length)}`;
