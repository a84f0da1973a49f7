/** A place in the browser's storage for one thing as JSON; without storage it forgets, and nothing fails. */
export function createPlace(storage, key) {
  const quietly = (work) => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  return {
    read: () => quietly(() => JSON.parse(storage().getItem(key))),
    keep: (value) => quietly(() => storage().setItem(key, JSON.stringify(value))),
    forget: () => quietly(() => storage().removeItem(key)),
  };
}
