import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure } from '../failure';
import type { Manifest } from './backup-tables';

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys open the evidence: under a passphrase when one is given, else as they are (the caller says so loudly). */
export async function copyKeys(
  folder: string,
  target: string,
  passphrase: string | undefined,
): Promise<Manifest['keys']> {
  if (!existsSync(folder)) return 'not included';
  const keys: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    keys[path.relative(folder, file)] = (await readFile(file)).toString('base64');
  }
  const plain = Buffer.from(JSON.stringify(keys));
  const [name, content] = passphrase ? ['keys.sealed', seal(plain, passphrase)] : ['keys.json', plain];
  await writeFile(path.join(target, name), content, { mode: 0o600, flush: true });
  return passphrase ? 'encrypted' : 'plain';
}

/**
 * Puts the keys back; they have to be there before evidence is opened or a session is signed. Keys of another
 * installation are never written over: its evidence could not be opened any more.
 */
export async function restoreKeys(
  source: string,
  dataDir: string,
  manifest: Manifest,
  passphrase: string | undefined,
): Promise<void> {
  if (manifest.keys === 'not included') return;
  const plain =
    manifest.keys === 'plain'
      ? await readFile(path.join(source, 'keys.json'))
      : unseal(await readFile(path.join(source, 'keys.sealed')), passphrase);
  const folder = path.join(dataDir, 'keys');
  const keys = Object.entries(JSON.parse(plain.toString()) as Record<string, string>).map(([name, content]) => ({
    file: path.join(folder, name),
    content: Buffer.from(content, 'base64'),
  }));
  for (const { file, content } of keys) {
    if (path.relative(folder, file).startsWith('..'))
      throw new CommandFailure('The backup names a key outside the key folder.');
    if (existsSync(file) && !(await readFile(file)).equals(content))
      throw new CommandFailure(`${folder} holds the keys of another installation. Restore into an empty DATA_DIR.`);
  }
  for (const { file, content } of keys) {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600, flush: true });
  }
}

function seal(plain: Buffer, passphrase: string): Buffer {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)];
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]);
}

function unseal(sealed: Buffer, passphrase: string | undefined): Buffer {
  if (!passphrase)
    throw new CommandFailure('The keys of this backup are under a passphrase. Set HEPTAD_BACKUP_PASSPHRASE.');
  const nonceAt = SALT_BYTES;
  const tagAt = nonceAt + NONCE_BYTES;
  const key = keyOf(passphrase, sealed.subarray(0, nonceAt));
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(nonceAt, tagAt), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(tagAt, tagAt + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(tagAt + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new CommandFailure('The passphrase does not open the keys of this backup.');
  }
}

/** Slow on purpose (scrypt, 64 MiB): a passphrase is guessed offline by whoever steals the backup. */
function keyOf(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase, salt, 32, { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 });
}
