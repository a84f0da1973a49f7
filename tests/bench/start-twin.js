// POST /api/realtime-session in JavaScript, as our Worker does it, before the same Wallet: the same checks of the token
// and of the wish, the same question to the Wallet, a ticket that ours would take, the same headers and log line.
import { HEADERS, WALLET_LIMIT_MS, bearer, limited, requestId, verify } from './twin.js';

export { Room, Wallet } from './index.js';

const TICKET_MS = 60_000;
const LONGEST_LINE = 120;
const LONGEST_DESCRIPTION = 4000;
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/gu;
const UNSEEN = new RegExp('[\\p{Cc}\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164'
  + '\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]', 'gu');
const WORDS = {
  level: ['mid', 'entry', 'senior', 'lead'],
  focus: ['general', 'behavioural', 'technical', 'case', 'leadership'],
  language: ['en', 'de', 'es', 'fr'],
  persona: ['warm', 'direct', 'curious', 'formal'],
};
const encoder = new TextEncoder();
let secret;

export default {
  async fetch(request, env) {
    const started = Date.now();
    const phases = [];
    const id = requestId(request);
    const claims = await verify(bearer(request), env, (phase) => phases.push([phase, Date.now() - started]));
    if (!claims) return new Response(null, { status: 401 });
    phases.push(['AUTH', Date.now() - started]);
    if (request.method === 'GET') return new Response(await ask(env, claims.sub, 'touch'));
    const wish = read(JSON.parse(new TextDecoder().decode(await request.bytes())));
    const key = request.headers.get('idempotency-key');
    if (!/^[A-Za-z0-9_.-]{8,64}$/.test(key)) return new Response(null, { status: 400 });
    const hold = {
      key, fingerprint: await digest(JSON.stringify([wish, null])), session: `ses_${hexadecimal(16)}`, person: claims.sub,
      seconds: (Number(env.INTERVIEW_SECONDS ?? 1800) * wish.minutes) / 30, replace: null, credits: false,
    };
    const held = await limited(ask(env, claims.sub, { hold }), WALLET_LIMIT_MS, 'wallet_unavailable');
    phases.push(['WALLET', Date.now() - started]);
    if (held.state !== 'held' && held.state !== 'begun') return new Response(null, { status: 409 });
    const expires = Date.now() + TICKET_MS;
    const body = JSON.stringify({
      id: held.session, token: await seal([held.session, claims.sub, claims.sub, held.seconds, held.free, expires, wish], env),
      expiresAt: new Date(expires).toISOString(), mode: 'supervised', model: 'gpt-realtime-2.1', iceServers: [],
      allowanceSeconds: held.seconds, held: (held.amount / 1000).toFixed(2),
    });
    const response = new Response(body, { status: 201, headers: HEADERS });
    response.headers.set('x-request-id', id);
    const told = { level: 'info', id, method: request.method, route: '/api/realtime-session', status: 201 };
    console.log(JSON.stringify({ ...told, ms: Date.now() - started, phases, user: claims.sub }));
    return response;
  },
};

function read(body) {
  const wish = {
    jobTitle: line(body.jobTitle), jobDescription: lines(body.jobDescription), company: line(body.company),
    level: word('level', body), focus: word('focus', body), language: word('language', body), persona: word('persona', body),
    minutes: body.minutes ?? 30,
  };
  if (wish.jobTitle === null || ![15, 30].includes(wish.minutes)) throw new Error('bad_request');
  return wish;
}

const line = (raw) => text(raw, LONGEST_LINE, (seen) => seen.replace(/\s+/gu, ' ').replace(UNSEEN, '').trim());
const lines = (raw) => text(raw, LONGEST_DESCRIPTION, (seen) => {
  const spaced = seen.replace(/\r\n/g, '\n').replace(LINE_BREAK, '\n').replace(/[^\S\n]/gu, ' ');
  return spaced.split('\n').map((one) => one.replace(UNSEEN, '')).join('\n').trim();
});

function text(raw, most, clean) {
  if (raw === undefined || raw === null) return null;
  const cleaned = clean(raw).normalize('NFC');
  if ([...cleaned].length > most) throw new Error('bad_request');
  return cleaned === '' ? null : cleaned;
}

function word(name, body) {
  const given = body[name] ?? WORDS[name][0];
  if (!WORDS[name].includes(given)) throw new Error('bad_request');
  return given;
}

async function ask(env, owner, command) {
  const wallet = env.WALLET.get(env.WALLET.idFromName(owner));
  const answer = await wallet.fetch('https://wallet/', { method: 'POST', body: JSON.stringify({ owner, command }) });
  return (await answer.json()).held;
}

async function seal(payload, env) {
  const text64 = base64url(encoder.encode(JSON.stringify(payload)));
  secret ??= await crypto.subtle.importKey('raw', encoder.encode(env.TICKET_SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', secret, encoder.encode(`vocahire ticket 1\0${text64}`));
  return `${text64}.${base64url(new Uint8Array(mac))}`;
}

const base64url = (bytes) => bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
const hexadecimal = (count) => crypto.getRandomValues(new Uint8Array(count)).toHex();

async function digest(words) {
  const bytes = await crypto.subtle.digest('SHA-256', encoder.encode(words));
  return new Uint8Array(bytes).toBase64({ omitPadding: true });
}
