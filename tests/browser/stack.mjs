// The real site in a real browser: simulator, production build, Chromium. A page that reports anything fails its test.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';

import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { WORKER_URL, house } from '../edge/harness.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The Worker listens on any free port, but its settings name the usual address, as the tokens of its pages must; the browser
 * is told where that address really is. `launch` starts one more browser.
 */
export async function openSite(vars) {
  const { sim, worker } = await house(vars);
  const launch = () => launchBrowser({ hosts: { [new URL(WORKER_URL).host]: new URL(worker.url).host } });
  const browser = await launch();
  after(() => browser.close());
  const at = (path) => new URL(path, WORKER_URL).href;
  return { sim, worker, at, launch, page: (options, work) => withPage(browser, options, work) };
}

/** `allow` names the complaints that a test provokes on purpose. */
async function withPage(browser, { allow = /^$/, ...options }, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: WORKER_URL, ...options });
  try {
    const complaints = [];
    await watch(context, (text) => complaints.push(text));
    await work(await context.newPage(), complaints);
    assert.deepEqual(complaints.filter((text) => !allow.test(text)), []);
  } finally {
    await context.close();
  }
}

async function watch(context, complain) {
  await context.exposeBinding('__breach', (_, breach) => complain(`policy: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      window.__breach(`${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(`console: ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => complain(`script: ${error.error().stack}`));
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/csp-report') complain(`report: ${request.postData()}`);
  });
}

/** Signs in by one click on the page that is shown. */
export async function signInAs(page, name) {
  await page.getByRole('button', { name: `Continue as ${name}` }).click();
}

/** What a screen reader, or somebody with weak eyes, would stumble over. */
export async function checkAccess(page) {
  // Colours on their way from one scheme to the other are neither's. One whose element is taken away meanwhile never ends.
  await page.evaluate(() => Promise.race([
    Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map(({ finished }) => finished)),
    new Promise((done) => { setTimeout(done, 1000); }),
  ]));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), [], page.url());
}

/** No sideways scrolling, nothing below 14 px, nothing to press below 44 px, except for links inside running text. */
export async function checkMeasures(page) {
  const faults = await page.evaluate(() => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip');
    const own = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const all = [...document.body.querySelectorAll('*')].filter(shown);
    const small = all.filter((element) => own(element) && parseFloat(getComputedStyle(element).fontSize) < 14);
    const pressed = all.filter((element) => element.matches('button, input, a:not(p a)') && element.getBoundingClientRect().height < 44);
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? [document.documentElement] : [];
    const name = (element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`;
    return [...small.map((e) => `small text: ${name(e)}`), ...pressed.map((e) => `small target: ${name(e)}`),
      ...wide.map(() => 'scrolls sideways')];
  });
  assert.deepEqual(faults, [], page.url());
}
