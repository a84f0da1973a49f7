// The faults that wait for the next calls of an operation.

import { BadRequest, checkFields } from './http.mjs';

/** What a fault can be. */
export const TROUBLES = {
  latencyMs: 'number',
  status: 'number',
  code: 'string',
  headers: 'object',
  body: 'string or object',
  bytes: 'number',
  hang: 'boolean',
  halfClose: 'boolean',
  drop: 'boolean',
  trickle: 'number',
  location: 'string',
};
const FIELDS = { service: 'string', op: 'string', times: 'number', forMs: 'number', ...TROUBLES };

/** `operations` is `{ service: [op, …] }`: a fault for anything else is refused. */
export function makeFaults(operations) {
  const waiting = new Map();

  return {
    /**
     * The next `times` calls of `service` `op` behave so, or all from the first on for `forMs`; faults of one operation
     * queue up.
     */
    add(fault) {
      checkFields(fault, FIELDS, ['service', 'op']);
      if (!operations[fault.service]?.includes(fault.op)) {
        throw new BadRequest(`There is no operation ${fault.service} ${fault.op}.`);
      }
      const times = fault.times ?? 1;
      if (!Number.isInteger(times) || times < 1) throw new BadRequest('times must be a whole number from 1 on.');
      const name = `${fault.service} ${fault.op}`;
      waiting.set(name, [...(waiting.get(name) ?? []), { ...fault, left: times }]);
    },

    /** The fault for this call, counted as used. */
    take(service, op) {
      const queue = waiting.get(`${service} ${op}`);
      const fault = queue?.[0];
      if (!fault) return undefined;
      if (fault.forMs === undefined) {
        if (--fault.left === 0) queue.shift();
        return fault;
      }
      fault.until ??= Date.now() + fault.forMs;
      if (Date.now() < fault.until) return fault;
      queue.shift();
      return this.take(service, op);
    },

    clear() {
      waiting.clear();
    },
  };
}
