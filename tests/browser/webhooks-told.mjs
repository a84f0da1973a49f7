// Answers of the diagnostics of webhooks, as the tests of the page want them.

const AT = '2026-11-21T09:30:00.000Z';

export const QUIET = {
  stripe: { mode: 'test', secretSet: true, lastEventAt: AT, lastEventAgeSeconds: 150 },
  clerk: { secretSet: true, lastEventAt: null, lastEventAgeSeconds: null },
  failures: [], differences: [],
  round: { day: '2026-11-21', events: 120, different: 0, finishedAt: AT },
};

export const FAILED = {
  ...QUIET,
  clerk: { ...QUIET.clerk, secretSet: false },
  failures: [{ provider: 'stripe', id: 'evt_1', type: 'checkout.session.completed', at: AT, tries: 2, why: 'the wallet did not answer' }],
  round: { ...QUIET.round, different: 1, finishedAt: null },
  differences: [{ id: 'cs_test_9', owner: 'user_bob', what: 'bought at Stripe, and not in the book', foundAt: AT }],
};

export const UNTAKEN = {
  ...QUIET,
  round: { ...QUIET.round, different: 2 },
  differences: [...FAILED.differences, { id: 'evt_2', owner: null, what: 'told by Stripe, and not taken here', foundAt: AT }],
};

export const watched = (page, details = QUIET) =>
  page.route('**/api/diagnostic/webhooks', (route) => route.fulfill({ json: { ok: details.failures.length === 0, ...details } }));
