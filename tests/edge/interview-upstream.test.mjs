// What OpenAI can do to an offer. Whatever it is: the page is told what went wrong, the balance is as it was, nothing is
// held, no Room waits and no call goes on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OFFER, houseOfInterviews, isOver } from './interview.mjs';
import { until } from './until.mjs';

const MIB = 1024 * 1024;
const ANSWER_MS = 1000;
const house = await houseOfInterviews({
  SDP_TIMEOUT_MS: String(ANSWER_MS), PROVIDER_TIMEOUT_MS: '2000', ROOM_ARCHIVE_SECONDS: '1',
});
const { sim } = house;
const OTHER = OFFER.replace(/^o=- \d+/m, 'o=- 1');

/** The fault, the status and code that the page gets, and how many calls OpenAI has made of it. */
const FAULTS = {
  'a wrong key': [{ code: 'invalid_api_key' }, 502, 'provider_refused', 0],
  'too many requests': [{ code: 'rate_limit_exceeded' }, 503, 'provider_busy', 0],
  'no money left': [{ code: 'insufficient_quota' }, 502, 'provider_refused', 0],
  'a failure': [{ code: 'server_error' }, 502, 'provider_error', 0],
  'an overload': [{ code: 'server_is_overloaded' }, 503, 'provider_busy', 0],
  'a page of a proxy': [{ status: 502, body: '<h1>Bad gateway</h1>' }, 502, 'provider_error', 0],
  'a connection that breaks': [{ drop: true }, 502, 'provider_error', 1],
  'an answer in halves': [{ halfClose: true }, 502, 'provider_error', 1],
  'an answer that is no SDP': [{ body: 'garbage' }, 502, 'provider_error', 1],
  'an empty answer': [{ body: '' }, 502, 'provider_error', 1],
  'an answer of 20 MB': [{ bytes: 20 * MIB }, 502, 'provider_error', 1],
  'a call without a name': [{ headers: { location: null } }, 502, 'provider_error', 1],
  'a redirect': [{ location: 'http://localhost:9/v1/realtime/calls' }, 502, 'provider_error', 1],
  'a hang': [{ hang: true }, 504, 'provider_timeout', 1],
  'an answer that trickles': [{ trickle: 200 }, 504, 'provider_timeout', 1],
  'an answer that comes too late': [{ latencyMs: ANSWER_MS + 500 }, 504, 'provider_timeout', 1],
};

/** Of these calls the Room never learns the name: nobody hangs them up, and nobody can talk in them. */
const NAMELESS = ['a connection that breaks', 'a call without a name', 'a redirect', 'a hang'];

let before = Promise.resolve();

/** A fault waits for the next offer, whosever it is: one offer after the other, while the answers take their time. */
async function spoiled(fault, talk) {
  const posted = () => sim.log('openai').filter(({ op }) => op === 'calls').length;
  const sent = before.then(async () => {
    const count = posted();
    sim.fault({ service: 'openai', op: 'calls', ...fault });
    const answer = talk.exchange();
    await until(() => posted() > count, 'the offer is posted');
    return { answer };
  });
  before = sent;
  return (await sent).answer;
}

test('whatever becomes of an offer', { concurrency: true }, async (t) => {
  await Promise.all(Object.entries(FAULTS).map(([what, [fault, status, code, calls]], number) => t.test(what, async () => {
    const who = await house.person(`upstream${number}`);
    const talk = await who.interview();
    const started = performance.now();
    const answer = await spoiled(fault, talk);
    assert.deepEqual([answer.status, answer.code], [status, code], answer.text);
    if (code === 'provider_timeout') assert.ok(performance.now() - started >= ANSWER_MS);
    if (code === 'provider_busy') assert.ok(answer.body.retryAfterMs > 0);
    assert.doesNotMatch(answer.text, /garbage|Bad gateway|sk-simulated|v=0/);
    assert.deepEqual([(await talk.exchange()).code, (await talk.exchange(OTHER)).code], [code, 'conflict'], 'the ticket is burnt');
    await until(() => who.calls().length === calls, 'the calls that were made');
    if (NAMELESS.includes(what)) talk.drive({ drop: true });
    const { kept } = await isOver(house, talk, { ending: 'provider_fault', charged: '0.00' });
    assert.equal(kept.cost, 0);
    assert.equal((await who.money()).credits, '3.00', 'as it was');
    assert.equal((await who.start()).status, 201, 'whoever starts anew may');
    if (calls === 1 && !NAMELESS.includes(what)) assert.equal(talk.call().hungUpBy, 'api');
  })));
});
