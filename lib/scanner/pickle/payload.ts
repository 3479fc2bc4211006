import { bufferSource, type ByteSource, sliceSource } from '../byte-source';
import { HIGHEST_PROTOCOL, OP } from './opcodes';

/** Encoded payloads longer than this are decoded only so far. */
const MAX_ENCODED = 1 << 24;
const HEAD = 128;

const FIRST_BYTES = new Uint8Array(256);
for (const byte of [OP.PROTO, 0x1f, 0x78, 0xc2, ...Buffer.from('PBgG8ci(}])')]) FIRST_BYTES[byte] = 1;

/** Base64 of 0x80 0x02 … 0x80 0x05, and of the same in hexadecimal. */
const BASE64_HEAD = /^gA[I-X][A-Za-z0-9+/_=-]{4}/;
const HEX_HEAD = /^800[2-5][0-9a-fA-F]{4}/;
/** GLOBAL or INST with its two lines, behind nothing but opcodes that may stand there. */
const TEXT_PICKLE = /^[(}\])NI\d\s.pVS'"\w]{0,40}?[ci][A-Za-z_][\w.]{0,60}\n[A-Za-z_][\w.]{0,60}\n/;
const ARCHIVE_HEADS = ['PK\x03\x04', '\x1f\x8b\x08', '\x78\x01', '\x78\x5e', '\x78\x9c', '\x78\xda', 'BZh9'];
const isArchiveHead = (text: string): boolean => ARCHIVE_HEADS.some((head) => text.startsWith(head));

/** A table look-up for the machine's inner loop. */
export function isPayloadByte(byte: number): boolean {
  return FIRST_BYTES[byte] === 1;
}

/** True when `length` bytes of `head` from `at` may begin a pickle or an archive, plain or encoded. */
export function isPayloadHead(head: Uint8Array, at: number, length: number): boolean {
  const first = head[at]!;
  const second = head[at + 1]!;
  if (first === OP.PROTO) return second <= HIGHEST_PROTOCOL;
  if (first === 0xc2) return second === OP.PROTO;
  if (!isPayloadByte(first)) return false;
  const text = Buffer.from(head.buffer, head.byteOffset + at, Math.min(length, HEAD)).toString('latin1');
  return BASE64_HEAD.test(text) || HEX_HEAD.test(text) || isArchiveHead(text) || TEXT_PICKLE.test(text);
}

/** The bytes a literal stands for once base64, hexadecimal or Latin-1 text is undone. */
export function payloadSource(source: ByteSource, start: number, length: number): ByteSource {
  const head = Buffer.from(source.read(start, Math.min(length, HEAD))).toString('latin1');
  const whole = (): Buffer => Buffer.from(source.read(start, Math.min(length, MAX_ENCODED)));
  if (BASE64_HEAD.test(head)) return bufferSource(Buffer.from(whole().toString('latin1'), 'base64'));
  if (HEX_HEAD.test(head)) return bufferSource(Buffer.from(whole().toString('latin1'), 'hex'));
  if (head.startsWith('\xc2\x80')) return bufferSource(Buffer.from(whole().toString('utf8'), 'latin1'));
  return sliceSource(source, start, length);
}

/** True for content that only an archive reader understands. */
export function isArchivePayload(source: ByteSource): boolean {
  return isArchiveHead(Buffer.from(source.read(0, 8)).toString('latin1'));
}
