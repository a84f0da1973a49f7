// The Wallet: takes from one of them against a twin in JavaScript, rows written, growth, lag and drain of its outbox.
import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';
import { Plain } from '../../scripts/lib/say.mjs';
import { killable } from '../edge/process.mjs';
import { adjust, begin, hold, settle } from '../edge/letters.mjs';
import { bar, middle, ratio, single } from './figures.mjs';
import { measure } from './rounds.mjs';
import { modules } from './variants.mjs';
import { configure, memory, serve } from './workerd.mjs';

const SIZES = [100, 10_000, 1_000_000];
const LIMIT_MS = 120_000;
const here = (...file) => join(root, 'tests', 'bench', ...file);

export async function money(plan) {
  const takes = await measureTakes(plan);
  const house = await killable({ APP_ENV: 'production' }, memory);
  try {
    const written = await measureRows(house);
    const growth = await measureGrowth(house, plan);
    const [first, , last] = SIZES.map((size) => growth[size]);
    return {
      rows: [
        ratio('take', 'takes in a second from one Wallet / the same in JavaScript', takes.rate.ours, takes.rate.twin),
        ratio('takeCpu', 'the same, CPU', takes.cpu.ours, takes.cpu.twin),
        single('takeRows', 'rows a lone take writes, the alarms included', written.take, 'rows'),
        single('interviewRows', 'rows an interview writes in its Wallet', written.interview, 'rows'),
        ratio('growthFirst', 'hold, page and take: 10,000 entries / 100', growth[SIZES[1]], first),
        ratio('growth', 'hold, page and take: 1,000,000 entries / 100', last, first),
        single('lag', 'from the Wallet\'s answer to D1\'s copy, p99', await measureLag(house), 'ms'),
        single('drain', '10,000 entries of 100 Wallets, after an outage of D1', await measureDrain(house), 's'),
      ],
      notes: [
        `A Wallet's CPU for hold, page and take, as it grows (${SIZES[0]} entries = 1):`,
        ...SIZES.map((size) => bar(size.toLocaleString('en'), middle(growth[size].map((value, n) => value / first[n])))),
        `Wallets on ${memory.startsWith('/dev/shm') ? 'a file system in memory' : 'disk'}.`,
      ],
    };
  } finally {
    await house.kill();
  }
}

async function measureTakes({ rounds, requests }) {
  const twin = [here('take-entry.js'), here('wallet-twin', 'index.js')];
  const ours = [here('take-entry.js'), ...modules(root)];
  const describe = (name, files) => configure({
    name, files, vars: { APP_ENV: 'production' }, database: true, objects: { WALLET: 'Wallet' }, disk: join(memory, name),
  });
  const workers = await Promise.all([serve(describe('take-ours', ours)), serve(describe('take-twin', twin))]);
  const answers = await Promise.all(workers.map(async ({ port }) => {
    await fetch(`http://127.0.0.1:${port}/open`);
    return (await fetch(`http://127.0.0.1:${port}/take`)).text();
  }));
  if (answers[0] !== answers[1]) throw new Plain(`Our Wallet and its twin answer differently:\n${answers.join('\n')}`);
  const cases = ['ours', 'twin'].map((name, n) => ({ name, worker: workers[n], path: '/take', status: 200 }));
  const figures = await measure(cases, { rounds, requests: Math.ceil(requests / 3) });
  await Promise.all(workers.map((worker) => worker.stop()));
  return figures;
}

/** Rows as the storage counts them, and one for each time the alarm is set. */
async function measureRows(house) {
  const owner = 'user_rows';
  await house.say(owner, 'touch');
  const count = async (...commands) => {
    await rested(house, owner);
    await house.drive('spoil', { owner });
    for (const command of commands) {
      await house.say(owner, command);
      await rested(house, owner);
    }
    const { rowsWritten, alarms } = await house.drive('seen', { owner });
    return rowsWritten + alarms;
  };
  return { take: await count(adjust('one', -10)), interview: await count(hold(1, owner), begin(1), settle(1)) };
}

/** CPU microseconds of a letter in rounds of hold, end, take and page, on Wallets of each size. */
async function measureGrowth(house, { rounds, cycles }) {
  const figures = {};
  for (const size of SIZES) {
    figures[size] = [];
    await house.say(`org_${size}`, { purchase: { key: 'buy', credits: 1e12, charge: 'ch', paid: 1 } });
    await house.drive('seed', { owner: `org_${size}`, entries: size });
  }
  const page = { lines: { before: null, limit: 50, own: true } };
  for (let round = -1; round < rounds; round += 1) { // the first one warms up
    for (const size of SIZES) {
      const owner = `org_${size}`;
      const commands = Array.from({ length: cycles }, (_, n) => {
        const id = `r${round}n${n}`;
        return [hold(id, `user_${id}`), settle(id), adjust(id, -10), page];
      }).flat();
      await rested(house, owner);
      const before = house.cpu();
      const replies = await house.drive('say', { owner, commands, inARow: true });
      if (round >= 0) figures[size].push(((house.cpu() - before) / commands.length) * 1e6);
      if (replies.some(({ fault, no }) => fault || no)) throw new Plain('A Wallet that grows has refused.');
    }
  }
  return figures;
}

/** Twenty people, twenty takes each, one after the other; D1 is asked until it knows. */
async function measureLag(house) {
  const lags = await Promise.all(Array.from({ length: 20 }, async (_, person) => {
    const owner = `user_lag${person}`;
    await house.say(owner, 'touch');
    const own = [];
    for (let n = 0; n < 20; n += 1) {
      const { standing } = await house.say(owner, adjust(`take-${n}`, -10));
      const told = performance.now();
      await waited(async () => (await house.d1('select seq from wallets where owner = ?', owner))[0]?.seq >= standing.number);
      own.push(performance.now() - told);
    }
    return own;
  }));
  const sorted = lags.flat().sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)];
}

/** Seconds from the end of the outage, during which each Wallet has tried in vain. */
async function measureDrain(house) {
  const owners = Array.from({ length: 100 }, (_, n) => `user_drain${n}`);
  await Promise.all(owners.map(async (owner) => {
    await house.say(owner, 'touch');
    await house.drive('spoil', { owner, database: { how: 'fail-before' } });
    await house.drive('seed', { owner, entries: 99, untold: true });
    await house.say(owner, adjust('last', 10));
    await waited(async () => (await house.drive('seen', { owner })).batches > 0);
  }));
  const ended = performance.now();
  await Promise.all(owners.map((owner) => house.drive('spoil', { owner })));
  await waited(async () => (await house.d1("select count(*) as n from entries where owner like 'user_drain%'"))[0].n === 10_100);
  return (performance.now() - ended) / 1000;
}

const rested = (house, owner) =>
  waited(async () => (await house.rows(owner, "select count(*) as n from due where what = 'mirror'"))[0].n === 0);

async function waited(condition) {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end;) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 2));
  }
  throw new Plain(`A Wallet did not come to rest within ${LIMIT_MS / 1000} seconds.`);
}
