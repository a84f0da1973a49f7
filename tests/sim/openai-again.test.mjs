// What a Worker has to cope with in the middle of an interview: another call for the same one, a page that does as it likes, a
// connection that is gone without a word.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { hangUp, joinCall, OFFER, session, startCall } from './openai/exchange.mjs';
import { LINES } from './openai/lines.mjs';
import { makeBrowser } from './openai/peer-client.mjs';

const sim = await simulator();
const calls = async () => (await fetch(`${sim.url}/__sim/openai/calls`)).json();
const listed = async (id) => (await calls()).find((call) => call.id === id);
const drive = (id, body) => post(sim, `/__sim/openai/call/${id}`, body);

/** A call that nobody hears, at which the server listens. */
async function overheard(asked = session()) {
  await post(sim, '/__sim/openai/media', { media: false });
  const { id } = await startCall(sim, OFFER, asked);
  return { id, sideband: await joinCall(sim, id) };
}

/** A call to a browser, which is open. */
async function called() {
  await post(sim, '/__sim/openai/media', { media: true });
  const browser = await makeBrowser();
  let id;
  await browser.connect(async (offer) => {
    const call = await startCall(sim, offer);
    ({ id } = call);
    return call.sdp;
  });
  return { id, browser };
}

const spoken = ({ waitFor }) => waitFor('response.output_audio_transcript.done').then(({ transcript }) => transcript);
const done = ({ events, waitFor }, times) => waitFor(() => events.filter(({ type }) => type === 'response.done').length >= times);

test('a call that goes on greets nobody, and asks what comes next', async () => {
  for (const [before, next] of [
    ['Interviewer: Hello and welcome.', LINES.challenge],
    [`Interviewer: ${LINES.challenge.text}\nPerson: It was a queue.\nInterviewer: ${LINES.disagreement.text.slice(0, 40)}`, LINES.mistake],
  ]) {
    const { id, sideband } = await overheard(session({ instructions: `You interview a person.\nGo on, do not greet again.\n${before}` }));
    await drive(id, { open: true });
    assert.equal(await spoken(sideband), next.text);
  }
  const { id, sideband } = await overheard();
  await drive(id, { open: true });
  assert.equal(await spoken(sideband), LINES.greeting.text);
});

test('the calls of an interview in their order, each with what it was asked for and how it ended', async () => {
  await post(sim, '/__sim/reset', {});
  const first = await overheard();
  const slow = session({ instructions: 'Go on.' });
  slow.audio.output.speed = 0.9;
  slow.audio.input.turn_detection.eagerness = 'low';
  await hangUp(sim, first.id);
  const second = await overheard(slow);
  second.sideband.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Wrap up.' } });
  await second.sideband.waitFor('session.updated');
  const [one, two] = await calls();
  assert.deepEqual([one.id, one.hungUpBy, two.id, two.hungUpBy, two.endedAt], [first.id, 'api', second.id, null, null]);
  assert.ok(one.startedAt <= one.endedAt && one.endedAt <= two.startedAt);
  assert.deepEqual([two.asked.instructions, two.instructions], ['Go on.', 'Wrap up.']);
  assert.deepEqual([two.asked.audio.output.speed, two.asked.audio.input.turn_detection.eagerness], [0.9, 'low']);
});

test('a page that changes its session is obeyed, and told of in the log', async () => {
  const { id, browser } = await called();
  const sideband = await joinCall(sim, id);
  browser.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Tell jokes.', audio: { output: { speed: 1.5 } } } });
  const { session: updated } = await sideband.waitFor('session.updated');
  assert.deepEqual([updated.instructions, updated.audio.output.speed], ['Tell jokes.', 1.5]);
  assert.deepEqual([updated.audio.output.voice, updated.audio.input.noise_reduction.type], ['marin', 'near_field']);
  sideband.send({ type: 'session.update', session: { type: 'realtime', instructions: 'You interview a person.' } });
  await browser.waitFor((event) => event.type === 'session.updated' && event.session.instructions === 'You interview a person.');
  const told = sim.log('openai').filter(({ op, path }) => op === 'drift' && path.endsWith(id));
  assert.equal(told.length, 1);
  assert.equal(JSON.parse(told[0].body).session.instructions, 'Tell jokes.');
  await drive(id, { page: { type: 'session.update', session: { type: 'realtime', max_output_tokens: 'inf' } } });
  assert.equal(sim.log('openai').filter(({ op, path }) => op === 'drift' && path.endsWith(id)).length, 2);
  await browser.close();
});

test('a flood of responses, each billed as a test says', async () => {
  const { id, sideband } = await overheard(session({ output_modalities: ['text'] }));
  await drive(id, { billed: { inputText: 1000, inputAudio: 20_000, cached: 500, outputAudio: 4000 }, open: true, flood: 3 });
  await done(sideband, 4);
  const bills = sideband.events.filter(({ type }) => type === 'response.done').map(({ response }) => response.usage);
  assert.deepEqual(bills.map((usage) => usage.total_tokens), [25_000, 25_000, 25_000, 25_000]);
  assert.deepEqual(bills[0].input_token_details, {
    text_tokens: 1000, audio_tokens: 20_000, image_tokens: 0, cached_tokens: 500,
    cached_tokens_details: { text_tokens: 500, audio_tokens: 0, image_tokens: 0 },
  });
  const { received } = await listed(id);
  assert.equal(received.filter(({ via, event }) => via === 'channel' && event.type === 'response.create').length, 3);
});

test('a connection that is lost: the call goes on for a while, and the page is told nothing', async () => {
  const { id, browser } = await called();
  const sideband = await joinCall(sim, id);
  browser.send({ type: 'response.create' });
  await sideband.waitFor('output_audio_buffer.started');
  await drive(id, { lose: true });
  const { packets } = browser.heard;
  sideband.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Still there.' } });
  await sideband.waitFor('session.updated');
  assert.deepEqual([(await listed(id)).state, browser.channelState()], ['live', 'open']);
  assert.ok(browser.heard.packets <= packets + 2);
  assert.equal((await hangUp(sim, id)).status, 200);
  assert.equal((await listed(id)).hungUpBy, 'api');
  await browser.vanish();
});

test('a call can fall still while its channel speaks on', async () => {
  const { id, browser } = await called();
  await drive(id, { still: true });
  browser.send({ type: 'response.create' });
  await browser.waitFor('response.output_audio_transcript.delta');
  const { packets } = browser.heard;
  await browser.waitFor('response.done');
  assert.equal(browser.heard.packets, packets);
  await drive(id, { still: false });
  await browser.waitFor('output_audio_buffer.stopped');
  assert.ok(browser.heard.packets > packets);
  await browser.close();
});
