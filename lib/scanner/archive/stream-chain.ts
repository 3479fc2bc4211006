import { type ByteSource, sliceSource } from '../byte-source';
import { type Compression, compressionOf } from '../content-kind';
import { ByteStream } from './byte-stream';
import { unpackBzip2 } from './bzip2';
import { inflateInto } from './inflate';
import { unpackLz4 } from './lz4';
import { unpackLzmaAlone, unpackXz } from './lzma-formats';
import type { Spool } from './spool';
import type { StreamEnd } from './stream-end';

export type StreamKind = Exclude<Compression, '7z' | 'zstd'>;

/** As much as compressionOf looks at. */
const HEAD = 24;
const BLOCK = 1 << 16;
const ZEROS = new Uint8Array(BLOCK);

/**
 * Unpacks all streams that follow each other, with zeros between them or not, as one: so do Python's gzip, bz2, lzma and
 * lz4.frame, even where the first stream is empty.
 */
export async function unpackStreams(source: ByteSource, first: StreamKind, spool: Spool): Promise<StreamEnd> {
  let kind: StreamKind = first;
  for (let start = 0; ;) {
    const { size } = spool;
    const rest = sliceSource(source, start, source.size - start);
    const { end, problem } = await unpackStream(rest, kind, spool);
    // Chance alone can look like the weaker magics: that is no second stream, but still bytes nobody has looked at.
    if (problem !== undefined && start > 0 && spool.size === size) return { end: start };
    if (problem !== undefined || spool.isFull) return { end: source.size, problem };
    start = skipZeros(source, start + end);
    const next = compressionOf(source.read(start, HEAD));
    if (next === undefined || !areReadTogether(first, next)) return { end: start };
    kind = next;
  }
}

/** Offset of the first byte from `start` on that is not zero. */
export function skipZeros(source: ByteSource, start: number): number {
  for (let offset = start; offset < source.size; offset += BLOCK) {
    const block = source.read(offset, BLOCK);
    if (Buffer.compare(block, ZEROS.subarray(0, block.length)) !== 0)
      return offset + block.findIndex((byte) => byte !== 0);
  }
  return source.size;
}

/** lzma.open takes .xz and .lzma in turn. */
function areReadTogether(first: StreamKind, next: Compression): next is StreamKind {
  return next === first || (isLzma(first) && isLzma(next));
}

const isLzma = (kind: Compression): boolean => kind === 'xz' || kind === 'lzma';

async function unpackStream(source: ByteSource, kind: StreamKind, spool: Spool): Promise<StreamEnd> {
  switch (kind) {
    case 'gzip':
      return await unpackDeflated(source, endOfGzipHeader(source), 8, spool);
    case 'zlib':
      return await unpackDeflated(source, 2, 4, spool);
    case 'zfile':
      // A space more was written by joblib 0.8.4 under Python 2.
      return await unpackDeflated(source, source.read(21, 1)[0] === 0x20 ? 24 : 23, 4, spool);
    case 'bzip2':
      return unpackBzip2(source, spool);
    case 'xz':
      return unpackXz(source, spool);
    case 'lzma':
      return unpackLzmaAlone(source, spool);
    default:
      return unpackLz4(source, spool);
  }
}

/** The trailer holds a checksum, which is not compared: loaders have used the bytes before they come to it. */
async function unpackDeflated(source: ByteSource, start: number, trailer: number, spool: Spool): Promise<StreamEnd> {
  const { end, problem } = await inflateInto(source, start, spool);
  if (problem !== undefined || end + trailer <= source.size) return { end: end + trailer, problem };
  return { end: source.size, problem: 'the checksum is cut off' };
}

/** Names and comments are not longer. */
const MAX_HEADER = 1 << 20;

/** RFC 1952: ten bytes, then extra field, name, comment and checksum where the flags say so. */
function endOfGzipHeader(source: ByteSource): number {
  const flags = source.read(3, 1)[0] ?? 0;
  if ((flags & 0x1e) === 0) return 10;
  const input = new ByteStream(source, 10);
  if ((flags & 0x04) !== 0) for (let left = input.nextLittle(2); left > 0; left -= 1) input.next();
  for (const flag of [0x08, 0x10]) if ((flags & flag) !== 0) while (input.next() !== 0 && input.position < MAX_HEADER);
  return input.position + ((flags & 0x02) === 0 ? 0 : 2);
}
