import { expect, ownOrigin, test } from './support/fixtures';

test('an auditor reads what was frozen, asks a question, and can change nothing', async ({ as, baseURL }) => {
  const page = await as('auditor');
  await page.goto('/audit');
  await expect(page.getByText(/Readiness review \d{4} ends/)).toBeVisible();
  await expect(page.getByRole('navigation').first()).not.toContainText('Review queue');
  const question = `Which list was used? ${Date.now()}`;
  await page.getByLabel('Write a comment').fill(question);
  await page.getByRole('button', { name: 'Ask for it' }).click();
  await expect(page.getByText(question)).toBeVisible();

  await page.goto('/heatmap');
  await expect(page.getByRole('grid')).toBeVisible();
  const list = await (await page.request.get('/api/v1/assessments?control=GOV-01')).json();
  const { id, version } = list.items[0];
  await page.goto(`/controls/GOV-01?assessment=${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  const write = await page.request.patch(`/api/v1/assessments/${id}`, {
    headers: ownOrigin(baseURL!),
    data: { version, documentation: 5 },
  });
  expect(write.status()).toBe(403);
});

test('an auditor sees only the entities of the engagement', async ({ as }) => {
  const [auditor, officer] = [await as('auditor'), await as('compliance')];
  const seen = await (await auditor.request.get('/api/v1/entities')).json();
  const all = await (await officer.request.get('/api/v1/entities')).json();
  expect(seen.items.length).toBeGreaterThan(3);
  expect(seen.items.length).toBeLessThan(all.items.length);
  const hidden = all.items.find(
    (one: { id: string }) => !seen.items.some((other: { id: string }) => other.id === one.id),
  );
  expect((await auditor.request.get(`/api/v1/entities/${hidden.id}`)).status()).toBe(404);
});

test('each reading of evidence by the auditor is a line in the log', async ({ as }) => {
  const auditor = await as('auditor');
  await auditor.request.get('/api/v1/evidence?limit=1');
  const officer = await as('compliance');
  const log = await (await officer.request.get('/api/v1/log/events?verb=record.read&limit=5')).json();
  expect(log.items[0].actor.name).toBe('Eva Janssens');
});

test('an auditor finds the evidence by keyboard alone', async ({ as }) => {
  const page = await as('auditor');
  await page.goto('/audit');
  await page.getByRole('link', { name: 'Evidence', exact: true }).last().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Evidence', level: 1 })).toBeVisible();
  await page.getByRole('row').nth(1).getByRole('link').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
});
