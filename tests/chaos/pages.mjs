// The pages for a Worker on the bare runtime: what the platform serves of static/, and a Chromium that finds it all at the
// address its tokens are made for.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { launchBrowser } from '../../scripts/lib/browser.mjs';

const STATIC = fileURLToPath(new URL('../../static', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.woff2': 'font/woff2',
};
export const SITE = 'http://localhost:8787';

/** The file behind an address, with and without its ending, as the platform finds it. */
function fileAt(path) {
  const places = [path, `${path}.html`, `${path}index.html`].map((place) => STATIC + place);
  return places.find((place) => place.startsWith(`${STATIC}/`) && existsSync(place) && statSync(place).isFile());
}

const typeOf = (file) => TYPES[extname(file)] ?? 'application/octet-stream';

/** What the Worker's binding for files asks. */
export async function servePages() {
  const server = createServer((request, response) => {
    const file = fileAt(new URL(request.url, SITE).pathname);
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': typeOf(file) });
    return response.end(readFileSync(file));
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    port: server.address().port,
    close() {
      server.closeAllConnections();
      return new Promise((done) => { server.close(done); });
    },
  };
}

/** A browser that finds the site at that port; scripts and styles come without the Worker, as from the platform. */
export async function browserAt(port) {
  const browser = await launchBrowser({ hosts: { [new URL(SITE).host]: `127.0.0.1:${port}` } });
  return {
    close: () => browser.close(),
    async context(options) {
      const context = await browser.newContext({ baseURL: SITE, ...options });
      await context.route(/\/(app|vendor)\//, (route) => {
        const file = fileAt(new URL(route.request().url()).pathname);
        return file ? route.fulfill({ path: file, contentType: typeOf(file) }) : route.fulfill({ status: 404 });
      });
      return context;
    },
  };
}
