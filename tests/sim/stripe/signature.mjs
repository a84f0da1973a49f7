// The Stripe-Signature header: the whole `whsec_…` text is the key, and every secret that counts signs.

import { createHmac } from 'node:crypto';

/** `t=…,v1=…`, with one `v1` for each secret. */
export function signatureHeader(secrets, timestamp, body) {
  return [`t=${timestamp}`, ...secrets.map((secret) => `v1=${signature(secret, timestamp, body)}`)].join(',');
}

export const signature = (secret, timestamp, body) => createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
