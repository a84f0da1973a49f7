// A question that nobody may ask: the server reads it as it is made, stops it, and has another one asked in its place.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { joinCall, OFFER, session, startCall } from './openai/exchange.mjs';
import { LINES } from './openai/lines.mjs';
import { makeBrowser } from './openai/peer-client.mjs';

const sim = await simulator();
const FORBIDDEN = 'Before we go on, tell me how old you are, and whether you would like to have any children in the next few years.';
const create = { type: 'response.create', response: { instructions: 'WITHDRAW the question, and ask about something else.' } };
const withdraw = [{ type: 'response.cancel' }, { type: 'output_audio_buffer.clear' }, create];

/** A call that nobody hears, at which the server listens. */
async function overheard(more) {
  await post(sim, '/__sim/openai/media', { media: false });
  const { id } = await startCall(sim, OFFER, session(more));
  return { id, sideband: await joinCall(sim, id) };
}

const say = (id, words) => post(sim, `/__sim/openai/call/${id}`, { say: words });

test('in sound: cancelled, cleared, truncated, and a line in its place', async () => {
  const { id, sideband } = await overheard();
  await say(id, FORBIDDEN);
  await sideband.waitFor('response.output_audio_transcript.delta');
  for (const event of withdraw) sideband.send(event);
  const { response } = await sideband.waitFor('response.done');
  assert.deepEqual([response.status, response.status_details], ['cancelled', { type: 'cancelled', reason: 'client_cancelled' }]);
  const [item] = response.output;
  assert.equal(item.status, 'incomplete');
  const made = item.content[0].transcript;
  assert.ok(made.length > 0 && made.length < FORBIDDEN.length && FORBIDDEN.startsWith(made), made);
  const truncated = await sideband.waitFor('conversation.item.truncated');
  assert.equal(truncated.item_id, item.id);
  const said = await sideband.waitFor((event) => event.type === 'response.output_audio_transcript.done' && event.item_id !== item.id);
  assert.equal(said.transcript, LINES.withdrawn.text);
  await sideband.waitFor('output_audio_buffer.stopped');
  const order = [
    'response.created', 'response.done', 'output_audio_buffer.cleared', 'conversation.item.truncated',
    'response.created', 'response.done', 'output_audio_buffer.stopped',
  ];
  assert.deepEqual(sideband.events.map(({ type }) => type).filter((type) => order.includes(type)), order);
  sideband.send({ type: 'conversation.item.retrieve', item_id: item.id });
  assert.deepEqual((await sideband.waitFor('conversation.item.retrieved')).item.content, [{ type: 'output_audio' }]);
});

test('in text: cancelled, and a line in its place', async () => {
  const { id, sideband } = await overheard({ output_modalities: ['text'] });
  await say(id, FORBIDDEN);
  const { delta } = await sideband.waitFor('response.output_text.delta');
  assert.ok(FORBIDDEN.startsWith(delta) && delta.length < FORBIDDEN.length);
  for (const event of withdraw) sideband.send(event);
  const { response } = await sideband.waitFor('response.done');
  assert.equal(response.status, 'cancelled');
  assert.ok(response.output[0].content[0].text.length < FORBIDDEN.length);
  const said = await sideband.waitFor((event) => event.type === 'response.output_text.done' && event.response_id !== response.id);
  assert.equal(said.text, LINES.withdrawn.text);
  assert.equal(sideband.events.some(({ type }) => /audio|truncated|error/.test(type)), false);
});

test('a question that was whole already is cleared while it sounds', async () => {
  const { id, sideband } = await overheard();
  await say(id, FORBIDDEN);
  await sideband.waitFor('response.done');
  for (const event of withdraw) sideband.send(event);
  assert.equal((await sideband.waitFor('error')).error.code, 'response_cancel_not_active');
  const cleared = await sideband.waitFor('output_audio_buffer.cleared');
  const truncated = await sideband.waitFor('conversation.item.truncated');
  assert.ok(truncated.audio_end_ms > 0);
  await sideband.waitFor((event) => event.type === 'response.created' && event.response.id !== cleared.response_id);
});

test('the interview goes on where it was', async () => {
  const { id, sideband } = await overheard();
  await post(sim, `/__sim/openai/call/${id}`, { open: true });
  await sideband.waitFor('output_audio_buffer.stopped');
  await say(id, FORBIDDEN);
  await sideband.waitFor('response.created', { after: sideband.events.length });
  await sideband.waitFor('response.output_audio_transcript.delta', { after: sideband.events.length });
  for (const event of withdraw) sideband.send(event);
  await sideband.waitFor(({ transcript }) => transcript === LINES.withdrawn.text);
  await sideband.waitFor('output_audio_buffer.stopped', { after: sideband.events.length });
  await post(sim, `/__sim/openai/call/${id}`, { hear: 'I am proud of a bridge.' });
  await sideband.waitFor(({ transcript }) => transcript === LINES.challenge.text);
});

test('instructions of a session that speak of it choose no line', async () => {
  const { id, sideband } = await overheard();
  sideband.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Withdraw no question.' } });
  await sideband.waitFor('session.updated');
  await post(sim, `/__sim/openai/call/${id}`, { open: true });
  assert.equal((await sideband.waitFor('response.output_audio_transcript.done')).transcript, LINES.greeting.text);
});

test('by ear: the browser hears it stop, and the other line', async () => {
  const browser = await makeBrowser();
  let id;
  await browser.connect(async (offer) => {
    const call = await startCall(sim, offer);
    ({ id } = call);
    return call.sdp;
  });
  const sideband = await joinCall(sim, id);
  await say(id, FORBIDDEN);
  await sideband.waitFor('response.output_audio_transcript.delta');
  for (const event of withdraw) sideband.send(event);
  const { audio_end_ms: heard } = await browser.waitFor('conversation.item.truncated');
  assert.ok(heard < 2000, `${heard} ms were heard`);
  await browser.waitFor((event) => event.type === 'response.output_audio_transcript.delta' && event.delta.startsWith('Please forget'));
  await browser.close();
});
