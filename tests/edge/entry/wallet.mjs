// The product's Wallet over a storage and a database that a test can spoil, and beside its door another one for the
// test itself: `https://test/<op>` with JSON in and out.

import { Wallet as Product } from '../../../build/index.js';
import { toPlatform, toProduct } from './clock.mjs';
import { nothingSeen, spoiled } from './database.mjs';
import { effect } from './effects.mjs';
import { contract, seed } from './storage.mjs';

export class Wallet extends Product {
  #storage;
  #test;

  constructor(state, env) {
    const test = { database: {}, statement: 0, commit: false, seen: fresh() };
    super(with_(state, { storage: watched(state.storage, test) }), { ...env, DB: counted(env.DB, test) });
    this.#storage = state.storage;
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
    switch (op) {
      case 'spoil': return Object.assign(test, { database: {}, statement: 0, commit: false }, wish, { seen: fresh() });
      case 'seen': return test.seen;
      case 'rows': return this.#storage.sql.exec(wish.sql, ...(wish.values ?? [])).toArray();
      case 'alarm': {
        const at = await this.#storage.getAlarm();
        return { at: at === null ? null : toProduct(at) };
      }
      case 'ring': return { failed: await this.alarm().then(() => null, (error) => error.message) };
      case 'hasten': {
        this.#storage.sql.exec('update due set at = at - ?', wish.by);
        return this.#storage.setAlarm(Date.now()).then(() => ({}));
      }
      case 'seed': return seed(this.#storage, wish);
      case 'contract': return contract(this.#storage, wish.cases);
      default: throw new Error(`no such wish: ${op}`);
    }
  }
}

const fresh = () => ({ ...nothingSeen(), rowsWritten: 0, transactions: 0, run: 0, alarms: 0 });

/** `target` with some of its properties replaced. The rest stays native. */
function with_(target, replaced) {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(replaced, name)) return replaced[name];
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function counted(database, test) {
  const effects = with_(database, {
    withSession: (constraint) => {
      const session = database.withSession(constraint);
      return with_(session, { batch: (statements) => effect('d1', () => session.batch(statements)) });
    },
  });
  return {
    withSession: (constraint) => spoiled(effects, test.database, test.seen).withSession(constraint),
  };
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
