// `kill -9` of the runtime while an interview is judged, a database that fails, and an interview that is deleted meanwhile:
// there is one report in the end, or none where nothing is to remain. KILL_SEED says which course.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chances } from './chances.mjs';
import {
  again, checkReport, dueOf, ended, failed, houseOfTold, markOf, nudge, questionsAbout, standing, told,
} from './feedback.mjs';
import { until } from './until.mjs';

const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1e6);
/** Nobody is interrupted by the archive: it waits until it is told to begin. */
const SETTINGS = { ROOM_ARCHIVE_SECONDS: '60' };
const LEASE_MS = 150_000;
const LANES = 4; // side by side: most of a round is waiting
const SAID = [
  'Hello and welcome. What brought you to this kind of work?',
  'I started out in support and moved towards building things, because I liked fixing the causes.',
];
/** The effects of a Room from the archive on: the interview, what was said, whose it is, the turn, the question, the report. */
const EFFECTS = ['d1', 'd1', 'd1', 'd1', 'POST /v1/responses', 'd1'];
const [TURN, ASKED, WRITTEN] = [4, 5, 6];

const rowOf = async (house, { id }) => (await house.d1('select state, tries, until from feedback where session = ?', id))[0];
const gradesOf = async (house, { id }) => (await house.d1('select count(*) as n from feedback_scores where session = ?', id))[0].n;
const plannedAt = async (talk) => (await dueOf(talk)).find(({ what }) => what === 'score')?.at;

/** However it came about: one report, of which every word was said, and nobody waits for another. */
async function hasOneReport(house, talk, { tries, questions }) {
  await isJudged(house, talk);
  const { report, triesLeft } = await standing(talk);
  checkReport(report, (await talk.lines()).lines);
  assert.deepEqual([(await rowOf(house, talk)).tries, await gradesOf(house, talk)], [tries, 5], talk.who.id);
  assert.equal(triesLeft, 12 - Math.max(3, tries), talk.who.id);
  assert.equal(questionsAbout(house.sim, talk.who).length, questions, talk.who.id);
  // It may have met somebody else's turn, and waits for the end of that.
  await until(async () => (await nudge(house, talk), (await plannedAt(talk)) === undefined), `the Room of ${talk.who.id} rests`);
}

const isJudged = (house, talk) => until(async () => {
  await nudge(house, talk);
  return (await rowOf(house, talk))?.state === 'scored';
}, `${talk.who.id} is judged`, 20_000);

/** The process dies at one of the effects. Where that was within a turn nobody else may begin before it has lapsed. */
async function live(house, name, { number, how }) {
  await house.clock(0);
  const talk = await told(await house.person(name), SAID);
  const dies = { of: 'room', number, how };
  await ended(talk, () => house.drive('stop-at', dies));
  if (number > 0) {
    await until(async () => (await house.drive('effects')).reached, `effect ${number}`);
    await house.kill();
    await house.start();
  }
  const [after, at] = [how === 'after', number];
  const within = (at === TURN && after) || at === ASKED || (at === WRITTEN && !after);
  if (within) await lapses(house, talk, after);
  const twice = (at === ASKED && after) || (at === WRITTEN && !after);
  await hasOneReport(house, talk, { tries: within ? 2 : 1, questions: twice ? 2 : 1 });
  return (await house.drive('effects')).names;
}

async function lapses(house, talk, byHand) {
  const { until: lapse } = await rowOf(house, talk);
  await until(async () => (await plannedAt(talk)) === lapse, 'the Room waits for the end of the turn', 20_000);
  const { state, triesLeft } = await standing(talk);
  assert.deepEqual([state, triesLeft], ['scoring', 9]);
  assert.deepEqual([(await again(talk)).body.state, (await rowOf(house, talk)).tries], ['scoring', 1], 'nor by hand');
  await house.clock(LEASE_MS);
  const lost = await standing(talk);
  assert.deepEqual([lost.state, lost.failure, lost.triesLeft], ['failed', 'unreachable', 9], 'not for ever');
  if (byHand) assert.equal((await again(talk)).body.state, 'scored');
}

const STOPS = EFFECTS.flatMap((_, n) => ['before', 'after'].map((how) => ({ number: n + 1, how })));

async function betweenEffects() {
  await Promise.all(Array.from({ length: LANES }, async (_, lane) => {
    const house = await houseOfTold(SETTINGS);
    if (lane === 0) assert.deepEqual(await live(house, 'whole', { number: 0, how: 'before' }), EFFECTS);
    for (const stop of STOPS.filter((__, n) => n % LANES === lane)) await live(house, `${stop.how}${stop.number}x`, stop);
  }));
}

const MANY = 8;
const KILLS = 3;

/** The process dies when the model has been asked so often, some of its answers being on their way. */
async function manyAtOnce(t) {
  t.diagnostic(`KILL_SEED=${SEED}`);
  const [chance, house] = [chances(SEED), await houseOfTold(SETTINGS)];
  const { sim } = house;
  sim.openaiNext({ thinkMs: 150 });
  const names = Array.from({ length: MANY }, (_, n) => `many${n}x`);
  const talks = await Promise.all(names.map(async (name) => told(await house.person(name), SAID)));
  await Promise.all(talks.map((talk) => ended(talk)));
  const all = async () => (await house.d1("select session from feedback where state = 'scored'")).length === MANY;
  const nudged = () => Promise.all(talks.map((talk) => nudge(house, talk)));
  for (let kill = 1; kill <= KILLS && !(await all()); kill += 1) {
    const wanted = sim.openaiResponses().length + chance.between(1, MANY);
    await until(async () => (await nudged(), sim.openaiResponses().length >= wanted || all()), `question ${wanted}`, 20_000);
    await house.kill();
    await house.start();
    await house.clock(kill * LEASE_MS);
  }
  await until(async () => {
    await nudged();
    await Promise.all(talks.map(async (talk) => (await standing(talk)).state === 'failed' && again(talk)));
    return all();
  }, 'all are judged', 20_000);
  for (const talk of talks) {
    const [{ tries }, questions] = [await rowOf(house, talk), questionsAbout(sim, talk.who).length];
    assert.ok(questions >= 1 && questions <= tries && tries <= KILLS + 1, `${talk.who.id}: ${questions} questions in ${tries} tries`);
    await hasOneReport(house, talk, { tries, questions });
  }
}

/** Each batch of the turn goes wrong once, before or after it took place. */
async function failingDatabase() {
  const house = await houseOfTold(SETTINGS);
  let ahead = 0;
  for (const batch of [2, 3, 4, 5]) {
    for (const how of ['fail-before', 'fail-after']) {
      const talk = await told(await house.person(`${how}${batch}x`), SAID);
      await ended(talk, () => talk.room('spoil', { database: { how, batch } }));
      await until(async () => {
        const row = await rowOf(house, talk);
        // Whoever does not know whether the turn is theirs waits until it has lapsed.
        if (row?.state === 'scoring' && (await plannedAt(talk)) === row.until) await house.clock(ahead += LEASE_MS);
        await nudge(house, talk);
        return row?.state === 'scored';
      }, `${how} ${batch}`, 20_000);
      const [{ tries }, questions] = [await rowOf(house, talk), questionsAbout(house.sim, talk.who).length];
      assert.ok(questions <= tries && tries <= 3, `${how} ${batch}: ${questions} questions in ${tries} tries`);
      await hasOneReport(house, talk, { tries, questions });
    }
  }
}

const TABLES = { sessions: 'id', transcript_lines: 'session', session_events: 'session', feedback: 'session', feedback_scores: 'session' };
const rowsOf = (house, { id }) => Promise.all(Object.entries(TABLES).map(async ([table, column]) =>
  (await house.d1(`select count(*) as n from ${table} where ${column} = ?`, id))[0].n));
const NOTHING = Object.values(TABLES).map(() => 0);

async function deletedMeanwhile() {
  const house = await houseOfTold(SETTINGS);
  const late = async (name, number) => {
    house.sim.openaiNext({ next: [{ containing: markOf(number), latencyMs: 400 }] });
    const talk = await told(await house.person(name), SAID, { jobDescription: markOf(number) });
    return talk;
  };
  const asked = (talk, times) => until(() => questionsAbout(house.sim, talk.who).length === times, 'the model is asked');
  const remove = async ({ who, id }) => (await who.call(`/api/sessions/${id}`, { method: 'DELETE' })).status;

  const talk = await late('leaving', 1);
  await ended(talk, () => house.drive('stop-at', { of: 'room', number: 0 }));
  await asked(talk, 1);
  assert.equal(await remove(talk), 200);
  assert.deepEqual(await rowsOf(house, talk), NOTHING);
  const written = async () => (await house.drive('effects')).names.join().endsWith(EFFECTS.slice(ASKED - 1).join());
  await until(written, 'the answer comes, and is to be written');
  await until(async () => (await plannedAt(talk)) === undefined, 'the Room rests');
  assert.deepEqual(await rowsOf(house, talk), NOTHING, 'the late answer changes nothing');
  assert.deepEqual([(await again(talk)).status, (await talk.look()).status], [404, 404]);
  assert.deepEqual((await talk.who.call('/api/progress')).body.sessions, []);

  // The same while it is tried by hand.
  house.sim.openaiNext({ next: [{ containing: markOf(2), status: 500, times: 3 }] });
  const other = await late('regretting', 2);
  await ended(other);
  await failed(house, other);
  const trying = again(other);
  await asked(other, 4);
  assert.equal(await remove(other), 200);
  const answered = await trying;
  assert.deepEqual([answered.status, answered.code], [404, 'not_found']);
  assert.deepEqual(await rowsOf(house, other), NOTHING);

  // And with everything else that is known of a person.
  const gone = await late('vanishing', 3);
  await ended(gone, () => house.drive('stop-at', { of: 'room', number: 0 }));
  await asked(gone, 1);
  assert.equal((await gone.who.call('/api/me', { method: 'DELETE' })).status, 200);
  await until(written, 'the answer comes, and is to be written');
  await until(async () => (await plannedAt(gone)) === undefined, 'the Room rests');
  assert.deepEqual(await rowsOf(house, gone), NOTHING);
}

// Side by side, in houses of their own: most of it is waiting.
test('an interview that is being judged', { concurrency: true }, (t) => Promise.all([
  t.test('while the process dies between any two effects', betweenEffects),
  t.test(`while it dies at any time and many are (KILL_SEED=${SEED})`, manyAtOnce),
  t.test('while the database fails', failingDatabase),
  t.test('while it is deleted', deletedMeanwhile),
]));
