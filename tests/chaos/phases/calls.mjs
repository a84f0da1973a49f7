// Real calls in Chromium, with sound both ways, while the connections to OpenAI and the relays go wrong, lines break and the
// process is killed: each is talked in and ended by its person, or the page says in words why it cannot begin.

import { browserAt, servePages } from '../pages.mjs';
import { underFire } from '../fire.mjs';
import { inLanes } from '../lanes.mjs';
import { mixed, openProxy } from '../proxy.mjs';
import { checkDone, endOf } from '../verdicts.mjs';
import { until } from '../../edge/until.mjs';

const LANES = 2;
const FEW = 7; // calls, of which most are to be done
const WEEK_SECONDS = 7 * 86_400;
const STARTS_MS = 90_000;
const AGAIN_MS = 60_000;
const pause = (ms) => new Promise((later) => { setTimeout(later, ms); });
/** What a page asks for in a call. */
const KINDS = { '/realtime-session': 'start', '/webrtc-exchange': 'exchange', '/heartbeat': 'beat', '/pause': 'pause', '/end': 'end' };
/** Media take their time where a browser, a runtime and an interviewer share two cores. */
const TIMES = { SDP_TIMEOUT_MS: '5000', PROVIDER_TIMEOUT_MS: '5000' };
const TROUBLED = ['openai', 'cloudflare', 'xirsys'];
const OFFLINE_MS = 10_000;
const OVER = '.problem h1, .session.over h1, [role=alert]'; // where a page says that it does not go on

/** What happens in the middle of a call; some of it is followed by another call. */
const TROUBLES = {
  nothing: () => false,
  'the call dies': ({ house, call }) => Boolean(house.sim.openaiCall({ drop: true }, { id: call.id })),
  'the connection is lost': ({ house, call }) => Boolean(house.sim.openaiCall({ lose: true }, { id: call.id })),
  'the sidebands break': ({ house }) => void house.proxies.openai.breakAll(),
  async 'the process is killed'({ house }) { await house.killAndStart(); },
  async 'the page is offline for ten seconds'({ page }) {
    await page.context().setOffline(true);
    await pause(OFFLINE_MS);
    await page.context().setOffline(false);
  },
  async 'the page is loaded anew'({ page }) {
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    return true;
  },
};

export async function calls({ count = 14, faults = 0.2, seed, say }) {
  const pages = await servePages();
  try {
    const wish = { name: 'calls', seed, say, vars: TIMES, assets: pages.port };
    return await underFire(wish, (world) => inChromium(world, { count, faults }));
  } finally {
    await pages.close();
  }
}

async function inChromium({ house, told, people, seed }, { count, faults }) {
  const { peopleOf } = await import('../../browser/room-people.mjs'); // brings wrangler, which no other phase needs
  const guests = peopleOf({ sim: house.sim, worker: house });
  const front = await openProxy({ name: 'front', target: house.port });
  const browser = await browserAt(front.port);
  house.sim.openaiMedia({ media: true });
  house.play(mixed(faults), TROUBLED);
  house.play({ delay: 0.3 }, ['clerk']); // whose scripts each page needs first
  const names = Object.keys(TROUBLES);
  try {
    await inLanes(Array.from({ length: count }), LANES, async (_, n) => {
      const trouble = names[(n + seed) % names.length];
      const entry = { number: n + 1, kind: 'call', trouble, from: performance.now() };
      told.entries.push(entry);
      const context = await browser.context({ permissions: ['microphone'] });
      const page = await context.newPage();
      try {
        await oneCall({ house, told, page, guests, people, trouble, entry });
        entry.end = 'done';
      } catch (error) {
        const said = await page.locator(OVER).allTextContents().catch(() => []);
        const [why] = error.message.split('\n');
        Object.assign(entry, { end: endOf({ ...entry, said }), why, said });
      } finally {
        entry.ms = Math.round(performance.now() - entry.from);
        await context.close();
      }
    });
  } finally {
    await browser.close();
    await front.close();
  }
  const all = told.entries.filter(({ kind }) => kind === 'call');
  return { notes: all.map(noteOf), lost: checkDone(all, FEW) };
}

const noteOf = ({ number, trouble, end, ms, why, said }) => (
  `call ${number}, ${trouble}: ${end} in ${ms} ms${why ? `, ${why}; the page says: ${said}` : ''}`);

/** The page's own requests are in the log of what clients were told, and its interviews among those the books are asked about. */
function listen({ told, page, person, who }) {
  page.on('request', async (request) => {
    const { pathname } = new URL(request.url());
    const [, kind] = Object.entries(KINDS).find(([ending]) => request.method() === 'POST' && pathname.endsWith(ending)) ?? [];
    if (!kind) return;
    const [session] = /ses_\w+/.exec(pathname + request.postData()) ?? [];
    const { status, body } = await told.op(kind, { person: who.id, session }, () => answerTo(request));
    if (kind !== 'start' || status !== 201) return;
    who.interviews.push({ id: body.id, held: body.held, job: person.job, who, heard: [], calls: () => person.calls() });
  });
}

/** A request that its page gave up, or could not send, has no answer by nobody's fault. */
async function answerTo(request) {
  const response = await request.response().catch(() => null);
  const body = await response?.json().catch(() => null);
  if (!body) throw Object.assign(new Error(request.failure()?.errorText ?? 'the page has gone'), { byPage: true });
  return { status: response.status(), code: body.code, body };
}

async function oneCall({ house, told, page, guests, people, trouble, entry }) {
  const person = await guests.ready(page);
  const { token } = house.sim.signIn({ userId: person.id, ttlSeconds: WEEK_SECONDS });
  const who = { id: person.id, token, interviews: [] };
  people.people.push(who);
  entry.person = person.id;
  listen({ told, page, person, who });
  await page.locator('.begin .primary').click();
  const first = page.locator('.captions li').first();
  await first.or(page.locator(OVER)).first().waitFor({ timeout: STARTS_MS });
  if (!(await first.isVisible())) throw new Error('it did not start');
  entry.began = true;
  await guests.speak(page);
  const call = person.calls().findLast(({ state }) => state === 'live');
  const before = person.calls().length;
  const again = await TROUBLES[trouble]({ house, page, call });
  if (again) await until(() => person.calls().length > before && person.calls().at(-1).state === 'live', 'another call', AGAIN_MS);
  if (again) await page.waitForFunction(() => window.peers.at(-1)?.connectionState === 'connected', null, { timeout: AGAIN_MS });
  const lines = page.locator('.captions li.person');
  const spoken = await lines.count();
  await guests.speak(page);
  await lines.nth(spoken).waitFor();
  await page.getByRole('button', { name: 'End…' }).click();
  await page.getByRole('button', { name: 'End the interview' }).click();
  await page.waitForURL('**/sessions/ses_*');
}
