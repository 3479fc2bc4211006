import type { ByteSource } from '../byte-source';

const WINDOW = 1 << 16;

/** Reads a source byte by byte; 0 behind its end, with `isAtEnd` set, so that decoders need no check for each byte. */
export class ByteStream {
  isAtEnd = false;
  private readonly window: Uint8Array;
  private filled = 0;
  private cursor = 0;

  constructor(
    private readonly source: ByteSource,
    private offset = 0,
  ) {
    this.window = new Uint8Array(Math.max(1, Math.min(WINDOW, source.size)));
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.offset - this.filled + this.cursor;
  }

  next(): number {
    if (this.cursor === this.filled) {
      this.filled = this.source.readInto(this.window, this.offset);
      this.offset += this.filled;
      this.cursor = 0;
      if (this.filled === 0) {
        this.isAtEnd = true;
        return 0;
      }
    }
    this.cursor += 1;
    return this.window[this.cursor - 1]!;
  }

  /** Big-endian, up to four bytes. */
  nextBig(width: number): number {
    let value = 0;
    for (let n = 0; n < width; n += 1) value = value * 256 + this.next();
    return value;
  }

  /** Little-endian, up to six bytes exactly. */
  nextLittle(width: number): number {
    let value = 0;
    for (let n = 0; n < width; n += 1) value += this.next() * 2 ** (8 * n);
    return value;
  }
}
