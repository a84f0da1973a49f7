// The room where an interview goes on: another call, another window, a page that came later, a pause. As `room-screen.test.mjs`,
// without a server.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openStage, talk } from './room-stage.mjs';
import { checkEverywhere } from './screens.mjs';
import { checkAccess, checkMeasures } from './stack.mjs';

const stage = await openStage();
const BEAT_MS = 5000;
const button = (tab, name) => tab.getByRole('button', { name });
const title = (tab, name) => tab.getByRole('heading', { level: 1, name }).waitFor();
const says = (tab, more) => tab.evaluate((told) => { window.stage.answer = { ...window.stage.answer, ...told }; }, more);
const calls = async (tab, route) => (await tab.evaluate(() => window.stage.calls)).filter((call) => call.route === route);

const KEEP = `
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.opened = 0;
  navigator.mediaDevices.getUserMedia = async (wish) => {
    window.opened += 1;
    return (window.microphone = await open(wish));
  };
  document.addEventListener('DOMContentLoaded', () => { window.audio = document.querySelector('#interviewer'); });`;
const isHeard = (tab) => tab.evaluate(() => window.microphone.getTracks()[0].enabled);
const isSameAudio = (tab) => tab.evaluate(() => {
  const element = document.querySelector('#interviewer');
  return window.audio === element && element.srcObject?.getTracks()[0].readyState === 'live' && !element.paused;
});
const speaksAgain = (tab, words) => tab.evaluate((text) => {
  const { interviewer } = window.stage;
  interviewer.voice(true);
  interviewer.line('again', null, 'assistant', text);
}, words);
const called = (tab, times) => tab.waitForFunction((count) => {
  const { interviewers } = window.stage;
  return interviewers.length === count && interviewers.at(-1).heard.some(({ type }) => type === 'response.create');
}, times);

const BUSY = { code: 'provider_busy', status: 503 };
const AWAY = { code: 'unreachable', status: 0 };

test('a call that broke off: said at once, called again with the same microphone, and heard by the same audio element', () =>
  stage.on({ init: KEEP }, async (tab) => {
    await talk(tab);
    await says(tab, { state: 'reconnecting', remainingMs: 900_000 });
    await tab.evaluate((busy) => {
      window.stage.faults = { 'webrtc-exchange': [busy, busy] };
      window.stage.interviewer.hangUp();
    }, BUSY);
    const told = tab.locator('[role=status]');
    await told.getByText('The connection is gone. Your time stands still; trying to come back, first try.').waitFor();
    await title(tab, 'One moment.');
    await told.getByText('second try').waitFor();
    await tab.getByText('15 minutes left').waitFor();
    await button(tab, 'Try now').click();
    await called(tab, 2);
    await says(tab, { state: 'live' });
    await speaksAgain(tab, 'Where were we?');
    await title(tab, 'The interviewer is speaking.');
    await tab.waitForFunction(() => document.querySelector('#interviewer').currentTime > 0);
    assert.deepEqual([await isSameAudio(tab), await tab.evaluate(() => window.opened)], [true, 1]);
    assert.deepEqual(await tab.locator('.captions li p').allTextContents(), [
      'Welcome. I am an AI interviewer, and this is practice. What brought you to this work?', 'Where were we?',
    ]);
    const [first, ...again] = await calls(tab, 'webrtc-exchange');
    assert.deepEqual([first.key, first.body.token], [undefined, 't']);
    assert.deepEqual(again.map(({ key, body }) => [key, Object.keys(body)]), Array(3).fill(['k1', ['sessionId', 'sdp']]));
    assert.equal((await calls(tab, 'realtime-session')).length, 1);
    const sent = await tab.evaluate(() => window.stage.interviewers.flatMap(({ heard }) => heard.map(({ type }) => type)));
    assert.ok(!sent.includes('session.update'));
  }));

test('what is said while it comes back, in every light; it can be ended from there', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await says(tab, { state: 'reconnecting' });
    await tab.evaluate((busy) => {
      window.stage.faults = { 'webrtc-exchange': Array(99).fill(busy) };
      window.stage.interviewer.hangUp();
    }, BUSY);
    await tab.getByText('trying to come back').waitFor();
    await checkEverywhere(tab);
    await button(tab, 'End the interview').first().click();
    await tab.getByRole('heading', { name: 'End the interview now?' }).waitFor();
    await tab.locator('.room-end').getByRole('button', { name: 'End the interview' }).click();
    await tab.waitForFunction(() => window.stage.done.length);
    assert.deepEqual((await calls(tab, 'end')).map(({ body }) => body), [{ dropped: false, connect: 1 }]);
  }));

test('a network that is gone and comes back: one call, the moment it is back', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await tab.clock.install();
    await says(tab, { state: 'reconnecting' });
    await tab.evaluate((away) => {
      window.stage.faults = { heartbeat: [away, away, away, away] };
      window.stage.interviewer.hangUp();
    }, AWAY);
    await tab.context().setOffline(true);
    await tab.getByText('Your device is offline.').waitFor();
    await tab.clock.runFor(8000);
    assert.equal((await calls(tab, 'webrtc-exchange')).length, 1);
    await tab.evaluate(() => { window.stage.faults = {}; });
    await tab.context().setOffline(false);
    await called(tab, 2);
    await title(tab, 'The interviewer is thinking.');
  }));

test('a server that stays away: said what is known and what not, the microphone off, with a way to try again and to look', () =>
  stage.on({ init: KEEP }, async (tab) => {
    await talk(tab);
    await tab.clock.install();
    await says(tab, { state: 'reconnecting' });
    await tab.evaluate((away) => {
      window.stage.faults = { heartbeat: Array(999).fill(away) };
      window.stage.interviewer.hangUp();
    }, AWAY);
    await tab.getByText('trying to come back').waitFor();
    await tab.clock.runFor(165_000);
    await title(tab, 'Our server could not be reached for more than two minutes.');
    assert.equal(await tab.evaluate(() => window.microphone.getTracks()[0].readyState), 'ended');
    await tab.getByText('What was said is kept, and you pay only for the time you talked, unless it was paid at its start.').waitFor();
    assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'H1');
    assert.equal(await tab.getByRole('link', { name: 'Look at the interview' }).getAttribute('href'), '/sessions/ses_1');
    assert.equal(await tab.locator('.steps').count(), 0);
    await checkEverywhere(tab);
    await button(tab, 'Try again').click();
    assert.deepEqual(await tab.evaluate(() => window.stage.takenBack), ['ses_1']);
    assert.equal((await calls(tab, 'end')).length, 0);
  }));

test('a call that dies without a word is noticed by its own connection', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await tab.evaluate(() => window.stage.interviewer.vanish());
    await called(tab, 2);
    await title(tab, 'The interviewer is thinking.');
  }));

test('another window took over: said so, everything off, nothing ended; it can be taken back', () =>
  stage.on({ init: KEEP }, async (tab) => {
    await tab.clock.install();
    await talk(tab);
    await says(tab, { connect: 2 });
    await tab.clock.fastForward(BEAT_MS);
    await title(tab, 'This interview goes on in another window.');
    assert.equal(await tab.evaluate(() => window.microphone.getTracks()[0].readyState), 'ended');
    await checkEverywhere(tab);
    const before = (await tab.evaluate(() => window.stage.calls)).length;
    await tab.clock.fastForward(4 * BEAT_MS);
    assert.equal((await tab.evaluate(() => window.stage.calls)).length, before);
    await button(tab, 'Take it back here').click();
    assert.deepEqual(await tab.evaluate(() => window.stage.takenBack), ['ses_1']);
    assert.equal((await calls(tab, 'end')).length, 0);
  }));

const LINES = [
  { id: 'line-0', role: 'interviewer', content: 'Welcome. What brought you here?' },
  { id: 'line-1', role: 'person', content: 'The bread.' },
].map((line) => ({ ...line, timestamp: 0, final: true, mark: 'final', typed: false, earlier: true }));
const takeUp = (tab, devices = {}) => tab.evaluate(([lines, how]) => {
  const taken = {
    id: 'ses_7', roomKey: 'fresh', connect: 3, jobTitle: 'Cook', held: '1.00', iceServers: [], allowanceMs: 1_800_000, lines,
  };
  window.stage.connects = 3;
  window.stage.answer = { ...window.stage.answer, state: 'reconnecting', connect: 3, remainingMs: 600_000 };
  window.stage.mount({}, how, { wish: undefined, taken });
}, [LINES, devices]);

test('an interview that began on another page: its lines are there and are not read out again, then it goes on', () =>
  stage.on({}, async (tab) => {
    await tab.evaluate((busy) => { window.stage.faults = { 'webrtc-exchange': [busy] }; }, BUSY);
    await takeUp(tab);
    await tab.getByText('Coming back to your interview. Your time stands still until the interviewer is there.').waitFor();
    assert.deepEqual(await tab.locator('.captions li .by').allTextContents(), ['Interviewer', 'You']);
    await tab.getByText('10 minutes left').waitFor();
    await tab.getByText('Cook').waitFor();
    await checkAccess(tab);
    await called(tab, 1);
    await speaksAgain(tab, 'Tell me about the bread.');
    await title(tab, 'The interviewer is speaking.');
    await tab.locator('[aria-live]').getByText('Interviewer: Tell me about the bread.').waitFor({ state: 'attached' });
    assert.doesNotMatch(await tab.locator('[aria-live]').textContent(), /Welcome/);
    const asked = (await calls(tab, 'webrtc-exchange')).map(({ key, body }) => [key, body.sessionId]);
    assert.deepEqual(asked, Array(2).fill(['fresh', 'ses_7']));
    assert.equal((await calls(tab, 'realtime-session')).length, 0);
  }));

const REFUSED = `
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    if (window.allowed) return open(wish);
    throw new DOMException('no', window.fault ?? 'NotAllowedError');
  };`;

test('without a microphone, or leave for it, it goes on in writing', async () => {
  for (const fault of ['NotAllowedError', 'NotFoundError']) {
    await stage.on({ init: `${REFUSED} window.fault = '${fault}';` }, async (tab) => {
      await takeUp(tab);
      await tab.getByText('Or answer by typing.').waitFor();
      await button(tab, 'Answer by typing').click();
      await called(tab, 1);
      const [{ body }] = await calls(tab, 'webrtc-exchange');
      assert.deepEqual([body.sessionId, /a=recvonly/.test(body.sdp)], ['ses_7', true]);
      await tab.getByLabel('Your answer').waitFor();
      await tab.getByText('You type').waitFor();
    });
  }
});

test('without leave for the microphone it says that the interview waits, and trying again goes into it', () =>
  stage.on({ init: REFUSED }, async (tab) => {
    await takeUp(tab);
    await tab.getByText('Your interview still waits for you').waitFor();
    await checkEverywhere(tab);
    await tab.evaluate(() => { window.allowed = true; });
    await button(tab, 'Try again').click();
    await called(tab, 1);
  }));

test('a pause, by key: nobody is heard, time stands still, what is left of it is told, and it goes on', () =>
  stage.on({ init: KEEP }, async (tab) => {
    await talk(tab);
    await button(tab, 'Pause, 3:00 left for pauses').focus();
    await tab.keyboard.press('Enter');
    await title(tab, 'Paused.');
    await tab.locator('[role=status]').getByText('Your time stands still, and nobody hears you.').waitFor();
    await tab.getByRole('timer').getByText(/^2:5\d of pause left$/).waitFor();
    assert.equal(await isHeard(tab), false);
    assert.equal(await tab.evaluate(() => document.activeElement.ariaLabel), 'Go on talking');
    await tab.waitForFunction(() => window.stage.interviewer.heard.some(({ type }) => type === 'output_audio_buffer.clear'));
    const left = await tab.locator('.room-head .left').textContent();
    await button(tab, 'Type an answer').click();
    await tab.getByLabel('Your answer').fill('Now.');
    await tab.keyboard.press('Enter');
    await tab.locator('.controls').getByText('Not sent: you are on pause. Your text is still here.').waitFor();
    await checkEverywhere(tab);
    assert.equal(await tab.locator('.room-head .left').textContent(), left);
    await button(tab, 'Go on').click();
    await tab.getByText('Your time stands still, and nobody hears you.').waitFor({ state: 'detached' });
    assert.equal(await isHeard(tab), true);
    assert.deepEqual((await calls(tab, 'pause')).map(({ body }) => body), [{ paused: true }, { paused: false }]);
  }));

test('a pause ends by itself, and none is given where none is left', () =>
  stage.on({ init: KEEP }, async (tab) => {
    await tab.clock.install();
    await talk(tab);
    await says(tab, { pauseLeftMs: 2000 });
    await button(tab, 'Pause').click();
    await title(tab, 'Paused.');
    await tab.clock.fastForward(BEAT_MS); // it is told how little is left
    await says(tab, { paused: false, pauseLeftMs: 0 });
    await tab.clock.fastForward(2400);
    await tab.getByText('nobody hears you').waitFor({ state: 'detached' });
    assert.equal(await isHeard(tab), true);
    const pause = button(tab, 'Pause');
    assert.equal(await pause.getAttribute('aria-disabled'), 'true');
    await pause.press('Enter');
    assert.equal((await calls(tab, 'pause')).length, 1);
    await checkMeasures(tab);
  }));
