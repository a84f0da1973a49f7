// Who uses a house under fire: people with a page each, which does what ours does, and is told in the log what came of it.

import { readFileSync } from 'node:fs';

import { turnOf } from '../edge/interview.mjs';
import { until } from '../edge/until.mjs';
import { signatureHeader } from '../sim/stripe/signature.mjs';
import { scanOf } from './scan.mjs';

const OFFER = readFileSync(new URL('../fixtures/offers/chromium.sdp', import.meta.url), 'utf8');
const TERMS = '2026-11-21';
const LIVE = 'vocahire.live.1';
const WEEK_SECONDS = 7 * 86_400; // time is put ahead in the end
const JOB = /chaos\d+x by trade \d+x/;
const AGAIN_MS = [100, 200, 400];
const AGAIN = [null, 502, 503, 504];
const FOUND_MS = 15_000;

const pause = (ms) => new Promise((later) => { setTimeout(later, ms); });
const offer = (n) => OFFER.replace(/a=ice-ufrag:\S+/g, `a=ice-ufrag:chaos${n}`);

/** The job that a call names. */
const jobOf = ({ asked }) => JOB.exec(asked.instructions)?.[0];

/** `told` is where everything is kept that they are told. */
export function peopleOf(house, told) {
  const { sim } = house;
  const people = [];
  const taken = new Set();

  const calls = new Map(); // by the job that they name, oldest first
  let seen = 0;

  /** The calls of one interview. Nobody forgets calls here: each is looked at once. */
  function callsOf(job) {
    for (const call of [...sim.openai.calls.values()].slice(seen)) {
      seen += 1;
      const named = jobOf(call);
      calls.set(named, [...(calls.get(named) ?? []), call]);
    }
    return calls.get(job) ?? [];
  }

  function person() {
    const name = `chaos${people.length + 1}x`;
    const id = `user_${name}`;
    const { token } = sim.signIn({ userId: id, email: `${name}@example.test`, ttlSeconds: WEEK_SECONDS });
    const ask = (kind, about, path, more) => told.op(kind, { person: id, ...about }, () => house.call(path, { token, ...more }));
    let [clicks, jobs] = [0, 0];
    const self = {
      id, token, interviews: [],
      read: (path = '/api/user', about = {}) => ask('read', { path, ...about }, path),

      /** Until they are known, for everything else comes after that. */
      async arrive() {
        for (let n = 0; n < 20; n += 1) {
          if ((await self.read()).status === 200) return true;
          await pause(AGAIN_MS[2]);
        }
        return false;
      },

      /** An interview that may be talked in, or null. */
      async start(wish) {
        const job = `${name} by trade ${(jobs += 1)}x`;
        const headers = { 'idempotency-key': `start-${name}-${jobs}-${told.entries.length}` };
        const send = () => ask('start', { job }, '/api/realtime-session', { method: 'POST', headers, body: { jobTitle: job, ...wish } });
        const { status, body } = await again(send);
        if (status !== 201) return null;
        const talk = interviewOf(self, job, body);
        self.interviews.push(talk);
        return talk;
      },

      async checkout(product = 'pack3') {
        const key = `buy-${name}-${(clicks += 1)}-x`;
        const sent = { method: 'POST', headers: { 'idempotency-key': key }, body: { product, returnTo: '/credits', terms: TERMS } };
        const send = () => ask('checkout', { product, key }, '/api/billing/checkout', sent);
        const { status, body: visit } = await again(send);
        return status === 201 ? visit.id : null;
      },

      /** A scan, whose words PDF.co must read. */
      async bringsResume() {
        const { type, body } = await scanOf(name);
        const sent = { method: 'POST', headers: { 'content-type': type }, body };
        return again(() => ask('resume', {}, '/api/resume', sent), [null, 502, 503]); // who waited in vain for long gives up
      },

      async buy(product) {
        const id = await self.checkout(product);
        if (id) sim.stripe.pay({ id });
        return id;
      },
    };
    people.push(self);
    return self;
  }

  function interviewOf(who, job, { id, token: ticket, held }) {
    const path = `/api/sessions/${id}`;
    const ask = (kind, what, body, about) => told.op(kind, { person: who.id, session: id, ...about }, () => (
      house.call(`${path}/${what}`, { method: 'POST', token: self.key ?? who.token, body })));
    let [offers, batches] = [0, 0];
    let taken = null; // the offer whose answer came last

    const exchange = (kind, body, token) => told.op(kind, { person: who.id, session: id }, () => (
      house.call('/api/webrtc-exchange', { method: 'POST', token, body: { sessionId: id, ...body } })));

    /** An offer is answered: its channel opens, and the interviewer begins. */
    function opened({ status, body }, sdp) {
      if (status !== 200) return;
      taken = sdp;
      Object.assign(self, { key: body.roomKey, connect: body.connect });
      self.drive({ open: true });
    }

    const self = {
      id, job, who, held, key: null, connect: 0, heard: [],
      calls: () => callsOf(job),
      offer: (n) => ({ sessionId: id, token: ticket, sdp: offer(n) }),

      /** What happens in the call, if it goes on. */
      drive(wish) {
        const call = self.calls().findLast(({ offer: sdp, state }) => sdp === taken && state !== 'ended');
        if (!call || (wish.open && call.state !== 'connecting')) return false;
        sim.openaiCall(wish, { id: call.id });
        return true;
      },

      /** Whether a call came of it. */
      async exchange() {
        const answer = await again(() => exchange('exchange', self.offer(0), who.token), [null]);
        opened(answer, self.offer(0).sdp);
        return answer.status === 200;
      },

      /** Another call on the same hold, by the room key. */
      async reconnect() {
        let sdp = null;
        const answer = await again(() => {
          sdp = offer(offers += 1);
          return again(() => exchange('reconnect', { sdp }, self.key), [null]); // the same, where nobody knows what came of it
        }, AGAIN.filter(Boolean));
        opened(answer, sdp);
        return answer;
      },

      beat: (packets = 1) => ask('beat', 'heartbeat', { packets }),
      pause: (paused) => ask('pause', 'pause', { paused }),

      /** What only the browser has heard; `kept` tells whether it was asked for before and after. */
      async relay(text) {
        batches += 1;
        const item = `item_${id}_${batches}`;
        const before = await self.beat();
        const batch = { batch: batches, connect: self.connect, events: turnOf(item, text) };
        const about = { item, text, asked: false };
        const answer = await again(() => ask('relay', 'transcript', batch, about));
        const after = await self.beat();
        const entry = told.entries.findLast((one) => one.item === item && one.end === 'done');
        if (entry) entry.asked = [before, after].every(({ body }) => body?.relay && body.connect === self.connect);
        return answer;
      },

      end: () => again(() => ask('end', 'end', {})),
      read: (what = '') => who.read(path + what, { session: id }),

      /** Another screen, as soon as it has been told something; null where it may not watch. */
      async watch() {
        const { status, body } = await told.op('read', { person: who.id, session: id }, () => (
          house.call(`${path}/live-ticket`, { method: 'POST', token: who.token, body: {} })));
        if (status !== 200) return null;
        const screen = house.socket(`${path}/live`, [LIVE, body.ticket]);
        await new Promise((done) => { for (const what of ['message', 'close', 'error']) screen.addEventListener(what, done); });
        return screen;
      },

      /** Heard on the sideband by the Room, as soon as it listens. */
      async says(text) {
        const listens = () => self.calls().some(({ offer: sdp, sockets }) => sdp === taken && sockets.size === 1);
        if (!(await until(listens, 'a sideband', FOUND_MS).catch(() => false)) || !self.drive({ hear: text })) return false;
        const shown = () => house.call(`${path}/transcript`, { token: who.token }).catch(() => null);
        const heard = async () => (await shown())?.body?.lines?.some((line) => line.text === text);
        const found = await until(heard, `${text} is heard`, FOUND_MS).then(() => true, () => false);
        if (found) self.heard.push(text);
        return found;
      },
    };
    return self;
  }

  return {
    people, person,

    /** Stripe tells, once, what happened: about one visit, or all that nobody has taken. Gives how much nobody has taken yet. */
    async stripeTells(visit) {
      const events = sim.stripe.all('event').filter((event) => (
        visit ? event.data.object.id === visit : !taken.has(event.id)));
      for (const event of events) await webhook(event);
      return events.filter(({ id }) => !taken.has(id)).length;
    },
  };

  async function webhook(event) {
    const body = JSON.stringify(event);
    const at = Math.floor(Date.now() / 1000) + Math.floor(house.ahead() / 1000);
    const headers = { 'stripe-signature': signatureHeader([sim.stripe.secret()], at, body) };
    const answer = await told.op('webhook', { event: event.id, type: event.type }, () => (
      house.call('/api/webhooks/stripe', { method: 'POST', body, headers })));
    if (answer.status === 200) taken.add(event.id);
    return answer;
  }
}

/** A page's rule: what failed by others' fault is asked again with the same key, as long as that may help. */
async function again(send, statuses = AGAIN) {
  let answer = await send();
  for (const ms of AGAIN_MS) {
    if (!statuses.includes(answer.status)) return answer;
    answer.entry.again = true;
    await pause(ms);
    answer = await send();
  }
  return answer;
}
