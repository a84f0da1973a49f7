// The numbers that decide: the size budget, the sums of tests, the moved addresses, the picked tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { WASM_GZIP_KIB, WASM_GZIP_LIMIT_KIB, overBudget, sizeOf } from '../../scripts/lib/budget.mjs';
import { counted } from '../../scripts/lib/counts.mjs';
import { additions, movedVars } from '../../scripts/lib/devvars.mjs';
import { pick } from '../../scripts/lib/pick.mjs';
import { addressIn, missingSettings, needBucket, needDatabase } from '../../scripts/lib/release.mjs';
import { runLanes, summary } from '../../scripts/lib/stages.mjs';
import { root } from './helpers.mjs';

test('three percent over the committed size fails and says how to explain it', () => {
  assert.equal(overBudget(102.9, { committed: 100 }), null);
  assert.match(overBudget(103.1, { committed: 100 }), /grew to 103\.1 KiB .*set WASM_GZIP_KIB .* to 104 .*reason in the commit/);
  assert.match(overBudget(251, { committed: 250, limit: 250 }), /above the limit of 250 KiB/);
  assert.ok(WASM_GZIP_KIB <= WASM_GZIP_LIMIT_KIB);
});

test('the README tells the limit that the build keeps', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  assert.ok(readme.includes(`${WASM_GZIP_LIMIT_KIB} KiB after gzip`));
});

test('sizes are of the file and of its gzip', () => {
  const { rawKib, gzipKib } = sizeOf(Buffer.alloc(1024 * 100));
  assert.equal(rawKib, 100);
  assert.ok(gzipKib < 1);
});

test('the three runners are summed up', () => {
  assert.deepEqual(counted(0, 'ℹ tests 5\nℹ pass 5\nℹ fail 0\nℹ cancelled 0\n'), { passed: 5, failed: 0 });
  assert.deepEqual(counted(1, 'ℹ pass 3\nℹ fail 1\nℹ cancelled 1\n'), { passed: 3, failed: 2 });
  const cargo = 'test result: ok. 7 passed; 0 failed; 0 ignored\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n';
  assert.deepEqual(counted(101, cargo), { passed: 9, failed: 1 });
  assert.deepEqual(counted(0, '     Summary [   1.2s] 12 tests run: 12 passed, 0 skipped\n'), { passed: 12, failed: 0 });
  const red = '\x1b[31m     Summary\x1b[0m [   1.2s] 12 tests run: 10 passed, 2 failed, 0 skipped\n';
  assert.deepEqual(counted(100, red), { passed: 10, failed: 2 });
  assert.deepEqual(counted(1, 'warning: unused'), { passed: 0, failed: 1 });
});

test('the first red stage ends its lane, and the last line is the sum', async () => {
  const done = [];
  const stage = (name, code, output) => ({ name, work: async () => (done.push(name), { code, output }) });
  const report = [];
  const green = await runLanes([[stage('a', 0, 'ℹ pass 2\n'), stage('b', 1, ''), stage('c', 0, '')]], report);
  assert.equal(green, false);
  assert.deepEqual(done, ['a', 'b']);
  const lines = summary(report, 1000).split('\n');
  assert.match(lines[1], /^a +0\.0 s +2 passed$/);
  assert.equal(lines.at(-1), '2 passed, 1 failed');
});

test('the example of .dev.vars follows the ports', () => {
  const example = readFileSync(join(root, '.dev.vars.example'), 'utf8');
  assert.deepEqual(movedVars({ port: 8787, simPort: 8790 }, example), []);
  assert.deepEqual(movedVars({ port: 9000, simPort: 9001 }, example).filter((arg) => arg !== '--var'), [
    `CLERK_PUBLISHABLE_KEY:pk_test_${Buffer.from('localhost:9001$').toString('base64')}`,
    'CLERK_API_URL:http://localhost:9001',
    'CLERK_FRONTEND_API_URL:http://localhost:9001',
    'CLERK_AUTHORIZED_PARTIES:http://localhost:9000',
    'OPENAI_BASE_URL:http://localhost:9001/v1',
    'STRIPE_API_URL:http://localhost:9001',
    'PDFCO_API_URL:http://localhost:9001',
    'TURN_URL:http://localhost:9001',
    'XIRSYS_URL:http://localhost:9001',
  ]);
  const key = Buffer.from('clerk.example.com$').toString('base64');
  const own = `CLERK_PUBLISHABLE_KEY=pk_test_${key}\nCLERK_API_URL=https://api.clerk.com\n`;
  assert.deepEqual(movedVars({ port: 9000, simPort: 9001 }, own), []);
});

test('an older file of settings is given what the example has gained', () => {
  const example = '# a note\nA="1"\nB="2"\nC="3"\nD="4"\n';
  const added = (own) => additions(example, own).map(({ line }) => line);
  assert.deepEqual(added('A="own"\n# B="2"\nC=\n'), ['D="4"']);
  assert.deepEqual(added(''), ['A="1"', 'B="2"', 'C="3"', 'D="4"']);
  assert.deepEqual(added(example), []);
});

test('a name picks files before titles', () => {
  const files = ['input.test.mjs', 'token.test.mjs', 'helpers.mjs'];
  assert.deepEqual(pick(files, 'token'), { files: ['token.test.mjs'], options: [] });
  assert.deepEqual(pick(files, undefined).files, ['input.test.mjs', 'token.test.mjs']);
  assert.deepEqual(pick(files, 'forged'), { files: ['input.test.mjs', 'token.test.mjs'], options: ['--test-name-pattern=forged'] });
});

test('a deployment needs a database and its settings', () => {
  assert.throws(() => needDatabase('database_id = "00000000-0000-0000-0000-000000000000"'), /wrangler d1 create/);
  needDatabase('database_id = "3f0c1b2a-0000-4000-8000-000000000001"');
  const [bucket, listed] = ['bucket_name = "our-files"\n', 'name:           our-files\ncreation_date:  2026-11-21'];
  needBucket(bucket, `name:           other\n\n${listed}`);
  for (const not of ['', listed.replace('our', 'your'), listed.replace('our-files', 'our-files-2')]) {
    assert.throws(() => needBucket(bucket, not), /wrangler r2 bucket create our-files/);
  }
  const secrets = ['CLERK_SECRET_KEY', 'CLERK_WEBHOOK_SECRET', 'CLAIM_SECRET', 'OPENAI_API_KEY'];
  assert.deepEqual(
    missingSettings(JSON.stringify(secrets.map((name) => ({ name }))), '[vars]\nCLERK_PUBLISHABLE_KEY = "pk_live_x"\n'),
    ['CLERK_AUTHORIZED_PARTIES', 'TICKET_SECRET', 'RECEIPT_SECRET'],
  );
  assert.equal(addressIn('Deployed x\n  https://x.y.workers.dev\n'), 'https://x.y.workers.dev');
  assert.equal(addressIn('  app.example.com (custom domain)\n'), 'https://app.example.com');
  assert.equal(addressIn('nothing'), undefined);
});
