// Which ports the local stack uses, and whether they are free.
import { createServer } from 'node:net';
import { Plain } from './say.mjs';

export function portsOf(env) {
  const port = parse(env.PORT, 'PORT', 8787);
  const simPort = parse(env.SIM_PORT, 'SIM_PORT', 8790);
  if (port === simPort) throw new Plain(`PORT and SIM_PORT are both ${port}; give them different numbers.`);
  return { port, simPort };
}

function parse(text, name, otherwise) {
  if (!text) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Plain(`${name}=${text} is not a port; give a number from 1 to 65535, for example ${name}=${otherwise + 100} npm start.`);
}

/** Throws the plain sentence when one of the two ports is in use. */
export async function needFree({ port, simPort }) {
  await need(port, 'PORT', 'the Worker');
  await need(simPort, 'SIM_PORT', 'the simulator');
}

async function need(port, name, whose) {
  if (!(await taken(port))) return;
  throw new Plain(
    `Port ${port} for ${whose} is taken; end the program that uses it, or choose another: ${name}=${port + 100} npm start`,
  );
}

export async function taken(port) {
  for (const host of ['127.0.0.1', '::1']) {
    if ((await tryListen(port, host)) === 'EADDRINUSE') return true;
  }
  return false;
}

function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve('free')));
  });
}
