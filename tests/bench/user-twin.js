// GET /api/user in JavaScript, as our Worker does it: the same checks of the token, the same row and the same question
// to a Wallet within the same time limits, the same headers and log line.
import { HEADERS, WALLET_LIMIT_MS, bearer, limited, requestId, verify } from './twin.js';

export { Wallet } from './index.js';

const SQL = 'select email, name, image_url, asked_at, clerk_updated_at, deleted_at from users where id = ?1';
const DB_LIMIT_MS = 5000;

export default {
  async fetch(request, env) {
    const started = Date.now();
    const phases = [];
    const id = requestId(request);
    const claims = await verify(bearer(request), env, (phase) => phases.push([phase, Date.now() - started]));
    if (!claims) return new Response(null, { status: 401 });
    phases.push(['AUTH', Date.now() - started]);
    const session = env.DB.withSession(request.headers.get('x-d1-bookmark') ?? 'first-unconstrained');
    const row = await limited(session.prepare(SQL).bind(claims.sub).first(), DB_LIMIT_MS, 'database_timeout');
    if (row.deleted_at !== null) return new Response(null, { status: 401 });
    const role = env.ADMIN_USER_IDS.split(',').includes(claims.sub) ? 'admin' : 'user';
    const money = await limited(standing(env, claims.sub), WALLET_LIMIT_MS, 'wallet_unavailable');
    phases.push(['WALLET', Date.now() - started]);
    const me = { id: claims.sub, email: row.email, name: row.name, imageUrl: row.image_url, role };
    const body = JSON.stringify({ ...me, ...told(money, Date.now()) });
    const response = new Response(body, { headers: HEADERS });
    response.headers.set('x-request-id', id);
    response.headers.set('x-d1-bookmark', session.getBookmark());
    const line = { level: 'info', id, method: request.method, route: '/api/user', status: 200, ms: Date.now() - started, phases };
    console.log(JSON.stringify({ ...line, user: claims.sub }));
    return response;
  },
};

async function standing(env, owner) {
  const wallet = env.WALLET.get(env.WALLET.idFromName(owner));
  const answer = await wallet.fetch('https://wallet/', { method: 'POST', body: JSON.stringify({ owner, command: 'touch' }) });
  return (await answer.json()).touched.standing;
}

function told({ settled, held, available, owed, premium_until: until }, now) {
  const [credits, ...rest] = [settled, held, available, owed].map((milli) => (milli / 1000).toFixed(2));
  const premium = { isPremium: until !== null && until > now, premiumUntil: until === null ? null : new Date(until).toISOString() };
  const covered = { premiumLeftSeconds: null, premiumMoreAt: null };
  return { credits, held: rest[0], available: rest[1], payable: rest[1], owed: rest[2], ...premium, ...covered };
}
