/** Why there is no microphone, in one word for each reason that has its own help. */

/**
 * unasked, denied, system (the computer's own settings), none, busy, failed; and missing where a browser has no such thing.
 * `permission` is what the browser says about it: a question that was closed unanswered may be asked again.
 */
export function faultOf({ name, message = '' }, permission) {
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    if (/system/i.test(message)) return 'system';
    return permission === 'prompt' ? 'unasked' : 'denied';
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
}
