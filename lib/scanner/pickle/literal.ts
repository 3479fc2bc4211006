import type { ByteSource } from '../byte-source';
import { COUNTED, FIXED, LINES, OP } from './opcodes';

/** Longer names cannot be imported, longer arguments need not be shown. */
const MAX_TEXT_BYTES = 1 << 16;

export type LiteralType = 'text' | 'bytes' | 'number';

/** Where content lies in the source. */
export interface Span {
  start: number;
  length: number;
}

export interface Literal extends Span {
  type: LiteralType;
}

/** Where a literal's content lies, from the offset of its opcode; `displaced` if its frame ended before it. */
export function locateLiteral(source: ByteSource, offset: number, displaced?: Span): Literal {
  const opcode = source.read(offset, 1)[0] ?? 0;
  const counted = COUNTED.get(opcode);
  if (counted !== undefined) {
    const start = offset + 1 + counted.width;
    const span = displaced ?? { start, length: readUnsigned(source.read(offset + 1, counted.width)) };
    return { type: counted.type, ...span };
  }
  const fixed = FIXED.get(opcode);
  if (fixed !== undefined) return { type: 'number', start: offset + 1, length: fixed };
  const start = displaced?.start ?? offset + 1;
  const line = source.read(start, MAX_TEXT_BYTES);
  const end = line.indexOf(0x0a);
  const type = opcode === OP.STRING || opcode === OP.UNICODE ? 'text' : 'number';
  return { type, start, length: LINES.has(opcode) && end >= 0 ? end : line.length };
}

/** The text a text or bytes literal stands for, as CPython decodes it, cut after 64 KiB; undefined for numbers. */
export function readText(source: ByteSource, offset: number, displaced?: Span): string | undefined {
  const { type, start, length } = locateLiteral(source, offset, displaced);
  if (type === 'number') return undefined;
  const bytes = source.read(start, Math.min(length, MAX_TEXT_BYTES));
  const opcode = source.read(offset, 1)[0];
  if (opcode === OP.STRING) return unquote(Buffer.from(bytes).toString('latin1'));
  if (opcode === OP.UNICODE) return unescapeRawUnicode(Buffer.from(bytes).toString('latin1'));
  const isUtf8 = opcode === OP.BINUNICODE || opcode === OP.SHORT_BINUNICODE || opcode === OP.BINUNICODE8;
  return Buffer.from(bytes).toString(isUtf8 ? 'utf8' : 'latin1');
}

/** Unpicklers disagree on other spellings: to the one in C a leading zero means octal. */
const PLAIN_INTEGER = /^(0[01]?|-?[1-9]\d*)L?$/;

/** The value of an integer literal; undefined for floats, texts, odd spellings and integers beyond 2^47 or so. */
export function readInteger(source: ByteSource, offset: number): number | undefined {
  const { type, start, length } = locateLiteral(source, offset);
  const opcode = source.read(offset, 1)[0];
  if (type !== 'number' || opcode === OP.BINFLOAT || opcode === OP.FLOAT) return undefined;
  const bytes = source.read(start, Math.min(length, 32));
  if (opcode === OP.INT || opcode === OP.LONG) {
    const value = Number(PLAIN_INTEGER.exec(Buffer.from(bytes).toString('latin1'))?.[1]);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  if (opcode === OP.BININT1 || opcode === OP.BININT2) return readUnsigned(bytes);
  if (length > 6) return undefined;
  return length === 0 ? 0 : Buffer.from(bytes).readIntLE(0, length);
}

/** Little-endian, unsigned; exact up to 2^53, beyond that only known to be large. */
export function readUnsigned(bytes: Uint8Array): number {
  let value = 0;
  for (let index = bytes.length - 1; index >= 0; index -= 1) value = value * 256 + bytes[index]!;
  return value;
}

/** Python's `int(text, 10)` as `PyLong_FromString` does it: up to a NUL, with blanks around and single underscores. */
export function parseMemoKey(line: string): number | undefined {
  const [text = ''] = line.split('\0');
  const digits = /^[\t\n\v\f\r ]*([+-]?\d+(?:_\d+)*)[\t\n\v\f\r ]*$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const value = Number(digits.replaceAll('_', ''));
  return value >= 0 && value < 2 ** 53 ? value : undefined;
}

function unquote(line: string): string | undefined {
  const quote = line[0];
  if (line.length < 2 || quote !== line.at(-1) || (quote !== "'" && quote !== '"')) return undefined;
  return unescapeBytes(line.slice(1, -1));
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
};

function unescapeBytes(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g, (whole, hex, octal, simple) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return SIMPLE_ESCAPES[simple] ?? whole;
  });
}

function unescapeRawUnicode(text: string): string {
  return text.replaceAll(/(\\+)(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g, (whole, slashes: string, short, long) => {
    if (slashes.length % 2 === 0) return whole;
    const code = Number.parseInt(short ?? long, 16);
    return code > 0x10ffff ? whole : slashes.slice(1) + String.fromCodePoint(code);
  });
}
