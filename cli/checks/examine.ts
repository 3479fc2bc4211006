import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { checkCatalogue } from '@/db/catalogue';
import { pendingMigrations } from '@/db/migrate';
import { openFileStore, openKeyRing } from '@/lib/adapters/storage/open-storage';
import { settings } from '@/lib/kernel/env';
import { openDatabase } from '../run/database';
import { prepareEnvironment } from '../run/environment';

export type Finding = { name: string; ok: boolean; detail: string };

const OLDEST_POSTGRES = 150_000;
const MAX_SKEW_SECONDS = 5;
const LEAST_FREE_GIB = 1;

/** Looks at everything an installation rests on; each finding says what is wrong and what to do. */
export async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const check = async (name: string, look: () => Promise<string> | string) => {
    try {
      findings.push({ name, ok: true, detail: await look() });
    } catch (error) {
      findings.push({ name, ok: false, detail: (error as Error).message });
    }
  };
  let dataDir = '.data';
  await check('variables', async () => {
    settings();
    const environment = await prepareEnvironment();
    ({ dataDir } = environment);
    return `serves ${environment.address}, data in ${dataDir}`;
  });
  await check('disk', async () => {
    const { bavail, bsize } = await statfs(dataDir);
    const free = (bavail * bsize) / 2 ** 30;
    if (free < LEAST_FREE_GIB) throw new Error(`only ${free.toFixed(1)} GiB free; make room`);
    return `${free.toFixed(0)} GiB free`;
  });
  await check('catalogue', () => {
    checkCatalogue();
    return 'sound';
  });
  await check('storage', async () => {
    const [store] = await Promise.all([openFileStore(process.env, dataDir), openKeyRing(process.env, dataDir)]);
    const key = `doctor/${randomUUID()}`;
    async function* bytes() {
      yield Buffer.from('heptad');
    }
    await store.put(key, bytes());
    const back = await text(await store.get(key));
    await store.delete(key);
    if (back !== 'heptad') throw new Error('what was stored came back changed; check the disk or the S3 service');
    return process.env.S3_BUCKET ? 'S3 takes and gives files' : 'the folder takes and gives files';
  });
  await examineDatabase(check, dataDir);
  return findings;
}

async function examineDatabase(
  check: (name: string, look: () => Promise<string>) => Promise<void>,
  dataDir: string,
): Promise<void> {
  let stop = async () => {};
  let client: Client | undefined;
  await check('database', async () => {
    const database = await openDatabase(dataDir);
    ({ stop } = database);
    client = new Client({ connectionString: database.url, connectionTimeoutMillis: 5000 });
    await client.connect();
    const { rows } = await client.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    );
    if (Number(rows[0]!.number) < OLDEST_POSTGRES)
      throw new Error(`PostgreSQL ${rows[0]!.text} is too old; 15 or newer is needed`);
    return `PostgreSQL ${rows[0]!.text}`;
  });
  const database = client;
  if (database) {
    await check('clock', async () => {
      const { rows } = await database.query<{ now: Date }>('select clock_timestamp() as now');
      const skew = Math.abs(Date.now() - rows[0]!.now.getTime()) / 1000;
      if (skew > MAX_SKEW_SECONDS)
        throw new Error(`${skew.toFixed(0)} s apart from the database; synchronise both clocks`);
      return `${skew.toFixed(2)} s apart from the database`;
    });
    await check('migrations', async () => {
      const pending = await pendingMigrations(async (text) => (await database.query<{ name: string }>(text)).rows);
      if (pending.length > 0) throw new Error(`not applied: ${pending.join(', ')}; run heptad migrate`);
      return 'all applied';
    });
    await check('isolation', async () => {
      const { rows } = await database.query<{ role: string; rolsuper: boolean; rolbypassrls: boolean }>(
        `select rolname as role, rolsuper, rolbypassrls from pg_roles where rolname in ('heptad_app', 'heptad_reader')`,
      );
      const bad = rows.filter(({ rolsuper, rolbypassrls }) => rolsuper || rolbypassrls);
      const open = await database.query<{
        relname: string;
      }>(`select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'heptad' and c.relkind = 'r' and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id') and not (relrowsecurity and relforcerowsecurity)`);
      if (rows.length < 2 || bad.length > 0 || open.rows.length > 0)
        throw new Error(
          `row-level security is not complete: ${[...bad.map(({ role }) => role), ...open.rows.map(({ relname }) => relname)].join(', ') || 'roles missing'}`,
        );
      return 'roles bound by row-level security, every tenant table forced';
    });
    await database.end();
  }
  await stop();
}
