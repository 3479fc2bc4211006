/**
 * The pickle opcodes of protocols 0 to 5, by their byte.
 * Source: CPython Lib/pickletools.py and Modules/_pickle.c, version 3.14.
 */
export const OP = {
  MARK: 0x28,
  EMPTY_TUPLE: 0x29,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  DUP: 0x32,
  FLOAT: 0x46,
  INT: 0x49,
  BININT: 0x4a,
  BININT1: 0x4b,
  LONG: 0x4c,
  BININT2: 0x4d,
  NONE: 0x4e,
  PERSID: 0x50,
  BINPERSID: 0x51,
  REDUCE: 0x52,
  STRING: 0x53,
  BINSTRING: 0x54,
  SHORT_BINSTRING: 0x55,
  UNICODE: 0x56,
  BINUNICODE: 0x58,
  EMPTY_LIST: 0x5d,
  APPEND: 0x61,
  BUILD: 0x62,
  GLOBAL: 0x63,
  DICT: 0x64,
  APPENDS: 0x65,
  GET: 0x67,
  BINGET: 0x68,
  INST: 0x69,
  LONG_BINGET: 0x6a,
  LIST: 0x6c,
  OBJ: 0x6f,
  PUT: 0x70,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  SETITEMS: 0x75,
  EMPTY_DICT: 0x7d,
  BINFLOAT: 0x47,
  BINBYTES: 0x42,
  SHORT_BINBYTES: 0x43,
  PROTO: 0x80,
  NEWOBJ: 0x81,
  EXT1: 0x82,
  EXT2: 0x83,
  EXT4: 0x84,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  BINBYTES8: 0x8e,
  EMPTY_SET: 0x8f,
  ADDITEMS: 0x90,
  FROZENSET: 0x91,
  NEWOBJ_EX: 0x92,
  STACK_GLOBAL: 0x93,
  MEMOIZE: 0x94,
  FRAME: 0x95,
  BYTEARRAY8: 0x96,
  NEXT_BUFFER: 0x97,
  READONLY_BUFFER: 0x98,
} as const;

/** The newest protocol CPython 3.14 reads. */
export const HIGHEST_PROTOCOL = 5;

export interface CountedShape {
  /** Bytes of the little-endian length. */
  width: 1 | 4 | 8;
  signed: boolean;
  type: 'text' | 'bytes' | 'number';
}

/** Counted literals. Bytes are read by `_Unpickler_ReadInto`, the others by `_Unpickler_Read`: see PickleReader.skip. */
export const COUNTED: ReadonlyMap<number, CountedShape> = new Map<number, CountedShape>([
  [OP.SHORT_BINUNICODE, { width: 1, signed: false, type: 'text' }],
  [OP.BINUNICODE, { width: 4, signed: false, type: 'text' }],
  [OP.BINUNICODE8, { width: 8, signed: false, type: 'text' }],
  [OP.SHORT_BINSTRING, { width: 1, signed: false, type: 'text' }],
  [OP.BINSTRING, { width: 4, signed: true, type: 'text' }],
  [OP.SHORT_BINBYTES, { width: 1, signed: false, type: 'bytes' }],
  [OP.BINBYTES, { width: 4, signed: false, type: 'bytes' }],
  [OP.BINBYTES8, { width: 8, signed: false, type: 'bytes' }],
  [OP.BYTEARRAY8, { width: 8, signed: false, type: 'bytes' }],
  [OP.LONG1, { width: 1, signed: false, type: 'number' }],
  [OP.LONG4, { width: 4, signed: true, type: 'number' }],
]);

/** Widths of the arguments of fixed literals. */
export const FIXED: ReadonlyMap<number, number> = new Map([
  [OP.BININT, 4],
  [OP.BININT1, 1],
  [OP.BININT2, 2],
  [OP.BINFLOAT, 8],
]);

export const LINES: ReadonlySet<number> = new Set([OP.INT, OP.LONG, OP.FLOAT, OP.STRING, OP.UNICODE]);
