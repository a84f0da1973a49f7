// How a house comes to rest after the fire: the services are well again, Stripe tells what nobody took, and time goes on
// until every hold has ended, every Room has archived and every book is copied.

import { inLanes } from './lanes.mjs';

const STEP_MS = 60_000;
const ROUNDS = 40;
const LANES = 16;
const TELLS = 12;
const FEW = 1;

/** Gives what does not come to rest. */
export async function comeToRest({ house, people, say = () => {} }) {
  house.calm();
  for (let n = 0; n < TELLS && (await people.stripeTells()) > 0; n += 1);
  let restless = people.people.map(({ id }) => ({ owner: id }));
  for (let round = 1; round <= ROUNDS; round += 1) {
    restless = (await inLanes(restless, LANES, ({ owner }) => lookAt(house, owner))).filter(Boolean);
    if (restless.length === 0) return [];
    const some = restless.length <= FEW ? `: ${JSON.stringify(restless)}` : '';
    say(`  coming to rest: ${restless.length} people's books or Rooms still have something to do${some}`);
    // At first in real time, for most of it is under way.
    if (round <= 3) await new Promise((later) => { setTimeout(later, 1500); });
    else await house.clock(house.ahead() + STEP_MS);
    await inLanes(restless, LANES, async ({ owner, sessions }) => {
      for (const { session } of sessions) await house.room(session, 'ring');
      await house.drive('ring', { owner });
    });
  }
  return restless.map((one) => ({ what: 'something that does not come to rest', person: one.owner, evidence: one }));
}

/** The sessions whose Rooms have something to do, and what the book has; undefined where neither. */
async function lookAt(house, owner) {
  if (!(await hasTable(house, { owner }, 'holds'))) return undefined;
  const holds = await house.rows(owner, 'select session, state from holds');
  const open = holds.filter(({ state }) => state === 'held' || state === 'begun');
  const mirror = await house.rows(owner, "select * from due where what = 'mirror'");
  const sessions = [];
  for (const { session } of holds) {
    const due = await work(house, session);
    if (due.length > 0) sessions.push({ session, due });
  }
  return open.length + mirror.length + sessions.length > 0 ? { owner, open, mirror, sessions } : undefined;
}

/** What a Room has to do beside emptying itself and having it judged, which may take its time. */
async function work(house, session) {
  const room = { object: 'ROOM', owner: session };
  if (!(await hasTable(house, room, 'due'))) return [];
  const due = await house.drive('rows', { ...room, sql: 'select * from due' });
  return due.filter(({ what }) => what !== 'empty' && !what.startsWith('score'));
}

export async function hasTable(house, of, name) {
  return (await house.drive('rows', { ...of, sql: 'select 1 from sqlite_schema where name = ?', values: [name] })).length > 0;
}
