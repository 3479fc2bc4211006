import type { ByteSource } from '../byte-source';
import { ByteStream } from './byte-stream';
import type { Spool } from './spool';
import type { StreamEnd } from './stream-end';

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
const GROUP = 50;

class BitStream {
  private bits = 0;
  private count = 0;

  constructor(private readonly input: ByteStream) {}

  get isAtEnd(): boolean {
    return this.input.isAtEnd;
  }

  read(width: number): number {
    let value = 0;
    for (let left = width; left > 0;) {
      if (this.count === 0) {
        this.bits = this.input.next();
        this.count = 8;
      }
      const take = Math.min(left, this.count);
      value = value * 2 ** take + ((this.bits >> (this.count - take)) & ((1 << take) - 1));
      this.count -= take;
      left -= take;
    }
    return value;
  }
}

/** A canonical Huffman code of at most 20 bits. */
interface HuffmanCode {
  limits: Int32Array;
  offsets: Int32Array;
  symbols: Uint16Array;
}

/** Decodes the .bz2 stream at the start of `source`. */
export function unpackBzip2(source: ByteSource, spool: Spool): StreamEnd {
  const input = new ByteStream(source);
  const bits = new BitStream(input);
  const isStart = bits.read(24) === 0x425a68;
  const level = bits.read(8) - 0x30;
  let problem = isStart && level >= 1 && level <= 9 ? undefined : 'there is no bzip2 header';
  while (problem === undefined && !spool.isFull) {
    const magic = bits.read(24) * 2 ** 24 + bits.read(24);
    bits.read(32);
    const isEnd = magic === END_MAGIC && !bits.isAtEnd;
    if (isEnd) break;
    const block = magic === BLOCK_MAGIC && !bits.isAtEnd ? readBlock(bits, level * 100_000) : undefined;
    if (block === undefined) problem = 'a bzip2 block is damaged';
    else spool.write(block);
  }
  return { end: input.position, problem };
}

function readBlock(bits: BitStream, limit: number): Uint8Array | undefined {
  bits.read(1);
  const origin = bits.read(24);
  const symbols = readSymbols(bits);
  const groups = bits.read(3);
  const selectorCount = bits.read(15);
  if (symbols.length === 0 || groups < 2 || groups > 6 || selectorCount === 0) return undefined;
  const selectors = readSelectors(bits, selectorCount, groups);
  if (selectors === undefined) return undefined;
  const codes = Array.from({ length: groups }, () => readCode(bits, symbols.length + 2));
  const transformed = readTransformed(bits, symbols, selectors, codes, limit);
  if (transformed === undefined || origin >= transformed.length) return undefined;
  return undoRuns(undoBurrowsWheeler(transformed, origin));
}

function readSymbols(bits: BitStream): number[] {
  const used = bits.read(16);
  const symbols: number[] = [];
  for (let high = 0; high < 16; high += 1) {
    if ((used & (0x8000 >> high)) === 0) continue;
    const low = bits.read(16);
    for (let n = 0; n < 16; n += 1) if ((low & (0x8000 >> n)) !== 0) symbols.push(high * 16 + n);
  }
  return symbols;
}

function readSelectors(bits: BitStream, count: number, groups: number): Uint8Array | undefined {
  const order = Array.from({ length: groups }, (_, index) => index);
  const selectors = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    let position = 0;
    while (bits.read(1) === 1) {
      position += 1;
      if (position >= groups) return undefined;
    }
    const [group] = order.splice(position, 1);
    order.unshift(group!);
    selectors[index] = group!;
  }
  return selectors;
}

function readCode(bits: BitStream, size: number): HuffmanCode {
  const lengths = new Uint8Array(size);
  let length = bits.read(5);
  for (let symbol = 0; symbol < size; symbol += 1) {
    while (bits.read(1) === 1 && !bits.isAtEnd) length += bits.read(1) === 0 ? 1 : -1;
    lengths[symbol] = Math.max(1, Math.min(20, length));
  }
  const limits = new Int32Array(22).fill(-1);
  const offsets = new Int32Array(22);
  const symbols = new Uint16Array(size);
  let code = 0;
  let index = 0;
  for (let width = 1; width <= 20; width += 1) {
    offsets[width] = index - code;
    for (let symbol = 0; symbol < size; symbol += 1) {
      if (lengths[symbol] !== width) continue;
      symbols[index] = symbol;
      index += 1;
      code += 1;
    }
    limits[width] = code - 1;
    code *= 2;
  }
  return { limits, offsets, symbols };
}

function readSymbol(bits: BitStream, { limits, offsets, symbols }: HuffmanCode): number | undefined {
  let code = 0;
  for (let width = 1; width <= 20; width += 1) {
    code = code * 2 + bits.read(1);
    if (code <= limits[width]!) return symbols[code + offsets[width]!];
  }
  return undefined;
}

/** Huffman, runs of zeros and move-to-front. */
function readTransformed(
  bits: BitStream,
  symbols: number[],
  selectors: Uint8Array,
  codes: HuffmanCode[],
  limit: number,
): Uint8Array | undefined {
  const output = new Uint8Array(limit);
  const order = symbols.slice();
  const endSymbol = symbols.length + 1;
  let size = 0;
  let run = 0;
  let weight = 1;
  for (let read = 0; ; read += 1) {
    const code = codes[selectors[Math.floor(read / GROUP)] ?? 255];
    const symbol = code === undefined || bits.isAtEnd ? undefined : readSymbol(bits, code);
    if (symbol === undefined) return undefined;
    if (symbol <= 1) {
      run += weight * (symbol + 1);
      weight *= 2;
      if (run > limit) return undefined;
      continue;
    }
    if (size + run > limit) return undefined;
    output.fill(order[0]!, size, size + run);
    size += run;
    [run, weight] = [0, 1];
    if (symbol === endSymbol) return output.subarray(0, size);
    if (size === limit) return undefined;
    const [byte] = order.splice(symbol - 1, 1);
    order.unshift(byte!);
    output[size] = byte!;
    size += 1;
  }
}

function undoBurrowsWheeler(bytes: Uint8Array, origin: number): Uint8Array {
  const starts = new Uint32Array(257);
  for (const byte of bytes) starts[byte + 1]! += 1;
  for (let byte = 0; byte < 256; byte += 1) starts[byte + 1]! += starts[byte]!;
  const next = new Uint32Array(bytes.length);
  bytes.forEach((byte, index) => {
    next[starts[byte]!] = index;
    starts[byte]! += 1;
  });
  const output = new Uint8Array(bytes.length);
  let position = next[origin]!;
  for (let index = 0; index < output.length; index += 1) {
    output[index] = bytes[position]!;
    position = next[position]!;
  }
  return output;
}

/** Four equal bytes are followed by how many more of them come. */
function undoRuns(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let start = 0;
  let run = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    run = index > start && bytes[index] === bytes[index - 1] ? run + 1 : 1;
    if (run < 4 || index + 1 >= bytes.length) continue;
    parts.push(bytes.subarray(start, index + 1), new Uint8Array(bytes[index + 1]!).fill(bytes[index]!));
    start = index + 2;
    index += 1;
    run = 0;
  }
  parts.push(bytes.subarray(start));
  return Buffer.concat(parts);
}
