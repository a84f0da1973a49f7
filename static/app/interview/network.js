/** What the browser knows of its network: that it is back, or that it is another one. */
export const network = {
  isOffline: () => globalThis.navigator?.onLine === false,
  /** @param {() => void} hear @returns {() => void} stops it */
  watch(hear) {
    const connection = /** @type {any} */ (globalThis.navigator)?.connection;
    globalThis.addEventListener?.('online', hear);
    connection?.addEventListener?.('change', hear);
    return () => {
      globalThis.removeEventListener?.('online', hear);
      connection?.removeEventListener?.('change', hear);
    };
  },
};
