// Operations of all kinds while a part of all connections to the services goes wrong: each ends as done, or as refused
// with a code, before its deadline, most as done, and no money is lost by any.

import { chances } from '../../edge/chances.mjs';
import { underFire } from '../fire.mjs';
import { inLanes } from '../lanes.mjs';
import { life } from '../life.mjs';
import { mixed } from '../proxy.mjs';
import { checkDone, checkSpoiled } from '../verdicts.mjs';

const SEEDS = 100_000;

export function operations({ count = 10_000, faults = 0.3, lanes = 32, seed, say }) {
  return underFire({ name: 'operations', seed, say }, async ({ house, told, people }) => {
    const more = () => told.entries.length < count;
    await people.person().arrive(); // the keys are known, as they are to a Worker that is not quite new
    house.play(mixed(faults));
    let lives = 0;
    await inLanes(Array.from({ length: lanes }), lanes, async () => {
      while (more()) await life({ people, random: chances(seed * SEEDS + (lives += 1)), more });
    });
    return { notes: [slowest(told)], lost: [...checkDone(told.entries), ...checkSpoiled(house.proxies, faults)] };
  });
}

function slowest({ entries }) {
  const kinds = Object.entries(Object.groupBy(entries, ({ kind }) => kind));
  const told = kinds.map(([kind, all]) => {
    const [done, again] = [all.filter(({ end }) => end === 'done'), all.filter(({ again: more }) => more)];
    return `${kind} ${all.length}, ${done.length} done, ${again.length} asked again (${Math.max(...all.map(({ ms }) => ms))} ms)`;
  });
  return `of each kind, and the slowest: ${told.join('; ')}`;
}
