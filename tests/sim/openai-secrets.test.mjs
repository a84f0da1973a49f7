// Client secrets: the official client mints them, and a browser starts its calls with them, past the server.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mock, test } from 'node:test';

import OpenAI from 'openai';

import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { post, simulator } from './harness.mjs';
import { form, hangUp, joinCall, OFFER, postCall, session } from './openai/exchange.mjs';
import { makeBrowser } from './openai/peer-client.mjs';

const sim = await simulator();
const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = sim.workerVars();
const client = (key = apiKey) => new OpenAI({ apiKey: key, baseURL, maxRetries: 0 });
const mint = (body, headers) => client().realtime.clientSecrets.create(body, { headers });
const lasting = (seconds, more) => ({ expires_after: { anchor: 'created_at', seconds }, session: session(more) });
const withoutMedia = () => post(sim, '/__sim/openai/media', { media: false });
const fault = (op, how) => post(sim, '/__sim/fault', { service: 'openai', op, ...how });
const seen = async (what) => (await fetch(`${sim.url}/__sim/openai/${what}`)).json();

/** As a browser asks. */
const direct = (secret, { body = OFFER, type = 'application/sdp' } = {}) => fetch(`${sim.url}/v1/realtime/calls`, {
  method: 'POST', body, headers: { 'content-type': type, authorization: `Bearer ${secret}`, origin: 'http://localhost:8787' },
});
const refusalOf = async (response) => [response.status, (await response.json()).error.code];

test('a secret lives as long as was asked for, ten minutes without a word, and names its session as it will be', async () => {
  const now = Math.floor(Date.now() / 1000);
  const short = await mint(lasting(10));
  assert.match(short.value, /^ek_[0-9a-f]{32}$/);
  assert.ok([10, 11].includes(short.expires_at - now), `${short.expires_at - now} s`);
  assert.match(short.session.id, /^sess_/);
  const { object, type, model, instructions, audio, max_output_tokens: most } = short.session;
  assert.deepEqual([object, type, model, instructions], ['realtime.session', 'realtime', 'gpt-realtime-2.1', 'You interview a person.']);
  assert.deepEqual([audio.output.voice, audio.output.speed, audio.input.turn_detection.create_response, most], ['marin', 1, true, 'inf']);
  const plain = await mint({});
  assert.ok([600, 601].includes(plain.expires_at - now));
  assert.equal(plain.session.model, 'gpt-realtime');
});

test('what is refused: keys, lives too short or too long, and a session that no call would take', async () => {
  await assert.rejects(client('sk-other').realtime.clientSecrets.create({}), { status: 401, code: 'invalid_api_key' });
  for (const [body, code, param, status = 400] of [
    [lasting(9), 'integer_below_min_value', 'expires_after.seconds'],
    [lasting(7201), 'integer_above_max_value', 'expires_after.seconds'],
    [{ expires_after: { anchor: 'now' } }, 'invalid_value', 'expires_after.anchor'],
    [{ seconds: 10 }, 'unknown_parameter', 'seconds'],
    [lasting(10, { voice: 'marin' }), 'unknown_parameter', 'session.voice'],
    [lasting(10, { model: 'gpt-4o-realtime-preview' }), 'model_not_found', 'session.model', 404],
  ]) await assert.rejects(mint(body), { status, code, param });
  const broken = await fetch(`${sim.url}/v1/realtime/client_secrets`, {
    method: 'POST', body: '{', headers: { authorization: `Bearer ${apiKey}` },
  });
  assert.deepEqual(await refusalOf(broken), [400, 'invalid_json']);
  assert.deepEqual(await seen('secrets'), []);
});

test('a mint that fails as it is told to', async () => {
  for (const [how, status, code] of [
    [{ status: 401 }, 401, 'invalid_api_key'], [{ status: 429 }, 429, 'rate_limit_exceeded'],
    [{ code: 'insufficient_quota' }, 429, 'insufficient_quota'], [{ status: 500 }, 500, 'server_error'],
  ]) {
    await fault('secrets', how);
    await assert.rejects(mint(lasting(10)), { status, code });
  }
  await fault('secrets', { drop: true });
  await assert.rejects(mint(lasting(10)), OpenAI.APIConnectionError);
  assert.equal((await seen('secrets')).length, 1); // made, and lost on the way
  await fault('secrets', { body: '<html>' });
  assert.equal(await mint(lasting(10)), '<html>');
  await fault('secrets', { latencyMs: 50 });
  assert.match((await mint(lasting(10))).value, /^ek_/);
});

test('a secret starts calls in its own session, under its own safety identifier, and both are told', async () => {
  await withoutMedia();
  const { value } = await mint(lasting(10), { 'OpenAI-Safety-Identifier': 'abc' });
  const other = await mint(lasting(10, { instructions: 'You interview another.' }));
  const answers = [await direct(value), await direct(value), await direct(other.value)];
  assert.match(await answers[0].text(), /^v=0/);
  const ids = answers.map(({ headers }) => headers.get('location').replace('/v1/realtime/calls/', ''));
  assert.deepEqual(answers.map(({ status }) => status), [201, 201, 201]);
  assert.deepEqual((await seen('secrets')).map(({ calls, safetyIdentifier }) => [calls, safetyIdentifier]),
    [[ids.slice(0, 2), 'abc'], [ids.slice(2), null]]);
  const told = (await seen('calls')).map((call) => [call.id, call.secret, call.safetyIdentifier, call.instructions]);
  assert.deepEqual(told, [
    ...ids.slice(0, 2).map((id) => [id, value, 'abc', 'You interview a person.']), [ids[2], other.value, null, 'You interview another.'],
  ]);
  assert.equal(new Set((await seen('calls')).map((call) => call.session.id)).size, 3);
  const byServer = await postCall(sim, form(OFFER, session()), { 'openai-safety-identifier': 'def' });
  assert.equal(byServer.headers.get('access-control-allow-origin'), null);
  assert.deepEqual((await seen('calls')).slice(3).map((call) => [call.secret, call.safetyIdentifier]), [[null, 'def']]);
});

test('a secret unknown or over starts nothing; what it has started goes on', async () => {
  await withoutMedia();
  const { value } = await mint(lasting(10));
  const call = (await direct(value)).headers.get('location').split('/').at(-1);
  assert.deepEqual(await refusalOf(await direct('ek_unknown')), [401, 'invalid_api_key']);
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 11_000 });
  const late = await direct(value);
  mock.timers.reset();
  assert.equal(late.headers.get('access-control-allow-origin'), '*'); // else the page could not read why
  assert.deepEqual(await refusalOf(late), [401, 'invalid_api_key']);
  await post(sim, '/__sim/openai/expire', {});
  assert.equal((await direct(value)).status, 401);
  assert.deepEqual((await seen('calls')).map(({ id, state }) => [id, state]), [[call, 'connecting']]);
});

test('a secret is good for nothing else, and takes nothing but an offer', async () => {
  await withoutMedia();
  const { value } = await mint(lasting(10));
  assert.deepEqual(await refusalOf(await direct(value, { type: 'multipart/form-data; boundary=x' })),
    [400, 'unsupported_content_type']);
  assert.deepEqual(await refusalOf(await direct(value, { body: 'garbage' })), [400, 'invalid_offer']);
  assert.deepEqual(await refusalOf(await direct(apiKey)), [400, 'unsupported_content_type']); // the key brings a form
  await assert.rejects(client(value).realtime.clientSecrets.create({}), { status: 401 });
  await assert.rejects(client(value).realtime.calls.hangup('rtc_1'), { status: 401 });
  await assert.rejects(joinCall(sim, 'rtc_1', value), { status: 401 });
  assert.deepEqual(await seen('calls'), []);
});

test('a page of another origin calls by a secret and reads the place of its call; no header more gets through', async (t) => {
  await withoutMedia();
  const site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>x</title>'));
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  const browser = await launchBrowser();
  t.after(() => Promise.all([browser.close(), site.close()]));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}`);
  const { value } = await mint(lasting(10));
  const ask = (more) => page.evaluate(async ([url, secret, body, headers]) => {
    const init = { method: 'POST', body, headers: { 'content-type': 'application/sdp', authorization: `Bearer ${secret}`, ...headers } };
    const response = await fetch(url, init).catch((error) => error.name);
    return response.status ? [response.status, response.headers.get('location'), (await response.text()).slice(0, 3)] : response;
  }, [`${sim.url}/v1/realtime/calls`, value, OFFER, more]);
  const [status, location, sdp] = await ask({});
  assert.deepEqual([status, location, sdp], [201, `/v1/realtime/calls/${(await seen('calls'))[0].id}`, 'v=0']);
  assert.equal(await ask({ originator: 'page' }), 'TypeError');
  await fault('calls', { status: 500 });
  assert.equal((await ask({}))[0], 500);
  await post(sim, '/__sim/openai/expire', {});
  assert.equal((await ask({}))[0], 401);
  assert.equal((await seen('calls')).length, 1);
});

test('a call by a secret speaks and hears, takes what the page changes in its session, and can be hung up by the server', async (t) => {
  const { value } = await mint(lasting(10));
  const browser = await makeBrowser();
  let id;
  await browser.connect(async (offer) => {
    const response = await direct(value, { body: offer });
    id = response.headers.get('location').split('/').at(-1);
    return response.text();
  });
  t.after(() => browser.close());
  browser.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Wrap up.' } });
  await browser.waitFor('session.updated');
  browser.send({ type: 'response.create' });
  await browser.waitFor('output_audio_buffer.started');
  assert.deepEqual(sim.log('openai').filter(({ op }) => op === 'drift').map(({ path }) => path), [`/v1/realtime/calls/${id}`]);
  assert.equal((await hangUp(sim, id)).status, 200);
  await browser.closed();
});
