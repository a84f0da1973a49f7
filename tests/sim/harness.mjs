// One simulator per test file, on a free port, a way to talk to its control API over HTTP, and somebody who takes webhooks.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, beforeEach } from 'node:test';

import { startSim } from './server.mjs';

export const WORKER_URL = 'http://localhost:8787';

export async function simulator() {
  const sim = await startSim({ port: 0, workerUrl: WORKER_URL, webhookUrl: null });
  after(() => sim.close());
  beforeEach(() => sim.reset());
  return sim;
}

export async function post(sim, path, body, headers = {}) {
  const response = await fetch(sim.url + path, { method: 'POST', body: JSON.stringify(body), headers });
  return { status: response.status, body: await response.json() };
}

export function backend(sim, path, headers = {}) {
  return fetch(sim.url + path, { headers: { authorization: 'Bearer sk_test_simulated', ...headers } });
}

/** Keeps what comes and answers 200, or what `statuses` holds. */
export async function listen() {
  const received = [];
  const statuses = [];
  const server = createServer(async (message, response) => {
    const chunks = await Array.fromAsync(message);
    const { method, url, headers } = message;
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    server.emit('received');
    response.writeHead(statuses.shift() ?? 200).end();
  });
  server.listen(0);
  await once(server, 'listening');
  after(() => server.close().closeAllConnections());
  return { received, statuses, server, url: `http://localhost:${server.address().port}` };
}
