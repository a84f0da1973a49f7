// Clerk's signing keys and session tokens: RS256, claims of version 2 (or 1), 60 seconds.

import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const SESSION_CLASS = 'cl_B7d4PD111AAA';
const LIFETIME_SECONDS = 60;

/** A signing key with its public face as JWK and PEM. */
export function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = `ins_${randomBytes(12).toString('hex')}`;
  const jwk = { use: 'sig', kty: 'RSA', kid, alg: 'RS256', ...publicKey.export({ format: 'jwk' }) };
  return { kid, privateKey, jwk, pem: publicKey.export({ type: 'spki', format: 'pem' }) };
}

/** Signs header and claims as they are: the way to make a bad token, too. */
export function signToken(key, header, claims) {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key.privateKey, 'base64url')}`;
}

/** A session token. `claims` and `header` override field by field; null takes a field away. */
export function sessionToken(key, { userId, sessionId, iss, azp, org, ttlSeconds = LIFETIME_SECONDS, version = 2, claims, header }) {
  const now = Math.floor(Date.now() / 1000);
  const common = { azp, exp: now + ttlSeconds, fva: [0, -1], iat: now, iss, nbf: now - 10, sid: sessionId, sub: userId };
  const own = version === 1 ? orgV1(org) : { jti: randomBytes(10).toString('hex'), sts: 'active', v: 2, ...orgV2(org) };
  return signToken(
    key,
    override({ alg: 'RS256', cat: SESSION_CLASS, kid: key.kid, typ: 'JWT' }, header),
    override({ ...common, ...own }, claims),
  );
}

function orgV2(org) {
  return org && { o: { id: org.id, slg: org.slug, rol: org.role, per: '', fpm: '' } };
}

function orgV1(org) {
  return org && { org_id: org.id, org_slug: org.slug, org_role: `org:${org.role}`, org_permissions: [] };
}

function override(fields, changes = {}) {
  return Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== null));
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
