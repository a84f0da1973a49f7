// What operators see of spending, and what keeps it within bounds, on the real runtime: the fuse, the usage, the models,
// and what a plan covers in a day.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { house, until } from './harness.mjs';

const OFFER = readFileSync(new URL('../fixtures/offers/chromium.sdp', import.meta.url), 'utf8');
const DAY_SECONDS = 86_400;
const HOUR_MS = 3_600_000;

const { sim, worker } = await house({ FREE_STARTS_PER_DAY: '1', SPEND_PER_DAY: '5', ROOM_ARCHIVE_SECONDS: '1' });
sim.openaiMedia({ media: false });
const token = (id) => sim.signIn({ userId: id, email: `${id}@example.test`, ttlSeconds: 30 * DAY_SECONDS }).token;
const admin = token('user_admin');
const readiness = async () => (await worker.call('/api/diagnostic/readiness', { token: admin })).body;
const usage = async () => (await worker.call('/api/admin/usage', { token: admin })).body;
const posts = () => sim.log('openai').filter(({ op }) => op === 'calls').length;

async function person(id) {
  const own = token(id);
  const post = (path, body) => worker.call(path, {
    method: 'POST', token: own, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  await worker.call('/api/user', { token: own });
  return {
    id, own,
    start: (more) => post('/api/realtime-session', { jobTitle: 'Baker', ...more }),
    async exchange() {
      const { status, body: { id: sessionId, token: ticket } } = await this.start();
      assert.equal(status, 201);
      return post('/api/webrtc-exchange', { sessionId, token: ticket, sdp: OFFER });
    },
    money: async () => (await worker.call('/api/user', { token: own })).body,
  };
}

/** Interviews that are over, past the Worker. */
async function past(id, { free = 0, cost = 0, ago = 60_000 } = {}) {
  const at = Date.now() - ago;
  await worker.rows(`insert into sessions (id, person, payer, job_title, level, focus, language, persona, minutes, seconds, model,
      opened_at, began_at, ended_at, ending, heard_ms, charged, speaks, relayed, text_in, text_cached, audio_in, audio_cached,
      text_out, audio_out, transcribed_ms, transcribed_tokens, cost, archived_at, free)
    values (?1, 'user_past', 'user_past', 'Baker', 'mid', 'general', 'en', 'warm', 30, 1800, 'gpt-realtime-2.1', ?2, ?2, ?2,
      'ended_by_user', 600000, 330, 1, 0, 10, 0, 20, 0, 30, 40, 0, 50, ?3, ?2, ?4)`, id, at, cost, free);
}

test('before the first stroke of the cron nothing is well, after it an operator reads what is', async () => {
  assert.deepEqual((await worker.call('/api/diagnostic/readiness')).body, { ok: false });
  assert.equal((await readiness()).cron.lastStrokeAt, null);
  sim.openaiModels({ shutdown: { 'gpt-realtime-2.1': '2031-01-01', 'gpt-4o-mini-transcribe': null, 'gpt-6-luna': '2030-12-31' } });
  await worker.cron();
  const { cron, fuse, models, webhooks, database } = await readiness();
  assert.deepEqual([cron.ok, fuse.ok, webhooks.failures, database], [true, true, 0, true]);
  assert.deepEqual([fuse.freeStarts, fuse.freeStartsPerDay, fuse.spendPerDay], [0, 1, '5.0000']);
  const ends = Object.fromEntries(models.models.map(({ model, shutdown }) => [model, shutdown]));
  assert.deepEqual(ends, { 'gpt-realtime-2.1': '2031-01-01', 'gpt-4o-mini-transcribe': '2027-02-26', 'gpt-6-luna': '2030-12-31' });
  await worker.cron();
  assert.equal(sim.log('openai').filter(({ op }) => op === 'models').length, 1, 'once a day');
});

test('a model that goes is an alert, once, and OpenAI away changes nothing that was known', async () => {
  const said = () => worker.output().filter((line) => line.includes('"model ends"') && line.includes('gpt-realtime-2.1'));
  sim.openaiModels({ gone: ['gpt-realtime-2.1'] });
  await worker.clock(25 * HOUR_MS);
  await worker.cron();
  assert.equal(said().length, 1);
  assert.equal(JSON.parse(said()[0]).level, 'alert');
  sim.fault({ service: 'openai', op: 'models', status: 500 });
  await worker.clock(50 * HOUR_MS);
  await worker.cron();
  const { models } = await readiness();
  assert.deepEqual([said().length, models.ok, models.models[0].listed], [1, false, false]);
  sim.openaiModels({});
  await worker.clock(75 * HOUR_MS);
  await worker.cron();
  assert.equal((await readiness()).models.models[0].listed, true);
  await worker.clock(0);
});

test('a fuse that is blown for free starts posts nothing, charges nothing, and lets in who has paid', async () => {
  const ann = await person('user_ann');
  assert.equal((await ann.exchange()).status, 200);
  await past('ses_free', { free: 1, cost: 1000 });
  await worker.cron();
  const bob = await person('user_bob');
  const before = posts();
  const refused = await bob.exchange();
  assert.deepEqual([refused.status, refused.code, refused.body.reason], [503, 'not_open_now', 'free_starts']);
  assert.equal(posts(), before, 'OpenAI hears nothing');
  await until(async () => (await bob.money()).held === '0.00', 'what was held comes back');
  assert.equal((await bob.money()).credits, '3.00');
  assert.deepEqual([(await readiness()).fuse.freeBlown, (await readiness()).ok], [true, false]);
});

test('usage tells each day and each interview, with nobody\'s name and nothing that was said', async () => {
  await past('ses_used', { cost: 1_234_567 });
  const { days, sessions } = await usage();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  assert.ok(days[0].day >= yesterday, days[0].day);
  const one = sessions.find(({ id }) => id === 'ses_used');
  assert.deepEqual([one.cost, one.charged, one.seconds, one.tokens.audioOut, one.ending], ['1.2346', '0.33', 600, 40, 'ended_by_user']);
  assert.doesNotMatch(JSON.stringify({ days, sessions }), /Baker|example\.test/);
  assert.equal((await worker.call('/api/admin/usage', { token: token('user_eve') })).code, 'forbidden');
});

test('a plan covers four hours a day, then the start says so and credits pay only when asked', async () => {
  const eve = await person('user_ida');
  const coveredUntil = Date.now() + 30 * DAY_SECONDS * 1000;
  await worker.rows('delete from fuse');
  const { WALLET } = await worker.env();
  const letter = (command) => WALLET.get(WALLET.idFromName(eve.id)).fetch('https://wallet/', {
    method: 'POST', body: JSON.stringify({ owner: eve.id, command }),
  });
  await letter({ entitle: { key: 'plan', until: coveredUntil, as_of: 1 } });
  assert.deepEqual([(await eve.money()).premiumLeftSeconds, (await eve.money()).premiumMoreAt], [14_400, null]);
  for (let n = 0; n < 8; n += 1) {
    const { body } = await eve.start();
    await letter({ begin: { session: body.id } });
    await letter({ settle: { session: body.id, outcome: { ending: 'ran_its_time', heard: 1_790_000 } } });
  }
  const { status, code, body } = await eve.start();
  assert.deepEqual([status, code, body.reason], [429, 'rate_limited', 'fair_use']);
  assert.ok(body.retryAfterMs > 23.9 * HOUR_MS && body.retryAfterMs <= 24 * HOUR_MS);
  const money = await eve.money();
  assert.deepEqual([money.premiumLeftSeconds, money.credits], [80, '3.00']);
  assert.ok(Date.parse(money.premiumMoreAt) > Date.now());
  assert.equal((await eve.start({ payWithCredits: true })).body.held, '1.00');
});
