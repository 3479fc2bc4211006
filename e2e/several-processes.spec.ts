import { type ChildProcess, spawn } from 'node:child_process';
import { request as apiRequest } from '@playwright/test';
import { accountOf, expect, ownOrigin, test } from './support/fixtures';

const SECOND = Number(process.env.E2E_PORT ?? 3290) + 1;
const SECOND_URL = `http://127.0.0.1:${SECOND}`;

let second: ChildProcess;

// Both tests share the one second process.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  // Joins the database and the files of the first process, as a second machine would with DATABASE_URL and S3.
  second = spawn(process.execPath, ['cli/heptad.mjs', 'start', '--no-worker'], {
    env: { ...process.env, PORT: String(SECOND), DATA_DIR: process.env.E2E_DATA_DIR },
    stdio: 'ignore',
  });
  await expect
    .poll(
      async () =>
        fetch(`${SECOND_URL}/api/health/ready`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 100_000 },
    )
    .toBe(200);
});

test.afterAll(async () => {
  if (second.exitCode !== null) return;
  second.kill('SIGTERM');
  await new Promise((resolve) => second.once('close', resolve));
});

test('web processes keep no state: sign in at one, upload at the other, read at both', async ({ baseURL }) => {
  const { email, password } = accountOf('compliance');
  const first = await apiRequest.newContext({ baseURL });
  const session = await first.post('/api/v1/session', { data: { email, password } });
  const cookie = session.headers()['set-cookie']!.split(';')[0]!;
  const other = await apiRequest.newContext({ baseURL: SECOND_URL, extraHTTPHeaders: { cookie } });
  expect((await other.get('/api/v1/session')).status()).toBe(200);

  const upload = await other.post('/api/v1/evidence', {
    headers: ownOrigin(SECOND_URL),
    multipart: {
      title: 'Brought at the second process',
      type: 'policy_document',
      collectedOn: '2026-10-01',
      file: { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('same bytes everywhere') },
    },
  });
  expect(upload.status(), await upload.text()).toBe(201);
  const { id } = await upload.json();
  expect(await (await first.get(`/api/v1/evidence/${id}/content`)).text()).toBe('same bytes everywhere');

  const [one, two] = [
    await (await first.get('/api/v1/heatmap?by=layer')).json(),
    await (await other.get('/api/v1/heatmap?by=layer')).json(),
  ];
  expect(two).toEqual(one);

  // Signing out at one ends the session at the other at once.
  await first.delete('/api/v1/session');
  expect((await other.get('/api/v1/session')).status()).toBe(401);
});

test('what one process changes the other shows at once', async ({ baseURL }) => {
  const { email, password } = accountOf('ciso');
  const first = await apiRequest.newContext({ baseURL });
  const session = await first.post('/api/v1/session', { data: { email, password } });
  const cookie = session.headers()['set-cookie']!.split(';')[0]!;
  const other = await apiRequest.newContext({ baseURL: SECOND_URL, extraHTTPHeaders: { cookie } });
  const before = await (await other.get('/api/v1/readiness')).json();
  const { items } = await (await first.get('/api/v1/assessments?control=SUP-02&limit=1')).json();
  const { id, version, documentation } = items[0];
  const marked = await first.patch(`/api/v1/assessments/${id}`, {
    headers: ownOrigin(baseURL!),
    data: { version, documentation: documentation === 0 ? 5 : 0, implementation: documentation === 0 ? 5 : 0 },
  });
  expect(marked.status(), await marked.text()).toBe(200);
  const after = await (await other.get('/api/v1/readiness')).json();
  const sameAtFirst = await (await first.get('/api/v1/readiness')).json();
  expect(after).toEqual(sameAtFirst);
  expect(after.explanation).not.toEqual(before.explanation);
});
