// Interviews as tests hold them: a Worker on the bare runtime with a simulator beside it, people, and what is true of
// each interview when it is over.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';

import { startSim } from '../sim/server.mjs';
import { checkAnswer, promisesOf, read } from './answers.mjs';
import { killable } from './process.mjs';
import { until } from './until.mjs';

export const OFFER = readFileSync(new URL('../fixtures/offers/chromium.sdp', import.meta.url), 'utf8');
const DAY_SECONDS = 86_400;
const COUNT = { 'x-test-db': 'count' };

/** The calls of its simulator have no media unless a test wants some. Ends with the test file. */
export async function houseOfInterviews(vars) {
  const house = await openHouse(vars);
  after(() => house.close());
  return house;
}

export async function openHouse(vars, place) {
  const sim = await startSim({ webhookUrl: null });
  sim.openaiMedia({ media: false });
  const settings = { APP_ENV: 'production', ...sim.workerVars(), TICKET_SECRET: 'a-ticket-secret-of-these-tests-alone', STUN_URLS: '' };
  const house = await killable({ ...settings, ...vars }, place);
  let promises;

  /** A request as a page sends it, whose answer is checked. `token` is Clerk's or a room key. */
  async function call(path, { method = 'GET', token, body, headers = {} } = {}) {
    const sent = {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const answer = await read(await house.raw(path, sent));
    promises ??= await promisesOf(house);
    checkAnswer(promises, { method, path }, answer);
    return answer;
  }

  return {
    ...house,
    sim,
    call,
    /** Puts the Worker's clock ahead, from now on. */
    clock: (milliseconds) => house.raw('/api/health', { headers: { 'x-test-clock': String(milliseconds) } }),
    /** Everything this process has printed. */
    log: () => house.drive('log'),
    person: (name, account) => person({ house, sim, call }, name, account),
    async close() {
      await house.kill();
      await sim.close();
    },
  };
}

/** Somebody who has 3.00, and looks for a job by whose name their calls are found. `account` is what Clerk knows of them. */
async function person(rooms, name, account) {
  const { sim, call } = rooms;
  const id = `user_${name}`;
  const job = `${name} by trade`;
  const { token } = sim.signIn({ userId: id, email: `${name}@example.test`, ttlSeconds: DAY_SECONDS, ...account });
  const own = (path, more) => call(path, { token, ...more });
  assert.equal((await own('/api/user')).body.credits, '3.00');
  return {
    id,
    job,
    token,
    call: own,
    start: (wish, headers = COUNT) => own('/api/realtime-session', { method: 'POST', body: { jobTitle: job, ...wish }, headers }),
    /** Starts an interview that can be spoken to. */
    async interview(wish) {
      const { status, body } = await this.start(wish);
      assert.equal(status, 201, JSON.stringify(body));
      return this.interviewOf(body);
    },
    interviewOf(body) {
      return interview(rooms, this, name, body);
    },
    money: async () => (await own('/api/user')).body,
    async statement() {
      const { body } = await own('/api/credits/statement');
      return body.lines.map(({ kind, amount, held, text }) => ({ kind, amount, held, text })).reverse();
    },
    open: async () => (await own('/api/sessions')).body.open,
    calls: () => sim.openaiCalls().filter(({ asked }) => asked.instructions.includes(job)),
  };
}

function interview({ house, sim, call }, who, name, { id, token: ticket, held }) {
  const path = `/api/sessions/${id}`;
  const post = (what, body = {}, headers = {}) =>
    call(`${path}/${what}`, { method: 'POST', token: self.key ?? who.token, body, headers });
  const self = {
    id, who, held, ticket,
    key: null,
    /** The room key, if there is one, is used from then on. */
    async exchange(sdp = OFFER) {
      const body = { sessionId: id, token: ticket, sdp };
      const answer = await who.call('/api/webrtc-exchange', { method: 'POST', body, headers: COUNT });
      if (answer.status === 200) self.key = answer.body.roomKey;
      return answer;
    },
    /** Is called, and the channel opens. */
    async connected() {
      const { status, body } = await self.exchange();
      assert.equal(status, 200, JSON.stringify(body));
      await until(() => self.call()?.sideband === 1, `the sideband of ${name}`);
      self.drive({ open: true });
      await self.until(({ state }) => state === 'live', 'live');
      return self;
    },
    beat: async (packets = 1) => (await post('heartbeat', { packets })).body,
    post,
    look: () => who.call(path),
    lines: async (query = '') => (await who.call(`${path}/transcript${query}`)).body,
    until: (condition, what, packets) => until(async () => {
      const told = await self.beat(packets);
      return condition(told) && told;
    }, `${what} of ${name}`, 20_000),
    call: () => who.calls().at(-1),
    drive: (body) => sim.openaiCall(body, { id: self.call().id }),
    /** The person says something, and it is heard. */
    async says(text) {
      self.drive({ hear: text });
      await until(async () => (await self.lines()).lines.some((line) => line.text === text), `${name} is heard to say ${text}`);
    },
    room: (op, wish) => house.room(id, op, wish),
    evict: () => house.evict(id),
    archived: () => house.d1('select * from sessions where id = ?', id),
  };
  return self;
}

/**
 * Waits until an interview is over, and checks what is true of each that is: the money is as the table says and stands
 * on the statement, nothing is held, the Room waits for nothing but its own end, no call is left open.
 */
export async function isOver(house, { who, id, held, room, archived, look }, { ending, charged }) {
  await until(async () => (await who.money()).held === '0.00', `nothing is held of ${who.id}`, 20_000);
  const [start, end] = (await who.statement()).slice(-2);
  assert.deepEqual([start.kind, start.held], ['hold', held]);
  assert.deepEqual([end.amount, end.held], [minus(charged), minus(held)], end.text);
  assert.equal(await who.open(), null);
  await until(() => who.calls().every(({ state }) => state === 'ended'), `no call of ${who.id} goes on`);
  await until(async () => (await archived()).length === 1, `D1 has the interview of ${who.id}`, 20_000);
  const [kept] = await archived();
  assert.deepEqual([kept.ending, (kept.charged / 1000).toFixed(2)], [ending, charged]);
  await until(async () => (await waitsFor(room)).every((what) => what === 'empty'), 'the Room rests', 20_000);
  const [{ at }, waits] = [await room('alarm'), await waitsFor(room)];
  assert.equal(at !== null, waits.length > 0, 'it rings once more, to empty itself, or has done so');
  assert.equal((await look()).body.charged, charged);
  return { line: end, kept };
}

const minus = (amount) => (amount === '0.00' ? amount : `-${amount}`);

/** A turn of the person as the data channel tells it. */
export function turnOf(item, transcript, previous = null) {
  return [
    { type: 'input_audio_buffer.speech_started', item_id: item, audio_start_ms: 0 },
    {
      type: 'conversation.item.added', previous_item_id: previous,
      item: { id: item, type: 'message', role: 'user', content: [{ type: 'input_audio' }] },
    },
    { type: 'conversation.item.input_audio_transcription.completed', item_id: item, content_index: 0, transcript },
  ];
}

/** What a Room has stored of itself. */
export const stateOf = async ({ room }) => JSON.parse((await room('rows', { sql: 'select state from room' }))[0].state);

/** What is still to be done by a Room; an empty one has not even a table for it. */
async function waitsFor(room) {
  const tables = await room('rows', { sql: "select 1 from sqlite_schema where name = 'due'" });
  return tables.length === 0 ? [] : (await room('rows', { sql: 'select what from due' })).map(({ what }) => what);
}
