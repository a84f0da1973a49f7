// Calls with media: a werift peer stands for the browser; levels, lines, interruptions and ends as with the real one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { hangUp, joinCall, session, startCall } from './openai/exchange.mjs';
import { makeBrowser } from './openai/peer-client.mjs';

const sim = await simulator();
const listed = async (id) => (await (await fetch(`${sim.url}/__sim/openai/calls`)).json()).find((call) => call.id === id);

async function called({ asked = session(), ...how } = {}) {
  const browser = await makeBrowser(how);
  let id;
  await browser.connect(async (offer) => {
    const call = await startCall(sim, offer, asked);
    ({ id } = call);
    return call.sdp;
  });
  return { id, browser };
}

const userText = (text) => (
  { type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] } }
);

test('an interview by ear: sound both ways, turns by level, the same events on both sides', async () => {
  const { id, browser } = await called();
  const sideband = await joinCall(sim, id);
  const created = await browser.waitFor('session.created');
  assert.equal(created.session.simulated, true);
  assert.deepEqual([created.session.audio.output.voice, created.session.audio.input.turn_detection.eagerness], ['marin', 'auto']);
  browser.send({ type: 'response.create' });
  await browser.waitFor('output_audio_buffer.started');
  await browser.waitFor('response.output_audio_transcript.delta');
  browser.speak(600);
  const truncated = await browser.waitFor('conversation.item.truncated');
  const stopped = await browser.waitFor('input_audio_buffer.speech_stopped');
  const started = browser.events.find(({ type }) => type === 'input_audio_buffer.speech_started');
  const talked = stopped.audio_end_ms - started.audio_start_ms;
  assert.ok(talked > 900 && talked < 1500, `600 ms of talk and 500 ms of quiet took ${talked} ms`);
  assert.ok(truncated.audio_end_ms > 0 && truncated.audio_end_ms < 3000);
  const { response } = browser.events.find(({ type }) => type === 'response.done');
  assert.deepEqual([response.status, response.status_details.reason], ['cancelled', 'turn_detected']);
  const written = await browser.waitFor('conversation.item.input_audio_transcription.completed');
  assert.match(written.transcript, /^I started out/);
  await browser.waitFor((event) => event.type === 'response.output_audio_transcript.delta' && event.response_id !== response.id);
  assert.ok(browser.heard.packets > 50 && browser.heard.loud > 20 && browser.heard.loud < browser.heard.packets);
  const both = browser.events.slice(1).map(({ event_id: eventId }) => eventId);
  await sideband.waitFor((event) => event.event_id === both.at(-1));
  assert.deepEqual(sideband.events.map((event) => event.event_id).filter((one) => both.includes(one)), both);
  await browser.close();
});

test('early events come without the stall of a replayed record', async () => {
  const { id, browser } = await called();
  await browser.waitFor('session.created');
  for (let i = 0; i < 8; i++) {
    const after = browser.events.length;
    const sent = performance.now();
    await post(sim, `/__sim/openai/call/${id}`, { error: { message: String(i) } });
    const { at } = await browser.waitFor('error', { after });
    assert.ok(at - sent < 300, `event ${i} took ${Math.round(at - sent)} ms`);
  }
  await browser.close();
});

test('typed words appear as typed, and are answered', async () => {
  const { browser } = await called();
  browser.send(userText('I prefer to write.'));
  browser.send({ type: 'response.create' });
  const { item } = await browser.waitFor('conversation.item.added');
  assert.deepEqual([item.role, item.content], ['user', [{ type: 'input_text', text: 'I prefer to write.' }]]);
  const added = await browser.waitFor((event) => event.type === 'conversation.item.added' && event.item.role === 'assistant');
  assert.equal(added.previous_item_id, item.id);
  await browser.close();
});

test('an interview in text makes no sound', async () => {
  const { browser } = await called({ microphone: false, asked: session({ output_modalities: ['text'] }) });
  browser.send({ type: 'response.create' });
  const { text } = await browser.waitFor('response.output_text.done');
  assert.match(text, /I am an AI interviewer/);
  const { response } = await browser.waitFor('response.done');
  assert.deepEqual([response.output_modalities, response.output[0].content[0].type], [['text'], 'output_text']);
  assert.equal(response.usage.output_token_details.audio_tokens, 0);
  assert.equal(browser.events.some(({ type }) => /audio/.test(type)), false);
  assert.equal(browser.heard.packets, 0);
  await browser.close();
});

test('without leave to interrupt, a line goes on', async () => {
  const asked = session();
  asked.audio.input.turn_detection.interrupt_response = false;
  const { browser } = await called({ asked });
  browser.send({ type: 'response.create' });
  await browser.waitFor('response.output_audio_transcript.delta');
  const after = browser.events.length;
  browser.speak(300);
  await browser.waitFor('input_audio_buffer.speech_started', { after });
  await browser.waitFor('response.output_audio_transcript.delta', { after: browser.events.length });
  assert.equal(browser.events.some(({ type }) => type === 'output_audio_buffer.cleared'), false);
  await browser.close();
});

test('a hang-up closes the data channel and the sideband', async () => {
  const { id, browser } = await called();
  const sideband = await joinCall(sim, id);
  const started = performance.now();
  assert.equal((await hangUp(sim, id)).status, 200);
  await browser.closed();
  assert.ok(performance.now() - started < 1000);
  assert.equal(await sideband.closed, 1000);
  assert.equal((await listed(id)).hungUpBy, 'api');
  await browser.close();
});

test('a page that is left ends the call, one that vanishes ends it after a while', async () => {
  const [left, vanished] = [await called(), await called()];
  const sidebands = await Promise.all([left, vanished].map(({ id }) => joinCall(sim, id)));
  await left.browser.close();
  await sidebands[0].closed;
  assert.equal((await listed(left.id)).hungUpBy, 'browser');
  await vanished.browser.vanish();
  const started = performance.now();
  await sidebands[1].closed;
  const waited = performance.now() - started;
  assert.ok(waited > 5000 && waited < 12_000, `${waited} ms`);
  assert.equal((await listed(vanished.id)).hungUpBy, 'network');
});

test('a call whose network dies says nothing to the page', async () => {
  const { id, browser } = await called();
  await post(sim, `/__sim/openai/call/${id}`, { drop: true });
  assert.deepEqual([(await listed(id)).state, browser.channelState()], ['ended', 'open']);
  await browser.vanish();
});

test('a call that never connected can be hung up', async () => {
  const browser = await makeBrowser();
  const { id } = await startCall(sim, browser.offer);
  assert.equal((await hangUp(sim, id)).status, 200);
  assert.equal((await listed(id)).hungUpBy, 'api');
  await browser.vanish();
});

test('several calls at once keep apart', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => called()));
  await post(sim, `/__sim/openai/call/${all[2].id}`, { say: 'Only here.' });
  await all[2].browser.waitFor('response.created');
  assert.deepEqual(all.map(({ browser }) => browser.events.length > 1), [false, false, true, false]);
  await Promise.all(all.map(({ browser }) => browser.close()));
});
