// The ledger catches what does not fit.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { joined, shown } from './ledger.mjs';

const OWNER = 'user_true';
const SESSION = 'ses_1';
const ACCOUNTS = { user: 0, held: 0, earned: 0, granted: 0, bought: 0, refunded: 0, owed: 0 };

function entry(seq, kind, moved, after, more) {
  const [user_after, held_after] = after;
  const base = { ...ACCOUNTS, seq, at: seq, kind, key: `key-${seq}`, reference: null, hash: `h${seq}` };
  return { ...base, user_after, held_after, owed_after: 0, ...moved, ...more };
}

/** Somebody who bought a pack, talked for a tenth of what was held, and told what only their browser heard. */
function world() {
  const entries = [
    entry(1, 'welcome', { user: 3000, granted: -3000 }, [3000, 0]),
    entry(2, 'purchase', { user: 3000, bought: -3000 }, [6000, 0]),
    entry(3, 'hold', { user: -1000, held: 1000 }, [5000, 1000], { reference: SESSION }),
    entry(4, 'interview', { user: 900, held: -1000, earned: 100 }, [5900, 0], { reference: SESSION }),
  ];
  const ended = { ending: 'ended_by_user', charged: '0.10' };
  const op = (kind, more) => ({ kind, person: OWNER, session: SESSION, end: 'done', ...more });
  return {
    entries,
    copy: structuredClone(entries),
    wallet: { seq: 4, user: 5900, held: 0, owed: 0 },
    holds: [{ session: SESSION, state: 'posted', amount: 1000 }],
    rows: [{ id: SESSION, person: OWNER, ending: 'ended_by_user', charged: 100 }],
    lines: [['item_1', 'Only I heard it.', 'relay'], ['item_2', 'Here.', 'sideband']]
      .map(([item, text, source]) => ({ session: SESSION, item, text, source })),
    calls: [{ id: 'rtc_1', state: 'ended', offers: [], events: [{}] }],
    visits: [{ id: 'cs_1', client_reference_id: OWNER, payment_status: 'paid' }],
    told: [
      op('start'), op('exchange'), op('relay', { item: 'item_1', text: 'Only I heard it.', asked: true }), op('end', { ended }),
      op('read', { end: 'refused', code: 'provider_busy' }),
    ],
    heard: ['Here.'],
    money: '5.90',
  };
}

function join({ entries, copy, wallet, holds, rows, lines, calls, visits, told, heard, money }) {
  const house = {
    sim: { openaiCalls: () => calls, stripe: { all: () => visits } },
    proxies: {},
    call: async () => ({ body: { credits: money, held: '0.00' } }),
    drive: async () => [1],
    rows: async (_, sql) => (sql.includes('from holds') ? holds : entries),
    async d1(sql) {
      if (sql.includes('from transcript_lines')) return lines;
      if (sql.includes('from sessions')) return rows;
      return sql.includes('from entries') ? copy : [wallet];
    },
  };
  const who = { id: OWNER, interviews: [] };
  who.interviews.push({ id: SESSION, held: '1.00', job: 'Baker', who, heard, calls: () => calls });
  return joined({ house, told: { entries: told }, people: { people: [who] } });
}

test('where all is well nothing is lost', async () => {
  const sum = await join(world());
  assert.deepEqual(sum, { tried: 5, done: 4, refused: 1, unknown: 0, lost: [], interviews: 1, calls: 1 });
  assert.match(shown(sum), /^tried 5, survived 5 \(4 done, 1 refused with a code, 0 cut off by a restart or their page\), lost 0;/);
});

test('a call whose name reached nobody is lost only where its offer was answered', async () => {
  const one = world();
  one.calls.push({ id: 'rtc_2', state: 'connecting', offers: [], events: [] });
  one.told.push({ kind: 'exchange', person: OWNER, session: SESSION, end: 'refused', code: 'provider_timeout' });
  assert.deepEqual((await join(one)).lost, []);
  one.calls.push({ id: 'rtc_3', state: 'connecting', offers: [], events: [] });
  assert.deepEqual((await join(one)).lost.map(({ what }) => what), ['a call that was answered, and nobody hung it up']);
});

const LOSSES = {
  'an operation without an end': [({ told }) => { Object.assign(told[4], { end: 'lost', why: 'no answer' }); }, 'no answer'],
  'a hold that is open': [({ holds }) => { holds[0].state = 'begun'; }, 'a hold that is still open'],
  'a hold that ended twice': [({ entries }) => { entries[0].kind = 'void'; entries[0].reference = SESSION; }, 'a hold with 2 ends'],
  'a charge that D1 does not know': [({ rows }) => rows.pop(), 'charged, and D1 does not know the interview'],
  'a charge that is another in D1': [({ rows }) => { rows[0].charged = 200; }, 'D1 and the book differ on the charge'],
  'credits from nowhere': [({ entries }) => { entries[3].earned = 0; }, /^the book: /],
  'a copy that lags behind': [({ copy }) => copy.pop(), /^the book: /],
  'somebody who paid and has nothing': [({ visits }) => visits.push({ ...visits[0], id: 'cs_2' }), '2 paid, 1 in the book'],
  'a start that is not in the book': [({ holds }) => { holds[0].session = 'ses_2'; }, 'a start that was acknowledged is not in the book'],
  'money that they are not told': [(one) => { one.money = '6.00'; }, /^the book: what they are told/],
  'a hold of another amount': [({ holds }) => { holds[0].amount = 500; }, 'told that 1.00 is held'],
  'another ending than was told': [({ rows }) => { rows[0].ending = 'our_fault'; }, 'told ended_by_user, kept our_fault'],
  'another charge than was told': [({ told }) => { told[3].ended.charged = '0.00'; }, 'told another charge'],
  'a charge for an interviewer who said nothing': [({ rows }) => { rows[0].ending = 'no_output'; }, 'charged for no_output'],
  'a charge without an answer to any offer': [({ told }) => { told[1].end = 'refused'; }, 'charged for a call that nobody was told of'],
  'a charge without a word in the call': [({ calls }) => { calls[0].events = []; }, 'charged for a call in which nothing happened'],
  'a line that was taken and is gone': [({ lines }) => lines.shift(), 'a line that was acknowledged is gone'],
  'a line that is there twice': [({ lines }) => lines.push(lines[0]), 'a line twice'],
  'a line that was shown and is gone': [({ lines }) => lines.pop(), 'a line that was shown is gone, or twice'],
  'a call that goes on': [({ calls }) => { calls[0].state = 'live'; }, 'a call that goes on'],
  'a call that nobody hung up': [({ calls }) => { calls[0].state = 'connecting'; }, 'a call that was answered, and nobody hung it up'],
};

for (const [name, [happen, what]] of Object.entries(LOSSES)) {
  test(`${name} is lost, and shown in full`, async () => {
    const one = world();
    happen(one);
    const { lost, ...sum } = await join(one);
    const found = lost.find((loss) => (typeof what === 'string' ? loss.what === what : what.test(loss.what)));
    assert.ok(found, JSON.stringify(lost.map((loss) => loss.what)));
    assert.ok(shown({ ...sum, lost }).includes(found.what));
  });
}
