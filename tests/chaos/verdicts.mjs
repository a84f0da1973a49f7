// What must have come about for a sum without losses to prove anything: that most was done, that the faults were met,
// that who was rude got as far as to be stopped.

const OFTEN = 20;
const DONE = 0.6;
const SPOILED = 2 / 3; // of the part that was asked for

/** So much of a number, less what chance may take from a small one. */
const least = (part, count) => part * count - Math.sqrt(count);

/** Of each kind that was tried often most is done; what its page asked again counts with its last answer. */
export function checkDone(entries, often = OFTEN) {
  return Object.entries(Object.groupBy(entries.filter(({ again }) => !again), ({ kind }) => kind)).flatMap(([kind, all]) => {
    const { done = [], ...others } = Object.groupBy(all, ({ end }) => end);
    if (all.length < often || done.length >= least(DONE, all.length)) return [];
    const evidence = Object.values(others).flat().slice(0, OFTEN);
    return [{ what: `of ${all.length} of the kind ${kind} ${done.length} were done`, evidence }];
  });
}

/** About so many connections were spoiled as were to be. */
export function checkSpoiled(proxies, part) {
  const all = Object.values(proxies).flatMap(({ log }) => log);
  const spoiled = all.filter(({ fault }) => fault !== 'pass').length;
  if (all.length >= OFTEN && spoiled >= least(SPOILED * part, all.length)) return [];
  const counts = Object.fromEntries(Object.values(proxies).map(({ name, counts: of }) => [name, of()]));
  return [{ what: `of ${all.length} connections ${spoiled} were spoiled, where ${part} of all were to be`, evidence: counts }];
}

/** A call in Chromium that did not come to its end: what the page says is a refusal only before the interviewer's first word. */
export const endOf = ({ began, said }) => (!began && said.length > 0 ? 'refused' : 'lost');

/** Requests without end come to the ceiling, and hardly beyond it. */
export const flooded = ({ ending, cost, used, ceiling }) => [
  ending !== 'cost_ceiling' && !(cost <= ceiling) && `it ended as ${ending}, at ${cost} dollars`,
  !(cost >= ceiling / 2) && `no flood came about: it ended as ${ending}, at ${cost} dollars`,
  cost > 2 * ceiling && `it cost ${cost} dollars`,
  used > 100 && `${used} responses were made`,
].filter(Boolean);

/** Who changes the settings a second time is out. */
export const overruled = ({ ending, times }) => [
  !ending && 'it never ended',
  ending === 'ran_its_time' && 'it ran its time',
  times > 20 && `it was overruled ${times} times`,
].filter(Boolean);
