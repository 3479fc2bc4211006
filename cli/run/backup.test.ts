import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabase, inTransaction } from '@/db/client';
import { userAccount } from '@/db/schema/identity';
import { receiveFile } from '@/lib/adapters/intake/receive';
import { diskStore } from '@/lib/adapters/storage/disk-store';
import { decrypt } from '@/lib/adapters/storage/encryption';
import { openKeyRing } from '@/lib/adapters/storage/open-storage';
import { hashPassword } from '@/lib/auth/password';
import { signIn } from '@/lib/auth/sign-in';
import { sql } from 'drizzle-orm';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { makeWorld, type World } from '@/test/factories';
import { newEvidence } from '@/test/matrix/evidence';
import { backUp } from './backup';
import { BACKUP_TABLES, NOT_KEPT } from './backup-tables';
import { restoreKeys } from './backup-keys';
import { readManifest, requireEmptyDatabase, restoreContent } from './restore';

useDatabase();

const scratch = mkdtempSync(path.join(tmpdir(), 'heptad-backup-test-'));
const restored = `restored_${randomBytes(5).toString('hex')}`;

afterAll(async () => {
  await closeDatabase();
  await asSuperuser((client) => client.query(`drop database if exists ${restored} with (force)`));
  rmSync(scratch, { recursive: true, force: true });
});

const urlOf = (name: string) => process.env.DATABASE_URL!.replace(databaseName(), name);

describe('heptad backup and restore', () => {
  it('makes an empty place equal: rows, hashes, evidence bytes and a working sign-in', async () => {
    const world = await makeWorld();
    const email = await givePassword(world, 'a password of five words');
    const text = 'evidence that must survive';
    const key = await storeEvidence(world, text);
    const source = process.env.DATA_DIR!;
    const target = path.join(scratch, 'backup');
    const made = await backUp({
      url: process.env.DATABASE_URL!,
      dataDir: source,
      store: diskStore(path.join(source, 'files')),
      target,
      passphrase: 'open sesame',
      now: new Date(),
    });
    expect(made.keys).toBe('encrypted');
    expect(made.tables.find(({ name }) => name === 'person')!.rows).toBe(7);

    const elsewhere = path.join(scratch, 'elsewhere');
    const manifest = await readManifest(target);
    await expect(restoreKeys(target, elsewhere, manifest, 'wrong')).rejects.toThrow(/passphrase/);
    await restoreKeys(target, elsewhere, manifest, 'open sesame');
    // The other server sorts text in its own way; a backup must not depend on that.
    const german = `locale_provider icu icu_locale 'de' locale 'C' encoding 'UTF8'`;
    await asSuperuser((client) => client.query(`create database ${restored} template template0 ${german}`));
    const store = diskStore(path.join(elsewhere, 'files'));
    await restoreContent(target, urlOf(restored), store, manifest);

    const again = await backUp({
      url: urlOf(restored),
      dataDir: elsewhere,
      store,
      target: path.join(scratch, 'again'),
      now: new Date(),
    });
    expect(again.tables).toEqual(made.tables);
    expect(again.files).toEqual(made.files);
    expect(await read(elsewhere, key)).toBe(text);

    process.env.DATABASE_URL = urlOf(restored);
    const { actor } = await signIn(
      { email, password: 'a password of five words' },
      { network: 'test', userAgent: 'test' },
    );
    expect(actor.organisation.id).toBe(world.organisationId);
    await expect(restoreContent(target, urlOf(restored), store, manifest)).rejects.toThrow(/already/);
    await expect(requireEmptyDatabase(urlOf(restored))).rejects.toThrow(/already/);
  });

  it('never writes over the keys of another installation', async () => {
    const target = path.join(scratch, 'backup');
    const dataDir = path.join(scratch, 'other');
    await openKeyRing({}, dataDir);
    const key = path.join(dataDir, 'keys', 'evidence', '0000.key');
    const before = readFileSync(key, 'utf8');
    const manifest = await readManifest(target);
    await expect(restoreKeys(target, dataDir, manifest, 'open sesame')).rejects.toThrow(/another installation/);
    expect(readFileSync(key, 'utf8')).toBe(before);
  });

  it('refuses a backup with a damaged file, and keeps no row and no file of it', async () => {
    const target = path.join(scratch, 'backup');
    const manifest = await readManifest(target);
    const file = path.join(target, 'files', ...manifest.files[0]!.key.split('/'));
    const original = readFileSync(file);
    writeFileSync(file, Buffer.concat([original.subarray(0, -1), Buffer.from([original.at(-1)! ^ 1])]));
    const name = `damaged_${randomBytes(5).toString('hex')}`;
    await asSuperuser((client) => client.query(`create database ${name}`));
    const store = diskStore(path.join(scratch, 'damaged-files'));
    await expect(restoreContent(target, urlOf(name), store, manifest)).rejects.toThrow(/is damaged in the backup/);
    writeFileSync(file, original);
    await requireEmptyDatabase(urlOf(name));
    await expect(store.get(manifest.files[0]!.key)).rejects.toThrow(/no stored file/);
    await asSuperuser((client) => client.query(`drop database ${name} with (force)`));
  });

  it('refuses a backup that was changed, and keeps nothing of it', async () => {
    const target = path.join(scratch, 'backup');
    const name = `damaged_${randomBytes(5).toString('hex')}`;
    const manifest = await readManifest(target);
    const file = path.join(target, 'manifest.json');
    const original = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      original.replace(manifest.tables.find((table) => table.name === 'person')!.sha256, '0'.repeat(64)),
    );
    await asSuperuser((client) => client.query(`create database ${name}`));
    const store = diskStore(path.join(scratch, 'damaged'));
    await expect(restoreContent(target, urlOf(name), store, await readManifest(target))).rejects.toThrow(
      /person differs/,
    );
    const left = await asSuperuser(
      (client) => client.query('select count(*)::int as rows from heptad.organisation'),
      name,
    );
    expect(left.rows[0].rows).toBe(0);
    await asSuperuser((client) => client.query(`drop database ${name} with (force)`));
  });

  it('knows every table of the schema', async () => {
    const { rows } = await asSuperuser(
      (client) =>
        client.query<{ name: string }>(
          "select table_name as name from information_schema.tables where table_schema = 'heptad' and table_type = 'BASE TABLE'",
        ),
      restored,
    );
    const known = [...BACKUP_TABLES.map(({ name }) => name), ...NOT_KEPT];
    expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  });
});

async function givePassword(world: World, password: string): Promise<string> {
  const passwordHash = await hashPassword(password);
  return inTransaction({ organisationId: world.organisationId, access: 'write' }, async ({ db }) => {
    await db
      .update(userAccount)
      .set({ passwordHash })
      .where(sql`id = ${world.people.compliance}`);
    const { rows } = await db.execute<{ email: string }>(
      sql`select email from person where id = ${world.people.compliance}`,
    );
    return rows[0]!.email;
  });
}

async function storeEvidence(world: World, text: string): Promise<string> {
  async function* bytes() {
    yield Buffer.from(text);
  }
  const file = await receiveFile(bytes(), {
    storageKey: `evidence/${world.organisationId}/file`,
    fileName: 'note.txt',
    limitBytes: 1000,
  });
  const { storageKey, fileName, mediaType, size: sizeBytes, sha256 } = file;
  await newEvidence(world, 'owner', { kind: 'file', url: null, storageKey, fileName, mediaType, sizeBytes, sha256 });
  return storageKey;
}

async function read(dataDir: string, key: string): Promise<string> {
  const chunks: Buffer[] = [];
  const ring = await openKeyRing({}, dataDir);
  for await (const chunk of decrypt(await diskStore(path.join(dataDir, 'files')).get(key), ring, key))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
