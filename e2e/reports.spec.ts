import { expect, test } from './support/fixtures';

test.describe.configure({ mode: 'serial' });

test('the monthly report is signed as prepared by one person and released by another', async ({ as }) => {
  const officer = await as('compliance');
  await officer.goto('/reports');
  const month = officer.getByRole('row').nth(1);
  await month.getByRole('link').first().click();
  await officer.getByRole('button', { name: 'Sign as prepared' }).click();
  await officer.getByRole('dialog').getByRole('button', { name: 'Sign as prepared' }).click();
  await expect(officer.getByText('Waits for release').first()).toBeVisible();

  const board = await as('board');
  await board.goto(officer.url());
  await board.getByRole('button', { name: 'Release' }).first().click();
  await board
    .getByRole('dialog')
    .getByRole('button', { name: /Release/ })
    .click();
  await expect(board.getByText('Released').first()).toBeVisible();
});

test('the same month gives the same bytes in four formats, and reading it is recorded', async ({ as }) => {
  const officer = await as('compliance');
  const { items } = await (await officer.request.get('/api/v1/snapshots')).json();
  expect(items.length).toBeGreaterThanOrEqual(12);
  const address = `/api/v1/snapshots/${items[0].id}/report`;
  for (const [format, type] of [
    ['pdf', 'application/pdf'],
    ['xlsx', 'spreadsheetml'],
    ['csv', 'text/csv'],
    ['json', 'application/json'],
  ] as const) {
    const [first, second] = [
      await officer.request.get(`${address}?format=${format}`),
      await officer.request.get(`${address}?format=${format}`),
    ];
    expect(first.status(), await first.text().catch(() => '')).toBe(200);
    expect(first.headers()['content-type']).toContain(type);
    expect(Buffer.compare(await first.body(), await second.body())).toBe(0);
  }
  expect((await (await officer.request.get(`${address}?format=pdf`)).body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('the report is reached and exported by keyboard alone', async ({ as }) => {
  const page = await as('compliance');
  await page.goto('/reports');
  await page.getByRole('row').nth(1).getByRole('link').first().focus();
  await page.keyboard.press('Enter');
  const link = page.getByRole('link', { name: 'JSON (sealed content)' });
  await link.focus();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toContain('.json');
});
