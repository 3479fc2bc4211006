export type Compression = 'gzip' | 'zlib' | 'bzip2' | 'xz' | 'lzma' | 'lz4' | 'zstd' | '7z';

const MAGICS: readonly (readonly [Compression, string])[] = [
  ['gzip', '1f8b08'],
  ['bzip2', '425a68'],
  ['xz', 'fd377a585a00'],
  ['lz4', '04224d18'],
  ['zstd', '28b52ffd'],
  ['7z', '377abcaf271c'],
];

/** Which compression the first bytes announce; undefined for none. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  const bytes = Buffer.from(head.subarray(0, 18));
  const hex = bytes.toString('hex');
  const found = MAGICS.find(([, magic]) => hex.startsWith(magic))?.[0];
  if (found !== undefined) return found === 'bzip2' && !hex.startsWith('314159265359', 8) ? undefined : found;
  // zlib has no magic, only a header that 31 divides; joblib writes it.
  if (bytes.length > 6 && bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0 && (bytes[1]! & 0x20) === 0)
    return 'zlib';
  return isLzmaAlone(bytes) ? 'lzma' : undefined;
}

/** Properties 0x5d, a dictionary that is a power of two, and a believable or unknown size. */
function isLzmaAlone(bytes: Buffer): boolean {
  if (bytes.length < 14 || bytes[0] !== 0x5d || bytes[13] !== 0) return false;
  const dictionary = bytes.readUInt32LE(1);
  const size = bytes.readBigUInt64LE(5);
  const isPower = dictionary >= 4096 && (dictionary & (dictionary - 1)) === 0;
  return isPower && (size === 0xffffffffffffffffn || size < 1n << 40n);
}

const PROGRAM_MAGICS = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe0000000'];

/** ELF, Mach-O or a Windows program (an MZ header that leads to PE). */
export function isExecutable(head: Uint8Array): boolean {
  const bytes = Buffer.from(head);
  const hex = bytes.subarray(0, 8).toString('hex');
  if (PROGRAM_MAGICS.some((magic) => hex.startsWith(magic))) return true;
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  const header = bytes.readUInt32LE(60);
  return header >= bytes.length - 4 || bytes.toString('latin1', header, header + 4) === 'PE\0\0';
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
