// The product's module behind a door that can spoil its database. `x-test-db` says how: hang, fail-before, fail-after,
// with `:2` the second batch of the request and not the first; throw, at once and in place of a promise; or count. With
// it, the answer's `x-test-db-seen` tells what the product asked of the database, and `x-test-objects-seen` which objects
// it asked. `x-test-assets: fail` takes the files away. The first fence is open, unless `x-test-fence: real` wants it as
// it is. `x-test-clock` puts the clock of the isolate so many milliseconds ahead, from that request on. Its objects have
// a second door (entry/object.mjs), which tests reach through the driver (entry/driver.mjs).

import { WorkerEntrypoint } from 'cloudflare:workers';

import Product, { Room as ProductRoom, Wallet as ProductWallet } from '../../build/index.js';
import { putAhead } from './entry/clock.mjs';
import { nothingSeen, spoiled } from './entry/database.mjs';
import { drive } from './entry/driver.mjs';
import { doored } from './entry/object.mjs';
import { with_ } from './entry/with.mjs';

export const Wallet = doored(ProductWallet, 'wallet');
export const Room = doored(ProductRoom, 'room');

const OPEN_FENCE = { limit: () => Promise.resolve({ success: true }) };
/** The bare runtime has no bucket: what is put there is gone. */
const NO_FILES = { put: async () => null, get: async () => null, delete: async () => {} };
const NO_ASSETS = { fetch: () => Promise.reject(new Error('no files today')) };

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const clock = request.headers.get('x-test-clock');
    if (clock !== null) putAhead(Number(clock));
    const { ctx } = this;
    const own = { FILES: NO_FILES, ...this.env };
    const env = request.headers.get('x-test-fence') === 'real' ? own : { ...own, FENCE: OPEN_FENCE };
    if (new URL(request.url).pathname.startsWith('/__driver/')) return drive(request, env);
    if (request.headers.get('x-test-assets') === 'fail') return product(request, { ...env, ASSETS: NO_ASSETS }, ctx);
    const wish = request.headers.get('x-test-db');
    if (!wish) return product(request, env, ctx);
    const [how, batch = 1] = wish.split(':');
    const seen = nothingSeen();
    const spoil = { how, batch: Number(batch) };
    const objects = [];
    const ask = { WALLET: counting(env.WALLET, () => objects.push('WALLET')), ROOM: counting(env.ROOM, () => objects.push('ROOM')) };
    const response = await product(request, { ...env, ...ask, DB: spoiled(env.DB, spoil, seen) }, ctx);
    const answer = new Response(response.body, response);
    answer.headers.set('x-test-db-seen', JSON.stringify(seen));
    answer.headers.set('x-test-objects-seen', objects.join(','));
    return answer;
  }

  async scheduled(controller) {
    const { env, ctx } = this;
    return typeof Product === 'function' ? new Product(ctx, env).scheduled(controller) : Product.scheduled(controller, env, ctx);
  }
}

/** The product exports a class or an object, as its build tool likes. */
function product(request, env, ctx) {
  return typeof Product === 'function' ? new Product(ctx, env).fetch(request) : Product.fetch(request, env, ctx);
}

function counting(namespace, count) {
  const get = (id) => {
    const stub = namespace.get(id);
    return with_(stub, { fetch: (...question) => (count(), stub.fetch(...question)) });
  };
  return with_(namespace, { get });
}
