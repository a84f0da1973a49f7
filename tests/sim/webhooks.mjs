// Webhooks as Svix sends them for Clerk: signed over the exact bytes, one id for all deliveries of a message; and how any of
// them is delivered.

import { createHmac, randomBytes } from 'node:crypto';

import { eventJson } from './clerk-shapes.mjs';
import { BadRequest } from './http.mjs';

export const WEBHOOK_SECRET = 'whsec_c2ltdWxhdGVkLXdlYmhvb2stc2VjcmV0';
const SIDE_BY_SIDE = 16; // so many deliveries are under way at once
const PATIENCE_MS = 15_000;

/** `place.webhookUrl` is the Worker that is told, null where nobody is. */
export function makeWebhooks(place) {
  return {
    /** Delivers what happened, in the background, once; nobody need be listening. */
    tell(event) {
      if (place.webhookUrl) send(place, message(event), {}).catch(() => {});
    },

    /** Delivers one event or several, each `times` times, and answers the statuses in the order of sending. */
    async deliver({ event, times, shuffle, signWith = WEBHOOK_SECRET, ageSeconds = 0, headers = 'svix' }) {
      if (!place.webhookUrl) throw new BadRequest('No Worker is known to deliver to.');
      if (!['svix', 'webhook'].includes(headers)) throw new BadRequest('headers must be svix or webhook.');
      const messages = [event].flat().map(message);
      return { statuses: await deliverAll(messages, { times, shuffle }, (one) => send(place, one, { signWith, ageSeconds, headers })) };
    },
  };
}

const message = (event) => ({ id: `msg_${randomBytes(12).toString('hex')}`, body: JSON.stringify(eventJson(event)) });

/** Sends each of these `times` times, a few side by side, and answers what each came to, in the order of sending. */
export async function deliverAll(list, { times = 1, shuffle = false }, sendOne) {
  if (!Number.isInteger(times) || times < 1) throw new BadRequest('times must be a whole number from 1 on.');
  const deliveries = list.flatMap((one) => Array.from({ length: times }, () => one));
  if (shuffle) shuffled(deliveries);
  const statuses = [];
  for (let from = 0; from < deliveries.length; from += SIDE_BY_SIDE) {
    statuses.push(...await Promise.all(deliveries.slice(from, from + SIDE_BY_SIDE).map(sendOne)));
  }
  return statuses;
}

function send(place, { id, body }, { signWith = WEBHOOK_SECRET, ageSeconds = 0, headers = 'svix' }) {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signed = {
    'content-type': 'application/json',
    'user-agent': 'Svix-Webhooks/1.81.0',
    [`${headers}-id`]: id,
    [`${headers}-timestamp`]: timestamp,
    [`${headers}-signature`]: signature(signWith, id, timestamp, body),
  };
  return postTo(place, '/api/webhooks/clerk', { headers: signed, body });
}

/** The status of the Worker's answer; what follows it is not read. */
export async function postTo({ webhookUrl }, path, { headers, body }) {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(new URL(path, webhookUrl), { method: 'POST', headers, body, redirect: 'manual', signal: limit });
  await answer.body?.cancel();
  return answer.status;
}

/** The key is the base64 behind `whsec_`. */
export function signature(secret, id, timestamp, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function shuffled(list) {
  for (let n = list.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [list[n], list[other]] = [list[other], list[n]];
  }
}
