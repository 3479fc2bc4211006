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
import { FILLED } from './objects';
import { HIGHEST_PROTOCOL, OP } from './opcodes';
import { type Handler, holdsFrom, holdsOfAll, noMark, takeTuple, underflow } from './operands';
import { LIST, PERSISTENT, SET, DICT, sharedForm, type Value, withHolds } from './values';

const cutOff = (machine: PickleMachine): void => machine.fail('truncated', 'an argument is cut off');

function countedTuple(count: number): Handler {
  return (machine) => {
    const { stack } = machine;
    if (!stack.has(count)) return underflow(machine);
    const items = stack.take(count);
    stack.push(machine.tuples.keep(items, holdsOfAll(machine, items)));
  };
}

function collect(type: Value): Handler {
  return (machine) => {
    const mark = machine.stack.popMark();
    if (mark === undefined) return noMark(machine);
    const holds = holdsFrom(machine, mark);
    machine.stack.cut(mark);
    machine.stack.push(withHolds(type, holds));
  };
}

/** APPENDS and ADDITEMS: everything above the mark goes into the container below it. */
const extend: Handler = (machine) => {
  const { stack } = machine;
  const mark = stack.popMark();
  if (mark === undefined) return noMark(machine);
  if (stack.isAtFence(mark)) return underflow(machine);
  if (stack.isTopAt(mark)) return;
  const holds = holdsFrom(machine, mark);
  const items = stack.itemsFrom(mark);
  stack.cut(mark);
  machine.noteFill(items);
  if (holds !== 0) stack.replaceTop(withHolds(stack.top(), holds));
};

/** APPEND and SETITEM: the top `count` values go into the container below them. */
function put(count: number): Handler {
  return (machine) => {
    const { stack } = machine;
    if (!stack.has(count + 1)) return underflow(machine);
    const items = stack.take(count);
    const holds = holdsOfAll(machine, items);
    if (count === 2) machine.noteFill(items);
    if (holds !== 0) stack.replaceTop(withHolds(stack.top(), holds));
  };
}

/** SETITEM and SETITEMS: the observer hears of it when the container is the result of a call. */
function tellingFilled(fill: Handler): Handler {
  return (machine) => {
    fill(machine);
    const { stack, references, observer } = machine;
    const target = machine.hasEnded ? undefined : references.get(stack.top());
    if (target === undefined) return;
    observer.filled(machine, target, machine.reader.position - 1);
    stack.replaceTop(references.touch(stack.top(), FILLED));
  };
}

/** APPEND, APPENDS and ADDITEMS call the methods `append`, `extend` and `add` of an object that is no list or set. */
function tellingExtended(fill: Handler): Handler {
  return (machine) => {
    fill(machine);
    const target = machine.hasEnded ? undefined : machine.references.get(machine.stack.top());
    if (target !== undefined) machine.observer.extended(machine, target, machine.reader.position - 1);
  };
}

const pop: Handler = (machine) => {
  const { stack } = machine;
  if (!stack.isEmptyAboveMark) stack.pop();
  else if (stack.hasMark) stack.popMark();
  else underflow(machine);
};

const popMark: Handler = (machine) => {
  const mark = machine.stack.popMark();
  if (mark === undefined) return noMark(machine);
  machine.stack.cut(mark);
};

const duplicate: Handler = (machine) => {
  const { stack } = machine;
  if (stack.isEmptyAboveMark) return underflow(machine);
  stack.replaceTop(sharedForm(machine.recalled(stack.top())));
  stack.push(stack.top());
};

const stop: Handler = (machine) => {
  if (machine.stack.isEmptyAboveMark) underflow(machine);
  else machine.fail('stop', '');
};

type KeyUser = (machine: PickleMachine, key: number) => void;

const recall: KeyUser = (machine, key) => {
  const value = machine.memo.get(key);
  if (value === undefined) machine.fail('broken', `the memo has no entry ${key}`);
  else machine.stack.push(machine.recalled(value));
};

const memoize: KeyUser = (machine, key) => machine.putMemo(key);

function withBinaryKey(width: number, use: KeyUser): Handler {
  return (machine) => {
    if (machine.reader.ensure(width)) use(machine, machine.reader.takeNumber(width));
    else cutOff(machine);
  };
}

function withTextKey(use: KeyUser): Handler {
  return (machine) => {
    const line = machine.takeLine();
    if (line === undefined) return cutOff(machine);
    const key = parseMemoKey(line);
    if (key === undefined) machine.fail('broken', 'a memo key is not a number');
    else use(machine, key);
  };
}

const frame: Handler = (machine) => {
  if (!machine.reader.ensure(8)) return cutOff(machine);
  machine.reader.enterFrame(machine.reader.takeNumber(8));
};

/** Later protocols may come; the machine goes on and the judge says that it was one it does not know. */
const protocol: Handler = (machine) => {
  if (!machine.reader.ensure(1)) return cutOff(machine);
  machine.hasProtocol = true;
  if (machine.reader.takeNumber(1) > HIGHEST_PROTOCOL) machine.hasUnsupportedProtocol = true;
};

/** Programs give their objects short names; the P of a zip archive must not make the whole file one line. */
const MAX_PERSISTENT_ID = 1 << 20;

const persistentLine: Handler = (machine) => {
  if (machine.takeLine(MAX_PERSISTENT_ID) === undefined) return cutOff(machine);
  machine.stack.push(PERSISTENT);
};

const persistentValue: Handler = (machine) => {
  if (machine.stack.isEmptyAboveMark) return underflow(machine);
  machine.stack.replaceTop(PERSISTENT);
};

const nextBuffer: Handler = (machine) => {
  machine.stack.push(PERSISTENT);
};

const mark: Handler = (machine) => {
  machine.stack.pushMark();
};

const tuple: Handler = (machine) => {
  const start = machine.stack.popMark();
  if (start === undefined) return noMark(machine);
  machine.stack.push(takeTuple(machine, start));
};

const keep: Handler = (machine) => {
  if (machine.stack.isEmptyAboveMark) underflow(machine);
};

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
    [OP.APPEND, tellingExtended(put(1))],
    [OP.SETITEM, tellingFilled(put(2))],
    [OP.APPENDS, tellingExtended(extend)],
    [OP.SETITEMS, tellingFilled(extend)],
    [OP.ADDITEMS, tellingExtended(extend)],
    [OP.GET, withTextKey(recall)],
    [OP.BINGET, withBinaryKey(1, recall)],
    [OP.LONG_BINGET, withBinaryKey(4, recall)],
    [OP.PUT, withTextKey(memoize)],
    [OP.BINPUT, withBinaryKey(1, memoize)],
    [OP.LONG_BINPUT, withBinaryKey(4, memoize)],
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
