import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import type { FileStore } from '@/lib/adapters/storage/file-store';
import { copyKeys } from './backup-keys';
import { BACKUP_TABLES, type Manifest } from './backup-tables';

const BATCH = 2000;

export type BackupOptions = {
  url: string;
  dataDir: string;
  store: FileStore;
  target: string;
  passphrase?: string;
  now: Date;
};

/**
 * Writes a folder from which an empty place becomes this one: every row of one moment (one repeatable-read snapshot),
 * every stored file as it lies there (encrypted), the keys, and a manifest with counts and hashes.
 */
export async function backUp({ url, dataDir, store, target, passphrase, now }: BackupOptions): Promise<Manifest> {
  await mkdir(path.join(target, 'tables'), { recursive: true, mode: 0o700 });
  const client = new Client({ connectionString: url, options: '-c search_path=heptad -c timezone=UTC' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const tables: Manifest['tables'] = [];
    for (const { name, order } of BACKUP_TABLES)
      tables.push({ name, ...(await dump(client, name, order, path.join(target, 'tables', `${name}.jsonl.gz`))) });
    const migrations = (await client.query<{ name: string }>('select name from migration order by name')).rows.map(
      (row) => row.name,
    );
    const stored = (
      await client.query<{ key: string }>(
        'select storage_key as key from evidence where storage_key is not null order by 1',
      )
    ).rows;
    await client.query('commit');
    const files = await copyFiles(
      store,
      stored.map((row) => row.key),
      path.join(target, 'files'),
    );
    const keys = await copyKeys(path.join(dataDir, 'keys'), target, passphrase);
    const manifest: Manifest = {
      format: 'heptad-backup/1',
      madeAt: now.toISOString(),
      migrations,
      tables,
      files,
      keys,
    };
    await writeFile(path.join(target, 'manifest.json'), JSON.stringify(manifest, null, 2), {
      mode: 0o600,
      flush: true,
    });
    return manifest;
  } finally {
    await client.end();
  }
}

/** One row a line, as PostgreSQL itself writes it as JSON; the hash is over exactly these lines. */
async function dump(
  client: Client,
  table: string,
  order: string,
  file: string,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(file, { mode: 0o600, flush: true }));
  let rows = 0;
  await client.query(
    `declare backup_rows no scroll cursor for select to_jsonb(t)::text as line from ${table} t order by ${order}`,
  );
  for (;;) {
    const batch = await client.query<{ line: string }>(`fetch ${BATCH} from backup_rows`);
    if (batch.rows.length === 0) break;
    rows += batch.rows.length;
    const text = batch.rows.map((row) => `${row.line}\n`).join('');
    hash.update(text);
    if (!gzip.write(text)) await once(gzip, 'drain');
  }
  await client.query('close backup_rows');
  gzip.end();
  await written;
  return { rows, sha256: hash.digest('hex') };
}

async function copyFiles(store: FileStore, keys: readonly string[], folder: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  for (const key of keys) {
    const file = path.join(folder, ...key.split('/'));
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let bytes = 0;
    const source = await store.get(key);
    source.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.byteLength;
    });
    await pipeline(source, createWriteStream(file, { mode: 0o600, flush: true }));
    files.push({ key, bytes, sha256: hash.digest('hex') });
  }
  return files;
}
