import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

type ObjectPlace = { readonly Bucket: string; readonly Key: string };

/** One multipart upload; it begins with its first part, so an unused one costs nothing. */
export class S3Upload {
  readonly #client: S3Client;
  readonly #place: ObjectPlace;
  #id: string | undefined;
  #parts: { ETag: string | undefined; PartNumber: number }[] = [];

  constructor(client: S3Client, place: ObjectPlace) {
    this.#client = client;
    this.#place = place;
  }

  async send(bytes: Buffer): Promise<void> {
    this.#id ??= (await this.#client.send(new CreateMultipartUploadCommand(this.#place))).UploadId;
    const PartNumber = this.#parts.length + 1;
    const part = { ...this.#place, UploadId: this.#id, PartNumber, Body: bytes };
    const { ETag } = await this.#client.send(new UploadPartCommand(part));
    this.#parts.push({ ETag, PartNumber });
  }

  async complete(): Promise<void> {
    if (this.#id === undefined) return;
    const upload = { ...this.#place, UploadId: this.#id, MultipartUpload: { Parts: this.#parts } };
    await this.#client.send(new CompleteMultipartUploadCommand(upload));
  }

  /** Best effort: the error that led here matters more, and `removeAbandoned` comes by later. */
  async abort(): Promise<void> {
    if (this.#id === undefined) return;
    await this.#client
      .send(new AbortMultipartUploadCommand({ ...this.#place, UploadId: this.#id }))
      .catch(() => undefined);
  }
}

/** Ends uploads begun before that instant. Services that cannot list them clean up by a lifecycle rule instead. */
export async function removeAbandonedUploads(client: S3Client, Bucket: string, before: Date): Promise<number> {
  const listed = await client.send(new ListMultipartUploadsCommand({ Bucket })).catch((error: Error) => {
    if (error.name === 'NotImplemented') return { Uploads: [] };
    throw error;
  });
  const abandoned = (listed.Uploads ?? []).filter(({ Initiated }) => Initiated !== undefined && Initiated < before);
  for (const { Key, UploadId } of abandoned) {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  }
  return abandoned.length;
}
