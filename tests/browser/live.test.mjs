// The second screen of an interview that goes on. The Worker is real; what it says of the interview is told, the socket too.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../edge/harness.mjs';
import { GOING, STANDING, goingOn } from './again-told.mjs';
import { heading, open } from './screens.mjs';
import { openSite } from './stack.mjs';

const site = await openSite();
const MINUTE_MS = 60_000;
const LIVE = { ...STANDING, state: 'live' };
let people = 0;

/** Somebody looks at their interview; `sockets` are those at which it is told, each with whether the page has closed it. */
async function following(page) {
  const name = `Live Person ${(people += 1)}`;
  site.sim.clerk.addUserByEmail(name, `live-${people}@example.test`);
  await goingOn(page, GOING);
  await page.route('**/api/sessions/ses_1/live-ticket', (route) => route.fulfill({ json: { ticket: 'vl1.ticket' } }));
  const sockets = [];
  await page.routeWebSocket('**/api/sessions/ses_1/live*', (socket) => {
    const one = { closed: false, tell: (standing) => socket.send(JSON.stringify({ after: 0, number: 0, lines: [], standing })) };
    socket.onClose(() => { one.closed = true; });
    sockets.push(one);
    one.tell(LIVE);
  });
  await page.clock.install();
  await open(page, '/sessions/ses_1', name, 'Baker');
  await page.getByText('You see here what is said').waitFor();
  return sockets;
}

const left = (page, minutes) => page.getByText(`It has ${minutes} minutes left.`).waitFor();

test('the time that is left goes by without any news, and stands still in a pause and while the line is away', () =>
  site.page({}, async (page) => {
    const [socket] = await following(page);
    await left(page, 23);
    await page.clock.fastForward(3 * MINUTE_MS);
    await left(page, 20);
    for (const still of [{ paused: true }, { state: 'reconnecting' }]) {
      socket.tell({ ...LIVE, ...still, remainingMs: 18 * MINUTE_MS });
      await left(page, 18);
      await page.clock.fastForward(2 * MINUTE_MS);
      await left(page, 18);
    }
    socket.tell({ ...LIVE, remainingMs: 18 * MINUTE_MS });
    await page.getByText('waits two minutes').waitFor({ state: 'detached' });
    await page.clock.fastForward(MINUTE_MS + 1000);
    await left(page, 16);
  }));

test('its socket is closed as soon as its screen is left', () =>
  site.page({}, async (page) => {
    const [socket] = await following(page);
    await page.getByRole('link', { name: 'All interviews' }).click();
    await heading(page, 'Your interviews');
    await until(() => socket.closed, 'the socket is closed');
  }));

test('its socket is closed as soon as the page is hidden for another one, and opened again by a page that was kept', () =>
  site.page({}, async (page) => {
    const sockets = await following(page);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await until(() => sockets[0].closed, 'the socket is closed');
    await page.clock.fastForward(MINUTE_MS);
    assert.equal(sockets.length, 1, 'nobody looks');
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await until(() => sockets.length === 2, 'another socket');
    await page.getByText('You see here what is said').waitFor();
    assert.equal(sockets[1].closed, false);
  }));
