import type { ByteSource } from './byte-source';

export type Compression = 'gzip' | 'zlib' | 'zfile' | 'bzip2' | 'xz' | 'lzma' | 'lz4' | 'zstd' | '7z';

/** The first bytes in hexadecimal. A bzip2 stream goes on with a block or, when it is empty, with its end. */
const MAGICS: readonly (readonly [Compression, RegExp])[] = [
  ['gzip', /^1f8b08/],
  ['bzip2', /^425a683[1-9](?:314159265359|177245385090)/],
  ['xz', /^fd377a585a00/],
  // The second one is a frame to be skipped, which may stand in front of the content.
  ['lz4', /^(?:04224d18|5[0-9a-f]2a4d18)/],
  ['zstd', /^28b52ffd/],
  ['7z', /^377abcaf271c/],
];

/** Which compression the first 24 bytes announce; undefined for none. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  const bytes = Buffer.from(head.subarray(0, 24));
  const hex = bytes.toString('hex');
  const found = MAGICS.find(([, magic]) => magic.test(hex))?.[0];
  if (found !== undefined) return found;
  // zlib has no magic, only a header that 31 divides; joblib writes it, and before version 0.10 with a name and a size in front.
  if (isZlibHeader(bytes, 0) && bytes[0] === 0x78 && bytes.length > 6) return 'zlib';
  if (hex.startsWith('5a46') && (isZlibHeader(bytes, 21) || isZlibHeader(bytes, 22))) return 'zfile';
  return isLzmaAlone(bytes) ? 'lzma' : undefined;
}

/** RFC 1950: the method deflate, a sum that 31 divides, and no preset dictionary. */
function isZlibHeader(bytes: Buffer, at: number): boolean {
  return (
    bytes.length >= at + 2 &&
    (bytes[at]! & 0x0f) === 8 &&
    bytes.readUInt16BE(at) % 31 === 0 &&
    (bytes[at + 1]! & 0x20) === 0
  );
}

/**
 * What liblzma 5.4 takes when it detects the format: a dictionary of 2^n or 2^n + 2^(n-1) bytes and a size below 256 GiB or
 * an unknown one. Small numbers look the same, so a small dictionary counts only beside the usual properties or no size.
 */
function isLzmaAlone(bytes: Buffer): boolean {
  if (bytes.length < 14 || bytes[0]! >= 225 || bytes[13] !== 0) return false;
  const dictionary = bytes.readUInt32LE(1);
  const size = bytes.readBigUInt64LE(5);
  const isUnsized = size === 0xffffffffffffffffn;
  const isUsual = bytes[0] === 0x5d || isUnsized || dictionary >= 4096;
  return isUsual && isLzmaDictionary(dictionary) && (isUnsized || size < 1n << 38n);
}

function isLzmaDictionary(size: number): boolean {
  const isPower = (size & (size - 1)) === 0;
  const half = size / 3;
  return isPower || size === 0xffffffff || (Number.isInteger(half) && (half & (half - 1)) === 0);
}

const PROGRAM_MAGICS = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe0000000'];

/** ELF, Mach-O or a Windows program (an MZ header that leads to PE). */
export function isExecutable(source: ByteSource): boolean {
  const bytes = Buffer.from(source.read(0, 64));
  const hex = bytes.toString('hex', 0, 8);
  if (PROGRAM_MAGICS.some((magic) => hex.startsWith(magic))) return true;
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  return Buffer.from(source.read(bytes.readUInt32LE(60), 4)).toString('latin1') === 'PE\0\0';
}

/** Compiled Python: a version number, then carriage return and line feed, then small flags. */
export function isPyc(head: Uint8Array): boolean {
  return (
    head.length >= 16 &&
    head[2] === 0x0d &&
    head[3] === 0x0a &&
    head[1]! >= 0x0c &&
    head[1]! <= 0x10 &&
    head[5] === 0 &&
    head[6] === 0
  );
}

export function isLfsPointer(head: Uint8Array): boolean {
  return Buffer.from(head).toString('latin1').startsWith('version https://git-lfs.github.com/spec/v1\n');
}
