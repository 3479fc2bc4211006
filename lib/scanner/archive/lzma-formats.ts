import type { ByteSource } from '../byte-source';
import { ByteStream } from './byte-stream';
import { LzmaDecoder } from './lzma';
import { OutputWindow } from './output-window';
import type { Spool } from './spool';

/** Larger dictionaries are not allocated: the data is reported as unreadable. */
const MAX_DICTIONARY = 1 << 28;

/** Decodes the old .lzma format: properties, dictionary size, size. Answers what is wrong, if anything. */
export function unpackLzmaAlone(source: ByteSource, spool: Spool): string | undefined {
  const head = Buffer.from(source.read(0, 13));
  if (head.length < 13) return 'the header is cut off';
  const declared = head.readBigUInt64LE(5);
  const size = declared === 0xffffffffffffffffn ? Infinity : Number(declared);
  return unpackLzma(new ByteStream(source, 13), head.subarray(0, 5), size, spool);
}

/** Decodes raw LZMA with the five property bytes of .lzma and .7z. */
export function unpackLzma(input: ByteStream, properties: Uint8Array, size: number, spool: Spool): string | undefined {
  const dictionary = Buffer.from(properties).readUInt32LE(1);
  if (Math.min(dictionary, size) > MAX_DICTIONARY) return 'the dictionary is too large';
  const output = new OutputWindow(Math.min(dictionary, size), spool);
  const decoder = new LzmaDecoder(input, output);
  if (!decoder.setProperties(properties[0]!) || !decoder.start()) return 'the LZMA header is wrong';
  const isFine = decoder.decode(size);
  output.flush();
  return isFine && !input.isAtEnd ? undefined : 'the LZMA data is damaged';
}

/** Decodes LZMA2 chunks; `dictionaryByte` is the one-byte property of .xz and .7z. */
export function unpackLzma2(input: ByteStream, dictionaryByte: number, spool: Spool): string | undefined {
  const dictionary =
    dictionaryByte >= 40 ? 2 ** 32 - 1 : (2 | (dictionaryByte & 1)) * 2 ** ((dictionaryByte >> 1) + 11);
  if (dictionary > MAX_DICTIONARY) return 'the dictionary is too large';
  const output = new OutputWindow(dictionary, spool);
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
  output.flush();
  return input.isAtEnd ? 'the LZMA2 data is cut off' : undefined;
}

const LZMA2_FILTER = 0x21;

/** Decodes all streams and blocks of .xz. Filters other than LZMA2 are not supported. Source: xz file format 1.2.1. */
export function unpackXz(source: ByteSource, spool: Spool): string | undefined {
  const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
  const input = new ByteStream(source, 0);
  for (let n = 0; n < 7; n += 1) input.next();
  const checkSize = checkSizes[input.next() & 0x0f]!;
  input.nextBig(4);
  for (;;) {
    const blockStart = input.position;
    const headerSize = (input.next() + 1) * 4;
    if (input.isAtEnd) return 'the xz data is cut off';
    // A zero byte begins the index; streams behind this one are not models' business.
    if (headerSize === 4) return undefined;
    const property = readBlockHeader(input, blockStart + headerSize);
    if (property === undefined) return 'the xz filter is not LZMA2';
    const problem = unpackLzma2(input, property, spool);
    if (problem !== undefined) return problem;
    const padding = (4 - ((input.position - blockStart) % 4)) % 4;
    for (let n = 0; n < padding + checkSize; n += 1) input.next();
    if (input.isAtEnd) return 'the xz data is cut off';
  }
}

function readBlockHeader(input: ByteStream, end: number): number | undefined {
  const flags = input.next();
  if ((flags & 0x40) !== 0) skipNumber(input);
  if ((flags & 0x80) !== 0) skipNumber(input);
  const isOneFilter = (flags & 3) === 0;
  const filter = input.next();
  const propertySize = input.next();
  const property = input.next();
  while (input.position < end && !input.isAtEnd) input.next();
  return isOneFilter && filter === LZMA2_FILTER && propertySize === 1 ? property : undefined;
}

function skipNumber(input: ByteStream): void {
  while ((input.next() & 0x80) !== 0 && !input.isAtEnd);
}
