// The official SDK believes the simulated Clerk, and the simulated Clerk refuses what the real one refuses.

import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';

import { createClerkClient, verifyToken } from '@clerk/backend';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';

import { backend, post, simulator, WORKER_URL } from './harness.mjs';

const sim = await simulator();
const { CLERK_SECRET_KEY: secretKey } = sim.workerVars();
// The SDK wants a dot in the key's host, which localhost has not; it does not call that host here.
const publishableKey = `pk_test_${Buffer.from('clerk.example.test$').toString('base64')}`;
const options = { secretKey, apiUrl: sim.url, authorizedParties: [WORKER_URL], skipJwksCache: true };

async function signIn(body) {
  const answer = await post(sim, '/__sim/sign-in', body);
  assert.equal(answer.status, 200, answer.body.error);
  return answer.body.token;
}

// Without `telemetry` the SDK would report to its makers.
const client = (key) => createClerkClient({ secretKey: key, publishableKey, apiUrl: sim.url, telemetry: { disabled: true } });

function authenticate(token) {
  const request = new Request(`${WORKER_URL}/api/user`, { headers: { authorization: `Bearer ${token}` } });
  return client(secretKey).authenticateRequest(request, { authorizedParties: [WORKER_URL], skipJwksCache: true });
}

test('the SDK verifies a token of either version', async () => {
  for (const version of [1, 2]) {
    const claims = await verifyToken(await signIn({ userId: 'user_alice', version }), options);
    assert.equal(claims.sub, 'user_alice');
    assert.equal(claims.iss, sim.url);
    assert.equal(claims.v, version === 2 ? 2 : undefined);
  }
});

test('the SDK verifies a token by the PEM key alone', async () => {
  const token = await signIn({ userId: 'user_alice' });
  assert.equal((await verifyToken(token, { jwtKey: sim.clerk.key().pem })).sub, 'user_alice');
});

test('the SDK authenticates a request and sees the organization', async () => {
  for (const version of [1, 2]) {
    const state = await authenticate(await signIn({ userId: 'user_bob', orgId: 'org_acme', orgRole: 'org:admin', version }));
    assert.equal(state.isAuthenticated, true, state.message);
    const { userId, orgId, orgRole, orgSlug } = state.toAuth();
    assert.deepEqual({ userId, orgId, orgRole, orgSlug }, { userId: 'user_bob', orgId: 'org_acme', orgRole: 'org:admin', orgSlug: 'acme' });
  }
});

test('the SDK refuses a token past its time', async () => {
  const token = await signIn({ userId: 'user_alice', ttlSeconds: -30 });
  await assert.rejects(verifyToken(token, options), { reason: 'token-expired' });
  assert.equal((await authenticate(token)).isAuthenticated, false);
});

test('the SDK reads a person', async () => {
  const { users } = client(secretKey);
  const alice = await users.getUser('user_alice');
  assert.equal(alice.fullName, 'Alice Example');
  assert.equal(alice.primaryEmailAddress.emailAddress, 'alice@example.test');
  await assert.rejects(users.getUser('user_nobody'), { status: 404 });
  await assert.rejects(client('sk_test_other').users.getUser('user_alice'), { status: 401 });
});

test('a token has the form of a session token', async () => {
  const token = await signIn({ userId: 'user_carol', name: 'Carol Jones', email: 'carol@example.test' });
  assert.deepEqual(decodeProtectedHeader(token), { alg: 'RS256', cat: 'cl_B7d4PD111AAA', kid: sim.clerk.key().kid, typ: 'JWT' });
  const { exp, iat, sts, v, azp, sid, fva } = decodeJwt(token);
  assert.deepEqual({ life: exp - iat, sts, v, azp, fva }, { life: 60, sts: 'active', v: 2, azp: WORKER_URL, fva: [0, -1] });
  assert.match(sid, /^sess_/);
  const carol = await (await backend(sim, '/v1/users/user_carol')).json();
  assert.deepEqual([carol.first_name, carol.last_name, carol.email_addresses[0].email_address], ['Carol', 'Jones', 'carol@example.test']);
});

test('claims and header are overridden, null takes away', async () => {
  const claims = { azp: 'http://elsewhere.test', sid: null };
  const token = await signIn({ userId: 'user_alice', claims, header: { cat: null, typ: 'JWS' } });
  assert.equal(decodeJwt(token).azp, 'http://elsewhere.test');
  assert.equal('sid' in decodeJwt(token), false);
  assert.deepEqual(decodeProtectedHeader(token), { alg: 'RS256', kid: sim.clerk.key().kid, typ: 'JWS' });
});

test('rotation replaces the key, or lists both', async () => {
  const old = await signIn({ userId: 'user_alice' });
  await post(sim, '/__sim/rotate', { service: 'clerk', keepOld: true });
  const both = createRemoteJWKSet(new URL('/.well-known/jwks.json', sim.url));
  await jwtVerify(old, both);
  await jwtVerify(await signIn({ userId: 'user_alice' }), both);
  await post(sim, '/__sim/rotate', { service: 'clerk' });
  const { keys } = await (await backend(sim, '/v1/jwks')).json();
  assert.deepEqual(keys.map(({ kid }) => kid), [sim.clerk.key().kid]);
  // The SDK remembers keys by address for five minutes; another spelling of the address knows none yet.
  await assert.rejects(verifyToken(old, { ...options, apiUrl: `http://127.0.0.1:${sim.port}` }), { reason: 'jwk-kid-mismatch' });
});

test('reset keeps the signing key and forgets people', async () => {
  const { kid } = sim.clerk.key();
  await signIn({ userId: 'user_carol' });
  await post(sim, '/__sim/reset', {});
  assert.equal(sim.clerk.key().kid, kid);
  assert.equal((await backend(sim, '/v1/users/user_carol')).status, 404);
});

test('the Backend API refuses in Clerk\'s shape', async () => {
  for (const [authorization, code] of [
    ['', 'authorization_header_format_invalid'],
    ['Bearer nonsense', 'authorization_header_format_invalid'],
    ['Bearer sk_live_other', 'clerk_key_invalid'],
  ]) {
    for (const path of ['/v1/users/user_alice', '/v1/jwks']) {
      const response = await backend(sim, path, { authorization });
      const { errors, clerk_trace_id: trace } = await response.json();
      assert.deepEqual([response.status, errors[0].code], [401, code]);
      assert.equal(typeof errors[0].long_message, 'string');
      assert.equal(typeof trace, 'string');
    }
  }
});

test('the Backend API refuses a caller without a User-Agent', async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer sk_test_simulated' };
    const call = httpRequest(`${sim.url}/v1/users/user_alice`, { headers }, (response) => resolve(response.resume().statusCode));
    call.on('error', reject).end();
  });
  assert.equal(status, 400);
});
