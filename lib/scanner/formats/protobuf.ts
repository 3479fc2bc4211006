import type { ByteSource } from '../byte-source';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const GROUP_START = 3;
const GROUP_END = 4;
const FIXED32 = 5;
const MAX_TEXT = 1 << 16;
const WINDOW = 1 << 12;
/** Tag and length of one field: two varints of at most ten bytes. */
const MAX_PREFIX = 20;
/** The depth at which the parsers of protobuf give up. */
const MAX_GROUPS = 100;

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
 * field answered has wire type -1 when the bytes are no message. What lies in groups is passed over: no model has any,
 * but parsers accept them as fields they do not know. There is no limit to the fields, so the caller watches the time.
 */
export function* walkMessage(source: ByteSource, start: number, end: number): Generator<ProtoField> {
  const reader = new WireReader(source, end);
  const groups: number[] = [];
  for (let offset = start; offset < end;) {
    const field = reader.field(offset);
    if (field === undefined || field.start + field.length > end) {
      yield broken(offset);
      return;
    }
    offset = field.start + field.length;
    if (field.wire === GROUP_START) groups.push(field.number);
    else if (field.wire !== GROUP_END) {
      // A field of length 0 that is answered keeps a caller's clock running inside groups.
      yield groups.length === 0 ? field : { ...field, number: 0, wire: GROUP_START, length: 0 };
    } else if (groups.pop() !== field.number) {
      yield broken(offset);
      return;
    }
    if (groups.length > MAX_GROUPS) {
      yield broken(offset);
      return;
    }
  }
  if (groups.length > 0) yield broken(end);
}

export const isBroken = (field: ProtoField): boolean => field.wire === -1;

/** The content of a text field, at most 64 KiB. */
export function fieldText(source: ByteSource, field: ProtoField): string {
  return Buffer.from(source.read(field.start, Math.min(field.length, MAX_TEXT))).toString('utf8');
}

/** Reads tags and lengths out of a small window, since a file is asked for each of them otherwise. */
class WireReader {
  private window: Uint8Array = new Uint8Array(0);
  private base = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly end: number,
  ) {}

  /** Undefined when no field begins at `offset`. */
  field(offset: number): ProtoField | undefined {
    const tag = this.varint(offset);
    const number = Math.floor((tag?.value ?? 0) / 8);
    if (tag === undefined || number === 0) return undefined;
    const wire = tag.value % 8;
    const start = offset + tag.length;
    if (wire === FIXED64) return { number, wire, value: 0, start, length: 8 };
    if (wire === FIXED32) return { number, wire, value: 0, start, length: 4 };
    if (wire === GROUP_START || wire === GROUP_END) return { number, wire, value: 0, start, length: 0 };
    const varint = wire === VARINT || wire === LENGTH ? this.varint(start) : undefined;
    if (varint === undefined) return undefined;
    if (wire === VARINT) return { number, wire, value: varint.value, start, length: varint.length };
    return { number, wire, value: 0, start: start + varint.length, length: varint.value };
  }

  private varint(offset: number): { value: number; length: number } | undefined {
    this.fill(offset);
    let value = 0;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.window[offset - this.base + index];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, length: index + 1 };
    }
    return undefined;
  }

  private fill(offset: number): void {
    const from = offset - this.base;
    if (from >= 0 && from + MAX_PREFIX <= this.window.length) return;
    if (from >= 0 && from < this.window.length && this.base + this.window.length >= this.end) return;
    this.window = this.source.read(offset, Math.min(WINDOW, this.end - offset));
    this.base = offset;
  }
}

const broken = (offset: number): ProtoField => ({ number: 0, wire: -1, value: 0, start: offset, length: 0 });
