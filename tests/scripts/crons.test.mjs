// npm start fires the crons at once and again and again, and says what goes wrong.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fireCrons } from '../../scripts/lib/crons.mjs';

test('the crons are fired at once and then at every stroke', async (t) => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end('ok');
    server.emit('asked');
  }).listen(0);
  t.after(() => server.close());
  await once(server, 'listening');
  const timer = fireCrons(server.address().port, 20);
  t.after(() => clearInterval(timer)); // the port may be somebody else's next
  while (asked.length < 3) await once(server, 'asked');
  assert.deepEqual(new Set(asked), new Set(['/cdn-cgi/handler/scheduled']));
});

test('a stroke is every five minutes, as in production', () => {
  const [toml, script] = ['wrangler.toml', 'scripts/lib/crons.mjs'].map((file) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
  assert.ok(toml.includes('crons = ["*/5 * * * *"]') && script.includes('EVERY_MS = 5 * 60_000;'));
});
