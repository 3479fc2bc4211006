/** An answer that is bytes instead of JSON: evidence content, reports, exports. */
export class FileAnswer {
  constructor(
    readonly body: AsyncIterable<Uint8Array> | Uint8Array,
    readonly file: {
      name: string;
      mediaType: string;
      /** Bytes, when known beforehand. */
      size?: number;
      /** Strong validator without quotes, for example a SHA-256. */
      etag?: string;
      /** Shown in the page instead of saved; only for types that cannot run anything (PDF, raster images, plain text). */
      inline?: boolean;
    },
  ) {}
}

/** A JSON answer with a validator: the caller may ask again with If-None-Match and gets 304 while nothing changed. */
export class Tagged<T> {
  constructor(
    readonly value: T,
    readonly etag: `"${string}"`,
  ) {}
}
