import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { ByteReader, pieces } from './byte-reader';
import { checkKey, FileNotFoundError, type FileStore } from './file-store';
import { S3Upload, removeAbandonedUploads } from './s3-upload';

/** S3 wants at least 5 MiB for all parts but the last. A put holds two parts in memory at most. */
const PART_BYTES = 8 * 1024 * 1024;

export type S3Settings = {
  /** Address of the service; `undefined` means Amazon's of that region. */
  readonly endpoint: string | undefined;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** A file store in any S3-compatible service, which itself promises that objects appear whole or not at all. */
export function s3Store(settings: S3Settings): FileStore {
  const client = connect(settings);
  const Bucket = settings.bucket;

  return {
    async put(key, body) {
      const place = { Bucket, Key: checkKey(key) };
      const reader = new ByteReader(body);
      const upload = new S3Upload(client, place);
      let size = 0;
      try {
        for await (const { bytes, isLast } of pieces(reader, PART_BYTES)) {
          if (isLast && size === 0) await client.send(new PutObjectCommand({ ...place, Body: bytes }));
          else await upload.send(bytes);
          size += bytes.length;
        }
        await upload.complete();
        return size;
      } catch (error) {
        await upload.abort();
        throw error;
      } finally {
        await reader.close();
      }
    },

    async get(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket, Key: checkKey(key) }));
        return answer.Body as Readable;
      } catch (error) {
        throw error instanceof NoSuchKey ? new FileNotFoundError(key) : error;
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: checkKey(key) }));
    },

    async *list(prefix = '') {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }));
        for (const { Key, Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
          if (Key !== undefined) yield { key: Key, size: Size, modifiedAt: LastModified };
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    },

    removeAbandoned: (before) => removeAbandonedUploads(client, Bucket, before),
  };
}

function connect({ endpoint, region, accessKeyId, secretAccessKey }: S3Settings): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Services other than Amazon's often know neither bucket subdomains nor the newer trailing checksums.
    forcePathStyle: endpoint !== undefined,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  });
}
