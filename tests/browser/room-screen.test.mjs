// The room alone, in Chromium, with an interviewer that lives in the same page: real sound, a real channel, no server.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openStage, talk } from './room-stage.mjs';
import { checkAccess, checkMeasures } from './stack.mjs';

const stage = await openStage();
const PHONE = { width: 390, height: 844 };
const BEAT_MS = 5000;
const button = (tab, name) => tab.getByRole('button', { name });
const title = (tab, name) => tab.getByRole('heading', { level: 1, name }).waitFor();
const faults = (tab, all) => tab.evaluate((told) => { window.stage.faults = told; }, all);
const mount = (tab, wish = {}, devices = {}) => tab.evaluate(([one, two]) => window.stage.mount(one, two), [wish, devices]);
const seen = (tab, what) => tab.evaluate((name) => window.stage[name], what);
const calls = async (tab, route) => (await seen(tab, 'calls')).filter((call) => call.route === route);

/** Whether the microphone that the page was given is heard. */
const KEEP_MICROPHONE = `
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => (window.microphone = await open(wish));`;
const isHeard = (tab) => tab.evaluate(() => window.microphone.getTracks()[0].enabled);
const isOff = (tab) => tab.evaluate(() => window.microphone.getTracks()[0].readyState === 'ended');

async function checkLooks(tab) {
  await checkAccess(tab);
  await checkMeasures(tab);
  await tab.emulateMedia({ colorScheme: 'dark' });
  await tab.setViewportSize(PHONE);
  await checkAccess(tab);
  await checkMeasures(tab);
}

test('from the click to the first word: five steps with their times, then the talk, in every light', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await tab.getByText('29 minutes left').waitFor();
    await tab.getByText('Simulated interviewer').waitFor();
    await tab.locator('.captions').getByText('I am an AI interviewer').waitFor();
    await tab.locator('[aria-live]').getByText('Interviewer: Welcome.').waitFor({ state: 'attached' });
    assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'H1');
    const flat = await tab.locator('.meeting path.interviewer').getAttribute('d');
    await tab.waitForFunction((before) => document.querySelector('.meeting path.interviewer').getAttribute('d') !== before, flat);
    await tab.waitForFunction(() => document.querySelector('#interviewer').currentTime > 0);
    await checkLooks(tab);
    const [{ y, height }] = [await button(tab, 'End…').boundingBox()];
    assert.ok(y + height <= PHONE.height, 'the controls are in reach');
  }));

test('whose turn it is, and what was said by both, interrupted or not taken down', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await tab.evaluate(() => {
      const { interviewer } = window.stage;
      interviewer.voice(false);
      interviewer.send({ type: 'response.done', response: { id: 'r1', status: 'completed' } });
    });
    await title(tab, 'Your turn.');
    await tab.evaluate(() => window.stage.interviewer.send({ type: 'input_audio_buffer.speech_started', item_id: 'b' }));
    await title(tab, 'You are speaking.');
    await tab.evaluate(() => {
      const { interviewer } = window.stage;
      interviewer.send({ type: 'input_audio_buffer.speech_stopped', item_id: 'b' });
      interviewer.line('c', 'b', 'assistant', 'Go on.');
      interviewer.send({ type: 'output_audio_buffer.cleared', response_id: 'r_c' });
      interviewer.line('b', 'a', 'user', 'I like the early hours.');
    });
    await tab.getByText('Go on.').waitFor();
    const lines = tab.locator('.captions li');
    assert.deepEqual(await lines.locator('.by').allTextContents(), ['Interviewer', 'You', 'Interviewer']);
    assert.match(await lines.nth(2).textContent(), /Go on\. interrupted/);
  }));

test('mute, push to talk by key and by pointer, and patience', () =>
  stage.on({ init: KEEP_MICROPHONE }, async (tab) => {
    await talk(tab);
    await button(tab, 'Mute').click();
    assert.equal(await isHeard(tab), false);
    await button(tab, 'Microphone is off').click();
    assert.equal(await isHeard(tab), true);
    await button(tab, 'Options').click();
    await checkAccess(tab);
    await checkMeasures(tab);
    await tab.getByLabel('Patient.').check();
    await tab.getByText('Changed.').first().waitFor({ state: 'attached' });
    assert.deepEqual((await calls(tab, 'patience'))[0].body, { patience: 'patient' });
    await tab.getByLabel('Push to talk.').check();
    await button(tab, 'Close').click();
    assert.equal(await isHeard(tab), false);
    await tab.locator('h1').focus();
    await tab.keyboard.down('Space');
    await button(tab, 'Talking…').waitFor();
    assert.equal(await isHeard(tab), true);
    await tab.keyboard.up('Space');
    assert.equal(await isHeard(tab), false);
    await button(tab, 'Hold to talk').hover();
    await tab.mouse.down();
    assert.equal(await isHeard(tab), true);
    await tab.mouse.move(5, 5);
    await tab.mouse.up();
    assert.equal(await isHeard(tab), false);
    await button(tab, 'Hold to talk').press('Enter');
    assert.equal(await isHeard(tab), true);
    await checkAccess(tab);
  }));

test('push to talk by touch', () =>
  stage.on({ init: KEEP_MICROPHONE, hasTouch: true, viewport: PHONE }, async (tab) => {
    await talk(tab);
    await button(tab, 'Options').tap();
    await tab.getByText('Push to talk.').tap();
    await button(tab, 'Close').tap();
    const { x, y } = await button(tab, 'Hold to talk').boundingBox();
    const touch = await tab.context().newCDPSession(tab);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 20, y: y + 20 }] });
    await button(tab, 'Talking…').waitFor();
    assert.equal(await isHeard(tab), true);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await button(tab, 'Hold to talk').waitFor();
    assert.equal(await isHeard(tab), false);
    await checkMeasures(tab);
  }));

test('an answer is typed, and a space in it is a space', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await button(tab, 'Type an answer').click();
    await tab.keyboard.type('Three years at sea.');
    await tab.keyboard.press('Enter');
    await tab.waitForFunction(() => window.stage.interviewer.heard.some(({ item }) => item?.content[0].text === 'Three years at sea.'));
    assert.equal(await tab.getByLabel('Your answer').inputValue(), '');
    await tab.evaluate(() => window.stage.interviewer.send({ type: 'response.done', response: { id: 'r1', status: 'completed' } }));
    await tab.waitForFunction(() => window.stage.interviewer.heard.at(-1).type === 'response.create');
    assert.ok((await tab.evaluate(() => window.stage.interviewer.heard)).every(({ type }) => type !== 'session.update'));
  }));

test('ending asks once, says what it costs, and everything is off at once', () =>
  stage.on({ init: KEEP_MICROPHONE }, async (tab) => {
    await talk(tab);
    await button(tab, 'End…').click();
    await tab.getByText('about 2 minutes, rounded in your favour').waitFor();
    await checkAccess(tab);
    await tab.keyboard.press('Escape');
    assert.equal((await calls(tab, 'end')).length, 0);
    await button(tab, 'End…').click();
    await button(tab, 'End the interview').click();
    await tab.waitForFunction(() => window.stage.done.length);
    assert.deepEqual(await seen(tab, 'done'), ['ses_1']);
    assert.equal((await calls(tab, 'end')).length, 1);
    assert.equal(await isOff(tab), true);
  }));

test('links and the way back ask before they end the talk; a room taken away sends its last batch and switches all off', () =>
  stage.on({ init: KEEP_MICROPHONE }, async (tab) => {
    await talk(tab);
    const address = tab.url();
    await tab.getByRole('link', { name: 'Help' }).click();
    await tab.getByRole('heading', { name: 'End the interview now?' }).waitFor();
    assert.equal(tab.url(), address);
    await button(tab, 'Go on').click();
    assert.equal(await tab.evaluate(() => dispatchEvent(new Event('leaving', { cancelable: true }))), false);
    await tab.getByRole('heading', { name: 'End the interview now?' }).waitFor();
    await button(tab, 'Go on').click();
    await tab.evaluate(() => window.stage.room.close());
    assert.equal(await isOff(tab), true);
    const routes = (await seen(tab, 'calls')).map(({ route }) => route);
    assert.deepEqual([routes.filter((route) => route === 'transcript').length, routes.includes('end')], [1, false]);
    await tab.evaluate(() => window.stage.room.close());
  }));

test('the server’s end and the channel’s close both lead to what was said', () =>
  stage.on({}, async (tab) => {
    await talk(tab);
    await tab.evaluate(() => {
      window.stage.answer = { ...window.stage.answer, state: 'ended', ended: { ...window.stage.over, ending: 'provider_fault' } };
      window.stage.interviewer.hangUp();
    });
    await tab.waitForFunction(() => window.stage.done.length);
    assert.equal((await calls(tab, 'end')).length, 0);
  }));

test('three failed calls are told, and trying again uses the same audio element', () =>
  stage.on({}, async (tab) => {
    await tab.evaluate(() => { window.audio = document.querySelector('#interviewer'); });
    const late = { code: 'provider_timeout', status: 504 };
    await faults(tab, { 'webrtc-exchange': [late, late, late] });
    await mount(tab);
    await tab.getByText('This is try 2 of 3').waitFor();
    await checkLooks(tab);
    await title(tab, 'Your interviewer could not be reached.');
    await tab.getByText('Nothing was charged.').waitFor();
    await tab.getByText('req_0123456789abcdef').waitFor();
    await checkLooks(tab);
    await button(tab, 'Try again').click();
    await tab.waitForFunction(() => window.stage.interviewer?.heard.length);
    await tab.evaluate(() => window.stage.interviewer.voice(true));
    await title(tab, 'The interviewer is speaking.');
    const same = () => window.audio === document.querySelector('#interviewer') && window.audio.srcObject !== null;
    assert.equal(await tab.evaluate(same), true);
    assert.equal((await calls(tab, 'webrtc-exchange')).length, 4);
    assert.equal((await calls(tab, 'realtime-session')).at(-1).body.replace, 'ses_1');
  }));

const REFUSE = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };";

test('who refuses the microphone reads how to allow it, and can type instead', () =>
  stage.on({ init: REFUSE, permissions: [], viewport: PHONE }, async (tab) => {
    await mount(tab);
    await tab.getByText('The interview has not begun. Nothing was charged.').waitFor();
    assert.equal((await seen(tab, 'calls')).length, 0);
    await checkAccess(tab);
    await button(tab, 'Answer by typing').click();
    await tab.waitForFunction(() => window.stage.interviewer?.heard.length);
    await tab.evaluate(() => window.stage.interviewer.send({ type: 'response.created', response: { id: 'r1' } },
      { type: 'response.output_text.done', item_id: 'a', response_id: 'r1', text: 'Welcome in writing.' },
      { type: 'response.done', response: { id: 'r1', status: 'completed' } }));
    await title(tab, 'Your turn. Type your answer.');
    await tab.getByLabel('Your answer').fill('Hello.');
    await button(tab, 'Send').click();
    await tab.waitForFunction(() => window.stage.interviewer.heard.at(-1).type === 'response.create');
    await checkAccess(tab);
    await checkMeasures(tab);
  }));

test('without a path for the sound: said so, nothing charged, and the check is one press away', () =>
  stage.on({}, async (tab) => {
    await tab.evaluate(() => {
      const { answer, over } = window.stage;
      window.stage.answer = { ...answer, state: 'ended', ended: { ...over, ending: 'no_media_path', charged: '0.00' } };
    });
    await mount(tab);
    await title(tab, 'No sound came through between you and the interviewer.');
    await tab.getByText('Nothing was charged.').waitFor();
    await checkAccess(tab);
    await button(tab, 'Check the connection').click();
    await tab.waitForFunction(() => window.stage.back.length);
    assert.deepEqual([await seen(tab, 'back'), await seen(tab, 'done')], [[{ check: true, replace: null }], []]);
  }));

test('an open interview can be ended for this one', () =>
  stage.on({}, async (tab) => {
    const open = { code: 'session_in_progress', status: 409, details: { sessionId: 'ses_0', state: 'begun' } };
    await faults(tab, { 'realtime-session': [open] });
    await mount(tab);
    await button(tab, 'End that one and start this').click();
    await tab.waitForFunction(() => window.stage.interviewer?.heard.length);
    assert.deepEqual((await calls(tab, 'realtime-session')).map(({ body }) => body.replace), [undefined, 'ses_0']);
  }));

test('cancelled while it connects, it is back in the lobby', () =>
  stage.on({ init: KEEP_MICROPHONE }, async (tab) => {
    await mount(tab);
    await tab.waitForFunction(() => window.stage.interviewer?.heard.length);
    await button(tab, 'Cancel').click();
    await tab.waitForFunction(() => window.stage.back.length);
    assert.deepEqual([await seen(tab, 'done'), await isOff(tab)], [[], true]);
  }));

const REFUSE_SOUND = `
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    return window.tapped ? play.call(this) : Promise.reject(new DOMException('tap', 'NotAllowedError'));
  };`;

test('a browser that wants a tap before sound gets one', () =>
  stage.on({ init: REFUSE_SOUND }, async (tab) => {
    await talk(tab);
    await button(tab, 'Tap to hear').waitFor();
    await tab.evaluate(() => { window.tapped = true; });
    await button(tab, 'Tap to hear').click();
    await button(tab, 'Tap to hear').waitFor({ state: 'detached' });
  }));

test('a question that was stopped is told and announced, each time, and stays until it is closed', () =>
  stage.on({}, async (tab) => {
    await tab.clock.install();
    await talk(tab);
    const tells = (count, ground) => tab.evaluate((withdrawn) => {
      window.stage.answer = { ...window.stage.answer, withdrawn };
    }, { count, ground });
    await tells(1, 'family');
    await tab.clock.fastForward(BEAT_MS);
    const told = tab.locator('[role=status]').getByText('Your interviewer began to ask about your family. We stopped the question');
    await told.waitFor();
    await checkLooks(tab);
    await button(tab, 'Close this notice').press('Enter');
    await told.waitFor({ state: 'detached' });
    await tab.clock.fastForward(BEAT_MS);
    assert.equal(await told.count(), 0, 'the same one is told once');
    await tells(2, 'age');
    await tab.clock.fastForward(BEAT_MS);
    await tab.getByText('Your interviewer began to ask about your age.').waitFor();
  }));

test('a resume that could not be read is told, and the interview goes on', () =>
  stage.on({ viewport: PHONE }, async (tab) => {
    await tab.evaluate(() => { window.stage.resume = 'missing'; });
    await talk(tab);
    await tab.locator('[role=status]').getByText('Your resume could not be read. The interview goes on without it.').waitFor();
    await checkAccess(tab);
    await checkMeasures(tab);
  }));

test('the connection that is away is told, and that it came back', () =>
  stage.on({}, async (tab) => {
    const away = { code: 'unreachable', status: 0 };
    await faults(tab, { heartbeat: [away, away] });
    await tab.clock.install();
    await talk(tab);
    await tab.clock.fastForward(BEAT_MS);
    await tab.getByText('The connection is interrupted.').waitFor();
    await checkAccess(tab);
    await tab.clock.fastForward(BEAT_MS);
    await tab.getByText('The connection is interrupted.').waitFor({ state: 'detached' });
  }));

test('under reduced motion the line stands still, and still shows who speaks', () =>
  stage.on({ reducedMotion: 'reduce' }, async (tab) => {
    await tab.evaluate(() => {
      window.shapes = new Set();
      new MutationObserver((changes) => changes.forEach(({ target }) => {
        if (target.matches('path.interviewer')) window.shapes.add(target.getAttribute('d'));
      })).observe(document.body, { subtree: true, attributeFilter: ['d'] });
    });
    await talk(tab);
    await tab.waitForFunction(() => window.shapes.size === 2); // silence, and a voice
    const ticks = () => new Promise((resolve) => { setTimeout(() => resolve(window.shapes.size), 1000); });
    assert.equal(await tab.evaluate(ticks), 2);
  }));
