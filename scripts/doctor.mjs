// npm run doctor: is this machine ready, and do the services in .dev.vars answer? On a terminal, asks for what is missing.
import { createInterface } from 'node:readline/promises';
import { findBrowser } from './lib/browser.mjs';
import { devVars, ensureDevVars, keepDevVar } from './lib/devvars.mjs';
import { missing, services } from './lib/doctor.mjs';
import { main } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { setup } from './lib/setup.mjs';

await main(async () => {
  say(`Tools: ready (${(await setup()).replaceAll('\n', ', ')}).`);
  say(`Browser: ${findBrowser()}.`);
  ensureDevVars();
  await fill(missing(devVars()));
  const gaps = missing(devVars()).map((name) => ({ ok: false, said: `${name} is missing in .dev.vars.` }));
  const findings = [...gaps, ...(await services(devVars()))];
  findings.forEach(({ ok, said }) => say(`${ok ? 'ok     ' : 'PROBLEM'}  ${said}`));
  return findings.every(({ ok }) => ok) ? 0 : 1;
});

async function fill(names) {
  if (!process.stdin.isTTY || names.length === 0) return;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  for (const name of names) {
    const value = (await terminal.question(`${name} (empty to leave it out): `)).trim();
    if (value) keepDevVar(name, value);
  }
  terminal.close();
}
