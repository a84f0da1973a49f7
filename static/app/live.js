/**
 * An interview that goes on, watched from another screen: a socket tells how it stands and its lines, and then each change of them
 * under a number. A socket that is lost is opened again, and tells what came after the last number.
 */
const PROTOCOL = 'vocahire.live.1';
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000];
const OVER = 1000;
const TOO_MANY = 4001;

const ofBrowser = () => ({
  WebSocket,
  setTimeout: (work, ms) => setTimeout(work, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  origin: location.origin,
});

/** Each line once, as it was told last, in the order of the talk. */
export function mergeLines(lines, news) {
  const all = new Map([...lines, ...news].map((line) => [line.itemId, line]));
  return [...all.values()].sort((a, b) => a.atMs - b.atMs || a.endMs - b.endMs).map((line, number) => ({ ...line, number }));
}

/**
 * `tell` hears `{ lines, standing }`, `{ away: true | false }` and, last of all, `{ over: true }` or `{ elsewhere: true }`. Answers how
 * to stop.
 * @param {{ api: any, id: string, tell: (news: any) => void, env?: any }} options
 */
export function watchInterview({ api, id, tell, env = ofBrowser() }) {
  let after = 0;
  let failed = 0;
  let socket = null;
  let timer = null;
  let stopped = false;

  const end = (news) => {
    if (stopped) return;
    stopped = true;
    tell(news);
  };

  function again() {
    if (stopped) return;
    if (failed === 1) tell({ away: true });
    timer = env.setTimeout(open, WAITS_MS[Math.min(failed, WAITS_MS.length) - 1]);
  }

  function take({ data }) {
    if (stopped) return;
    const { number, lines, standing } = JSON.parse(data);
    if (failed > 0) tell({ away: false });
    failed = 0;
    after = Math.max(after, number);
    tell({ lines, standing });
    if (standing?.state !== 'ended') return;
    end({ over: true }); // its close may take a while
    socket.close();
  }

  async function open() {
    failed += 1;
    let ticket;
    try {
      ({ ticket } = await api.send('POST', `/api/sessions/${id}/live-ticket`, { body: {} }));
    } catch (error) {
      return ['session_ended', 'not_found'].includes(error.code) ? end({ over: true }) : again();
    }
    if (stopped) return undefined;
    const address = `${env.origin.replace(/^http/, 'ws')}/api/sessions/${id}/live?after=${after}`;
    socket = new env.WebSocket(address, [PROTOCOL, ticket]);
    socket.addEventListener('message', take);
    socket.addEventListener('close', ({ code }) => {
      if (code === OVER) return end({ over: true });
      if (code === TOO_MANY) return end({ elsewhere: true });
      failed = Math.max(failed, 1);
      return again();
    });
    return undefined;
  }

  open();
  return () => {
    stopped = true;
    env.clearTimeout(timer);
    socket?.close();
  };
}
