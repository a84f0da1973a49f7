// The lobby where an interview is under way already, and where it is adjusted to somebody. The Worker is real; what it says of an
// interview is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BUSY, GOING, goingOn } from './again-told.mjs';
import { checkEverywhere, heading, open } from './screens.mjs';
import { openSite } from './stack.mjs';

const site = await openSite();
const TITLE = 'Get ready to talk.';
const HEARD = { permissions: ['microphone'] };
let people = 0;
const somebody = () => {
  const name = `Again Person ${(people += 1)}`;
  site.sim.clerk.addUserByEmail(name, `again-${people}@example.test`);
  return name;
};

const comesBack = (page) => page.getByText(/Coming back to your interview|trying to come back/).waitFor();

test('one that goes on is offered with what is left of it, and going on leads into its room', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    await goingOn(page);
    await open(page, '/interview', somebody(), TITLE);
    const offer = page.getByRole('alert');
    await offer.getByText('Your interview is still going on, 24 minutes left.').waitFor();
    await checkEverywhere(page);
    assert.equal(await page.locator('.button.primary').count(), 1);
    const sent = page.waitForRequest('**/api/webrtc-exchange');
    await offer.getByRole('button', { name: 'Go on' }).click();
    await comesBack(page);
    assert.deepEqual(await page.locator('.captions li .by').allTextContents(), ['Interviewer', 'You']);
    const offered = (await sent).postDataJSON();
    assert.equal((await sent).headers().authorization, 'Bearer fresh');
    assert.deepEqual([offered.sessionId, offered.token, /a=sendrecv/.test(offered.sdp)], ['ses_1', undefined, true]);
  }));

test('it can be ended from the lobby, and then another can start', () =>
  site.page(HEARD, async (page) => {
    const asked = await goingOn(page);
    await open(page, '/interview', somebody(), TITLE);
    await page.getByRole('alert').getByRole('button', { name: 'End it' }).click();
    await page.getByRole('button', { name: 'Start the interview' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.ok(asked.includes('/api/sessions/ses_1/end'));
  }));

test('a reload goes on by itself where the microphone is allowed; elsewhere one press does it', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    await goingOn(page);
    const name = somebody();
    await open(page, '/interview', name, TITLE);
    await page.getByRole('button', { name: 'Go on' }).click();
    await comesBack(page);
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await comesBack(page);
    await page.context().clearPermissions();
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    const other = await page.context().newPage();
    await goingOn(other);
    await other.goto('/interview');
    await heading(other, TITLE);
    await other.getByRole('button', { name: 'Go on' }).waitFor();
  }));

test('one in writing goes on by itself without a microphone', () =>
  site.page({ permissions: [], allow: /503/ }, async (page) => {
    const asked = await goingOn(page, { ...GOING, speaks: false });
    await open(page, '/interview', somebody(), TITLE);
    await page.getByRole('button', { name: 'Go on' }).click();
    await comesBack(page);
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await comesBack(page);
    await page.getByLabel('Your answer').waitFor();
    assert.ok(asked.filter(({ sdp }) => sdp).every(({ sdp }) => /a=recvonly/.test(sdp)));
  }));

test('one that ended meanwhile leads to what was said', () =>
  site.page(HEARD, async (page) => {
    const name = somebody();
    const over = { state: 'ended', ending: 'connection_lost', endedAt: GOING.startedAt, heardSeconds: 60, charged: '0.03' };
    await goingOn(page, { ...GOING, ...over });
    await open(page, '/interview', name, TITLE);
    await page.goto('/interview?go-on=ses_1');
    await page.waitForURL('**/sessions/ses_1');
  }));

test('the page of an interview that goes on leads into it', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    await goingOn(page);
    await open(page, '/sessions/ses_1', somebody(), 'Baker');
    await page.getByRole('link', { name: 'Go on with it' }).click();
    await comesBack(page);
    assert.equal(new URL(page.url()).search, '');
  }));

test('one that has no call left is not offered to go on with, on any page; a reload leads to its own, where it can be ended', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    const asked = await goingOn(page, { ...GOING, reconnectsLeft: 0 });
    await open(page, '/interview', somebody(), TITLE);
    await page.getByText('cannot be taken up here. Only one can run at a time.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Go on' }).count(), 0);
    await checkEverywhere(page);
    await page.goto('/interview?go-on=ses_1');
    await page.waitForURL('**/sessions/ses_1');
    await page.getByText('cannot be taken up here. You can end it').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Go on with it' }).count(), 0);
    assert.equal(asked.filter(({ sdp }) => sdp).length, 0);
  }));

test('where the page calls by itself, the lobby says before the start that all is paid then, and what cannot pay', () =>
  site.page(HEARD, async (page) => {
    const { body: config } = await site.worker.call('/api/config');
    const interview = { ...config.interview, mode: 'direct' };
    await page.route('**/api/config', (route) => route.fulfill({ json: { ...config, interview } }));
    await open(page, '/interview', somebody(), TITLE);
    await page.locator('#sum').filter({ hasText: 'All of it counts at the start.' }).waitFor();
    await page.getByText('The whole time that you choose is paid at the start').waitFor();
    assert.equal(await page.getByText('If no connection comes about, nothing is charged').count(), 0);
    await checkEverywhere(page);
  }));

test('where what was given cannot pay, nothing can start with it alone: said, and more is offered', () =>
  site.page(HEARD, async (page) => {
    const { body: config } = await site.worker.call('/api/config');
    const interview = { ...config.interview, mode: 'direct' };
    await page.route('**/api/config', (route) => route.fulfill({ json: { ...config, interview } }));
    await page.route('**/api/user', (route) => route.fulfill({ json: {
      id: 'user_x', name: 'Again Given', email: null, imageUrl: null, role: 'user', credits: '3.00', held: '0.00', available: '3.00',
      payable: '0.00', owed: '0.00', isPremium: false, premiumUntil: null,
    } }));
    await open(page, '/interview', somebody(), TITLE);
    const told = 'You have 0.00 VocahireCredits that can pay here; an interview needs at least 0.50. VocahireCredits that you were given '
      + 'cannot pay for an interview here.';
    await page.locator('#sum').filter({ hasText: told }).waitFor();
    await page.locator('.begin').getByRole('button', { name: 'Buy VocahireCredits' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Start the interview' }).count(), 0);
    await checkEverywhere(page);
  }));

const adjusting = (page) => page.locator('.adjusting');
const start = (page) => page.locator('.begin .primary');

test('more time and a slower voice go along with the start, and are remembered on this device alone', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    const name = somebody();
    await open(page, '/interview', name, TITLE);
    await adjusting(page).getByText('Nothing is adjusted').waitFor();
    await adjusting(page).locator('summary').press('Enter');
    await adjusting(page).getByText('No score ever sees this').waitFor();
    await page.getByLabel('More time to think').check();
    await page.getByLabel('A slower voice').check();
    await checkEverywhere(page);
    await page.reload();
    await adjusting(page).getByText('More time to think · A slower voice').waitFor();
    await page.getByLabel('Which job do you prepare for?').fill('Baker');
    await page.route('**/api/realtime-session', (route) => route.fulfill(BUSY));
    const sent = page.waitForRequest('**/api/realtime-session');
    await start(page).click();
    const { patience, pace, ...wish } = (await sent).postDataJSON();
    assert.deepEqual([patience, pace, 'patient' in wish, 'slow' in wish, 'typed' in wish], ['patient', 'slow', false, false, false]);
  }));

test('who chose to type is asked for no microphone, then or the next time, and can speak after all', () =>
  site.page(HEARD, async (page) => {
    await page.addInitScript(`{
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.opened = 0;
      navigator.mediaDevices.getUserMedia = (wish) => { window.opened += 1; return open(wish); };
    }`);
    await open(page, '/interview', somebody(), TITLE);
    await adjusting(page).locator('summary').click();
    await page.getByLabel('Answer by typing').check();
    await page.getByText('You answer by typing.').waitFor();
    await page.reload();
    await page.getByText('You answer by typing.').waitFor();
    await page.locator('.connection strong').getByText(/fine|blocked|slow/).waitFor();
    assert.equal(await page.evaluate(() => window.opened), 0);
    await page.getByRole('button', { name: 'Use the microphone' }).click();
    await page.getByText(/Your microphone is on|We hear you/).waitFor();
    await adjusting(page).getByText('Nothing is adjusted').waitFor();
  }));
