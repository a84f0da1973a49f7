// Whole interviews in Chromium: the real Worker, and an interviewer with a real voice.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { heading, open } from './screens.mjs';
import { checkAccess, checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const LOBBY = 'Get ready to talk.';

/** A microphone that is silent until the test speaks, and a look at what comes back. */
const VOICE = `
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const voice = new GainNode(context, { gain: 0 });
    const out = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { type: 'sawtooth', frequency: 150 });
    tone.connect(voice).connect(out);
    tone.start();
    window.speak = async (on) => {
      await context.resume();
      voice.gain.value = on ? 0.7 : 0;
    };
    return out.stream;
  };
  window.peers = [];
  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...all) {
      super(...all);
      window.peers.push(this);
    }
  };
  window.heard = async () => {
    let energy = 0;
    for (const one of (await window.peers.at(-1).getStats()).values()) energy += one.type === 'inbound-rtp' ? one.totalAudioEnergy : 0;
    return energy;
  };
  window.loudness = () => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(document.querySelector('#interviewer').srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return () => {
      analyser.getFloatTimeDomainData(samples);
      return 20 * Math.log10(Math.max(1e-6, ...samples.map(Math.abs)));
    };
  };`;

let people = 0;

async function somebody() {
  const name = `Room Person ${(people += 1)}`;
  const { id } = site.sim.clerk.addUserByEmail(name, `room-${people}@example.test`);
  const { token } = site.sim.signIn({ userId: id });
  const call = async (path) => (await site.worker.call(path, { token })).body;
  await call('/api/user');
  return { name, id, call };
}

const startButton = (page) => page.locator('.begin .primary');
const spoken = (page) => page.locator('.captions li');
const callOf = (offset = -1) => site.sim.openaiCalls().at(offset);

/** In the lobby, ready to start. */
async function ready(page, { typed = false } = {}) {
  const person = await somebody();
  await page.addInitScript(VOICE);
  await open(page, '/interview', person.name, LOBBY);
  await page.getByLabel('Which job do you prepare for?').fill('Baker');
  if (typed) await page.getByRole('button', { name: 'Answer by typing' }).click();
  return person;
}

/** The interviewer's first words are there. */
async function talking(page, options) {
  const person = await ready(page, options);
  await startButton(page).click();
  await spoken(page).first().waitFor();
  return person;
}

test('a whole interview with sound both ways: heard, answered, typed, ended, read and charged as the rule says', () =>
  site.page({ permissions: ['microphone'] }, async (page) => {
    const person = await ready(page);
    await startButton(page).dblclick();
    await heading(page, 'The interviewer is speaking.');
    await page.getByText('Simulated interviewer').waitFor();
    await page.getByText(/^(30|29) minutes left$/).waitFor();
    const before = await page.evaluate(() => window.heard());
    await page.waitForFunction(async (energy) => (await window.heard()) > energy + 0.01, before);
    await page.evaluate(() => { window.level = window.loudness(); });
    await page.waitForFunction(() => window.level() > -50);
    await checkAccess(page);
    await heading(page, 'Your turn.');
    await page.waitForFunction(() => window.level() < -50);

    await page.evaluate(() => window.speak(true));
    await heading(page, 'You are speaking.');
    await page.evaluate(() => window.speak(false));
    await heading(page, 'The interviewer is speaking.');
    await page.locator('.captions li.person').waitFor();
    await page.getByRole('button', { name: 'Type an answer' }).click();
    await page.getByLabel('Your answer').fill('Three years in a bakery.');
    await page.keyboard.press('Enter');
    await spoken(page).filter({ hasText: 'Three years in a bakery.' }).waitFor();
    await checkMeasures(page);

    await page.getByRole('button', { name: 'End…' }).click();
    await page.getByRole('button', { name: 'End the interview' }).click();
    await page.waitForURL('**/sessions/ses_*');
    await page.getByText('Three years in a bakery.').first().waitFor();
    await until(() => callOf().state === 'ended', 'the call is hung up');
    assert.equal(site.sim.openaiCalls().length, 1);
    await until(async () => (await person.call('/api/user')).held === '0.00', 'nothing is held any more');
    assert.equal((await person.call('/api/user')).available, '3.00'); // it was over within its first minute
  }));

test('an interview in writing, for who has no microphone', () =>
  site.page({ permissions: [] }, async (page) => {
    await page.addInitScript(VOICE);
    const person = await somebody();
    await page.addInitScript("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };");
    await open(page, '/interview', person.name, LOBBY);
    await page.getByLabel('Which job do you prepare for?').fill('Baker');
    await page.getByRole('button', { name: 'Answer by typing' }).click();
    await startButton(page).click();
    await heading(page, 'Your turn. Type your answer.');
    await page.getByLabel('Your answer').fill('I like the early hours.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.captions li').length >= 3);
    assert.deepEqual((await spoken(page).locator('.by').allTextContents()).slice(0, 3), ['Interviewer', 'You', 'Interviewer']);
    await checkAccess(page);
  }));

test('a call that dies upstream ends the interview, and what was said is there', () =>
  site.page({ permissions: ['microphone'] }, async (page) => {
    await talking(page);
    site.sim.openaiCall({ drop: true }, { id: callOf().id });
    await page.waitForURL('**/sessions/ses_*', { timeout: 60_000 });
  }));

test('without a path for the sound it says so, charges nothing, and offers the check of the lobby', () =>
  site.page({ permissions: ['microphone'] }, async (page) => {
    const person = await ready(page);
    site.sim.openaiMedia({ media: false });
    const answered = page.waitForResponse('**/api/webrtc-exchange');
    await startButton(page).click();
    await answered;
    site.sim.openaiMedia({ media: true });
    await page.getByRole('heading', { level: 1, name: 'No sound came through' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Check the connection' }).click();
    await heading(page, LOBBY);
    assert.equal(await page.evaluate(() => document.activeElement.matches('.connection')), true);
    await until(async () => (await person.call('/api/user')).available === '3.00', 'nothing is charged or held');
  }));

test('an upstream that fails is told after three tries, and trying again comes through', () =>
  site.page({ permissions: ['microphone'], allow: /50[24]/ }, async (page) => {
    await ready(page);
    site.sim.fault({ service: 'openai', op: 'calls', status: 500, times: 3 });
    await startButton(page).click();
    await heading(page, 'Your interviewer could not be reached.');
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading(page, 'The interviewer is speaking.');
  }));
