// The connection lab: one run in earnest, through the relay of this machine, and pages of told answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { peopleOf } from './room-people.mjs';
import { ADMIN, ALICE, checkEverywhere, checkLooks, heading, open } from './screens.mjs';
import { openSite, signInAs } from './stack.mjs';

const site = await openSite();
const people = peopleOf(site);
const LAB = '/diagnostics/webrtc';
const TITLE = 'Check your connection.';
const HEARD = { permissions: ['microphone'] };
const UNASKED = "navigator.permissions.query = async () => Object.assign(new EventTarget(), { state: 'prompt' });";

const start = (page) => page.getByRole('button', { name: 'Start the check' });
const verdict = (page, words) => page.getByRole('heading', { level: 2, name: words }).waitFor();
const row = (page, name) => page.locator('.rows li').filter({ hasText: name });
const rowSays = (page, name, state, words) => page
  .locator(`.rows li[data-state=${state}]`).filter({ hasText: name }).getByText(words).waitFor();

test('two peers really meet through the relay, the voice is heard, and support opens what was measured', () =>
  site.page(HEARD, async (page) => {
    await open(page, LAB, ALICE, TITLE);
    await checkLooks(page);
    await start(page).click();
    await verdict(page, 'Your interviews will work from here.');
    await rowSays(page, 'Relays', 'good', /UDP on \d+: reached in \d+ ms; TCP on \d+: reached in \d+ ms/);
    await rowSays(page, 'A test call', 'good', /through a relay( by \w+)?: \d+ ms there and back, nothing lost/i);
    await rowSays(page, 'Your clock', 'good', 'right, give or take');
    await rowSays(page, 'Your browser', 'good', /^Chrome \d+ on Linux can do all|Chrome \d+ on Linux/);
    await rowSays(page, 'Our server', 'good', /answers in \d+ ms/i);
    await rowSays(page, 'The direct way', 'good', 'nobody outside was asked');
    await page.getByText('We hear you.').waitFor();
    assert.match(await page.evaluate(() => document.activeElement.textContent), /interviews will work/);
    assert.equal((await site.worker.rows('select * from connection_checks')).length, 0, 'nothing has left the page yet');
    await checkEverywhere(page);
    await page.getByRole('button', { name: 'Get a code' }).click();
    const code = await page.getByLabel('Your code').textContent();
    assert.match(code, /^[346789A-HJKMNP-RT-Z]{4}-[346789A-HJKMNP-RT-Z]{4}$/);
    await checkEverywhere(page);
    const { token } = site.sim.signIn({ userId: 'user_admin' });
    const { body } = await site.worker.call(`/api/admin/connection-checks?code=${code}`, { token });
    const { verdict: told, path, local, remote, udp, tcp, microphone, lostPerMille } = body.measured;
    assert.deepEqual({ told, path, local, remote, udp, tcp, microphone, lostPerMille }, {
      told: 'good', path: 'relay', local: 'relay', remote: 'relay', udp: 'reached', tcp: 'reached', microphone: 'heard', lostPerMille: 0,
    });
    assert.ok((await site.sim.relay()).allocations >= 0);
  }));

test('the microphone is released with the page, and the check can be had again', () =>
  site.page(HEARD, async (page) => {
    await page.addInitScript(`
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (...all) => { window.given = await open(...all); return window.given; };`);
    await open(page, LAB, ALICE, TITLE);
    await start(page).click();
    await verdict(page, 'Your interviews will work from here.');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('status').getByText('Checking…').waitFor();
    await verdict(page, 'Your interviews will work from here.');
    await page.evaluate(() => { history.pushState(null, '', '/settings'); dispatchEvent(new PopStateEvent('popstate')); });
    await heading(page, 'Settings');
    assert.equal(await page.evaluate(() => window.given.getTracks()[0].readyState), 'ended');
  }));

const relay = (port, scheme, transport) => `${scheme}:127.0.0.1:${port}?transport=${transport}`;
const NAMED = { username: 'u', credential: 'c' };

test('a relay on 443 that nobody reaches is told as what it means', () =>
  site.page(HEARD, async (page) => {
    const iceServers = [{ urls: [relay(443, 'turns', 'tcp')], ...NAMED }];
    await page.route('**/api/ice-servers', (route) => route.fulfill({ json: { iceServers, source: 'cloudflare', expiresAt: null } }));
    await open(page, LAB, ALICE, TITLE);
    await start(page).click();
    await verdict(page, 'Your network lets calls out only in part.');
    await rowSays(page, 'A relay on port 443', 'wrong', 'not reached: something inspects what goes by that port');
    await rowSays(page, 'A test call', 'good', 'between your own address and itself');
    await page.getByText('Try another network').waitFor();
    await checkEverywhere(page);
  }));

test('where calls are blocked, that is said, and that trying costs nothing', () =>
  site.page(HEARD, async (page) => {
    await page.addInitScript(`window.RTCPeerConnection = class extends RTCPeerConnection {
      setRemoteDescription() { return Promise.reject(new Error('blocked')); }
    };`);
    await open(page, LAB, ALICE, TITLE);
    await start(page).click();
    await verdict(page, 'Calls are blocked here.');
    await page.getByText('nothing is charged').waitFor();
    await checkEverywhere(page);
  }));

test('without a server, without calls, and without a microphone the page says so', () =>
  site.page({ allow: /503|ERR_FAILED/ }, async (page) => {
    await page.addInitScript(UNASKED);
    await page.addInitScript("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); };");
    await open(page, LAB, ALICE, TITLE);
    await page.route('**/api/diagnostic/webrtc-test', (route) => route.abort());
    await page.route('**/api/ice-servers', (route) => route.abort());
    await start(page).click();
    await verdict(page, 'Our server does not answer.');
    await page.getByText('No microphone was found.').waitFor();
    await page.getByRole('button', { name: 'Get a code' }).click();
    await page.getByRole('alert').getByText('Nothing was kept.').waitFor();
    await checkEverywhere(page);
  }));

test('a browser without calls is told what to use', () =>
  site.page(HEARD, async (page) => {
    await page.addInitScript('delete window.RTCPeerConnection;');
    await open(page, LAB, ALICE, TITLE);
    await start(page).click();
    await verdict(page, 'This browser cannot make calls.');
    await rowSays(page, 'Your browser', 'wrong', 'gives no access to calls');
    assert.equal(await row(page, 'A test call').getAttribute('data-state'), 'waiting');
  }));

test('the former addresses lead to it, and whoever is not signed in is asked to', () =>
  site.page(HEARD, async (page) => {
    for (const address of ['/simple-webrtc-test', '/realtime-test.html']) {
      await page.goto(address);
      await page.waitForURL((url) => url.pathname === '/sign-in');
    }
    await signInAs(page, ALICE);
    await heading(page, TITLE);
  }));

test('an operator opens a check by its code', () =>
  site.page({ allow: /404/ }, async (page) => {
    const { token } = site.sim.signIn({ userId: 'user_alice' });
    const body = JSON.stringify({ verdict: 'narrow', relay443: 'missed', roundTripMs: 77, clockMs: -5 });
    const headers = { 'content-type': 'application/json' };
    const kept = await site.worker.call('/api/diagnostic/webrtc-test', { method: 'POST', token, headers, body });
    await open(page, '/admin', ADMIN, 'Administration');
    const field = page.getByLabel('Code of a connection check');
    await field.fill('ABCD-EFGH');
    await field.press('Enter');
    await page.getByText('There is no check with this code.').waitFor();
    await field.fill(kept.body.code.toLowerCase());
    await field.press('Enter');
    const found = page.locator('.checked');
    for (const words of ['narrow', 'missed', '77', '-5']) await found.getByText(words, { exact: true }).waitFor();
    assert.doesNotMatch(await found.textContent(), /alice/i);
    await checkEverywhere(page);
  }));

const calledBy = (page) => page.evaluate(() => window.peers.at(-1).getConfiguration().iceServers.flatMap(({ urls }) => urls).join(' '));

test('an interview is called by the list that the lobby asked for', () =>
  site.page(HEARD, async (page) => {
    await people.talking(page);
    assert.match(await calledBy(page), /^turn:127\.0\.0\.1:\d+\?transport=udp turn:127\.0\.0\.1:\d+\?transport=tcp$/);
  }));

test('and by that of the start where the lobby got none', () =>
  site.page({ ...HEARD, allow: /ERR_FAILED/ }, async (page) => {
    await page.route('**/api/ice-servers', (route) => route.abort());
    await people.talking(page);
    assert.equal(await calledBy(page), '');
  }));
