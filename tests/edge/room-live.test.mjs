// On the real runtime: whoever watches an interview, by a socket that the platform keeps while the Room sleeps.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from './harness.mjs';
import { houseOfInterviews, isOver, stateOf } from './interview.mjs';

const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1' });

const PROTOCOL = 'vocahire.live.1';
const ticketOf = async (talk) => (await talk.who.call(`/api/sessions/${talk.id}/live-ticket`, { method: 'POST', body: {} })).body.ticket;

/** A socket, and what it was told. */
async function watch(talk, { ticket, after = '' } = {}) {
  const protocols = [PROTOCOL, ticket ?? await ticketOf(talk)];
  const path = '/api/sessions/:id/live'.replace(':id', talk.id);
  const socket = house.socket(`${path}${after && `?after=${after}`}`, protocols);
  const seen = { socket, told: [], closed: null, protocol: null };
  socket.addEventListener('message', ({ data }) => seen.told.push(JSON.parse(data)));
  socket.addEventListener('close', ({ code }) => { seen.closed = code; });
  socket.addEventListener('error', () => { seen.closed ??= 'refused'; });
  socket.addEventListener('open', () => { seen.protocol = socket.protocol; });
  await until(() => seen.told.length > 0 || seen.closed !== null, 'the socket opens or does not');
  return seen;
}

const texts = ({ told }) => told.flatMap(({ lines }) => lines).map(({ text }) => text);

async function connected(name) {
  return (await (await house.person(name)).interview()).connected();
}

test('a second screen sees a picture and then each line, also when the Room was thrown out of memory', async () => {
  const talk = await connected('watched');
  await talk.says('Before you came.');
  const seen = await watch(talk);
  assert.deepEqual([seen.protocol, seen.told[0].jobTitle, seen.told[0].standing.state], [PROTOCOL, talk.who.job, 'live']);
  assert.ok(texts(seen).includes('Before you came.'));
  await talk.says('While you watch.');
  await until(() => texts(seen).includes('While you watch.'), 'the line arrives');
  assert.equal(texts(seen).filter((text) => text === 'While you watch.').length, 1, 'once');
  const { number } = seen.told.at(-1);
  await talk.evict(); // a deploy: the sockets go with the object
  await until(() => seen.closed !== null, 'the socket is lost');
  await until(async () => (await talk.beat()) && (await stateOf(talk)).life.deaf_at === null, 'the sideband is back');
  await talk.says('After it slept.');
  const later = await watch(talk, { after: number });
  assert.ok(texts(later).includes('After it slept.'), 'who comes back with a number is told what came after it');
  assert.ok(!texts(later).includes('Before you came.'), 'and nothing that they know');
  await talk.post('end');
  await until(() => later.told.at(-1).standing?.state === 'ended', 'it is over');
  await until(() => later.socket.readyState >= WebSocket.CLOSING, 'and closed');
  await isOver(house, talk, { ending: 'ended_early', charged: '0.00' });
});

test('nobody watches without a ticket, with another one\'s, or what is over', async () => {
  const [mine, theirs] = [await connected('mine'), await connected('theirs')];
  const wrong = [await ticketOf(theirs), 'nonsense', mine.key];
  for (const ticket of wrong) {
    const refused = await watch(mine, { ticket });
    assert.deepEqual([refused.told.length, refused.closed !== null], [0, true]);
  }
  const other = await theirs.who.call(`/api/sessions/${mine.id}/live-ticket`, { method: 'POST', body: {} });
  assert.equal(other.status, 404);
  const late = await ticketOf(mine);
  await mine.post('end');
  assert.equal((await watch(mine, { ticket: late })).told.length, 0);
  await theirs.post('end');
  for (const talk of [mine, theirs]) await isOver(house, talk, { ending: 'never_spoke', charged: '0.00' });
});

test('the sixth screen takes the place of the first', async () => {
  const talk = await connected('crowd');
  const screens = [];
  for (let n = 0; n < 6; n += 1) screens.push(await watch(talk));
  const isOpen = ({ socket }) => socket.readyState === WebSocket.OPEN;
  await until(() => screens.filter(isOpen).length === 5, 'one of them is closed');
  assert.equal(isOpen(screens[0]), false, 'the oldest');
  await talk.post('end');
  await until(() => screens.slice(1).every(({ told }) => told.at(-1).standing?.state === 'ended'), 'all are told of the end');
  await isOver(house, talk, { ending: 'never_spoke', charged: '0.00' });
});

test('of screens that all come at once five stay', async () => {
  const talk = await connected('rush');
  const ticket = await ticketOf(talk);
  const screens = await Promise.all(Array.from({ length: 15 }, () => watch(talk, { ticket })));
  const open = () => screens.filter(({ socket }) => socket.readyState === WebSocket.OPEN).length;
  await until(() => open() <= 5, 'the others are closed');
  assert.equal(open(), 5);
  await talk.post('end');
  await isOver(house, talk, { ending: 'never_spoke', charged: '0.00' });
});
