import { readInteger } from './literal';
import type { PickleMachine } from './machine';
import type { Built, Call, CallVerdict } from './observer';
import { EMPTY_TUPLE, isLiteral, literalOffset, type Value } from './values';

/**
 * joblib writes an array's bytes into the middle of the pickle, behind the BUILD of its NumpyArrayWrapper, and its
 * unpickler reads them there. Source: joblib/numpy_pickle.py, NumpyArrayWrapper.read_array.
 */
const WRAPPER = 'joblib.numpy_pickle.NumpyArrayWrapper()';

/** Arrays of objects are written as a pickle of their own in the middle of the stream. */
const OBJECT_TYPE = 'O';

/** `numpy.dtype('f8', …)`: remembers the element type, for the arrays that use it. */
export function noteElementType(machine: PickleMachine, call: Call): CallVerdict {
  const [first] = call.args ?? [];
  const note = first === undefined ? undefined : machine.textOf(first);
  return note !== undefined && /^[<>|=]?[a-zA-Z]\d{0,9}$/.test(note)
    ? { trust: 'allowed', note }
    : { trust: 'allowed' };
}

/** Where the stream goes on behind an inline array; undefined when BUILD is followed by opcodes as usual. */
export function inlineArrayEnd(machine: PickleMachine, { target, state }: Built): number | undefined {
  if (target?.label !== WRAPPER) return undefined;
  const fields = new Map<string, Value>();
  for (let index = 0; index + 1 < state.length; index += 2) {
    const key = machine.textOf(state[index]!);
    if (key !== undefined) fields.set(key, state[index + 1]!);
  }
  const { position } = machine.reader;
  if (isObjectType(machine, fields.get('dtype'))) return machine.runInner(position);
  const width = elementWidth(machine, fields.get('dtype'));
  const count = elementCount(machine, fields.get('shape'));
  if (width === undefined || count === undefined) {
    // Joblib's writer states both plainly right before the array, but its reader takes more: a length as text, a type by
    // another name. To read on at a guessed place would hide what follows.
    machine.fail('exhausted', 'the size of an array is not stated plainly');
    return undefined;
  }
  const padding = fields.has('numpy_array_alignment_bytes') ? 1 + (machine.source.read(position, 1)[0] ?? 0) : 0;
  const end = position + padding + width * count;
  return end <= machine.source.size ? end : undefined;
}

function isObjectType(machine: PickleMachine, dtype: Value | undefined): boolean {
  const note = dtype === undefined ? undefined : machine.references.get(dtype)?.note;
  return note?.replace(/^[<>|=]/, '').startsWith(OBJECT_TYPE) ?? false;
}

function elementWidth(machine: PickleMachine, dtype: Value | undefined): number | undefined {
  const note = dtype === undefined ? undefined : machine.references.get(dtype)?.note;
  const match = /^[<>|=]?([a-zA-Z])(\d*)$/.exec(note ?? '');
  if (match === null) return undefined;
  const size = match[2] === '' ? 1 : Number(match[2]);
  return match[1] === 'U' ? size * 4 : size;
}

function elementCount(machine: PickleMachine, shape: Value | undefined): number | undefined {
  if (shape === undefined) return undefined;
  // A shape without dimensions is the empty tuple: one element.
  if (shape === EMPTY_TUPLE) return 1;
  const lengths = machine.itemsOf(shape);
  if (lengths === undefined) return undefined;
  let count = 1;
  for (const value of lengths) {
    const length = isLiteral(value) ? readInteger(machine.source, literalOffset(value)) : undefined;
    if (length === undefined || length < 0) return undefined;
    count *= length;
  }
  return count;
}
