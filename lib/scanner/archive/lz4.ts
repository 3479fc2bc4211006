import type { ByteSource } from '../byte-source';
import { ByteStream } from './byte-stream';
import { OutputWindow } from './output-window';
import type { Spool } from './spool';
import type { StreamEnd } from './stream-end';

const MAGIC = 0x184d2204;
const WINDOW = 1 << 16;

/** Decodes or skips the frame at the start of `source`. Checksums are not compared. Source: LZ4 frame format 1.6.4. */
export function unpackLz4(source: ByteSource, spool: Spool): StreamEnd {
  const input = new ByteStream(source);
  const magic = input.nextLittle(4);
  if (magic !== MAGIC) {
    const end = 8 + input.nextLittle(4);
    const isCut = input.isAtEnd || end > source.size;
    return isCut ? { end: source.size, problem: 'a skippable LZ4 frame is cut off' } : { end };
  }
  const flags = input.next();
  input.next();
  if ((flags & 0x08) !== 0) input.nextLittle(8);
  if ((flags & 0x01) !== 0) input.nextLittle(4);
  input.next();
  const output = new OutputWindow(WINDOW, spool);
  const problem = unpackBlocks(input, flags, output);
  output.flush();
  return { end: input.position, problem };
}

function unpackBlocks(input: ByteStream, flags: number, output: OutputWindow): string | undefined {
  for (;;) {
    const word = input.nextLittle(4);
    if (input.isAtEnd) return 'the LZ4 data is cut off';
    if (word === 0) break;
    const size = word & 0x7fffffff;
    const end = input.position + size;
    if (word >= 0x80000000)
      for (let n = 0; n < size && !output.isFull && !input.isAtEnd; n += 1) output.put(input.next());
    else if (!unpackBlock(input, end, output)) return 'an LZ4 block is damaged';
    if (output.isFull) return undefined;
    if ((flags & 0x10) !== 0) input.nextLittle(4);
  }
  if ((flags & 0x04) !== 0) input.nextLittle(4);
  return input.isAtEnd ? 'the LZ4 data is cut off' : undefined;
}

function unpackBlock(input: ByteStream, end: number, output: OutputWindow): boolean {
  while (input.position < end && !input.isAtEnd && !output.isFull) {
    const token = input.next();
    for (let left = readLength(input, token >> 4); left > 0 && !input.isAtEnd && !output.isFull; left -= 1)
      output.put(input.next());
    if (input.position >= end) break;
    const distance = input.nextLittle(2);
    const length = readLength(input, token & 15) + 4;
    if (distance === 0 || !output.canReach(distance)) return false;
    output.copy(distance, length);
  }
  return !input.isAtEnd || output.isFull;
}

function readLength(input: ByteStream, nibble: number): number {
  if (nibble < 15) return nibble;
  let length = nibble;
  let byte = 255;
  while (byte === 255 && !input.isAtEnd) {
    byte = input.next();
    length += byte;
  }
  return length;
}
