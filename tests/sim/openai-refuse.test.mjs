// The simulated OpenAI refuses what the real one refuses, in its words, and fails as it is told to.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { post, simulator } from './harness.mjs';
import { form, hangUp, joinCall, OFFER, postCall, session, startCall } from './openai/exchange.mjs';

const sim = await simulator();
const calls = async () => (await fetch(`${sim.url}/__sim/openai/calls`)).json();
const fault = (op, how) => post(sim, '/__sim/fault', { service: 'openai', op, ...how });
const withoutMedia = () => post(sim, '/__sim/openai/media', { media: false });

async function refused(body, headers) {
  const response = await postCall(sim, body, headers);
  const { error } = await response.json();
  assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code']);
  assert.ok(response.headers.get('x-request-id'));
  assert.deepEqual(await calls(), []);
  return { status: response.status, ...error };
}

test('a form needs both parts, of the right kind, and nothing else', async () => {
  for (const name of ['sdp', 'session']) {
    const body = form(OFFER, session());
    body.delete(name);
    const { status, code, param } = await refused(body);
    assert.deepEqual([status, code, param], [400, 'missing_required_parameter', name]);
  }
  assert.equal((await refused(form(OFFER, session(), ['text/html', 'application/json']))).param, 'sdp');
  assert.equal((await refused(form(OFFER, session(), ['application/sdp', 'text/html']))).param, 'session');
  assert.equal((await refused(JSON.stringify({ sdp: OFFER }), { 'content-type': 'application/json' })).code, 'unsupported_content_type');
  const more = form(OFFER, session());
  more.set('voice', 'marin');
  assert.equal((await refused(more)).code, 'unknown_parameter');
  const broken = form(OFFER, session());
  broken.set('session', new Blob(['{'], { type: 'application/json' }));
  assert.equal((await refused(broken)).code, 'invalid_json');
});

test('keys and the beta dialect', async () => {
  const of = async (headers) => {
    const { status, code } = await refused(form(OFFER, session()), headers);
    return [status, code];
  };
  assert.deepEqual(await of({ authorization: 'Bearer sk-other' }), [401, 'invalid_api_key']);
  assert.deepEqual(await of({ authorization: '' }), [401, null]);
  assert.deepEqual(await of({ 'openai-beta': 'realtime=v1' }), [400, 'beta_api_shape_disabled']);
});

test('a session is looked at down to its last field', async () => {
  const audio = (input, output) => ({ audio: { ...(input && { input }), ...(output && { output }) } });
  const turns = (detection) => audio({ turn_detection: detection });
  const at = 'session.audio.input';
  for (const [more, status, code, param] of [
    [{ type: undefined }, 400, 'missing_required_parameter', 'session.type'],
    [{ type: 'transcription' }, 400, 'invalid_value', 'session.type'],
    [{ model: undefined }, 400, 'missing_required_parameter', 'session.model'],
    [{ model: 'gpt-4o-realtime-preview' }, 404, 'model_not_found', 'session.model'],
    [{ temperature: 0.8 }, 400, 'unknown_parameter', 'session.temperature'],
    [{ modalities: ['audio'] }, 400, 'unknown_parameter', 'session.modalities'],
    [{ instructions: 7 }, 400, 'invalid_type', 'session.instructions'],
    [{ output_modalities: ['audio', 'text'] }, 400, 'invalid_value', 'session.output_modalities'],
    [{ max_output_tokens: 5000 }, 400, 'integer_above_max_value', 'session.max_output_tokens'],
    [audio(null, { voice: 'onyx' }), 400, 'invalid_value', 'session.audio.output.voice'],
    [audio(null, { speed: 9 }), 400, 'integer_above_max_value', 'session.audio.output.speed'],
    [audio({ colour: 'red' }), 400, 'unknown_parameter', `${at}.colour`],
    [audio({ transcription: { model: 'whisper-9' } }), 400, 'invalid_value', `${at}.transcription.model`],
    [audio({ noise_reduction: {} }), 400, 'missing_required_parameter', `${at}.noise_reduction.type`],
    [turns({ type: 'semantic_vad', threshold: 0.5 }), 400, 'unknown_parameter', `${at}.turn_detection.threshold`],
    [turns({ eagerness: 'low' }), 400, 'missing_required_parameter', `${at}.turn_detection.type`],
    [turns({ type: 'semantic_vad', eagerness: 'hasty' }), 400, 'invalid_value', `${at}.turn_detection.eagerness`],
  ]) {
    const told = await refused(form(OFFER, session(more)));
    assert.deepEqual([told.status, told.code, told.param], [status, code, param]);
    assert.equal(told.type, 'invalid_request_error');
  }
});

test('an offer without what a call needs', async () => {
  const lacking = [/^m=application[^]*/m, /a=ice-ufrag.*\r\n/g, /a=ice-pwd.*\r\n/g, /a=fingerprint.*\r\n/g, /a=rtpmap.*\r\n/, /^v=0\r\n/];
  for (const sdp of ['', 'v=0', 'garbage', OFFER.slice(0, 60), ...lacking.map((pattern) => OFFER.replace(pattern, ''))]) {
    const { status, code } = await refused(form(sdp, session()));
    assert.deepEqual([status, code], [400, 'invalid_offer'], sdp);
  }
});

test('a safety identifier is taken, and the log shows the parts', async () => {
  await withoutMedia();
  const response = await postCall(sim, form(OFFER, session()), { 'openai-safety-identifier': 'abc' });
  assert.equal(response.status, 201);
  const [{ method, path, op, headers, parts }] = sim.log('openai');
  assert.deepEqual([method, path, op, headers['openai-safety-identifier']], ['POST', '/v1/realtime/calls', 'calls', 'abc']);
  assert.deepEqual(parts, {
    sdp: { type: 'application/sdp', text: OFFER }, session: { type: 'application/json', text: JSON.stringify(session()) },
  });
  const [call] = await calls();
  assert.deepEqual([call.offers, call.state, call.instructions], [[OFFER], 'connecting', 'You interview a person.']);
});

test('a call unknown or over cannot be hung up or joined', async () => {
  await withoutMedia();
  const { id } = await startCall(sim, OFFER);
  assert.deepEqual([(await hangUp(sim, id)).status, (await calls())[0].hungUpBy], [200, 'api']);
  for (const gone of [id, 'rtc_unknown']) {
    const response = await hangUp(sim, gone);
    assert.deepEqual([response.status, (await response.json()).error.code], [404, 'call_id_not_found']);
    await assert.rejects(joinCall(sim, gone), { status: 404 });
    await assert.rejects(joinCall(sim, gone, 'sk-other'), { status: 401 });
  }
  assert.equal((await fetch(`${sim.url}/v1/realtime?call_id=${id}`)).status, 400);
});

test('a fault that refuses does so in OpenAI\'s form, before anything happens', async () => {
  await withoutMedia();
  for (const [how, status, type, code, retry] of [
    [{ status: 401 }, 401, 'invalid_request_error', 'invalid_api_key', null],
    [{ status: 429 }, 429, 'rate_limit_error', 'rate_limit_exceeded', '1'],
    [{ code: 'insufficient_quota' }, 429, 'insufficient_quota', 'insufficient_quota', null],
    [{ status: 500 }, 500, 'server_error', 'server_error', null],
    [{ status: 503, headers: { 'retry-after': '7' } }, 503, 'service_unavailable_error', 'server_is_overloaded', '7'],
  ]) {
    await fault('calls', how);
    const response = await postCall(sim, form(OFFER, session()));
    const { error } = await response.json();
    assert.deepEqual([response.status, error.type, error.code, response.headers.get('retry-after')], [status, type, code, retry]);
  }
  assert.deepEqual(await calls(), []);
  const { id } = await startCall(sim, OFFER);
  await fault('hangup', { status: 500 });
  assert.equal((await hangUp(sim, id)).status, 500);
  assert.equal((await calls())[0].state, 'connecting');
  await fault('models', { status: 503 });
  assert.equal((await fetch(`${sim.url}/v1/models`)).status, 503);
});

test('a spoiled answer leaves a call behind', async () => {
  await withoutMedia();
  const start = (signal) => postCall(sim, form(OFFER, session()), {}, signal);
  await fault('calls', { headers: { location: null } });
  assert.equal((await start()).headers.get('location'), null);
  await fault('calls', { body: '' });
  const empty = await start();
  assert.deepEqual([empty.status, await empty.text()], [201, '']);
  await fault('calls', { body: '<html>' });
  assert.equal(await (await start()).text(), '<html>');
  await fault('calls', { bytes: 20_000_000 });
  assert.equal((await (await start()).text()).length, 20_000_000);
  await fault('calls', { latencyMs: 300 });
  await assert.rejects(start(AbortSignal.timeout(100)), { name: 'TimeoutError' });
  await fault('calls', { hang: true });
  await assert.rejects(start(AbortSignal.timeout(100)), { name: 'TimeoutError' });
  await fault('calls', { drop: true });
  await assert.rejects(start(), TypeError);
  await fault('calls', { halfClose: true });
  await assert.rejects((await start()).text(), TypeError);
  await fault('calls', { trickle: 1, body: 'v=0' });
  assert.equal(await (await start()).text(), 'v=0');
  assert.equal((await calls()).length, 9);
});

test('a sideband that is refused for a while, dropped, late or silent', async () => {
  await withoutMedia();
  const { id } = await startCall(sim, OFFER);
  await fault('sideband', { status: 404, forMs: 150 });
  const started = performance.now();
  let refusals = 0;
  const join = () => joinCall(sim, id).catch((error) => {
    assert.equal(error.status, 404);
    refusals += 1;
    return join();
  });
  (await join()).close();
  assert.ok(refusals > 0 && performance.now() - started >= 149);
  await fault('sideband', { drop: true });
  await assert.rejects(joinCall(sim, id));
  await fault('sideband', { latencyMs: 100 });
  const late = performance.now();
  (await joinCall(sim, id)).close();
  assert.ok(performance.now() - late >= 99);
  await fault('sideband', { hang: true });
  assert.equal(await Promise.race([joinCall(sim, id), new Promise((resolve) => { setTimeout(resolve, 100, 'silence'); })]), 'silence');
});
