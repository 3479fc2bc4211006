import { LENGTH_BYTES } from '../tree/entry-bundle';
import { type ByteSource, SlidingWindow } from './byte-source';

/** Reads framed entries one after another, in constant memory. */
export class EntryCursor {
  readonly #window: SlidingWindow;
  readonly #size: number;
  #at = 0;

  constructor(source: ByteSource) {
    this.#window = new SlidingWindow(source);
    this.#size = source.size;
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.#at === this.#size;
  }

  /** The next entry, valid until the one after it is read; null when the bytes end before it does. */
  next(): Uint8Array | null {
    const { bytes } = this.#window;
    const frame = this.#window.reach(this.#at, LENGTH_BYTES);
    if (frame === null) return null;
    const length = LENGTH_BYTES + bytes.readUInt16BE(frame);
    const from = this.#window.reach(this.#at, length);
    if (from === null) return null;
    this.#at += length;
    return bytes.subarray(from + LENGTH_BYTES, from + length);
  }
}
