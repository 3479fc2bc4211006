import type { ByteSource } from '../byte-source';

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const NO_16 = 0xffff;
const NO_32 = 0xffffffff;
const DIRECTORY_BLOCK = 1 << 20;
const ENTRY_SIZE = 46;

/** One entry of the central directory, whose order and sizes are the ones loaders believe. */
export interface ZipEntry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  storedSize: number;
  size: number;
  localOffset: number;
  /** Unix mode, 0 when the archive was not made on Unix. */
  mode: number;
}

export interface ZipDirectory {
  entries: Iterable<ZipEntry>;
  /** Where the central directory begins. */
  start: number;
  /** Bytes in front of the archive, as in a self-extracting one. */
  shift: number;
  entryCount: number;
}

export interface LocalHeader {
  name: string;
  flags: number;
  method: number;
  crc: number;
  storedSize: number;
  size: number;
  dataOffset: number;
}

/**
 * Finds the central directory as Python's zipfile does: the last end record of the file, with its 64-bit form if there
 * is one. Undefined when the file is no zip archive. Source: PKWARE APPNOTE 6.3.10, 4.3.12 to 4.3.16.
 */
export function readZipDirectory(source: ByteSource): ZipDirectory | undefined {
  const tailStart = Math.max(0, source.size - END_SIZE - MAX_COMMENT);
  const tail = Buffer.from(source.read(tailStart, source.size - tailStart));
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (at < 0 || at + END_SIZE > tail.length || tail.readUInt32LE(at) !== END_SIGNATURE) return undefined;
  const endOffset = tailStart + at;
  let entryCount = tail.readUInt16LE(at + 10);
  let size = tail.readUInt32LE(at + 12);
  let offset = tail.readUInt32LE(at + 16);
  let directoryEnd = endOffset;
  const end64 = readEnd64(source, endOffset);
  if (end64 !== undefined && (entryCount === NO_16 || size === NO_32 || offset === NO_32)) {
    ({ entryCount, size, offset, directoryEnd } = end64);
  }
  const start = Math.max(0, directoryEnd - size);
  return {
    entries: iterateEntries(source, start, directoryEnd, start - offset),
    start,
    shift: start - offset,
    entryCount,
  };
}

function readEnd64(source: ByteSource, endOffset: number) {
  const locator = Buffer.from(source.read(Math.max(0, endOffset - 20), 20));
  if (locator.length < 20 || locator.readUInt32LE(0) !== LOCATOR64_SIGNATURE) return undefined;
  const declared = Number(locator.readBigUInt64LE(8));
  for (const offset of [declared, endOffset - 20 - 56]) {
    const record = Buffer.from(source.read(offset, 56));
    if (record.length < 56 || record.readUInt32LE(0) !== END64_SIGNATURE) continue;
    return {
      entryCount: Number(record.readBigUInt64LE(32)),
      size: Number(record.readBigUInt64LE(40)),
      offset: Number(record.readBigUInt64LE(48)),
      directoryEnd: offset,
    };
  }
  return undefined;
}

function* iterateEntries(source: ByteSource, start: number, end: number, shift: number): Generator<ZipEntry> {
  let block = Buffer.alloc(0);
  let blockStart = start;
  for (let offset = start; offset + ENTRY_SIZE <= end;) {
    let at = offset - blockStart;
    if (at + ENTRY_SIZE + 3 * NO_16 > block.length) {
      block = Buffer.from(source.read(offset, Math.min(DIRECTORY_BLOCK, end - offset)));
      blockStart = offset;
      at = 0;
    }
    if (block.length < ENTRY_SIZE || block.readUInt32LE(at) !== ENTRY_SIGNATURE) return;
    const nameLength = block.readUInt16LE(at + 28);
    const extraLength = block.readUInt16LE(at + 30);
    const recordSize = ENTRY_SIZE + nameLength + extraLength + block.readUInt16LE(at + 32);
    yield parseEntry(block.subarray(at, at + recordSize), nameLength, extraLength, shift);
    offset += recordSize;
  }
}

function parseEntry(record: Buffer, nameLength: number, extraLength: number, shift: number): ZipEntry {
  const extra = record.subarray(ENTRY_SIZE + nameLength, ENTRY_SIZE + nameLength + extraLength);
  const wide = {
    size: record.readUInt32LE(24),
    storedSize: record.readUInt32LE(20),
    localOffset: record.readUInt32LE(42),
  };
  readZip64(extra, wide);
  const madeOnUnix = record.readUInt8(5) === 3;
  return {
    name: decodeName(record.subarray(ENTRY_SIZE, ENTRY_SIZE + nameLength)),
    flags: record.readUInt16LE(8),
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    ...wide,
    localOffset: wide.localOffset + shift,
    mode: madeOnUnix ? record.readUInt32LE(38) >>> 16 : 0,
  };
}

/** The extra field 0x0001 holds, in this order, only those values that are 0xffffffff in the record. */
function readZip64(extra: Buffer, wide: { size: number; storedSize: number; localOffset: number }): void {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      let field = at + 4;
      for (const key of ['size', 'storedSize', 'localOffset'] as const) {
        if (wide[key] === NO_32 && field + 8 <= Math.min(extra.length, at + 4 + length)) {
          wide[key] = Number(extra.readBigUInt64LE(field));
          field += 8;
        }
      }
      return;
    }
    at += 4 + length;
  }
}

/** The header in front of a member's data; undefined when there is none. */
export function readLocalHeader(source: ByteSource, offset: number): LocalHeader | undefined {
  const fixed = Buffer.from(source.read(offset, 30));
  if (fixed.length < 30 || fixed.readUInt32LE(0) !== LOCAL_SIGNATURE) return undefined;
  const nameLength = fixed.readUInt16LE(26);
  const extraLength = fixed.readUInt16LE(28);
  const wide = { size: fixed.readUInt32LE(22), storedSize: fixed.readUInt32LE(18), localOffset: 0 };
  readZip64(Buffer.from(source.read(offset + 30 + nameLength, extraLength)), wide);
  return {
    name: decodeName(Buffer.from(source.read(offset + 30, nameLength))),
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc: fixed.readUInt32LE(14),
    storedSize: wide.storedSize,
    size: wide.size,
    dataOffset: offset + 30 + nameLength + extraLength,
  };
}

const decodeName = (bytes: Buffer): string => bytes.toString('utf8');
