// Calls without media: a whole conversation told by the control API, as the sideband hears it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { hangUp, joinCall, OFFER, session, startCall } from './openai/exchange.mjs';

const sim = await simulator();

async function joined(more) {
  await post(sim, '/__sim/openai/media', { media: false });
  const { id, sdp } = await startCall(sim, OFFER, session(more));
  const sideband = await joinCall(sim, id);
  const drive = async (body) => {
    const { status, body: call } = await post(sim, `/__sim/openai/call/${id}`, body);
    assert.equal(status, 200, call.error);
    return call;
  };
  return { id, sdp, sideband, drive };
}

const count = ({ events }, type) => events.filter((event) => event.type === type).length;
const quiet = ({ waitFor, events }, times) => waitFor(() => count({ events }, 'output_audio_buffer.stopped') >= times);

test('the answer has the form of one', async () => {
  const { sdp } = await joined();
  assert.match(sdp, /^v=0\r\n/);
  assert.match(sdp, /a=sendrecv\r\n/);
  assert.equal(sdp.match(/^m=/gm).length, 2);
});

test('a greeting and an exchange, in the order of the real events', async () => {
  const { sideband, drive } = await joined();
  await drive({ open: true });
  await quiet(sideband, 1);
  const greeting = sideband.events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
  assert.deepEqual(greeting, [
    'response.created', 'rate_limits.updated', 'response.output_item.added', 'conversation.item.added', 'response.content_part.added',
    'output_audio_buffer.started', 'response.output_audio_transcript.delta', 'response.output_audio.done',
    'response.output_audio_transcript.done', 'response.content_part.done', 'response.output_item.done', 'conversation.item.done',
    'response.done', 'output_audio_buffer.stopped',
  ]);
  const { transcript } = sideband.events.find(({ type }) => type === 'response.output_audio_transcript.done');
  assert.match(transcript, /I am an AI interviewer, and this is practice/);
  const from = sideband.events.length;
  await drive({ hear: 'I build bridges.' });
  await quiet(sideband, 2);
  const turn = sideband.events.slice(from);
  assert.deepEqual(turn.slice(0, 6).map(({ type }) => type), [
    'input_audio_buffer.speech_started', 'input_audio_buffer.speech_stopped', 'input_audio_buffer.committed',
    'conversation.item.added', 'conversation.item.done', 'response.created',
  ]);
  const written = turn.find(({ type }) => type.endsWith('transcription.completed'));
  assert.equal(written.transcript, 'I build bridges.');
  assert.equal(written.usage.type, 'tokens');
  const added = turn.filter(({ type }) => type === 'conversation.item.added');
  assert.deepEqual([written.item_id, added[1].previous_item_id], [added[0].item.id, added[0].item.id]);
  const { status, usage } = turn.find(({ type }) => type === 'response.done').response;
  assert.equal(status, 'completed');
  assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
  assert.ok(usage.input_token_details.cached_tokens > 0 && usage.output_token_details.audio_tokens > 0);
  assert.equal(new Set(sideband.events.map(({ event_id: id }) => id)).size, sideband.events.length);
});

test('talking over a line cuts it', async () => {
  const { sideband, drive } = await joined();
  await drive({ open: true });
  await drive({ hear: 'Wait.' });
  await sideband.waitFor('input_audio_buffer.speech_stopped');
  const types = sideband.events.map(({ type }) => type);
  const order = ['input_audio_buffer.speech_started', 'response.done', 'output_audio_buffer.cleared', 'conversation.item.truncated'];
  assert.deepEqual(types.filter((type) => order.includes(type)), order);
  const { response } = sideband.events.find(({ type }) => type === 'response.done');
  assert.deepEqual([response.status, response.status_details], ['cancelled', { type: 'cancelled', reason: 'turn_detected' }]);
});

test('words that could not be made out', async () => {
  const { sideband, drive } = await joined();
  await drive({ hear: null });
  assert.equal((await sideband.waitFor('conversation.item.input_audio_transcription.failed')).error.type, 'transcription_error');
});

test('lines wait for each other, silence says nothing, errors leave the session open', async () => {
  const { sideband, drive } = await joined();
  await drive({ silence: true, open: true });
  await drive({ error: { code: 'session_expired', message: 'Your session hit the maximum duration.' } });
  assert.equal((await sideband.waitFor('error')).error.code, 'session_expired');
  assert.deepEqual(sideband.events.map(({ type }) => type), ['error']);
  await drive({ silence: false, say: 'One.' });
  await drive({ say: 'Two.' });
  await quiet(sideband, 2);
  const said = sideband.events.filter(({ type }) => type === 'response.output_audio_transcript.done').map(({ transcript }) => transcript);
  assert.deepEqual(said, ['One.', 'Two.']);
});

test('instructions about the end or the sound choose the line', async () => {
  const { sideband, drive } = await joined();
  const done = (n) => sideband.waitFor(() => count(sideband, 'response.done') >= n);
  sideband.send({ type: 'session.update', session: { type: 'realtime', instructions: 'You interview a person. Now wrap up.' } });
  const { session: updated } = await sideband.waitFor('session.updated');
  assert.equal(updated.instructions, 'You interview a person. Now wrap up.');
  await drive({ open: true });
  await done(1);
  sideband.send({ type: 'response.create', response: { instructions: 'Say that you cannot hear the person.' } });
  await done(2);
  const content = [{ type: 'input_text', text: 'Ask whether they are still there.' }];
  sideband.send({ type: 'conversation.item.create', item: { type: 'message', role: 'system', content } });
  sideband.send({ type: 'response.create' });
  await done(3);
  const said = sideband.events.filter(({ type }) => type === 'response.output_audio_transcript.done').map(({ transcript }) => transcript);
  assert.match(said[0], /Goodbye\.$/);
  assert.match(said[1], /Can you hear me\?/);
  assert.match(said[2], /still there\?/);
});

test('client events: taken, or refused to the one who sent them', async () => {
  const { id, sideband, drive } = await joined();
  const other = await joinCall(sim, id);
  await drive({ open: true });
  await sideband.waitFor('response.created');
  const message = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] };
  for (const [event, code] of [
    [{ type: 'response.create' }, 'conversation_already_has_active_response'],
    [{ type: 'session.update', session: { type: 'realtime', audio: { output: { voice: 'cedar' } } } }, 'cannot_update_voice'],
    [{ type: 'session.update', session: { type: 'realtime', colour: 'red' } }, 'unknown_parameter'],
    [{ type: 'session.update', session: {} }, 'missing_required_parameter'],
    [{ type: 'response.think' }, 'invalid_value'],
    [{ type: 'conversation.item.create', item: { ...message, content: [{ type: 'text', text: 'x' }] } }, 'invalid_value'],
    [{ type: 'conversation.item.delete', item_id: 'item_none' }, 'item_delete_invalid_item_id'],
    [{ type: 'conversation.item.retrieve' }, 'missing_required_parameter'],
    [{ type: 'input_audio_buffer.commit' }, 'input_audio_buffer_commit_empty'],
    [{ type: 'response.cancel', response_id: 'resp_none' }, 'response_cancel_not_active'],
  ]) {
    const after = sideband.events.length;
    sideband.send({ ...event, event_id: 'mine' });
    const { error } = await sideband.waitFor('error', { after });
    assert.deepEqual([error.code, error.event_id], [code, 'mine']);
  }
  sideband.send({ type: 'response.cancel' });
  const { response } = await sideband.waitFor('response.done');
  assert.deepEqual(response.status_details, { type: 'cancelled', reason: 'client_cancelled' });
  sideband.send({ type: 'output_audio_buffer.clear' });
  sideband.send({ type: 'input_audio_buffer.clear' });
  sideband.send({ type: 'conversation.item.create', item: { id: 'item_mine', ...message } });
  await other.waitFor(({ type, item }) => type === 'conversation.item.done' && item.id === 'item_mine');
  sideband.send({ type: 'conversation.item.retrieve', item_id: 'item_mine' });
  assert.equal((await other.waitFor('conversation.item.retrieved')).item.content[0].text, 'Hello');
  sideband.send({ type: 'conversation.item.delete', item_id: 'item_mine' });
  await other.waitFor('conversation.item.deleted');
  assert.equal(count(other, 'error'), 0);
});

test('a sideband closed, cut, and a call that dies', async () => {
  const { id, sideband, drive } = await joined();
  assert.equal((await drive({})).sideband, 1);
  await drive({ close: true });
  assert.equal(await sideband.closed, 1001);
  const again = await joinCall(sim, id);
  await drive({ cut: true });
  assert.equal(await again.closed, 1006);
  const last = await joinCall(sim, id);
  assert.deepEqual((({ state, hungUpBy }) => [state, hungUpBy])(await drive({ drop: true })), ['ended', 'network']);
  assert.equal(await last.closed, 1000);
  assert.equal((await post(sim, `/__sim/openai/call/${id}`, { say: 'x' })).status, 400);
  assert.equal((await hangUp(sim, id)).status, 404);
});

test('the control API refuses what it does not know', async () => {
  const { id } = await joined();
  for (const [path, body] of [
    ['call/rtc_unknown', { say: 'x' }], [`call/${id}`, { shout: 'x' }], [`call/${id}`, { say: 1 }], ['media', { media: 'no' }],
  ]) {
    assert.equal((await post(sim, `/__sim/openai/${path}`, body)).status, 400, path);
  }
  await post(sim, `/__sim/openai/call/${id}`, { open: true });
  assert.equal((await post(sim, `/__sim/openai/call/${id}`, { open: true })).status, 400);
  await post(sim, '/__sim/reset', {});
  assert.deepEqual(await (await fetch(`${sim.url}/__sim/openai/calls`)).json(), []);
});
