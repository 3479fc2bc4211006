import { COUNTED, FIXED, LINES, OP } from './opcodes';
import { BOOL, DICT, EMPTY_TUPLE, LIST, NONE, SET } from './values';

/** How the machine's loop treats an opcode without asking a handler; 0 = by its handler. */
export const FIXED_LITERAL = 1;
export const COUNTED_LITERAL = 2;
export const LINE_LITERAL = 3;
export const CONSTANT = 4;
export const MEMOIZE = 5;

export const SHAPES = new Uint8Array(256);
export const WIDTHS = new Uint8Array(256);
export const CONSTANTS = new Uint8Array(256);
export const IS_SIGNED = new Uint8Array(256);
export const IS_BYTES = new Uint8Array(256);
for (const [opcode, width] of FIXED) [SHAPES[opcode], WIDTHS[opcode]] = [FIXED_LITERAL, width];
for (const [opcode, { width, signed, type }] of COUNTED) {
  [SHAPES[opcode], WIDTHS[opcode]] = [COUNTED_LITERAL, width];
  [IS_SIGNED[opcode], IS_BYTES[opcode]] = [Number(signed), Number(type === 'bytes')];
}
for (const opcode of LINES) SHAPES[opcode] = LINE_LITERAL;
for (const [opcode, value] of [
  [OP.NONE, NONE],
  [OP.NEWTRUE, BOOL],
  [OP.NEWFALSE, BOOL],
  [OP.EMPTY_TUPLE, EMPTY_TUPLE],
  [OP.EMPTY_LIST, LIST],
  [OP.EMPTY_DICT, DICT],
  [OP.EMPTY_SET, SET],
] as const) {
  [SHAPES[opcode], CONSTANTS[opcode]] = [CONSTANT, value];
}
SHAPES[OP.MEMOIZE] = MEMOIZE;
