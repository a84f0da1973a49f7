// Clerk's signing keys: rotation under load, forged key ids, Clerk down, key sets that are none.
// The valid token of a person who is no admin gets 403 at the admin's route, everything else 401: a check without side
// effects.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { verifyToken } from '@clerk/backend';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import { simulator, startWorker, until } from './harness.mjs';
import { tokenMint } from './token-rows.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FORGED = Number(process.env.FORGED_KEY_IDS ?? 2000);
const sim = await simulator();

beforeEach(() => sim.reset());

/** A token that stays good while the clock is put ahead. */
const longToken = () => sim.signIn({ userId: 'user_alice', ttlSeconds: 3 * 24 * 3600 }).token;
const asked = () => sim.log('clerk').filter(({ op }) => op === 'jwks').length;
const check = async (worker, token) => {
  const { status, code } = await worker.call('/api/sentry-example-api', { token });
  return `${status} ${code}`;
};
const GOOD = '403 forbidden';
const BAD = '401 bad_token';

async function checkAll(worker, tokens) {
  return [...new Set(await Promise.all(tokens.map((token) => check(worker, token))))].sort();
}

test('a hundred first requests ask for the keys once', async () => {
  const worker = await startWorker(sim);
  assert.deepEqual(await checkAll(worker, Array.from({ length: 100 }, longToken)), [GOOD]);
  assert.equal(asked(), 1);
});

test('a rotation under load refuses nobody and asks once', async () => {
  const worker = await startWorker(sim);
  const old = longToken();
  assert.equal(await check(worker, old), GOOD);
  await worker.clock(31_000);
  sim.rotate({ service: 'clerk', keepOld: true });
  const tokens = Array.from({ length: 60 }, (_, i) => (i % 2 ? old : longToken()));
  assert.deepEqual(await checkAll(worker, tokens), [GOOD]);
  assert.equal(asked(), 2);
});

test('a key that left the set is refused', async () => {
  const worker = await startWorker(sim);
  const old = longToken();
  assert.equal(await check(worker, old), GOOD);
  await worker.clock(31_000);
  sim.rotate({ service: 'clerk' });
  assert.equal(await check(worker, longToken()), GOOD);
  assert.equal(await check(worker, old), BAD);
  assert.equal(asked(), 2);
});

test('a key that left the set is refused after its ten minutes, unknown ids or not', async () => {
  const worker = await startWorker(sim);
  const old = longToken();
  assert.equal(await check(worker, old), GOOD);
  sim.rotate({ service: 'clerk' });
  await worker.clock(9 * MINUTE);
  assert.equal(await check(worker, old), GOOD);
  await worker.clock(10 * MINUTE + 1000);
  assert.equal(await check(worker, old), BAD);
});

test('forged key ids ask at most once in thirty seconds', async () => {
  const worker = await startWorker(sim);
  const { claims, header, encode } = await tokenMint(sim);
  assert.equal(await check(worker, longToken()), GOOD);
  const payload = encode(claims({ exp: Math.floor(Date.now() / 1000) + 3600 }));
  const signature = 'A'.repeat(342);
  const started = Date.now();
  let next = 0;
  const sender = async () => {
    while (next < FORGED) {
      const token = `${encode(header({ kid: `ins_${next++}` }))}.${payload}.${signature}`;
      const response = await worker.raw('/api/sentry-example-api', { headers: { authorization: `Bearer ${token}` } });
      assert.equal(response.status, 401);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 32 }, sender));
  assert.ok(asked() <= 1 + Math.ceil((Date.now() - started) / 30_000), `${asked()} asks`);
  assert.equal(await check(worker, longToken()), GOOD);
});

test('a token without a key id asks nothing', async () => {
  const worker = await startWorker(sim);
  const { mint } = await tokenMint(sim);
  for (const kid of [undefined, '']) assert.equal(await check(worker, await mint({ header: { kid } })), BAD);
  assert.equal(await check(worker, 'nonsense'), BAD);
  assert.equal(asked(), 0);
});

test('while Clerk is down known keys go on for a day', async () => {
  const worker = await startWorker(sim);
  const token = longToken();
  assert.equal(await check(worker, token), GOOD);
  sim.fault({ service: 'clerk', op: 'jwks', drop: true, times: 1000 });
  for (const ahead of [11 * MINUTE, HOUR, 23 * HOUR]) {
    await worker.clock(ahead);
    assert.deepEqual(await checkAll(worker, Array(5).fill(token)), [GOOD], `${ahead} ms later`);
  }
  await worker.clock(25 * HOUR);
  assert.equal(await check(worker, token), '502 provider_error');
  sim.reset();
  await worker.clock(25 * HOUR + 31_000);
  assert.equal(await check(worker, token), GOOD);
});

test('with no keys and Clerk down forged ids ask once in thirty seconds', async () => {
  const worker = await startWorker(sim);
  const { claims, header, encode } = await tokenMint(sim);
  const payload = encode(claims({ exp: Math.floor(Date.now() / 1000) + 3600 }));
  const rest = `${payload}.${'A'.repeat(342)}`;
  const forged = Array.from({ length: 500 }, (_, i) => `${encode(header({ kid: `ins_${i}` }))}.${rest}`);
  sim.fault({ service: 'clerk', op: 'jwks', status: 500, times: 1000 });
  const started = Date.now();
  for (const ahead of [0, 31_000]) {
    await worker.clock(ahead);
    for (const verdict of await checkAll(worker, forged)) assert.match(verdict, /^50[23] provider_/);
    const most = 1 + Math.floor((ahead + Date.now() - started) / 30_000);
    assert.ok(asked() >= (ahead ? 2 : 1) && asked() <= most, `${asked()} asks, ${most} at most`);
  }
});

test('while the first ask hangs all end in time, and nobody asks beside it', async () => {
  const worker = await startWorker(sim);
  sim.fault({ service: 'clerk', op: 'jwks', hang: true, times: 1000 });
  const started = performance.now();
  const verdicts = await checkAll(worker, Array.from({ length: 50 }, longToken));
  assert.ok(performance.now() - started < 8000, `${performance.now() - started} ms`);
  for (const verdict of verdicts) assert.match(verdict, /^(503 provider_busy|504 provider_timeout)$/);
  assert.equal(asked(), 1);
});

test('a new key that cannot be fetched just now is no bad token', async () => {
  const worker = await startWorker(sim);
  const old = longToken();
  assert.equal(await check(worker, old), GOOD);
  await worker.clock(31_000);
  sim.rotate({ service: 'clerk' });
  sim.fault({ service: 'clerk', op: 'jwks', drop: true, times: 1000 });
  const fresh = longToken();
  assert.match(await check(worker, fresh), /^50[23] provider_/);
  assert.match(await check(worker, fresh), /^50[23] provider_/);
  assert.equal(await check(worker, old), GOOD);
  assert.equal(asked(), 2);
});

test('a key made within thirty seconds of an ask is known when they are over', async () => {
  const worker = await startWorker(sim);
  assert.equal(await check(worker, longToken()), GOOD);
  sim.rotate({ service: 'clerk', keepOld: true });
  const fresh = longToken();
  assert.equal(await check(worker, fresh), BAD);
  await worker.clock(31_000);
  assert.equal(await check(worker, fresh), GOOD);
  assert.equal(asked(), 2);
});

test('a sound key set beyond all measure is not read', async () => {
  const worker = await startWorker(sim);
  sim.fault({ service: 'clerk', op: 'jwks', body: { ...sim.clerk.keySet(), padding: 'x'.repeat(100_000) } });
  assert.equal(await check(worker, longToken()), '502 provider_error');
});

test('a key set that is none is the provider\'s fault, and the next one is taken', async () => {
  const worker = await startWorker(sim);
  const token = longToken();
  const junk = { keys: [{ kid: 'x'.repeat(2_000_000) }] };
  const faults = [
    { body: '<html>We are down</html>' }, { status: 500 }, { status: 404, body: {} }, { status: 204, body: '' },
    { body: {} }, { body: { keys: 'none' } }, { body: junk },
    { body: { keys: [] } }, { body: { keys: [null, 'text'] } }, { drop: true }, { location: `${sim.url}/v1/jwks?followed` },
  ];
  for (const [i, fault] of faults.entries()) {
    await worker.clock((i + 1) * 31_000);
    sim.fault({ service: 'clerk', op: 'jwks', ...fault });
    assert.equal(await check(worker, token), '502 provider_error', JSON.stringify(fault).slice(0, 80));
  }
  assert.ok(!sim.log().some(({ path }) => path.includes('followed')), 'a redirect was followed');
  await worker.clock(HOUR);
  assert.equal(await check(worker, token), GOOD);
});

test('a key set that hangs, trickles or breaks off ends in time', async () => {
  const verdict = async (fault) => {
    const own = await simulator();
    const worker = await startWorker(own);
    const { token } = own.signIn({ userId: 'user_alice' });
    own.fault({ service: 'clerk', op: 'jwks', ...fault });
    const started = performance.now();
    const answer = await check(worker, token);
    assert.ok(performance.now() - started < 10_000, JSON.stringify(fault));
    return answer;
  };
  const verdicts = await Promise.all([{ hang: true }, { trickle: 100 }, { halfClose: true }].map(verdict));
  assert.deepEqual(verdicts.slice(0, 2), ['504 provider_timeout', '504 provider_timeout']);
  // The runtime may notice the break, or wait for the rest.
  assert.match(verdicts[2], /^50[24] provider_/);
});

test('a caller who leaves while the keys are asked for holds nobody up', async () => {
  const worker = await startWorker(sim);
  const authorization = `Bearer ${longToken()}`;
  sim.fault({ service: 'clerk', op: 'jwks', latencyMs: 3000 });
  const leaving = new AbortController();
  const gone = worker.raw('/api/sentry-example-api', { headers: { authorization }, signal: leaving.signal });
  await until(() => asked() === 1, 'the first ask');
  leaving.abort();
  await assert.rejects(gone, { name: 'AbortError' });
  assert.deepEqual(await checkAll(worker, Array.from({ length: 5 }, longToken)), [GOOD]);
});

test('within a key set only sound RSA keys count', async () => {
  const worker = await startWorker(sim);
  const { mint, jwk } = await tokenMint(sim);
  const elliptic = await generateKeyPair('ES256', { extractable: true });
  const secret = Buffer.alloc(32, 7);
  const keys = [
    { kty: 'oct', kid: 'symmetric', alg: 'HS256', k: secret.toString('base64url') },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'elliptic', alg: 'ES256' },
    { ...jwk, kid: 'for-encryption', use: 'enc' },
    { kty: 'RSA', kid: 'broken', alg: 'RS256', n: '!!!', e: 'AQAB' },
    { kty: 'RSA', kid: 'without an id or modulus' }, { kty: 'RSA', alg: 'RS256', n: jwk.n, e: jwk.e },
    jwk,
  ];
  sim.fault({ service: 'clerk', op: 'jwks', body: { keys } });
  assert.equal(await check(worker, await mint()), GOOD);
  const by = (alg, kid, key) => new SignJWT({ sub: 'user_alice' }).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key);
  assert.equal(await check(worker, await by('HS256', 'symmetric', secret)), BAD);
  assert.equal(await check(worker, await by('ES256', 'elliptic', elliptic.privateKey)), BAD);
  for (const kid of ['for-encryption', 'broken']) assert.equal(await check(worker, await mint({ header: { kid } })), BAD, kid);
  assert.equal(asked(), 1);
});

test('with the PEM key the key set is never asked for', async () => {
  const { pem: jwtKey } = sim.clerk.key();
  const worker = await startWorker(sim, { CLERK_JWT_KEY: jwtKey });
  const { mint } = await tokenMint(sim);
  for (const header of [{}, { kid: undefined }, { kid: 'another' }]) {
    const token = await mint({ header });
    assert.equal(await check(worker, token), GOOD);
    await verifyToken(token, { jwtKey, authorizedParties: ['http://localhost:8787'] });
  }
  sim.rotate({ service: 'clerk' });
  assert.equal(await check(worker, longToken()), BAD);
  assert.equal(asked(), 0);
});

test('the PEM key may stand on one line, as secrets often do', async () => {
  const { pem } = sim.clerk.key();
  const worker = await startWorker(sim, { CLERK_JWT_KEY: pem.trim().replaceAll('\n', '\\n') });
  assert.equal(await check(worker, longToken()), GOOD);
});
