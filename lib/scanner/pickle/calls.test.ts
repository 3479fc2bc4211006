import { describe, expect, test } from 'vitest';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';
import { HOLDS_LITERAL, HOLDS_REFERENCE, HOLDS_TAINT } from './values';

describe('names and arguments', () => {
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
    expect(run(op.raw('\x83\x01\x02.')).names).toEqual(['extension copyreg extension 513']);
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
});
