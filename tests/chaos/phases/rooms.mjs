// Many Rooms live at once, while the process is deployed anew and killed: each interview goes on in the next process, is
// heard again, and is settled once.

import { CALM, underFire } from '../fire.mjs';
import { inLanes } from '../lanes.mjs';

const LANES = 20;
const BEAT_MS = 5000;
const BACK_MS = 60_000;

const pause = (ms) => new Promise((later) => { setTimeout(later, ms); });
const lossOf = (what, talk, more) => ({ what, person: talk.who.id, session: talk.id, evidence: { calls: callsOf(talk), ...more } });
const callsOf = (talk) => talk.calls().map(({ id, state, sockets, hungUpBy, startedAt }) => (
  { id, state, sideband: sockets.size, hungUpBy, startedAt }));

export function rooms({ count = 200, deploys = 3, kills = 3, seed, say }) {
  return underFire({ name: 'rooms', seed, say, vars: CALM }, async ({ house, people, random }) => {
    const lost = [];
    const talks = await inLanes(Array.from({ length: count }), LANES, () => begun(people.person(), lost));
    const live = talks.filter(Boolean);
    const pages = { over: false };
    const beating = live.map((talk) => beats(talk, pages, random.below(BEAT_MS)));
    const restarts = [...Array(deploys).fill('deploy'), ...Array(kills).fill('killAndStart')].sort(() => random.next() - 0.5);
    const back = [];
    for (const [n, how] of restarts.entries()) {
      await pause(random.between(200, 2000));
      await house[how]();
      const from = performance.now();
      const heard = await inLanes(live, count, (talk) => isHeard(talk, `After restart ${n + 1} I am ${talk.who.id}.`));
      live.filter((_, i) => !heard[i]).forEach((talk) => lost.push(lossOf(`not heard again after a restart (${how})`, talk)));
      back.push(`${how} ${Math.round(performance.now() - from)} ms`);
    }
    pages.over = true;
    await Promise.all(beating);
    await inLanes(live, LANES, (talk) => talk.end());
    return { lost, notes: [`all ${live.length} heard again after: ${back.join(', ') || 'no restart'}; ${house.memory() >> 10} MiB`] };
  });
}

/** An interview in which the first word of the person is heard. */
async function begun(person, lost) {
  const arrived = await person.arrive();
  const talk = arrived && (await person.start());
  if (talk && (await talk.exchange()) && (await isHeard(talk, `I am ${person.id}.`))) return talk;
  lost.push({ what: 'an interview that did not begin', person: person.id, evidence: {} });
  return null;
}

/** Talks until the Room has it: what is said while nobody listens is lost to all but the browser. */
async function isHeard(talk, text) {
  const end = performance.now() + BACK_MS;
  for (let n = 1; performance.now() < end; n += 1) {
    const { body } = await talk.beat();
    if (body?.state === 'ended') return false;
    if (talk.calls().at(-1)?.sockets.size === 1 && (await talk.says(`${text} ${n}`))) return true;
    await pause(200);
  }
  return false;
}

/** What a page does until it is over. */
async function beats(talk, pages, first) {
  await pause(first);
  while (!pages.over) {
    await talk.beat();
    for (let waited = 0; waited < BEAT_MS && !pages.over; waited += 250) await pause(250);
  }
}
