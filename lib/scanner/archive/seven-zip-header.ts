/** What stands in the header of a 7z archive. Source: 7zFormat.txt of the 7-Zip SDK 23.01. */
export interface SevenZipCoder {
  method: string;
  properties: Uint8Array;
}

export interface SevenZipFolder {
  coders: SevenZipCoder[];
  /** Size after the last coder. */
  size: number;
  packedSize: number;
  packedOffset: number;
  /** Sizes of the files in the folder, one after the other. */
  fileSizes: number[];
}

export interface SevenZipHeader {
  folders: SevenZipFolder[];
  /** Names of the files that have content, in the order of the folders. */
  names: string[];
}

const ID = {
  END: 0,
  HEADER: 1,
  MAIN_STREAMS: 4,
  FILES: 5,
  PACK_INFO: 6,
  UNPACK_INFO: 7,
  SUB_STREAMS: 8,
  SIZE: 9,
  CRC: 10,
  FOLDER: 11,
} as const;
const CODERS_SIZE = 12;
const SUB_STREAM_COUNT = 13;
const EMPTY_STREAM = 14;
const NAMES = 17;
export const ENCODED_HEADER = 23;
const MAX_COUNT = 1_000_000;

class HeaderError extends Error {}

/** A cursor on header bytes; reading past the end throws HeaderError. */
class Cursor {
  at = 0;

  constructor(readonly bytes: Buffer) {}

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new HeaderError('the header is cut off');
    this.at += 1;
    return value;
  }

  take(length: number): Buffer {
    if (length < 0 || this.at + length > this.bytes.length) throw new HeaderError('the header is cut off');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** The variable-length number of 7z: leading ones of the first byte tell how many bytes follow. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let mask = 0x80;
    for (let index = 0; index < 8; index += 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * index);
      value += this.byte() * 2 ** (8 * index);
      mask >>= 1;
    }
    return value;
  }

  count(): number {
    const value = this.number();
    if (value > MAX_COUNT) throw new HeaderError('the header counts too much');
    return value;
  }

  bits(count: number): boolean[] {
    const bytes = this.take(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, index) => (bytes[index >> 3]! & (0x80 >> (index & 7))) !== 0);
  }
}

/** Parses a plain header or, for an encoded one, the streams that hold it. Throws when it is damaged. */
export function parseSevenZipHeader(bytes: Buffer): { kind: 'plain' | 'encoded'; header: SevenZipHeader } {
  const cursor = new Cursor(bytes);
  const id = cursor.byte();
  if (id === ENCODED_HEADER) return { kind: 'encoded', header: { folders: readStreams(cursor), names: [] } };
  if (id !== ID.HEADER) throw new HeaderError('there is no header');
  let folders: SevenZipFolder[] = [];
  let names: string[] = [];
  for (let section = cursor.byte(); section !== ID.END; section = cursor.byte()) {
    if (section === ID.MAIN_STREAMS) folders = readStreams(cursor);
    else if (section === ID.FILES) names = readFiles(cursor);
    else throw new HeaderError(`a section ${section} is not known`);
  }
  return { kind: 'plain', header: { folders, names } };
}

function readStreams(cursor: Cursor): SevenZipFolder[] {
  let packOffset = 0;
  let packSizes: number[] = [];
  let folders: (Pick<SevenZipFolder, 'coders' | 'size'> & { packedStreams: number })[] = [];
  let fileSizes: number[][] | undefined;
  for (let section = cursor.byte(); section !== ID.END; section = cursor.byte()) {
    if (section === ID.PACK_INFO) {
      packOffset = cursor.number();
      packSizes = readPackSizes(cursor);
    } else if (section === ID.UNPACK_INFO) folders = readFolders(cursor);
    else if (section === ID.SUB_STREAMS)
      fileSizes = readSubStreams(
        cursor,
        folders.map(({ size }) => size),
      );
    else throw new HeaderError(`a section ${section} is not known`);
  }
  let offset = packOffset;
  let stream = 0;
  return folders.map(({ coders, size, packedStreams }, index) => {
    const packedOffset = offset;
    const packedSize = packSizes[stream] ?? 0;
    for (let n = 0; n < packedStreams; n += 1) offset += packSizes[stream + n] ?? 0;
    stream += packedStreams;
    return { coders, size, packedSize, packedOffset, fileSizes: fileSizes?.[index] ?? [size] };
  });
}

function readPackSizes(cursor: Cursor): number[] {
  const count = cursor.count();
  let sizes: number[] = [];
  for (let section = cursor.byte(); section !== ID.END; section = cursor.byte()) {
    if (section === ID.SIZE) sizes = Array.from({ length: count }, () => cursor.number());
    else if (section === ID.CRC) skipDigests(cursor, count);
    else throw new HeaderError('the pack information is damaged');
  }
  return sizes;
}

function readFolders(cursor: Cursor) {
  if (cursor.byte() !== ID.FOLDER) throw new HeaderError('the folders are damaged');
  const count = cursor.count();
  if (cursor.byte() !== 0) throw new HeaderError('external folders are not supported');
  const folders = Array.from({ length: count }, () => readFolder(cursor));
  if (cursor.byte() !== CODERS_SIZE) throw new HeaderError('the coder sizes are missing');
  const sized = folders.map((folder) => {
    const sizes = Array.from({ length: folder.outStreams }, () => cursor.number());
    return { ...folder, size: sizes[folder.mainOut] ?? 0 };
  });
  for (let section = cursor.byte(); section !== ID.END; section = cursor.byte()) {
    if (section !== ID.CRC) throw new HeaderError('the folders are damaged');
    skipDigests(cursor, count);
  }
  return sized;
}

function readFolder(cursor: Cursor) {
  const coderCount = cursor.count();
  if (coderCount < 1 || coderCount > 32) throw new HeaderError('a folder has too many coders');
  let [inStreams, outStreams] = [0, 0];
  const coders = Array.from({ length: coderCount }, () => {
    const flags = cursor.byte();
    const method = cursor.take(flags & 0x0f).toString('hex');
    const isComplex = (flags & 0x10) !== 0;
    inStreams += isComplex ? cursor.count() : 1;
    outStreams += isComplex ? cursor.count() : 1;
    const properties = (flags & 0x20) !== 0 ? cursor.take(cursor.count()) : Buffer.alloc(0);
    return { method, properties };
  });
  const bound = new Set<number>();
  for (let n = 0; n < outStreams - 1; n += 1) {
    cursor.number();
    bound.add(cursor.number());
  }
  const packedStreams = inStreams - (outStreams - 1);
  if (packedStreams > 1) for (let n = 0; n < packedStreams; n += 1) cursor.number();
  const mainOut = Array.from({ length: outStreams }, (_, index) => index).find((index) => !bound.has(index)) ?? 0;
  return { coders, outStreams, mainOut, packedStreams };
}

function readSubStreams(cursor: Cursor, folderSizes: number[]): number[][] {
  let counts = folderSizes.map(() => 1);
  let section = cursor.byte();
  if (section === SUB_STREAM_COUNT) {
    counts = folderSizes.map(() => cursor.count());
    section = cursor.byte();
  }
  const sizes = folderSizes.map((total, index) => {
    const count = counts[index]!;
    const known = section === ID.SIZE ? Array.from({ length: Math.max(0, count - 1) }, () => cursor.number()) : [];
    if (count === 0) return [];
    return [...known, total - known.reduce((sum, size) => sum + size, 0)];
  });
  if (section === ID.SIZE) section = cursor.byte();
  const digests = counts.reduce((sum, count) => sum + count, 0);
  for (; section !== ID.END; section = cursor.byte()) {
    if (section !== ID.CRC) throw new HeaderError('the streams are damaged');
    skipDigests(cursor, digests);
  }
  return sizes;
}

function readFiles(cursor: Cursor): string[] {
  const count = cursor.count();
  let names: string[] = [];
  let empty: boolean[] = [];
  for (let property = cursor.byte(); property !== ID.END; property = cursor.byte()) {
    const body = new Cursor(cursor.take(cursor.number()));
    if (property === EMPTY_STREAM) empty = body.bits(count);
    if (property === NAMES) {
      body.byte();
      names = body.bytes.subarray(1).toString('utf16le').split('\0').slice(0, count);
    }
  }
  return names.filter((_, index) => empty[index] !== true);
}

function skipDigests(cursor: Cursor, count: number): void {
  const isAll = cursor.byte() !== 0;
  const defined = isAll ? count : cursor.bits(count).filter(Boolean).length;
  cursor.take(4 * Math.min(defined, count));
}
