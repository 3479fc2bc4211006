import { readInteger } from './literal';
import type { PickleMachine } from './machine';
import type { Call } from './observer';
import { isLiteral, literalOffset, NONE, type Value } from './values';

/** The type of an array's elements, as far as it decides how many bytes the array has in the file. */
export interface ElementType {
  /** numpy's letter for the kind, for example `f`, `U` or `V`. */
  readonly kind: string;
  /** Bytes of one element. */
  readonly width: number;
  /** Elements are Python objects: a pickle of its own stands where the bytes would. */
  readonly hasObjects: boolean;
}

/** A kind and its bytes, as `dtype.__reduce__` writes it; other spellings are read too, but not by their letters. */
const PLAIN_TYPE = /^[<>|=]?([biufcmMOSUV])(\d{1,8})$/;
/** Kinds whose width is part of the type; others are what they are called. */
const FLEXIBLE = 'SUV';
const UNICODE_WIDTH = 4;
/** NPY_ITEM_HASOBJECT. */
const HAS_OBJECTS = 1;
const STATED_BY_NAME = -1;

/** What `numpy.dtype(…)` answers; undefined when its argument does not say so plainly. */
export function typeOfCall(machine: PickleMachine, { args }: Call): ElementType | undefined {
  const [first] = args ?? [];
  const name = first === undefined ? '' : (machine.textOf(first) ?? '');
  if (name === 'O') return { kind: 'O', width: 8, hasObjects: true };
  const match = PLAIN_TYPE.exec(name);
  if (match === null) return undefined;
  const [, kind = '', digits] = match;
  return { kind, width: Number(digits) * (kind === 'U' ? UNICODE_WIDTH : 1), hasObjects: kind === 'O' };
}

/**
 * The type after BUILD has called `dtype.__setstate__` with (version, order, base, names, fields, width, alignment,
 * flags, …), which may make another type of it. Undefined unless the state is one that numpy itself writes.
 * Source: numpy/core/src/multiarray/descriptor.c, arraydescr_setstate.
 */
export function rebuiltType(
  machine: PickleMachine,
  type: ElementType | undefined,
  state: Value,
): ElementType | undefined {
  const items = machine.itemsOf(state);
  if (type === undefined || items === undefined || items.length < 8) return undefined;
  const version = integerOf(machine, items[0]);
  const width = integerOf(machine, items[5]);
  const flags = integerOf(machine, items[7]);
  if ((version !== 3 && version !== 4) || flags === undefined || flags < 0) return undefined;
  const hasObjects = (flags & HAS_OBJECTS) !== 0;
  if (width !== (FLEXIBLE.includes(type.kind) ? type.width : STATED_BY_NAME)) return undefined;
  if (type.kind === 'V') return { ...type, hasObjects };
  const isPlain = items.slice(2, 5).every((item) => item === NONE) && hasObjects === type.hasObjects;
  return isPlain ? type : undefined;
}

/** The value of a plainly written integer; undefined for everything else. */
export function integerOf(machine: PickleMachine, value: Value | undefined): number | undefined {
  return value !== undefined && isLiteral(value) ? readInteger(machine.source, literalOffset(value)) : undefined;
}
