// What operators see of usage, fuse, cron and models, in front of the real Worker, with the answers about them made here.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { costLevels, endText, minutesText } from '../../static/app/admin/usage.js';
import { ADMIN, checkEverywhere, focused, open } from './screens.mjs';
import { AWAY } from './shop-told.mjs';
import { openSite } from './stack.mjs';
import { watched } from './webhooks-told.mjs';

const site = await openSite();
const AT = '2026-11-21T09:30:00.000Z';

const WELL = {
  ok: true, settings: true, database: true,
  cron: { ok: true, lastStrokeAt: AT },
  fuse: {
    ok: true, weighedAt: AT, freeStarts: 12, freeStartsPerDay: 500, freeBlown: false, cost: '3.2100', spendPerDay: '50.0000',
    spendBlown: false,
  },
  models: {
    ok: true, silent: false, toldAt: AT,
    models: [
      { setting: 'VOICE_MODEL', model: 'gpt-realtime-2.1', listed: true, shutdown: null, days: null },
      { setting: 'TRANSCRIBE_MODEL', model: 'gpt-4o-mini-transcribe', listed: true, shutdown: '2027-02-26', days: 97 },
      { setting: 'FEEDBACK_MODEL', model: 'gpt-6-luna', listed: null, shutdown: null, days: null },
    ],
  },
  webhooks: { ok: true, failures: 0 },
};

const ILL = {
  ...WELL, ok: false, settings: false,
  cron: { ok: false, lastStrokeAt: null },
  fuse: { ...WELL.fuse, ok: false, freeStarts: 500, freeBlown: true, spendPerDay: null },
  models: { ...WELL.models, ok: false, silent: true, models: [{ ...WELL.models.models[0], shutdown: '2026-11-25', days: 4 }] },
  webhooks: { ok: false, failures: 2 },
};

const day = (of, more) => ({
  day: of, sessions: 4, free: 1, seconds: 5400, cost: '2.5000', charged: '3.10', failures: 1, refunds: 1, refunded: '0.50', ...more,
});

const single = (id, more) => ({
  id, userId: 'user_bob', model: 'gpt-realtime-2.1', endedAt: AT, ending: 'ended_by_user', allowanceSeconds: 1800, seconds: 900,
  charged: '0.50', free: false, transcribedSeconds: 0, cost: '0.6200',
  tokens: { textIn: 1000, textCached: 0, textOut: 50, audioIn: 9000, audioCached: 0, audioOut: 8000, transcribed: 700 }, ...more,
});

const USED = { days: [day('2026-11-21'), day('2026-11-19', { cost: '0.5000' })], sessions: [single('ses_1')], next: 'ses_1' };

async function admin(page, ready, used = USED) {
  await watched(page);
  await page.route('**/api/diagnostic/readiness', (route) => route.fulfill({ json: ready }));
  await page.route('**/api/admin/usage', (route) => route.fulfill({ json: used }));
  await open(page, '/admin', ADMIN, 'Administration');
}

const part = (page, name) => page.getByRole('region', { name, exact: true });

test('an operator reads that all is well, what each day cost, and each interview', () =>
  site.page({}, async (page) => {
    await admin(page, WELL);
    const ready = part(page, 'Can people be interviewed?');
    for (const words of ['Yes, and nothing is coming up.', /twelve free starts \(of 500\) and \$3\.2100\s+\(of \$50\.0000\)/,
      /gpt-4o-mini-transcribe writes down what was heard: ends on 2027-02-26, in 97 days/, 'none failed']) {
      await ready.getByText(words).waitFor();
    }
    const usage = part(page, 'Usage');
    await usage.getByRole('row', { name: '2026-11-21 4 1 90 min $2.5000 3.10 1 1 (0.50)' }).waitFor();
    await usage.getByRole('row', { name: /ses_1 .*user_bob ended by user .*audio 9000 in, 8000 out 15 min \$0\.6200 0\.50/ }).waitFor();
    assert.equal(await usage.locator('svg.line path').count(), 1);
    await page.route('**/api/admin/usage?before=ses_1', (route) =>
      route.fulfill({ json: { days: null, sessions: [single('ses_0', { free: true })], next: null } }));
    const more = usage.getByRole('button', { name: 'Show more interviews' });
    await more.press('Enter');
    await usage.getByText('two interviews shown.').waitFor();
    assert.equal(await usage.getByRole('row', { name: /^2026-11/ }).count(), 2, 'the days stay');
    assert.equal(await more.count(), 0);
    await checkEverywhere(page);
  }));

test('what needs somebody is said in words, and what cannot be read can be asked for again', () =>
  site.page({ allow: /504/ }, async (page) => {
    await page.route('**/api/admin/usage', (route) => route.fulfill({ status: 504, json: AWAY }), { times: 1 });
    await admin(page, ILL);
    const ready = part(page, 'Can people be interviewed?');
    for (const words of ['Something needs you.', /some are missing or wrong/, 'has never struck', 'It is late', /no free interview begins/,
      'OpenAI has not told us its list for three days', /ends on 2026-11-25, in four days/, 'two events failed']) {
      await ready.getByText(words).waitFor();
    }
    await checkEverywhere(page);
  }));

test('a database that is away, and nothing used yet, are said', () =>
  site.page({ allow: /504/ }, async (page) => {
    await admin(page, { ok: false, settings: true, database: false, cron: null, fuse: null, models: null, webhooks: null },
      { days: [], sessions: [], next: null });
    await page.getByText('The database does not answer.').waitFor();
    await page.getByText('No interview is over yet.').waitFor();
    await page.unroute('**/api/admin/usage');
    await page.route('**/api/admin/usage', (route) => route.fulfill({ status: 504, json: AWAY }), { times: 1 });
    await page.reload();
    const again = part(page, 'Usage').getByRole('button', { name: 'Try again' });
    await page.route('**/api/admin/usage?**', (route) => route.fulfill({ json: USED }));
    await again.waitFor();
    await again.focus();
    assert.equal(await focused(page), 'Try again');
  }));

test('the curve has a point for each day, and ends are told by how near they are', () => {
  const points = costLevels([day('2026-11-21', { cost: '2.0' }), day('2026-11-19', { cost: '1.0' })]);
  assert.deepEqual(points, [{ at: 0, level: 0.5 }, { at: 0.5, level: 0 }, { at: 1, level: 1 }]);
  assert.deepEqual(costLevels([day('2026-11-21', { cost: '0.0000' })]), [{ at: 0.5, level: 0 }]);
  assert.equal(endText({ listed: false, shutdown: null, days: null }), 'is not on OpenAI’s list');
  assert.equal(endText({ listed: true, shutdown: '2026-11-20', days: 0 }), 'ended on 2026-11-20');
  assert.equal(endText({ listed: null, shutdown: '2026-11-22', days: 1 }), 'ends on 2026-11-22, in one day');
  assert.equal(minutesText(5429), '90 min');
});
