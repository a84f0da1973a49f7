// The lobby, in front of the real Worker: ready, told, and one button.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answer, resume } from './resume-told.mjs';
import { adjust, checkLooks, focused, heading, open } from './screens.mjs';
import { sells, sellsNothing } from './shop-told.mjs';
import { checkAccess, checkMeasures, openSite } from './stack.mjs';

const site = await openSite();
const TITLE = 'Get ready to talk.';
const PHONE = { width: 390, height: 844 };
const HEARD = { permissions: ['microphone'] };
const AWAY = { error: 'Not set up.', code: 'not_configured', requestId: 'req_0123456789abcdef' };

let people = 0;

/** Somebody new, with a wallet that is open and what was given or taken. */
async function somebody(amount = null) {
  const name = `Lobby Person ${(people += 1)}`;
  const { id } = site.sim.clerk.addUserByEmail(name, `lobby-${people}@example.test`);
  const { token } = site.sim.signIn({ userId: id });
  assert.equal((await site.worker.call('/api/user', { token })).status, 200);
  if (amount) await adjust(site, id, amount, 'for a test');
  return { name, id, token };
}

const lobby = async (page, name) => {
  await open(page, '/interview', name, TITLE);
  await page.locator('.connection strong').getByText(/fine|blocked|slow/).waitFor();
};
const start = (page) => page.locator('.begin .primary');
const jobTitle = (page) => page.getByLabel('Which job do you prepare for?');

/** A browser whose microphone answers so: a name of an error, or a permission that was refused before. */
const microphoneThat = (fails, permission = 'prompt') => `
  navigator.mediaDevices.getUserMedia = async () => { throw Object.assign(new Error(), { name: '${fails}' }); };
  navigator.permissions.query = async () => Object.assign(new EventTarget(), { state: '${permission}' });`;

test('on a phone the voice moves the line, the cost and the listener are told, and the button is in reach', () =>
  site.page({ ...HEARD, viewport: PHONE }, async (page) => {
    const { name } = await somebody();
    await lobby(page, name);
    await page.getByText('We hear you.').waitFor();
    const line = page.locator('voice-line path');
    const before = await line.getAttribute('d');
    await page.waitForFunction((flat) => document.querySelector('voice-line path').getAttribute('d') !== flat, before);
    const bar = page.locator('.begin');
    for (const text of ['30 minutes: 1.00 of your 3.00 VocahireCredits.', 'OpenAI’s AI interviews you. We store no audio.']) {
      await bar.getByText(text).waitFor();
    }
    const { y, height } = await start(page).boundingBox();
    assert.ok(y + height <= PHONE.height, `the button ends at ${y + height}`);
    assert.equal(await page.evaluate(() => scrollY), 0);
    await checkAccess(page);
    await checkMeasures(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await checkLooks(page);
  }));

test('who hears it and how long it is kept stands there before the start', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody();
    await lobby(page, name);
    const before = page.locator('.before');
    for (const words of ['never a person', 'OpenAI hears you', 'store no audio', '365 days', 'until you delete it']) {
      await before.getByText(words).first().waitFor();
    }
    await page.getByText('It changes how the questions sound, never what is assessed.').waitFor();
    const persona = page.getByRole('radio', { name: 'Henrik, formal' });
    await persona.check();
    assert.equal(await page.getByRole('radio', { name: 'Mara, warm' }).isChecked(), false);
  }));

/** A microphone that is silent until the test speaks. */
const VOICE = `navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const voice = new GainNode(context, { gain: 0 });
  const microphone = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context);
  tone.connect(voice).connect(microphone);
  tone.start();
  window.speak = (on) => { voice.gain.value = on ? 0.7 : 0; };
  return microphone.stream;
};`;

test('under reduced motion the line stands still: one picture of silence, one of a voice', () =>
  site.page({ ...HEARD, reducedMotion: 'reduce' }, async (page) => {
    await page.addInitScript(VOICE);
    const { name } = await somebody();
    await lobby(page, name);
    await page.getByText('Your microphone is on.').waitFor();
    const line = page.locator('voice-line path');
    const flat = await line.getAttribute('d');
    await page.evaluate(() => {
      const path = document.querySelector('voice-line path');
      window.shapes = new Set([path.getAttribute('d')]);
      new MutationObserver(() => window.shapes.add(path.getAttribute('d'))).observe(path, { attributes: true });
      window.speak(true);
    });
    await page.getByText('We hear you.').waitFor();
    await page.waitForFunction(() => window.shapes.size === 2);
    await page.evaluate(() => window.speak(false));
    await page.waitForFunction((silence) => document.querySelector('voice-line path').getAttribute('d') === silence, flat);
    assert.equal(await page.evaluate(() => window.shapes.size), 2);
  }));

test('the form is kept while it is typed, says what is wrong, and counts the advert', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody();
    await lobby(page, name);
    await start(page).click();
    await page.getByText('Say which job it is: the questions follow from it.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'jobTitle');
    await checkAccess(page);
    await jobTitle(page).fill('Nurse');
    assert.equal(await page.locator('.fault').count(), 0);
    await page.getByRole('radio', { name: '15 minutes' }).check();
    await page.getByText('15 minutes: 0.50 of your 3.00 VocahireCredits.').waitFor();
    await page.getByLabel('The advert, if you have it').fill('a'.repeat(4010));
    await page.getByText('10 characters too many').waitFor();
    await start(page).click();
    await page.getByText('The advert is 10 characters too long.').waitFor();
    await page.reload();
    await heading(page, TITLE);
    assert.equal(await jobTitle(page).inputValue(), 'Nurse');
    assert.equal(await page.getByRole('radio', { name: '15 minutes' }).isChecked(), true);
    await page.getByText('10 characters too many').waitFor();
  }));

test('the start hands over the wish, and a start that fails leads back to the same form', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    const { name } = await somebody();
    await lobby(page, name);
    await page.getByText('Your microphone is on.').or(page.getByText('We hear you.')).waitFor();
    await jobTitle(page).fill(' Nurse ');
    await page.getByLabel('Level').selectOption('senior');
    await page.getByLabel('Language').selectOption('de');
    await page.route('**/api/realtime-session', (route) => route.fulfill({ status: 503, json: AWAY }));
    const asked = page.waitForRequest('**/api/realtime-session');
    await start(page).press('Enter');
    assert.deepEqual((await asked).postDataJSON(),
      { jobTitle: 'Nurse', level: 'senior', focus: 'general', persona: 'warm', language: 'de', minutes: 30 });
    await page.getByRole('button', { name: 'Back to the start page' }).click();
    await heading(page, TITLE);
    assert.equal(await focused(page), TITLE);
    assert.equal(await jobTitle(page).inputValue(), ' Nurse ');
    assert.equal(new URL(page.url()).pathname, '/interview');
  }));

for (const [fails, permission, words] of [
  ['NotAllowedError', 'denied', 'The microphone is not allowed here.'],
  ['NotAllowedError', 'prompt', 'Your browser will ask whether we may hear you.'],
  ['NotFoundError', 'granted', 'No microphone was found.'],
  ['NotReadableError', 'granted', 'The microphone is in use.'],
]) {
  test(`a microphone that says ${fails} (${permission}) is helped with in words, and typing is offered`, () =>
    site.page({}, async (page) => {
      await page.addInitScript(microphoneThat(fails, permission));
      const { name } = await somebody();
      await lobby(page, name);
      await page.getByText(words).waitFor();
      await checkLooks(page);
      await page.getByRole('button', { name: 'Answer by typing' }).click();
      await page.getByText('You answer by typing.').waitFor();
      await page.getByRole('button', { name: 'Use the microphone' }).click();
      await page.getByText(words).waitFor();
    }));
}

test('how a refused microphone is allowed is told for the browser at hand', () =>
  site.page({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile/15E148 Safari/604.1' }, async (page) => {
    await page.addInitScript(microphoneThat('NotAllowedError', 'denied'));
    const { name } = await somebody();
    await lobby(page, name);
    await page.getByText('Open the settings of your phone').waitFor();
  }));

test('without a microphone nothing starts unless one types', () =>
  site.page({ allow: /503/ }, async (page) => {
    await page.addInitScript(microphoneThat('NotFoundError', 'granted'));
    const { name } = await somebody();
    await lobby(page, name);
    let asked = 0;
    await page.route('**/api/realtime-session', (route) => {
      asked += 1;
      return route.fulfill({ status: 503, json: AWAY });
    });
    await jobTitle(page).fill('Nurse');
    await start(page).click();
    await page.getByText('Without a microphone you can answer by typing').waitFor();
    assert.equal(asked, 0);
    await page.getByRole('button', { name: 'Answer by typing' }).click();
    await start(page).click();
    await page.getByRole('button', { name: 'Back to the start page' }).waitFor();
    assert.ok(asked > 0);
  }));

test('a short balance buys a shorter interview, and one that is too small none', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    await sellsNothing(page);
    const { name, id } = await somebody('-2.25');
    await lobby(page, name);
    await page.getByText('22 minutes: all of your 0.75 VocahireCredits.').waitFor();
    await adjust(site, id, '-0.40', 'for a test');
    await page.reload();
    await page.getByText('You have 0.35 VocahireCredits; an interview needs at least 0.50. Buying is not open here.').waitFor();
    await jobTitle(page).fill('Nurse');
    assert.equal(await start(page).getAttribute('aria-disabled'), 'true');
    await start(page).press('Enter');
    await heading(page, TITLE);
    await checkLooks(page);
  }));

test('an open interview is told, and the button ends it and starts this one', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    const { name, token } = await somebody('-2.00');
    const body = JSON.stringify({ jobTitle: 'Nurse' });
    const headers = { 'content-type': 'application/json' };
    const held = await site.worker.call('/api/realtime-session', { method: 'POST', token, headers, body });
    assert.equal(held.status, 201, held.text);
    await lobby(page, name);
    await page.getByRole('alert').getByText('You have an interview that is not over yet.').waitFor();
    await page.getByText('30 minutes: 1.00 of your 1.00 VocahireCredits.').waitFor();
    assert.equal((await start(page).textContent()).trim(), 'End that one and start this');
    await checkLooks(page);
    await jobTitle(page).fill('Nurse');
    await page.route('**/api/realtime-session', (route) => route.fulfill({ status: 503, json: AWAY }));
    const asked = page.waitForRequest('**/api/realtime-session');
    await start(page).click();
    assert.equal((await asked).postDataJSON().replace, JSON.parse(held.text).id);
  }));

test('a server that does not answer and a browser without calls are told; checking again helps', () =>
  site.page({ ...HEARD, allow: /ERR_FAILED/ }, async (page) => {
    const { name } = await somebody();
    await page.route('**/api/health', (route) => route.abort());
    await open(page, '/interview', name, TITLE);
    await page.getByText('Our server does not answer.').waitFor();
    await checkLooks(page);
    await page.unroute('**/api/health');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Your connection is fine.').waitFor();
    await page.addInitScript('delete globalThis.RTCPeerConnection;');
    await page.reload();
    await page.getByText('This browser cannot make calls.').waitFor();
    assert.equal(await start(page).getAttribute('aria-disabled'), 'true');
  }));

test('leaving the lobby switches the microphone off', () =>
  site.page(HEARD, async (page) => {
    await page.addInitScript(`{
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (...all) => (globalThis.given = await ask(...all));
    }`);
    await sells(page);
    const { name } = await somebody();
    await lobby(page, name);
    await page.getByText('We hear you.').waitFor();
    await page.locator('.balance').click();
    await heading(page, 'You have 3.00 VocahireCredits.');
    assert.deepEqual(await page.evaluate(() => globalThis.given.getTracks().map(({ readyState }) => readyState)), ['ended']);
  }));

const reads = (page) => page.getByRole('checkbox', { name: 'Let the interviewer read my resume (cv.pdf)' });
const keeps = (page, kept) => page.route('**/api/resume', (route) => route.fulfill({ json: answer(kept) }));

test('the interviewer reads a resume only after a yes, which is kept for that one alone', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    const { name } = await somebody();
    await keeps(page, resume());
    await lobby(page, name);
    await reads(page).waitFor();
    assert.equal(await reads(page).isChecked(), false);
    await jobTitle(page).fill('Nurse');
    await checkLooks(page);
    await page.route('**/api/realtime-session', (route) => route.fulfill({ status: 503, json: AWAY }));
    const wish = async () => {
      const asked = page.waitForRequest('**/api/realtime-session');
      await start(page).click();
      const body = (await asked).postDataJSON();
      await page.getByRole('button', { name: 'Back to the start page' }).click();
      await heading(page, TITLE);
      return body.resumeId;
    };
    assert.equal(await wish(), undefined);
    await reads(page).press('Space');
    assert.equal(await wish(), 'res_1');
    await page.reload();
    await reads(page).waitFor();
    assert.equal(await reads(page).isChecked(), true, 'as the rest of what was typed');
    await reads(page).uncheck();
    assert.equal(await wish(), undefined);
    await reads(page).check();
    await page.unroute('**/api/resume');
    await keeps(page, resume({ id: 'res_2' }));
    await page.reload();
    await reads(page).waitFor();
    assert.equal(await reads(page).isChecked(), false, 'another one needs a yes of its own');
    assert.equal(await wish(), undefined);
    await reads(page).check();
    await page.unroute('**/api/resume');
    await page.route('**/api/resume', (route) => route.fulfill({ status: 503, json: { ...AWAY, code: 'database_timeout' } }));
    await page.reload();
    await page.getByText('Your resume cannot be looked up just now: the interviewer will not read it.').waitFor();
    await checkLooks(page);
    assert.equal(await wish(), undefined, 'and a yes that cannot be kept is said to be none');
  }));

test('without a resume there is a way to add one, and without an answer there is nothing to say yes to', () =>
  site.page({ ...HEARD, allow: /503/ }, async (page) => {
    const { name } = await somebody();
    await keeps(page, null);
    await lobby(page, name);
    await page.getByRole('link', { name: 'Add your resume' }).click();
    await heading(page, 'Your resume');
    await page.unroute('**/api/resume');
    await page.route('**/api/resume', (route) => route.fulfill({ status: 503, json: { ...AWAY, code: 'database_timeout' } }));
    await page.goto('/interview');
    await page.locator('.connection strong').getByText(/fine|blocked|slow/).waitFor();
    assert.equal(await page.locator('.reads').textContent(), '');
    assert.equal(await page.getByRole('alert').count(), 0);
  }));

test('the keyboard goes through the lobby in the order in which it reads', () =>
  site.page(HEARD, async (page) => {
    const { name } = await somebody();
    await lobby(page, name);
    await page.getByText('We hear you.').waitFor();
    await jobTitle(page).focus();
    const stops = ['jobTitle'];
    while (!stops.at(-1).startsWith('Start') && stops.length < 25) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => {
        const { activeElement: one } = document;
        return one.id || one.value || one.textContent.trim().replace(/\s+/g, ' ');
      }));
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none', stops.at(-1));
    }
    assert.deepEqual(stops.filter((stop) => stop !== 'speaker'), [
      'jobTitle', '30', 'Add your resume', 'More about the job Some years in · Mixed', 'level', 'focus', 'company', 'jobDescription',
      'Your interviewer Mara, warm · English', 'warm', 'language',
      'Adjust the interview to you Nothing is adjusted', 'microphone', 'Start the interview',
    ]);
  }));
