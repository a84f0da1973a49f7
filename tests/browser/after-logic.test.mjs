// An interview as it is read afterwards, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { insideLink, matchRoute } from '../../static/app/router.js';
import {
  chargeText, cuesOf, endingText, gapText, keptUntil, lastOf, lengthText, marksOf, offsetText, readable, spokenSeconds, spokenShares,
  voiceLevels, withGaps,
} from '../../static/app/talk.js';
import { readTranscript } from '../../static/app/transcript.js';

const ROUTES = { '/sessions': { title: 'History' }, '/sessions/:id': { title: 'Feedback' } };

test('a route with a name in it takes one id, and hands it over', () => {
  assert.deepEqual(matchRoute(ROUTES, '/sessions/ses_A-1'), { title: 'Feedback', params: { id: 'ses_A-1' } });
  assert.deepEqual(matchRoute(ROUTES, '/sessions'), { title: 'History', params: {} });
  for (const path of ['/sessions/', '/sessions/a/b', '/sessions/a.b', '/sessions/%2e%2e', '/sessions/:id', '/session/a']) {
    assert.equal(matchRoute(ROUTES, path), null, path);
  }
  const link = { href: 'https://vocahire.example/sessions/ses_1', target: '', download: '' };
  assert.equal(insideLink(ROUTES, link, 'https://vocahire.example'), '/sessions/ses_1');
});

test('times and lengths', () => {
  assert.deepEqual([0, 999, 7000, 760_000, 3_723_000, -5].map(offsetText), ['0:00', '0:00', '0:07', '12:40', '1:02:03', '0:00']);
  assert.deepEqual([0, 54, 60, 1134, 1800].map(lengthText), ['0 s', '54 s', '1 min', '18 min 54 s', '30 min']);
  assert.equal(keptUntil('2026-11-19T18:00:00.000Z', 365), '2027-11-19T18:00:00.000Z');
});

test('what it cost: an amount, nothing, or not known yet, which is not nothing', () => {
  assert.deepEqual(['0.63', '0.00', null].map(chargeText), ['0.63 VocahireCredits', 'nothing charged', 'being settled']);
});

test('each ending has its words, and one that nobody knows too', () => {
  const endings = ['no_media_path', 'no_output', 'never_spoke', 'ended_early', 'ended_by_user', 'connection_lost', 'provider_fault',
    'our_fault', 'ran_its_time', 'cost_ceiling', 'paid_ahead'];
  assert.equal(new Set(endings.map(endingText)).size, endings.length);
  for (const ending of [...endings, 'constructor', null]) assert.match(endingText(ending), /^[A-Z][^_]*\.$/);
});

test('whatever a reader must know about a line is told', () => {
  const marks = (more) => marksOf({ mark: 'final', typed: false, source: 'sideband', ...more });
  assert.deepEqual(marks({}), []);
  for (const [more, words] of [[{ mark: 'interrupted' }, /interrupted/], [{ mark: 'failed' }, /could not be transcribed/],
    [{ mark: 'partial' }, /unfinished/], [{ mark: 'withdrawn' }, /^This question was stopped: nobody has to answer it\.$/],
    [{ typed: true }, /typed/], [{ source: 'relay' }, /your browser/]]) {
    assert.equal(marks(more).length, 1);
    assert.match(marks(more)[0], words);
  }
  assert.equal(marks({ mark: 'interrupted', source: 'relay' }).length, 2);
});

test('a line without words is not shown, unless they could not be made out or were not to be said', () => {
  const lines = [{ text: ' ', mark: 'partial' }, { text: '', mark: 'failed' }, { text: 'Yes.', mark: 'interrupted' },
    { text: '', mark: 'withdrawn' }];
  assert.deepEqual(readable(lines).map(({ mark }) => mark), ['failed', 'interrupted', 'withdrawn']);
});

const line = (speaker, atMs, endMs, more) => ({ speaker, atMs, endMs, text: '', typed: false, ...more });

test('who was heard when: spoken words take their time, until the next line; typed ones are not heard', () => {
  const cues = cuesOf([
    line('interviewer', 0, 1000, { text: 'x'.repeat(100) }),
    line('person', 4000, 9000),
    line('person', 9500, 9500, { text: 'typed', typed: true }),
    line('interviewer', 10_000, 10_500, { text: 'x'.repeat(20) }),
  ]);
  assert.deepEqual(cues, [{ speaker: 'interviewer', from: 0, to: 4 }, { speaker: 'person', from: 4, to: 9 },
    { speaker: 'interviewer', from: 10, to: 11.3 }]);
  assert.equal(lastOf(cues), 11.3);
  assert.equal(spokenSeconds(cues, 'person'), 5);
  assert.ok(Math.abs(spokenSeconds(cues, 'interviewer') - 5.3) < 1e-9);
});

test('the line of a voice is flat where it is silent, and never higher than its height', () => {
  const cues = [{ speaker: 'person', from: 2, to: 5 }, { speaker: 'interviewer', from: 5, to: 10 }];
  assert.deepEqual(spokenShares(cues, 'person', 5), [0, 1, 0.5, 0, 0]);
  assert.deepEqual(spokenShares(cues, 'interviewer', 5), [0, 0, 0.5, 1, 1]);
  const levels = voiceLevels(cues, 'person', 40);
  assert.equal(levels.length, 42);
  assert.ok(levels.every((level) => level >= 0 && level <= 1) && levels.slice(22).every((level) => level === 0));
  assert.ok(levels.slice(10, 19).every((level) => level > 0));
  assert.deepEqual(spokenShares([], 'person', 3), [0, 0, 0]);
  assert.equal(lastOf([]), 0);
});

test('a gap says what it was and how long, and stands before what was said after it', () => {
  const gap = (kind, atMs, endMs) => ({ kind, atMs, endMs });
  assert.equal(gapText(gap('away', 5000, 45_000)), 'The connection was away for 40 seconds; your time stood still.');
  assert.equal(gapText(gap('unheard', 0, 12_000)), 'Nobody wrote down what was said for 12 seconds.');
  assert.equal(gapText(gap('pause', 0, 60_000)), 'Pause of 1 minute.');
  assert.equal(gapText(gap('pause', 0, 121_400)), 'Pause of 2 minutes 1 second.');
  assert.equal(gapText(gap('away', 7, 9)), 'The connection was away for 1 second; your time stood still.');
  const lines = [{ atMs: 0 }, { atMs: 10_000 }, { atMs: 20_000 }];
  const gaps = [gap('pause', 25_000, 30_000), gap('away', 8000, 10_000), gap('unheard', 9000, 10_000)];
  const order = withGaps(lines, gaps).map(({ line, gap: one }) => line?.atMs ?? one.kind);
  assert.deepEqual(order, [0, 'away', 'unheard', 10_000, 20_000, 'pause']);
  assert.deepEqual(withGaps([], []), []);
});

test('a transcript is read to its last page, with its gaps, if it has any', async () => {
  const pages = [{ lines: [1, 2], gaps: ['a'], next: 1 }, { lines: [3], gaps: ['a'], next: null }];
  const asked = [];
  const get = async (path) => {
    asked.push(path);
    return pages.shift();
  };
  assert.deepEqual(await readTranscript({ get }, 'ses_1'), { lines: [1, 2, 3], gaps: ['a'] });
  assert.deepEqual(asked.map((path) => path.split('?')[1]), ['format=json&limit=200', 'format=json&limit=200&after=1']);
  assert.deepEqual(await readTranscript({ get: async () => ({ lines: [], next: null }) }, 'x'), { lines: [], gaps: [] });
});
