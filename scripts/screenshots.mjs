// npm run screenshots [-- NAME]: every page, or those whose name holds that, phone and desktop, light and dark, into
// ./screenshots. Uses a running stack, else starts one.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STANDING, goingOn } from '../tests/browser/again-told.mjs';
import { CRITERIA, seven } from '../tests/browser/progress-told.mjs';
import { COUNTS, GAPS, LINES, PENDING, SCORED, SESSION, SIGNED } from '../tests/browser/report-told.mjs';
import { ANALYSIS, answer, resume } from '../tests/browser/resume-told.mjs';
import { CHECKOUT, answersCheckout, checkout, sells, sellsNothing, subscribed, told as sold } from '../tests/browser/shop-told.mjs';
import { FAILED, watched } from '../tests/browser/webhooks-told.mjs';
import { build } from './build.mjs';
import { launchBrowser } from './lib/browser.mjs';
import { ensureDevVars } from './lib/devvars.mjs';
import { portsOf, taken } from './lib/ports.mjs';
import { main, root } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';
import { ready, startStack } from './lib/stack.mjs';
import { wrangler } from './lib/wrangler.mjs';

const FOLDER = join(root, 'screenshots');
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const SCHEMES = ['light', 'dark'];

const signedIn = async (page, name, path = '/interview') => {
  await page.goto(path);
  await page.getByRole('button', { name: `Continue as ${name}` }).click();
  await page.waitForURL((url) => url.pathname === path);
  await page.locator('h1').waitFor();
};

/** A statement with something of everything, which a fresh account has not. */
const told = (number, at, text, amount, held, settled, available) => ({
  number, at: `2026-11-${at}:00.000Z`, kind: 'grant', text, amount, held, settled, available, owed: '0.00', reference: null,
});
const STATEMENT = {
  settled: '4.87', held: '1.00', available: '3.87', owed: '0.00', next: null,
  lines: [
    told(8, '20T18:02', 'Held for an interview', '0.00', '1.00', '4.87', '3.87'),
    told(7, '18T09:15', 'Given by us: sorry for the noise on the line', '0.50', '0.00', '4.87', '4.87'),
    told(6, '17T19:44', 'Interview not charged: no connection came about', '0.00', '-1.00', '4.37', '4.37'),
    told(5, '17T19:40', 'Held for an interview', '0.00', '1.00', '4.37', '3.37'),
    told(4, '16T20:31', 'Interview, 18 min 54 s: ended by you', '-0.63', '-1.00', '4.37', '4.37'),
    told(3, '16T20:12', 'Held for an interview', '0.00', '1.00', '5.00', '4.00'),
    told(2, '14T12:00', 'Credits bought', '2.00', '0.00', '5.00', '5.00'),
    told(1, '14T11:58', 'Welcome credits', '3.00', '0.00', '3.00', '3.00'),
  ],
};

/** Interviews that are over, with something of everything. */
const held = (n, more) => ({
  id: `ses_${n}`, state: 'ended', jobTitle: 'Product manager', company: 'Northwind', level: 'mid', focus: 'general', language: 'en',
  persona: 'warm', minutes: 30, startedAt: `2026-11-${20 - n}T18:02:00.000Z`, endedAt: `2026-11-${20 - n}T18:21:00.000Z`,
  ending: 'ended_by_user', heardSeconds: 1134, charged: '0.63', rule: 'Interview, 18 min 54 s: ended by you', relayed: false, ...more,
});
const SESSIONS = {
  next: null, open: null,
  sessions: [
    held(1),
    held(2, { jobTitle: 'Senior backend engineer, payments platform', charged: '0.00', heardSeconds: 0, ending: 'no_media_path' }),
    held(3, { charged: '1.00', heardSeconds: 1800, ending: 'ran_its_time' }),
  ],
};
/** A microphone into which somebody says one long vowel, so that two runs give the same picture. */
const VOWEL = `navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const voice = context.createOscillator();
  const microphone = context.createMediaStreamDestination();
  voice.connect(microphone);
  voice.start();
  return microphone.stream;
};`;

const lobby = async (page) => {
  await signedIn(page, 'Alice');
  await page.getByText('Your connection is fine.').waitFor();
};

/** Of a talk with the real interviewer of the stack the Worker is made to tell this. */
const talksOf = (page, standing) =>
  page.route('**/heartbeat', (route) => route.fulfill({ json: { ...STANDING, state: 'live', ...standing } }));

const session = async (page, feedback = SCORED, gaps = []) => {
  await page.route('**/api/sessions/ses_1', (route) => route.fulfill({ json: SESSION }));
  await page.route('**/api/sessions/ses_1/transcript*', (route) => route.fulfill({ json: { lines: LINES, gaps, next: null } }));
  await page.route('**/api/sessions/ses_1/feedback', (route) => route.fulfill({ json: feedback }));
  await signedIn(page, 'Alice', '/sessions/ses_1');
  await Promise.all(['.lines', '.opening'].map((part) => page.locator(part).first().waitFor()));
};

const resumePage = async (page, kept) => {
  await page.route('**/api/resume', (route) => route.fulfill({ json: answer(kept) }));
  await signedIn(page, 'Alice', '/resume');
  await page.locator('.chooser, .facts').first().waitFor();
};

/** What somebody has, beside what is sold to them. */
const creditsPage = async (page, answer, search = '') => {
  await page.route('**/api/credits/statement*', (route) => route.fulfill({ json: STATEMENT }));
  if (answer) await sells(page, answer);
  await page.goto(`/credits${search}`);
  await page.getByRole('button', { name: 'Continue as Alice' }).click();
  await page.locator('.statement').waitFor();
};

/** Somebody whose balance is too small for a start. */
const poor = (page) => page.route('**/api/user', (route) => route.fulfill({ json: {
  id: 'user_alice', name: 'Alice Example', email: 'alice@example.test', imageUrl: null, role: 'user', credits: '0.35', held: '0.00',
  available: '0.35', payable: '0.35', owed: '0.00', isPremium: false, premiumUntil: null,
} }));

const signInForm = async (page, path) => {
  await page.goto(path);
  await page.locator('.form button').first().waitFor();
};

/** Each picture: its name, and how a page comes to look so. */
const SCENES = {
  landing: (page) => page.goto('/'),
  help: (page) => page.goto('/help'),
  terms: (page) => page.goto('/terms'),
  privacy: (page) => page.goto('/privacy'),
  'not-found': (page) => page.goto('/no/such/page'),
  'sign-in': (page) => signInForm(page, '/sign-in'),
  'sign-up': (page) => signInForm(page, '/sign-up'),
  interview: async (page) => {
    await page.addInitScript(VOWEL);
    await lobby(page);
    await page.getByText('We hear you.').waitFor();
  },
  'no-microphone': async (page) => {
    await page.addInitScript(VOWEL.replace(/= async [^]*$/, "= async () => { throw new DOMException('', 'NotFoundError'); };"));
    await lobby(page);
    await page.getByText('No microphone was found.').waitFor();
  },
  room: async (page) => {
    await page.addInitScript(VOWEL.replace('voice.start();', ''));
    await lobby(page);
    await page.getByLabel('Which job do you prepare for?').fill('Product manager');
    await page.locator('.begin .button').click(); // it ends the one of the picture before
    await page.getByRole('heading', { name: 'Your turn.' }).waitFor();
  },
  'room-paused': async (page) => {
    await talksOf(page, {});
    await SCENES.room(page);
    const paused = { paused: true, pauseLeftMs: 160_000 };
    await talksOf(page, paused);
    await page.route('**/pause', (route) => route.fulfill({ json: { ...STANDING, state: 'live', ...paused } }));
    await page.getByRole('button', { name: /^Pause/ }).click();
    await page.getByRole('heading', { name: 'Paused.' }).waitFor();
  },
  'room-away': async (page) => {
    await page.addInitScript(VOWEL);
    await goingOn(page);
    await signedIn(page, 'Alice');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('second try').waitFor();
  },
  'room-elsewhere': async (page) => {
    await talksOf(page, {});
    await SCENES.room(page);
    await talksOf(page, { connect: 2 });
    await page.getByRole('heading', { name: 'This interview goes on in another window.' }).waitFor();
  },
  'lobby-going': async (page) => {
    await page.addInitScript(VOWEL);
    await goingOn(page);
    await lobby(page);
    await page.getByText('24 minutes left').waitFor();
  },
  'lobby-adjusted': async (page) => {
    await page.addInitScript(VOWEL);
    await lobby(page);
    await page.locator('.adjusting summary').click();
    await page.getByLabel('More time to think').check();
    await page.locator('.adjusting').evaluate((element) => element.scrollIntoView({ block: 'center' }));
  },
  'session-going': async (page) => {
    await goingOn(page);
    await signedIn(page, 'Alice', '/sessions/ses_1');
    await page.locator('.lines').waitFor();
  },
  history: async (page) => {
    await page.route('**/api/sessions?*', (route) => route.fulfill({ json: SESSIONS }));
    await signedIn(page, 'Alice', '/sessions');
    await page.locator('.talks').waitFor();
  },
  report: session,
  'report-gaps': (page) => session(page, SCORED, GAPS),
  'report-open': async (page) => {
    await session(page);
    for (const row of await page.locator('.made summary, .score summary').all()) await row.click();
    await page.evaluate(() => scrollTo(0, 0));
  },
  'report-scoring': (page) => session(page, PENDING),
  'report-failed': (page) => session(page, { ...PENDING, state: 'failed', failure: 'busy', counts: COUNTS }),
  replay: async (page) => {
    await session(page);
    await page.locator('.stage .quote a').click();
  },
  receipt: async (page) => {
    await page.route('**/api/receipts/verify', (route) => route.fulfill({ json: { valid: true, signed: SIGNED } }));
    await page.goto('/verify#a.b');
    await page.locator('.verdict').waitFor();
  },
  'delete-interview': async (page) => {
    await session(page);
    await page.getByRole('button', { name: 'Delete this interview now…' }).click();
  },
  progress: async (page) => {
    const weeks = 11 * 7 * 86_400_000; // the weeks of practice are the last ones
    await page.route('**/api/progress', (route) => route.fulfill({ json: { criteria: CRITERIA, sessions: seven(Date.now() - weeks) } }));
    await signedIn(page, 'Alice', '/progress');
    await page.locator('.multiples').first().waitFor();
  },
  'no-resume': (page) => resumePage(page, null),
  resume: (page) => resumePage(page, resume({ analysis: ANALYSIS })),
  credits: async (page) => {
    await creditsPage(page, sold());
    await page.locator('.shop').waitFor();
  },
  'credits-plan': (page) => creditsPage(page, subscribed('renews')),
  'credits-plan-failed': (page) => creditsPage(page, subscribed('failed')),
  'credits-waiting': async (page) => {
    await answersCheckout(page, checkout('waiting'));
    await creditsPage(page, sold(), `?checkout=${CHECKOUT}`);
    await page.getByText('Waiting for Stripe to confirm the payment').waitFor();
  },
  'credits-not-sold': async (page) => {
    await sellsNothing(page);
    await creditsPage(page, null);
    await page.getByText('Buying is not open here.').waitFor();
  },
  'lobby-short': async (page) => {
    await page.addInitScript(VOWEL);
    await poor(page);
    await sells(page);
    await lobby(page);
    await page.locator('.begin').getByRole('button', { name: 'Buy VocahireCredits' }).waitFor();
  },
  'lobby-shop': async (page) => {
    await SCENES['lobby-short'](page);
    await page.locator('.begin .button').click();
    await page.locator('.shop').waitFor();
  },
  lab: (page) => signedIn(page, 'Alice', '/diagnostics/webrtc'),
  'lab-done': async (page) => {
    await page.addInitScript(VOWEL);
    await SCENES.lab(page);
    await page.getByRole('button', { name: 'Start the check' }).click();
    await page.getByText('We hear you.').waitFor();
    await page.getByRole('button', { name: 'Get a code' }).click();
    await page.getByLabel('Your code').waitFor();
  },
  settings: (page) => signedIn(page, 'Alice', '/settings'),
  'delete-account': async (page) => {
    await signedIn(page, 'Alice', '/settings');
    await page.getByRole('button', { name: 'Delete your account…' }).click();
  },
  admin: async (page) => {
    await watched(page, FAILED);
    await signedIn(page, 'Admin', '/admin');
    await Promise.all(['.dense', '.acts'].map((part) => page.locator(part).first().waitFor()));
  },
  'admin-person': async (page) => {
    await signedIn(page, 'Alice'); // who opens her wallet by coming here
    await page.evaluate(() => localStorage.clear());
    await page.goto('/admin?user=user_alice');
    await page.getByRole('button', { name: 'Continue as Admin' }).click();
    await page.locator('.statement').waitFor();
  },
  'account-menu': async (page) => {
    await signedIn(page, 'Admin');
    await page.locator('.account').click();
  },
  problem: async (page) => {
    const json = { error: 'Slow.', code: 'database_timeout', requestId: 'req_0123456789abcdef' };
    await page.route('**/api/user', (route) => route.fulfill({ status: 503, json }));
    await signedIn(page, 'Alice');
  },
};

/** What stays at the foot of the window would lie across a picture that is longer. */
const AS_SEEN = [
  'interview', 'lobby-adjusted', 'lobby-going', 'lobby-short', 'lobby-shop', 'no-microphone', 'room', 'room-away', 'room-paused',
  'delete-interview', 'replay',
];

async function standing(ports) {
  if (await taken(ports.port)) return;
  await build({ strict: false });
  ensureDevVars();
  const { code, output } = await wrangler(['d1', 'migrations', 'apply', 'DB', '--local']);
  if (code !== 0) throw new Plain(`The migrations could not be applied; wrangler said:\n${output.trim()}`);
  await ready(startStack(ports));
}

async function photograph(browser, baseURL, scenes) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      for (const [scene, reach] of scenes) {
        // Reduced motion shows the example exchange whole, so that two runs give the same picture.
        const context = await browser.newContext({ baseURL, viewport, colorScheme, reducedMotion: 'reduce', permissions: ['microphone'] });
        const page = await context.newPage();
        await reach(page);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(FOLDER, `${scene}-${size}-${colorScheme}.png`), fullPage: !AS_SEEN.includes(scene) });
        await context.close();
      }
    }
  }
}

await main(async () => {
  const ports = portsOf(process.env);
  await standing(ports);
  const [, , name] = process.argv;
  const scenes = Object.entries(SCENES).filter(([scene]) => scene.includes(name ?? ''));
  if (!name) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  await photograph(browser, `http://localhost:${ports.port}`, scenes);
  await browser.close();
  say(`${scenes.length * Object.keys(SIZES).length * SCHEMES.length} pictures are in ${FOLDER}.`);
});
