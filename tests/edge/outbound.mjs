// What a Worker under wrangler's test harness asks of others goes through this process: as the Worker means it.

import { fetch as socketFetch } from 'miniflare';

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false';

// wrangler hands the Worker's own requests to this process's fetch, which would follow redirects on the Worker's
// behalf, and knows no WebSockets. Following or not is the Worker's decision, so it gets to see them.
const plainFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  if (typeof init?.clone !== 'function') return plainFetch(input, init);
  const { method, headers, body } = init;
  if (headers.get('upgrade') === 'websocket') return joined(input, headers);
  return plainFetch(input, { method, headers, body, duplex: 'half', redirect: 'manual' });
};

/** A WebSocket of the Worker's own. After a refusal nobody reads that connection any more, so nothing may be sent on it. */
async function joined(url, headers) {
  const answer = await socketFetch(url, { headers });
  if (!answer.webSocket) answer.headers.set('connection', 'close');
  return answer;
}
