import { type Handler, holdsOf, takeTuple, underflow } from './operands';
import type { PickleMachine } from './machine';
import { type Reference, resultOf } from './objects';
import type { CallKind } from './observer';
import {
  containerHolds,
  containerType,
  EMPTY_TUPLE,
  isContainer,
  isKeptTuple,
  isLiteral,
  NONE,
  BOOL,
  type Value,
} from './values';

/** GLOBAL: two lines, module and name. */
export const resolveGlobal: Handler = (machine) => {
  const offset = machine.reader.position - 1;
  const moduleName = machine.takeLine();
  const name = moduleName === undefined ? undefined : machine.takeLine();
  if (moduleName === undefined || name === undefined) return machine.fail('truncated', 'a global is cut off');
  return resolve(machine, namedReference(moduleName, name), offset);
};

/** STACK_GLOBAL: name and module from the stack. Values that can never be text make the unpickler fail. */
export const resolveStackGlobal: Handler = (machine) => {
  const { stack } = machine;
  const offset = machine.reader.position - 1;
  if (stack.isEmptyAboveMark) return underflow(machine);
  const nameValue = stack.pop();
  if (stack.isEmptyAboveMark) return underflow(machine);
  const moduleValue = stack.pop();
  if (isNeverText(nameValue) || isNeverText(moduleValue)) return machine.fail('broken', 'STACK_GLOBAL without text');
  const moduleName = machine.textOf(moduleValue);
  const name = machine.textOf(nameValue);
  if (isLiteral(moduleValue) && moduleName === undefined) return machine.fail('broken', 'STACK_GLOBAL without text');
  if (isLiteral(nameValue) && name === undefined) return machine.fail('broken', 'STACK_GLOBAL without text');
  if (moduleName !== undefined && name !== undefined) return resolve(machine, namedReference(moduleName, name), offset);
  const label = `${moduleName ?? '?'}.${name ?? '?'}`;
  const computed: Reference = { kind: 'computed', module: moduleName ?? '', name: name ?? '', label, trust: 'unknown' };
  return resolve(machine, computed, offset);
};

/** EXT1, EXT2, EXT4: a name from the process's own copyreg registry. */
export function resolveExtension(width: number): Handler {
  return (machine) => {
    const offset = machine.reader.position - 1;
    if (!machine.reader.ensure(width)) return machine.fail('truncated', 'an extension code is cut off');
    const code = machine.readLength(width, width === 4);
    if (code === undefined || code === 0) return machine.fail('broken', 'an extension code is not positive');
    const label = `copyreg extension ${code}`;
    return resolve(machine, { kind: 'extension', module: '', name: String(code), label, trust: 'unknown' }, offset);
  };
}

export const reduceCall: Handler = (machine) => {
  const { stack } = machine;
  const offset = machine.reader.position - 1;
  if (!stack.has(2)) return underflow(machine);
  const args = stack.pop();
  const callable = stack.pop();
  if (isNeverCallable(callable)) return machine.fail('broken', 'REDUCE of something that cannot be called');
  return call(machine, 'REDUCE', callable, args, offset);
};

export function callClass(kind: 'NEWOBJ' | 'NEWOBJ_EX'): Handler {
  return (machine) => {
    const { stack } = machine;
    const offset = machine.reader.position - 1;
    if (!stack.has(kind === 'NEWOBJ' ? 2 : 3)) return underflow(machine);
    if (kind === 'NEWOBJ_EX') stack.pop();
    const args = stack.pop();
    const callable = stack.pop();
    if (isNeverCallable(callable)) return machine.fail('broken', `${kind} of something that is no class`);
    return call(machine, kind, callable, args, offset);
  };
}

/** INST: the mark goes first, then the two lines are read, as in `load_inst`. */
export const callInstance: Handler = (machine) => {
  const offset = machine.reader.position - 1;
  const mark = machine.stack.popMark();
  if (mark === undefined) return machine.fail('broken', 'there is no MARK');
  const moduleName = machine.takeLine();
  const name = moduleName === undefined ? undefined : machine.takeLine();
  if (moduleName === undefined || name === undefined) return machine.fail('truncated', 'a class is cut off');
  const reference = namedReference(moduleName, name);
  machine.observer.resolved(machine, reference, offset);
  const args = takeTuple(machine, mark);
  return call(machine, 'INST', machine.references.intern(reference), args, offset);
};

export const callObject: Handler = (machine) => {
  const { stack } = machine;
  const offset = machine.reader.position - 1;
  const mark = stack.popMark();
  if (mark === undefined) return machine.fail('broken', 'there is no MARK');
  const count = stack.countFrom(mark);
  if (count < 1) return underflow(machine);
  const callable = stack.itemsFrom(mark, 1)[0]!;
  const args = takeTuple(machine, mark);
  if (isNeverCallable(callable)) return machine.fail('broken', 'OBJ of something that is no class');
  return call(machine, 'OBJ', callable, withoutFirst(machine, args), offset);
};

export const buildState: Handler = (machine) => {
  const { stack, observer, references } = machine;
  const offset = machine.reader.position - 1;
  if (!stack.has(2)) return underflow(machine);
  stack.pop();
  const target = references.get(stack.top());
  const position = observer.built(machine, { target, state: machine.lastItems, offset });
  machine.lastItems = [];
  if (position !== undefined && !machine.reader.seek(position)) {
    return machine.fail('truncated', 'inline data is cut off');
  }
  return true;
};

function resolve(machine: PickleMachine, reference: Reference, offset: number): boolean {
  machine.observer.resolved(machine, reference, offset);
  if (machine.references.isFull) return machine.fail('exhausted', 'more names than any model needs');
  machine.stack.push(machine.references.intern(reference));
  return true;
}

function call(machine: PickleMachine, kind: CallKind, callable: Value, args: Value, offset: number): boolean {
  const reference = machine.references.get(callable);
  const verdict = machine.observer.called(machine, {
    kind,
    callable: reference,
    args: args === EMPTY_TUPLE ? [] : machine.itemsOf(args),
    holds: holdsOf(machine, args),
    offset,
  });
  const isClass = kind === 'NEWOBJ' || kind === 'NEWOBJ_EX';
  const result = resultOf(reference, isClass ? 'instance' : 'result', verdict.trust, verdict.note);
  machine.stack.push(machine.references.intern(result));
  return true;
}

function namedReference(moduleName: string, name: string): Reference {
  return { kind: 'global', module: moduleName, name, label: `${moduleName}.${name}`, trust: 'unknown' };
}

/** OBJ counts its class among the values above the mark. */
function withoutFirst(machine: PickleMachine, all: Value): Value {
  const items = machine.itemsOf(all);
  if (items === undefined) return EMPTY_TUPLE + containerHolds(all);
  const [, ...rest] = items;
  if (rest.length === 0) return EMPTY_TUPLE;
  let holds = 0;
  for (const item of rest) holds |= holdsOf(machine, item);
  return machine.tuples.keep(rest, holds);
}

const isNeverText = (value: Value): boolean =>
  value === NONE || value === BOOL || isContainer(value) || containerType(value) !== undefined;

const isNeverCallable = (value: Value): boolean => isNeverText(value) || isLiteral(value) || isKeptTuple(value);
