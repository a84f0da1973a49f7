// An object of the product over a storage, a database and other objects that a test can spoil or watch, and beside its
// door another one for the test itself: `https://test/<op>` with JSON in and out.

import { toPlatform, toProduct } from './clock.mjs';
import { nothingSeen, spoiled } from './database.mjs';
import { effect } from './effects.mjs';
import { contract, seed } from './storage.mjs';
import { with_ } from './with.mjs';

let made = 0;

/** `kind` is whose effects its questions are. */
export const doored = (Product, kind) => class extends Product {
  #state;
  #test;
  #number = (made += 1);

  constructor(state, env) {
    const test = { database: {}, statement: 0, commit: false, seen: fresh() };
    const others = { WALLET: asked(kind, env, 'WALLET'), ROOM: asked(kind, env, 'ROOM') };
    super(with_(state, { storage: watched(state.storage, test) }), { ...env, ...others, DB: counted(kind, env.DB, test) });
    this.#state = state;
    this.#test = test;
  }

  async fetch(request) {
    const url = new URL(request.url);
    if (url.hostname !== 'test') return super.fetch(request);
    const wish = await request.json();
    return Response.json(await this.#perform(url.pathname.slice(1), wish));
  }

  async #perform(op, wish) {
    const test = this.#test;
    const { storage } = this.#state;
    switch (op) {
      case 'spoil': return Object.assign(test, { database: {}, statement: 0, commit: false }, wish, { seen: fresh() });
      case 'seen': return test.seen;
      case 'number': return { number: this.#number };
      case 'rows': return storage.sql.exec(wish.sql, ...(wish.values ?? [])).toArray();
      case 'alarm': {
        const at = await storage.getAlarm();
        return { at: at === null ? null : toProduct(at) };
      }
      case 'ring': return { failed: await this.alarm().then(() => null, (error) => error.message) };
      case 'hasten': {
        storage.sql.exec('update due set at = at - ?', wish.by);
        return storage.setAlarm(toPlatform(Date.now())).then(() => ({}));
      }
      case 'evict': {
        setTimeout(() => this.#state.abort('evicted by a test')); // from outside of the product's own stack
        return { number: this.#number };
      }
      case 'seed': return seed(storage, wish);
      case 'contract': return contract(storage, wish.cases);
      default: throw new Error(`no such wish: ${op}`);
    }
  }
};

const fresh = () => ({ ...nothingSeen(), rowsWritten: 0, transactions: 0, run: 0, alarms: 0 });

function counted(kind, database, test) {
  const effects = with_(database, {
    withSession: (constraint) => {
      const session = database.withSession(constraint);
      return with_(session, { batch: (statements) => effect(kind, 'd1', () => session.batch(statements)) });
    },
  });
  return {
    withSession: (constraint) => spoiled(effects, test.database, test.seen).withSession(constraint),
  };
}

function asked(kind, env, name) {
  const objects = env[name];
  const get = (id) => {
    const stub = objects.get(id);
    return with_(stub, { fetch: (...question) => effect(kind, name, () => stub.fetch(...question)) });
  };
  return with_(objects, { get });
}

/** `test.statement` is the number of the one that fails, after it was done; `test.commit` fails the whole. */
function watched(storage, test) {
  let statement = 0;
  const sql = with_(storage.sql, {
    exec(text, ...values) {
      const cursor = storage.sql.exec(text, ...values);
      statement += 1;
      test.seen.run += 1;
      test.seen.rowsWritten += cursor.rowsWritten;
      if (statement === test.statement) {
        test.statement = 0;
        throw new Error('failed on purpose: SQLITE_ERROR');
      }
      return cursor;
    },
  });
  return with_(storage, {
    sql,
    transactionSync(work) {
      statement = 0;
      test.seen.transactions += 1;
      return storage.transactionSync(() => {
        const done = work();
        if (test.commit) {
          test.commit = false;
          throw new Error('thrown on purpose');
        }
        return done;
      });
    },
    setAlarm(at) {
      test.seen.alarms += 1;
      return storage.setAlarm(toPlatform(at.getTime()));
    },
  });
}
