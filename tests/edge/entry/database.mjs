// A database, or a session of it, one of whose batches goes wrong. Statements stay native: a batch looks inside.

export function spoiled(database, spoil, seen) {
  const replaced = {
    withSession(constraint) {
      if (spoil.how === 'throw') throw new Error('D1_ERROR: thrown at once');
      seen.sessions.push(constraint ?? null);
      return spoiled(database.withSession(constraint), spoil, seen);
    },
    batch(statements) {
      seen.batches += 1;
      seen.statements += statements.length;
      return perform(wished(spoil, seen.batches), () => database.batch(statements));
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

export const nothingSeen = () => ({ batches: 0, statements: 0, sessions: [] });

/** `batch` is the one that goes wrong, counted from 1; without it, all do. */
const wished = ({ how, batch }, number) => (batch === undefined || batch === number ? how : undefined);

/** An effect that hangs, fails before or after it takes place, or takes place. */
export async function perform(how, run) {
  if (how === 'hang') return new Promise(() => {});
  if (how === 'fail-before') throw new Error('D1_ERROR: failed before it was done');
  const done = await run();
  if (how === 'hang-after') return new Promise(() => {});
  if (how === 'fail-after') throw new Error('D1_ERROR: failed after it was done');
  return done;
}
