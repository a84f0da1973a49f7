// npm run screenshots: every page, phone and desktop, light and dark, into ./screenshots. Uses a running stack, else starts one.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { launchBrowser } from './lib/browser.mjs';
import { ensureDevVars } from './lib/devvars.mjs';
import { portsOf, taken } from './lib/ports.mjs';
import { main, root } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';
import { ready, startStack } from './lib/stack.mjs';
import { wrangler } from './lib/wrangler.mjs';

const FOLDER = join(root, 'screenshots');
const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
const SCHEMES = ['light', 'dark'];

const signedIn = async (page, name) => {
  await page.goto('/interview');
  await page.getByRole('button', { name: `Continue as ${name}` }).click();
  await page.waitForURL((url) => url.pathname === '/interview');
  await page.locator('h1').waitFor();
};

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
  interview: (page) => signedIn(page, 'Alice'),
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

async function standing(ports) {
  if (await taken(ports.port)) return;
  await build({ strict: false });
  ensureDevVars();
  const { code, output } = await wrangler(['d1', 'migrations', 'apply', 'DB', '--local']);
  if (code !== 0) throw new Plain(`The migrations could not be applied; wrangler said:\n${output.trim()}`);
  await ready(startStack(ports));
}

async function photograph(browser, baseURL) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      for (const [scene, reach] of Object.entries(SCENES)) {
        // Reduced motion shows the example exchange whole, so that two runs give the same picture.
        const context = await browser.newContext({ baseURL, viewport, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        await reach(page);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(FOLDER, `${scene}-${size}-${colorScheme}.png`), fullPage: true });
        await context.close();
      }
    }
  }
}

await main(async () => {
  const ports = portsOf(process.env);
  await standing(ports);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  const browser = await launchBrowser();
  await photograph(browser, `http://localhost:${ports.port}`);
  await browser.close();
  say(`${Object.keys(SCENES).length * Object.keys(SIZES).length * SCHEMES.length} pictures are in ${FOLDER}.`);
});
