// Half a minute of npm run chaos: faults of all kinds before all services, Rooms through a kill, pages that ignore every limit.
// CHAOS_SEED says which course. Each has a house of its own and mostly waits, so they run beside one another.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { shown } from '../chaos/ledger.mjs';
import { operations } from '../chaos/phases/operations.mjs';
import { rooms } from '../chaos/phases/rooms.mjs';
import { rude } from '../chaos/phases/rude.mjs';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1e6);

const own = { seed, say: () => {} };
const SMALL = {
  '200 operations, 30 % of all connections spoiled: each ends, and no money is lost': () => operations({ ...own, count: 200, lanes: 12 }),
  '20 interviews live through a kill -9': () => rooms({ ...own, count: 20, deploys: 0, kills: 1 }),
  'pages that ignore every limit are held to it': () => rude({ ...own, count: 1 }),
};

describe('under fire', { concurrency: true }, () => {
  for (const [name, phase] of Object.entries(SMALL)) {
    test(name, { timeout: 180_000 }, async (t) => {
      t.diagnostic(`CHAOS_SEED=${seed}`);
      const sum = await phase();
      t.diagnostic(shown({ ...sum, lost: [] }));
      assert.equal(sum.lost.length, 0, shown(sum));
    });
  }
});
