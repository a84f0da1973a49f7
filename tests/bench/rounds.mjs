// Interleaved rounds: every Worker and route in turn, again and again, so that what the machine does meanwhile falls on all.
import { connect } from 'node:net';
import { join } from 'node:path';
import { root, run } from '../../scripts/lib/run.mjs';
import { Plain } from '../../scripts/lib/say.mjs';
import { configure, pinned, serve } from './workerd.mjs';

const CONNECTIONS = 32;
const WARM_MS = 2000;
const WARM_STEP = 2000;
const generator = join(root, 'tests', 'bench', 'generator.mjs');

/**
 * CPU microseconds per request of each case and requests in a second, one number per round.
 * A case: { name, worker, path, headers, body, status }.
 */
export async function measure(cases, { rounds, requests }) {
  for (const one of cases) await warm(one);
  const [cpu, rate] = [0, 1].map(() => Object.fromEntries(cases.map(({ name }) => [name, []])));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of cases) {
      const before = one.worker.cpu();
      const ms = await send(one, requests);
      cpu[one.name].push(((one.worker.cpu() - before) / requests) * 1e6);
      rate[one.name].push((requests / ms) * 1000);
    }
  }
  return { cpu, rate };
}

async function warm(one) {
  for (let ms = 0; ms < WARM_MS;) ms += await send(one, WARM_STEP);
}

async function send({ name, worker, path, headers, body, status }, requests) {
  const order = { port: worker.port, path, headers, body, status, requests, connections: CONNECTIONS };
  const [command, ...args] = pinned(1, 'node', generator, JSON.stringify(order));
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Plain(`The requests for ${name} failed: ${output.trim()}`);
  return JSON.parse(output).ms;
}

/** Milliseconds from the start of the process to its first answer, one number per round. */
export async function firstAnswers(workers, rounds) {
  const figures = Object.fromEntries(workers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const worker of workers) figures[worker.name].push(await firstAnswer(worker));
  }
  return figures;
}

async function firstAnswer({ worker, path }) {
  const config = configure(worker);
  const started = performance.now();
  const running = await serve(config);
  await answered(running.port, path);
  const ms = performance.now() - started;
  await running.stop();
  return ms;
}

function answered(port, path) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`));
    socket.on('error', reject);
    socket.on('close', () => reject(new Plain('A Worker hung up instead of its first answer.')));
    socket.on('data', (data) => {
      if (data.toString('latin1').startsWith('HTTP/1.1 200')) resolve();
      else reject(new Plain(`A Worker's first answer was ${data.toString('latin1').split('\r\n')[0]}.`));
      socket.destroy();
    });
  });
}
