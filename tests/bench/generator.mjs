// Sends a fixed number of requests over kept-alive connections and prints what came back. One JSON argument:
// { port, path, headers, body, requests, connections, status }; with a body it is a POST. Raw sockets: the answer is
// counted, not parsed.
import { connect } from 'node:net';

const LIMIT_MS = 60_000;
const END = Buffer.from('\r\n\r\n');

const { port, path, headers = {}, body, requests, connections, status } = JSON.parse(process.argv[2]);
const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
const lines = Object.entries({ host: 'localhost:8787', ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
const method = body === undefined ? 'GET' : 'POST';
const question = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
const wanted = `HTTP/1.1 ${status} `;

const late = setTimeout(() => fail(`not done after ${LIMIT_MS / 1000} s`), LIMIT_MS);
let left = requests;
let answered = 0;
const started = performance.now();
await Promise.all(Array.from({ length: connections }, converse));
clearTimeout(late);
if (answered < requests) fail(`${answered} of ${requests} requests were answered`);
process.stdout.write(JSON.stringify({ requests, ms: performance.now() - started }));

/** Question and answer in turn on one connection, as long as there are questions left. */
function converse() {
  return new Promise((done) => {
    let seen = Buffer.alloc(0);
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const ask = () => {
      if (left === 0) return socket.end();
      left -= 1;
      return socket.write(question);
    };
    socket.on('connect', ask);
    socket.on('data', (data) => {
      seen = seen.length === 0 ? data : Buffer.concat([seen, data]);
      const length = answerLength(seen);
      if (length === 0 || seen.length < length) return;
      seen = Buffer.alloc(0);
      answered += 1;
      ask();
    });
    socket.on('error', (error) => fail(error.message));
    socket.on('close', done);
  });
}

/** How many bytes the answer has, 0 while its head is not complete. */
function answerLength(seen) {
  const end = seen.indexOf(END);
  if (end < 0) return 0;
  const head = seen.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  if (!head.startsWith(wanted) || !length) fail(`${path} answered ${head.split('\r\n')[0]}, wanted ${status} and a content-length`);
  return end + END.length + Number(length[1]);
}

function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
