import type { ByteSource } from '../byte-source';

const BLOCK = 1 << 12;
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BRACKETS = new Set([0x7b, 0x5b]);
/** What Python's reader takes for numbers though the standard has no such thing. */
const NON_FINITE = /-?\b(?:NaN|Infinity)\b/g;

type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf32le' | 'utf32be';

/** True when the first bytes that say something, in any of the encodings of JSON, open an object or an array. */
export function opensJson(source: ByteSource): boolean {
  let zeros = 0;
  for (let offset = 0; offset < source.size; offset += BLOCK) {
    const block = source.read(offset, BLOCK);
    for (const [at, byte] of block.entries()) {
      zeros = byte === 0 ? zeros + 1 : 0;
      // No encoding has more of them in a row.
      if (zeros > 3) return false;
      if (byte === 0 || BLANKS.has(byte)) continue;
      if (offset === 0 && at < 4 && (byte === 0xef || byte === 0xbb || byte >= 0xfe || byte === 0xbf)) continue;
      return BRACKETS.has(byte);
    }
  }
  return false;
}

/** True for a JSON document of at most `limit` bytes, also where its bytes do not look like text. */
export const isJson = (source: ByteSource, limit: number): boolean =>
  source.size <= limit && opensJson(source) && readJson(source.read(0, source.size)) !== undefined;

/** The value of a JSON document as Python's `json.loads` sees it; undefined when that would refuse it. */
export function readJson(bytes: Uint8Array): { value: unknown } | undefined {
  return parseJson(decodeJson(bytes));
}

/** Like `JSON.parse`, but NaN, Infinity and -Infinity count as null; undefined for what is no JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // Perhaps only by the standard; below it is read as Python does.
  }
  if (!/NaN|Infinity/.test(text)) return undefined;
  try {
    return { value: JSON.parse(withoutNonFinite(text)) as unknown };
  } catch {
    // JSON lines, JSON with comments, or text that begins with a bracket: the caller decides what that means.
    return undefined;
  }
}

/** Text of a JSON document in UTF-8, UTF-16 or UTF-32, which is told by its marks and zero bytes. */
export function decodeJson(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const buffer = Buffer.from(bytes);
  return decode(buffer, encoding).replace(/^\uFEFF/, '');
}

/** Source: `json.detect_encoding` of Python 3. */
function encodingOf(bytes: Uint8Array): Encoding {
  const [a = -1, b = -1, c = -1, d = -1] = bytes;
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf32be';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf32le' : 'utf16le';
  if (a === 0xfe && b === 0xff) return 'utf16be';
  if (bytes.length >= 4) {
    if (a === 0) return b === 0 ? 'utf32be' : 'utf16be';
    if (b === 0) return c === 0 && d === 0 ? 'utf32le' : 'utf16le';
    return 'utf8';
  }
  if (bytes.length !== 2) return 'utf8';
  if (a === 0) return 'utf16be';
  return b === 0 ? 'utf16le' : 'utf8';
}

function decode(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf8' || encoding === 'utf16le') return bytes.toString(encoding);
  const width = encoding === 'utf16be' ? 2 : 4;
  const whole = bytes.subarray(0, bytes.length - (bytes.length % width));
  // A copy, since swapping happens in place and the bytes may be the source's own.
  if (width === 2) return Buffer.from(whole).swap16().toString('utf16le');
  const points: string[] = [];
  for (let at = 0; at < whole.length; at += 4) {
    const point = encoding === 'utf32be' ? whole.readUInt32BE(at) : whole.readUInt32LE(at);
    points.push(point > 0x10ffff ? '\uFFFD' : String.fromCodePoint(point));
  }
  return points.join('');
}

function withoutNonFinite(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const start = quote < 0 ? text.length : quote;
    const end = quote < 0 ? text.length : endOfString(text, quote) + 1;
    parts.push(text.slice(at, start).replaceAll(NON_FINITE, 'null'), text.slice(start, end));
    at = end;
  }
  return parts.join('');
}

/** Where the quote stands that closes the string which opens at `start`; the text's length when none does. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
