import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isDemonstration, settings } from '@/lib/kernel/env';

const Accounts = z.array(
  z.object({ organisation: z.string(), email: z.string(), role: z.string(), name: z.string().optional() }),
);

export type DemonstrationAccount = z.infer<typeof Accounts>[number];

/** The accounts the sign-in page offers by one click, without their passwords; none outside demonstration mode. */
export async function demonstrationAccounts(): Promise<DemonstrationAccount[]> {
  if (!isDemonstration()) return [];
  const file = path.join(settings().DATA_DIR, 'demo-accounts.json');
  try {
    return Accounts.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Another process seeded another folder, or nobody did: the page still signs in by password.
    return [];
  }
}
