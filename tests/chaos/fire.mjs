// The frame of every phase: a house under fire, what is done in it, its rest, and the ledger.

import { memory } from '../bench/workerd.mjs';
import { chances } from '../edge/chances.mjs';
import { openHouse } from './house.mjs';
import { joined } from './ledger.mjs';
import { peopleOf } from './people.mjs';
import { comeToRest } from './rest.mjs';
import { toldBy } from './told.mjs';

const SAY_MS = 4000;
/** The usual patience with OpenAI, for phases in which it is well. */
export const CALM = { SDP_TIMEOUT_MS: '15000', PROVIDER_TIMEOUT_MS: '20000' };

/**
 * What is kept outlives the process in memory as well as on a disk, whose wait is none of what is proven.
 * `work` may give notes, and what it found wrong itself, `{ notes, lost }`.
 */
export async function underFire({ name, seed, say, vars, place = memory, assets }, work) {
  say(`${name}: seed ${seed}`);
  const from = performance.now();
  const house = await openHouse({ seed, vars, place, assets });
  const told = toldBy(house);
  const people = peopleOf(house, told);
  const world = { house, told, people, seed, say, random: chances(seed) };
  const timer = setInterval(() => say(`  ${name}: ${standing(told)} after ${Math.round((performance.now() - from) / 1000)} s`), SAY_MS);
  try {
    const { notes = [], lost = [] } = (await work(world)) ?? {};
    const faults = faultsOf(house); // without those of the peace that follows
    const restless = await comeToRest(world);
    const sum = await joined(world);
    sum.lost.push(...lost, ...restless);
    const seconds = Math.round((performance.now() - from) / 1000);
    return { name, seed, ...sum, notes: [...notes, codesOf(told), faults], seconds };
  } finally {
    clearInterval(timer);
    await house.close();
  }
}

function standing({ entries }) {
  const count = (end) => entries.filter((entry) => entry.end === end).length;
  return `${entries.length} tried, ${count('done')} done, ${count('refused')} refused, ${count('lost')} lost`;
}

function codesOf({ entries }) {
  const counts = {};
  for (const { code } of entries) if (code) counts[code] = (counts[code] ?? 0) + 1;
  return `codes: ${Object.entries(counts).map(([code, count]) => `${code} ${count}`).join(', ') || 'none'}`;
}

/** What the proxies did, in a line. */
function faultsOf(house) {
  const one = ([name, counts]) => `${name} ${Object.entries(counts).map(([fault, count]) => `${fault} ${count}`).join(', ') || 'none'}`;
  return `connections: ${Object.entries(house.faults()).map(one).join('; ')}`;
}
