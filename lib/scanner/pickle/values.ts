/**
 * Abstract values of the pickle machine, packed into one double each so that the stack and the memo of a
 * 200 MB pickle fit in typed arrays:
 *   below 0        an object of the object table (a global, a call's result), index -(value) - 1
 *   0 … 63         a constant or a container whose items are not kept, only what kinds they were
 *   64 … 2^50      a literal; the number minus 64 is the offset of its opcode, it is decoded on demand
 *   2^50 and up    a tuple whose items the machine still remembers, with the same kind bits
 */
export type Value = number;

/** What a container holds. */
export const HOLDS_LITERAL = 1;
export const HOLDS_REFERENCE = 2;
/** The result of a callable that nobody vouches for. */
export const HOLDS_TAINT = 4;

export const NONE: Value = 0;
export const BOOL: Value = 1;
/** What `persistent_load` answers; the program that unpickles decides it, not the stream. */
export const PERSISTENT: Value = 2;
/** A literal whose content was given up because a limit was reached. */
export const LOST_LITERAL: Value = 3;

const CONTAINER_BASE = 8;
export type ContainerType = 'tuple' | 'list' | 'dict' | 'set';
const CONTAINER_TYPES: readonly ContainerType[] = ['tuple', 'list', 'dict', 'set', 'dict'];

export const EMPTY_TUPLE: Value = CONTAINER_BASE;
export const LIST: Value = CONTAINER_BASE + 8;
export const DICT: Value = CONTAINER_BASE + 16;
export const SET: Value = CONTAINER_BASE + 24;
/** A dictionary to which there is a second way: what is put into it through one shows through the other. */
const SHARED_DICT: Value = CONTAINER_BASE + 32;
const CONTAINER_END = CONTAINER_BASE + 40;

export const LITERAL_BASE = 64;
const TUPLE_BASE = 2 ** 50;

export const isObject = (value: Value): boolean => value < 0;
export const isLiteral = (value: Value): boolean => value >= LITERAL_BASE && value < TUPLE_BASE;
export const isKeptTuple = (value: Value): boolean => value >= TUPLE_BASE;
export const isContainer = (value: Value): boolean => value >= CONTAINER_BASE && value < CONTAINER_END;

export const objectValue = (index: number): Value => -index - 1;
export const objectIndex = (value: Value): number => -value - 1;
export const literalOffset = (value: Value): number => value - LITERAL_BASE;

export const keptTuple = (sequence: number, holds: number): Value => TUPLE_BASE + sequence * 8 + holds;
export const tupleSequence = (value: Value): number => Math.floor((value - TUPLE_BASE) / 8);

/** The container kind bits of a kept tuple or container; 0 for every other value. */
export function containerHolds(value: Value): number {
  if (value >= TUPLE_BASE) return (value - TUPLE_BASE) % 8;
  return isContainer(value) ? (value - CONTAINER_BASE) % 8 : 0;
}

/** `container` after values of the kinds `holds` were put into it; other values stay as they are. */
export function withHolds(container: Value, holds: number): Value {
  if (!isContainer(container)) return container;
  return container - ((container - CONTAINER_BASE) % 8) + (containerHolds(container) | holds);
}

/** A tuple whose items are not known any more; constants count as literals, so that it never looks empty. */
export const forgottenTuple = (holds: number): Value => EMPTY_TUPLE + (holds || HOLDS_LITERAL);

/** The form a value takes in the memo: later changes to a memoised container cannot be seen, so it may hold literals. */
export function memoForm(value: Value): Value {
  if (value >= TUPLE_BASE) return forgottenTuple(containerHolds(value));
  if (!isContainer(value) || value < LIST) return value;
  return withHolds(sharedForm(value), HOLDS_LITERAL);
}

export const isSharedDict = (value: Value): boolean => value >= SHARED_DICT && value < CONTAINER_END;

/** The form of a container of which there are two. */
export function sharedForm(value: Value): Value {
  return containerType(value) === 'dict' ? SHARED_DICT + containerHolds(value) : value;
}

/** `undefined` for anything that is not a container. */
export function containerType(value: Value): ContainerType | undefined {
  if (value >= TUPLE_BASE) return 'tuple';
  return isContainer(value) ? CONTAINER_TYPES[(value - CONTAINER_BASE) >> 3] : undefined;
}
