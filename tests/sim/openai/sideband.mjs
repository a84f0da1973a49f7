// The sideband: a WebSocket of the server's own on a call.

import { WebSocketServer } from 'ws';

import { authorize, missingParameter, Refused, trouble } from './refuse.mjs';

const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });

/** The call that a request names; refused are wrong keys, other kinds of sessions and calls that are no more. */
export function wantedCall({ headers, query }, calls, key) {
  authorize({ headers }, key);
  if (query.has('model') || query.has('intent')) {
    throw new Refused('Only joining a call by call_id is simulated.', { code: 'invalid_value', param: 'model' });
  }
  const id = query.get('call_id');
  if (!id) throw missingParameter('call_id');
  const call = calls.get(id);
  if (!call || call.state === 'ended') throw trouble('call_id_not_found');
  return call;
}

export function attach(call, message, socket, head) {
  server.handleUpgrade(message, socket, head, (ws) => {
    if (call.state === 'ended') return ws.close(1000, 'The call has ended.');
    call.sockets.add(ws);
    ws.on('message', (words) => call.receive(String(words), 'sideband', (reply) => ws.send(reply)));
    ws.on('close', () => call.sockets.delete(ws));
    ws.on('error', () => {}); // its close follows
    return undefined;
  });
}
