import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { Client } from 'pg';
import { migrate } from '@/db/migrate';
import type { FileStore } from '@/lib/adapters/storage/file-store';
import { CommandFailure } from '../failure';
import { BACKUP_TABLES, type Manifest } from './backup-tables';

const BATCH = 1000;

/** Reads and checks a backup's manifest; nothing is written yet. */
export async function readManifest(source: string): Promise<Manifest> {
  const file = path.join(source, 'manifest.json');
  if (!existsSync(file)) throw new CommandFailure(`${source} holds no backup: manifest.json is missing.`);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  if (manifest.format !== 'heptad-backup/1')
    throw new CommandFailure('This backup was made by a newer Heptad. Restore it with that version.');
  return manifest;
}

/** Refuses a database that holds anything; asked before anything else is written. */
export async function requireEmptyDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ found: string | null }>(`select to_regclass('heptad.organisation') as found`);
    if (rows[0]!.found !== null) await requireNoOrganisation(client);
  } finally {
    await client.end();
  }
}

/** Writes rows and files into an empty place and checks counts and hashes of what then stands there. */
export async function restoreContent(source: string, url: string, store: FileStore, manifest: Manifest): Promise<void> {
  await migrate(url);
  const client = new Client({ connectionString: url, options: '-c search_path=heptad -c timezone=UTC' });
  await client.connect();
  try {
    await requireEmpty(client, manifest);
    await client.query('begin');
    await client.query('set local role heptad_owner');
    await client.query("select set_config('statement_timeout', '0', true)");
    for (const { name, org } of BACKUP_TABLES)
      await load(client, path.join(source, 'tables', `${name}.jsonl.gz`), name, org);
    for (const { name, rows, sha256 } of manifest.tables) {
      const found = await digest(client, name);
      if (found.rows !== rows || found.sha256 !== sha256)
        throw new CommandFailure(
          `Table ${name} differs from the backup (${found.rows} of ${rows} rows). Nothing was kept.`,
        );
    }
    await putFiles(source, store, manifest.files);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function requireEmpty(client: Client, manifest: Manifest): Promise<void> {
  await requireNoOrganisation(client);
  const known = new Set(
    (await client.query<{ name: string }>('select name from migration')).rows.map((row) => row.name),
  );
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new CommandFailure(`The backup is from a newer Heptad (${unknown.join(', ')}). Update first.`);
}

async function requireNoOrganisation(client: Client): Promise<void> {
  const { rows } = await client.query<{ any: boolean }>('select exists (select from heptad.organisation) as any');
  if (rows[0]!.any)
    throw new CommandFailure(
      'There is an organisation in this database already. A backup is restored only into an empty place.',
    );
}

/** Row-level security holds for the owner too: each organisation's rows are written in its own context. */
async function load(client: Client, file: string, table: string, org: 'org_id' | 'id' | null): Promise<void> {
  let batch: string[] = [];
  let current: string | null = null;
  const flush = async () => {
    if (batch.length === 0) return;
    await client.query(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`,
      [`[${batch.join(',')}]`],
    );
    batch = [];
  };
  for await (const line of createInterface({
    input: createReadStream(file).pipe(createGunzip()),
    crlfDelay: Infinity,
  })) {
    const owner = org === null ? null : String((JSON.parse(line) as Record<string, unknown>)[org]);
    if (owner !== current || batch.length === BATCH) await flush();
    if (owner !== current) {
      await client.query("select set_config('app.org', $1, true)", [owner ?? '']);
      current = owner;
    }
    batch.push(line);
  }
  await flush();
}

async function digest(client: Client, table: string): Promise<{ rows: number; sha256: string }> {
  const { order } = BACKUP_TABLES.find(({ name }) => name === table)!;
  const hash = createHash('sha256');
  let rows = 0;
  await client.query(
    `declare restored_rows no scroll cursor for select to_jsonb(t)::text as line from ${table} t order by ${order}`,
  );
  for (;;) {
    const batch = await client.query<{ line: string }>('fetch 2000 from restored_rows');
    if (batch.rows.length === 0) break;
    rows += batch.rows.length;
    hash.update(batch.rows.map((row) => `${row.line}\n`).join(''));
  }
  await client.query('close restored_rows');
  return { rows, sha256: hash.digest('hex') };
}

/** All files or none: what was put is taken away again when one is damaged or missing. */
async function putFiles(source: string, store: FileStore, files: Manifest['files']): Promise<void> {
  const put: string[] = [];
  try {
    for (const { key, sha256 } of files) {
      put.push(key);
      await putFile(store, key, path.join(source, 'files', ...key.split('/')), sha256);
    }
  } catch (error) {
    for (const key of put) await store.delete(key);
    throw error;
  }
}

async function putFile(store: FileStore, key: string, file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  async function* hashed() {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
  }
  await store.put(key, hashed());
  if (hash.digest('hex') !== sha256) throw new CommandFailure(`The stored file ${key} is damaged in the backup.`);
}
