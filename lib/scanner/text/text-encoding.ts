export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf32le' | 'utf32be';

/** Byte order marks, the longer ones first: that of UTF-32 begins like that of UTF-16. */
const MARKS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf32le', [0xff, 0xfe, 0, 0]],
  ['utf32be', [0, 0, 0xfe, 0xff]],
  ['utf16le', [0xff, 0xfe]],
  ['utf16be', [0xfe, 0xff]],
  ['utf8', [0xef, 0xbb, 0xbf]],
];

/** Without a mark, Latin text shows where its zeros stand: `true` for every byte of a unit that is zero. */
const ZEROS: readonly (readonly [TextEncoding, readonly boolean[]])[] = [
  ['utf32le', [false, true, true, true]],
  ['utf32be', [true, true, true, false]],
  ['utf16le', [false, true]],
  ['utf16be', [true, false]],
];
const MIN_UNITS = 4;
/** Share of the units that must look so; the rest may be letters of other scripts. */
const MIN_SHARE = 0.8;

/** The encoding that a mark or the pattern of zeros tells (RFC 4627, section 3, says the latter); UTF-8 otherwise. */
export function encodingOf(head: Uint8Array): TextEncoding {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => head[index] === byte));
  return marked?.[0] ?? ZEROS.find(([, pattern]) => hasZerosAt(head, pattern))?.[0] ?? 'utf8';
}

/** Bytes of one unit. */
const unitOf = (encoding: TextEncoding): 1 | 2 | 4 => (encoding === 'utf8' ? 1 : encoding.startsWith('utf16') ? 2 : 4);

/** Decodes whole units; a byte order mark is left out. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  return toText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding).replace(/^\uFEFF/, '');
}

/** Where the last line of the bytes begins, or where its last whole unit ends when there is just one line. */
export function lastLineStart(bytes: Uint8Array, encoding: TextEncoding): number {
  const unit = unitOf(encoding);
  const end = bytes.length - (bytes.length % unit);
  for (let at = end - unit; at > 0; at -= unit) if (isLineFeed(bytes, at, encoding)) return at + unit;
  if (encoding !== 'utf8') return end > 0 ? end : bytes.length;
  let cut = bytes.length;
  while (cut > bytes.length - 4 && (bytes[cut - 1]! & 0xc0) === 0x80) cut -= 1;
  return cut - 1 > 0 ? cut - 1 : bytes.length;
}

function isLineFeed(bytes: Uint8Array, at: number, encoding: TextEncoding): boolean {
  const unit = unitOf(encoding);
  const low = encoding.endsWith('be') ? at + unit - 1 : at;
  if (bytes[low] !== 0x0a) return false;
  for (let index = at; index < at + unit; index += 1) if (index !== low && bytes[index] !== 0) return false;
  return true;
}

function hasZerosAt(head: Uint8Array, pattern: readonly boolean[]): boolean {
  const units = Math.floor(head.length / pattern.length);
  if (units < MIN_UNITS) return false;
  let matching = 0;
  for (let unit = 0; unit < units; unit += 1) {
    const start = unit * pattern.length;
    if (pattern.every((isZero, index) => (head[start + index] === 0) === isZero)) matching += 1;
  }
  return matching >= units * MIN_SHARE;
}

function toText(bytes: Buffer, encoding: TextEncoding): string {
  switch (encoding) {
    case 'utf8':
      return bytes.toString('utf8');
    case 'utf16le':
      return bytes.toString('utf16le');
    case 'utf16be':
      return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
        .swap16()
        .toString('utf16le');
    default:
      return decodeUtf32(bytes, encoding === 'utf32le');
  }
}

function decodeUtf32(bytes: Buffer, isLittle: boolean): string {
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');
  }
  return parts.join('');
}
