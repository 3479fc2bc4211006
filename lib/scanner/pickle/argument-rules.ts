import { PLAIN_CODECS } from './allowed-names';
import { readInteger } from './literal';
import type { PickleMachine } from './machine';
import type { Severity } from '../severity';
import { allowedShape, canonicalName, denialOf, isKnownLibrary } from './names';
import type { Reference } from './objects';
import type { Call } from './observer';
import { containerType, HOLDS_LITERAL, HOLDS_REFERENCE, isLiteral, literalOffset, type Value } from './values';

/** Dotted names are exact like all others: only those on the list are allowed. */
export const isUnlistedPath = (moduleName: string, name: string): boolean =>
  name.includes('.') && allowedShape(moduleName, name) === undefined;

/** Methods of known libraries are named so in ordinary pickles; calling one is another matter. */
export function dottedSeverity(moduleName: string, name: string): Severity {
  if (name.includes('__')) return 'HIGH';
  if (moduleName === '__main__') return 'MEDIUM';
  return isKnownLibrary(moduleName) ? 'LOW' : 'HIGH';
}

/** Modules of Python whose objects have methods that write files, call functions or lead elsewhere. */
const WITH_STRONG_METHODS = /^(?:pathlib|_?io|logging|argparse|weakref|itertools|functools|types)\b/;

/** `getattr(owner, "name")` for a literal, or for a class, function or object of a known library. */
export function isLibraryAttribute(machine: PickleMachine, call: Call): boolean {
  const [owner, attribute] = call.args ?? [];
  if (call.args?.length !== 2 || owner === undefined || attribute === undefined) return false;
  const name = machine.textOf(attribute);
  if (name === undefined || !/^_?[A-Za-z]\w*$/.test(name) || name.includes('__')) return false;
  if (isLiteral(owner)) return !name.startsWith('format');
  const reference = machine.references.get(owner);
  if (reference === undefined || !isPlain(reference) || WITH_STRONG_METHODS.test(reference.module)) return false;
  if (allowedShape(reference.module, reference.name) === 'any') return true;
  return isKnownLibrary(reference.module) && denialOf(reference.module, `${reference.name}.${name}`) === undefined;
}

/** The attribute that `getattr(owner, "name")` answers is itself on the list of what may be called. */
export function isAllowedMethod(machine: PickleMachine, { args }: Call): boolean {
  const [owner, attribute] = args ?? [];
  const reference = owner === undefined ? undefined : machine.references.get(owner);
  if (reference?.kind !== 'global' || attribute === undefined) return false;
  return allowedShape(reference.module, `${reference.name}.${machine.textOf(attribute)}`) === 'any';
}

/** `getitem(typing.Optional, int)`: how annotations are pickled. */
export function isAnnotation(machine: PickleMachine, { args, holds }: Call): boolean {
  const [generic] = args ?? [];
  const reference = generic === undefined ? undefined : machine.references.get(generic);
  if (args?.length !== 2 || reference?.kind !== 'global' || reference.module !== 'typing') return false;
  return holds === HOLDS_REFERENCE || reference.name === 'Literal';
}

const PLAIN_BASES: ReadonlySet<string> = new Set(
  'object dict list tuple set frozenset int float complex str bytes bytearray'
    .split(' ')
    .map((name) => `builtins.${name}`),
);

/** Makes text, bytes or containers of its arguments. */
const DATA_MAKER = /^(?:builtins|_?codecs|collections|_?io|pathlib|numpy\.core\.multiarray\.scalar)\b/;

export const isDataMaker = (full: string): boolean => DATA_MAKER.test(full);

/** What a call answers is data that holds the literals it was given. */
export const isDataOf = ({ holds }: Call, full: string): boolean =>
  (holds & HOLDS_LITERAL) !== 0 && DATA_MAKER.test(full);

/** Read their argument to its end. */
export const EAGER: ReadonlySet<string> = new Set([
  ...'list tuple set frozenset dict bytes bytearray'.split(' ').map((name) => `builtins.${name}`),
  ...'deque Counter OrderedDict UserDict UserList UserString ChainMap'.split(' ').map((name) => `collections.${name}`),
  'array.array',
]);
const ENDLESS = /^(?:itertools\.|builtins\.(?:x?range|zip|enumerate|reversed|iter)$)/;
/** Zeros that a model may ask for. */
const MOST_ZEROS = 2 ** 28;

/** `list(repeat(0))`, `bytes(10**12)`: a few bytes of a pickle that fill the memory. */
export function fillsMemory(machine: PickleMachine, { args }: Call, full: string): boolean {
  const [first] = args ?? [];
  if (first === undefined) return false;
  if (full.startsWith('builtins.byte') && isLiteral(first))
    return (readInteger(machine.source, literalOffset(first)) ?? 0) > MOST_ZEROS;
  const source = machine.references.get(first);
  return source !== undefined && source.kind !== 'global' && ENDLESS.test(canonicalName(source.module, source.name));
}

function isPlain(reference: Reference): boolean {
  return reference.kind !== 'computed' && reference.kind !== 'extension' && reference.trust !== 'denied';
}

/** The first argument is a class that the callable instantiates without its constructor. */
export function isHarmlessClass(machine: PickleMachine, call: Call, full: string): boolean {
  if (call.args === undefined) return false;
  const references = call.args.map((value) => machine.references.get(value));
  const [target, base] = references;
  if (target?.kind !== 'global' || denialOf(target.module, target.name) !== undefined) return false;
  // `_reconstructor(class, base, state)` calls the constructor of any base but `object`.
  if (full === 'copyreg._reconstructor' && !isPlainBase(base)) return false;
  return references.every((reference) => reference === undefined || isPlain(reference));
}

function isPlainBase(base: Reference | undefined): boolean {
  return base?.kind === 'global' && PLAIN_BASES.has(canonicalName(base.module, base.name));
}

export function isAllowedFunction(machine: PickleMachine, call: Call): boolean {
  const [first] = call.args ?? [];
  const target = first === undefined ? undefined : machine.references.get(first);
  return target?.kind === 'global' && allowedShape(target.module, target.name) === 'any';
}

export function isPlainCodec(machine: PickleMachine, call: Call): boolean {
  const [content, codec] = call.args ?? [];
  if (call.args === undefined) return (call.holds & ~HOLDS_LITERAL) === 0;
  if (call.args.length !== 2 || content === undefined || codec === undefined || !isLiteral(content)) return false;
  return PLAIN_CODECS.has(machine.textOf(codec)?.toLowerCase() ?? '');
}

const referenceOf = (machine: PickleMachine, value: Value | undefined): Reference | undefined =>
  value === undefined ? undefined : machine.references.get(value);

/** An argument is an object with a state of its own, in which a callable may find methods such as `keys`. */
export function takesObject(machine: PickleMachine, { args }: Call): boolean {
  return args?.some((value) => referenceOf(machine, value)?.touched !== undefined) === true;
}

/** `_ufunc_reconstruct("numpy", "add")`: imports the module and takes the name from it. */
export function isArrayFunction(machine: PickleMachine, { args }: Call): boolean {
  const [moduleName, name] = (args ?? []).map((value) => machine.textOf(value));
  if (args?.length !== 2 || moduleName === undefined || name === undefined) return false;
  if (!/^(?:numpy|scipy)(?:\.\w+)*$/.test(moduleName) || !/^[a-z]\w*$/i.test(name)) return false;
  return denialOf(moduleName, name) === undefined;
}

const GENERATOR = /^(?:MT19937|PCG64|PCG64DXSM|Philox|SFC64)$/;

/** `__generator_ctor("PCG64", __bit_generator_ctor)`: the second argument is called with the first. */
export function isRandomState(machine: PickleMachine, { args }: Call): boolean {
  if (args === undefined || args.length > 2) return false;
  const [generator, maker] = args;
  if (maker !== undefined && referenceOf(machine, maker)?.name !== '__bit_generator_ctor') return false;
  if (maker !== undefined && !referenceOf(machine, maker)!.module.startsWith('numpy.random')) return false;
  if (generator === undefined) return true;
  const name = machine.textOf(generator);
  if (name !== undefined) return GENERATOR.test(name);
  return referenceOf(machine, generator)?.module.startsWith('numpy.random') === true;
}

/** `GenericAlias(list, (int,))`: hands all attributes on to its class, so that must not be an object. */
export const isOfClass = (machine: PickleMachine, { args }: Call): boolean =>
  args?.length === 2 && referenceOf(machine, args[0])?.kind === 'global';

/** `iter(container)`. */
export function isIterated(machine: PickleMachine, { args }: Call): boolean {
  const [source] = args ?? [];
  if (args?.length !== 1 || source === undefined) return false;
  if (isLiteral(source) || containerType(source) !== undefined) return true;
  const reference = referenceOf(machine, source);
  return (
    reference?.kind === 'result' &&
    reference.touched === undefined &&
    /^(?:builtins|__builtin__)$/.test(reference.module)
  );
}

/** Functions whose results are tensors or their storages. */
export const TENSOR_MAKER = /^torch\.(?:_utils\._rebuild_|_tensor\._rebuild_|storage\._load_from_bytes)/;
/** Results that all of the process shares, so that what BUILD sets in them stays. */
export const SHARED_RESULTS = new Set(['logging.getLogger']);
/** INST and OBJ without arguments make an object of a class, but call a function; those begin with a small letter. */
export const CLASS_NAME = /(?:^|\.)_*\p{Lu}[^.]*$/u;
