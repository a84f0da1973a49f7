// npm run doctor's eyes, and the log as a person reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { devVars } from '../../scripts/lib/devvars.mjs';
import { missing, services } from '../../scripts/lib/doctor.mjs';
import { readable } from '../../scripts/lib/loglines.mjs';

const VARS = {
  CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from('clerk.example.com$').toString('base64')}`,
  CLERK_SECRET_KEY: 'sk_test_x',
  CLERK_AUTHORIZED_PARTIES: 'http://localhost:8787',
  CLERK_WEBHOOK_SECRET: 'whsec_x',
  CLAIM_SECRET: 'x',
  OPENAI_API_KEY: 'sk-x',
  TICKET_SECRET: 'x',
  RECEIPT_SECRET: 'x',
};

test('settings are read, and missing ones are named', () => {
  assert.deepEqual(devVars('# a note\nA="1"\nB=2\n'), { A: '1', B: '2' });
  assert.deepEqual(missing({ ...VARS, CLERK_SECRET_KEY: '' }), ['CLERK_SECRET_KEY']);
  assert.deepEqual(missing(VARS), []);
});

test('the services are asked where the settings say', async () => {
  const asked = [];
  const ask = async (url, { headers }) => asked.push([url, headers.authorization]) && { status: 200 };
  assert.ok((await services(VARS, ask)).every(({ ok }) => ok));
  assert.deepEqual(asked, [
    ['https://clerk.example.com/.well-known/jwks.json', undefined],
    ['https://api.clerk.com/v1/jwks', 'Bearer sk_test_x'],
    ['https://api.openai.com/v1/models', 'Bearer sk-x'],
  ]);
});

test('a refusal and a silence come with their remedy, without the secret', async () => {
  const [, refused] = await services(VARS, async () => ({ status: 401 }));
  assert.match(refused.said, /answers 401 .* the key is not one of this service's/);
  const silent = await services(VARS, async () => Promise.reject(new TypeError('fetch failed')));
  assert.match(silent[0].said, /cannot be reached at .*: look at the network/);
  const local = await services({ ...VARS, CLERK_FRONTEND_API_URL: 'http://localhost:8790' }, () => Promise.reject(new Error()));
  assert.match(local[0].said, /npm start runs the simulator there/);
  assert.ok(![refused, ...silent, ...local].some(({ said }) => /sk_test_x|sk-x/.test(said)));
});

test('the log is text at a terminal', () => {
  const outcome = { route: '/api/user', status: 200, ms: 54, phases: [['AUTH', 13]], user: 'user_1' };
  const line = { level: 'info', id: 'req_1', method: 'GET', ...outcome };
  assert.equal(readable(JSON.stringify(line)), '[req_1] GET /api/user 200, 54 ms; AUTH 13 ms; user=user_1');
  assert.equal(readable('{"level":"warn","id":"req_1","event":"policy"}'), '[req_1] warn; event=policy');
  for (const other of ['plain text', '{broken', '{"a":1}', '']) assert.equal(readable(other), other);
});
