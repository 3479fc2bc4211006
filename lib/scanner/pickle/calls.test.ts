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

  test('a name is computed when its module or the name itself is', () => {
    const result = pickle(op.global('x', 'f'), op.emptyTuple, op.reduce);
    const resolved = (...parts: Buffer[]): unknown => run(pickle(...parts, op.stackGlobal, op.stop)).references.at(-1);
    const computed = { kind: 'computed', trust: 'unknown' };
    expect(resolved(op.text('os'), result)).toEqual({ ...computed, module: 'os', name: '', label: 'os.?' });
    expect(resolved(result, op.text('n'))).toEqual({ ...computed, module: '', name: 'n', label: '?.n' });
    expect(resolved(op.text('os'), op.text('n'))).toEqual({
      kind: 'global',
      trust: 'unknown',
      module: 'os',
      name: 'n',
      label: 'os.n',
    });
    expect(run(op.raw('\x82\x07.')).references).toEqual([
      { kind: 'extension', trust: 'unknown', module: '', name: '7', label: 'copyreg extension 7' },
    ]);
  });

  test('arguments that are not known any more never look like none', () => {
    const argsOf = (stream: string): unknown => run(op.raw(stream)).calls[0]?.args;
    expect(argsOf('(im\nf\n.')).toEqual([]);
    expect(argsOf(`(${'N'.repeat(16)}im\nf\n.`)).toHaveLength(16);
    expect(argsOf(`(${'N'.repeat(17)}im\nf\n.`)).toBeUndefined();
    expect(argsOf('cm\nf\nN\x85q\x000h\x00R.')).toBeUndefined();
  });

  test('INST imports its name even where a mark is missing, as the unpickler in Python does', () => {
    expect(run(op.raw('im\nf\n.'))).toMatchObject({ names: ['m.f'], calls: [], outcome: { end: 'broken' } });
  });

  test('what happens is told with the offset of its opcode, in order', () => {
    const stream =
      'cm\nf\n' +
      ')R' +
      'NNs' +
      ')b' +
      '0' +
      '(im\ng\n' +
      '(cm\nh\no' +
      ')\x81' +
      ')}\x92' +
      '\x82\x07' +
      'U\x01mU\x01n\x93.';
    expect(run(op.raw(stream)).events).toEqual([
      'resolve m.f @0',
      'REDUCE m.f @6',
      'fill m.f() @9',
      'build m.f() @11',
      'resolve m.g @14',
      'INST m.g @14',
      'resolve m.h @20',
      'OBJ m.h @25',
      'NEWOBJ m.h() @27',
      'NEWOBJ_EX m.h() @30',
      'resolve copyreg extension 7 @31',
      'resolve m.n @39',
    ]);
  });

  test.each([
    ['REDUCE', 'cm\nf\n)R.'],
    ['NEWOBJ', 'cm\nf\n)\x81.'],
    ['INST', '(im\nf\n.'],
    ['OBJ', '(cm\nf\no.'],
  ])('%s without arguments hands over none', (kind, stream) => {
    expect(run(op.raw(stream)).calls).toEqual([expect.objectContaining({ kind, args: [], holds: 0 })]);
  });

  test.each([
    ['REDUCE', 'cm\nf\n)R', HOLDS_TAINT],
    ['INST', '(im\nf\n', HOLDS_TAINT],
    ['OBJ', '(cm\nf\no', HOLDS_TAINT],
    ['NEWOBJ', 'cm\nf\n)\x81', HOLDS_REFERENCE],
    ['NEWOBJ_EX', 'cm\nf\n)}\x92', HOLDS_REFERENCE],
  ])('what %s makes of an unknown class taints accordingly', (_kind, made, holds) => {
    expect(run(op.raw(`cm\ng\n${made}\x85R.`)).calls.at(-1)).toMatchObject({ holds, args: [expect.any(Number)] });
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
    expect(holds(pickle(op.text('id'), op.raw('Q'), op.tuple1))).toBe(HOLDS_REFERENCE);
    expect(holds(pickle(op.raw('\x97'), op.tuple1))).toBe(HOLDS_REFERENCE);
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
    const numbers = Array.from({ length: 16 }, () => op.number(1));
    expect(run(pickle(op.mark, ...numbers, op.inst('m', 'f'), op.stop)).calls[0]?.args).toHaveLength(16);
    const object = pickle(op.mark, op.global('m', 'f'), ...numbers, op.raw('o'), op.stop);
    expect(run(object).calls[0]).toMatchObject({ args: undefined, holds: HOLDS_LITERAL | HOLDS_REFERENCE });
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
    expect(run(whole, { seek: 10_000 }).outcome).toMatchObject({ end: 'truncated', reason: 'inline data is cut off' });
  });
});
