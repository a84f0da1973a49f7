// Clerk is away in mid-interview, and the process that knew its keys is killed: whoever talks goes on by their room key,
// takes up a line that broke, pauses and ends. Afterwards all is as if nothing had been.

import { until } from '../../edge/until.mjs';
import { CALM, underFire } from '../fire.mjs';
import { inLanes } from '../lanes.mjs';
import { AWAY } from '../proxy.mjs';

const BEAT_MS = 5000;
const BACK_MS = 45_000; // a process that knows no keys asks Clerk for them every 30 s
const pause = (ms) => new Promise((later) => { setTimeout(later, ms); });

export function clerk({ count = 20, seconds = 120, seed, say }) {
  return underFire({ name: 'clerk', seed, say, vars: CALM }, async ({ house, told, people, random }) => {
    const lost = [];
    const talks = await inLanes(Array.from({ length: count }), count, () => begun(people.person(), lost));
    house.play(AWAY, ['clerk']);
    house.proxies.clerk.breakAll();
    const [from, first] = [performance.now(), told.entries.length];
    const left = () => from + seconds * 1000 - performance.now();
    const killed = pause((seconds * 1000) / 2).then(() => house.killAndStart());
    const leaving = new Set(talks.filter((_, n) => n % 3 === 0)); // they end while Clerk is away
    await Promise.all(talks.filter(Boolean).map(async (talk) => {
      await pause(random.below(BEAT_MS));
      await talk.pause(true);
      await talk.pause(false);
      while (left() > BEAT_MS) {
        await talk.beat();
        await pause(BEAT_MS);
        if (random.chance(0.02)) await reconnects(talk);
      }
      await reconnects(talk);
      if (leaving.has(talk)) await talk.end();
    }));
    await killed;
    await pause(Math.max(0, left()));
    const stranger = people.person();
    const away = await stranger.read();
    house.calm();
    const back = performance.now();
    const isKnown = async () => (await stranger.read()).status === 200 || void (await pause(500));
    await until(isKnown, 'people are known again', BACK_MS).catch(() => null);
    const known = Math.round((performance.now() - back) / 1000);
    for (const one of told.entries.slice(first).filter(isByKey)) {
      if (one.end !== 'done' && one.end !== 'unknown') {
        lost.push({ what: `refused by its room key while Clerk is away: ${one.kind} ${one.status} ${one.code}`, ...one, evidence: {} });
      }
    }
    await inLanes(talks.filter((talk) => talk && !leaving.has(talk)), count, async (talk) => {
      if (!(await talk.says('I am still here.'))) lost.push({ what: 'not heard after Clerk came back', session: talk.id, evidence: {} });
      await talk.end();
    });
    const word = `whoever came while Clerk was away was told ${away.status} ${away.code ?? ''}`;
    return { lost, notes: [`${word}, and was let in ${known} s after it came back`] };
  });
}

const isByKey = ({ kind }) => ['beat', 'pause', 'reconnect', 'end', 'relay'].includes(kind);

async function begun(person, lost) {
  const talk = (await person.arrive()) && (await person.start());
  if (talk && (await talk.exchange()) && (await talk.says('Good morning.'))) return talk;
  lost.push({ what: 'an interview that did not begin', person: person.id, evidence: {} });
  return null;
}

const MOST = 4; // of the five that there are
async function reconnects(talk) {
  if (talk.connect > MOST) return;
  talk.drive({ drop: true });
  await talk.reconnect();
}
