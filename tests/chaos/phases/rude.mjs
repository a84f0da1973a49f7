// Pages that ignore every limit, beside one that keeps to them: what is bounded stays so, and the polite one notices nothing.

import { until } from '../../edge/until.mjs';
import { CALM, underFire } from '../fire.mjs';
import { inLanes } from '../lanes.mjs';
import { flooded, overruled } from '../verdicts.mjs';

const SECONDS = 20; // enough for each to be rude in, on a busy machine
const PAUSE_SECONDS = 5;
const CEILING = 2; // dollars
const MOST_CALLS = 6; // the first, and five times again
const MOST_STARTS = 10;
const MOST_VISITS = 30;
const MOST_SCREENS = 5;
const GRACE_MS = 10_000; // from the deadline to the hang-up at OpenAI, on a busy machine
const LIMIT_MS = (SECONDS + PAUSE_SECONDS) * 1000 + 30_000;
const KIB = 1024;

const pause = (ms) => new Promise((later) => { setTimeout(later, ms); });
const lasted = ({ startedAt, endedAt }) => (endedAt ? Date.parse(endedAt) : Date.now()) - Date.parse(startedAt);
const VARS = { ...CALM, INTERVIEW_SECONDS: String(SECONDS), PAUSE_SECONDS: String(PAUSE_SECONDS), SESSION_COST_CEILING: String(CEILING) };

/** Beats until it is over, does `meanwhile` in between, and gives how it ended; null if it does not. */
async function toTheEnd(talk, meanwhile = () => {}) {
  const from = performance.now();
  while (performance.now() - from < LIMIT_MS) {
    const { body } = await talk.beat();
    if (body?.ended) return body.ended;
    await meanwhile();
    await pause(200);
  }
  return null;
}

/** Each is rude in one way, and gives what it could do that it should not. */
const RUDE = {
  async 'talks past the deadline'(talk) {
    const ended = await toTheEnd(talk, () => talk.drive({ hear: 'And another thing.' }));
    const [call] = talk.calls();
    await until(() => call.state === 'ended', 'the hang-up', GRACE_MS).catch(() => null);
    return [
      ended?.ending !== 'ran_its_time' && `it ended as ${ended?.ending}`,
      call.hungUpBy !== 'api' && `its call ended by ${call.hungUpBy}`,
      lasted(call) > SECONDS * 1000 + GRACE_MS && `its call lasted ${lasted(call)} ms`,
    ];
  },

  async 'floods the interviewer with requests'(talk, { house }) {
    talk.drive({ billed: { inputText: 5000, outputAudio: 2500 }, flood: 200 }); // about a dollar a second
    const ended = await toTheEnd(talk);
    const used = talk.calls().flatMap(({ events }) => events).filter(({ type }) => type === 'response.done').length;
    const [row] = await until(async () => (await kept(house, talk)).length > 0, 'D1 has it', GRACE_MS)
      .then(() => kept(house, talk)).catch(() => []);
    return flooded({ ending: ended?.ending, cost: row?.cost / 1e6, used, ceiling: CEILING });
  },

  async 'changes the settings without end'(talk) {
    const joke = { type: 'session.update', session: { type: 'realtime', instructions: 'You tell jokes.' } };
    const ended = await toTheEnd(talk, () => talk.drive({ page: joke }));
    const all = talk.calls().flatMap(({ received }) => received);
    const times = all.filter(({ event }) => event.session?.instructions === joke.session.instructions).length;
    return overruled({ ending: ended?.ending, times });
  },

  async 'calls again without end'(talk) {
    const answers = [];
    for (let n = 0; n < 20; n += 1) answers.push((await talk.reconnect()).status);
    const calls = talk.calls();
    const open = calls.filter(({ state }) => state !== 'ended').length;
    await talk.end();
    return [calls.length > MOST_CALLS && `${calls.length} calls were made, ${answers}`, open > 1 && `${open} calls at once`];
  },

  async 'pauses without end'(talk) {
    const ended = await toTheEnd(talk, () => talk.pause(true));
    const [call] = talk.calls();
    await until(() => call.state === 'ended', 'the hang-up', GRACE_MS).catch(() => null);
    const most = (SECONDS + PAUSE_SECONDS) * 1000 + GRACE_MS;
    return [!ended && 'it never ended', lasted(call) > most && `its call lasted ${lasted(call)} ms`];
  },

  async 'hammers at all doors'(talk, { house, told }) {
    const first = told.entries.length;
    await inLanes(Array.from({ length: 300 }), 60, () => talk.beat());
    await inLanes(Array.from({ length: 60 }), 20, () => talk.relay('x'.repeat(500)));
    const huge = { method: 'POST', token: talk.key, body: { batch: 1, events: 'x'.repeat(KIB * KIB) } };
    const refused = await told.op('relay', { session: talk.id }, () => house.call(`/api/sessions/${talk.id}/transcript`, huge));
    await talk.end();
    const slow = told.entries.slice(first).filter(({ session, ms }) => session === talk.id && ms > 8000).length;
    return [refused.status !== 413 && `a megabyte was answered ${refused.status}`, slow > 0 && `${slow} answers took more than 8 s`];
  },

  async 'offers again and again on one ticket'(talk, { house, told }) {
    const answers = await inLanes(Array.from({ length: 20 }), 20, (_, n) => told.op('exchange', { session: talk.id }, () => (
      house.call('/api/webrtc-exchange', { method: 'POST', token: talk.who.token, body: talk.offer(100 + n) }))));
    await talk.end();
    const taken = answers.filter(({ status }) => status === 200).length;
    return [taken > 0 && `${taken} other offers were taken`, talk.calls().length > 1 && `${talk.calls().length} calls were made`];
  },

  async 'starts without end'(talk, { told }) {
    await talk.end();
    const isHeld = () => told.entries.some(({ kind, person, code }) => (
      kind === 'start' && person === talk.who.id && code === 'rate_limited'));
    for (let n = 0; n < 10 * MOST_STARTS && !isHeld(); n += 1) {
      const next = await talk.who.start();
      if (await next?.exchange()) await next.end();
    }
    const count = talk.who.interviews.length;
    return [count > MOST_STARTS && `${count} starts within the hour`, !isHeld() && 'nothing stopped it'];
  },

  async 'goes to the cash desk without end'(talk, { house }) {
    for (let n = 0; n < MOST_VISITS + 10; n += 1) await talk.who.checkout('pack5');
    await talk.end();
    const count = house.sim.stripe.all('checkout.session').filter((visit) => visit.client_reference_id === talk.who.id).length;
    return [count !== MOST_VISITS && `${count} visits within the hour`];
  },

  async 'opens screens without end, and talks into them'(talk) {
    const screens = await inLanes(Array.from({ length: 3 * MOST_SCREENS }), MOST_SCREENS, () => talk.watch());
    const open = () => screens.filter((screen) => screen?.readyState === WebSocket.OPEN);
    await until(() => open().length === MOST_SCREENS, 'the older ones close').catch(() => null);
    const count = open().length;
    for (const screen of open()) screen.send('x'.repeat(100 * KIB));
    const heard = await talk.says('In spite of it all.');
    const { body } = await talk.beat();
    if (body?.ended?.ending === 'ran_its_time') return [];
    await talk.end();
    return [count !== MOST_SCREENS && `${count} screens are open`, !heard && 'the Room is deaf'];
  },
};

const kept = (house, talk) => house.d1('select cost from sessions where id = ?', talk.id);

/** The one who is not rude: every answer in time, everything done. */
async function polite(talk, world, isOver) {
  const first = world.told.entries.length;
  while (!isOver()) {
    await talk.beat();
    await talk.read();
    await pause(300);
  }
  await talk.end();
  const mine = world.told.entries.slice(first).filter(({ session, end }) => session === talk.id && end !== 'done');
  return mine.map(({ kind, status, code, why }) => `the polite one's ${kind}: ${status} ${code} ${why ?? ''}`);
}

/** `count` of each. */
export function rude({ count = 3, seed, say }) {
  return underFire({ name: 'rude', seed, say, vars: VARS }, async (world) => {
    const { people, house } = world;
    const lost = [];
    let over = false;
    const note = ({ who, id }, wrong) => lost.push(...wrong.map((what) => ({ what, person: who.id, session: id, evidence: {} })));
    const beside = begun(people.person()).then(async (talk) => note(talk, await polite(talk, world, () => over)));
    const names = Object.keys(RUDE).flatMap((name) => Array(count).fill(name));
    await inLanes(names, names.length, async (name) => {
      const talk = await begun(people.person());
      note(talk, (await RUDE[name](talk, world)).filter(Boolean).map((what) => `who ${name}: ${what}`));
    });
    over = true;
    await beside;
    return { lost, notes: [`${count} each of those who: ${Object.keys(RUDE).join('; ')}; ${house.memory() >> 10} MiB`] };
  });
}

async function begun(person) {
  await person.arrive();
  const talk = await person.start();
  await talk.exchange();
  await talk.says('Good morning.');
  return talk;
}
