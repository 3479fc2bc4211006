/** Bytes that can be read from any place: a file, a part of one, or memory. */
export interface ByteSource {
  readonly size: number;
  /** Fills all of `target` with the bytes from `offset` on. The caller stays within `size`. */
  readInto(target: Uint8Array, offset: number): void;
}

/** Bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    readInto: (target, offset) => target.set(bytes.subarray(offset, offset + target.length)),
  };
}

/** The `size` bytes of `source` from `start` on. */
export function partOf(source: ByteSource, start: number, size: number): ByteSource {
  return { size, readInto: (target, offset) => source.readInto(target, start + offset) };
}

/** All bytes of a source, or null when there are more than `maxBytes`. */
export function readAll(source: ByteSource, maxBytes: number): Uint8Array | null {
  if (source.size > maxBytes) return null;
  const bytes = Buffer.alloc(source.size);
  source.readInto(bytes, 0);
  return bytes;
}

/** The bytes of a source in pieces of at most `pieceBytes`. A piece is overwritten by the next one. */
export function* piecesOf(source: ByteSource, pieceBytes = 1_048_576): Generator<Uint8Array> {
  const buffer = Buffer.alloc(Math.min(pieceBytes, source.size));
  for (let at = 0; at < source.size; at += pieceBytes) {
    const piece = buffer.subarray(0, Math.min(pieceBytes, source.size - at));
    source.readInto(piece, at);
    yield piece;
  }
}

/** A sliding window: reads a source from front to back in large steps, in constant memory and without garbage. */
export class SlidingWindow {
  readonly #source: ByteSource;
  #start = 0;
  #length = 0;
  /** The bytes in the window. They change with the next call of `reach`. */
  readonly bytes: Buffer;

  /** @param capacity bytes held at once: the longest stretch that can be asked for. */
  constructor(source: ByteSource, capacity = 1_048_576) {
    this.#source = source;
    this.bytes = Buffer.alloc(Math.min(capacity, source.size));
  }

  /**
   * Brings `length` bytes of the source, from `at` on, into the window.
   *
   * @returns where in `bytes` they begin; null when the source ends before they do.
   */
  reach(at: number, length: number): number | null {
    if (at + length > this.#source.size) return null;
    if (at < this.#start || at + length > this.#start + this.#length) {
      this.#start = at;
      this.#length = Math.min(this.bytes.length, this.#source.size - at);
      this.#source.readInto(this.bytes.subarray(0, this.#length), at);
    }
    return at - this.#start;
  }
}
