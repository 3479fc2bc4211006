/** The compact protocol of Apache Thrift, read without a schema: structures become maps from field number to value. */
export type ThriftValue = number | boolean | Uint8Array | ThriftValue[] | ThriftStruct;
export type ThriftStruct = Map<number, ThriftValue>;

const MAX_DEPTH = 24;
const MAX_ITEMS = 1 << 20;

export class ThriftError extends Error {}

/** Reads one structure from `offset`; answers it and where it ends. Throws ThriftError for anything malformed. */
export function readThriftStruct(bytes: Uint8Array, offset = 0): { value: ThriftStruct; end: number } {
  const cursor = { bytes, at: offset };
  const value = readStruct(cursor, 0);
  return { value, end: cursor.at };
}

interface Cursor {
  bytes: Uint8Array;
  at: number;
}

function readStruct(cursor: Cursor, depth: number): ThriftStruct {
  if (depth > MAX_DEPTH) throw new ThriftError('structures lie too deep');
  const struct: ThriftStruct = new Map();
  let field = 0;
  for (let head = readByte(cursor); head !== 0; head = readByte(cursor)) {
    const delta = head >> 4;
    field = delta === 0 ? readZigZag(cursor) : field + delta;
    struct.set(field, readValue(cursor, head & 0x0f, depth, true));
  }
  return struct;
}

function readValue(cursor: Cursor, type: number, depth: number, isField: boolean): ThriftValue {
  switch (type) {
    case 1:
    case 2:
      // A field carries its truth in its type, an item of a list in a byte.
      return isField ? type === 1 : readByte(cursor) === 1;
    case 3:
      return readByte(cursor);
    case 4:
    case 5:
    case 6:
      return readZigZag(cursor);
    case 7:
      return Buffer.from(take(cursor, 8)).readDoubleLE(0);
    case 8:
      return take(cursor, readVarint(cursor));
    case 9:
    case 10:
      return readList(cursor, depth);
    case 12:
      return readStruct(cursor, depth + 1);
    default:
      throw new ThriftError(`type ${type} is not known`);
  }
}

function readList(cursor: Cursor, depth: number): ThriftValue[] {
  const head = readByte(cursor);
  const count = head >> 4 === 15 ? readVarint(cursor) : head >> 4;
  if (count > MAX_ITEMS || depth > MAX_DEPTH) throw new ThriftError('a list is too long');
  return Array.from({ length: count }, () => readValue(cursor, head & 0x0f, depth + 1, false));
}

function readByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw new ThriftError('it is cut off');
  cursor.at += 1;
  return byte;
}

function take(cursor: Cursor, length: number): Uint8Array {
  if (cursor.at + length > cursor.bytes.length) throw new ThriftError('it is cut off');
  cursor.at += length;
  return cursor.bytes.subarray(cursor.at - length, cursor.at);
}

function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 10; shift += 1) {
    const byte = readByte(cursor);
    value += (byte & 0x7f) * 2 ** (7 * shift);
    if (byte < 0x80) return value;
  }
  throw new ThriftError('a number is too long');
}

function readZigZag(cursor: Cursor): number {
  const value = readVarint(cursor);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
