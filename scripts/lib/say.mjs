// What a person at the terminal reads: plain sentences, and signs of life while something long runs.

/** A failure that its own sentence explains: it is shown without a stack. */
export class Plain extends Error {}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function duration(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** Does the work; while it lasts, says every `every` milliseconds what is going on and for how long. */
export async function progress(label, work, { every = 4000, write = say } = {}) {
  const started = performance.now();
  const timer = setInterval(() => write(`  ${label}: ${duration(performance.now() - started)} so far`), every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
