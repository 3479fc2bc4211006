import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Random access to immutable bytes; every parser of the scanner reads through this door. */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /** Fills `target` from `offset`; answers how many bytes were there (fewer only at the end). */
  readInto(target: Uint8Array, offset: number): number;
  /** Copies up to `length` bytes; shorter at the end, empty beyond it. Keep `length` small: it is held in memory. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

abstract class BaseSource implements ByteSource {
  abstract readonly size: number;
  abstract readInto(target: Uint8Array, offset: number): number;

  read(offset: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const target = new Uint8Array(wanted);
    const got = wanted === 0 ? 0 : this.readInto(target, offset);
    return got === wanted ? target : target.subarray(0, got);
  }

  close(): void {}
}

class FileSource extends BaseSource {
  readonly size: number;

  constructor(private readonly descriptor: number) {
    super();
    this.size = fstatSync(descriptor).size;
  }

  readInto(target: Uint8Array, offset: number): number {
    let filled = 0;
    while (filled < target.length) {
      const got = readSync(this.descriptor, target, filled, target.length - filled, offset + filled);
      if (got === 0) break;
      filled += got;
    }
    return filled;
  }

  override close(): void {
    closeSync(this.descriptor);
  }
}

class BufferSource extends BaseSource {
  readonly size: number;

  constructor(private readonly bytes: Uint8Array) {
    super();
    this.size = bytes.length;
  }

  readInto(target: Uint8Array, offset: number): number {
    if (offset >= this.size) return 0;
    const part = this.bytes.subarray(offset, Math.min(this.size, offset + target.length));
    target.set(part);
    return part.length;
  }

  override read(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(Math.min(offset, this.size), Math.min(this.size, offset + Math.max(0, length)));
  }
}

class SliceSource extends BaseSource {
  readonly size: number;

  constructor(
    private readonly parent: ByteSource,
    private readonly start: number,
    length: number,
  ) {
    super();
    this.size = Math.max(0, Math.min(length, parent.size - start));
  }

  readInto(target: Uint8Array, offset: number): number {
    const room = Math.max(0, Math.min(target.length, this.size - offset));
    return room === 0 ? 0 : this.parent.readInto(target.subarray(0, room), this.start + offset);
  }
}

/** Files up to this size are read at once: many small reads cost more than the bytes. */
const READ_AT_ONCE = 1 << 20;

/** Opens a regular file for reading; the caller closes it. Throws the system's error if it cannot be opened. */
export function fileSource(path: string): ByteSource {
  const source = new FileSource(openSync(path, 'r'));
  if (source.size > READ_AT_ONCE) return source;
  try {
    return new BufferSource(source.read(0, source.size));
  } finally {
    source.close();
  }
}

/** Takes over an open descriptor, for example that of an unlinked spool file. */
export function descriptorSource(descriptor: number): ByteSource {
  return new FileSource(descriptor);
}

export function bufferSource(bytes: Uint8Array): ByteSource {
  return new BufferSource(bytes);
}

/** A window on another source; closing it leaves the parent open. */
export function sliceSource(parent: ByteSource, start: number, length: number): ByteSource {
  return new SliceSource(parent, start, length);
}
