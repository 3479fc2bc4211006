import type { ByteSource } from '../byte-source';

const WINDOW = 1 << 21;
const LINE_FEED = 0x0a;
const LINE_BLOCK = 1 << 18;

/**
 * CPython reads a pickle in one of two ways, and they differ where an opcode runs past the end of its frame:
 * from memory the bytes stay in order; from a file object without `peek` the C unpickler forgets what is left of the
 * frame and reads on behind it (python/cpython issue 154848, repaired in 3.13.15 and 3.14.7).
 */
export type Reading = 'memory' | 'file';

export interface ReaderOptions {
  reading?: Reading;
  /** Bytes held in memory; small for a first look, 2 MiB otherwise. */
  window?: number;
  /** Asked while a line feed is searched for, since a line may be as long as the file. */
  isExpired?: () => boolean;
}

/** A forward reader with one fixed window, which knows where the current frame ends. */
export class PickleReader {
  /** The window; valid from `cursor` to `limit`. */
  readonly bytes: Uint8Array;
  cursor = 0;
  limit = 0;
  /** True once an opcode ran past the end of its frame. */
  hasCrossedFrame = false;
  /** True once a frame claimed more bytes than there are. */
  hasOverlongFrame = false;
  private readonly reading: Reading;
  private readonly isExpired: () => boolean;
  private base: number;
  private filled = 0;
  /** Infinity outside of frames. */
  private frameEnd = Infinity;

  constructor(
    private readonly source: ByteSource,
    start: number,
    { reading = 'memory', window = WINDOW, isExpired = () => false }: ReaderOptions = {},
  ) {
    this.reading = reading;
    this.isExpired = isExpired;
    this.bytes = new Uint8Array(Math.max(64, Math.min(window, source.size - start)));
    this.base = start;
  }

  /** Offset in the source of the next byte. */
  get position(): number {
    return this.base + this.cursor;
  }

  /** Bytes of the current frame are still to be read. */
  get isInsideFrame(): boolean {
    return this.frameEnd < Infinity && this.position < this.frameEnd;
  }

  /** Makes the next `count` bytes (at most a few dozen) stand at `cursor`; false at the end of the source. */
  ensure(count: number): boolean {
    if (this.cursor + count <= this.limit) return true;
    if (this.position + count > this.frameEnd) this.leaveFrame();
    if (this.position + count > this.source.size) return false;
    if (this.cursor + count > this.filled) this.refill();
    this.setLimit();
    return this.cursor + count <= this.limit;
  }

  /** Takes an unsigned little-endian number that `ensure` has made available; exact up to 2^53. */
  takeNumber(width: number): number {
    let value = 0;
    for (let index = width - 1; index >= 0; index -= 1) value = value * 256 + this.bytes[this.cursor + index]!;
    this.cursor += width;
    return value;
  }

  /** Moves over `count` bytes of an argument. `isBytes`: read by ReadInto, which never forgets the frame's rest. */
  skip(count: number, isBytes: boolean): boolean {
    if (this.position + count > this.frameEnd) this.leaveFrame(isBytes);
    return this.seek(this.position + count);
  }

  /** Jumps to `position`; false when it lies beyond the source. */
  seek(position: number): boolean {
    if (position > this.source.size) return false;
    const cursor = position - this.base;
    if (cursor >= 0 && cursor <= this.filled) {
      this.cursor = cursor;
    } else {
      this.base = position;
      this.cursor = 0;
      this.filled = 0;
    }
    this.setLimit();
    return true;
  }

  /**
   * Moves behind the next line feed and answers the offset of the line's first byte; undefined when there is none within
   * `maxLength` bytes or before the time is up. A line feed is looked for in the rest of the frame first, then behind it.
   */
  skipLine(maxLength = Infinity): number | undefined {
    let end = this.findLineFeed(maxLength);
    if (end !== undefined && end >= this.frameEnd) {
      this.leaveFrame();
      end = this.findLineFeed(maxLength);
    }
    if (end === undefined) return undefined;
    const start = this.position;
    this.seek(end + 1);
    return start;
  }

  /** Begins a frame of `length` bytes at the cursor. */
  enterFrame(length: number): void {
    const { size } = this.source;
    const end = this.position + length;
    if (end <= size && this.frameEnd < Infinity) {
      if (end <= this.frameEnd) return;
      this.leaveFrame();
    }
    if (this.position + length > size) {
      this.hasOverlongFrame = true;
      return;
    }
    this.frameEnd = this.position + length;
    this.setLimit();
  }

  private leaveFrame(isBytes = false): void {
    if (this.position < this.frameEnd) {
      this.hasCrossedFrame = true;
      if (this.reading === 'file' && !isBytes) this.cursor += this.frameEnd - this.position;
    }
    this.frameEnd = Infinity;
    this.seek(this.position);
  }

  private refill(): void {
    this.base += this.cursor;
    this.cursor = 0;
    this.filled = this.source.readInto(this.bytes, this.base);
  }

  private setLimit(): void {
    this.limit = Math.max(this.cursor, Math.min(this.filled, this.frameEnd - this.base));
  }

  /** Absolute offset of the next line feed, whether or not it lies in the frame; leaves the cursor where it is. */
  private findLineFeed(maxLength: number): number | undefined {
    const { bytes, filled } = this;
    for (let at = this.cursor; at < filled; at += 1) {
      if (bytes[at] === LINE_FEED) return this.base + at;
    }
    const end = Math.min(this.source.size, this.position + maxLength);
    const block = new Uint8Array(LINE_BLOCK);
    for (let offset = this.base + filled; offset < end && !this.isExpired(); offset += block.length) {
      const got = this.source.readInto(block, offset);
      const at = block.subarray(0, got).indexOf(LINE_FEED);
      if (at >= 0) return offset + at;
    }
    return undefined;
  }
}
