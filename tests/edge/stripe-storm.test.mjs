// Threat 2: the events of a day delivered ten times and a hundred times over, shuffled, under other ids, among forged and
// stale ones, while the secret is rolled. What was given in the end is what was paid for. STORM=10000 is the whole of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inParallel, openShop, seeded, signed } from './billing.mjs';
import { walletOf } from './wallets.mjs';

const STORM = Number(process.env.STORM ?? 1000);
const SEED = Number(process.env.STORM_SEED ?? Date.now() % 1e6);
const [OLD, NEW, STRANGE] = ['Old', 'New', 'Strange'].map((name) => `whsec_${name}SecretOfThisStorm0123456789`);
const LANES = 12;
const EVENTS = 100;
const TWINS = 20;

const shop = await openShop({ STRIPE_WEBHOOK_SECRET: `${NEW},${OLD}` });
const { sim, worker, stripe, client } = shop;
const now = () => Math.floor(Date.now() / 1000);

/** People who buy: at once, by a method that takes days and then fails or not, not at all; the events that tell of it. */
async function aDay(chance) {
  const people = Array.from({ length: 12 }, () => ({ person: shop.person(), paid: 0 }));
  await inParallel(people, 6, ({ person }) => person.call('/api/user'));
  const ours = () => stripe.all('event').filter(({ type }) => type.startsWith('checkout.session.'));
  for (let n = 0; ours().length < EVENTS - TWINS; n++) {
    const one = people[n % people.length];
    const [how, visit] = [chance(), await one.person.visit('pack5')];
    if (how < 0.1) await client.checkout.sessions.expire(visit.id);
    else stripe.pay({ id: visit.id, how: how < 0.4 ? 'later' : 'card' });
    if (how >= 0.1 && how < 0.4) stripe.settle({ of: visit.id, succeeds: how < 0.3 });
    if (how >= 0.1 && (how < 0.3 || how >= 0.4)) one.paid += 1;
  }
  const told = ours().slice(0, EVENTS - TWINS);
  const last = ours().slice(EVENTS - TWINS); // the second word of the last visit, where it has two
  const any = () => told[Math.floor(chance() * told.length)];
  const twins = Array.from({ length: TWINS - last.length }, (_, n) => ({ ...any(), id: `evt_twin${n}x` }));
  return { people, events: [...told, ...last, ...twins] };
}

/** So many deliveries of them in an order of chance: each at least twice, one in twenty forged, one in twenty stale. */
function deliveriesOf(events, chance) {
  const genuine = Math.round(STORM * 0.9);
  const all = Array.from({ length: genuine }, (_, n) => ({ event: events[n % events.length], how: 'genuine' }));
  for (let n = genuine; n < STORM; n++) all.push({ event: events[n % events.length], how: n % 2 ? 'forged' : 'stale' });
  return all.map((one) => ({ ...one, at: chance() })).sort((a, b) => a.at - b.at);
}

/** The first third comes with the old secret, then both sign, then the new one. */
function headerOf(payload, { how, at }) {
  if (how === 'forged') return signed(payload, STRANGE);
  const time = how === 'stale' ? now() - 301 - Math.floor(at * 1e5) : now();
  const [old, fresh] = [OLD, NEW].map((secret) => signed(payload, secret, time));
  if (at < 1 / 3) return old;
  return at < 2 / 3 ? `${fresh},${old.split(',')[1]}` : fresh;
}

test(`${STORM} deliveries of ${EVENTS} events give what was paid for (STORM_SEED=${SEED})`, async (t) => {
  const chance = seeded(SEED);
  await shop.anew();
  const { people, events } = await aDay(chance);
  assert.deepEqual([events.length, new Set(events.map(({ id }) => id)).size], [EVENTS, EVENTS]);
  const paid = stripe.all('checkout.session').filter(({ payment_status: status }) => status === 'paid');
  assert.equal(people.reduce((sum, one) => sum + one.paid, 0), paid.length);

  const counted = { genuine: 0, forged: 0, stale: 0 };
  const start = performance.now();
  await inParallel(deliveriesOf(events, chance), LANES, async (delivery) => {
    const payload = JSON.stringify(delivery.event);
    const { status, text } = await shop.post(payload, headerOf(payload, delivery));
    assert.equal(status, delivery.how === 'genuine' ? 200 : 400, `${delivery.how} ${text}`);
    counted[delivery.how] += 1;
  });
  t.diagnostic(`${JSON.stringify(counted)} in ${Math.round(performance.now() - start)} ms, ${paid.length} visits were paid for`);

  let given = 0;
  for (const { person, paid: times } of people) {
    const wallet = walletOf(worker, person.id);
    const purchases = await wallet.rows("select key, bought from entries where kind = 'purchase'");
    given += purchases.reduce((sum, { bought }) => sum - bought, 0);
    assert.equal(new Set(purchases.map(({ key }) => key)).size, times, person.id);
    assert.equal(await person.credits(), (3 + 5 * times).toFixed(2));
  }
  assert.equal(given, paid.length * 5000);
  const rows = await worker.rows("select id, outcome from webhook_events where provider = 'stripe'");
  assert.deepEqual(rows.map(({ id }) => id).sort(), events.map(({ id }) => id).sort(), 'a row for each event that was told, and no other');
  assert.deepEqual(await worker.rows('select * from webhook_failures'), []);
  assert.ok(sim.log('unknown').length === 0);
});
