import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** A master key of 32 bytes that wraps the data keys of files. */
export type MasterKey = {
  /** 16 hexadecimal digits, computed from the key, so that a file says which key it needs. */
  readonly id: string;
  readonly bytes: Buffer;
};

/** New files are wrapped with `current`; older files find their key by its id. */
export type KeyRing = { readonly current: MasterKey; find(id: string): MasterKey | undefined };

/** Makes a ring; the first key is the current one. */
export function keyRing(keys: readonly [Buffer, ...Buffer[]]): KeyRing {
  const ring = keys.map(masterKey);
  return { current: ring[0]!, find: (id) => ring.find((key) => key.id === id) };
}

/**
 * Reads EVIDENCE_KEY: one or more keys of 32 bytes, as 64 hexadecimal digits or base64, comma separated, the current
 * one first and retired ones after it.
 *
 * @throws Error naming the variable, never the value.
 */
export function keyRingFromText(text: string): KeyRing {
  const keys = text.split(',').map((part) => decodeKey(part.trim()));
  const [first, ...others] = keys;
  if (first === undefined) throw new Error('EVIDENCE_KEY is empty.');
  return keyRing([first, ...others]);
}

/** Reads the keys of a folder, the newest file name first, and draws the first key when there is none. */
export async function keyRingFromFolder(folder: string): Promise<KeyRing> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.key'))
    .toSorted()
    .toReversed();
  if (names.length === 0) {
    await addKey(folder, new Date());
    return keyRingFromFolder(folder);
  }
  return keyRingFromText((await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))).join(','));
}

/** Draws a new key; from the next start on it is the current one. Two first starts at once end with one key. */
export async function addKey(folder: string, now: Date): Promise<void> {
  const number = String((await readdir(folder)).filter((name) => name.endsWith('.key')).length).padStart(4, '0');
  const draft = path.join(folder, `draft-${randomUUID()}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
    // A link, unlike a rename, does not replace a key that another process made meanwhile.
    await link(
      draft,
      path.join(folder, number === '0000' ? '0000.key' : `${number}-${now.toISOString().slice(0, 10)}.key`),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

function masterKey(bytes: Buffer): MasterKey {
  const id = createHash('sha256').update('heptad master key\0').update(bytes).digest('hex').slice(0, 16);
  return { id, bytes };
}

function decodeKey(text: string): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== 32) throw new Error('EVIDENCE_KEY must be 32 bytes: 64 hexadecimal digits or base64.');
  if (new Set(bytes).size < 8) throw new Error('EVIDENCE_KEY is not random. Make one with: openssl rand -hex 32');
  return bytes;
}
