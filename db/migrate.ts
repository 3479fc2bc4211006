import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { run as runJobsMigration } from './migrate-jobs';
import { projectRoot } from './project-root';

/** Two migrating processes must not meet; the number is arbitrary but fixed for ever. */
const MIGRATION_LOCK = 7_204_117;

const ROLES = ['heptad_owner', 'heptad_app', 'heptad_reader'] as const;

export type MigrationResult = { applied: string[]; already: number };

/**
 * Brings the database at `url` to the newest schema. The user of `url` must own the database or be superuser;
 * the three roles are made when they are missing. Safe to call from several processes at once.
 */
export async function migrate(url: string): Promise<MigrationResult> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureRoles(client);
    await client.query('create schema if not exists heptad authorization heptad_owner');
    await client.query('grant usage on schema heptad to heptad_app, heptad_reader');
    await client.query('set role heptad_owner');
    await client.query('set search_path = heptad, public');
    const result = await applyMissing(client);
    await client.query('reset role');
    await runJobsMigration(client, url);
    return result;
  } finally {
    await client.end();
  }
}

/** Names of the migrations of this release that the database does not have yet; for health checks and `heptad doctor`. */
export async function pendingMigrations(select: (text: string) => Promise<{ name: string }[]>): Promise<string[]> {
  const done = new Set((await select('select name from heptad.migration')).map((row) => row.name));
  return migrationNames().filter((name) => !done.has(name));
}

async function applyMissing(client: Client): Promise<MigrationResult> {
  await client.query(
    'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  await client.query('grant select on migration to heptad_app, heptad_reader');
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration');
  const done = new Map(rows.map((row) => [row.name, row.sha256]));
  const applied: string[] = [];
  for (const name of migrationNames()) {
    const body = readFileSync(join(migrationFolder(), name), 'utf8');
    const sha256 = createHash('sha256').update(body).digest('hex');
    const known = done.get(name);
    if (known === sha256) continue;
    if (known) throw new Error(`Migration ${name} was changed after it was applied. Migrations are never edited.`);
    await applyOne(client, name, body, sha256);
    applied.push(name);
  }
  return { applied, already: done.size };
}

async function applyOne(client: Client, name: string, body: string, sha256: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(body);
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The roles are shared by all databases of a cluster, so another database may have made them already. */
async function ensureRoles(client: Client): Promise<void> {
  for (const role of ROLES) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rowCount === 0)
      await client.query(`create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole`);
    const { rows } = await client.query<{ may: boolean }>(`select pg_has_role(current_user, $1, 'member') as may`, [
      role,
    ]);
    if (!rows[0]?.may) await client.query(`grant ${role} to current_user`);
  }
}

function migrationNames(): string[] {
  return readdirSync(migrationFolder())
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .toSorted();
}

function migrationFolder(): string {
  return join(projectRoot(), 'db', 'migrations');
}
