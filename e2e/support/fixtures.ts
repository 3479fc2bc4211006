import { test as base, type APIRequestContext, type BrowserContext, type Page, expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export { expect };

export type Role = 'board' | 'compliance' | 'owner' | 'auditor' | 'admin' | 'ciso' | 'ai-officer';
type Account = { organisation: string; email: string; password: string; role: Role };

/** The demonstration's accounts, as the seed wrote them for this run. */
export function accountOf(role: Role, organisation = 'Nordwind Holding'): Account {
  const file = join(process.env.E2E_DATA_DIR!, 'demo-accounts.json');
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as Account[];
  const account = accounts.find((one) => one.role === role && one.organisation === organisation);
  if (!account) throw new Error(`No ${role} in ${organisation}.`);
  return account;
}

/** Signs a browser context in through the API; its pages are signed in then. */
export async function signIn(request: APIRequestContext, role: Role, organisation?: string): Promise<void> {
  const { email, password } = accountOf(role, organisation);
  const response = await request.post('/api/v1/session', { data: { email, password } });
  expect(response.status(), await response.text()).toBe(200);
}

type Fixtures = {
  /** Opens a page signed in as a role; each call is a browser of its own. */
  as: (role: Role, organisation?: string) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  as: async ({ browser, contextOptions, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role, organisation) => {
      const context = await browser.newContext({ ...contextOptions, baseURL });
      contexts.push(context);
      await signIn(context.request, role, organisation);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Headers of a write from the page's own site. */
export function ownOrigin(baseURL: string): Record<string, string> {
  return { origin: new URL(baseURL).origin };
}
