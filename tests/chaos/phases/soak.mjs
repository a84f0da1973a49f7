// Lives without end, some of their connections spoiled: after the warm-up the process does not grow, in memory or in
// open files.

import { temporary } from '../../bench/workerd.mjs';
import { chances } from '../../edge/chances.mjs';
import { underFire } from '../fire.mjs';
import { inLanes } from '../lanes.mjs';
import { life } from '../life.mjs';
import { mixed } from '../proxy.mjs';

const SAMPLE_MS = 5000;
const SEEDS = 100_000;
const WARM = 5; // minutes: a Room that was left alone lives for two, and the runtime keeps the memory it once had
const LEAST_MINUTES = 30; // less says nothing of slopes
const MOST_MIB_A_MINUTE = 1;
const MOST_FILES_A_MINUTE = 5; // they go up and down by hundreds; one of each life would be a hundred a minute
const RESTS_MS = 1000; // between two lives of a lane, so that all is load and nothing overload

/** On a disk: what is kept in memory for the other phases could be measured with the process. */
export function soak({ minutes = 60, lanes = 6, faults = 0.1, seed, say }) {
  return underFire({ name: 'soak', seed, say, place: temporary }, async ({ house, people }) => {
    const samples = [];
    const from = performance.now();
    const at = () => (performance.now() - from) / 60_000;
    await people.person().arrive();
    house.play(mixed(faults));
    const timer = setInterval(() => samples.push({ at: at(), mib: house.memory() / 1024, files: house.files() }), SAMPLE_MS);
    const more = () => at() < minutes;
    let lives = 0;
    try {
      await inLanes(Array.from({ length: lanes }), lanes, async () => {
        while (more()) {
          await life({ people, random: chances(seed * SEEDS + (lives += 1)), more });
          await new Promise((later) => { setTimeout(later, RESTS_MS); });
        }
      });
    } finally {
      clearInterval(timer);
    }
    return judged(samples.filter((sample) => sample.at > WARM), minutes, lives);
  });
}

function judged(samples, minutes, lives) {
  if (samples.length < 3) return { notes: ['too short to measure'] };
  const [mib, files] = ['mib', 'files'].map((name) => slope(samples.map((sample) => [sample.at, sample[name]])));
  const [first, last] = [samples[0], samples.at(-1)];
  const grown = `from ${first.mib.toFixed(0)} to ${last.mib.toFixed(0)} MiB, ${mib.toFixed(2)} a minute`;
  const open = `from ${first.files} to ${last.files} open files, ${files.toFixed(2)} a minute`;
  const note = `${lives} lives in ${minutes} minutes; ${grown}; ${open}`;
  const lost = [
    mib > MOST_MIB_A_MINUTE && { what: `memory grows by ${mib.toFixed(2)} MiB a minute`, evidence: { samples } },
    files > MOST_FILES_A_MINUTE && { what: `open files grow by ${files.toFixed(2)} a minute`, evidence: { samples } },
  ].filter(Boolean);
  return { notes: [note], lost: minutes < LEAST_MINUTES ? [] : lost };
}

/** By least squares. */
export function slope(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [0, 1].map((axis) => mean(points.map((point) => point[axis])));
  const [over, under] = points.reduce(([a, b], [px, py]) => [a + (px - x) * (py - y), b + (px - x) ** 2], [0, 0]);
  return over / under;
}
