// A stage for the pages of an interview that is over: the shell's own page and style sheets, and an API that a test answers for.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after } from 'node:test';

import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { LINES, PENDING, SCORED, SESSION, SIGNED } from './report-told.mjs';
import { checkAccess, checkMeasures } from './stack.mjs';

const STATIC = new URL('../../static/', import.meta.url);
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
  + "img-src 'self' data:; form-action 'self'; base-uri 'none'";

const PHONE = { width: 390, height: 844 };

const html = (name) => readFileSync(new URL(name, STATIC), 'utf8');
const PAGES = { sessions: () => html('coach.html').replace('/app/shell.js', '/provider.js'), verify: () => html('verify.html') };

function answer({ url }, response) {
  const path = new URL(url, 'http://stage').pathname;
  const page = PAGES[path.split('/')[1]];
  if (page) return response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY }).end(page());
  const file = path === '/provider.js' ? new URL('report-provider.js', import.meta.url) : new URL(`.${path}`, STATIC);
  if (!existsSync(file)) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': TYPES[extname(path)] }).end(readFileSync(file));
}

/** What the API answers, by method and end of the path: a value, `{ status, json }`, or a function of the body. Tests replace rows. */
export const usual = () => ({
  'GET ses_1': SESSION,
  'GET transcript': { lines: LINES, next: null },
  'GET feedback': SCORED,
  'POST feedback': PENDING,
  'POST objection': ({ criterion, why }) => ({ objections: why ? [{ criterion, why, at: '2026-11-19T18:40:00.000Z' }] : [] }),
  'GET receipt': { receipt: 'a.b', address: '/verify#a.b', signed: SIGNED },
  'POST verify': ({ receipt }) => (receipt === 'a.b' ? { valid: true, signed: SIGNED } : { valid: false }),
});

export const refusal = (status, code, more = {}) =>
  ({ status, json: { error: 'No.', code, requestId: 'req_0123456789abcdef', ...more } });

const isFaulty = (told) => told !== null && typeof told === 'object' && 'status' in told;

/** `on(answers, options, work)` gives `work` a page on which nothing may complain, and the calls it has made. */
export async function openStage() {
  const server = createServer(answer);
  await new Promise((resolve) => { server.listen(0, 'localhost', resolve); });
  const browser = await launchBrowser();
  after(async () => {
    await browser.close();
    server.close();
  });
  const baseURL = `http://localhost:${server.address().port}`;

  async function on(answers, { allow = /^$/, path = '/sessions/ses_1', ...options }, work) {
    const world = { ...usual(), ...answers };
    const calls = [];
    const usually = { viewport: { width: 1280, height: 800 }, baseURL, timezoneId: 'UTC', locale: 'en-US' };
    const context = await browser.newContext({ ...usually, ...options });
    const complaints = [];
    context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    context.on('weberror', (error) => complaints.push(error.error().stack));
    await context.route('**/api/**', async (route) => {
      const asked = route.request();
      const name = `${asked.method()} ${new URL(asked.url()).pathname.split('/').at(-1)}`;
      const body = asked.postDataJSON();
      calls.push({ name, body, url: asked.url() });
      const row = world[name];
      const told = await (typeof row === 'function' ? row(body) : row);
      if (told === 'abort') return route.abort();
      return isFaulty(told) ? route.fulfill(told) : route.fulfill({ json: told });
    });
    try {
      const page = await context.newPage();
      await page.goto(path);
      await work(page, { calls, world });
      assert.deepEqual(complaints.filter((text) => !allow.test(text)), []);
    } finally {
      await context.close();
    }
  }
  return { on };
}

/** In every light, small and large; what opens and closes is large enough too. */
export async function checkLooks(page) {
  for (const [viewport, colorScheme] of [[{ width: 1280, height: 800 }, 'light'], [PHONE, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await checkAccess(page);
    await checkMeasures(page);
    const low = await page.evaluate(() => [...document.querySelectorAll('summary, textarea, .quote a')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map(({ textContent }) => textContent));
    assert.deepEqual(low, []);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
