import path from 'node:path';
import { diskStore } from './disk-store';
import type { FileStore } from './file-store';
import { type KeyRing, keyRingFromFolder, keyRingFromText } from './key-ring';
import type { S3Settings } from './s3-store';

export type StorageEnvironment = Readonly<Record<string, string | undefined>>;

/** The file store that the variables name: S3 when S3_BUCKET is set, else `files` under the data folder. */
export async function openFileStore(environment: StorageEnvironment, dataDir: string): Promise<FileStore> {
  const s3 = s3Settings(environment);
  if (s3 === undefined) return diskStore(path.resolve(dataDir, 'files'));
  // Loaded only when wanted: the client library is large.
  const { s3Store } = await import('./s3-store');
  return s3Store(s3);
}

/** The master keys of stored files: EVIDENCE_KEY when it is set, else the keys kept in the data folder. */
export async function openKeyRing(environment: StorageEnvironment, dataDir: string): Promise<KeyRing> {
  const given = environment.EVIDENCE_KEY;
  return given ? keyRingFromText(given) : keyRingFromFolder(path.resolve(dataDir, 'keys', 'evidence'));
}

/**
 * Reads the S3 variables; `undefined` when S3 is not wanted.
 *
 * @throws Error naming the variables that are missing: half a configuration must not fall back to the disk.
 */
export function s3Settings(environment: StorageEnvironment): S3Settings | undefined {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = environment;
  if (!S3_ENDPOINT && !S3_BUCKET && !S3_ACCESS_KEY_ID && !S3_SECRET_ACCESS_KEY) return undefined;
  if (!S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
    const needed = { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY };
    const missing = Object.entries(needed).filter(([, value]) => !value);
    throw new Error(`Files go to S3, but these are not set: ${missing.map(([name]) => name).join(', ')}.`);
  }
  return {
    endpoint: S3_ENDPOINT || undefined,
    bucket: S3_BUCKET,
    region: S3_REGION || 'us-east-1',
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  };
}
