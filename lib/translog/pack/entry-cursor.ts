import { LENGTH_BYTES } from '../tree/entry-bundle';
import { type ByteSource, SlidingView } from './byte-source';

/** Reads framed entries one after another, in constant memory. */
export class EntryCursor {
  readonly #view: SlidingView;
  readonly #size: number;
  #at = 0;

  constructor(source: ByteSource) {
    this.#view = new SlidingView(source);
    this.#size = source.size;
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.#at === this.#size;
  }

  /** The next entry, valid until the one after it is read; null when the bytes end before it does. */
  next(): Uint8Array | null {
    const frame = this.#view.view(this.#at, LENGTH_BYTES);
    if (frame === null) return null;
    const length = frame[0]! * 256 + frame[1]!;
    const entry = this.#view.view(this.#at + LENGTH_BYTES, length);
    if (entry !== null) this.#at += LENGTH_BYTES + length;
    return entry;
  }
}
