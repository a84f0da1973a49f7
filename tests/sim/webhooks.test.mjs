// The official Svix client believes the simulated webhooks, and Clerk's SDK reads what is in them.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { beforeEach, test } from 'node:test';

import { verifyWebhook } from '@clerk/backend/webhooks';
import { Webhook } from 'svix';

import { backend, listen, post, simulator } from './harness.mjs';
import { signature, WEBHOOK_SECRET } from './webhooks.mjs';

const sim = await simulator();
const listener = await listen();
const OTHER = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const events = (body) => post(sim, '/__sim/events/clerk', body);
const authorization = 'Bearer sk_test_simulated';
const deleteUser = (id) => fetch(`${sim.url}/v1/users/${id}`, { method: 'DELETE', headers: { authorization } });
const created = { type: 'user.created', data: { id: 'user_alice' } };

beforeEach(() => {
  listener.received.length = 0;
  sim.setWebhookUrl(listener.url);
});

/** The event, once the Svix client has found nothing wrong. */
function verified({ body, headers }) {
  new Webhook(WEBHOOK_SECRET).verify(body, headers);
  return JSON.parse(body);
}

test('the Svix client verifies a delivery', async () => {
  assert.deepEqual((await events({ event: created })).body, { statuses: [200] });
  const [{ method, url, headers, body }] = listener.received;
  assert.deepEqual([method, url, headers['content-type']], ['POST', '/api/webhooks/clerk', 'application/json']);
  const { object, type, data, timestamp } = verified({ body, headers });
  assert.deepEqual([object, type, data], ['event', 'user.created', { id: 'user_alice' }]);
  assert.ok(Math.abs(Date.now() - timestamp) < 10_000);
});

test('Clerk\'s own SDK verifies one under either name', async () => {
  await events({ event: created });
  await events({ event: created, headers: 'webhook' });
  const [svix, standard] = listener.received;
  assert.ok(standard.headers['webhook-id'] && !standard.headers['svix-id']);
  new Webhook(WEBHOOK_SECRET).verify(standard.body, standard.headers);
  const request = new Request(`${listener.url}/`, { method: 'POST', headers: svix.headers, body: svix.body });
  const { type, data } = await verifyWebhook(request, { signingSecret: WEBHOOK_SECRET });
  assert.deepEqual([type, data.id], ['user.created', 'user_alice']);
});

test('the signature is the one that the Svix client makes', () => {
  const at = new Date(1_800_000_000_000);
  assert.equal(signature(OTHER, 'msg_1', '1800000000', '{"é":1}'), new Webhook(OTHER).sign('msg_1', at, '{"é":1}'));
});

test('another secret and another age are as wished', async () => {
  await events({ event: created, signWith: OTHER });
  const [{ headers, body }] = listener.received;
  new Webhook(OTHER).verify(body, headers);
  assert.throws(() => new Webhook(WEBHOOK_SECRET).verify(body, headers));
  for (const ageSeconds of [400, -400]) {
    await events({ event: created, ageSeconds });
    const late = listener.received.at(-1);
    assert.throws(() => new Webhook(WEBHOOK_SECRET).verify(late.body, late.headers), /timestamp/);
  }
});

test('several events, each several times, under one id each', async () => {
  listener.statuses.push(503);
  const several = [created, { type: 'user.updated', data: { id: 'user_bob' } }];
  const { body: { statuses } } = await events({ event: several, times: 20, shuffle: true });
  assert.deepEqual([statuses.length, statuses.filter((status) => status === 503).length], [40, 1]);
  const ids = listener.received.map(({ headers }) => headers['svix-id']);
  assert.deepEqual([...new Set(ids)].map((id) => ids.filter((other) => other === id).length), [20, 20]);
});

test('a person deleted at Clerk is gone there, and the Worker is told', async () => {
  const told = once(listener.server, 'received');
  const remove = () => deleteUser('user_alice');
  const answer = await remove();
  assert.deepEqual([answer.status, await answer.json()], [200, { id: 'user_alice', object: 'user', deleted: true }]);
  await told;
  const { type, data } = verified(listener.received[0]);
  assert.deepEqual([type, data], ['user.deleted', { id: 'user_alice', object: 'user', deleted: true }]);
  assert.equal((await backend(sim, '/v1/users/user_alice')).status, 404);
  assert.deepEqual([(await remove()).status, listener.received.length], [404, 1]);
});

test('a Worker that is not there hinders nothing', async () => {
  for (const nowhere of [null, 'http://localhost:1']) {
    sim.reset();
    sim.setWebhookUrl(nowhere);
    assert.equal((await deleteUser('user_bob')).status, 200);
  }
});

test('a wish that makes no sense is refused', async () => {
  for (const wish of [{}, { event: 'x' }, { event: created, times: 0 }, { event: created, headers: 'other' }, { event: created, at: 1 }]) {
    assert.equal((await events(wish)).status, 400, JSON.stringify(wish));
  }
});
