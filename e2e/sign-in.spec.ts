import { accountOf, expect, test } from './support/fixtures';

test('a person signs in one field at a time and lands on the board overview', async ({ page }) => {
  const { email, password } = accountOf('board');
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('can prove');
});

test('the demonstration lets a newcomer in as any role with one press', async ({ page }) => {
  await page.goto('/sign-in');
  await page
    .getByRole('button', { name: /Compliance officer/ })
    .first()
    .click();
  await expect(page.getByRole('navigation').first()).toContainText('Review queue');
});

test('a wrong password says so, and many of them have to wait', async ({ request }) => {
  const answers = [];
  for (let tries = 0; tries < 6; tries += 1) {
    answers.push(
      (
        await request.post('/api/v1/session', {
          data: { email: 'nobody@nordwind.example', password: 'not the right one' },
        })
      ).status(),
    );
  }
  expect(answers[0]).toBe(401);
  expect(answers).toContain(429);
});

test('signing out everywhere ends the session on the server', async ({ as }) => {
  const page = await as('owner');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL('**/sign-in**');
  expect((await page.request.get('/api/v1/session')).status()).toBe(401);
});

test('a page asked for before signing in is opened afterwards', async ({ page }) => {
  await page.goto('/controls');
  await expect(page).toHaveURL(/sign-in\?next=%2Fcontrols/);
});
