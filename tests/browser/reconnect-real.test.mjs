// What networks, pages and people do to an interview: the real Worker and an interviewer with a real voice, in Chromium.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { LOBBY, VOICE, peopleOf, spoken, startButton } from './room-people.mjs';
import { checkEverywhere, heading, open } from './screens.mjs';
import { openSite } from './stack.mjs';

const site = await openSite({ ROOM_ARCHIVE_SECONDS: '1' });
const { somebody, ready, talking, speak, calledAgain, interviewOf } = peopleOf(site);
const HEARD = { permissions: ['microphone'] };
const button = (page, name) => page.getByRole('button', { name });
const HELLO = 'Hello and welcome'; // how it greets, of which more is heard by who does not talk over it
const drive = (call, body) => site.sim.openaiCall(body, { id: call.id });

/** Milliseconds, as the page was told last. */
const remaining = async (page) => (await (await page.waitForResponse('**/heartbeat')).json()).remainingMs;
const greetings = async (page) => (await spoken(page).allTextContents()).filter((text) => text.includes(HELLO)).length;

/** None of its calls was asked by the page for another session, and the interviewer greeted once. */
async function checkCalls(person, count) {
  const calls = person.calls();
  assert.equal(calls.length, count);
  const greeted = calls.filter(({ events }) => events.some(({ delta }) => delta?.startsWith(HELLO)));
  assert.deepEqual(greeted, calls.slice(0, 1));
  assert.ok(calls.flatMap(({ received }) => received).every(({ via, event }) => via !== 'channel' || event.type !== 'session.update'));
  assert.ok(calls.slice(0, -1).every(({ state }) => state === 'ended'), 'only the last one goes on');
}

/** Held once, whatever happened. */
const checkHeldOnce = async (person) => {
  assert.equal((await person.statement()).filter(({ kind, held }) => kind === 'hold' || held === '1.00').length, 1);
};

test('a call that dies: another one, the same audio element and microphone, no second greeting, the gap unpaid', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page);
    const { id } = await interviewOf(person);
    await page.evaluate(() => { window.element = document.querySelector('#interviewer'); });
    await speak(page);
    const before = await remaining(page);
    drive(person.calls()[0], { drop: true });
    await page.getByText('The connection is gone.').waitFor({ timeout: 20_000 });
    await calledAgain(page, person, 2);
    assert.ok(await page.evaluate(() => window.element === document.querySelector('#interviewer') && window.element.srcObject?.active));
    await page.getByText('The connection is gone.').waitFor({ state: 'detached' });
    await speak(page);
    const after = await remaining(page);
    assert.ok(after <= before && before - after < 30_000, `${before} ms before, ${after} after`);
    assert.equal(await greetings(page), 1);
    assert.equal((await person.open()).id, id);
    await checkCalls(person, 2);
    await checkHeldOnce(person);
    const { gaps } = await person.call(`/api/sessions/${id}/transcript?format=json`);
    assert.ok(gaps.some(({ kind }) => kind === 'away'), JSON.stringify(gaps));
  }));

test('a connection that is lost while the call goes on: the page calls again, and the old one is hung up', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page);
    drive(person.calls()[0], { lose: true });
    await calledAgain(page, person, 2);
    await until(() => person.calls()[0].state === 'ended', 'the old call');
    assert.equal(person.calls()[0].hungUpBy, 'api');
    await checkCalls(person, 2);
  }));

test('a call that falls still is called again', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page);
    drive(person.calls()[0], { still: true });
    await calledAgain(page, person, 2);
    await checkCalls(person, 2);
  }));

test('an upstream that refuses for a while: tried again, said each time, and then it goes on', () =>
  site.page({ ...HEARD, allow: /50[0-9]/ }, async (page) => {
    const person = await talking(page);
    site.sim.fault({ service: 'openai', op: 'calls', status: 500, times: 2 });
    drive(person.calls()[0], { drop: true });
    await page.getByText(/(second|third) try/).waitFor({ timeout: 30_000 });
    await checkEverywhere(page);
    await calledAgain(page, person, 2);
  }));

test('a reload goes on by itself: what was said is there, and the time is right', () =>
  site.page({ ...HEARD, allow: /AudioContext was not allowed/ }, async (page) => { // nobody has touched the page yet
    const person = await talking(page);
    await speak(page);
    const before = await remaining(page);
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await calledAgain(page, person, 2);
    await spoken(page).filter({ hasText: HELLO }).waitFor();
    const after = await remaining(page);
    assert.ok(after <= before && before - after < 30_000, `${before} ms before, ${after} after`);
    await checkCalls(person, 2);
    await checkHeldOnce(person);
    await button(page, 'End…').click();
    await button(page, 'End the interview').click();
    await page.waitForURL('**/sessions/ses_*');
    const { lines } = await person.call(`${new URL(page.url()).pathname.replace('/', '/api/')}/transcript?format=json`);
    assert.equal(new Set(lines.map(({ itemId }) => itemId)).size, lines.length, 'nothing twice');
  }));

test('a tab that was killed: another one offers to go on', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page);
    await speak(page);
    const crashed = page.waitForEvent('crash');
    (await page.context().newCDPSession(page)).send('Page.crash').catch(() => {}); // it never answers
    await crashed;
    const next = await page.context().newPage();
    await next.addInitScript(VOICE);
    await next.goto('/interview');
    await heading(next, LOBBY);
    await next.getByText('Your interview is still going on').waitFor();
    await button(next, 'Go on').click();
    await calledAgain(next, person, 2);
    await spoken(next).filter({ hasText: HELLO }).waitFor();
    await checkCalls(person, 2);
  }));

test('two windows: the second takes over, the first says so and ends nothing, and takes it back', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page);
    const other = await page.context().newPage();
    await other.addInitScript(VOICE);
    await other.goto('/interview');
    await button(other, 'Go on').click();
    await calledAgain(other, person, 2);
    await heading(page, 'This interview goes on in another window.');
    await button(page, 'Take it back here').click();
    await calledAgain(page, person, 3);
    await heading(other, 'This interview goes on in another window.');
    assert.ok(await person.open(), 'nothing was ended');
    await checkCalls(person, 3);
  }));

test('a pause: clock and interviewer stand still, and the interviewer goes on', () =>
  site.page(HEARD, async (page) => {
    const person = await talking(page);
    await button(page, /^Pause/).click();
    await heading(page, 'Paused.');
    const [call] = person.calls();
    await until(() => person.calls()[0].received.some(({ event }) => event.type === 'output_audio_buffer.clear'), 'silence');
    const before = await remaining(page);
    assert.equal(await remaining(page), before);
    await checkEverywhere(page);
    const { length } = person.calls()[0].events;
    await button(page, 'Go on talking').click();
    await until(() => person.calls()[0].events.slice(length).some(({ type }) => type === 'output_audio_buffer.started'), 'words');
    assert.equal(person.calls()[0].id, call.id);
    const { gaps } = await person.call(`/api/sessions/${(await person.open()).id}/transcript?format=json`);
    assert.deepEqual(gaps.map(({ kind }) => kind), ['pause']);
  }));

test('what somebody chose in the lobby holds for each call: time to think, and a slower voice', () =>
  site.page(HEARD, async (page) => {
    const person = await ready(page);
    await page.locator('.adjusting summary').click();
    await page.getByLabel('More time to think').check();
    await page.getByLabel('A slower voice').check();
    await startButton(page).click();
    await spoken(page).first().waitFor();
    drive(person.calls()[0], { drop: true });
    await calledAgain(page, person, 2);
    for (const { asked } of person.calls()) {
      assert.deepEqual([asked.audio.output.speed < 1, asked.audio.input.turn_detection.eagerness], [true, 'low']);
    }
  }));

test('an interview in writing that breaks off goes on in writing', () =>
  site.page({ permissions: [] }, async (page) => {
    const person = await somebody();
    await page.addInitScript(VOICE);
    await open(page, '/interview', person.name, LOBBY);
    await page.getByLabel('Which job do you prepare for?').fill(person.job);
    await page.locator('.adjusting summary').click();
    await page.getByLabel('Answer by typing').check();
    await startButton(page).click();
    await heading(page, 'Your turn. Type your answer.');
    await page.getByLabel('Your answer').fill('I like the early hours.');
    await button(page, 'Send').click();
    await heading(page, 'Your turn. Type your answer.');
    const before = await spoken(page).count();
    drive(person.calls()[0], { drop: true });
    await until(() => person.calls().length === 2 && person.calls()[1].state === 'live', 'the second call', 60_000);
    await page.waitForFunction((count) => document.querySelectorAll('.captions li').length > count, before);
    assert.deepEqual(person.calls().map(({ session }) => session.output_modalities), [['text'], ['text']]);
    await checkCalls(person, 2);
  }));
