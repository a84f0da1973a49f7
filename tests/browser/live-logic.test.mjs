// What a second screen makes of the socket at which an interview is watched.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mergeLines, watchInterview } from '../../static/app/live.js';

const line = (itemId, atMs, text = itemId) => ({ itemId, atMs, endMs: atMs + 10, text });

/** A browser whose sockets and clock do what a test says. */
function browser({ tickets = [] } = {}) {
  const sockets = [];
  const timers = [];
  const told = [];
  class Socket extends EventTarget {
    constructor(address, protocols) {
      super();
      Object.assign(this, { address, protocols, isClosed: false });
      sockets.push(this);
    }

    close() { this.isClosed = true; }

    says(news) { this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(news) })); }

    ends(code) { this.dispatchEvent(Object.assign(new Event('close'), { code })); }
  }
  const env = {
    WebSocket: Socket, origin: 'https://vocahire.example', setTimeout: (work, ms) => timers.push({ work, ms }), clearTimeout: () => {},
  };
  const api = {
    send: async () => {
      const next = tickets.shift() ?? { ticket: `ticket-${sockets.length + 1}` };
      if (next.code) throw next;
      return next;
    },
  };
  const stop = watchInterview({ api, id: 'ses_1', tell: (news) => told.push(news), env });
  const settled = () => new Promise((resolve) => { setImmediate(resolve); });
  return { sockets, timers, told, stop, settled };
}

test('it opens by a ticket, takes a picture and then each change', async () => {
  const { sockets: [socket], told } = await opened();
  assert.equal(socket.address, 'wss://vocahire.example/api/sessions/ses_1/live?after=0');
  assert.deepEqual(socket.protocols, ['vocahire.live.1', 'ticket-1']);
  socket.says({ number: 3, lines: [line('a', 0)], standing: { state: 'live' } });
  socket.says({ number: 4, lines: [line('b', 5)] });
  assert.deepEqual(told.filter(({ lines }) => lines).map(({ lines }) => lines[0].itemId), ['a', 'b']);
});

async function opened(options) {
  const page = browser(options);
  await page.settled();
  return page;
}

test('a socket that is lost is opened again behind the last number, later each time', async () => {
  const page = await opened();
  page.sockets[0].says({ number: 7, lines: [] });
  page.sockets[0].ends(1006);
  assert.deepEqual([page.told.at(-1), page.timers[0].ms], [{ away: true }, 1000]);
  page.timers[0].work();
  await page.settled();
  assert.match(page.sockets[1].address, /after=7$/);
  page.sockets[1].ends(1006);
  assert.equal(page.timers[1].ms, 2000, 'nothing came in meanwhile');
  page.timers[1].work();
  await page.settled();
  page.sockets[2].says({ number: 8, lines: [] });
  assert.deepEqual(page.told.slice(-2)[0], { away: false });
  page.sockets[2].ends(1006);
  assert.equal(page.timers[2].ms, 1000);
});

test('what is over is not opened again, and neither is what too many watch', async () => {
  for (const [code, news] of [[1000, { over: true }], [4001, { elsewhere: true }]]) {
    const page = await opened();
    page.sockets[0].ends(code);
    assert.deepEqual([page.told.at(-1), page.timers.length], [news, 0]);
  }
  const told = await opened();
  told.sockets[0].says({ number: 1, lines: [], standing: { state: 'ended' } });
  assert.deepEqual([told.told.at(-1), told.sockets[0].isClosed], [{ over: true }, true], 'it need not wait for the close');
  const late = await opened({ tickets: [{ code: 'session_ended' }] });
  assert.deepEqual([late.told, late.sockets.length], [[{ over: true }], 0]);
  const away = await opened({ tickets: [{ code: 'unreachable' }] });
  assert.deepEqual([away.sockets.length, away.timers[0].ms], [0, 1000], 'it is tried again');
});

test('a page that was left asks no more', async () => {
  const page = await opened();
  page.stop();
  page.sockets[0].says({ number: 1, lines: [], standing: { state: 'ended' } });
  page.sockets[0].ends(1006);
  assert.deepEqual([page.sockets[0].isClosed, page.timers.length, page.told], [true, 0, []]);
});

test('each line stands once, as it was told last, in the order of the talk', () => {
  const lines = mergeLines([line('a', 0), line('b', 20, 'half')], [line('c', 10), line('b', 20, 'whole')]);
  assert.deepEqual(lines.map(({ itemId, text, number }) => [itemId, text, number]), [['a', 'a', 0], ['c', 'c', 1], ['b', 'whole', 2]]);
});
