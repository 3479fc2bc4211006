import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import { makeSetting } from './setting';
import { casaLumen } from './organisations/casa-lumen';
import { nordwind } from './organisations/nordwind';
import { type PlayOptions, playYear } from './play';

export type DemoAccount = { organisation: string; email: string; password: string; role: string };

export type SeedOptions = PlayOptions & {
  /** Where demo-accounts.json goes. */
  dataDir: string;
  /** Freezes what the auditor of an engagement reads. */
  freezeEngagement: (organisationId: string, engagementId: string) => Promise<void>;
  now?: Date;
};

/** Whether an organisation exists already: the seed only ever fills an empty database. */
export async function isEmptyDatabase(): Promise<boolean> {
  const { rows } = await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute<{ any: boolean }>(sql`select exists (select from organisation_ids()) as any`),
  );
  return !rows[0]!.any;
}

/**
 * Fills an empty database with the demonstration: a holding with a year behind it and a second, unrelated organisation.
 * The year is played month by month, and each month is frozen by the real code, so that history is no picture of it.
 */
export async function seedDemonstration({
  dataDir,
  freeze,
  freezeEngagement,
  onProgress = () => {},
  now = new Date(),
}: SeedOptions): Promise<DemoAccount[]> {
  if (!(await isEmptyDatabase()))
    throw new Error('There is an organisation in this database already. The demonstration fills only an empty one.');
  const accounts: DemoAccount[] = [];
  for (const organisation of [nordwind, casaLumen]) {
    onProgress(`${organisation.name}: people, entities, controls`);
    const passwords = new Map(
      organisation.people.filter((one) => one.isAccount).map((one) => [one.key, randomBytes(12).toString('base64url')]),
    );
    const setting = await makeSetting(organisation, passwords, now);
    await refreshStatistics();
    await playYear(setting, { freeze, onProgress });
    await freezeEngagement(setting.id, setting.engagementId);
    for (const one of organisation.people) {
      const password = passwords.get(one.key);
      if (password) accounts.push({ organisation: organisation.name, email: one.email, password, role: one.roles[0]! });
    }
  }
  await writeAccounts(dataDir, accounts);
  return accounts;
}

/** A bulk load leaves the planner without statistics until autovacuum comes by; queries of the next seconds need them. */
async function refreshStatistics(): Promise<void> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function writeAccounts(dataDir: string, accounts: DemoAccount[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'demo-accounts.json');
  await writeFile(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
}
