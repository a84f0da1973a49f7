// The effects of the objects of one kind, numbered as they come: each batch of D1, each question to another object, to
// Clerk about a person, and to OpenAI. A test stops the world before or after one of them, and then ends the process.

const effects = { of: 'wallet', number: 0, stop: 0, how: 'before', reached: false, names: [] };
const ASKED_BY = { users: 'wallet', realtime: 'room', responses: 'room' };
const platformFetch = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const { pathname } = new URL(typeof input === 'string' ? input : input.url);
  const kind = ASKED_BY[pathname.split('/')[2]];
  return effect(kind, `${init?.method ?? input.method} ${pathname}`, () => platformFetch(input, init));
};

/** From now on effects of that kind count from 1, and the one with the number `stop` never comes back. */
export function stopAt({ of = 'wallet', number, how }) {
  return Object.assign(effects, { of, number: 0, stop: number, how, reached: false, names: [] });
}

export const seenEffects = () => effects;

export function effect(kind, name, run) {
  if (kind !== effects.of) return run();
  effects.number += 1;
  effects.names.push(name);
  if (effects.number !== effects.stop) return run();
  return stopped(run);
}

async function stopped(run) {
  if (effects.how === 'after') await run();
  effects.reached = true;
  return new Promise(() => {});
}
