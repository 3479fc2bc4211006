import { type Handler, holdsOf, holdsOfAll, noMark, takeTuple, underflow } from './operands';
import type { PickleMachine } from './machine';
import { type Reference, resultOf, SHARED } from './objects';
import type { CallKind } from './observer';
import {
  containerHolds,
  EMPTY_TUPLE,
  forgottenTuple,
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
  const reference = takeName(machine);
  if (reference === undefined) return machine.fail('truncated', 'a global is cut off');
  resolve(machine, reference, offset);
};

/** STACK_GLOBAL: name and module from the stack. Values that can never be text make the unpickler fail. */
export const resolveStackGlobal: Handler = (machine) => {
  const { stack } = machine;
  const offset = machine.reader.position - 1;
  if (!stack.has(2)) return underflow(machine);
  const nameValue = stack.pop();
  const moduleValue = stack.pop();
  const moduleName = machine.textOf(moduleValue);
  const name = machine.textOf(nameValue);
  if (isNeverText(moduleValue, moduleName) || isNeverText(nameValue, name)) {
    return machine.fail('broken', 'STACK_GLOBAL without text');
  }
  if (moduleName !== undefined && name !== undefined) return resolve(machine, namedReference(moduleName, name), offset);
  const label = `${moduleName ?? '?'}.${name ?? '?'}`;
  const computed: Reference = { kind: 'computed', module: moduleName ?? '', name: name ?? '', label, trust: 'unknown' };
  resolve(machine, computed, offset);
};

/** EXT1, EXT2, EXT4: a name from the process's own copyreg registry. */
export function resolveExtension(width: number): Handler {
  return (machine) => {
    const offset = machine.reader.position - 1;
    if (!machine.reader.ensure(width)) return machine.fail('truncated', 'an extension code is cut off');
    const code = machine.reader.takeNumber(width);
    // The code of EXT4 is signed.
    if (code === 0 || code >= 2 ** 31) return machine.fail('broken', 'an extension code is not positive');
    const label = `copyreg extension ${code}`;
    resolve(machine, { kind: 'extension', module: '', name: String(code), label, trust: 'unknown' }, offset);
  };
}

export const reduceCall: Handler = (machine) => {
  const { stack } = machine;
  const offset = machine.reader.position - 1;
  if (!stack.has(2)) return underflow(machine);
  const args = stack.pop();
  const callable = stack.pop();
  if (isNeverCallable(callable)) return machine.fail('broken', 'REDUCE of something that cannot be called');
  call(machine, 'REDUCE', callable, args, offset);
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
    call(machine, kind, callable, args, offset);
  };
}

/** INST: the unpickler in C looks for the mark first, the one in Python imports the name first. */
export const callInstance: Handler = (machine) => {
  const offset = machine.reader.position - 1;
  const reference = takeName(machine);
  if (reference === undefined) return machine.fail('truncated', 'a class is cut off');
  machine.observer.resolved(machine, reference, offset);
  const mark = machine.stack.popMark();
  if (mark === undefined) return noMark(machine);
  const args = takeTuple(machine, mark);
  call(machine, 'INST', machine.references.intern(reference), args, offset);
};

export const callObject: Handler = (machine) => {
  const { stack } = machine;
  const offset = machine.reader.position - 1;
  const mark = stack.popMark();
  if (mark === undefined) return noMark(machine);
  const [callable] = stack.itemsFrom(mark, 1);
  if (callable === undefined) return underflow(machine);
  const args = takeTuple(machine, mark);
  if (isNeverCallable(callable)) return machine.fail('broken', 'OBJ of something that is no class');
  call(machine, 'OBJ', callable, withoutFirst(machine, args), offset);
};

export const buildState: Handler = (machine) => {
  const { stack, observer, references, lastFill } = machine;
  const offset = machine.reader.position - 1;
  if (!stack.has(2)) return underflow(machine);
  const state = stack.pop();
  const target = references.get(stack.top());
  const isFilledOnce = lastFill.isFirst && lastFill.opcode === machine.opcodes - 1;
  const fields = isFilledOnce ? lastFill.items : undefined;
  const position = observer.built(machine, { target, state, fields, offset });
  stack.replaceTop(references.touch(stack.top(), SHARED));
  if (position !== undefined && !machine.reader.seek(position)) {
    machine.fail('truncated', 'inline data is cut off');
  }
};

function resolve(machine: PickleMachine, reference: Reference, offset: number): void {
  machine.observer.resolved(machine, reference, offset);
  if (machine.references.isFull) return machine.fail('exhausted', 'more names than any model needs');
  machine.stack.push(machine.references.intern(reference));
}

function call(machine: PickleMachine, kind: CallKind, callable: Value, args: Value, offset: number): void {
  const reference = machine.references.get(callable);
  const verdict = machine.observer.called(machine, {
    kind,
    callable: reference,
    args: args === EMPTY_TUPLE ? [] : machine.itemsOf(args),
    holds: holdsOf(machine, args),
    offset,
  });
  const isClass = kind === 'NEWOBJ' || kind === 'NEWOBJ_EX';
  const result = resultOf(verdict.made ?? reference, isClass ? 'instance' : 'result', verdict);
  machine.stack.push(machine.references.intern(result));
}

/** Two lines, module and name; undefined when the stream ends before they do. */
function takeName(machine: PickleMachine): Reference | undefined {
  const moduleName = machine.takeLine();
  const name = machine.takeLine();
  return moduleName === undefined || name === undefined ? undefined : namedReference(moduleName, name);
}

function namedReference(moduleName: string, name: string): Reference {
  return { kind: 'global', module: moduleName, name, label: `${moduleName}.${name}`, trust: 'unknown' };
}

/** OBJ counts its class among the values above the mark. */
function withoutFirst(machine: PickleMachine, all: Value): Value {
  const items = machine.itemsOf(all);
  if (items === undefined) return forgottenTuple(containerHolds(all));
  const rest = items.slice(1);
  return machine.tuples.keep(rest, holdsOfAll(machine, rest));
}

const isConstant = (value: Value): boolean =>
  value === NONE || value === BOOL || isContainer(value) || isKeptTuple(value);

/** `text` is what the machine knows `value` to say: nothing, for numbers. */
const isNeverText = (value: Value, text: string | undefined): boolean =>
  isConstant(value) || (isLiteral(value) && text === undefined);

const isNeverCallable = (value: Value): boolean => isConstant(value) || isLiteral(value);
