// An interview that is under way, as the Worker tells of it, for the tests of the ways back and for their pictures.

import { LINES } from './report-told.mjs';

const MINUTE_MS = 60_000;

export const GOING = {
  id: 'ses_1', state: 'open', jobTitle: 'Baker', company: null, level: 'mid', focus: 'general', language: 'en', persona: 'warm',
  minutes: 30, startedAt: '2026-11-19T18:02:00.000Z', endedAt: null, ending: null, heardSeconds: null, charged: null, rule: null,
  relayed: false, remainingMs: 24 * MINUTE_MS, roomKey: 'fresh', connect: 1, paused: false, pauseLeftMs: 180_000, reconnectsLeft: 5,
  speaks: true, allowanceSeconds: 1800, patience: 'normal',
};

export const STANDING = {
  state: 'reconnecting', remainingMs: 24 * MINUTE_MS, relay: false, wrapUp: false, withdrawn: null, ended: null, connect: 1,
  paused: false, pauseLeftMs: 180_000, awayLeftMs: 120_000, reconnectsLeft: 5,
};

export const BUSY = { status: 503, json: { error: 'Busy.', code: 'provider_busy', requestId: 'req_0123456789abcdef' } };

/** An interview of theirs goes on; what is asked of it is kept. No interviewer answers. */
export async function goingOn(page, session = GOING) {
  const asked = [];
  const told = (json) => (route) => {
    asked.push(new URL(route.request().url()).pathname);
    return route.fulfill({ json });
  };
  await page.route(/\/api\/sessions\?/, told({ sessions: [], next: null, open: { id: 'ses_1', state: 'begun' } }));
  await page.route('**/api/sessions/ses_1', told(session));
  await page.route('**/api/sessions/ses_1/transcript*', told({ lines: LINES.slice(0, 2), gaps: [], next: null }));
  await page.route('**/api/sessions/ses_1/heartbeat', told(STANDING));
  await page.route('**/api/sessions/ses_1/end', told({ ...STANDING, state: 'ended' }));
  await page.route('**/api/ice-servers', told({ iceServers: [], source: 'stun', expiresAt: null }));
  await page.route('**/api/sessions/ses_1/live-ticket', (route) => route.fulfill(BUSY));
  await page.route('**/api/webrtc-exchange', (route) => {
    asked.push(route.request().postDataJSON());
    return route.fulfill(BUSY);
  });
  return asked;
}
