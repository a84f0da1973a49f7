// Direct mode: the page calls the interviewer by itself, with a secret of the real Worker, in Chromium.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { shopOf } from '../edge/billing.mjs';
import { until } from '../edge/harness.mjs';
import { peopleOf, spoken, startButton } from './room-people.mjs';
import { checkEverywhere, heading } from './screens.mjs';
import { openSite } from './stack.mjs';

// The same simulator by another name, so that what the policy says of OpenAI is not what it says of Clerk.
const openaiOf = ({ port }) => `http://127.0.0.1:${port}`;
const site = await openSite((sim) => ({
  REALTIME_MODE: 'direct', OPENAI_BASE_URL: `${openaiOf(sim)}/v1`, ROOM_ARCHIVE_SECONDS: '1',
}));
const { sim, worker } = site;
const { somebody, ready, talking, speak } = peopleOf(site);
const shop = shopOf(sim, worker);
sim.setWebhookUrl(worker.url);
sim.stripe.set({ deliver: 'held' });

const HEARD = { permissions: ['microphone'] };
const button = (page, name) => page.getByRole('button', { name });
const drive = (call, body) => sim.openaiCall(body, { id: call.id });
const beaten = (page) => page.waitForResponse('**/heartbeat');

/** Somebody with 5.00 of their own beside the 3.00 that everybody is given. */
async function buyer() {
  const person = await somebody();
  await shop.of(person.id).buy('pack5');
  await shop.tell();
  await until(async () => (await person.money()).credits === '8.00', 'what was bought');
  return person;
}

const secretsOf = (person) => sim.openaiSecrets().filter(({ asked }) => asked.instructions.includes(person.job));

/** Paid once, in full. */
async function checkPaid(person) {
  await until(async () => (await person.money()).credits === '7.00', 'it is paid');
  const charges = (await person.statement()).filter(({ amount }) => Number(amount) < 0);
  assert.deepEqual(charges.map(({ amount }) => amount), ['-1.00']);
  assert.match(charges[0].text, /paid at its start$/);
  assert.equal((await person.money()).held, '0.00');
}

test('the page calls by its secret: sound both ways, all of it paid at the start, and the lines are the browser’s', () =>
  site.page(HEARD, async (page) => {
    const person = await ready(page, await buyer());
    await page.locator('#sum').filter({ hasText: 'All of it counts at the start.' }).waitFor();
    await startButton(page).click();
    await spoken(page).first().waitFor();
    await checkPaid(person); // while they talk
    const [call, ...more] = person.calls();
    assert.deepEqual([call.state, more.length, secretsOf(person).map(({ calls }) => calls)], ['live', 0, [[call.id]]]);
    assert.ok(call.safetyIdentifier);
    const { headers, body } = sim.log('openai').find(({ op, body: sdp }) => op === 'calls' && sdp === call.offers[0]);
    assert.deepEqual([headers.authorization, headers['content-type'], headers.cookie, headers.referer, body.startsWith('v=0')],
      [`Bearer ${call.secret}`, 'application/sdp', undefined, undefined, true]);
    assert.equal(call.sideband, 0);

    const before = await page.evaluate(() => window.heard());
    await page.waitForFunction(async (energy) => (await window.heard()) > energy + 0.01, before);
    await speak(page);
    await beaten(page);
    await beaten(page);
    await button(page, 'End…').click();
    await page.getByText('All of it was paid at its start').waitFor();
    await button(page, 'End the interview').click();
    await page.waitForURL('**/sessions/ses_*');
    await page.getByText('as your browser took it down').first().waitFor();
    const { pathname } = new URL(page.url());
    const { relayed, charged } = await until(async () => {
      const told = await person.call(`/api${pathname}`);
      return told.charged !== null && told;
    }, 'the cost');
    assert.deepEqual([relayed, charged], [true, '1.00']);
    const { lines } = await person.call(`/api${pathname}/transcript?format=json`);
    assert.ok(lines.some(({ speaker }) => speaker === 'person') && lines.every(({ source }) => source === 'relay'), JSON.stringify(lines));
    await until(() => person.calls()[0].state === 'ended', 'the call is over');
    await checkPaid(person);
  }));

test('what the server has to say to the interviewer, the page says', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page, await buyer());
    await button(page, 'Options').click();
    await page.getByLabel('Patient.').check();
    const updates = () => person.calls()[0].received.filter(({ event }) => event.type === 'session.update');
    await until(() => updates().length > 0, 'the page says it');
    assert.equal(updates()[0].via, 'channel');
    await beaten(page);
    await beaten(page);
    assert.deepEqual([updates().length, person.calls()[0].session.audio.input.turn_detection.eagerness], [1, 'low']);
    assert.equal(person.calls()[0].state, 'live');
  }));

test('a line that breaks is the end: said, not called again, and paid once', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page, await buyer());
    await speak(page);
    await beaten(page);
    drive(person.calls()[0], { drop: true });
    await page.getByRole('heading', { level: 1, name: 'The connection to the interviewer is gone' }).waitFor({ timeout: 60_000 });
    await page.getByText('It was paid at its start').waitFor();
    await checkEverywhere(page);
    await page.getByRole('link', { name: 'Look at the interview' }).click();
    await page.getByText('as your browser took it down').first().waitFor();
    assert.deepEqual([person.calls().length, secretsOf(person).length], [1, 1]);
    await checkPaid(person);
  }));

test('after a reload it cannot be taken up again: said, and ended without another charge', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page, await buyer());
    await speak(page);
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await page.waitForURL('**/sessions/ses_*');
    await page.getByText('cannot be taken up here').waitFor();
    await checkEverywhere(page);
    await button(page, 'End this interview').click();
    await page.getByText('as your browser took it down').first().waitFor();
    await page.getByText('paid at its start').waitFor();
    assert.equal(secretsOf(person).length, 1);
    await checkPaid(person);
  }));

test('a call that OpenAI refuses is paid, and said so: no other one begins by itself', () =>
  site.page({ ...HEARD, allow: /500/ }, async (page) => {
    const person = await ready(page, await buyer());
    sim.fault({ service: 'openai', op: 'calls', status: 500 });
    await startButton(page).click();
    await heading(page, 'Your browser could not call the interviewer.');
    await page.getByText('It was paid at its start').waitFor();
    assert.equal(await button(page, 'Try again').count(), 0);
    await checkEverywhere(page);
    assert.deepEqual([person.calls().length, secretsOf(person).length], [0, 1]);
    await checkPaid(person);
  }));

test('a secret that is not given costs nothing: another start comes by itself, and is paid once', () =>
  site.page({ ...HEARD, allow: /50[0-9]/ }, async (page) => {
    const person = await ready(page, await buyer());
    sim.fault({ service: 'openai', op: 'secrets', status: 500 });
    await startButton(page).click();
    await spoken(page).first().waitFor();
    assert.deepEqual([person.calls().length, secretsOf(person).length], [1, 1]);
    await checkPaid(person);
  }));

test('what was given pays for nothing here, and that is said: before the start, and to a page that knew no better', () =>
  site.page({ ...HEARD, allow: /40[0-9]/ }, async (page) => {
    const person = await ready(page);
    await page.locator('#sum').filter({ hasText: /^\s*You have 0\.00 VocahireCredits that can pay here;.* given cannot pay/ }).waitFor();
    await startButton(page).filter({ hasText: 'Buy VocahireCredits' }).waitFor();
    await checkEverywhere(page);
    const known = await person.money();
    await page.route('**/api/user', (route) => route.fulfill({ json: { ...known, payable: '3.00' } }));
    await page.reload();
    await startButton(page).filter({ hasText: 'Start the interview' }).click();
    await heading(page, 'VocahireCredits that you were given cannot pay for an interview here.');
    await page.getByText('Of others you have 0.00').waitFor();
    await checkEverywhere(page);
    assert.deepEqual([secretsOf(person).length, (await person.money()).available], [0, '3.00']);
  }));

test('no page promises interviews that nobody is given here', () =>
  site.page(HEARD, async (page) => {
    for (const path of ['/sign-in', '/sign-up']) {
      await page.goto(path);
      await page.locator('.entry-words').waitFor();
      assert.doesNotMatch(await page.locator('.entry-words').innerText(), /free|3\.00|enough/, path);
    }
    await ready(page);
    await page.goto('/credits');
    await page.getByText('An interview needs at least 0.50. What you were given cannot pay for an interview here.').waitFor();
    await checkEverywhere(page);
  }));

test('the page’s policy lets it ask that one place more, and no other', () =>
  site.page({ allow: /connect-src|Content Security Policy|ERR_|401/ }, async (page, complaints) => {
    const response = await page.goto('/help');
    const named = /connect-src ([^;]*)/.exec(response.headers()['content-security-policy'])[1].split(' ');
    assert.equal(named.filter((place) => place === openaiOf(sim)).length, 1);
    const ask = (url) => page.evaluate((to) => fetch(to, { method: 'POST', body: 'x' }).then(({ status }) => status, () => 0), url);
    assert.equal(await ask(`${openaiOf(sim)}/v1/realtime/calls`), 401);
    assert.deepEqual(complaints.filter((text) => /connect-src/.test(text)), []);
    assert.equal(await ask('http://127.0.0.1:9/v1/realtime/calls'), 0);
    await until(() => complaints.some((text) => /^policy: connect-src http:..127\.0\.0\.1:9/.test(text)), 'the breach');
  }));
