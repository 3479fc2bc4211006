import type { ByteSource } from '../byte-source';
import { ByteStream } from './byte-stream';
import { LzmaDecoder } from './lzma';
import { OutputWindow } from './output-window';
import type { Spool } from './spool';
import type { StreamEnd } from './stream-end';

/** Larger dictionaries are not allocated; data that reaches back farther is reported as damaged. */
const MAX_DICTIONARY = 1 << 28;

/** Decodes the old .lzma format at the start of `source`: properties, dictionary size, size. */
export function unpackLzmaAlone(source: ByteSource, spool: Spool): StreamEnd {
  const head = Buffer.from(source.read(0, 13));
  if (head.length < 13) return { end: head.length, problem: 'the header is cut off' };
  const declared = head.readBigUInt64LE(5);
  const size = declared === 0xffffffffffffffffn ? Infinity : Number(declared);
  const input = new ByteStream(source, 13);
  const problem = unpackLzma(input, head.subarray(0, 5), size, spool);
  return { end: input.position, problem };
}

/** Decodes raw LZMA with the five property bytes of .lzma and .7z. */
export function unpackLzma(input: ByteStream, properties: Uint8Array, size: number, spool: Spool): string | undefined {
  const dictionary = Buffer.from(properties).readUInt32LE(1);
  const output = new OutputWindow(Math.min(dictionary, size, MAX_DICTIONARY), spool);
  const decoder = new LzmaDecoder(input, output);
  if (!decoder.setProperties(properties[0]!) || !decoder.start()) return 'the LZMA header is wrong';
  const isFine = decoder.decode(size);
  decoder.normalise();
  output.flush();
  return isFine && !input.isAtEnd ? undefined : 'the LZMA data is damaged';
}

/** Decodes LZMA2 chunks; `dictionaryByte` is the one-byte property of .xz and .7z. */
export function unpackLzma2(input: ByteStream, dictionaryByte: number, spool: Spool): string | undefined {
  const dictionary =
    dictionaryByte >= 40 ? 2 ** 32 - 1 : (2 | (dictionaryByte & 1)) * 2 ** ((dictionaryByte >> 1) + 11);
  const output = new OutputWindow(Math.min(dictionary, MAX_DICTIONARY), spool);
  const problem = decodeChunks(input, output);
  output.flush();
  return problem;
}

function decodeChunks(input: ByteStream, output: OutputWindow): string | undefined {
  const decoder = new LzmaDecoder(input, output);
  for (let control = input.next(); control !== 0 && !input.isAtEnd && !output.isFull; control = input.next()) {
    if (control >= 0x80) {
      const size = ((control & 0x1f) << 16) + input.nextBig(2) + 1;
      input.nextBig(2);
      const mode = (control >> 5) & 3;
      if (mode >= 2 && !decoder.setProperties(input.next())) return 'the LZMA2 properties are wrong';
      if (mode === 1) decoder.resetState();
      if (!decoder.start() || !decoder.decode(output.total + size)) return 'the LZMA2 data is damaged';
    } else if (control <= 2) {
      for (let left = input.nextBig(2) + 1; left > 0 && !output.isFull && !input.isAtEnd; left -= 1)
        output.put(input.next());
    } else {
      return 'an LZMA2 chunk is of no known kind';
    }
  }
  return input.isAtEnd ? 'the LZMA2 data is cut off' : undefined;
}

const LZMA2_FILTER = 0x21;

/** Decodes all blocks of the .xz stream at the start of `source`. Only the filter LZMA2 is known. Source: xz format 1.2.1. */
export function unpackXz(source: ByteSource, spool: Spool): StreamEnd {
  const input = new ByteStream(source);
  const problem = unpackXzBlocks(input, spool);
  return { end: input.position, problem };
}

function unpackXzBlocks(input: ByteStream, spool: Spool): string | undefined {
  const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
  for (let n = 0; n < 7; n += 1) input.next();
  const checkSize = checkSizes[input.next() & 0x0f]!;
  input.nextBig(4);
  for (;;) {
    const blockStart = input.position;
    const headerSize = (input.next() + 1) * 4;
    if (input.isAtEnd) return 'the xz data is cut off';
    // A zero byte begins the index.
    if (headerSize === 4) return skipXzIndex(input, blockStart);
    const property = readBlockHeader(input, blockStart + headerSize);
    if (property === undefined) return 'the xz filter is not LZMA2';
    const problem = unpackLzma2(input, property, spool);
    if (problem !== undefined || spool.isFull) return problem;
    skip(input, paddingAfter(input, blockStart) + checkSize);
    if (input.isAtEnd) return 'the xz data is cut off';
  }
}

/** Of a kilobyte each they would hold more than is unpacked. */
const MAX_BLOCKS = 1 << 20;

/** The index holds two numbers for each block; a checksum of it and the footer of the stream follow. */
function skipXzIndex(input: ByteStream, start: number): string | undefined {
  const blocks = readNumber(input);
  if (blocks > MAX_BLOCKS) return 'the index of the xz stream is damaged';
  for (let n = 0; n < blocks * 2 && !input.isAtEnd; n += 1) readNumber(input);
  skip(input, paddingAfter(input, start) + 4 + 12);
  return input.isAtEnd ? 'the xz data is cut off' : undefined;
}

const paddingAfter = (input: ByteStream, start: number): number => (4 - ((input.position - start) % 4)) % 4;

function skip(input: ByteStream, length: number): void {
  for (let n = 0; n < length; n += 1) input.next();
}

function readBlockHeader(input: ByteStream, end: number): number | undefined {
  const flags = input.next();
  if ((flags & 0x40) !== 0) readNumber(input);
  if ((flags & 0x80) !== 0) readNumber(input);
  const isOneFilter = (flags & 3) === 0;
  const filter = input.next();
  const propertySize = input.next();
  const property = input.next();
  while (input.position < end && !input.isAtEnd) input.next();
  return isOneFilter && filter === LZMA2_FILTER && propertySize === 1 ? property : undefined;
}

/** Seven bits a byte, the lowest first. */
function readNumber(input: ByteStream): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = input.next();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}
