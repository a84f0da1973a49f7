/** The ways to the interviewer that the lobby asks for while somebody gets ready: they hold relays, whose passwords end. */

const LEAST_MS = 45 * 60_000; // an interview of half an hour, with its pauses
const EVERY_MS = 40 * 60_000; // the server gives another list within the hour

/** `list()` is null until there is one that is good for an interview: then what the start itself says will do. */
export function createRelays(api, { now = Date.now, every = setInterval, never = clearInterval } = {}) {
  let told = null;
  const ask = async () => {
    told = await api.get('/api/ice-servers').catch(() => told);
  };
  const timer = every(ask, EVERY_MS);
  const lasts = ({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) - now() > LEAST_MS;
  return {
    ready: ask(),
    list: () => (told && lasts(told) ? told.iceServers : null),
    leave: () => never(timer),
  };
}
