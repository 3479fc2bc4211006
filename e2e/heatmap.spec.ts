import { expect, test } from './support/fixtures';

test('a board member reads the number, opens the heatmap and follows a cell down to the proof', async ({ as }) => {
  const page = await as('board');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nordwind Holding can prove');
  await page.getByRole('link', { name: 'Heatmap', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Heatmap', level: 1 })).toBeVisible();
  const cells = page.getByRole('grid').locator('[data-at]');
  expect(await cells.count()).toBeGreaterThan(60);
  await page.locator('[data-at="6:2"]').click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('proven');
  await expect(drawer).toContainText('SUP-');
  await expect(page).toHaveURL(/cell=/);
  await drawer.locator('a[href*="/controls/SUP-"]').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Evidence here' })).toBeVisible();
});

test('the same heatmap by duty and by sector, compared with a month, and as CSV', async ({ as }) => {
  const page = await as('board');
  await page.goto('/heatmap?by=obligation');
  await expect(page.getByRole('grid')).toContainText('Supply chain security');
  await page.goto('/heatmap?by=sector');
  await expect(page.getByRole('grid')).toContainText('Energy');
  const csv = await page.request.get('/api/v1/heatmap/export?by=layer');
  expect(csv.headers()['content-type']).toContain('text/csv');
  expect((await csv.text()).split('\n').length).toBeGreaterThan(7);
});

test('the heatmap is walked and a cell opened by keyboard alone', async ({ as }) => {
  const page = await as('board');
  await page.goto('/heatmap');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /skip|content/i })).toBeFocused();
  await page.getByRole('grid').locator('[data-at][tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the API answers in the shapes scripts rely on, with 304 while nothing changed', async ({ as }) => {
  const page = await as('ciso');
  const response = await page.request.get('/api/v1/heatmap?by=layer');
  const body = await response.json();
  expect(body).toMatchObject({ method: 'R1', by: 'layer' });
  expect(body.cells[0]).toEqual(
    expect.objectContaining({
      row: expect.any(String),
      column: expect.any(String),
      state: expect.stringMatching(/scored|not-assessed|not-applicable/),
    }),
  );
  // Another test may change something between the two: then, and only then, the answer is a new one.
  await expect(async () => {
    const { etag } = (await page.request.get('/api/v1/heatmap?by=layer')).headers();
    const again = await page.request.get('/api/v1/heatmap?by=layer', { headers: { 'if-none-match': etag! } });
    expect(again.status()).toBe(304);
  }).toPass({ timeout: 30_000 });
  const readiness = await (await page.request.get('/api/v1/readiness')).json();
  const sum = readiness.explanation.reduce(
    (total: number, line: { basisPoints: number }) => total + line.basisPoints,
    0,
  );
  expect(Math.floor(sum / 10) / 10).toBe(readiness.proven);
});
