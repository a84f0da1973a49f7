/** One wish, one key: however often it is sent, it is done once. A wish that was changed is another one. */
export function createWish(makeKey = () => crypto.randomUUID()) {
  let kept = null;
  return {
    keyFor(body) {
      const told = JSON.stringify(body);
      if (kept?.told !== told) kept = { told, key: makeKey() };
      return kept.key;
    },
    /** There was an answer: the next wish is a new one, even with the same words. */
    settled() {
      kept = null;
    },
  };
}
