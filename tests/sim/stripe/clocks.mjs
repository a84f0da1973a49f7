// Test clocks: the time of the customers that were made on them stands still until it is told to go on.

import { page, seconds, wanted } from './book.mjs';
import { newId } from './ids.mjs';
import { refusedParam } from './refuse.mjs';
import { runClock } from './renewal.mjs';
import { periodEnd } from './periods.mjs';
import { PAGED, text, time } from './shape.mjs';
import { subscriptionsOf } from './subscriptions.mjs';

const KIND = 'test_helpers.test_clock';
const PATH = '/v1/test_helpers/test_clocks';
const ADVANCING_MS = 20;
const KEPT_SECONDS = 30 * 86_400;
const MOST_INTERVALS = 2;
const YEARLY = { interval: 'year', interval_count: 1 };

export function addClock(house, { frozen_time: frozen, name = null }) {
  const clock = house.book.add({
    id: newId('clock'), object: KIND, created: seconds(), deletes_after: seconds() + KEPT_SECONDS, frozen_time: frozen, livemode: false,
    name, status: 'ready', status_details: {},
  });
  house.emit(`${KIND}.created`, clock);
  return clock;
}

/** It answers at once and is ready a little later, when all that fell due has happened. */
function advance(house, { frozen_time: until }, { id }) {
  const clock = wanted(house, KIND, id);
  if (clock.status !== 'ready') throw refusedParam('Test clock advancement is already underway.', 'frozen_time');
  if (until <= clock.frozen_time) throw refusedParam('`frozen_time` must be later than the current frozen time.', 'frozen_time');
  if (until > furthest(house, clock)) {
    throw refusedParam(`A test clock can be advanced by at most ${MOST_INTERVALS} intervals of its shortest subscription.`, 'frozen_time');
  }
  Object.assign(clock, { status: 'advancing', status_details: { advancing: { target_frozen_time: until } } });
  house.emit(`${KIND}.advancing`, clock);
  setTimeout(() => {
    if (house.book.find(KIND, id) === clock) arrive(house, clock, until);
  }, ADVANCING_MS);
  return clock;
}

export function arrive(house, clock, until) {
  runClock(house, clock, until);
  Object.assign(clock, { status: 'ready', status_details: {} });
  house.emit(`${KIND}.ready`, clock);
}

function furthest(house, { id, frozen_time: now }) {
  const customers = customersOf(house, id);
  const items = customers.flatMap((one) => subscriptionsOf(house, one.id)).flatMap((one) => one.items.data);
  const intervals = items.length === 0 ? [YEARLY] : items.map(({ price }) => price.recurring);
  return Math.min(...intervals.map((often) => periodEnd(now, now, { ...often, interval_count: often.interval_count * MOST_INTERVALS })));
}

const customersOf = ({ book }, id) => book.all('customer').filter((one) => one.test_clock === id);

/** What was made on the clock goes with it. */
function remove(house, asked, { id }) {
  const clock = wanted(house, KIND, id);
  for (const customer of customersOf(house, id)) {
    for (const subscription of subscriptionsOf(house, customer.id)) house.book.remove(subscription);
    house.book.remove(customer);
  }
  house.book.remove(clock);
  house.emit(`${KIND}.deleted`, clock);
  return { id, object: KIND, deleted: true };
}

export const clockRoutes = [
  ['GET', PATH, 'clocks', { fields: PAGED }, (house, asked) => page(house, KIND, { path: PATH, asked })],
  ['GET', `${PATH}/:id`, 'clock', {}, (house, asked, { id }) => wanted(house, KIND, id)],
  ['POST', PATH, 'create_clock', { fields: { frozen_time: time, name: text }, required: ['frozen_time'] }, addClock],
  ['POST', `${PATH}/:id/advance`, 'advance_clock', { fields: { frozen_time: time }, required: ['frozen_time'] }, advance],
  ['DELETE', `${PATH}/:id`, 'delete_clock', {}, remove],
];
