// The product's module behind a door that can spoil its database. `x-test-db` says how: hang, fail-before, fail-after,
// with `:2` the second batch of the request and not the first; throw, at once and in place of a promise; or count. With
// it, the answer's `x-test-db-seen` tells what the product asked of the database. `x-test-assets: fail` takes the files
// away. `x-test-clock` puts the clock of the isolate so many milliseconds ahead, from that request on.

import { WorkerEntrypoint } from 'cloudflare:workers';

import Product from '../../build/index.js';

const NO_ASSETS = { fetch: () => Promise.reject(new Error('no files today')) };

let ahead = 0;
const now = Date.now;
Date.now = () => now() + ahead;

export default class extends WorkerEntrypoint {
  async fetch(request) {
    ahead = Number(request.headers.get('x-test-clock') ?? ahead);
    const { env, ctx } = this;
    if (request.headers.get('x-test-assets') === 'fail') return product(request, { ...env, ASSETS: NO_ASSETS }, ctx);
    const wish = request.headers.get('x-test-db');
    if (!wish) return product(request, env, ctx);
    const [how, batch = 1] = wish.split(':');
    const seen = { batches: 0, statements: 0, sessions: [] };
    const response = await product(request, { ...env, DB: spoiled(env.DB, how, Number(batch), seen) }, ctx);
    const answer = new Response(response.body, response);
    answer.headers.set('x-test-db-seen', JSON.stringify(seen));
    return answer;
  }
}

/** The product exports a class or an object, as its build tool likes. */
function product(request, env, ctx) {
  return typeof Product === 'function' ? new Product(ctx, env).fetch(request) : Product.fetch(request, env, ctx);
}

/** A database, or a session of it, one of whose batches goes wrong. Statements stay native: a batch looks inside. */
function spoiled(database, how, which, seen) {
  const replaced = {
    withSession(constraint) {
      if (how === 'throw') throw new Error('D1_ERROR: thrown at once');
      seen.sessions.push(constraint ?? null);
      return spoiled(database.withSession(constraint), how, which, seen);
    },
    batch(statements) {
      seen.batches += 1;
      seen.statements += statements.length;
      return spoil(seen.batches === which ? how : 'count', () => database.batch(statements));
    },
  };
  return new Proxy(database, {
    get(target, name) {
      if (Object.hasOwn(replaced, name)) return replaced[name];
      const value = Reflect.get(target, name, target);
      // The Rust side recognises the database by `constructor.name`, so that one is handed through as it is.
      return typeof value === 'function' && name !== 'constructor' ? value.bind(target) : value;
    },
  });
}

async function spoil(how, run) {
  if (how === 'hang') return new Promise(() => {});
  if (how === 'fail-before') throw new Error('D1_ERROR: failed before it was done');
  const rows = await run();
  if (how === 'fail-after') throw new Error('D1_ERROR: failed after it was done');
  return rows;
}
