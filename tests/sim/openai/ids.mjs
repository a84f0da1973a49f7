// Ids as OpenAI makes them: a prefix and random characters.

import { randomBytes } from 'node:crypto';

/** `call` gives `call_Dq3…`. */
export const newId = (prefix) => `${prefix}_${randomBytes(16).toString('base64url').replace(/[-_]/g, 'x').slice(0, 21)}`;
