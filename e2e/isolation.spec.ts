import { expect, ownOrigin, test } from './support/fixtures';

test('two organisations never see each other', async ({ as, baseURL }) => {
  const [nordwind, lumen] = [await as('compliance'), await as('compliance', 'Casa Lumen')];
  const mine = await (await nordwind.request.get('/api/v1/entities')).json();
  const theirs = await (await lumen.request.get('/api/v1/entities')).json();
  const names = theirs.items.map((one: { name: string }) => one.name);
  expect(names).toContain('Lumen Farma');
  expect(names).not.toContain(mine.items[0].name);
  for (const path of ['entities', 'assessments', 'evidence']) {
    const { items } = await (await nordwind.request.get(`/api/v1/${path}`)).json();
    expect((await lumen.request.get(`/api/v1/${path}/${items[0].id}`)).status(), path).toBe(404);
  }
  const assessments = await (await nordwind.request.get('/api/v1/assessments?control=GOV-01')).json();
  const change = await lumen.request.patch(`/api/v1/assessments/${assessments.items[0].id}`, {
    headers: ownOrigin(baseURL!),
    data: { version: 1, note: 'mine now' },
  });
  expect(change.status()).toBe(404);
});

test('a stale version, a double submit and unknown fields get their 4xx', async ({ as, baseURL }) => {
  const page = await as('compliance');
  const headers = ownOrigin(baseURL!);
  const { items } = await (await page.request.get('/api/v1/assessments?control=TRU-13')).json();
  const { id, version } = items[0];
  const key = `e2e-${id}-${version}`;
  const send = (data: unknown, more = {}) =>
    page.request.patch(`/api/v1/assessments/${id}`, { headers: { ...headers, ...more }, data });
  const first = await send({ version, note: 'Looked at again.' }, { 'idempotency-key': key });
  expect(first.status(), await first.text()).toBe(200);
  const repeated = await send({ version, note: 'Looked at again.' }, { 'idempotency-key': key });
  expect(await repeated.json()).toEqual(await first.json());
  expect((await send({ version, note: 'Too late.' })).status()).toBe(409);
  const unknown = await send({ version, colour: 'red' });
  expect(unknown.status()).toBe(422);
  expect((await unknown.json()).issues[0].path).toBe('colour');
  const broken = await page.request.fetch(`/api/v1/assessments/${id}`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/json' },
    data: Buffer.from('{"version":'),
  });
  expect(broken.status()).toBe(400);
  const missing = await page.request.fetch(`/api/v1/assessments/${id}`, { method: 'PATCH', data: { version } });
  expect(missing.status()).toBe(403);
  expect((await missing.json()).issues[0].path).toBe('Origin');
});

test('pages refuse writes and action headers; every page carries its protections', async ({ request }) => {
  expect((await request.post('/sign-in')).status()).toBe(405);
  expect((await request.get('/sign-in', { headers: { 'next-action': 'x' } })).status()).toBe(405);
  const page = await request.get('/sign-in');
  const policy = page.headers()['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
  expect(page.headers()['x-frame-options']).toBe('DENY');
  expect(page.headers()['x-powered-by']).toBeUndefined();
});
