// A relay on this machine, by UDP and by TCP on one port: what RFC 8656 asks of one, as far as browsers use it.

import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { Message, classes, methods, parseMessage } from 'werift';

import { channelData, framesOf, isChannelData } from './frames.mjs';

const HERE = '127.0.0.1';
const REALM = 'simulated';
const NONCE = Buffer.from('simulated-nonce');
const UDP = 17;
const LIFETIME_SECONDS = 600;

/** `credentialOf` gives the password of a name that was handed out and is still good. */
export async function startRelay({ credentialOf, port: wanted = 0 }) {
  const house = { credentialOf, allocations: new Map() };
  const udp = createSocket('udp4');
  udp.on('message', (frame, { address, port }) => {
    const client = { name: `udp ${address} ${port}`, address: [address, port], send: (bytes) => udp.send(bytes, port, address) };
    take(house, client, frame);
  });
  const tcp = createServer((socket) => follow(house, socket));
  const port = await listenOnBoth(udp, tcp, wanted);
  return {
    port,
    get allocations() { return house.allocations.size; },
    reset: () => house.allocations.forEach((one) => one.close()),
    async close() {
      this.reset();
      udp.close();
      tcp.close();
    },
  };
}

/** The same port of both, which may be free for one only. */
async function listenOnBoth(udp, tcp, wanted) {
  tcp.listen(wanted, HERE);
  await once(tcp, 'listening');
  const { port } = tcp.address();
  udp.bind(port, HERE);
  await once(udp, 'listening');
  return port;
}

function follow(house, socket) {
  const client = {
    name: `tcp ${socket.remoteAddress} ${socket.remotePort}`,
    address: [socket.remoteAddress, socket.remotePort],
    send: (bytes) => socket.writable && socket.write(bytes),
  };
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    const found = framesOf(Buffer.concat([rest, bytes]));
    rest = found.rest;
    for (const frame of found.frames) take(house, client, frame);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => house.allocations.get(client.name)?.close());
}

function take(house, client, frame) {
  if (isChannelData(frame)) return relayChannel(house, client, frame);
  const message = parseMessage(frame);
  if (!message) return undefined;
  if (message.messageClass === classes.INDICATION) return relaySend(house, client, message);
  if (message.messageClass !== classes.REQUEST) return undefined;
  if (message.messageMethod === methods.BINDING) return answer(client, message, [['XOR-MAPPED-ADDRESS', client.address]]);
  const key = keyOf(house, message);
  if (!key || !parseMessage(frame, key)) return refuse(client, message, 401, 'Unauthorized');
  return (PERFORM[message.messageMethod] ?? unknown)(house, client, message, key);
}

function keyOf({ credentialOf }, message) {
  const name = message.getAttributeValue('USERNAME');
  const credential = name === undefined ? undefined : credentialOf(name);
  return credential && createHash('md5').update(`${name}:${REALM}:${credential}`).digest();
}

function answer(client, { messageMethod, transactionId }, attributes, key) {
  const told = new Message(messageMethod, classes.RESPONSE, transactionId, attributes);
  if (key) told.addMessageIntegrity(key);
  client.send(told.bytes);
}

function refuse(client, { messageMethod, transactionId }, code, reason) {
  const challenge = code === 401 ? [['REALM', REALM], ['NONCE', NONCE]] : [];
  client.send(new Message(messageMethod, classes.ERROR, transactionId, [['ERROR-CODE', [code, reason]], ...challenge]).bytes);
}

const unknown = (house, client, message) => refuse(client, message, 400, 'Bad Request');

const PERFORM = {
  [methods.ALLOCATE]: allocate,
  [methods.REFRESH]: refresh,
  [methods.CREATE_PERMISSION]: permit,
  [methods.CHANNEL_BIND]: bind,
};

async function allocate(house, client, message, key) {
  if (message.getAttributeValue('REQUESTED-TRANSPORT') >>> 24 !== UDP) return refuse(client, message, 442, 'Unsupported Transport');
  if (house.allocations.has(client.name)) return refuse(client, message, 437, 'Allocation Mismatch');
  const socket = createSocket('udp4');
  const allocation = { client, socket, permitted: new Set(), channels: new Map(), numbers: new Map() };
  allocation.close = () => {
    clearTimeout(allocation.timer);
    if (house.allocations.delete(client.name)) socket.close();
  };
  house.allocations.set(client.name, allocation);
  socket.on('message', (data, { address, port }) => relayBack(allocation, data, address, port));
  socket.bind(0, HERE);
  await once(socket, 'listening');
  prolong(allocation, LIFETIME_SECONDS);
  return answer(client, message, [
    ['XOR-RELAYED-ADDRESS', [HERE, socket.address().port]], ['XOR-MAPPED-ADDRESS', client.address], ['LIFETIME', LIFETIME_SECONDS],
  ], key);
}

function prolong(allocation, seconds) {
  clearTimeout(allocation.timer);
  allocation.timer = setTimeout(allocation.close, seconds * 1000).unref();
}

/** None of the rest is done for whoever has no allocation. */
const within = (perform) => (house, client, message, key) => {
  const allocation = house.allocations.get(client.name);
  return allocation ? perform(allocation, client, message, key) : refuse(client, message, 437, 'Allocation Mismatch');
};

function refresh(house, client, message, key) {
  const allocation = house.allocations.get(client.name);
  const seconds = Math.min(message.getAttributeValue('LIFETIME') ?? LIFETIME_SECONDS, LIFETIME_SECONDS);
  if (allocation && seconds === 0) allocation.close();
  else if (allocation) prolong(allocation, seconds);
  else return refuse(client, message, 437, 'Allocation Mismatch');
  return answer(client, message, [['LIFETIME', seconds]], key);
}

function permit(...all) {
  return within((allocation, client, message, key) => {
    allocation.permitted.add(message.getAttributeValue('XOR-PEER-ADDRESS')[0]);
    answer(client, message, [], key);
  })(...all);
}

function bind(...all) {
  return within(({ permitted, channels, numbers }, client, message, key) => {
    const [address, port] = message.getAttributeValue('XOR-PEER-ADDRESS');
    const number = message.getAttributeValue('CHANNEL-NUMBER');
    permitted.add(address);
    channels.set(number, { address, port });
    numbers.set(`${address} ${port}`, number);
    answer(client, message, [], key);
  })(...all);
}

function relaySend(house, client, message) {
  const allocation = house.allocations.get(client.name);
  const [address, port] = message.getAttributeValue('XOR-PEER-ADDRESS') ?? [];
  if (allocation?.permitted.has(address)) allocation.socket.send(message.getAttributeValue('DATA'), port, address);
}

function relayChannel(house, client, frame) {
  const allocation = house.allocations.get(client.name);
  const peer = allocation?.channels.get(frame.readUInt16BE(0));
  if (peer) allocation.socket.send(frame.subarray(4, 4 + frame.readUInt16BE(2)), peer.port, peer.address);
}

function relayBack({ client, permitted, numbers }, data, address, port) {
  if (!permitted.has(address)) return;
  const number = numbers.get(`${address} ${port}`);
  if (number !== undefined) return client.send(channelData(number, data));
  const told = new Message(methods.DATA, classes.INDICATION, undefined, [['XOR-PEER-ADDRESS', [address, port]], ['DATA', data]]);
  return client.send(told.bytes);
}
