// Events: every one is kept for good, told to the Worker at once or when a test says so, and listed for who asks later.

import { BadRequest, checkFields } from '../http.mjs';
import { deliverAll, postTo } from '../webhooks.mjs';
import { nowFor, page, seconds, wanted } from './book.mjs';
import { newId, randomId } from './ids.mjs';
import { refusedParam } from './refuse.mjs';
import { rendered } from './render.mjs';
import { signatureHeader } from './signature.mjs';
import { flag, list, PAGED, text } from './shape.mjs';

const FIRST_SECRET = 'whsec_SimulatedStripeWebhookSecret01';
const PATH = '/api/webhooks/stripe';
const DELIVER = {
  event: 'object', id: 'string or object', pending: 'boolean', times: 'number', shuffle: 'boolean', signWith: 'string or object',
  ageSeconds: 'number',
};

export function makeEvents(house) {
  let secrets = [FIRST_SECRET];
  const deliveries = new Map(); // by the id of the event: how it stands, and every attempt
  const underWay = new Set();

  /** Tells one event as Stripe would, and keeps what came of it. */
  async function tell(event) {
    const delivery = deliveries.get(event.id);
    delivery.state = 'under way';
    const status = await send(house, event, { secrets, ageSeconds: -house.settings.aheadSeconds });
    delivery.attempts.push({ at: new Date().toISOString(), status });
    const taken = status !== null && status < 300;
    delivery.state = taken ? 'delivered' : 'failed';
    if (taken) event.pending_webhooks = 0;
    return status;
  }

  const events = {
    secrets: () => secrets,
    list: () => house.book.all('event').map(({ id, type, created, data }) => (
      { id, type, created, object: data.object.id, ...deliveries.get(id) }
    )),
    deliver: (body) => deliver(house, { secrets, deliveries, tell }, body),

    /** What happened, told in the background. Where nobody is to be told it is kept all the same. */
    emit(type, object, previous) {
      const { settings, place, book, request } = house;
      const event = book.add({
        id: newId('evt'), object: 'event', api_version: settings.apiVersion, created: nowFor(house, ownerOf(house, object)),
        data: { object: rendered(house, object, settings.apiVersion), ...(previous && { previous_attributes: previous }) }, livemode: false,
        pending_webhooks: place.webhookUrl ? 1 : 0, request: request ?? { id: null, idempotency_key: null }, type,
      });
      const held = settings.deliver === 'held';
      deliveries.set(event.id, { state: held ? 'held' : 'nobody', attempts: [] });
      if (held || !place.webhookUrl) return;
      const told = tell(event).finally(() => underWay.delete(told));
      underWay.add(told);
    },

    /** Waits until nothing is under way any more, nor follows from what was. */
    async delivered() {
      while (underWay.size > 0) await Promise.all(underWay);
    },

    /** A new secret; the old one signs beside it if `keepOld`. */
    rotate({ keepOld = false } = {}) {
      secrets = [newSecret(), ...(keepOld ? secrets : [])];
    },

    reset: () => deliveries.clear(),
  };
  return events;
}

const newSecret = () => `whsec_${randomId(32)}`;

/** Whose time it is that an object lives in. */
function ownerOf({ book }, { object, id, customer, charge, invoice }) {
  if (object === 'customer') return id;
  return customer ?? book.find('charge', charge)?.customer ?? book.find('invoice', invoice)?.customer;
}

/** Delivers events of a test's own, or of those that happened, and answers the statuses; null is no answer. */
async function deliver(house, post, body) {
  checkFields(body, DELIVER);
  if (!house.place.webhookUrl) throw new BadRequest('No Worker is known to deliver to.');
  const events = chosen(house, post.deliveries, body);
  const { signWith, ageSeconds, times, shuffle } = body;
  // What Stripe would not send so leaves no mark on how its delivery stands.
  const plain = signWith === undefined && ageSeconds === undefined && body.event === undefined;
  const wish = { secrets: [signWith ?? post.secrets].flat(), ageSeconds: ageSeconds ?? -house.settings.aheadSeconds };
  return { statuses: await deliverAll(events, { times, shuffle }, plain ? post.tell : (event) => send(house, event, wish)) };
}

function chosen({ book, settings }, deliveries, { event, id, pending }) {
  if ([event, id, pending].filter((one) => one !== undefined).length !== 1) throw new BadRequest('One of event, id and pending is needed.');
  if (event) return [event].flat().map((one) => completed(one, settings));
  if (pending) return book.all('event').filter((one) => ['held', 'failed'].includes(deliveries.get(one.id).state));
  return [id].flat().map((one) => {
    const found = book.find('event', one);
    if (!found) throw new BadRequest(`There is no event ${one}.`);
    return found;
  });
}

/** A test's own event as Stripe wraps it; what the test says itself stands. */
function completed(event, { apiVersion }) {
  return {
    id: newId('evt'), object: 'event', api_version: apiVersion, created: seconds(), livemode: false, pending_webhooks: 1,
    request: { id: null, idempotency_key: null }, ...event,
  };
}

/** The status of the answer, null where there was none. */
async function send({ place }, event, { secrets, ageSeconds }) {
  const body = JSON.stringify(event, null, 2);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'stripe-signature': signatureHeader(secrets, seconds() - ageSeconds, body),
  };
  return postTo(place, PATH, { headers, body }).catch(() => null);
}

function listed(house, asked) {
  const { type, types, delivery_success: success } = asked;
  if (type !== undefined && types !== undefined) throw refusedParam('You may only specify one of these parameters: type, types.', 'types');
  const all = types ?? (type === undefined ? ['*'] : [type]);
  const wished = all.map((one) => new RegExp(`^${one.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
  const fits = (one) => wished.some((pattern) => pattern.test(one.type))
    && (success === undefined || success === (one.pending_webhooks === 0));
  return page(house, 'event', { path: '/v1/events', asked, fits });
}

export const eventRoutes = [
  ['GET', '/v1/events', 'events', { fields: { ...PAGED, type: text, types: list(text, 20), delivery_success: flag } }, listed],
  ['GET', '/v1/events/:id', 'event', {}, (house, asked, { id }) => wanted(house, 'event', id)],
];
