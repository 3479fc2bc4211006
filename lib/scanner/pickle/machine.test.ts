import { describe, expect, test } from 'vitest';
import { bufferSource } from '../byte-source';
import { op, pickle } from '../fixtures/pickle-builder';
import { parseMemoKey, readInteger, readText } from './literal';
import { type MachineOutcome, PickleMachine } from './machine';
import { Memo } from './memo';
import { ReferenceTable, resultOf } from './objects';
import type { Call, MachineObserver } from './observer';
import type { Reading } from './reader';
import { TupleRing } from './tuple-ring';
import { ValueStack } from './value-stack';
import {
  BOOL,
  containerHolds,
  containerType,
  DICT,
  EMPTY_TUPLE,
  HOLDS_LITERAL,
  HOLDS_REFERENCE,
  HOLDS_TAINT,
  isContainer,
  isKeptTuple,
  isLiteral,
  keptTuple,
  LIST,
  LITERAL_BASE,
  LOST_LITERAL,
  memoForm,
  NONE,
  objectIndex,
  objectValue,
  SET,
  withHolds,
} from './values';

interface Run {
  outcome: MachineOutcome;
  names: string[];
  calls: (Call & { texts: (string | undefined)[] })[];
  literals: { start: number; length: number; type: string; head: string }[];
  builds: (string | undefined)[];
  states: (string | undefined)[][];
  fills: string[];
}

function run(
  bytes: Uint8Array,
  options: { reading?: Reading; window?: number; opcodes?: number; isExpired?: boolean; seek?: number } = {},
): Run {
  const result: Omit<Run, 'outcome'> = { names: [], calls: [], literals: [], builds: [], states: [], fills: [] };
  const observer: MachineObserver = {
    resolved: (_machine, { kind, label }) => void result.names.push(kind === 'global' ? label : `${kind} ${label}`),
    called(machine, call) {
      result.calls.push({ ...call, texts: (call.args ?? []).map((value) => machine.textOf(value)) });
      return { trust: 'unknown' };
    },
    built(machine, { target, state }) {
      result.builds.push(target?.label);
      result.states.push(state.map((value) => machine.textOf(value)));
      return options.seek;
    },
    filled: (_machine, { label }, offset) => void result.fills.push(`${label} @${offset}`),
    isSuspectByte: (byte) => byte === 0x21,
    literal({ start, length }, type, head, at) {
      result.literals.push({ start, length, type, head: Buffer.from(head.subarray(at, at + 4)).toString('latin1') });
    },
  };
  const limits = { opcodes: options.opcodes ?? 1e9, isExpired: () => options.isExpired ?? false };
  const { reading, window } = options;
  return { outcome: new PickleMachine(bufferSource(bytes), 0, observer, limits, { reading, window }).run(), ...result };
}

const ends = (bytes: Uint8Array): string => run(bytes).outcome.end;

describe('items set in the result of a call', () => {
  const made = 'cm\nf\n)R';
  test.each([
    ['SETITEM', `${made}NNs.`, ['m.f() @9']],
    ['SETITEMS', `${made}(NNNNu.`, ['m.f() @12']],
    ['SETITEM of a dictionary', '}NNs.', []],
    ['APPEND', `${made}Na.`, []],
    ['APPENDS', `${made}(NNe.`, []],
    ['ADDITEMS', `${made}(NN\x90.`, []],
    ['SETITEM of nothing', 'NNs.', []],
    ['SETITEMS without a mark', `${made}u.`, []],
  ])('%s', (_name, stream, expected) => {
    expect(run(Buffer.from(stream, 'latin1')).fills).toEqual(expected);
  });
});

describe('the end of a stream', () => {
  test.each([
    ['STOP with a value', 'N.', 'stop'],
    ['STOP without a value', '.', 'broken'],
    ['STOP under a mark', 'N(.', 'broken'],
    ['no STOP', 'N', 'truncated'],
    ['nothing', '', 'truncated'],
    ['an unknown opcode', 'N\xff', 'broken'],
    ['POP of nothing', '0', 'broken'],
    ['POP of a mark', '(0N.', 'stop'],
    ['POP of a value', 'NN0.', 'stop'],
    ['POP_MARK', 'N(NN1.', 'stop'],
    ['POP_MARK without a mark', 'N1.', 'broken'],
    ['DUP of nothing', '2', 'broken'],
    ['TUPLE without a mark', 'Nt.', 'broken'],
    ['TUPLE2 of one value', 'N\x86.', 'broken'],
    ['TUPLE3 over a mark', 'NN(N\x87.', 'broken'],
    ['LIST without a mark', 'l.', 'broken'],
    ['APPEND to nothing', 'Na.', 'broken'],
    ['SETITEM to nothing', 'NNs.', 'broken'],
    ['APPENDS with nothing under the mark', '(Ne.', 'broken'],
    ['APPENDS of nothing', '](e.', 'stop'],
    ['a memo key that is missing', 'h\x01.', 'broken'],
    ['MEMOIZE of nothing', '\x94.', 'broken'],
    ['BINPUT under a mark', 'N(q\x00.', 'broken'],
    ['GET of no number', 'Np0\ngx\n.', 'broken'],
    ['PUT of a negative number', 'Np-1\n.', 'broken'],
    ['GET that is cut off', 'g1', 'truncated'],
    ['PUT that is cut off', 'Np1', 'truncated'],
    ['BINGET that is cut off', 'h', 'truncated'],
    ['LONG_BINGET that is cut off', 'j\x00\x00\x00', 'truncated'],
    ['BINPUT that is cut off', 'Nq', 'truncated'],
    ['PROTO that is cut off', '\x80', 'truncated'],
    ['FRAME that is cut off', '\x95\x00\x00\x00', 'truncated'],
    ['a number that is cut off', 'J\x00\x00', 'truncated'],
    ['a text that is cut off', 'U\x05abc', 'truncated'],
    ['a length that is cut off', 'X\x05\x00', 'truncated'],
    ['a negative length', 'T\xff\xff\xff\xffabc', 'broken'],
    ['a negative LONG4', '\x8b\xff\xff\xff\xffabc', 'broken'],
    ['a line that is cut off', 'I12', 'truncated'],
    ['GLOBAL that is cut off', 'cos\nsystem', 'truncated'],
    ['INST without a mark', 'ios\nsystem\n.', 'broken'],
    ['INST that is cut off', '(ios\nsystem', 'truncated'],
    ['OBJ without a mark', 'No.', 'broken'],
    ['OBJ of nothing', '(o.', 'broken'],
    ['OBJ of a number', '(K\x01o.', 'broken'],
    ['REDUCE of one value', 'NR.', 'broken'],
    ['REDUCE of a number', 'K\x01)R.', 'broken'],
    ['NEWOBJ of a text', 'U\x01a)\x81.', 'broken'],
    ['NEWOBJ_EX of two values', 'N)\x92.', 'broken'],
    ['BUILD of one value', 'Nb.', 'broken'],
    ['STACK_GLOBAL of numbers', 'K\x01K\x02\x93.', 'broken'],
    ['STACK_GLOBAL of None', 'NN\x93.', 'broken'],
    ['STACK_GLOBAL of one value', 'U\x01a\x93.', 'broken'],
    ['STACK_GLOBAL of nothing', '\x93.', 'broken'],
    ['BINPERSID of nothing', 'Q.', 'broken'],
    ['PERSID that is cut off', 'Pabc', 'truncated'],
    ['PERSID', 'Pabc\n.', 'stop'],
    ['EXT of zero', '\x82\x00.', 'broken'],
    ['EXT4 of a negative code', '\x84\xff\xff\xff\xff.', 'broken'],
    ['EXT that is cut off', '\x83\x01', 'truncated'],
    ['READONLY_BUFFER of nothing', '\x98.', 'broken'],
    ['NEXT_BUFFER', '\x97\x98.', 'stop'],
  ])('%s', (_what, text, end) => {
    expect(ends(Buffer.from(text, 'latin1'))).toBe(end);
  });

  test('the position is behind the last byte, and the opcodes are counted', () => {
    const { outcome } = run(Buffer.from('\x80\x02NK\x010.junk', 'latin1'));
    expect(outcome).toMatchObject({
      position: 7,
      opcodes: 5,
      start: 0,
      hasProtocol: true,
      hasUnsupportedProtocol: false,
      reason: '',
    });
    expect(run(Buffer.from('\x80\x06N.', 'latin1')).outcome.hasUnsupportedProtocol).toBe(true);
    expect(run(Buffer.from('\x80\x05N.', 'latin1')).outcome.hasUnsupportedProtocol).toBe(false);
    expect(run(Buffer.from('N.')).outcome.hasProtocol).toBe(false);
  });

  test('the limits on opcodes and time end a run', () => {
    expect(run(Buffer.alloc(10, 'N'), { opcodes: 5 }).outcome).toMatchObject({ end: 'exhausted', opcodes: 5 });
    expect(run(Buffer.alloc(200_000, 'N'), { isExpired: true }).outcome).toMatchObject({
      end: 'timeout',
      opcodes: 65_536,
    });
  });
});

describe('names and arguments', () => {
  test('every way to spell a text names the same', () => {
    const system = (text: Buffer): string[] => run(pickle(op.text('os'), text, op.stackGlobal, op.stop)).names;
    for (const spelled of [
      'U\x06system',
      "S'sy\\x73tem'\n",
      "S'\\163ystem'\n",
      'S"system"\n',
      'Vsy\\u0073tem\n',
      'V\\U00000073ystem\n',
      '\x8c\x06system',
    ]) {
      expect(system(op.raw(spelled))).toEqual(['os.system']);
    }
    expect(system(op.raw('\x8d\x06\0\0\0\0\0\0\0system'))).toEqual(['os.system']);
    expect(system(op.raw("S'a\\'\\\\\\n\\q'\n"))).toEqual(["os.a'\\\n\\q"]);
    expect(system(op.raw('V\\\\u0073\n'))).toEqual(['os.\\\\u0073']);
  });

  test('names from the memo, over any number of copies', () => {
    const bytes = pickle(
      op.text('os'),
      op.raw('q\x05'),
      op.text('system'),
      op.raw('r\x00\x01\x00\x00'),
      op.raw('00'),
      op.raw('h\x05'),
      op.raw('j\x00\x01\x00\x00'),
      op.stackGlobal,
      op.stop,
    );
    expect(run(bytes).names).toEqual(['os.system']);
  });

  test('computed names, extensions and calls on results carry their origin', () => {
    const computed = pickle(
      op.global('x', 'f'),
      op.emptyTuple,
      op.reduce,
      op.text('n'),
      op.stackGlobal,
      op.emptyTuple,
      op.reduce,
      op.emptyTuple,
      op.reduce,
      op.stop,
    );
    const { names, calls } = run(computed);
    expect(names).toEqual(['x.f', 'computed ?.n']);
    expect(calls.map(({ callable }) => [callable?.kind, callable?.label])).toEqual([
      ['global', 'x.f'],
      ['computed', '?.n'],
      ['result', '?.n()'],
    ]);
    expect(run(Buffer.from('\x83\x01\x02.', 'latin1')).names).toEqual(['extension copyreg extension 513']);
  });

  test.each([
    ['REDUCE', pickle(op.global('m', 'f'), op.text('a'), op.text('b'), op.tuple2, op.reduce), ['a', 'b']],
    ['NEWOBJ', pickle(op.global('m', 'f'), op.text('a'), op.tuple1, op.newobj), ['a']],
    ['NEWOBJ_EX', pickle(op.global('m', 'f'), op.text('a'), op.tuple1, op.emptyDict, op.raw('\x92')), ['a']],
    ['INST', pickle(op.mark, op.text('a'), op.text('b'), op.inst('m', 'f')), ['a', 'b']],
    ['OBJ', pickle(op.mark, op.global('m', 'f'), op.text('a'), op.raw('o')), ['a']],
    [
      'REDUCE',
      pickle(op.global('m', 'f'), op.mark, op.text('a'), op.text('b'), op.text('c'), op.text('d'), op.tuple, op.reduce),
      ['a', 'b', 'c', 'd'],
    ],
  ])('%s hands over its arguments in order', (kind, bytes, texts) => {
    const { calls, outcome } = run(pickle(bytes, op.stop));
    expect(outcome.end).toBe('stop');
    expect(calls).toEqual([expect.objectContaining({ kind, texts, holds: HOLDS_LITERAL })]);
    expect(calls[0]?.callable?.label).toBe('m.f');
  });

  test('kinds of arguments: literals, references, taint, and what containers hold', () => {
    const holds = (args: Buffer): number | undefined =>
      run(pickle(op.global('m', 'f'), args, op.reduce, op.stop)).calls.at(-1)?.holds;
    const result = pickle(op.global('m', 'g'), op.emptyTuple, op.reduce);
    expect(holds(op.emptyTuple)).toBe(0);
    expect(holds(pickle(op.raw('N'), op.tuple1))).toBe(0);
    expect(holds(pickle(op.number(1), op.tuple1))).toBe(HOLDS_LITERAL);
    expect(holds(pickle(op.global('a', 'b'), op.tuple1))).toBe(HOLDS_REFERENCE);
    expect(holds(pickle(result, op.tuple1))).toBe(HOLDS_TAINT);
    expect(holds(pickle(op.raw('Pid\n'), op.tuple1))).toBe(HOLDS_REFERENCE);
    expect(holds(pickle(op.raw(']'), op.tuple1))).toBe(0);
    expect(holds(pickle(op.raw(']('), op.number(1), op.raw('e'), op.tuple1))).toBe(HOLDS_LITERAL);
    expect(holds(pickle(op.raw(']'), op.number(1), op.raw('a'), op.tuple1))).toBe(HOLDS_LITERAL);
    expect(holds(pickle(op.emptyDict, op.raw('N'), op.global('a', 'b'), op.raw('s'), op.tuple1))).toBe(HOLDS_REFERENCE);
    expect(holds(pickle(op.raw('('), op.number(1), op.raw('l'), op.tuple1))).toBe(HOLDS_LITERAL);
    expect(holds(pickle(op.raw('\x8f('), result, op.raw('\x90'), op.tuple1))).toBe(HOLDS_TAINT);
    expect(holds(pickle(op.raw(']q\x000h\x00'), op.tuple1))).toBe(HOLDS_LITERAL);
  });

  test('long tuples and old tuples are known by kind only', () => {
    const long = pickle(
      op.global('m', 'f'),
      op.mark,
      ...Array.from({ length: 17 }, () => op.number(1)),
      op.tuple,
      op.reduce,
      op.stop,
    );
    expect(run(long).calls[0]).toMatchObject({ args: undefined, holds: HOLDS_LITERAL });
    const many = Array.from({ length: 300 }, () => pickle(op.number(1), op.tuple1, op.pop));
    const old = pickle(op.global('m', 'f'), op.text('a'), op.tuple1, ...many, op.reduce, op.stop);
    expect(run(old).calls[0]).toMatchObject({ args: undefined, holds: HOLDS_LITERAL });
  });

  test('BUILD hands over the state and may skip inline bytes', () => {
    const bytes = pickle(
      op.global('m', 'C'),
      op.emptyTuple,
      op.newobj,
      op.emptyDict,
      op.mark,
      op.text('k'),
      op.text('v'),
      op.raw('u'),
      op.build,
    );
    const whole = pickle(bytes, Buffer.from([0xff, 0xff]), op.stop);
    const { builds, states, outcome } = run(whole, { seek: bytes.length + 2 });
    expect({ builds, states, end: outcome.end }).toEqual({ builds: ['m.C()'], states: [['k', 'v']], end: 'stop' });
    expect(run(whole, { seek: 10_000 }).outcome.end).toBe('truncated');
  });

  test('literals that may hold a payload are shown with their first bytes', () => {
    const bytes = pickle(
      op.text('!abcdefgh'),
      op.text('?abcdefgh'),
      op.text('!abc'),
      op.bytes(Buffer.from('!12345678')),
      op.raw("S'!quoted-text'\n"),
      op.raw('\x8a\x08!2345678'),
      op.stop,
    );
    expect(run(bytes).literals).toEqual([
      { start: 5, length: 9, type: 'text', head: '!abc' },
      { start: 42, length: 9, type: 'bytes', head: '!123' },
      { start: 53, length: 12, type: 'text', head: '!quo' },
    ]);
  });
});

describe('reading', () => {
  test('opcodes, lines and texts across the edge of a small window', () => {
    const long = 'x'.repeat(500);
    const bytes = pickle(
      op.text(long),
      op.pop,
      op.raw(`S'${long}'\n0`),
      op.global('module'.repeat(20), 'name'),
      op.pop,
      op.text('os'),
      op.text('system'),
      op.stackGlobal,
      op.stop,
    );
    for (let window = 64; window < 96; window += 1) {
      expect(run(bytes, { window })).toMatchObject({
        names: [`${'module'.repeat(20)}.name`, 'os.system'],
        outcome: { end: 'stop', position: bytes.length },
      });
    }
  });

  test('a file of several windows ends where it should', () => {
    const part = Buffer.alloc(7 * 1000, '\x8c\x04abcd0', 'latin1');
    const bytes = pickle(...Array.from({ length: 700 }, () => part), op.raw('N.'));
    expect(run(bytes).outcome).toMatchObject({ end: 'stop', position: bytes.length, opcodes: 1_400_002 });
  });

  test('a line feed far behind the window is found', () => {
    const bytes = pickle(op.raw(`S'${'y'.repeat(200_000)}'\n`), op.stop);
    expect(run(bytes, { window: 64 }).outcome).toMatchObject({ end: 'stop', position: bytes.length });
  });

  test('inside its frame a stream reads the same in both ways', () => {
    const body = pickle(op.text('os'), op.text('system'), op.stackGlobal, op.stop);
    for (const reading of ['memory', 'file'] as const) {
      const { names, outcome } = run(pickle(op.proto(4), op.frame(body.length), body), { reading });
      expect({ names, crossed: outcome.hasCrossedFrame, overlong: outcome.hasOverlongFrame }).toEqual({
        names: ['os.system'],
        crossed: false,
        overlong: false,
      });
    }
  });

  test('an opcode behind the end of its frame reads on in memory, and forgets the rest from a file', () => {
    const bytes = pickle(op.frame(3), op.raw('U\x02x'), op.raw('yzN.'), op.raw('N.'));
    expect(run(bytes, { reading: 'memory' }).outcome).toMatchObject({
      hasCrossedFrame: true,
      position: 14,
      end: 'broken',
    });
    expect(run(bytes, { reading: 'file' }).outcome).toMatchObject({ hasCrossedFrame: true, position: 16, end: 'stop' });
  });

  test('bytes are never forgotten, numbers and lines are', () => {
    const file = (frame: number, body: string): MachineOutcome =>
      run(pickle(op.frame(frame), op.raw(body)), { reading: 'file' }).outcome;
    expect(file(3, 'C\x02xyN.')).toMatchObject({ end: 'stop', position: 15, hasCrossedFrame: true });
    expect(file(3, 'J\x00\x00abcdN.')).toMatchObject({ end: 'stop', position: 18 });
    expect(file(3, 'I1222\nN.')).toMatchObject({ end: 'stop', position: 17 });
    expect(file(3, 'cxxos\nsystem\nN.')).toMatchObject({ end: 'stop' });
  });

  test('a frame longer than the file is told and does not end the run', () => {
    expect(run(pickle(op.frame(1000), op.raw('N.'))).outcome).toMatchObject({ end: 'stop', hasOverlongFrame: true });
    expect(run(pickle(op.frame(2), op.raw('N.'))).outcome).toMatchObject({ end: 'stop', hasOverlongFrame: false });
  });

  test('a frame inside a frame changes nothing', () => {
    const inner = pickle(op.frame(2), op.raw('NN0.'));
    expect(run(pickle(op.frame(inner.length), inner), { reading: 'file' }).outcome).toMatchObject({
      end: 'stop',
      hasCrossedFrame: false,
    });
  });
});

describe('the stack', () => {
  test('runs of equal constants count one by one', () => {
    const stack = new ValueStack();
    for (let n = 0; n < 3; n += 1) stack.push(NONE);
    stack.pushMark();
    stack.push(NONE);
    expect([stack.has(1), stack.has(2), stack.hasMark]).toEqual([true, false, true]);
    const mark = stack.popMark()!;
    expect([stack.has(4), stack.has(5), stack.countFrom(mark), stack.isAtFence(mark), stack.isTopAt(mark)]).toEqual([
      true,
      false,
      1,
      false,
      false,
    ]);
    stack.cut(mark);
    expect([stack.pop(), stack.pop(), stack.pop(), stack.isEmptyAboveMark]).toEqual([NONE, NONE, NONE, true]);
    expect(stack.popMark()).toBeUndefined();
  });

  test('replacing the top of a run leaves the rest of it', () => {
    const stack = new ValueStack();
    stack.push(LIST);
    stack.push(LIST);
    stack.replaceTop(DICT);
    expect([stack.pop(), stack.pop()]).toEqual([DICT, LIST]);
  });

  test('items come in order, at most as many as asked for', () => {
    const stack = new ValueStack();
    stack.pushMark();
    for (const value of [NONE, NONE, BOOL, 70, 71]) stack.push(value);
    const mark = stack.popMark()!;
    expect(stack.itemsFrom(mark)).toEqual([NONE, NONE, BOOL, 70, 71]);
    expect(stack.itemsFrom(mark, 2)).toEqual([NONE, NONE]);
    const seen: number[] = [];
    stack.forEachRunFrom(mark, (value) => seen.push(value));
    expect(seen).toEqual([NONE, BOOL, 70, 71]);
  });

  test('it grows to a million runs, then literals lose their content, and references end it', () => {
    const stack = new ValueStack();
    for (let n = 0; n < 1 << 20; n += 1) stack.push(LITERAL_BASE + n);
    expect([stack.isDegraded, stack.isExhausted, stack.top()]).toEqual([false, false, LITERAL_BASE + (1 << 20) - 1]);
    stack.push(LITERAL_BASE);
    expect([stack.isDegraded, stack.isExhausted, stack.pop(), stack.pop()]).toEqual([
      true,
      false,
      LOST_LITERAL,
      LOST_LITERAL,
    ]);
    stack.push(LITERAL_BASE);
    stack.push(LITERAL_BASE);
    stack.push(-1);
    expect(stack.isExhausted).toBe(true);
  });

  test('more marks than any model has end it', () => {
    const stack = new ValueStack();
    for (let n = 0; n < 1 << 20; n += 1) stack.pushMark();
    expect(stack.isExhausted).toBe(false);
    stack.pushMark();
    expect(stack.isExhausted).toBe(true);
  });
});

describe('the memo', () => {
  test('keys count once, and every kind of value comes back', () => {
    const memo = new Memo();
    const values = [
      NONE,
      BOOL,
      LIST,
      EMPTY_TUPLE + HOLDS_REFERENCE,
      objectValue(0),
      objectValue(4031),
      objectValue(4032),
      objectValue(100_000),
      LITERAL_BASE + 10,
      LITERAL_BASE + 300_000,
      LITERAL_BASE + 5,
    ];
    for (const [key, value] of values.entries()) memo.set(key, value);
    expect(values.map((_, key) => memo.get(key))).toEqual(values.map(memoForm));
    memo.set(0, BOOL);
    expect([memo.length, memo.get(0), memo.get(values.length)]).toEqual([values.length, BOOL, undefined]);
  });

  test('literals far apart on one page come back', () => {
    const memo = new Memo();
    const offsets = [1000, 700, 100_000, 5_000_000_000, 20, 2 ** 45];
    for (const [key, offset] of offsets.entries()) memo.set(key, LITERAL_BASE + offset);
    expect(offsets.map((_, key) => memo.get(key)! - LITERAL_BASE)).toEqual(offsets);
  });

  test('keys far ahead are kept apart, and too many of them end the run', () => {
    const memo = new Memo();
    memo.set(4_000_000_000, NONE);
    memo.set(70_000, BOOL);
    expect([memo.get(4_000_000_000), memo.get(70_000), memo.length, memo.isExhausted]).toEqual([NONE, BOOL, 2, false]);
    for (let n = 0; n < 1 << 20; n += 1) memo.set(5_000_000_000 + 4096 * n, NONE);
    expect(memo.isExhausted).toBe(true);
  });

  test('a container in the memo may have been filled since', () => {
    expect([memoForm(LIST), memoForm(DICT), memoForm(SET)].map(containerHolds)).toEqual([1, 1, 1]);
    expect([memoForm(EMPTY_TUPLE), memoForm(keptTuple(9, 5)), memoForm(NONE)]).toEqual([
      EMPTY_TUPLE,
      EMPTY_TUPLE + 5,
      NONE,
    ]);
  });
});

describe('values', () => {
  test('each kind of number is one kind of value', () => {
    const kinds = [
      NONE,
      BOOL,
      LOST_LITERAL,
      EMPTY_TUPLE,
      LIST,
      DICT,
      SET,
      LITERAL_BASE,
      keptTuple(0, 0),
      objectValue(0),
    ];
    expect(kinds.filter(isContainer)).toEqual([EMPTY_TUPLE, LIST, DICT, SET]);
    expect(kinds.filter(isLiteral)).toEqual([LITERAL_BASE]);
    expect(kinds.filter(isKeptTuple)).toEqual([keptTuple(0, 0)]);
    expect(kinds.map(containerType)).toEqual([
      undefined,
      undefined,
      undefined,
      'tuple',
      'list',
      'dict',
      'set',
      undefined,
      'tuple',
      undefined,
    ]);
    expect([objectIndex(objectValue(7)), containerHolds(keptTuple(123, 6)), containerHolds(NONE)]).toEqual([7, 6, 0]);
    expect(withHolds(withHolds(LIST, 1), 4)).toBe(LIST + 5);
    expect(withHolds(NONE, 1)).toBe(NONE);
  });

  test('the ring forgets the oldest tuples', () => {
    const ring = new TupleRing();
    const first = ring.keep([1, 2], 1);
    const rest = Array.from({ length: 255 }, (_, n) => ring.keep([n], 0));
    expect([ring.itemsOf(first), ring.itemsOf(rest[254]!)]).toEqual([[1, 2], [254]]);
    const next = ring.keep([9], 0);
    expect([ring.itemsOf(first), ring.itemsOf(next), ring.itemsOf(keptTuple(999, 0))]).toEqual([
      undefined,
      [9],
      undefined,
    ]);
    expect(new TupleRing().itemsOf(first)).toBeUndefined();
  });

  test('equal references share an entry; results keep the first name and their trust', () => {
    const table = new ReferenceTable();
    const f = { kind: 'global' as const, module: 'm', name: 'f', label: 'm.f', trust: 'unknown' as const };
    const a = table.intern(f);
    expect([table.intern({ ...f }), table.get(a)?.label, table.get(NONE), table.isFull]).toEqual([
      a,
      'm.f',
      undefined,
      false,
    ]);
    const result = resultOf(resultOf(f, 'result', 'unknown'), 'result', 'allowed', 'note');
    expect(result).toMatchObject({ label: 'm.f()', note: 'note', trust: 'allowed', module: 'm' });
    expect(table.intern(result)).not.toBe(table.intern({ ...result, note: 'other' }));
    expect([
      table.holds(a),
      table.holds(table.intern(result)),
      table.holds(table.intern({ ...result, trust: 'denied' })),
    ]).toEqual([HOLDS_REFERENCE, HOLDS_REFERENCE, HOLDS_TAINT]);
    expect(resultOf(undefined, 'instance', 'unknown').label).toBe('?()');
  });

  test.each([
    ['7', 7],
    [' 7\t', 7],
    ['+7', 7],
    ['1_000', 1000],
    ['007', 7],
    ['5\0junk', 5],
    ['', undefined],
    ['-1', undefined],
    ['1__0', undefined],
    ['_1', undefined],
    ['0x1', undefined],
    ['1.0', undefined],
    ['99999999999999999999', undefined],
  ])('the memo key %j reads as CPython reads it', (line, key) => {
    expect(parseMemoKey(line)).toBe(key);
  });

  test('integers read as written; floats and texts are none', () => {
    const integer = (text: string): number | undefined => readInteger(bufferSource(Buffer.from(text, 'latin1')), 0);
    expect(['K\x07', 'M\x01\x01', 'J\xff\xff\xff\xff', 'I12\n', 'L34L\n', '\x8a\x02\x00\x01'].map(integer)).toEqual([
      7, 257, -1, 12, 34, 256,
    ]);
    expect(['G12345678', 'F1.5\n', 'U\x011', 'Ix\n', '\x8a\x0812345678'].map(integer)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(readText(bufferSource(Buffer.from('K\x07', 'latin1')), 0)).toBeUndefined();
    expect(readText(bufferSource(Buffer.from("S'a\n", 'latin1')), 0)).toBeUndefined();
  });
});
