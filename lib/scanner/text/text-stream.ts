import type { ByteSource } from '../byte-source';

const BLOCK = 1 << 20;
const PROBE = 1 << 13;
/** Tab, line feed, form feed, carriage return and escape. */
const ALLOWED_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

export interface TextBlock {
  text: string;
  /** 1-based line of the block's first character. */
  line: number;
  isFirst: boolean;
}

/** True for UTF-8 or UTF-16 text: no NUL, no control characters, no broken sequences at the beginning. */
export function isText(source: ByteSource): boolean {
  const head = Buffer.from(source.read(0, PROBE));
  if (head.length === 0) return false;
  if (utf16Encoding(head) !== undefined) return true;
  for (let at = 0; at < head.length; at += 1) if (head[at]! < 0x20 && !ALLOWED_CONTROLS.has(head[at]!)) return false;
  // The last character may be cut; a broken one earlier means another encoding or no text.
  const broken = head.toString('utf8').slice(0, -4).split('\uFFFD').length - 1;
  return broken <= head.length / 100;
}

/** Hands out a text in blocks of about a megabyte that end at line ends where there are any. */
export function* textBlocks(source: ByteSource): Generator<TextBlock> {
  const encoding = utf16Encoding(Buffer.from(source.read(0, 2))) ?? 'utf8';
  let offset = 0;
  let line = 1;
  while (offset < source.size) {
    const bytes = Buffer.from(source.read(offset, BLOCK));
    const isLast = offset + bytes.length >= source.size;
    const end = isLast ? bytes.length : blockEnd(bytes, encoding);
    const text = bytes.toString(encoding, 0, end);
    yield { text, line, isFirst: offset === 0 };
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1;
    offset += end;
  }
}

function blockEnd(bytes: Buffer, encoding: 'utf8' | 'utf16le'): number {
  if (encoding === 'utf16le') return bytes.length - (bytes.length % 2);
  const lineEnd = bytes.lastIndexOf(0x0a);
  if (lineEnd > 0) return lineEnd + 1;
  let end = bytes.length;
  while (end > bytes.length - 4 && (bytes[end - 1]! & 0xc0) === 0x80) end -= 1;
  return end - 1 > 0 ? end - 1 : bytes.length;
}

const utf16Encoding = (head: Buffer): 'utf16le' | undefined =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : undefined;
