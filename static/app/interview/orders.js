/**
 * What the server has to say to the interviewer while it has no line of its own to the call: the page says it for it, each once, and
 * tells with its heartbeats what it has said.
 * @typedef {{ id: string, events: object[] }} Order
 */

/** @param {(event: object) => boolean} send whether it could be sent */
export function createOrders(send) {
  const done = new Set();
  let said = /** @type {string[]} */ ([]);

  return {
    /** In their order: what cannot be sent now comes again with the next answer. @param {Order[]} [orders] */
    follow(orders = []) {
      for (const { id, events } of orders.filter((one) => !done.has(one.id))) {
        if (!events.every(send)) return;
        done.add(id);
        said = [...said, id];
      }
    },
    /** The ids that the server may not know of yet. */
    get said() { return said; },
    /** @param {string[]} ids */
    known(ids) { said = said.filter((id) => !ids.includes(id)); },
  };
}
