// `kill -9` of the runtime while interviews go on: between any two effects of a Room, and of many at once in whatever
// they are. Time goes on, each is settled once and kept once, and none of their calls outlives its deadline.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfInterviews, isOver, stateOf } from './interview.mjs';
import { until } from './until.mjs';

const SECONDS = 8;
const SETTINGS = {
  INTERVIEW_SECONDS: String(SECONDS), SDP_TIMEOUT_MS: '1000', PROVIDER_TIMEOUT_MS: '2000', ROOM_ARCHIVE_SECONDS: '1',
};
/** The effects of a Room up to the archive, in the order in which they come. Those behind it: feedback-kill.test.mjs. */
const EFFECTS = ['WALLET', 'POST calls', 'GET realtime', 'WALLET', 'POST hangup', 'd1'];
const shortly = (name) => name.replace(/ .*\//, ' ');

/** One interview in a house whose process dies at one of its effects, once. */
async function live(house, name, stop) {
  const who = await house.person(name);
  const talk = await who.interview();
  await house.drive('stop-at', { of: 'room', ...stop });
  const dead = async () => (await house.drive('effects')).reached;
  let died = false;
  const survive = async () => {
    if (died || stop.number === 0 || !(await dead())) return;
    died = true;
    await house.kill();
    await house.start();
  };
  // What the process died under is asked again; what it answered counts.
  const exchanged = await again(() => talk.exchange(), survive);
  const isCalled = exchanged.status === 200;
  if (isCalled) {
    await until(async () => {
      await survive();
      const { relay } = await talk.beat(0).catch(() => ({ relay: true }));
      return !relay && talk.call().sideband === 1;
    }, 'a sideband');
    talk.drive({ open: true, hear: 'I talk through it all.' });
    await until(async () => (await talk.lines()).lines.some(({ speaker }) => speaker === 'person'), 'the person is heard');
  }
  await again(() => talk.post('end'), survive);
  await until(async () => {
    await survive();
    return died === (stop.number > 0) && (await talk.archived()).length > 0;
  }, `D1 has it, and effect ${stop.number} was reached`, 20_000);
  return { talk, isCalled, names: (await house.drive('effects')).names.map(shortly) };
}

/** Until it is answered, by this process or the next. */
async function again(ask, survive) {
  let answer;
  await until(async () => {
    const asked = ask().catch(() => null);
    await until(async () => {
      await survive();
      answer = await Promise.race([asked, new Promise((soon) => setTimeout(soon, 20, undefined))]);
      return answer !== undefined;
    }, 'an answer or an end');
    return answer;
  }, 'an answer', 20_000);
  return answer;
}

const LANES = 6; // side by side: most of a round is waiting
const stops = EFFECTS.flatMap((_, n) => ['before', 'after'].map((how) => ({ number: n + 1, how })));

async function betweenEffects() {
  const houses = await Promise.all(Array.from({ length: LANES }, () => houseOfInterviews(SETTINGS)));
  const whole = await live(houses[0], 'undisturbed', { number: 0, how: 'before' });
  assert.deepEqual(whole.names.slice(0, EFFECTS.length), EFFECTS);
  await isOver(houses[0], whole.talk, { ending: 'ended_early', charged: '0.00' });
  await Promise.all(houses.map(async (house, lane) => {
    for (const stop of stops.filter((_, n) => n % LANES === lane)) {
      const name = `${stop.how}${stop.number}`;
      const { talk, isCalled } = await live(house, name, stop);
      if (await isNameless(talk)) {
        assert.ok(stop.number <= 2, `${name}: a call whose name is lost`);
        talk.drive({ drop: true });
      }
      const ending = isCalled ? 'ended_early' : 'no_media_path';
      await isOver(house, talk, { ending, charged: '0.00' });
      assert.equal((await talk.who.statement()).length, 3, 'one hold, one end');
    }
  }));
}

/** OpenAI made a call and nobody wrote down its name: it cannot be hung up, and nobody can be in it. */
async function isNameless(talk) {
  return talk.call() && (await stateOf(talk)).life.call === null;
}

async function manyAtOnce() {
  const house = await houseOfInterviews(SETTINGS);
  const { sim } = house;
  const begun = async (name) => {
    const talk = await (await (await house.person(name)).interview()).connected();
    await talk.says(`I am ${name}.`);
    return talk;
  };
  const [present, absent] = await Promise.all([begun('present'), begun('absent')]);
  const leaver = await begun('leaver');
  const caller = await (await house.person('caller')).interview();
  sim.fault({ service: 'openai', op: 'calls', latencyMs: 60_000 });
  const unanswered = caller.exchange().then(() => 'answered', () => 'nobody knows');
  await until(() => caller.call(), 'the offer is posted');
  sim.fault({ service: 'openai', op: 'hangup', hang: true });
  await leaver.post('end');
  await until(() => sim.log('openai').some(({ op }) => op === 'hangup'), 'the hang-up is on its way');
  await house.kill();
  assert.equal(await unanswered, 'nobody knows');
  await house.start();
  // Nobody speaks for the one that is absent: its Room wakes up by itself when its time is over.
  await present.until(() => present.call().sideband === 1, 'heard again');
  await present.says('And I am still here.');
  assert.equal((await caller.exchange()).code, 'provider_timeout');
  caller.drive({ drop: true }); // nobody knows its name
  await caller.post('end');
  const { ended } = await present.until(({ state }) => state === 'ended', 'the deadline');
  assert.equal(ended.heardSeconds, SECONDS);
  await isOver(house, present, { ending: 'ran_its_time', charged: '1.00' });
  await isOver(house, absent, { ending: 'ran_its_time', charged: '1.00' });
  await isOver(house, leaver, { ending: 'ended_early', charged: '0.00' });
  await isOver(house, caller, { ending: 'no_media_path', charged: '0.00' });
  const { lines } = await present.lines();
  assert.deepEqual(lines.filter(({ speaker }) => speaker === 'person').map(({ text }) => text), ['I am present.', 'And I am still here.']);
}

// Side by side, in houses of their own: most of it is waiting.
test('a process that dies', { concurrency: true }, (t) => Promise.all([
  t.test('between any two effects of a Room', betweenEffects),
  t.test('while many interviews go on', manyAtOnce),
]));
