import type { ArgumentShape } from './allowed-names';
import { type ElementType, integerOf, rebuiltType, typeOfCall } from './joblib-types';
import type { PickleMachine } from './machine';
import { allowedShape, canonicalName } from './names';
import type { Reference } from './objects';
import type { Built, Call, CallVerdict } from './observer';
import { EMPTY_TUPLE, type Value } from './values';

const PLAIN_NAMES: ReadonlySet<string> = new Set([
  'joblib.numpy_pickle.NumpyArrayWrapper',
  'sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper',
]);
const OLD_NAME = /^(?:sklearn\.externals\.)?joblib\.numpy_pickle(?:_compat)?\.Z?NDArrayWrapper$/;
const OLD_FIELDS: ReadonlySet<string> = new Set(['filename', 'subclass', 'allow_mmap', 'init_args', 'state']);
const ALIGNMENT = 'numpy_array_alignment_bytes';
/** What joblib's writer states; attributes of other names could replace the wrapper's methods. */
const FIELDS: ReadonlySet<string> = new Set(['subclass', 'shape', 'order', 'dtype', 'allow_mmap', ALIGNMENT]);
/** More than any file of arrays has; the types of later ones count as not stated. */
const MAX_TYPES = 100_000;

const MAKERS: ReadonlySet<ArgumentShape | undefined> = new Set(['class-first', 'function-first', 'keeps-function']);

const ALLOWED: CallVerdict = { trust: 'allowed' };

interface Wrapper {
  /** From before joblib 0.10: the array lies in a file of its own, next to the pickle. */
  readonly isBeside: boolean;
  isRead: boolean;
}

/**
 * joblib writes an array's bytes into the middle of the pickle, behind the BUILD of its NumpyArrayWrapper, and its
 * unpickler reads them there. How many they are decides where the pickle goes on, so the wrapper must be made, filled
 * and measured exactly as joblib's writer does it; from any other way of making one nobody can tell, and the rest of
 * the pickle is left unread. Source: joblib/numpy_pickle.py, NumpyArrayWrapper.read_array and NumpyUnpickler.load_build.
 */
export class JoblibArrays {
  /** @param isJoblib false for an unpickler that takes arrays for opcodes like all others. */
  constructor(private readonly isJoblib: boolean) {}

  /** An array's bytes were passed over: an unpickler other than joblib's would take them for opcodes. */
  hasPassedOver = false;
  private isNamed = false;
  private readonly types = new Map<string, ElementType | undefined>();
  private readonly wrappers = new Map<string, Wrapper>();

  noteName(reference: Reference): void {
    this.isNamed ||= isWrapper(reference);
  }

  /** `numpy.dtype('f8', …)`: remembers the element type, for the arrays that use it. */
  noteElementType(machine: PickleMachine, call: Call): CallVerdict {
    if (this.types.size >= MAX_TYPES) return ALLOWED;
    const note = `type ${call.offset}`;
    this.types.set(note, typeOfCall(machine, call));
    return { trust: 'allowed', note };
  }

  /** The verdict on a call that makes a wrapper, or may make one in a way that cannot be followed; else undefined. */
  judge(machine: PickleMachine, call: Call): CallVerdict | undefined {
    const { callable, kind, args, offset } = call;
    if (!this.isNamed || !this.isJoblib || machine.isInner) return undefined;
    const isBeside = callable !== undefined && OLD_NAME.test(nameOf(callable));
    const isPlain = callable !== undefined && (isBeside || PLAIN_NAMES.has(nameOf(callable)));
    if (isPlain && kind === 'NEWOBJ' && args?.length === 0) {
      const note = `array ${offset}`;
      this.wrappers.set(note, { isBeside, isRead: false });
      return { trust: 'allowed', note };
    }
    const isHandedOn = args?.some((value) => isWrapper(machine.references.get(value))) ?? makesOfItsArguments(callable);
    if (!isWrapper(callable) && !isHandedOn) return undefined;
    machine.fail('exhausted', 'an array is made in an unusual way');
    return ALLOWED;
  }

  /** Where the stream goes on behind an inline array; undefined when BUILD is followed by opcodes as usual. */
  built(machine: PickleMachine, { target, state, fields }: Built): number | undefined {
    const note = target?.note;
    if (note === undefined || machine.isInner) return undefined;
    if (this.types.has(note)) {
      const type = rebuiltType(machine, this.types.get(note), state);
      this.types.set(note, type);
      if (type?.hasObjects === false && this.hasObjectFields(machine))
        machine.fail('exhausted', 'a type denies that it holds objects');
      return undefined;
    }
    const wrapper = this.wrappers.get(note);
    return wrapper === undefined ? undefined : this.pass(machine, wrapper, fields);
  }

  private pass(machine: PickleMachine, wrapper: Wrapper, fields: Built['fields']): number | undefined {
    const { position, isInsideFrame, hasCrossedFrame } = machine.reader;
    const isUsual = !wrapper.isRead && !machine.hasSharedFill && !hasCrossedFrame;
    if (wrapper.isBeside) {
      if (!isUsual || !isFileBeside(machine, fields)) machine.fail('exhausted', 'an array is read from anywhere');
      return undefined;
    }
    const stated = isUsual && !isInsideFrame && fields !== undefined ? readFields(machine, fields) : undefined;
    const type = stated && this.typeOf(machine, stated.get('dtype'));
    const count = stated && countOf(machine, stated.get('shape'));
    const hasPadding = stated && isPadded(machine, stated.get(ALIGNMENT));
    wrapper.isRead = true;
    if (type === undefined || count === undefined || hasPadding === undefined) {
      machine.fail('exhausted', 'the size of an array is not stated plainly');
      return undefined;
    }
    this.hasPassedOver = true;
    if (type.hasObjects) return machine.runInner(position);
    const padding = hasPadding ? 1 + (machine.source.read(position, 1)[0] ?? 0) : 0;
    return position + padding + type.width * count;
  }

  /** Whether the dictionary that was filled last, which is that of the fields, names a type of objects. */
  private hasObjectFields(machine: PickleMachine): boolean {
    return machine.lastFill.items.some(
      (field) => this.typeOf(machine, machine.itemsOf(field)?.[0])?.hasObjects === true,
    );
  }

  private typeOf(machine: PickleMachine, dtype: Value | undefined): ElementType | undefined {
    const note = dtype === undefined ? undefined : machine.references.get(dtype)?.note;
    return note === undefined ? undefined : this.types.get(note);
  }
}

const nameOf = ({ module: moduleName, name }: Reference): string => canonicalName(moduleName, name);

/** Whatever module it is taken from: modules import each other. */
function isWrapper(reference: Reference | undefined): boolean {
  return reference?.kind === 'global' && /(?:^|\.)(?:Numpy|Z?ND)ArrayWrapper$/.test(reference.name);
}

/** Makes objects of classes, or calls functions, that are its arguments. */
function makesOfItsArguments(callable: Reference | undefined): boolean {
  return callable !== undefined && MAKERS.has(allowedShape(callable.module, callable.name));
}

/** The file's name is plain: its array is scanned where it lies, in the pickle's folder. */
function isFileBeside(machine: PickleMachine, items: readonly Value[] | undefined): boolean {
  const filename = items && readFields(machine, items, OLD_FIELDS)?.get('filename');
  return filename !== undefined && /^[\w.-]+\.npy(?:\.z)?$/.test(machine.textOf(filename) ?? '');
}

/** Each field once; undefined when there is one that the writer does not write. */
function readFields(
  machine: PickleMachine,
  items: readonly Value[],
  known = FIELDS,
): ReadonlyMap<string, Value> | undefined {
  const fields = new Map<string, Value>();
  for (let index = 0; index + 1 < items.length; index += 2) {
    const key = items[index]!;
    const name = machine.isBytes(key) ? undefined : machine.textOf(key);
    if (name === undefined || !known.has(name) || fields.has(name)) return undefined;
    fields.set(name, items[index + 1]!);
  }
  return fields;
}

function isPadded(machine: PickleMachine, alignment: Value | undefined): boolean | undefined {
  if (alignment === undefined) return false;
  return integerOf(machine, alignment) === undefined ? undefined : true;
}

/** How many elements an array of this shape has; undefined when a length is not plainly stated or is negative. */
function countOf(machine: PickleMachine, shape: Value | undefined): number | undefined {
  if (shape === undefined) return undefined;
  // A shape without dimensions is the empty tuple: one element.
  if (shape === EMPTY_TUPLE) return 1;
  const lengths = machine.itemsOf(shape);
  if (lengths === undefined) return undefined;
  let count = 1;
  for (const value of lengths) {
    const length = integerOf(machine, value);
    if (length === undefined || length < 0) return undefined;
    count *= length;
  }
  return Number.isSafeInteger(count) ? count : undefined;
}
