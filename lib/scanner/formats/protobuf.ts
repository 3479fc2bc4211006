import type { ByteSource } from '../byte-source';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;
const MAX_TEXT = 1 << 16;
/** Messages with more fields are not models; a graph has one for each node. */
const MAX_FIELDS = 1 << 20;

/** One field of a message: where its content lies, or its number. */
export interface ProtoField {
  number: number;
  wire: number;
  /** The value of a varint, 0 otherwise. */
  value: number;
  start: number;
  length: number;
}

/**
 * Walks the fields of the message that fills `start` to `end`, without a schema and without loading contents. The last
 * field answered has wire type -1 when the bytes are no message.
 */
export function* walkMessage(source: ByteSource, start: number, end: number): Generator<ProtoField> {
  let count = 0;
  for (let offset = start; offset < end; count += 1) {
    if (count === MAX_FIELDS) {
      yield broken(offset);
      return;
    }
    const tag = readVarint(source, offset);
    const number = Math.floor((tag?.value ?? 0) / 8);
    if (tag === undefined || number === 0) {
      yield broken(offset);
      return;
    }
    const wire = tag.value % 8;
    const at = offset + tag.length;
    const field = readField(source, number, wire, at);
    if (field === undefined || field.start + field.length > end) {
      yield broken(offset);
      return;
    }
    yield field;
    offset = field.start + field.length;
  }
}

export const isBroken = (field: ProtoField): boolean => field.wire === -1;

/** The content of a text field, at most 64 KiB. */
export function fieldText(source: ByteSource, field: ProtoField): string {
  return Buffer.from(source.read(field.start, Math.min(field.length, MAX_TEXT))).toString('utf8');
}

function readField(source: ByteSource, number: number, wire: number, at: number): ProtoField | undefined {
  if (wire === FIXED64) return { number, wire, value: 0, start: at, length: 8 };
  if (wire === FIXED32) return { number, wire, value: 0, start: at, length: 4 };
  const varint = wire === VARINT || wire === LENGTH ? readVarint(source, at) : undefined;
  if (varint === undefined) return undefined;
  if (wire === VARINT) return { number, wire, value: varint.value, start: at, length: varint.length };
  return { number, wire, value: 0, start: at + varint.length, length: varint.value };
}

function readVarint(source: ByteSource, offset: number): { value: number; length: number } | undefined {
  const bytes = source.read(offset, 10);
  let value = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    value += (bytes[index]! & 0x7f) * 2 ** (7 * index);
    if (bytes[index]! < 0x80) return { value, length: index + 1 };
  }
  return undefined;
}

const broken = (offset: number): ProtoField => ({ number: 0, wire: -1, value: 0, start: offset, length: 0 });
