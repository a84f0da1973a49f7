// The Chromium of this machine, driven by playwright-core.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Plain } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

// Nothing but the pages under test may use the network.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone that beeps, and calls that stay on this machine.
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
];

/** CHROME_BIN, then the usual places, then the search path. */
export function findBrowser(env = process.env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = ['/usr/bin/chromium', ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MAC];
  const found = (env.CHROME_BIN ? [env.CHROME_BIN] : places).find(isProgram);
  if (found) return found;
  if (env.CHROME_BIN) throw new Plain(`CHROME_BIN names ${env.CHROME_BIN}, which is no program.`);
  throw new Plain('No Chromium or Chrome was found. Install one, or set CHROME_BIN to its path.');
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `hosts` maps an origin's host and port to where it really listens, as `localhost:8787` to `localhost:40123`. */
export async function launchBrowser({ hosts = {} } = {}) {
  const executablePath = findBrowser();
  const { chromium } = await import('playwright-core');
  const rules = Object.entries(hosts).map(([from, to]) => `MAP ${from} ${to}`);
  return chromium.launch({ executablePath, args: [...FLAGS, ...(rules.length ? [`--host-resolver-rules=${rules.join(',')}`] : [])] });
}
