// Stand-ins for two vendors of relays, each with names and passwords for the relay of this machine.

import { randomBytes } from 'node:crypto';

import { json } from '../http.mjs';
import { startRelay } from './relay.mjs';

export const CLOUDFLARE = { id: 'simulatedturnkey', token: 'simulated-turn-token' };
export const XIRSYS = { ident: 'simulated', secret: 'simulated-xirsys-secret', channel: 'vocahire' };

const LONGEST_TTL = 48 * 3600;
const LONGEST_EXPIRE = 21_600;

/** The relay is started when the first credentials are asked for: most of what uses the simulator calls nobody. */
export function makeTurn() {
  const given = new Map(); // name -> { credential, until }
  const credentialOf = (name) => {
    const known = given.get(name);
    return known && known.until > Date.now() ? known.credential : undefined;
  };
  let relay = null;

  function credentials(seconds) {
    const [username, credential] = [randomBytes(16).toString('hex'), randomBytes(24).toString('base64')];
    given.set(username, { credential, until: Date.now() + seconds * 1000 });
    return { username, credential };
  }

  const turn = {
    relay: () => (relay ??= startRelay({ credentialOf })),
    credentials,
    reset() {
      given.clear();
      relay?.then((one) => one.reset());
    },
    async close() {
      await relay?.then((one) => one.close());
      relay = null;
    },
  };
  return { cloudflare: makeCloudflare(turn), xirsys: makeXirsys(turn), close: turn.close, relay: turn.relay };
}

function parsed(body) {
  try {
    return Object(JSON.parse(body));
  } catch {
    return null;
  }
}

const isJson = ({ headers }) => /^application\/json\b/i.test(headers['content-type'] ?? '');

function makeCloudflare(turn) {
  const refusal = (status, message) => json(status, { errors: [{ message }] });

  async function generate(request, { key }) {
    if (request.headers.authorization !== `Bearer ${CLOUDFLARE.token}`) return refusal(401, 'Unauthorized');
    if (key !== CLOUDFLARE.id) return refusal(404, 'Not found');
    const wish = isJson(request) ? parsed(request.body) : null;
    const ttl = wish?.ttl;
    if (!Number.isInteger(ttl) || ttl < 1 || ttl > LONGEST_TTL) return refusal(400, 'ttl must be seconds, 48 hours at most');
    const { port } = await turn.relay();
    const urls = ['turn:127.0.0.1:53?transport=udp', `turn:127.0.0.1:${port}?transport=udp`, `turn:127.0.0.1:${port}?transport=tcp`];
    return json(201, { iceServers: [{ urls: [`stun:127.0.0.1:${port}`] }, { urls, ...turn.credentials(ttl) }] });
  }

  return {
    operations: ['generate'],
    reset: turn.reset,
    routes: [['POST', '/v1/turn/keys/:key/credentials/generate-ice-servers', 'generate', generate]],
  };
}

/** Most of its refusals come with status 200. */
function makeXirsys(turn) {
  const refusal = (status, v) => json(status, { s: 'error', v });
  const basic = `Basic ${Buffer.from(`${XIRSYS.ident}:${XIRSYS.secret}`).toString('base64')}`;

  async function servers(request, { channel }) {
    if (request.headers.authorization === undefined) return refusal(401, 'unauthorized');
    if (request.headers.authorization !== basic) return refusal(200, 'unauthorized');
    if (channel !== XIRSYS.channel) return refusal(200, 'path_not_found');
    const wish = request.body === '' ? {} : parsed(request.body);
    const seconds = Number(wish?.expire ?? request.query.get('expire') ?? 60);
    if (!wish || !Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_EXPIRE) return refusal(200, 'bad_request');
    const { port } = await turn.relay();
    const addresses = [`stun:127.0.0.1:${port}`, `turn:127.0.0.1:${port}?transport=udp`, `turn:127.0.0.1:${port}?transport=tcp`];
    const named = turn.credentials(seconds);
    if (wish.format === 'urls') return json(200, { s: 'ok', v: { iceServers: { urls: addresses, ...named } } });
    const [stun, ...relays] = addresses;
    const list = [{ url: stun }, ...relays.map((url) => ({ url, ...named }))];
    return json(200, { s: 'ok', v: { iceServers: list } });
  }

  return {
    operations: ['servers'],
    reset: turn.reset,
    routes: [['PUT', '/_turn/:channel', 'servers', servers]],
  };
}
