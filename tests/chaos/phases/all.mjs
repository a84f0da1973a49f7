// The phases by name, each with what it takes beside its seed, as it runs by default.

import { calls } from './calls.mjs';
import { clerk } from './clerk.mjs';
import { operations } from './operations.mjs';
import { rooms } from './rooms.mjs';
import { rude } from './rude.mjs';
import { soak } from './soak.mjs';

export const PHASES = {
  operations: [operations, ['count', 'faults', 'lanes']],
  rooms: [rooms, ['count', 'deploys', 'kills']],
  clerk: [clerk, ['count', 'seconds']],
  rude: [rude, ['count']],
  calls: [calls, ['count', 'faults']],
  soak: [soak, ['minutes', 'lanes', 'faults']],
};
