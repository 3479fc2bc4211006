import type { Readable } from 'node:stream';

/** Bytes that arrive piece by piece; a Node stream is one. */
export type ByteSource = AsyncIterable<Uint8Array>;

export type StoredFile = { readonly key: string; readonly size: number; readonly modifiedAt: Date };

/**
 * Keeps files under names like `evidence/0197…/0198…`. A put is all or nothing: until it resolves the key shows
 * its earlier content or none, and after it resolves a power cut cannot take the file away.
 */
export type FileStore = {
  /** Stores the bytes, replacing an earlier file of that key; answers the number of bytes. */
  put(key: string, body: ByteSource): Promise<number>;
  /** Opens the file. Throws `FileNotFoundError` before the first byte when there is none. */
  get(key: string): Promise<Readable>;
  /** Removes the file; removing what is not there is fine. */
  delete(key: string): Promise<void>;
  /** All files whose key starts with the prefix, in no promised order. */
  list(prefix?: string): AsyncGenerator<StoredFile>;
  /** Removes what interrupted puts left behind before that instant; answers how many. */
  removeAbandoned(before: Date): Promise<number>;
};

export class FileNotFoundError extends Error {
  override readonly name = 'FileNotFoundError';

  constructor(readonly key: string) {
    super(`There is no stored file ${key}.`);
  }
}

/**
 * Refuses keys that could leave the store's folder or mean different files on different systems.
 *
 * @throws RangeError when the key is not made of parts of a–z, 0–9, `_`, `-` and inner dots.
 */
export function checkKey(key: string): string {
  const isPlain = key.length <= 512 && key.split('/').every((part) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(part));
  if (!isPlain) throw new RangeError(`Not a storage key: ${JSON.stringify(key.slice(0, 80))}`);
  return key;
}
