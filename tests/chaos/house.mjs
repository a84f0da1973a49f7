// The house under fire: the simulator, a fault proxy before each of its services, and the production build on the bare
// runtime, which reaches them through the proxies alone and can be killed and started again on the same disk.

import { checkAnswer, promisesOf, read } from '../edge/answers.mjs';
import { killable } from '../edge/process.mjs';
import { startSim } from '../sim/server.mjs';
import { openProxy } from './proxy.mjs';

const SERVICES = ['openai', 'clerk', 'stripe', 'cloudflare', 'xirsys', 'pdfco'];
const PAGES = 1e6; // that PDF.co may read
const DRAIN_MS = 2000;
const PATIENCE_MS = 60_000; // of a client, which no answer may need
/** Short times, so that what hangs is over soon. */
const TIMES = { SDP_TIMEOUT_MS: '1500', PROVIDER_TIMEOUT_MS: '2000', ROOM_ARCHIVE_SECONDS: '1', STUN_URLS: '' };

/** `assets` is the port at which the pages are served, `place` the folder of the disk. */
export async function openHouse({ seed, vars = {}, place, assets }) {
  const sim = await startSim({ webhookUrl: null, oneRequestEach: true });
  sim.openaiMedia({ media: false });
  sim.stripe.set({ deliver: 'held' });
  const proxies = {};
  for (const [n, name] of SERVICES.entries()) proxies[name] = await openProxy({ name, target: sim.port, seed: seed * 10 + n });
  sim.pdfco({ url: proxies.pdfco.url, credits: PAGES });
  // Tokens are those of the address at which the Worker knows Clerk.
  const { token } = sim.clerk;
  sim.clerk.token = (wish) => token({ iss: proxies.clerk.url, ...wish });
  const settings = { APP_ENV: 'production', ...sim.workerVars(), ...addresses(proxies), ...TIMES, ...vars };
  const worker = await killable(settings, place, assets);
  const promises = await promisesOf(worker);
  const outages = [];
  let ahead = 0;
  const every = (deed) => Object.values(proxies).forEach(deed);

  /** Whatever ends the process, and its next start: what was asked meanwhile nobody need know the answer of. */
  async function outage(how) {
    const one = { from: performance.now(), to: Infinity };
    outages.push(one);
    await how();
    await worker.start();
    if (ahead > 0) await house.clock(ahead); // a new process has a clock of its own
    one.to = performance.now();
  }

  const house = {
    ...worker,
    sim, proxies, outages,
    settings,

    /** A request as a page sends it. Its answer is checked, and told as null where there is none. */
    async call(path, { method = 'GET', token: bearer, body, headers = {} } = {}) {
      const sent = {
        method,
        headers: {
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      };
      const answer = await read(await worker.raw(path, sent));
      checkAnswer(promises, { method, path }, answer);
      return answer;
    },

    /** The same script before each service, or before those that are named. */
    play: (script, names = SERVICES) => every((proxy) => names.includes(proxy.name) && proxy.play(script)),
    calm: () => every((proxy) => proxy.calm()),

    killAndStart: () => outage(() => worker.kill()),

    /** The process is told to end, as a deploy does, and may finish what it answers. */
    deploy: () => outage(async () => {
      const late = setTimeout(() => worker.kill(), DRAIN_MS);
      await worker.kill('SIGTERM');
      clearTimeout(late);
    }),

    /** Whether the process was away at some moment of this time. */
    wasAway: (from, to) => outages.some((one) => one.from < to && one.to > from),

    /** Puts the Worker's clock ahead, from now on. */
    async clock(milliseconds) {
      ahead = milliseconds;
      await worker.raw('/api/health', { headers: { 'x-test-clock': String(milliseconds) } });
    },
    ahead: () => ahead,

    /** What became of connections, by service. */
    faults: () => Object.fromEntries(Object.values(proxies).map(({ name, counts }) => [name, counts()])),

    async close() {
      await worker.kill();
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      await sim.close();
    },
  };
  return house;
}

/** The settings by which the Worker finds the proxies in place of the simulator. */
function addresses({ openai, clerk, stripe, cloudflare, xirsys, pdfco }) {
  return {
    OPENAI_BASE_URL: `${openai.url}/v1`,
    CLERK_API_URL: clerk.url,
    CLERK_FRONTEND_API_URL: clerk.url,
    CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from(`${new URL(clerk.url).host}$`).toString('base64')}`,
    STRIPE_API_URL: stripe.url,
    TURN_URL: cloudflare.url,
    XIRSYS_URL: xirsys.url,
    PDFCO_API_URL: pdfco.url,
  };
}
