// The driver: how a test speaks to the objects. POST /__driver/say {owner, commands, inARow?} sends letters, all at
// once unless in a row; /__driver/<op> {owner, …} reaches the test's own door of the object, a Wallet or with
// `object: 'ROOM'` the Room of a session; /__driver/stop-at and /__driver/effects are about the effects of all objects of one kind;
// /__driver/d1 {sql, values} asks D1; /__driver/log tells what was printed.

import { seenEffects, stopAt } from './effects.mjs';
import { printed } from './log.mjs';

export async function drive(request, env) {
  const op = new URL(request.url).pathname.slice('/__driver/'.length);
  const wish = await request.json();
  if (op === 'effects') return Response.json({ ...seenEffects(), now: Date.now() });
  if (op === 'stop-at') return Response.json(stopAt(wish));
  if (op === 'd1') return Response.json((await env.DB.prepare(wish.sql).bind(...(wish.values ?? [])).all()).results);
  if (op === 'log') return Response.json(printed());
  const objects = env[wish.object ?? 'WALLET'];
  const stub = objects.get(objects.idFromName(wish.owner));
  if (op !== 'say') return stub.fetch(`https://test/${op}`, { method: 'POST', body: JSON.stringify(wish) });
  return Response.json(await say(stub, wish));
}

async function say(stub, { owner, commands, inARow = false }) {
  const send = async (command) => {
    const body = JSON.stringify({ owner, command });
    const answer = await stub.fetch('https://wallet/', { method: 'POST', body });
    const text = await answer.text();
    return answer.ok ? JSON.parse(text) : { fault: text };
  };
  if (!inARow) return Promise.all(commands.map(send));
  const replies = [];
  for (const command of commands) replies.push(await send(command));
  return replies;
}
