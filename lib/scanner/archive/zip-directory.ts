import type { ByteSource } from '../byte-source';

const END_MARK = Buffer.from('PK\x05\x06', 'latin1');
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_SIZE = 22;
const END64_SIZE = 56;
const LOCATOR64_SIZE = 20;
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
  /** Where the central directory begins and ends. */
  start: number;
  end: number;
  /** Bytes in front of the archive, as in a self-extracting one. */
  shift: number;
  entryCount: number;
  /** Its first entry stands where it should, or it has none. */
  isReal: boolean;
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

/** What an end record says; `end` is where the directory ends when the archive has no prefix that offsets do not count. */
interface EndRecord {
  entryCount: number;
  size: number;
  offset: number;
  end: number;
}

/** True when a reader might take the file for a zip archive; an end record alone also stands in programs that read zip. */
export function hasZipDirectory(source: ByteSource): boolean {
  const [first] = readZipDirectories(source);
  return first !== undefined && (first.isReal || hasSignature(source, 0, LOCAL_SIGNATURE));
}

/**
 * The central directories that readers find, first the one of Python's zipfile; more than one when readers disagree. Python
 * counts back from the end record, miniz (in PyTorch) and others go to the offset it states; most prefer the 64-bit record,
 * before the locator or where that points. Source: PKWARE APPNOTE 6.3.10, 4.3.12 to 4.3.16; CPython's Lib/zipfile.
 */
export function readZipDirectories(source: ByteSource): ZipDirectory[] {
  const found = new Map<string, ZipDirectory>();
  for (const endOffset of endOffsets(readTail(source))) {
    for (const { entryCount, size, offset, end } of readEndRecords(source, endOffset)) {
      for (const start of [Math.max(0, end - size), offset]) {
        const shift = start - offset;
        const key = [start, shift, size, entryCount].join(' ');
        const isReal = entryCount + size === 0 || hasSignature(source, start, ENTRY_SIGNATURE);
        const entries = iterateEntries(source, start, Math.min(start + size, source.size), shift);
        if (!found.has(key)) found.set(key, { entries, start, end: start + size, shift, entryCount, isReal });
      }
    }
  }
  const directories = [...found.values()];
  const real = directories.filter(({ isReal, entryCount }) => isReal && entryCount > 0);
  return real.length > 0 ? real : directories.slice(0, 1);
}

interface Tail {
  bytes: Buffer;
  start: number;
}

function readTail(source: ByteSource): Tail {
  const start = Math.max(0, source.size - END_SIZE - MAX_COMMENT);
  return { bytes: Buffer.from(source.read(start, source.size - start)), start };
}

/** Where readers find the end record: at the very end, where a comment fits, or last in the file, whatever follows. */
function endOffsets({ bytes, start }: Tail): number[] {
  const candidates: number[] = [];
  if (bytes.length < END_SIZE) return candidates;
  for (let at = bytes.lastIndexOf(END_MARK, bytes.length - END_SIZE); at >= 0;) {
    const isFitting = at + END_SIZE + bytes.readUInt16LE(at + 20) === bytes.length;
    if (isFitting || candidates.length === 0) candidates.push(at);
    if (isFitting || at === 0) break;
    at = bytes.lastIndexOf(END_MARK, at - 1);
  }
  return candidates.map((at) => start + at);
}

/** The 64-bit records, then the classic one. */
function readEndRecords(source: ByteSource, endOffset: number): EndRecord[] {
  const record = Buffer.from(source.read(endOffset, END_SIZE));
  const wide = readEnd64s(source, endOffset);
  const classic = {
    entryCount: record.readUInt16LE(10),
    size: record.readUInt32LE(12),
    offset: record.readUInt32LE(16),
  };
  if (wide[0] === undefined) return [{ ...classic, end: endOffset }];
  const { entryCount, size, offset, end } = wide[0];
  return [
    ...wide,
    {
      entryCount: classic.entryCount === NO_16 ? entryCount : classic.entryCount,
      size: classic.size === NO_32 ? size : classic.size,
      offset: classic.offset === NO_32 ? offset : classic.offset,
      end,
    },
  ];
}

function readEnd64s(source: ByteSource, endOffset: number): EndRecord[] {
  const locator = Buffer.from(source.read(Math.max(0, endOffset - LOCATOR64_SIZE), LOCATOR64_SIZE));
  if (locator.length < LOCATOR64_SIZE || locator.readUInt32LE(0) !== LOCATOR64_SIGNATURE) return [];
  const declared = Number(locator.readBigUInt64LE(8));
  const adjacent = endOffset - LOCATOR64_SIZE - END64_SIZE;
  return [...new Set([adjacent, declared])]
    .filter((offset) => hasSignature(source, offset, END64_SIGNATURE))
    .map((offset) => ({ offset, record: Buffer.from(source.read(offset, END64_SIZE)) }))
    .filter(({ record }) => record.length === END64_SIZE)
    .map(({ offset, record }) => ({
      entryCount: Number(record.readBigUInt64LE(32)),
      size: Number(record.readBigUInt64LE(40)),
      offset: Number(record.readBigUInt64LE(48)),
      end: offset,
    }));
}

function hasSignature(source: ByteSource, offset: number, signature: number): boolean {
  if (offset < 0 || offset + 4 > source.size) return false;
  return Buffer.from(source.read(offset, 4)).readUInt32LE(0) === signature;
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
