// What the twins in JavaScript share: the checks of the token, the time limits, the headers.

export const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'content-type': 'application/json',
};
export const WALLET_LIMIT_MS = 3000;
const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const SKEW_MS = 5000;
const FORBIDDEN = ['jwk', 'jku', 'x5u', 'x5c', 'crit'];
const keys = new Map();

export function requestId(request) {
  const given = request.headers.get('x-request-id');
  if (given && /^[A-Za-z0-9_.-]{8,64}$/.test(given)) return given;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `req_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export async function limited(work, ms, code) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(code)), ms); });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function bearer(request) {
  return /^bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
}

export async function verify(token, env, mark) {
  const [header, claims, signature, more] = token.split('.');
  if (!signature || more !== undefined) return null;
  const head = JSON.parse(text(header));
  if (head.alg !== 'RS256' || (head.typ ?? 'JWT') !== 'JWT' || FORBIDDEN.some((name) => name in head)) return null;
  const told = JSON.parse(text(claims));
  if (!sound(told, env, Date.now())) return null;
  const key = keys.get(head.kid) ?? (await learn(env)).get(head.kid);
  mark('CACHE_HIT');
  const signed = new TextEncoder().encode(token.slice(0, header.length + 1 + claims.length));
  return (await crypto.subtle.verify(RS256.name, key, bytes(signature), signed)) ? told : null;
}

function sound({ iss, azp, sts, nbf, iat, exp, sub }, env, now) {
  return iss === env.CLERK_FRONTEND_API_URL && env.CLERK_AUTHORIZED_PARTIES.split(',').includes(azp) &&
    (sts ?? 'active') === 'active' && !(nbf * 1000 > now + SKEW_MS) && !(iat * 1000 > now + SKEW_MS) &&
    exp * 1000 > now - SKEW_MS && /^user_[A-Za-z0-9_-]{1,64}$/.test(sub);
}

async function learn(env) {
  const set = await (await fetch(`${env.CLERK_FRONTEND_API_URL}/.well-known/jwks.json`)).json();
  for (const jwk of set.keys) keys.set(jwk.kid, await crypto.subtle.importKey('jwk', jwk, RS256, false, ['verify']));
  return keys;
}

const bytes = (part) => Uint8Array.fromBase64(part, { alphabet: 'base64url' });
const text = (part) => new TextDecoder().decode(bytes(part));
