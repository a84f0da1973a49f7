// What npm run doctor looks at: the settings that are needed, and whether Clerk and OpenAI answer to them.

const NEEDED = [
  'CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CLERK_AUTHORIZED_PARTIES', 'CLERK_WEBHOOK_SECRET', 'CLAIM_SECRET',
  'OPENAI_API_KEY', 'TICKET_SECRET', 'RECEIPT_SECRET',
];
const LIMIT_MS = 5000;

export const missing = (vars) => NEEDED.filter((name) => !vars[name]);

/** Asks Clerk and OpenAI, or what stands in for them, as the Worker will. */
export async function services(vars, ask = fetch) {
  const frontend = vars.CLERK_FRONTEND_API_URL || frontendOf(vars.CLERK_PUBLISHABLE_KEY);
  const api = vars.CLERK_API_URL || 'https://api.clerk.com';
  const findings = [];
  if (frontend) findings.push(await look('Clerk\'s key set', `${frontend}/.well-known/jwks.json`, {}, ask));
  if (vars.CLERK_SECRET_KEY) {
    const headers = { authorization: `Bearer ${vars.CLERK_SECRET_KEY}`, 'user-agent': 'vocahire-doctor' };
    findings.push(await look('Clerk\'s Backend API, with the secret key', `${api}/v1/jwks`, headers, ask));
  }
  if (vars.OPENAI_API_KEY) {
    const headers = { authorization: `Bearer ${vars.OPENAI_API_KEY}`, 'user-agent': 'vocahire-doctor' };
    const base = vars.OPENAI_BASE_URL || 'https://api.openai.com/v1';
    findings.push(await look('OpenAI, with the key', `${base}/models`, headers, ask));
  }
  return findings;
}

async function look(what, url, headers, ask) {
  try {
    const { status } = await ask(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    if (status === 200) return { ok: true, said: `${what} answers.` };
    const remedy = status === 401 ? 'the key is not one of this service\'s' : 'look at the address in .dev.vars';
    return { ok: false, said: `${what} answers ${status} at ${url}: ${remedy}.` };
  } catch {
    const remedy = url.includes('//localhost') ? 'npm start runs the simulator there' : 'look at the network or HTTPS_PROXY';
    return { ok: false, said: `${what} cannot be reached at ${url}: ${remedy}.` };
  }
}

/** A publishable key is its prefix and the Clerk host with a `$`, in base64. */
function frontendOf(key = '') {
  const host = Buffer.from(key.slice(8), 'base64').toString();
  return host.endsWith('$') ? `https://${host.slice(0, -1)}` : null;
}
