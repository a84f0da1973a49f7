// node scripts/offers.mjs [word]: records what Chromium and Firefox offer into tests/fixtures/offers, those whose name has the word.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './lib/browser.mjs';
import { main, root, start } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';

const FOLDER = join(root, 'tests', 'fixtures', 'offers');
const PATIENCE_MS = 60_000;

/** The room's own offer: microphone or none, the channel of events, all candidates gathered. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Offer</title><script type="module">
  const peer = new RTCPeerConnection();
  if (location.search === '?text') {
    peer.addTransceiver('audio', { direction: 'recvonly' });
  } else {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    peer.addTrack(stream.getTracks()[0], stream);
  }
  peer.createDataChannel('oai-events');
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete') {
    await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  await fetch('/offer', { method: 'POST', body: peer.localDescription.sdp });
</script>`;

const CHROMIUM = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
];

const FIREFOX = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

const browsers = {
  chromium: (profile, url) => [findBrowser(), [...CHROMIUM, `--user-data-dir=${profile}`, url]],
  firefox: (profile, url) => {
    const lines = Object.entries(FIREFOX).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
    writeFileSync(join(profile, 'user.js'), lines.join(''));
    return [process.env.FIREFOX_BIN ?? 'firefox-esr', ['--headless', '--no-remote', '--profile', profile, url]];
  },
};

/** Serves the page, and resolves to the offer that it sends back. */
async function record(name, search) {
  const profile = mkdtempSync(join(tmpdir(), 'offers-'));
  const server = createServer();
  let job;
  try {
    const offer = new Promise((resolve) => server.on('request', (request, response) => {
      response.setHeader('content-type', 'text/html').end(request.method === 'POST' ? '' : PAGE);
      if (request.method === 'POST') resolve(textOf(request));
    }));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    job = start(...browsers[name](profile, `http://127.0.0.1:${server.address().port}/${search}`));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null).unref());
    const sdp = await Promise.race([offer, late, job.ended.then(() => null)]);
    if (!sdp) throw new Plain(`${name} made no offer. What it said:\n${job.output.trim()}`);
    return sdp;
  } finally {
    await job?.stop();
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Another address from the range for documents in the place of each of this machine's. */
function anonymous(sdp) {
  const found = new Map();
  const stand = (address, prefix) => found.get(address) ?? found.set(address, `${prefix}${found.size + 1}`).get(address);
  return sdp
    .replace(/\b(?!0\.0\.0\.0|127\.0\.0\.1)\d+\.\d+\.\d+\.\d+\b/g, (address) => stand(address, '192.0.2.'))
    .replace(/(?<= )[0-9a-f]*:[0-9a-f:]+(?= \d+ typ )/gi, (address) => stand(address, '2001:db8::'));
}

main(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const word = process.argv[2] ?? '';
  for (const name of Object.keys(browsers)) {
    for (const [file, search] of [[`${name}.sdp`, ''], [`${name}-text.sdp`, '?text']]) {
      if (!file.includes(word)) continue;
      writeFileSync(join(FOLDER, file), anonymous(await record(name, search)));
      say(`recorded  ${file}`);
    }
  }
});
