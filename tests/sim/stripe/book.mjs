// The objects that there are, by kind and id, and what every kind needs: to be found, listed, changed.

import { noSuch } from './refuse.mjs';

const USUAL_LIMIT = 10;

export function makeBook() {
  const kinds = new Map();
  const of = (kind) => kinds.get(kind) ?? kinds.set(kind, new Map()).get(kind);

  return {
    add(object) {
      of(object.object).set(object.id, object);
      return object;
    },

    find: (kind, id) => of(kind).get(id),
    all: (kind) => [...of(kind).values()],
    remove: ({ object, id }) => of(object).delete(id),
    clear: () => kinds.clear(),
  };
}

/** The object of this id, or Stripe's refusal; `param` is where the id stood, if not in the path. */
export function wanted({ book }, kind, id, param) {
  const found = book.find(kind, id);
  if (!found || (param && found.deleted)) throw noSuch(kind, id, param);
  return found;
}

/** A page of the objects that fit, newest first. */
export function page({ book }, kind, { path, asked, fits = () => true }) {
  return cut(book.all(kind).reverse().filter((one) => !one.deleted && within(one.created, asked.created) && fits(one)), path, asked);
}

/** A page of these. */
export function cut(all, path, { limit = USUAL_LIMIT, starting_after: after, ending_before: until }) {
  const place = (id, param) => {
    const at = all.findIndex((one) => one.id === id);
    if (at < 0) throw noSuch('object', id, param);
    return at;
  };
  const from = after === undefined ? 0 : place(after, 'starting_after') + 1;
  const rest = all.slice(from, until === undefined ? all.length : place(until, 'ending_before'));
  const data = until === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  return listOf(data, path, rest.length > data.length);
}

export const listOf = (data, url, more = false) => ({ object: 'list', data, has_more: more, url });

function within(moment, { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = {}) {
  return moment > gt && moment >= gte && moment < lt && moment <= lte;
}

/** Metadata after a change of it: null takes all away, an empty text one name. */
export function merged(old, changes) {
  if (changes === undefined) return old;
  if (changes === null) return {};
  return Object.fromEntries(Object.entries({ ...old, ...changes }).filter(([, value]) => value !== ''));
}

export const seconds = () => Math.floor(Date.now() / 1000);

/** What time it is for a customer: that of the test clock, where there is one. */
export function nowFor({ book }, customerId) {
  const clock = book.find('test_helpers.test_clock', book.find('customer', customerId)?.test_clock);
  return clock?.frozen_time ?? seconds();
}
