import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { loadCatalogue } from '@/db/catalogue';
import { closeDatabase } from '@/db/client';
import { migrate } from '@/db/migrate';

/** The number is arbitrary; it keeps test processes from making the template twice. */
const TEMPLATE_LOCK = 7_204_118;

/**
 * Gives the calling test file a database of its own, copied from a migrated template with the catalogue loaded, and
 * points DATABASE_URL to it, with a
 * folder of its own for files. Call it once at the top of the file.
 */
export function useDatabase(): void {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const files = mkdtempSync(join(tmpdir(), 'heptad-files-'));
  beforeAll(async () => {
    process.env.DATA_DIR = files;
    process.env.AUTH_SECRET ??= randomBytes(32).toString('hex');
    const template = await migratedTemplate();
    await asSuperuser((client) => client.query(`create database ${name} template ${template} strategy file_copy`));
    process.env.DATABASE_URL = urlOf(name);
  });
  afterAll(async () => {
    await closeDatabase();
    rmSync(files, { recursive: true, force: true });
    await asSuperuser((client) => client.query(`drop database if exists ${name} with (force)`));
  });
}

async function migratedTemplate(): Promise<string> {
  const name = `heptad_template_${process.env.HEPTAD_TEST_RUN ?? process.ppid}`;
  await asSuperuser(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    await migrate(urlOf(draft));
    await loadCatalogue(urlOf(draft));
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** A statement as superuser, for tests that look past row-level security on purpose. */
export async function asSuperuser<T>(work: (client: Client) => Promise<T>, database?: string): Promise<T> {
  const client = new Client({ connectionString: database ? urlOf(database) : serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The name of this test file's database. */
export function databaseName(): string {
  return new URL(process.env.DATABASE_URL!).pathname.slice(1);
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env.HEPTAD_TEST_PG;
  if (!url) throw new Error('No test server: run through the db project of vitest.config.ts.');
  return url;
}
