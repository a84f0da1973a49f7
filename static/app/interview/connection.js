/** The state of the one connection of an interview. @typedef {'disconnected' | 'connecting' | 'connected' | 'failed'} ConnectionState */

/** `changed` is called after each change, and only then. */
export function createConnection(changed = () => {}) {
  let state = /** @type {ConnectionState} */ ('disconnected');
  let error = null;

  function become(next, why = null) {
    if (state === next && error === why) return;
    state = next;
    error = why;
    changed();
  }

  return {
    get state() { return state; },
    get error() { return error; },
    get isConnected() { return state === 'connected'; },
    get isConnecting() { return state === 'connecting'; },
    connecting: () => become('connecting'),
    connected: () => become('connected'),
    disconnected: () => become('disconnected'),
    failed: (why) => become('failed', why),
  };
}
