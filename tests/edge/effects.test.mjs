// `kill -9` between every two effects of a Wallet: an effect is a question of the object to D1 or to Clerk. The life of
// an account is told once to count its effects; then for each of them the process is stopped just before and just after
// it and killed, and must come to the same end by itself: nobody tells it anything again but the letter that was not
// answered.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { startSim } from '../sim/server.mjs';
import { until } from './harness.mjs';
import { killable } from './process.mjs';
import { checkBook, checkCopy } from './truths.mjs';
import { adjust, begin, hold, settle } from './letters.mjs';

const MINUTE = 60_000;
const MOST = 60;

const sim = await startSim();
after(() => sim.close());
const house = await killable({ APP_ENV: 'production', ...sim.workerVars() });
after(() => house.kill());

/** Each letter, and how much sooner than planned all comes that is due before it. */
const life = (owner) => [
  ['touch', 0],
  [adjust('more', 500), 2 * MINUTE], // by now Clerk is asked whose address it is
  [hold(owner, owner), 0],
  [begin(owner), 0],
  [settle(owner), 0],
  [adjust('less', -10), 0],
  [{ close: { own: true } }, 0],
  [{ close: { own: false } }, 20 * MINUTE],
];

/** Tells an owner's life; `stop` is where the process dies. Gives what was answered and the effects there were. */
async function live(owner, stop = { number: 0, how: 'before' }) {
  await house.drive('stop-at', stop);
  const log = [];
  let died = false;
  const dead = async () => !died && stop.number > 0 && (await house.drive('effects')).reached;
  const reborn = async () => {
    died = true;
    await house.kill();
    await house.start();
  };
  for (const [command, wait] of life(owner)) {
    if (wait > 0) await house.drive('hasten', { owner, by: wait });
    const sent = performance.now();
    const reply = await house.say(owner, command);
    assert.equal(reply.fault, undefined, reply.fault);
    log.push({ command, reply, sent, received: performance.now() });
    await until(async () => {
      if (await dead()) await reborn();
      return quiet(owner);
    }, `${owner} at rest after ${JSON.stringify(command)}`);
  }
  assert.equal(died, stop.number > 0, `effect ${stop.number} was reached`);
  return { log, names: (await house.drive('effects')).names };
}

/** Nothing is due now. */
async function quiet(owner) {
  const { now } = await house.drive('effects');
  const [{ n }] = await house.rows(owner, 'select count(*) as n from due where at <= ?', now);
  return n === 0;
}

async function check(owner, { log }) {
  const entries = await checkBook(house, owner, log);
  assert.deepEqual(entries.map(({ kind }) => kind), ['welcome', 'grant', 'hold', 'interview', 'take', 'closed']);
  await checkCopy(house, owner, entries);
  assert.deepEqual(await house.rows(owner, 'select what, tries from due'), [], 'nothing is left to do');
}

test('the process dies between any two effects and loses nothing', async (t) => {
  const whole = await live('user_whole');
  await check('user_whole', whole);
  t.diagnostic(`effects: ${whole.names.join(', ')}`);
  assert.ok(whole.names.length >= 6 && whole.names.length <= MOST, `${whole.names.length} effects`);
  for (let number = 1; number <= whole.names.length; number += 1) {
    for (const how of ['before', 'after']) {
      const owner = `user_${how}${number}`;
      await check(owner, await live(owner, { number, how }));
    }
  }
});
