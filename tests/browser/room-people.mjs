// Whoever comes to the real Worker for an interview: their microphone, what they hear, and what is true of them when it is over.

import { until } from '../edge/harness.mjs';
import { heading, open } from './screens.mjs';

export const LOBBY = 'Get ready to talk.';
const DAY_SECONDS = 86_400;

/** A microphone that is silent until the test speaks, and a look at what comes back. */
export const VOICE = `
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const voice = new GainNode(context, { gain: 0 });
    const out = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { type: 'sawtooth', frequency: 150 });
    tone.connect(voice).connect(out);
    tone.start();
    window.speak = async (on) => {
      await context.resume();
      voice.gain.value = on ? 0.7 : 0;
    };
    return out.stream;
  };
  window.peers = [];
  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...all) {
      super(...all);
      window.peers.push(this);
    }
  };
  window.heard = async () => {
    let energy = 0;
    for (const one of (await window.peers.at(-1).getStats()).values()) energy += one.type === 'inbound-rtp' ? one.totalAudioEnergy : 0;
    return energy;
  };
  window.loudness = () => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(document.querySelector('#interviewer').srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return () => {
      analyser.getFloatTimeDomainData(samples);
      return 20 * Math.log10(Math.max(1e-6, ...samples.map(Math.abs)));
    };
  };`;

export const startButton = (page) => page.locator('.begin .primary');
export const spoken = (page) => page.locator('.captions li');

let people = 0;

/** What the tests of a site do with its people and their calls. */
export function peopleOf({ sim, worker }) {
  async function somebody() {
    const name = `Room Person ${(people += 1)}`;
    const { id } = sim.clerk.addUserByEmail(name, `room-${people}@example.test`);
    const { token } = sim.signIn({ userId: id, ttlSeconds: DAY_SECONDS });
    const call = async (path) => (await worker.call(path, { token })).body;
    return {
      name,
      id,
      job: `Baker for ${name} at night`, // so that it is no part of another's
      call,
      money: () => call('/api/user'),
      open: async () => (await call('/api/sessions')).open,
      async statement() {
        const { lines } = await call('/api/credits/statement');
        return lines.map(({ kind, amount, held, text }) => ({ kind, amount, held, text })).reverse();
      },
      calls() { return sim.openaiCalls().filter(({ instructions }) => instructions.includes(this.job)); },
    };
  }

  /** In the lobby, ready to start. */
  async function ready(page, who) {
    const person = who ?? await somebody();
    await page.addInitScript(VOICE);
    await open(page, '/interview', person.name, LOBBY);
    await page.getByLabel('Which job do you prepare for?').fill(person.job);
    return person;
  }

  /** The interviewer's first words are there. */
  async function talking(page, who) {
    const person = await ready(page, who);
    await startButton(page).click();
    await spoken(page).first().waitFor();
    return person;
  }

  /** The interview has so many calls, and the newest one is heard. */
  async function calledAgain(page, person, times) {
    await until(() => person.calls().length === times && person.calls().at(-1).state === 'live', `call ${times}`, 60_000);
    await page.waitForFunction(() => window.peers.at(-1)?.connectionState === 'connected');
    const before = await page.evaluate(() => window.heard());
    await page.waitForFunction(async (energy) => (await window.heard()) > energy + 0.01, before);
  }

  /** The person says something, and the Room knows that they did. */
  async function speak(page) {
    await page.evaluate(() => window.speak(true));
    await heading(page, 'You are speaking.');
    await page.evaluate(() => window.speak(false));
    await page.locator('.captions li.person').waitFor();
  }

  /** The interview that a person is in, as `isOver` of the edge tests looks at it. */
  async function interviewOf(person) {
    const { id } = await person.open();
    const room = async (op, wish) => {
      const body = JSON.stringify({ object: 'ROOM', owner: id, ...wish });
      return (await worker.raw(`/__driver/${op}`, { method: 'POST', body })).json();
    };
    return {
      id,
      who: person,
      held: '1.00',
      room,
      archived: () => worker.rows('select * from sessions where id = ?', id),
      stage: async () => JSON.parse((await room('rows', { sql: 'select state from room' }))[0].state).life.stage,
      look: async () => ({ body: await person.call(`/api/sessions/${id}`) }),
    };
  }

  return { somebody, ready, talking, calledAgain, speak, interviewOf };
}
