// Interviews: the start of one against a twin in JavaScript, what the exchange adds to OpenAI's own answer, and what half
// an hour of talking writes.
import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';
import { Plain } from '../../scripts/lib/say.mjs';
import { OFFER, openHouse } from '../edge/interview.mjs';
import { until } from '../edge/until.mjs';
import { startSim } from '../sim/server.mjs';
import { middle, ratio, single } from './figures.mjs';
import { measure } from './rounds.mjs';
import { modules } from './variants.mjs';
import { configure, memory, serve } from './workerd.mjs';

const DAY_SECONDS = 86_400;
const EXCHANGES = 200;
const BEAT_SECONDS = 5;
const TURN_SECONDS = 30;
const LIMIT_MS = 30_000;
const WISH = JSON.stringify({
  jobTitle: 'Charge nurse', company: 'Städtisches Klinikum', jobDescription: 'You lead a ward of thirty beds.\n'.repeat(30), minutes: 30,
});

export async function interviews(plan) {
  const start = await measureStart(plan);
  const exchange = await measureExchange();
  const written = await measureRows();
  return {
    rows: [
      ratio('start', 'POST /api/realtime-session / the same in JavaScript, same Wallet', start.ours, start.twin),
      single('exchange', 'POST /api/webrtc-exchange - the bare upstream, median', exchange.median, 'ms'),
      single('exchangeLate', 'the same, p99', exchange.late, 'ms'),
      single('exchangeHops', 'objects that an exchange asks', exchange.hops, 'hops'),
      single('roomRows', 'rows half an hour of talking writes in its Room', written.room, 'rows'),
      single('roomAlarms', 'times its alarm is set', written.alarms, 'rows'),
      single('walletRows', 'rows it writes in its Wallet, the alarms included', written.wallet, 'rows'),
      single('copyStatements', 'statements it sends to D1', written.statements, 'rows'),
    ],
    notes: [
      'A start is told again with its Idempotency-Key, for a person has one open interview: each asks the Wallet for the same hold.',
      `${EXCHANGES} exchanges in turn, a simulator beside the Worker. In half an hour two turns a minute.`,
    ],
  };
}

async function measureStart({ rounds, requests }) {
  const sim = await startSim();
  try {
    const vars = { APP_ENV: 'production', ...sim.workerVars(), TICKET_SECRET: 'a-ticket-secret-of-the-bench-alone', STUN_URLS: '' };
    const ours = modules(root);
    const here = (file) => join(root, 'tests', 'bench', file);
    const describe = (name, files) => configure({
      name, files, vars, database: true, objects: { WALLET: 'Wallet', ROOM: 'Room' }, disk: join(memory, name),
    });
    const workers = await Promise.all([
      serve(describe('start-ours', ours)), serve(describe('start-twin', [here('start-twin.js'), here('twin.js'), ...ours])),
    ]);
    const token = sim.clerk.token({ userId: 'user_starter', ttlSeconds: DAY_SECONDS });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'bench-start-1' };
    const cases = ['ours', 'twin'].map((name, n) => (
      { name, worker: workers[n], path: '/api/realtime-session', headers, body: WISH, status: 201 }
    ));
    await needSameStart(cases);
    const { cpu } = await measure(cases, { rounds, requests: Math.ceil(requests / 3) });
    await Promise.all(workers.map((worker) => worker.stop()));
    return cpu;
  } finally {
    await sim.close();
  }
}

/** The same but for the session's random name and the times; what is in the tickets is compared, too. */
async function needSameStart(cases) {
  const told = await Promise.all(cases.map(async ({ worker, path, headers, body }) => {
    await fetch(`http://127.0.0.1:${worker.port}/api/user`, { headers }); // opens the book
    const answer = await fetch(`http://127.0.0.1:${worker.port}${path}`, { method: 'POST', headers, body });
    const { id, token, expiresAt, ...rest } = await answer.json();
    if (answer.status !== 201) throw new Plain(`A start was answered ${answer.status}: ${JSON.stringify(rest)}`);
    const ticket = JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString() || '[]');
    const own = [...answer.headers].filter(([name]) => name !== 'x-request-id');
    return JSON.stringify([answer.status, own, rest, ticket.slice(1, 4), ticket.at(-1), id.length, token.length, expiresAt.length]);
  }));
  if (told[0] !== told[1]) throw new Plain(`Ours and the twin in tests/bench/start-twin.js answer differently:\n${told.join('\n')}`);
}

/** Milliseconds of each exchange less those of the same offer sent to the simulator itself. */
async function measureExchange() {
  const house = await openHouse({}, memory);
  try {
    const talks = [];
    for (let n = 0; n < EXCHANGES; n += 1) talks.push(await (await house.person(`guest${n}x`)).interview());
    await house.drive('stop-at', { of: 'room', number: 0 });
    const asked = (await talks[0].exchange()).headers.get('x-test-objects-seen').split(',');
    const { names } = await house.drive('effects');
    const offer = house.sim.log('openai').find(({ op }) => op === 'calls');
    const [ours, bare] = [[], []];
    for (const talk of talks.slice(1)) {
      bare.push(await timed(() => sendAgain(house.sim, offer)));
      ours.push(await timed(() => send(house, talk)));
    }
    ours.sort((a, b) => a - b);
    return {
      median: middle(ours) - middle(bare),
      late: ours[Math.floor(ours.length * 0.99)] - middle(bare),
      hops: asked.length + names.filter((name) => ['WALLET', 'ROOM'].includes(name)).length,
    };
  } finally {
    await house.close();
  }
}

async function timed(work) {
  const from = performance.now();
  const answer = await work();
  await answer.arrayBuffer();
  const ms = performance.now() - from;
  if (!answer.ok) throw new Plain(`An exchange was answered ${answer.status}.`);
  return ms;
}

function send(house, { id, ticket, who }) {
  const headers = { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ sessionId: id, token: ticket, sdp: OFFER });
  return house.raw('/api/webrtc-exchange', { method: 'POST', headers, body });
}

function sendAgain(sim, { headers: { authorization, 'content-type': type }, body }) {
  return fetch(`${sim.url}/v1/realtime/calls`, { method: 'POST', headers: { authorization, 'content-type': type }, body });
}

/** Rows as the storage counts them, and one for each time an alarm is set. */
async function measureRows() {
  const house = await openHouse({ ROOM_ARCHIVE_SECONDS: '1' }, memory);
  try {
    const who = await house.person('talker');
    await rested(house, who);
    const fromNow = () => house.drive('spoil', { owner: who.id });
    const soFar = async () => (await rested(house, who), house.drive('seen', { owner: who.id }));
    await fromNow();
    const talk = await (await who.interview()).connected();
    const before = await soFar();
    await fromNow(); // it may leave memory until the end, and what it has counted with it
    let at = 0;
    let told = {};
    while (told.state !== 'ended') {
      at += BEAT_SECONDS;
      await house.clock(at * 1000);
      await ringWhatIsDue(house, talk);
      told = await talk.beat(at * 50);
      if (at % TURN_SECONDS === 0 && told.remainingMs > TURN_SECONDS * 1000) await takesATurn(talk, at);
    }
    await until(async () => (await talk.archived()).length === 1, 'D1 has the interview', LIMIT_MS);
    const [room, ...wallet] = [await talk.room('seen'), before, await soFar()];
    const sum = (count) => wallet.reduce((all, seen) => all + count(seen), 0);
    return {
      room: room.rowsWritten, alarms: room.alarms, wallet: sum((seen) => seen.rowsWritten + seen.alarms),
      statements: room.statements + sum((seen) => seen.statements),
    };
  } finally {
    await house.close();
  }
}

/** Once the interviewer has said all. */
async function takesATurn(talk, at) {
  const last = (name) => talk.call().events.findLastIndex(({ type }) => type === `output_audio_buffer.${name}`);
  await until(() => Math.max(last('stopped'), last('cleared')) > last('started'), 'the interviewer is done', LIMIT_MS);
  await talk.says(`What I have to say after ${at} seconds.`);
}

/** The platform's alarm does not know that the Worker's clock was put ahead. */
async function ringWhatIsDue(house, { room }) {
  const isDue = async () => (await room('rows', { sql: 'select min(at) as at from due' }))[0].at <= (await house.drive('effects')).now;
  if (!(await isDue())) return;
  await room('hasten', { by: 0 });
  await until(async () => !(await isDue()), 'what is due is done', LIMIT_MS);
}

const rested = (house, { id }) =>
  until(async () => (await house.rows(id, "select count(*) as n from due where what = 'mirror'"))[0].n === 0, 'a Wallet at rest', LIMIT_MS);
