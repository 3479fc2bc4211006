import type { ByteSource } from './file-store';

/** Takes pieces of a wished size from a source whose chunks come in any size. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #length = 0;
  #hasEnded = false;

  constructor(source: ByteSource) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next `size` bytes; fewer only where the source ends, none after its end. */
  async take(size: number): Promise<Buffer> {
    while (this.#length < size && !this.#hasEnded) {
      const next = await this.#source.next();
      if (next.done === true) this.#hasEnded = true;
      else {
        this.#held.push(next.value);
        this.#length += next.value.length;
      }
    }
    const all = Buffer.concat(this.#held, this.#length);
    const rest = all.subarray(size);
    this.#held = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return all.subarray(0, size);
  }

  /** Tells the source that nothing more will be read. */
  async close(): Promise<void> {
    if (!this.#hasEnded) await this.#source.return?.();
  }
}

/** Regroups a source into pieces of exactly `size` bytes; only the last may be shorter, and there is always one. */
export async function* pieces(
  reader: ByteReader,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  let bytes = await reader.take(size);
  for (;;) {
    const next = await reader.take(size);
    yield { bytes, isLast: next.length === 0 };
    if (next.length === 0) return;
    bytes = next;
  }
}
