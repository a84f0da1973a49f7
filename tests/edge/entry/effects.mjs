// The effects of the objects, numbered as they come: each batch of D1 and each question to Clerk. A test stops the
// world before or after one of them, and then ends the process.

const effects = { number: 0, stop: 0, how: 'before', reached: false, names: [] };
const platformFetch = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const url = new URL(typeof input === 'string' ? input : input.url);
  if (!url.pathname.startsWith('/v1/users/')) return platformFetch(input, init);
  return effect(`clerk ${init?.method ?? input.method}`, () => platformFetch(input, init));
};

/** From now on effects count from 1, and the one with the number `stop` never comes back. */
export function stopAt(stop, how) {
  return Object.assign(effects, { number: 0, stop, how, reached: false, names: [] });
}

export const seenEffects = () => effects;

export function effect(name, run) {
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
