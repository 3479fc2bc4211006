import type { Spool } from './spool';

const FLUSH = 1 << 16;

/** The sliding dictionary of an LZ decoder; what is written also goes to the spool. */
export class OutputWindow {
  /** Bytes written since the last reset. */
  total = 0;
  isFull = false;
  private readonly buffer: Uint8Array;
  private cursor = 0;
  private flushed = 0;

  /** `size` is the dictionary's, in bytes. */
  constructor(
    size: number,
    private readonly spool: Spool,
  ) {
    this.buffer = new Uint8Array(Math.max(size, FLUSH));
  }

  put(byte: number): void {
    this.buffer[this.cursor] = byte;
    this.cursor += 1;
    this.total += 1;
    if (this.cursor === this.buffer.length || this.cursor - this.flushed >= FLUSH) this.flush();
  }

  /** The byte `distance` (1 = the last one) back. */
  back(distance: number): number {
    const at = this.cursor - distance;
    return this.buffer[at < 0 ? at + this.buffer.length : at]!;
  }

  canReach(distance: number): boolean {
    return distance <= this.total && distance <= this.buffer.length;
  }

  copy(distance: number, length: number): void {
    for (let n = 0; n < length && !this.isFull; n += 1) this.put(this.back(distance));
  }

  flush(): void {
    if (this.cursor > this.flushed && !this.spool.write(this.buffer.subarray(this.flushed, this.cursor)))
      this.isFull = true;
    if (this.cursor === this.buffer.length) this.cursor = 0;
    this.flushed = this.cursor;
  }
}
