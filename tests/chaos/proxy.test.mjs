// What the fault proxy does to plain connections.

import assert from 'node:assert/strict';
import { createConnection, createServer } from 'node:net';
import { after, test } from 'node:test';

import { until } from '../edge/until.mjs';
import { AWAY, mixed, openProxy } from './proxy.mjs';

const ANSWER = Buffer.from('x'.repeat(1000));

/** Answers each piece with 1,000 bytes, and knows what it heard. */
const heard = [];
const service = createServer({ allowHalfOpen: true }, (socket) => {
  const talk = { text: '', ended: false };
  heard.push(talk);
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    talk.text += bytes;
    socket.write(ANSWER);
  });
  socket.on('end', () => {
    talk.ended = true;
    socket.end();
  });
});
await new Promise((done) => { service.listen(0, '127.0.0.1', done); });
after(() => service.close());

async function proxied(script, seed) {
  const proxy = await openProxy({ target: service.address().port, script, seed });
  after(() => proxy.close());
  return proxy;
}

/** A caller that says one thing, and what comes of it. */
function call(proxy, words = 'hello') {
  const socket = createConnection({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  const talk = { socket, bytes: Buffer.alloc(0), ended: false, error: null, from: performance.now() };
  socket.on('data', (bytes) => { talk.bytes = Buffer.concat([talk.bytes, bytes]); });
  socket.on('end', () => { talk.ended = true; });
  socket.on('error', ({ code }) => { talk.error = code; });
  talk.closed = new Promise((done) => { socket.on('close', done); });
  socket.write(words);
  after(() => socket.destroy());
  return talk;
}

const answered = (talk, count = ANSWER.length) => until(() => talk.bytes.length === count, `${count} bytes`);
const quiet = () => new Promise((done) => { setTimeout(done, 100); }); // nothing is what is to be seen

test('what passes is as it was, both ways, ends and all', async () => {
  const talk = call(await proxied({}), 'all of it');
  await answered(talk);
  talk.socket.end();
  await talk.closed;
  assert.deepEqual([heard.at(-1), talk.error], [{ text: 'all of it', ended: true }, null]);
});

test('a connection that nobody serves is broken, not silent', async () => {
  const gone = await openProxy({ target: 1 });
  after(() => gone.close());
  await call(gone).closed;
});

test('delayed: it takes so long, and then it is all there', async () => {
  const talk = call(await proxied([{ fault: 'delay', ms: 120 }]));
  await answered(talk);
  assert.ok(performance.now() - talk.from >= 119);
});

test('dropped: taken, and no answer; heard by the service or not', async () => {
  const proxy = await proxied([{ fault: 'drop', heard: false }, { fault: 'drop', heard: true }]);
  const before = heard.length;
  const deaf = call(proxy);
  await quiet();
  assert.equal(heard.length, before);
  const mute = call(proxy, 'is heard');
  await until(() => heard.at(-1).text === 'is heard', 'the service');
  await quiet();
  assert.deepEqual([deaf, mute].map(({ bytes, ended, error }) => [bytes.length, ended, error]), [[0, false, null], [0, false, null]]);
});

test('reset: RST as soon as something is sent, of which the service hears nothing', async () => {
  const before = heard.length;
  const talk = call(await proxied(['reset']));
  await talk.closed;
  assert.deepEqual([talk.error, talk.bytes.length, heard.length], ['ECONNRESET', 0, before]);
});

test('half-closed: the answer ends early, and what is sent still arrives', async () => {
  const talk = call(await proxied([{ fault: 'halfClose', after: 10 }]));
  await until(() => talk.ended, 'the end of the answer');
  assert.equal(talk.bytes.length, 10);
  talk.socket.write(' and more');
  await until(() => heard.at(-1).text === 'hello and more', 'the service');
});

test('trickled: so many bytes a second, the whole answer in the end', async () => {
  const talk = call(await proxied([{ fault: 'trickle', bytesPerSecond: 4000 }]));
  await answered(talk);
  const took = performance.now() - talk.from;
  assert.ok(took >= 200 && took < 2000, `${took} ms`);
});

test('garbage: an answer that is none, and the service hears nothing', async () => {
  const before = heard.length;
  const proxy = await proxied(['garbage']);
  const talk = call(proxy);
  await until(() => talk.ended, 'its end');
  assert.deepEqual([talk.bytes, heard.length], [proxy.log[0].bytes, before]);
});

test('cut in mid-body, by an end or by RST', async () => {
  const proxy = await proxied([{ fault: 'cut', after: 100, rst: false }, { fault: 'cut', after: 0, rst: true }]);
  const ended = call(proxy);
  await until(() => ended.ended, 'its end');
  assert.deepEqual([ended.bytes.length, ended.error], [100, null]);
  const broken = call(proxy);
  await broken.closed;
  assert.deepEqual([broken.bytes.length, broken.error, heard.at(-1).text], [0, 'ECONNRESET', 'hello']);
});

test('calm: what is silent breaks, what is slow goes on, and all that follows pass', async () => {
  const proxy = await proxied([{ fault: 'drop', heard: true }, { fault: 'trickle', bytesPerSecond: 1 }, { fault: 'delay', ms: 60_000 }]);
  const [silent, slow, late] = [call(proxy), call(proxy), call(proxy)];
  await until(() => proxy.log.length === 3, 'all three');
  proxy.calm();
  await Promise.all([silent.closed, answered(slow), answered(late), answered(call(proxy))]);
  assert.equal(silent.error, 'ECONNRESET');
});

test('the same seed does the same to the same connections, and says so', async () => {
  const course = async (seed) => {
    const proxy = await proxied(mixed(0.7), seed);
    for (let n = 0; n < 40; n += 1) call(proxy);
    await until(() => proxy.log.length === 40, 'all of them');
    return proxy.log.map(({ fault, ms, heard: was, after: bytes, rst, bytesPerSecond }) => [fault, ms, was, bytes, rst, bytesPerSecond]);
  };
  const [one, same, other] = [await course(7), await course(7), await course(8)];
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
  assert.equal(new Set(one.map(([fault]) => fault)).size, 8, 'of each kind one');
});

test('away: nobody gets an answer', async () => {
  const proxy = await proxied(AWAY);
  const talks = Array.from({ length: 20 }, () => call(proxy));
  await until(() => proxy.log.length === 20, 'all of them');
  await quiet();
  assert.ok(talks.every(({ bytes }) => bytes.length === 0));
  assert.deepEqual(Object.keys(proxy.counts()).sort(), ['drop', 'reset']);
});
