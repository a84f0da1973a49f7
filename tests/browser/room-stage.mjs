// A stage for the room alone: the shell's own page and style sheets, and an interviewer that lives in the page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after } from 'node:test';

import { launchBrowser } from '../../scripts/lib/browser.mjs';

const STATIC = new URL('../../static/', import.meta.url);
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
  + "img-src 'self'";

const page = () => readFileSync(new URL('coach.html', STATIC), 'utf8').replace('/app/shell.js', '/provider.js');

function answer({ url }, response) {
  const path = new URL(url, 'http://stage').pathname;
  if (path === '/') return response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY }).end(page());
  const file = path === '/provider.js' ? new URL('room-provider.js', import.meta.url) : new URL(`.${path}`, STATIC);
  return response.writeHead(200, { 'content-type': TYPES[extname(path)] }).end(readFileSync(file));
}

/** `on(options, work)` gives `work` a page on which nothing may complain. */
export async function openStage() {
  const server = createServer(answer);
  await new Promise((resolve) => { server.listen(0, 'localhost', resolve); });
  const browser = await launchBrowser();
  after(async () => {
    await browser.close();
    server.close();
  });
  const { port } = server.address();
  return {
    async on({ permissions = ['microphone'], init, ...options }, work) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions, ...options });
      const complaints = [];
      context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      context.on('weberror', (error) => complaints.push(error.error().stack));
      try {
        const tab = await context.newPage();
        if (init) await tab.addInitScript(init);
        await tab.goto(`http://localhost:${port}/`);
        await tab.waitForFunction(() => window.stage);
        await work(tab);
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    },
  };
}

/** The talk, with the interviewer's first line on the screen. */
export async function talk(tab, { wish = {}, devices = {} } = {}) {
  await tab.evaluate(([one, two]) => window.stage.mount(one, two), [wish, devices]);
  await tab.waitForFunction(() => window.stage.interviewer?.heard.some(({ type }) => type === 'response.create'));
  await tab.evaluate(() => {
    const { interviewer } = window.stage;
    interviewer.send({ type: 'session.created', session: { simulated: true } }, { type: 'response.created', response: { id: 'r1' } });
    interviewer.voice(true);
    interviewer.line('a', null, 'assistant', 'Welcome. I am an AI interviewer, and this is practice. What brought you to this work?');
  });
  await tab.getByRole('heading', { name: 'The interviewer is speaking.' }).waitFor();
}
