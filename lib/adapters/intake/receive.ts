import { createHash } from 'node:crypto';
import { encrypt, decrypt } from '@/lib/adapters/storage/encryption';
import type { FileStore } from '@/lib/adapters/storage/file-store';
import type { KeyRing } from '@/lib/adapters/storage/key-ring';
import { openFileStore, openKeyRing } from '@/lib/adapters/storage/open-storage';
import { Inspector, RefusedFile } from './inspector';
import { plainName } from './plain-name';

export type ReceivedFile = { storageKey: string; fileName: string; mediaType: string; size: number; sha256: string };

/**
 * Takes one file as a stream: looks at its first bytes and, for packed documents, at its last ones, hashes and counts
 * while it encrypts to the store. The whole file is never in memory. On any failure nothing of it is kept.
 */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  { storageKey, fileName: given, limitBytes }: { storageKey: string; fileName: string; limitBytes: number },
): Promise<ReceivedFile> {
  const { store, ring } = await vault();
  const fileName = plainName(given);
  const hash = createHash('sha256');
  const inspector = new Inspector(fileName);
  let size = 0;
  async function* checked(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      size += chunk.byteLength;
      if (size > limitBytes) throw new RefusedFile('too-large', String(limitBytes));
      hash.update(chunk);
      yield* inspector.pass(chunk);
    }
    yield* inspector.end(size);
  }
  try {
    await store.put(storageKey, encrypt(checked(), ring, storageKey));
  } catch (error) {
    await store.delete(storageKey);
    throw error;
  }
  return { storageKey, fileName, mediaType: inspector.mediaType, size, sha256: hash.digest('hex') };
}

/** Removes a file whose record was not made. */
export async function discardFile(storageKey: string): Promise<void> {
  await (await vault()).store.delete(storageKey);
}

/** Removes what uploads left half written when the process was killed. */
export async function discardDrafts(before: Date): Promise<void> {
  await (await vault()).store.removeAbandoned(before);
}

/** Files under a prefix: those no record knows and that are older than `before`, and every key there is. */
export async function abandonedFiles(
  prefix: string,
  known: ReadonlySet<string>,
  before: Date,
): Promise<{ orphans: string[]; present: Set<string> }> {
  const { store } = await vault();
  const present = new Set<string>();
  const orphans: string[] = [];
  for await (const { key, modifiedAt } of store.list(prefix)) {
    present.add(key);
    if (!known.has(key) && modifiedAt < before) orphans.push(key);
  }
  return { orphans, present };
}

/**
 * The plain bytes of a stored file. Damage is found before the damaged part is handed on, and a file that cannot be
 * opened at all fails here. Whoever does not read it to its end calls `return()`.
 */
export async function openFile(storageKey: string): Promise<AsyncIterableIterator<Buffer>> {
  const { store, ring } = await vault();
  const bytes = decrypt(await store.get(storageKey), ring, storageKey);
  return withFirst(await bytes.next(), bytes);
}

/** A generator that has begun, with its first piece put back: ending it closes the file, which it would not before the first. */
function withFirst(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncIterableIterator<Buffer> {
  let held: IteratorResult<Buffer> | undefined = first;
  return {
    async next() {
      const piece = held ?? (await rest.next());
      held = undefined;
      return piece;
    },
    return: () => rest.return(undefined),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

let opened: Promise<{ store: FileStore; ring: KeyRing }> | undefined;

/** Opened at first use and then kept: it depends on the environment only. */
function vault(): Promise<{ store: FileStore; ring: KeyRing }> {
  const dataDir = process.env.DATA_DIR ?? '.data';
  opened ??= Promise.all([openFileStore(process.env, dataDir), openKeyRing(process.env, dataDir)]).then(
    ([store, ring]) => ({ store, ring }),
  );
  opened.catch(() => (opened = undefined));
  return opened;
}
