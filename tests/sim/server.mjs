// The simulator: one local server that stands in for the outside world.
// As a program: `node tests/sim/server.mjs` with SIM_PORT (8790) and PORT (8787, the Worker's).

import { createServer, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';

import { makeClerk, SECRET_KEY } from './clerk.mjs';
import { answerControl, makeControl } from './control.mjs';
import { makeFaults } from './faults.mjs';
import { BadRequest, deliver, headOf, json, matchPath, readRequest, spoils } from './http.mjs';
import { makeLog } from './log.mjs';
import { API_KEY, makeOpenai } from './openai/openai.mjs';
import { frontPage } from './page.mjs';
import { makePdfco, PDFCO_KEY } from './pdfco.mjs';
import { makeStripe, PRODUCT_IDS, STRIPE_KEY } from './stripe/stripe.mjs';
import { CLOUDFLARE, XIRSYS, makeTurn } from './turn/vendors.mjs';
import { makeWebhooks, WEBHOOK_SECRET } from './webhooks.mjs';

// `localhost` is one address to some programs and the other to the rest, so both are listened on.
const ADDRESSES = ['127.0.0.1', '::1'];
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
const THINK_MS = 1200; // what a model takes to answer when somebody watches

/**
 * Starts a simulator; port 0 takes a free one. Its webhooks go to `webhookUrl`, its models think for `thinkMs`. With
 * `oneRequestEach` every request has a connection of its own, for who spoils connections. The answer
 * carries the control verbs: `reset`, `rotate`, `signIn`, `fault` and the others of control.mjs.
 */
export async function startSim(wish = {}) {
  const { port = 0, workerUrl = 'http://localhost:8787', webhookUrl = workerUrl, thinkMs = 0, oneRequestEach = false } = wish;
  const place = { url: '', workerUrl, webhookUrl };
  const webhooks = makeWebhooks(place);
  const log = makeLog();
  const turn = makeTurn();
  const services = {
    clerk: makeClerk(place, webhooks), openai: makeOpenai({ thinkMs, log }), pdfco: makePdfco(place), stripe: makeStripe(place),
    cloudflare: turn.cloudflare, xirsys: turn.xirsys,
  };
  const faults = makeFaults(Object.fromEntries(Object.entries(services).map(([name, { operations }]) => [name, operations])));
  const control = makeControl({ services, faults, log, webhooks });
  const house = { place, services, faults, log, control };

  const listening = await listenOnBoth(port, {
    request: (message, response) => serve(house, message, response),
    upgrade: (message, socket, head) => upgrade(house, message, socket, head),
  }, oneRequestEach);
  place.url = `http://localhost:${listening.port}`;
  return {
    ...control,
    ...listening,
    async close() {
      services.openai.reset();
      await turn.close();
      await listening.close();
    },
    url: place.url,
    clerk: services.clerk,
    stripe: services.stripe,
    openai: services.openai,
    relay: turn.relay,
    log: (service) => log.entries(service),
    setWorkerUrl: (url) => { Object.assign(place, { workerUrl: url, webhookUrl: url }); },
    setWebhookUrl: (url) => { place.webhookUrl = url; },
    workerVars: (wanted) => workerVars(place, services.stripe.secret(), wanted),
  };
}

/**
 * The settings that point a Worker at this simulator: without PDF.co, Stripe or relays where that is not wanted, with a model
 * where one is named.
 */
function workerVars({ url, workerUrl }, stripeSecret, { pdfco = true, stripe = true, turn = true, feedbackModel } = {}) {
  return {
    CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from(`${new URL(url).host}$`).toString('base64')}`,
    CLERK_SECRET_KEY: SECRET_KEY,
    CLERK_API_URL: url,
    CLERK_FRONTEND_API_URL: url,
    CLERK_AUTHORIZED_PARTIES: workerUrl,
    CLERK_WEBHOOK_SECRET: WEBHOOK_SECRET,
    CLAIM_SECRET: 'simulated-claim-secret-for-this-machine',
    TICKET_SECRET: 'simulated-ticket-secret-for-this-machine',
    RECEIPT_SECRET: 'simulated-receipt-secret-for-this-machine',
    STUN_URLS: '',
    OPENAI_API_KEY: API_KEY,
    OPENAI_BASE_URL: `${url}/v1`,
    ...(pdfco && { PDFCO_API_KEY: PDFCO_KEY, PDFCO_API_URL: url }),
    ...(stripe && {
      STRIPE_SECRET_KEY: STRIPE_KEY, STRIPE_WEBHOOK_SECRET: stripeSecret, STRIPE_API_URL: url, STRIPE_PRICE_ID: PRODUCT_IDS.join(','),
    }),
    ...(turn && {
      TURN_KEY_ID: CLOUDFLARE.id, TURN_KEY_API_TOKEN: CLOUDFLARE.token, TURN_URL: url,
      XIRSYS_IDENT: XIRSYS.ident, XIRSYS_SECRET: XIRSYS.secret, XIRSYS_CHANNEL: XIRSYS.channel, XIRSYS_URL: url,
    }),
    ...(feedbackModel && { FEEDBACK_MODEL: feedbackModel }),
  };
}

async function serve(house, message, response) {
  try {
    const request = await readRequest(message);
    const { answer, fault } = decide(house, request);
    const decided = await answer;
    await deliver(response, decided, { ...decided.fault, ...fault });
  } catch (error) {
    if (response.headersSent || response.destroyed) return response.destroy();
    if (error instanceof BadRequest) return deliver(response, json(400, { error: error.message }));
    console.error(error);
    await deliver(response, json(500, { error: 'The simulator failed; its terminal says how.' }));
  }
}

function decide({ place, services, faults, log, control }, request) {
  if (request.path.startsWith('/__sim/')) return { answer: answerControl(control, log, request) };
  if (request.path === '/') return { answer: frontPage({ services, workerUrl: place.workerUrl }) };
  for (const [name, service] of Object.entries(services)) {
    for (const [method, pattern, op, run] of service.routes) {
      const params = method === request.method && matchPath(pattern, request.path);
      if (!params) continue;
      log.add(name, op, request);
      const fault = faults.take(name, op);
      return { answer: run(request, params, fault), fault };
    }
  }
  log.add('unknown', 'unknown', request);
  return { answer: json(404, { error: 'Nothing the simulator knows; GET / lists what it does.' }) };
}

/** A request to go on as a WebSocket: a service takes the socket over, or answers as it answers any request. */
async function upgrade({ services, faults, log }, message, socket, head) {
  socket.on('error', () => socket.destroy());
  const request = { ...headOf(message), body: '' };
  const [name, service] = Object.entries(services).find(([, { sockets }]) => Object.hasOwn(sockets ?? {}, request.path)) ?? [];
  if (!service) return socket.destroy();
  const [op, decideOn] = service.sockets[request.path];
  log.add(name, op, request);
  const fault = faults.take(name, op);
  const decided = await decideOn(request, {}, fault);
  if (typeof decided !== 'function') return answerSocket(message, socket, decided, fault);
  if (spoils(fault)) return answerSocket(message, socket, json(200, {}), fault);
  return setTimeout(() => decided(message, socket, head), fault?.latencyMs ?? 0);
}

function answerSocket(message, socket, answer, fault) {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => socket.end());
  return deliver(response, answer, fault);
}

async function listenOnBoth(wanted, handlers, oneRequestEach) {
  const servers = [];
  const upgraded = new Set(); // sockets that the servers no longer know
  let port = wanted;
  const close = () => Promise.all(servers.map((server) => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  })));
  for (const host of ADDRESSES) {
    const server = createServer(handlers.request);
    if (oneRequestEach) server.maxRequestsPerSocket = 1;
    server.keepAliveTimeout = 60_000; // a Worker may use a connection anew in the moment in which Node closes it
    server.on('upgrade', (message, socket, head) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      handlers.upgrade(message, socket, head).catch(() => socket.destroy());
    });
    try {
      port = await listen(server, port, host);
      servers.push(server);
    } catch (error) {
      if (NO_IPV6.includes(error.code) && servers.length > 0) break;
      await close();
      // A free port of one family may be taken in the other: take another one.
      if (error.code === 'EADDRINUSE' && wanted === 0) return listenOnBoth(0, handlers, oneRequestEach);
      throw error;
    }
  }
  return { port, close };
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address().port));
  });
}

async function main() {
  const port = Number(process.env.SIM_PORT ?? 8790);
  const workerUrl = `http://localhost:${process.env.PORT ?? 8787}`;
  try {
    const sim = await startSim({ port, workerUrl, thinkMs: THINK_MS });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => sim.close());
    console.log(`Simulator at ${sim.url}`);
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(`Port ${port} is taken: end the program that uses it, or choose another port with SIM_PORT.`);
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
