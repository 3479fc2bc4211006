import { createHash, randomUUID } from 'node:crypto';
import { expect, ownOrigin, test } from './support/fixtures';

const pdf = (text: string) =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

test('a compliance officer drops two files, submits both, and a second person accepts one', async ({ as }) => {
  const mark = randomUUID().slice(0, 8);
  const officer = await as('compliance');
  await officer.goto('/evidence');
  await officer.locator('input[type=file]').setInputFiles([
    { name: `access_review_2026-10-01_${mark}.pdf`, mimeType: 'application/pdf', buffer: pdf(mark) },
    { name: `restore test ${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`item;state\n${mark};in order\n`) },
  ]);
  const rows = officer.getByRole('list', { name: 'Files to submit' }).getByRole('listitem').filter({ hasText: mark });
  await expect(rows).toHaveCount(2);
  await expect(rows.first().getByLabel('Kind of evidence')).toHaveValue('Access review record');
  const picker = rows.first().getByLabel('Proves these controls');
  await picker.fill('RSK-10');
  await officer.getByRole('listbox').getByRole('option').first().click();
  await officer.getByRole('button', { name: 'Submit all 2 files' }).click();
  await expect(officer.getByText('2 files submitted')).toBeVisible();
  await officer.goto(`/evidence?q=${mark}`);
  await expect(officer.getByRole('row').filter({ hasText: 'waits for review' })).toHaveCount(2);

  const second = await as('ciso');
  await second.goto('/evidence/review');
  await second.getByRole('button', { name: new RegExp(`Access review 2026 10 01 ${mark}`) }).click();
  await expect(second.getByText('RSK-10').first()).toBeVisible();
  await second.getByRole('button', { name: 'Accept' }).click();
  await expect(second.getByText('It counts from now on')).toBeVisible();
  await second.goto(`/evidence?q=${mark}&state=accepted`);
  await expect(second.getByRole('row').filter({ hasText: 'accepted' })).toHaveCount(1);
});

test('nobody accepts what they uploaded themselves', async ({ as, baseURL }) => {
  const page = await as('compliance');
  const body = pdf(randomUUID());
  const upload = await page.request.post('/api/v1/evidence', {
    headers: {
      ...ownOrigin(baseURL!),
      'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    },
    multipart: {
      title: 'Own work',
      type: 'policy_document',
      collectedOn: '2026-10-01',
      file: { name: 'policy.pdf', mimeType: 'application/pdf', buffer: body },
    },
  });
  expect(upload.status(), await upload.text()).toBe(201);
  const { id, sha256, size, state } = await upload.json();
  expect({ sha256, size, state }).toEqual({
    sha256: createHash('sha256').update(body).digest('hex'),
    size: body.length,
    state: 'submitted',
  });
  const accept = await page.request.post(`/api/v1/evidence/${id}/accept`, { headers: ownOrigin(baseURL!), data: {} });
  expect(accept.status()).toBe(403);
  const content = await page.request.get(`/api/v1/evidence/${id}/content`);
  expect(content.headers()['content-disposition']).toContain('attachment');
  expect(Buffer.compare(await content.body(), body)).toBe(0);
});

test('a broken, disguised or oversized upload is refused with the field named and nothing kept', async ({
  as,
  baseURL,
}) => {
  const page = await as('compliance');
  const send = (file: { name: string; mimeType: string; buffer: Buffer }, headers = {}) =>
    page.request.post('/api/v1/evidence', {
      headers: { ...ownOrigin(baseURL!), ...headers },
      multipart: { title: 'Bad', type: 'policy_document', collectedOn: '2026-10-01', file },
    });
  const disguised = await send({
    name: 'policy.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<html><script>alert(1)</script></html>'),
  });
  expect(disguised.status()).toBe(415);
  expect((await disguised.json()).issues[0].path).toBe('file');
  const digest = await send(
    { name: 'policy.pdf', mimeType: 'application/pdf', buffer: pdf('x') },
    { 'content-digest': 'sha-256=:AAAA:' },
  );
  expect(digest.status()).toBe(422);
  const large = await send({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.alloc(51 * 1_048_576, 97) });
  expect(large.status()).toBe(413);
  const foreign = await page.request.post('/api/v1/evidence', {
    multipart: { file: { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') } },
  });
  expect(foreign.status()).toBe(403);
  const list = await (await page.request.get('/api/v1/evidence?q=Bad')).json();
  expect(list.items.filter((item: { title: string }) => item.title === 'Bad')).toEqual([]);
});

test('evidence is brought and described by keyboard alone', async ({ as }) => {
  const mark = randomUUID().slice(0, 8);
  const page = await as('compliance');
  await page.goto('/evidence');
  await page.getByRole('button', { name: 'Link', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Title').focus();
  await page.keyboard.type(`Wiki page ${mark}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type('https://wiki.nordwind.example/policy');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Approved policy');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Submit link' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Link submitted for review')).toBeVisible();
});

test('a German reader is told in German why a file was refused, and keeps what was typed', async ({ as, baseURL }) => {
  const page = await as('compliance');
  await page.context().addCookies([{ name: 'locale', value: 'de', url: baseURL! }]);
  await page.goto('/evidence');
  await page.locator('input[type=file]').setInputFiles({
    name: 'policy_2026-10-01.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<html><script>alert(1)</script>'),
  });
  await page.getByRole('button', { name: /einreichen/ }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'policy_2026-10-01.pdf' });
  await expect(alert).toContainText('passt nicht zum Namen');
  await expect(alert).not.toContainText('does not fit');
  await expect(page.getByLabel('Titel', { exact: false }).first()).not.toHaveValue('');
});
