// The simulated vendors of relays refuse what the real ones refuse, and their relay relays for whom they gave a password.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, test } from 'node:test';

import { Message, classes, methods, parseMessage } from 'werift';

import { post, simulator } from './harness.mjs';
import { framesOf } from './turn/frames.mjs';

const sim = await simulator();
const vars = sim.workerVars();
const BEARER = { authorization: `Bearer ${vars.TURN_KEY_API_TOKEN}`, 'content-type': 'application/json' };
const BASIC = { authorization: `Basic ${Buffer.from(`${vars.XIRSYS_IDENT}:${vars.XIRSYS_SECRET}`).toString('base64')}` };

async function cloudflare(body = { ttl: 7200 }, { headers = BEARER, method = 'POST', key = vars.TURN_KEY_ID } = {}) {
  const url = `${vars.TURN_URL}/v1/turn/keys/${key}/credentials/generate-ice-servers`;
  const response = await fetch(url, { method, headers, body: method === 'GET' ? undefined : JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

async function xirsys(body, { headers = BASIC, method = 'PUT', channel = vars.XIRSYS_CHANNEL, query = '' } = {}) {
  const response = await fetch(`${vars.XIRSYS_URL}/_turn/${channel}${query}`, { method, headers, body: body && JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

test('Cloudflare gives a name and a password for each wish, and 201', async () => {
  const { status, body } = await cloudflare();
  assert.equal(status, 201);
  const [stun, relay] = body.iceServers;
  assert.deepEqual(Object.keys(stun), ['urls']);
  assert.ok(relay.urls.some((url) => url.includes(':53?')), 'older replies have port 53');
  assert.notEqual((await cloudflare()).body.iceServers[1].username, relay.username);
});

test('Cloudflare refuses another token, another key, another method and more than 48 hours', async () => {
  assert.equal((await cloudflare({ ttl: 1 }, { headers: { ...BEARER, authorization: 'Bearer account-token' } })).status, 401);
  assert.equal((await cloudflare({ ttl: 1 }, { headers: { 'content-type': 'application/json' } })).status, 401);
  assert.equal((await cloudflare({ ttl: 1 }, { key: 'another' })).status, 404);
  assert.equal((await cloudflare(null, { method: 'GET' })).status, 404);
  assert.equal((await cloudflare({ ttl: 1 }, { method: 'PUT' })).status, 404);
  for (const body of [{}, { ttl: 0 }, { ttl: 48 * 3600 + 1 }, { ttl: '7200' }, [], null]) {
    assert.equal((await cloudflare(body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await cloudflare({ ttl: 48 * 3600 })).status, 201);
});

test('Xirsys lists an object for format urls, else an array with the old url', async () => {
  const told = await xirsys({ format: 'urls', expire: '7200' });
  assert.deepEqual([told.status, told.body.s], [200, 'ok']);
  assert.deepEqual(Object.keys(told.body.v.iceServers), ['urls', 'username', 'credential']);
  const old = await xirsys(null, { query: '?webrtc=1&expire=60' });
  for (const server of old.body.v.iceServers) assert.equal(typeof server.url, 'string');
});

test('Xirsys refuses a stranger, most of the time with status 200', async () => {
  const wrong = { authorization: `Basic ${Buffer.from('simulated:x').toString('base64')}` };
  assert.deepEqual(await xirsys({}, { headers: {} }), { status: 401, body: { s: 'error', v: 'unauthorized' } });
  assert.deepEqual(await xirsys({}, { headers: wrong }), { status: 200, body: { s: 'error', v: 'unauthorized' } });
  assert.deepEqual(await xirsys({}, { channel: 'another' }), { status: 200, body: { s: 'error', v: 'path_not_found' } });
  assert.equal((await xirsys(null, { method: 'GET' })).status, 404);
  for (const expire of ['0', '21601', 'x']) assert.equal((await xirsys({ format: 'urls', expire })).body.s, 'error', expire);
});

test('a fault of either is had once', async () => {
  await post(sim, '/__sim/fault', { service: 'cloudflare', op: 'generate', status: 503 });
  await post(sim, '/__sim/fault', { service: 'xirsys', op: 'servers', body: { s: 'error', v: 'no_quota' } });
  assert.deepEqual([(await cloudflare()).status, (await cloudflare()).status], [503, 201]);
  assert.deepEqual([(await xirsys({ format: 'urls' })).body.s, (await xirsys({ format: 'urls' })).body.s], ['error', 'ok']);
  assert.deepEqual(sim.log('cloudflare').map(({ op }) => op), ['generate', 'generate']);
});

/** A client of the relay, by datagrams or in a stream. */
async function client(way, { username, credential }) {
  const { port } = await sim.relay();
  const waiting = [];
  const take = (frame) => waiting.shift()?.(frame);
  let send;
  if (way === 'udp') {
    const socket = createSocket('udp4').on('message', take);
    send = (bytes) => socket.send(bytes, port, '127.0.0.1');
    after(() => socket.close());
  } else {
    const socket = connect(port, '127.0.0.1').on('data', (bytes) => framesOf(bytes).frames.forEach(take));
    await once(socket, 'connect');
    send = (bytes) => socket.write(bytes);
    after(() => socket.destroy());
  }
  const next = () => new Promise((resolve) => { waiting.push((frame) => resolve(parseMessage(frame))); });
  const key = createHash('md5').update(`${username}:simulated:${credential}`).digest();
  return {
    next,
    async ask(method, attributes, { signed = true } = {}) {
      const named = [...attributes, ['USERNAME', username], ['REALM', 'simulated'], ['NONCE', Buffer.from('simulated-nonce')]];
      const message = new Message(method, classes.REQUEST, undefined, signed ? named : attributes);
      if (signed) message.addMessageIntegrity(key);
      const told = next();
      send(message.bytes);
      return told;
    },
    tell: (attributes) => send(new Message(methods.SEND, classes.INDICATION, undefined, attributes).bytes),
  };
}

const errorOf = (message) => message.getAttributeValue('ERROR-CODE')?.[0];
const TRANSPORT = [['REQUESTED-TRANSPORT', 17 << 24]];

test('the relay takes only names that were given, and carries from one way to the other', async () => {
  const [, named] = (await cloudflare()).body.iceServers;
  const stranger = await client('udp', { username: 'nobody', credential: 'x' });
  assert.equal(errorOf(await stranger.ask(methods.ALLOCATE, TRANSPORT, { signed: false })), 401);
  assert.equal(errorOf(await stranger.ask(methods.ALLOCATE, TRANSPORT)), 401);
  const liar = await client('udp', { ...named, credential: 'x' });
  assert.equal(errorOf(await liar.ask(methods.ALLOCATE, TRANSPORT)), 401);

  const [one, two] = [await client('udp', named), await client('tcp', named)];
  const [first, second] = [await one.ask(methods.ALLOCATE, TRANSPORT), await two.ask(methods.ALLOCATE, TRANSPORT)];
  assert.equal(errorOf(await one.ask(methods.ALLOCATE, TRANSPORT)), 437);
  const [here, there] = [first, second].map((told) => told.getAttributeValue('XOR-RELAYED-ADDRESS'));
  assert.equal(errorOf(await one.ask(methods.CREATE_PERMISSION, [['XOR-PEER-ADDRESS', there]])), undefined);
  assert.equal(errorOf(await two.ask(methods.CREATE_PERMISSION, [['XOR-PEER-ADDRESS', here]])), undefined);
  const heard = two.next();
  one.tell([['XOR-PEER-ADDRESS', there], ['DATA', Buffer.from('good morning')]]);
  const told = await heard;
  assert.equal(told.getAttributeValue('DATA').toString(), 'good morning');
  assert.deepEqual(told.getAttributeValue('XOR-PEER-ADDRESS'), here);
  assert.equal((await one.ask(methods.REFRESH, [['LIFETIME', 0]])).getAttributeValue('LIFETIME'), 0);
  assert.equal(errorOf(await one.ask(methods.REFRESH, [['LIFETIME', 600]])), 437);
});
