// Some hundred tokens, each sent to the real runtime and judged by Clerk's own SDK: what we take, Clerk takes;
// where we refuse what Clerk takes, the row says why.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { verifyToken } from '@clerk/backend';

import { house, until } from './harness.mjs';
import { PARTIES, timeRows, tokenMint, tokenRows } from './token-rows.mjs';

const { sim, worker } = await house({ CLERK_AUTHORIZED_PARTIES: PARTIES.join(', ') });
const { CLERK_SECRET_KEY: secretKey } = sim.workerVars();
const counts = { accepted: 0, 'refused by both': 0, 'refused by us alone': 0 };

after(() => console.log(Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ')));

async function ours(token) {
  const answer = await worker.call('/api/user', { token });
  if (answer.status === 200) return 'ok';
  assert.equal(answer.status, 401, answer.text);
  return answer.code;
}

/** Clerk's SDK with our settings, and the issuer, which it leaves to its user. */
async function clerks(token) {
  try {
    const claims = await verifyToken(token, { secretKey, apiUrl: sim.url, authorizedParties: PARTIES });
    return claims.iss === sim.url ? 'ok' : 'refused';
  } catch {
    return 'refused';
  }
}

async function judge([name, making, expected, stricter]) {
  const token = await making;
  return { name, expected, stricter, our: await ours(token), clerk: await clerks(token) };
}

function compare({ name, expected, stricter, our, clerk }) {
  assert.equal(our, expected, name);
  const wanted = expected === 'ok' || stricter ? 'ok' : 'refused';
  assert.equal(clerk, wanted, `${name}: Clerk's SDK`);
  counts[expected === 'ok' ? 'accepted' : stricter ? 'refused by us alone' : 'refused by both'] += 1;
}

for (const row of await tokenRows(sim)) test(`token: ${row[0]}`, async () => compare(await judge(row)));

test('tokens to the second', async () => {
  const mint = await tokenMint(sim);
  const second = () => Math.floor(Date.now() / 1000);
  const inOneSecond = async () => {
    await until(() => Date.now() % 1000 < 50, 'the start of a second');
    const now = second();
    const verdicts = await Promise.all(timeRows(mint, now).map(judge));
    return second() === now && verdicts;
  };
  for (const verdict of await until(inOneSecond, 'all rows within one second', 30_000)) compare(verdict);
});

test('no token is told apart from a bad one', async () => {
  const none = await worker.call('/api/user');
  assert.deepEqual([none.status, none.code], [401, 'no_token']);
  for (const authorization of ['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Token abc', 'null']) {
    const answer = await worker.call('/api/user', { headers: { authorization } });
    assert.equal(answer.status, 401, authorization);
    assert.match(answer.code, /^(no|bad)_token$/, authorization);
  }
});

test('a token anywhere else is not looked at', async () => {
  const token = sim.signIn({ userId: 'user_alice' }).token;
  const places = [
    ['/api/user', { cookie: `__session=${token}` }],
    [`/api/user?token=${token}`, {}],
    ['/api/user', { 'x-authorization': `Bearer ${token}` }],
  ];
  for (const [path, headers] of places) {
    const answer = await worker.call(path, { headers });
    assert.deepEqual([answer.status, answer.code], [401, 'no_token'], path);
  }
});

test('every refusal of a bad token reads the same', async () => {
  const refused = (await tokenRows(sim)).filter(([, , expected]) => expected === 'bad_token');
  const covered = refused.map(([name]) => name);
  const kinds = ['kid unknown', 'another issuer', 'another party', 'pending', 'subject empty', 'signature broken'];
  for (const kind of kinds) assert.ok(covered.includes(kind), kind);
  const own = ['x-request-id', 'server-timing'];
  const answers = new Set();
  for (const [, token] of refused) {
    const { status, headers, body } = await worker.call('/api/user', { token: await token });
    const alike = [...headers].filter(([name]) => !own.includes(name));
    answers.add(JSON.stringify([status, alike, { ...body, requestId: '' }]));
  }
  assert.equal(answers.size, 1, [...answers].join('\n'));
});
