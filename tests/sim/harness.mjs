// One simulator per test file, on a free port, and a way to talk to its control API over HTTP.

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
