// A TCP proxy that spoils connections, to stand before any service. It knows nothing of HTTP or WebSockets: what it does
// it does to bytes. By connection and seed one of these:
//   pass       nothing
//   delay      the connection is made `ms` later
//   drop       accepted, and silent for ever; with `heard` the service hears what nobody hears the answer of
//   reset      broken (RST) as soon as something is sent
//   halfClose  after `after` bytes of the answer its end; what the caller sends still arrives
//   trickle    the answer at `bytesPerSecond`
//   garbage    an answer that is none, from the proxy; the service hears nothing
//   cut        after `after` bytes of the answer the end of both ways, with `rst` by RST

import { createConnection, createServer } from 'node:net';

import { chances } from '../edge/chances.mjs';

/** How each fault is, where a script does not say. */
const DRAWN = {
  pass: () => ({}),
  delay: ({ between }) => ({ ms: between(20, 1500) }),
  drop: ({ chance }) => ({ heard: chance(0.5) }),
  reset: () => ({}),
  halfClose: ({ between }) => ({ after: between(0, 400) }),
  trickle: ({ between }) => ({ bytesPerSecond: between(200, 4000) }),
  garbage: ({ between, below }) => ({ bytes: Buffer.from(Array.from({ length: between(1, 300) }, () => below(256))) }),
  cut: ({ between, chance }) => ({ after: between(0, 400), rst: chance(0.5) }),
};
const TICK_MS = 20;

/** Faults in all kinds alike, `part` of all connections. */
export function mixed(part) {
  const kinds = Object.keys(DRAWN).filter((kind) => kind !== 'pass');
  return Object.fromEntries(kinds.map((kind) => [kind, part / kinds.length]));
}

/** Nobody is there: half are refused, half hear nothing. */
export const AWAY = { reset: 0.5, drop: 0.5 };

/**
 * Before the port that `target` tells for each connection. A script is `{ fault: part of all }`, the rest pass, or a list
 * of what happens next, `'reset'` or `{ fault: 'cut', after: 10 }`, after which all pass.
 */
export async function openProxy({ name = 'proxy', target, seed = 1, script = {} }) {
  const random = chances(seed);
  const log = [];
  const open = new Map(); // line to what ends its suffering
  let played = copied(script);

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const { fault, ...wish } = next(played, random);
    const entry = { name, number: log.length + 1, at: Date.now(), fault, ...DRAWN[fault](random), ...wish, up: 0, down: 0, over: false };
    log.push(entry);
    const line = lineOf(client, target, entry);
    open.set(line, DEEDS[fault](line, entry));
    client.once('close', () => {
      entry.over = true;
      line.end();
      open.delete(line);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();

  return {
    name, port, log,
    url: `http://127.0.0.1:${port}`,
    play(wanted) { played = copied(wanted); },

    /** From now on all pass, and what is slow or silent is so no more. */
    calm() {
      played = {};
      for (const relieve of open.values()) relieve?.();
    },

    /** Ends connections that are open, as a network that goes away. */
    breakAll() {
      for (const line of open.keys()) line.client.resetAndDestroy();
    },

    /** How often it did what. */
    counts() {
      const counts = {};
      for (const { fault } of log) counts[fault] = (counts[fault] ?? 0) + 1;
      return counts;
    },

    close() {
      for (const line of open.keys()) line.client.destroy();
      return new Promise((done) => { server.close(done); });
    },
  };
}

const copied = (script) => (Array.isArray(script) ? [...script] : { ...script });

/** The chance is drawn in any case: what becomes of the nth connection does not depend on scripts before. */
function next(played, random) {
  let at = random.next();
  if (Array.isArray(played)) {
    const one = played.shift() ?? 'pass';
    return typeof one === 'string' ? { fault: one } : one;
  }
  for (const [fault, part] of Object.entries(played)) {
    if (at < part) return { fault };
    at -= part;
  }
  return { fault: 'pass' };
}

/** One caller, and the way to the service, which is made when it is asked for. */
function lineOf(client, target, entry) {
  let service = null;
  client.on('error', () => {}); // its close follows
  client.setNoDelay(true);
  const line = {
    client,

    /** What the caller sends goes to the service; what comes back goes to `take`, and its end to `done`. */
    ask(take, done = () => client.end()) {
      if (client.destroyed) return;
      service = createConnection({ port: port(target), host: '127.0.0.1', allowHalfOpen: true });
      service.setNoDelay(true);
      service.on('error', () => client.resetAndDestroy());
      service.on('data', take);
      service.on('end', done);
      client.on('data', (bytes) => {
        entry.up += bytes.length;
        service.write(bytes);
      });
      client.on('end', () => service.end());
    },

    tell(bytes) {
      entry.down += bytes.length;
      if (!client.destroyed && !client.writableEnded) client.write(bytes);
    },

    join() { line.ask(line.tell); },
    end() { service?.destroy(); },
  };
  return line;
}

const port = (target) => (typeof target === 'function' ? target() : target);

/** What is done to a line; some give back what ends it. */
const DEEDS = {
  pass(line) { line.join(); },

  delay(line, { ms }) {
    let late = setTimeout(join, ms);
    function join() {
      clearTimeout(late);
      if (late) line.join();
      late = null;
    }
    line.client.once('close', () => clearTimeout(late));
    return join;
  },

  drop(line, { heard }) {
    if (heard) line.ask(() => {}, () => {});
    else line.client.resume();
    return () => line.client.resetAndDestroy();
  },

  reset(line) { line.client.once('data', () => line.client.resetAndDestroy()); },

  garbage(line, { bytes }) {
    line.client.once('data', () => {
      line.tell(bytes);
      line.client.end();
      line.client.resume();
    });
  },

  halfClose(line, { after }) { line.ask(until(line, after, () => line.client.end())); },

  cut(line, { after, rst }) {
    line.ask(until(line, after, () => (rst ? line.client.resetAndDestroy() : line.client.destroySoon())));
  },

  trickle(line, { bytesPerSecond }) {
    let waiting = Buffer.alloc(0);
    let [due, ended, free] = [0, false, false];
    const flow = () => {
      due += (bytesPerSecond * TICK_MS) / 1000;
      const count = free ? waiting.length : Math.min(waiting.length, Math.floor(due));
      if (waiting.length === 0) due = 0;
      if (count > 0) line.tell(waiting.subarray(0, count));
      waiting = waiting.subarray(count);
      due -= free ? due : count;
      if (ended && waiting.length === 0) line.client.end();
    };
    const timer = setInterval(flow, TICK_MS);
    line.client.once('close', () => clearInterval(timer));
    line.ask((bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      if (free) flow();
    }, () => { ended = true; });
    return () => { free = true; };
  },
};

/** Passes on so many bytes, and then does `stop`, once: at the first answer at the latest, for some have no more. */
function until(line, after, stop) {
  let left = after;
  let done = false;
  return (bytes) => {
    if (done) return;
    line.tell(bytes.subarray(0, left));
    left -= bytes.length;
    if (left > 0) return;
    done = true;
    stop();
  };
}
