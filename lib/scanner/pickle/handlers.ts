import {
  buildState,
  callClass,
  callInstance,
  callObject,
  reduceCall,
  resolveExtension,
  resolveGlobal,
  resolveStackGlobal,
} from './calls';
import { parseMemoKey } from './literal';
import type { PickleMachine } from './machine';
import { HIGHEST_PROTOCOL, OP } from './opcodes';
import { type Handler, holdsFrom, holdsOf, takeTuple, underflow } from './operands';
import { LIST, PERSISTENT, SET, DICT, type Value, withHolds } from './values';

const noMark = (machine: PickleMachine): false => machine.fail('broken', 'there is no MARK');
const cutOff = (machine: PickleMachine): false => machine.fail('truncated', 'an argument is cut off');

function countedTuple(count: number): Handler {
  return (machine) => {
    const { stack } = machine;
    if (!stack.has(count)) return underflow(machine);
    const items: Value[] = [];
    let holds = 0;
    for (let n = 0; n < count; n += 1) items.push(stack.pop());
    for (const item of items) holds |= holdsOf(machine, item);
    stack.push(machine.tuples.keep(items.toReversed(), holds));
    return true;
  };
}

function collect(type: Value): Handler {
  return (machine) => {
    const mark = machine.stack.popMark();
    if (mark === undefined) return noMark(machine);
    const holds = holdsFrom(machine, mark);
    machine.stack.cut(mark);
    machine.stack.push(withHolds(type, holds));
    return true;
  };
}

/** APPENDS and ADDITEMS: everything above the mark goes into the container below it. */
const extend: Handler = (machine) => {
  const { stack } = machine;
  const mark = stack.popMark();
  if (mark === undefined) return noMark(machine);
  if (stack.isAtFence(mark)) return underflow(machine);
  if (stack.isTopAt(mark)) return true;
  const holds = holdsFrom(machine, mark);
  machine.lastItems = stack.itemsFrom(mark);
  stack.cut(mark);
  if (holds !== 0) stack.replaceTop(withHolds(stack.top(), holds));
  return true;
};

const setItems: Handler = (machine) => {
  const offset = machine.reader.position - 1;
  return extend(machine) && tellFilled(machine, offset);
};

const setItem: Handler = (machine) => {
  const offset = machine.reader.position - 1;
  return putPair(machine) && tellFilled(machine, offset);
};

function tellFilled(machine: PickleMachine, offset: number): true {
  const target = machine.references.get(machine.stack.top());
  if (target !== undefined) machine.observer.filled(machine, target, offset);
  return true;
}

/** APPEND and SETITEM: the top `count` values go into the container below them. */
function put(count: number): Handler {
  return (machine) => {
    const { stack } = machine;
    if (!stack.has(count + 1)) return underflow(machine);
    const items: Value[] = [];
    for (let n = 0; n < count; n += 1) items.push(stack.pop());
    let holds = 0;
    for (const item of items) holds |= holdsOf(machine, item);
    if (count === 2) machine.lastItems = items.toReversed();
    if (holds !== 0) stack.replaceTop(withHolds(stack.top(), holds));
    return true;
  };
}

const putPair = put(2);

const pop: Handler = (machine) => {
  const { stack } = machine;
  if (!stack.isEmptyAboveMark) stack.pop();
  else if (stack.hasMark) stack.popMark();
  else return underflow(machine);
  return true;
};

const popMark: Handler = (machine) => {
  const mark = machine.stack.popMark();
  if (mark === undefined) return noMark(machine);
  machine.stack.cut(mark);
  return true;
};

const duplicate: Handler = (machine) => {
  if (machine.stack.isEmptyAboveMark) return underflow(machine);
  machine.stack.push(machine.stack.top());
  return true;
};

const stop: Handler = (machine) => (machine.stack.isEmptyAboveMark ? underflow(machine) : machine.fail('stop', ''));

function binaryGet(width: number): Handler {
  return (machine) =>
    machine.reader.ensure(width) ? recall(machine, machine.readLength(width, false)!) : cutOff(machine);
}

function binaryPut(width: number): Handler {
  return (machine) =>
    machine.reader.ensure(width) ? machine.putMemo(machine.readLength(width, false)!) : cutOff(machine);
}

function recall(machine: PickleMachine, key: number): boolean {
  const value = machine.memo.get(key);
  if (value === undefined) return machine.fail('broken', `the memo has no entry ${key}`);
  machine.stack.push(value);
  return true;
}

const textGet: Handler = (machine) => {
  const line = machine.takeLine();
  if (line === undefined) return cutOff(machine);
  const key = parseMemoKey(line);
  return key === undefined ? machine.fail('broken', 'a memo key is not a number') : recall(machine, key);
};

const textPut: Handler = (machine) => {
  const line = machine.takeLine();
  if (line === undefined) return cutOff(machine);
  const key = parseMemoKey(line);
  return key === undefined ? machine.fail('broken', 'a memo key is not a number') : machine.putMemo(key);
};

const frame: Handler = (machine) => {
  if (!machine.reader.ensure(8)) return cutOff(machine);
  machine.reader.enterFrame(machine.readLength(8, false)!);
  return true;
};

/** Later protocols may come; the machine goes on and the judge says that it was one it does not know. */
const protocol: Handler = (machine) => {
  if (!machine.reader.ensure(1)) return cutOff(machine);
  machine.hasProtocol = true;
  if (machine.readLength(1, false)! > HIGHEST_PROTOCOL) machine.hasUnsupportedProtocol = true;
  return true;
};

/** Programs give their objects short names; the P of a zip archive must not make the whole file one line. */
const MAX_PERSISTENT_ID = 1 << 20;

const persistentLine: Handler = (machine) => {
  if (machine.takeLine(MAX_PERSISTENT_ID) === undefined) return cutOff(machine);
  machine.stack.push(PERSISTENT);
  return true;
};

const persistentValue: Handler = (machine) => {
  if (machine.stack.isEmptyAboveMark) return underflow(machine);
  machine.stack.replaceTop(PERSISTENT);
  return true;
};

const nextBuffer: Handler = (machine) => {
  machine.stack.push(PERSISTENT);
  return true;
};

const mark: Handler = (machine) => {
  machine.stack.pushMark();
  return true;
};

const tuple: Handler = (machine) => {
  const start = machine.stack.popMark();
  if (start === undefined) return noMark(machine);
  machine.stack.push(takeTuple(machine, start));
  return true;
};

const keep: Handler = (machine) => (machine.stack.isEmptyAboveMark ? underflow(machine) : true);

/** By opcode byte; plain literals, constants and MEMOIZE are carried out by the machine's loop itself. */
export const HANDLERS: readonly (Handler | undefined)[] = table(
  new Map<number, Handler>([
    [OP.MARK, mark],
    [OP.STOP, stop],
    [OP.POP, pop],
    [OP.POP_MARK, popMark],
    [OP.DUP, duplicate],
    [OP.TUPLE, tuple],
    [OP.TUPLE1, countedTuple(1)],
    [OP.TUPLE2, countedTuple(2)],
    [OP.TUPLE3, countedTuple(3)],
    [OP.LIST, collect(LIST)],
    [OP.DICT, collect(DICT)],
    [OP.FROZENSET, collect(SET)],
    [OP.APPEND, put(1)],
    [OP.SETITEM, setItem],
    [OP.APPENDS, extend],
    [OP.SETITEMS, setItems],
    [OP.ADDITEMS, extend],
    [OP.GET, textGet],
    [OP.BINGET, binaryGet(1)],
    [OP.LONG_BINGET, binaryGet(4)],
    [OP.PUT, textPut],
    [OP.BINPUT, binaryPut(1)],
    [OP.LONG_BINPUT, binaryPut(4)],
    [OP.PROTO, protocol],
    [OP.FRAME, frame],
    [OP.PERSID, persistentLine],
    [OP.BINPERSID, persistentValue],
    [OP.NEXT_BUFFER, nextBuffer],
    [OP.READONLY_BUFFER, keep],
    [OP.GLOBAL, resolveGlobal],
    [OP.STACK_GLOBAL, resolveStackGlobal],
    [OP.EXT1, resolveExtension(1)],
    [OP.EXT2, resolveExtension(2)],
    [OP.EXT4, resolveExtension(4)],
    [OP.REDUCE, reduceCall],
    [OP.NEWOBJ, callClass('NEWOBJ')],
    [OP.NEWOBJ_EX, callClass('NEWOBJ_EX')],
    [OP.INST, callInstance],
    [OP.OBJ, callObject],
    [OP.BUILD, buildState],
  ]),
);

function table(handlers: ReadonlyMap<number, Handler>): (Handler | undefined)[] {
  return Array.from({ length: 256 }, (_, opcode) => handlers.get(opcode));
}
