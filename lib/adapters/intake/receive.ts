import { createHash } from 'node:crypto';
import { encrypt, decrypt } from '@/lib/adapters/storage/encryption';
import type { FileStore } from '@/lib/adapters/storage/file-store';
import type { KeyRing } from '@/lib/adapters/storage/key-ring';
import { openFileStore, openKeyRing } from '@/lib/adapters/storage/open-storage';
import { inspect, type Inspection, SAMPLE_BYTES } from './inspect';

export type ReceivedFile = { storageKey: string; fileName: string; mediaType: string; size: number; sha256: string };

/** Why a file was not taken; nothing of it is kept. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';

  constructor(
    readonly problem: 'too-large' | Extract<Inspection, { ok: false }>['problem'],
    readonly found: string,
  ) {
    super(`${problem}: ${found}`);
  }
}

/**
 * Takes one file as a stream: looks at its first bytes, hashes and counts while it encrypts to the store. The whole
 * file is never in memory. On any failure the partly written file is removed.
 */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  { storageKey, fileName, limitBytes }: { storageKey: string; fileName: string; limitBytes: number },
): Promise<ReceivedFile> {
  const { store, ring } = await vault();
  const hash = createHash('sha256');
  let size = 0;
  let mediaType = '';
  async function* checked(): AsyncGenerator<Uint8Array> {
    let sample: Uint8Array | null = new Uint8Array();
    for await (const chunk of source) {
      size += chunk.byteLength;
      if (size > limitBytes) throw new RefusedFile('too-large', String(limitBytes));
      hash.update(chunk);
      if (sample === null) {
        yield chunk;
        continue;
      }
      sample = Buffer.concat([sample, chunk]);
      if (sample.byteLength < SAMPLE_BYTES) continue;
      mediaType = await judge(fileName, sample);
      yield sample;
      sample = null;
    }
    if (sample === null) return;
    mediaType = await judge(fileName, sample);
    yield sample;
  }
  try {
    await store.put(storageKey, encrypt(checked(), ring, storageKey));
  } catch (error) {
    await store.delete(storageKey);
    throw error;
  }
  return { storageKey, fileName, mediaType, size, sha256: hash.digest('hex') };
}

/** Removes a file whose record was not made. */
export async function discardFile(storageKey: string): Promise<void> {
  await (await vault()).store.delete(storageKey);
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

/** The plain bytes of a stored file. Damage is found before the damaged part is handed on. */
export async function openFile(storageKey: string): Promise<AsyncGenerator<Buffer>> {
  const { store, ring } = await vault();
  return decrypt(await store.get(storageKey), ring, storageKey);
}

async function judge(fileName: string, sample: Uint8Array): Promise<string> {
  const inspection = await inspect(fileName, sample.subarray(0, SAMPLE_BYTES));
  if (!inspection.ok) throw new RefusedFile(inspection.problem, inspection.found);
  return inspection.mediaType;
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
