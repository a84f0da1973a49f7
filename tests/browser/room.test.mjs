// Whole interviews in Chromium: the real Worker, and an interviewer with a real voice.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { LOBBY, VOICE, peopleOf, spoken, startButton } from './room-people.mjs';
import { heading, open } from './screens.mjs';
import { checkAccess, checkMeasures, openSite } from './stack.mjs';

const site = await openSite({ ROOM_PATH_SECONDS: '9' }); // told by the heartbeat of the tenth
const { somebody, ready } = peopleOf(site);

test('a whole interview with sound both ways: heard, answered, typed, ended, read and charged as the rule says', () =>
  site.page({ permissions: ['microphone'] }, async (page) => {
    const person = await ready(page);
    await startButton(page).dblclick();
    await heading(page, 'The interviewer is speaking.');
    await page.getByText('Simulated interviewer').waitFor();
    await page.getByText(/^(30|29) minutes left$/).waitFor();
    await until(() => person.calls()[0].sideband === 1, 'the Room hears it itself');
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
    await until(() => person.calls()[0].state === 'ended', 'the call is hung up');
    assert.equal(person.calls().length, 1);
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
