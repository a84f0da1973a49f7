// The matrix of tokens. Each row: what it is, the token, our verdict, and where we refuse what Clerk's SDK lets pass, why.

import { createSign } from 'node:crypto';

import { CompactSign, exportJWK, generateKeyPair, generateSecret, SignJWT, UnsecuredJWT } from 'jose';

export const PARTIES = ['http://localhost:8787', 'https://second.example'];
const CLASS = 'cl_B7d4PD111AAA';

/** `mint` makes tokens as Clerk would; each of its arguments overrides, undefined takes away. */
export async function tokenMint(sim) {
  const { privateKey, kid, pem, jwk } = sim.clerk.key();
  const claims = (changes) => {
    const now = Math.floor(Date.now() / 1000);
    const sound = {
      azp: PARTIES[0], exp: now + 60, fva: [0, -1], iat: now, iss: sim.url, nbf: now - 10, jti: 'a1b2c3', sid: 'sess_1', sts: 'active',
      sub: 'user_alice', v: 2,
    };
    return { ...sound, ...changes };
  };
  const header = (changes) => ({ alg: 'RS256', cat: CLASS, kid, typ: 'JWT', ...changes });
  const mint = ({ header: h, claims: c, key = privateKey, crit } = {}) =>
    new SignJWT(claims(c)).setProtectedHeader(header(h)).sign(key, { crit });
  const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const seal = (first, second, algorithm = 'RSA-SHA256') => {
    const input = `${first}.${second}`;
    return `${input}.${createSign(algorithm).update(input).sign(privateKey, 'base64url')}`;
  };
  /** Signed soundly over texts that no JWT library would write. */
  const raw = (h = header(), c = claims()) => seal(encode(h), encode(c));
  return { mint, raw, seal, encode, claims, header, kid, pem, jwk, privateKey };
}

export async function tokenRows(sim) {
  const m = await tokenMint(sim);
  const rows = [accepted(m), await algorithms(m), await embedded(m), await keyIds(m), claimRows(m, sim), classes(m), subjects(m), forms(m)];
  return rows.flat();
}

/** The rows whose verdict hangs on the second: made and judged within second `s`. */
export function timeRows({ mint }, s) {
  const at = (claims) => mint({ claims: { iat: s - 20, nbf: s - 20, exp: s + 60, ...claims } });
  return [
    ['exp four seconds ago', at({ exp: s - 4 }), 'ok'],
    ['exp five seconds ago', at({ exp: s - 5 }), 'token_expired'],
    ['exp an hour ago', at({ exp: s - 3600 }), 'token_expired'],
    ['exp zero', at({ exp: 0 }), 'token_expired'],
    ['nbf in five seconds', at({ nbf: s + 5 }), 'ok'],
    ['nbf in six seconds', at({ nbf: s + 6 }), 'bad_token'],
    ['iat in five seconds', at({ iat: s + 5 }), 'ok'],
    ['iat in six seconds', at({ iat: s + 6 }), 'bad_token'],
    ['past and for another party', at({ exp: s - 60, azp: 'https://evil.example' }), 'bad_token'],
    ['past and of another issuer', at({ exp: s - 60, iss: 'https://evil.example' }), 'bad_token'],
    ['past and pending', at({ exp: s - 60, sts: 'pending' }), 'bad_token'],
    ['past and of another class', mint({ claims: { exp: s - 60 }, header: { cat: 'cl_B7d4PD222AAA' } }), 'bad_token'],
    ['past, its signature broken', at({ exp: s - 60 }).then(brokenSignature), 'bad_token'],
  ];
}

function brokenSignature(token) {
  const [h, c, signature] = token.split('.');
  return [h, c, (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)].join('.');
}

function accepted({ mint, raw, claims, header }) {
  const org = { org_id: 'org_acme', org_slug: 'acme', org_role: 'org:admin', org_permissions: [] };
  return [
    ['version 2', mint(), 'ok'],
    ['version 1', mint({ claims: { v: undefined, sts: undefined, jti: undefined } }), 'ok'],
    ['version 1, said', mint({ claims: { v: 1, sts: undefined } }), 'ok'],
    ['version 2 with an organization', mint({ claims: { o: { id: 'org_acme', slg: 'acme', rol: 'admin', per: 'read', fpm: '1' } } }), 'ok'],
    ['version 1 with an organization', mint({ claims: { v: undefined, ...org } }), 'ok'],
    ['no typ', mint({ header: { typ: undefined } }), 'ok'],
    ['no class', mint({ header: { cat: undefined } }), 'ok'],
    ['an unknown header field', mint({ header: { oiat: 1 } }), 'ok'],
    ['unknown claims', mint({ claims: { pla: 'u:pro', fea: 'u:chat', later: { deep: [1] } } }), 'ok'],
    ['neither nbf nor iat', mint({ claims: { nbf: undefined, iat: undefined } }), 'ok'],
    ['an impersonated session', mint({ claims: { act: { iss: 'https://dashboard.clerk.com', sid: 'sess_2', sub: 'user_admin' } } }), 'ok'],
    ['an audience, none being asked for', mint({ claims: { aud: 'https://api.example' } }), 'ok'],
    ['the second party', mint({ claims: { azp: PARTIES[1] } }), 'ok'],
    ['spaces within the JSON', raw(JSON.stringify(header(), null, 2), JSON.stringify(claims(), null, 2)), 'ok'],
  ];
}

async function algorithms({ mint, seal, encode, claims, header, pem, jwk, kid }) {
  const pair = async (alg) => (await generateKeyPair(alg, { extractable: true })).privateKey;
  const text = (value) => new TextEncoder().encode(value);
  const unsecured = new UnsecuredJWT(claims()).encode();
  const hmac = (key) => mint({ header: { alg: 'HS256' }, key });
  return [
    ['alg none', unsecured, 'bad_token'],
    ['alg none with our kid', `${encode(header({ alg: 'none' }))}.${encode(claims())}.`, 'bad_token'],
    ['alg none with a sound signature', seal(encode(header({ alg: 'none' })), encode(claims())), 'bad_token'],
    ['alg nOnE', `${encode(header({ alg: 'nOnE' }))}.${encode(claims())}.`, 'bad_token'],
    ['HS256 keyed by our PEM', hmac(text(pem)), 'bad_token'],
    ['HS256 keyed by our PEM, trimmed', hmac(text(pem.trim())), 'bad_token'],
    ['HS256 keyed by our JWK', hmac(text(JSON.stringify(jwk))), 'bad_token'],
    ['HS256 keyed by our modulus', hmac(Buffer.from(jwk.n, 'base64url')), 'bad_token'],
    ['HS256 keyed by our kid', hmac(text(kid.padEnd(32, '\0'))), 'bad_token'],
    ['HS512 by some secret', mint({ header: { alg: 'HS512' }, key: await generateSecret('HS512') }), 'bad_token'],
    ['RS384 by our key', seal(encode(header({ alg: 'RS384' })), encode(claims()), 'RSA-SHA384'), 'bad_token'],
    ['RS512 by our key', seal(encode(header({ alg: 'RS512' })), encode(claims()), 'RSA-SHA512'), 'bad_token'],
    ['RS256 said, RS512 done', seal(encode(header()), encode(claims()), 'RSA-SHA512'), 'bad_token'],
    ['PS256', mint({ header: { alg: 'PS256' }, key: await pair('PS256') }), 'bad_token'],
    ['ES256', mint({ header: { alg: 'ES256' }, key: await pair('ES256') }), 'bad_token'],
    ['EdDSA', mint({ header: { alg: 'EdDSA' }, key: await pair('EdDSA') }), 'bad_token'],
    ['alg missing', seal(encode(header({ alg: undefined })), encode(claims())), 'bad_token'],
    ['alg in small letters', seal(encode(header({ alg: 'rs256' })), encode(claims())), 'bad_token'],
    ['alg a list', seal(encode(header({ alg: ['RS256'] })), encode(claims())), 'bad_token'],
  ];
}

async function embedded({ mint, jwk, privateKey, claims, header }) {
  const { privateKey: foreign, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const theirs = { ...(await exportJWK(publicKey)), kid: 'theirs', alg: 'RS256', use: 'sig' };
  const trusts = 'a header that names a key is refused, whoever signed';
  const extended = new CompactSign(new TextEncoder().encode(JSON.stringify(claims())))
    .setProtectedHeader(header({ crit: ['exp'], exp: 1 })).sign(privateKey, { crit: { exp: true } });
  return [
    ['jwk of a stranger', mint({ header: { jwk: theirs }, key: foreign }), 'bad_token'],
    ['jwk and kid of a stranger', mint({ header: { jwk: theirs, kid: 'theirs' }, key: foreign }), 'bad_token'],
    ['jwk, our own', mint({ header: { jwk } }), 'bad_token', trusts],
    ['jku', mint({ header: { jku: 'https://evil.example/jwks.json' } }), 'bad_token', trusts],
    ['jku, a stranger signing', mint({ header: { jku: 'https://evil.example/jwks.json' }, key: foreign }), 'bad_token'],
    ['x5u', mint({ header: { x5u: 'https://evil.example/x.pem' } }), 'bad_token', trusts],
    ['x5c', mint({ header: { x5c: ['MIIB'] } }), 'bad_token', trusts],
    ['crit with what it names', extended, 'bad_token', 'critical extensions are not known here'],
    ['crit empty', mint({ header: { crit: undefined } }).then((token) => rewritten(token, { crit: [] })), 'bad_token'],
  ];

  function rewritten(token, changes) {
    const [h, c, s] = token.split('.');
    const changed = { ...JSON.parse(Buffer.from(h, 'base64url')), ...changes };
    return [Buffer.from(JSON.stringify(changed)).toString('base64url'), c, s].join('.');
  }
}

async function keyIds({ mint, raw, header, claims, kid }) {
  const { privateKey: foreign } = await generateKeyPair('RS256');
  const twice = (first, second) => JSON.stringify(header({ kid: undefined })).replace('{', `{"kid":"${first}","kid":"${second}",`);
  return [
    ['no kid', mint({ header: { kid: undefined } }), 'bad_token'],
    ['kid empty', mint({ header: { kid: '' } }), 'bad_token'],
    ['kid unknown', mint({ header: { kid: 'ins_forged' } }), 'bad_token'],
    ['kid of ours, a stranger signing', mint({ key: foreign }), 'bad_token'],
    ['kid of ours in capitals', mint({ header: { kid: kid.toUpperCase() } }), 'bad_token'],
    ['kid of ours with a space', mint({ header: { kid: `${kid} ` } }), 'bad_token'],
    ['kid of 4,000 letters', mint({ header: { kid: 'k'.repeat(4000) } }), 'bad_token'],
    ['kid a path', mint({ header: { kid: '../../v1/users/user_alice' } }), 'bad_token'],
    ['kid __proto__', mint({ header: { kid: '__proto__' } }), 'bad_token'],
    ['kid a number', raw(header({ kid: 7 })), 'bad_token'],
    ['kid null', raw(header({ kid: null })), 'bad_token'],
    ['kid twice, ours last', raw(twice('forged', kid), claims()), 'bad_token', 'a key said twice may be read as either'],
    ['kid twice, ours first', raw(twice(kid, 'forged'), claims()), 'bad_token'],
  ];
}

function claimRows({ mint, raw, claims, header }, sim) {
  const issuer = (iss) => mint({ claims: { iss } });
  const party = (azp) => mint({ claims: { azp } });
  const doubled = JSON.stringify(claims()).replace('{', '{"sub":"user_admin",');
  return [
    ['another issuer', issuer('https://clerk.evil.example'), 'bad_token'],
    ['no issuer', issuer(undefined), 'bad_token'],
    ['issuer with a slash', issuer(`${sim.url}/`), 'bad_token'],
    ['issuer a list', issuer([sim.url]), 'bad_token'],
    ['no party', party(undefined), 'bad_token'],
    ['another party', party('https://evil.example'), 'bad_token'],
    ['party empty', party(''), 'bad_token'],
    ['party with a slash', party(`${PARTIES[0]}/`), 'bad_token'],
    ['party longer than ours', party(`${PARTIES[0]}.evil.example`), 'bad_token'],
    ['party a list', party([PARTIES[0]]), 'bad_token'],
    ['parties in one text', party(PARTIES.join(',')), 'bad_token'],
    ['exp missing', mint({ claims: { exp: undefined } }), 'bad_token'],
    ['exp a text', raw(header(), claims({ exp: '9999999999' })), 'bad_token'],
    ['nbf a text', raw(header(), claims({ nbf: '1' })), 'bad_token'],
    ['iat a text', raw(header(), claims({ iat: '1' })), 'bad_token'],
    ['pending', mint({ claims: { sts: 'pending' } }), 'bad_token', 'an unfinished session is no session'],
    ['status unknown', mint({ claims: { sts: 'later' } }), 'bad_token', 'active is the only status known'],
    ['status a number', mint({ claims: { sts: 1 } }), 'bad_token', 'active is the only status known'],
    ['version 3', mint({ claims: { v: 3 } }), 'bad_token', 'claims of an unknown version may mean something else'],
    ['version a text', mint({ claims: { v: '2' } }), 'bad_token', 'claims of an unknown version may mean something else'],
    ['subject twice', raw(header(), doubled), 'bad_token', 'a claim said twice may be read as either'],
  ];
}

function classes({ mint }) {
  const of = (cat) => mint({ header: { cat } });
  const reason = 'session tokens alone are taken';
  return [
    ['class of a template', of('cl_B7d4PD222AAA'), 'bad_token', reason],
    ['class of a machine', of('cl_B7d4PD333AAA'), 'bad_token'],
    ['class unknown', of('cl_B7d4PD999AAA'), 'bad_token', reason],
    ['class empty', of(''), 'bad_token', reason],
    ['class a number', of(1), 'bad_token', reason],
    ['typ of an access token', mint({ header: { typ: 'at+jwt' } }), 'bad_token'],
    ['typ in small letters', mint({ header: { typ: 'jwt' } }), 'bad_token'],
    ['typ a number', mint({ header: { typ: 1 } }), 'bad_token'],
  ];
}

function subjects({ mint, raw, header, claims }) {
  const of = (sub) => mint({ claims: { sub } });
  const reason = 'not the form of a person';
  return [
    ['subject of 64 letters', of(`user_${'a'.repeat(64)}`), 'ok'],
    ['subject of 65 letters', of(`user_${'a'.repeat(65)}`), 'bad_token', reason],
    ['subject missing', of(undefined), 'bad_token'],
    ['subject empty', of(''), 'bad_token', reason],
    ['subject a prefix', of('user_'), 'bad_token', reason],
    ['subject a machine', of('mch_1'), 'bad_token', reason],
    ['subject in capitals', of('USER_alice'), 'bad_token', reason],
    ['subject with a path', of('user_alice/../user_admin'), 'bad_token', reason],
    ['subject with a line end', of('user_alice\n'), 'bad_token', reason],
    ['subject beyond ASCII', of('user_\u00e4lice'), 'bad_token', reason],
    ['subject a number', raw(header(), claims({ sub: 7 })), 'bad_token'],
  ];
}

function forms({ mint, raw, seal, encode, header, claims }) {
  const changed = (change) => mint().then((token) => change(...token.split('.')));
  const forged = encode(claims({ sub: 'user_admin' }));
  return [
    ['one segment', 'nonsense', 'bad_token'],
    ['two segments', changed((h, c) => `${h}.${c}`), 'bad_token'],
    ['four segments', changed((h, c, s) => `${h}.${c}.${s}.${s}`), 'bad_token'],
    ['a dot behind', changed((h, c, s) => `${h}.${c}.${s}.`), 'bad_token'],
    ['five segments, as if encrypted', changed((h, c, s) => `${h}.${c}.${s}.${c}.${s}`), 'bad_token'],
    ['signature empty', changed((h, c) => `${h}.${c}.`), 'bad_token'],
    ['signature one letter short', changed((h, c, s) => `${h}.${c}.${s.slice(0, -1)}`), 'bad_token'],
    ['signature half', changed((h, c, s) => `${h}.${c}.${s.slice(0, 171)}`), 'bad_token'],
    ['signature one letter longer', changed((h, c, s) => `${h}.${c}.${s}A`), 'bad_token'],
    ['signature of another token', changed((h, c) => raw().replace(/^[^.]+\.[^.]+/, `${h}.${forged}`)), 'bad_token'],
    ['signature broken', mint().then(brokenSignature), 'bad_token'],
    ['claims changed', changed((h, c, s) => `${h}.${forged}.${s}`), 'bad_token'],
    ['claims empty', changed((h, c, s) => `${h}..${s}`), 'bad_token'],
    ['header empty', changed((h, c, s) => `.${c}.${s}`), 'bad_token'],
    ['signature padded', changed((h, c, s) => `${h}.${c}.${s}==`), 'bad_token', 'a compact token has no padding'],
    ['signature in plain base64', changed((h, c, s) => `${h}.${c}.${plain(s)}`), 'bad_token'],
    ['signature with unused bits set', changed((h, c, s) => `${h}.${c}.${unusedBits(s)}`), 'bad_token'],
    ['header padded', seal(`${encode(header())}=`, encode(claims())), 'bad_token', 'a compact token has no padding'],
    ['header not JSON', raw('not json'), 'bad_token'],
    ['header a list', raw('[]'), 'bad_token'],
    ['header null', raw('null'), 'bad_token'],
    ['claims not JSON', raw(header(), 'not json'), 'bad_token'],
    ['claims a list', raw(header(), '[]'), 'bad_token'],
    ['claims a text', raw(header(), '"user_alice"'), 'bad_token'],
    ['claims with more behind', raw(header(), `${JSON.stringify(claims())}{}`), 'bad_token'],
    ['an issuer that is not UTF-8', seal(encode(header()), notUtf8(claims({ iss: '??' }))), 'bad_token'],
    ['a subject that is not UTF-8', seal(encode(header()), notUtf8(claims({ sub: 'user_??' }))), 'bad_token', 'bytes that are no text'],
    ['an unknown claim nested deep', raw(header(), JSON.stringify(claims({ x: 1 })).replace('"x":1', `"x":${nested(1000)}`)), 'ok'],
  ];
}

/** `+` and `/` where base64url has `-` and `_`; a signature of 342 letters practically always has one. */
const plain = (signature) => signature.replaceAll('-', '+').replaceAll('_', '/');

/** The last of 342 letters carries four bits that mean nothing. */
function unusedBits(signature) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return signature.slice(0, -1) + letters[letters.indexOf(signature.at(-1)) | 1];
}

function notUtf8(claims) {
  const bytes = Buffer.from(JSON.stringify(claims));
  bytes.writeUInt16BE(0xc328, bytes.lastIndexOf('??'));
  return bytes.toString('base64url');
}

const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
