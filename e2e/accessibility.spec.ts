import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Role, test } from './support/fixtures';

const PAGES: readonly (readonly [Role, string])[] = [
  ['board', '/'],
  ['board', '/heatmap'],
  ['board', '/heatmap?by=obligation'],
  ['board', '/heatmap?by=sector'],
  ['board', '/readiness'],
  ['compliance', '/obligations'],
  ['compliance', '/obligations/nis2.21.1'],
  ['compliance', '/frameworks/iso27001_2022'],
  ['compliance', '/controls'],
  ['compliance', '/controls/GOV-01'],
  ['compliance', '/tasks'],
  ['compliance', '/evidence'],
  ['compliance', '/evidence/review'],
  ['compliance', '/raci'],
  ['compliance', '/entities'],
  ['compliance', '/entities/new'],
  ['compliance', '/reports'],
  ['compliance', '/audit'],
  ['auditor', '/audit'],
  ['compliance', '/log'],
  ['compliance', '/settings'],
  ['admin', '/settings?tab=people'],
  ['admin', '/settings?tab=tokens'],
  ['compliance', '/settings?tab=rights'],
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test.describe(`axe, WCAG 2.2 AA, ${colorScheme}, ${width} px`, () => {
      test.use({ contextOptions: { colorScheme, viewport: { width, height } } });

      test('/sign-in', async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        await page.goto('/sign-in');
        await expectAccessible(page);
      });

      for (const role of ['board', 'compliance', 'auditor', 'admin'] as const) {
        test(`every page of ${role}`, async ({ as }) => {
          test.setTimeout(240_000);
          const page = await as(role);
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height });
          for (const [, path] of PAGES.filter(([who]) => who === role)) {
            await test.step(path, async () => {
              await page.goto(path);
              await page.getByRole('heading', { level: 1 }).first().waitFor();
              await expectAccessible(page);
              await expectNoSidewaysScroll(page);
            });
          }
        });
      }
    });
  }
}

test('drawers and dialogs are accessible too', async ({ as }) => {
  const page = await as('compliance');
  const { items } = await (await page.request.get('/api/v1/evidence?state=accepted&limit=1')).json();
  await page.goto(`/evidence?open=${items[0].id}`);
  await page
    .getByRole('dialog')
    .getByText('SHA-256')
    .or(page.getByRole('dialog').getByText('What it proves'))
    .first()
    .waitFor();
  await expectAccessible(page);
  await page.goto('/evidence');
  await page.getByRole('button', { name: 'Board minutes' }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .exclude('iframe')
    .analyze();
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} – ${failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
  );
  expect(told, page.url()).toEqual([]);
}

/** WCAG 1.4.10: nothing but tables scrolls sideways, at 390 px neither. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(1);
}
