import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { newId } from '@/lib/kernel/ids';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { makeWorld, type World } from '@/test/factories';

useDatabase();

let world: World;
let other: World;

beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
});

const tenantTables = async () =>
  asSuperuser(async (client) => {
    const { rows } = await client.query<{ name: string; forced: boolean; policies: number }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'heptad' and c.relkind = 'r' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)`);
    return rows;
  }, databaseName());

describe('the database keeps organisations apart by itself', () => {
  it('forces row-level security on every table of an organisation', async () => {
    const tables = await tenantTables();
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter(({ forced, policies }) => !forced || policies === 0)).toEqual([]);
  });

  it('shows nothing of another organisation, whatever the statement asks for', async () => {
    for (const { name } of await tenantTables()) {
      const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
        db.execute<{ foreign: number }>(
          sql.raw(`select count(*)::int as foreign from ${name} where org_id <> '${world.organisationId}'`),
        ),
      );
      expect(rows[0]!.foreign, name).toBe(0);
    }
  });

  it('shows nothing at all without an organisation', async () => {
    for (const { name } of await tenantTables()) {
      const { rows } = await inTransaction({ organisationId: null, access: 'read' }, ({ db }) =>
        db.execute<{ seen: number }>(sql.raw(`select count(*)::int as seen from ${name}`)),
      );
      expect(rows[0]!.seen, name).toBe(0);
    }
  });

  it('refuses to write a row of, or a reference into, another organisation', async () => {
    const write = (statement: ReturnType<typeof sql>) =>
      inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) => db.execute(statement));
    await expect(
      write(
        sql`insert into unit (org_id, id, entity_id, kind, name) values (${other.organisationId}, ${newId()}, ${other.entityId}, 'agent', 'x')`,
      ),
    ).rejects.toThrow();
    await expect(
      write(
        sql`insert into unit (org_id, id, entity_id, kind, name) values (${world.organisationId}, ${newId()}, ${other.entityId}, 'agent', 'x')`,
      ),
    ).rejects.toThrow();
    const { rowCount } = await write(sql`update entity set name = 'taken' where id = ${other.entityId}`);
    expect(rowCount).toBe(0);
  });

  it('runs requests as roles that own nothing and bypass nothing', async () => {
    const seen = await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
      db.execute<{ role: string; super: boolean; bypass: boolean; owned: number }>(sql`
        select current_user as role, rolsuper as super, rolbypassrls as bypass, (select count(*)::int from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname = current_user`),
    );
    expect(seen.rows[0]).toEqual({ role: 'heptad_app', super: false, bypass: false, owned: 0 });
  });

  it('has a drizzle table for each table and column, and none besides', async () => {
    const schemas = await Promise.all(
      [
        'platform',
        'identity',
        'catalogue',
        'entities',
        'assessments',
        'comments',
        'evidence',
        'snapshots',
        'reports',
      ].map((name) => import(`@/db/schema/${name}.ts`)),
    );
    const { getTableConfig, PgTable } = await import('drizzle-orm/pg-core');
    const drawn = schemas
      .flatMap((schema) => Object.values(schema as Record<string, unknown>))
      .filter((value) => value instanceof PgTable)
      .flatMap((table) => {
        const { name, columns } = getTableConfig(table);
        return columns.map((column) => `${name}.${column.name}`);
      });
    const real = await asSuperuser(
      (client) =>
        client.query<{
          name: string;
        }>(`select table_name || '.' || column_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name) where table_schema = 'heptad' and table_type = 'BASE TABLE' and table_name <> 'migration'`),
      databaseName(),
    );
    expect(drawn.toSorted()).toEqual(real.rows.map(({ name }) => name).toSorted());
  });
});
