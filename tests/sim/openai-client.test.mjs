// The official client, unmodified, believes the simulated OpenAI.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';

import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

import { post, simulator } from './harness.mjs';
import { OFFER, session } from './openai/exchange.mjs';

const sim = await simulator();
const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = sim.workerVars();
const client = (key = apiKey) => new OpenAI({ apiKey: key, baseURL, maxRetries: 0 });

async function call() {
  await post(sim, '/__sim/openai/media', { media: false });
  const response = await client().realtime.calls.create({ sdp: OFFER, session: session() });
  return { response, id: response.headers.get('location').split('/').at(-1) };
}

test('creates a call and hangs it up', async () => {
  const { response, id } = await call();
  assert.deepEqual([response.status, response.headers.get('content-type')], [201, 'application/sdp']);
  assert.match(await response.text(), /^v=0/);
  assert.match(id, /^rtc_/);
  await client().realtime.calls.hangup(id);
  await assert.rejects(client().realtime.calls.hangup(id), { status: 404, code: 'call_id_not_found' });
});

test('is told why it is refused', async () => {
  const create = (key, more) => client(key).realtime.calls.create({ sdp: OFFER, session: session(more) });
  await assert.rejects(create('sk-other'), { status: 401, code: 'invalid_api_key' });
  await assert.rejects(create(apiKey, { voice: 'marin' }), { status: 400, code: 'unknown_parameter', param: 'session.voice' });
  await post(sim, '/__sim/fault', { service: 'openai', op: 'calls', code: 'insufficient_quota' });
  await assert.rejects(create(apiKey), { status: 429, type: 'insufficient_quota' });
});

test('lists the models, some with the day on which they go', async () => {
  const models = new Map();
  for await (const model of client().models.list()) models.set(model.id, model);
  assert.equal(models.get('gpt-realtime-2.1').shutdown_date, undefined);
  assert.equal(models.get('gpt-realtime').shutdown_date, '2027-01-20');
  assert.equal(models.get('whisper-1').shutdown_date, '2027-02-26');
});

test('joins a call by its id', async () => {
  const { id } = await call();
  // It insists on wss; the connection beneath is the plain one of this machine.
  const createConnection = () => connect(sim.port, 'localhost');
  const realtime = new OpenAIRealtimeWS({ callID: id, options: { createConnection } }, client());
  const failed = new Promise((resolve) => { realtime.on('error', resolve); });
  await new Promise((resolve) => { realtime.socket.on('open', resolve); });
  const updated = new Promise((resolve) => { realtime.on('session.updated', resolve); });
  realtime.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } });
  assert.equal((await updated).session.instructions, 'Be brief.');
  const done = new Promise((resolve) => { realtime.on('response.done', resolve); });
  await post(sim, `/__sim/openai/call/${id}`, { say: 'Hello.' });
  assert.equal((await done).response.output[0].content[0].transcript, 'Hello.');
  realtime.send({ type: 'response.cancel' });
  assert.equal((await failed).error.code, 'response_cancel_not_active');
  const closed = new Promise((resolve) => { realtime.socket.on('close', resolve); });
  await client().realtime.calls.hangup(id);
  assert.equal(await closed, 1000);
});
