// The crons: production fires them by its clock, the dev runtime only when it is asked.
import { say } from './say.mjs';

const EVERY_MS = 5 * 60_000; // as [triggers] in wrangler.toml says
const LIMIT_MS = 60_000;

/** Fires them now and every five minutes from then on; ends with the process, or by the timer that it gives. */
export function fireCrons(port, everyMs = EVERY_MS) {
  fire(port);
  return setInterval(() => fire(port), everyMs).unref();
}

async function fire(port) {
  const told = await fetch(`http://localhost:${port}/cdn-cgi/handler/scheduled`, { signal: AbortSignal.timeout(LIMIT_MS) })
    .then(async (answer) => (answer.ok ? null : `${answer.status} ${await answer.text()}`), (error) => error.message);
  if (told) say(`The crons could not be fired: ${told}`);
}
