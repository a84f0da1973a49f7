// From the click that starts an interview to the interviewer's first sound: Chromium, the Worker, the simulator.
import { createTestHarness } from 'wrangler';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import '../edge/outbound.mjs';
import { CONFIG, prebuild } from '../edge/prebuild.mjs';
import { startSim } from '../sim/server.mjs';
import { middle, several } from './figures.mjs';

const ORIGIN = 'http://localhost:8787';
const LOUD_DB = -50;
const STEPS = ['microphone', 'session', 'exchange', 'path']; // as the room lists them; what is left is the first sound

export async function click({ clicks }) {
  const sim = await startSim({ workerUrl: ORIGIN, webhookUrl: null });
  const server = createTestHarness({ workers: [{ configPath: CONFIG, prebuiltWorkerDir: await prebuild(), secrets: sim.workerVars() }] });
  const { host } = await server.listen().then(({ url }) => new URL(url));
  await server.getWorker().applyD1Migrations('DB');
  const browser = await launchBrowser({ hosts: { [new URL(ORIGIN).host]: host } });
  try {
    const calls = [];
    for (let n = 0; n <= clicks; n += 1) calls.push(await call(browser, sim, `Bench Person ${n}`)); // the first one warms up
    return told(calls.slice(1));
  } finally {
    await browser.close();
    await server.close();
    await sim.close();
  }
}

function told(calls) {
  const steps = [...STEPS.keys(), STEPS.length].map((step) => middle(calls.map(({ ms }) => ms[step])));
  const names = [...STEPS, 'first sound'].map((name, n) => `${name} ${steps[n].toFixed(0)}`).join(', ');
  return {
    rows: [several('click', 'from the click to the interviewer\'s first sound', calls.map(({ whole }) => whole), 'ms')],
    notes: [`A click, medians of ${calls.length} calls in ms: ${names}; Chromium, wrangler's proxy and the simulator share this machine.`],
  };
}

/** One call: the time of its steps, and the whole of it. */
async function call(browser, sim, name) {
  sim.clerk.addUserByEmail(name, `${name.replace(/ /g, '-')}@example.test`);
  const context = await browser.newContext({ baseURL: ORIGIN, permissions: ['microphone'] });
  const page = await context.newPage();
  await page.addInitScript(watch, LOUD_DB);
  await page.goto('/interview');
  await page.getByRole('button', { name: `Continue as ${name}`, exact: true }).click();
  await page.getByLabel('Which job do you prepare for?').fill('Baker');
  await page.getByText('Your connection is fine.').waitFor();
  await page.locator('.begin .primary').click();
  const { whole, steps } = await page.evaluate(() => window.firstSound);
  await context.close();
  const ms = steps.map(milliseconds);
  return { whole, ms: [...ms, whole - ms.reduce((sum, one) => sum + one, 0)] };
}

const milliseconds = (text) => parseFloat(text) * (text.endsWith(' ms') ? 1 : 1000);

/** In the page: a silent microphone, the times on the room's own list, and the moment at which the interviewer is heard. */
function watch(loudDb) {
  navigator.mediaDevices.getUserMedia = async () => new AudioContext().createMediaStreamDestination().stream;
  let clicked;
  let steps = [];
  addEventListener('click', ({ target }) => { if (target.closest('.begin .primary')) clicked = performance.now(); }, true);
  new MutationObserver(() => {
    const done = [...document.querySelectorAll('.steps [data-state=done] .ms')].map(({ textContent }) => textContent);
    if (done.length) steps = done;
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  const Peer = window.RTCPeerConnection;
  window.firstSound = new Promise((resolve) => {
    const listen = (stream) => {
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 256 });
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      const timer = setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        if (20 * Math.log10(Math.max(...samples.map(Math.abs))) < loudDb) return;
        clearInterval(timer);
        resolve({ whole: performance.now() - clicked, steps });
      }, 5);
    };
    window.RTCPeerConnection = class extends Peer {
      constructor(...all) {
        super(...all);
        this.addEventListener('track', ({ streams }) => listen(streams[0]));
      }
    };
  });
}
