import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from './evaluation-error';
import { parseEntityUid, parseRecord, parseValue, toJson } from './json-value';
import { areEqual, CedarRecord, type CedarSet, typeName } from './value';

const call = (fn: string, ...args: unknown[]) => ({ __extn: { fn, args } });
type Wrap = (inner: unknown) => unknown;
const asRecord: Wrap = (inner) => ({ a: inner });
const asSet: Wrap = (inner) => [inner];
const asCall: Wrap = (inner) => call('offset', inner, call('duration', '1ms'));

/** A value inside so many records, sets or calls. */
const nested = (depth: number, wrap = asRecord, innermost: unknown = 1): unknown =>
  depth === 0 ? innermost : wrap(nested(depth - 1, wrap, innermost));

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n)),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      { __entity: { type: 'A::B', id: 'x"' } },
      call('ip', '10.0.0.0/8'),
      call('ip', '2001:db8::7'),
      call('decimal', '-0.0001'),
      call('datetime', '2024-02-29T12:00:00.001Z'),
      call('offset', call('datetime', '0000-01-01'), call('duration', '-1ms')),
      call('offset', call('datetime', '9999-12-31'), call('duration', '1d')),
      call('duration', '-9223372036854775808ms'),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b c', '__proto__', ''), tie('value'), { maxKeys: 3 }),
  ),
})).value;

describe("values in Cedar's JSON format", () => {
  it('come back equal after being written', () => {
    fc.assert(
      fc.property(json, (value) => {
        const parsed = parseValue(value);
        expect(areEqual(parseValue(toJson(parsed)), parsed)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are written in a form for people', () => {
    const written = (value: unknown) => toJson(parseValue(value));
    expect(written(call('datetime', '2024-01-01'))).toEqual({
      __extn: { fn: 'datetime', arg: '2024-01-01T00:00:00.000Z' },
    });
    expect(written(call('datetime', '0000-01-01'))).toEqual({
      __extn: { fn: 'datetime', arg: '0000-01-01T00:00:00.000Z' },
    });
    expect(written(call('decimal', '12.5'))).toEqual({ __extn: { fn: 'decimal', arg: '12.5000' } });
    expect(written(call('decimal', '-0.0'))).toEqual({ __extn: { fn: 'decimal', arg: '0.0000' } });
    expect(written(call('decimal', '-1.5'))).toEqual({ __extn: { fn: 'decimal', arg: '-1.5000' } });
    expect(written(call('decimal', '-0.05'))).toEqual({ __extn: { fn: 'decimal', arg: '-0.0500' } });
    expect(written(call('duration', '1h'))).toEqual({ __extn: { fn: 'duration', arg: '3600000ms' } });
    expect(written(call('ip', '10.1.2.3/8'))).toEqual({ __extn: { fn: 'ip', arg: '10.1.2.3/8' } });
    expect(written(call('ip', '10.1.2.3/32'))).toEqual({ __extn: { fn: 'ip', arg: '10.1.2.3' } });
    expect(written(call('ip', '::ff'))).toEqual({ __extn: { fn: 'ip', arg: '0:0:0:0:0:0:0:ff' } });
    expect(written([1, 1])).toEqual([1]);
    expect(written({ a: { __entity: { type: 'A', id: 'x' } } })).toEqual({ a: { __entity: { type: 'A', id: 'x' } } });
  });

  it('name their type as Cedar does', () => {
    const values = [
      true,
      1,
      2n ** 60n,
      'x',
      [],
      {},
      { __entity: { type: 'A::B', id: 'x' } },
      call('ip', '::'),
      call('decimal', '1.0'),
      call('datetime', '2024-01-01'),
      call('duration', '1h'),
    ];
    expect(values.map((value) => typeName(parseValue(value)))).toEqual([
      'bool',
      'long',
      'long',
      'string',
      'set',
      'record',
      'entity of type A::B',
      'ipaddr',
      'decimal',
      'datetime',
      'duration',
    ]);
  });

  it('take every key literally, `__proto__` included, and leave out undefined ones', () => {
    const record = parseRecord(JSON.parse('{"__proto__": 1, "constructor": 2, "": 3}'));
    expect([...record.fields]).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['', 3],
    ]);
    expect(parseRecord({ a: undefined, b: 1 }).fields.size).toBe(1);
    expect(parseRecord({ __entity: { type: 'A', id: 'x' } }).fields.get('__entity')).toBeInstanceOf(CedarRecord);
  });

  it('keep the longs of 64 bits apart and refuse numbers that lost their digits', () => {
    expect(parseValue(2n ** 53n)).toBe(2n ** 53n);
    expect(parseValue(5n)).toBe(5);
    expect(Object.is(parseValue(-0), 0)).toBe(true);
    expect(() => parseValue(2 ** 53)).toThrow('give integers beyond 2^53 as bigint');
    expect(() => parseValue(2n ** 63n)).toThrow('does not fit in 64 bits');
    expect(() => parseValue(-(2n ** 63n) - 1n)).toThrow('does not fit in 64 bits');
    expect(parseValue(-(2n ** 63n))).toBe(-(2n ** 63n));
  });

  it.each([
    ['null', null, '`null`'],
    ['a fraction', 1.5, 'not an exact integer'],
    ['an infinite number', Infinity, 'not an exact integer'],
    ['a function', () => 1, 'function is not a Cedar value'],
    ['undefined in a set', [undefined], 'undefined is not a Cedar value'],
    ['null in a set', [null], '`null`'],
    ['a lone surrogate', '\ud800', 'lone surrogate'],
    ['a lone surrogate in a name', { '\udc00': 1 }, 'lone surrogate'],
    ['a lone surrogate in an id', { __entity: { type: 'A', id: '\ud800' } }, 'lone surrogate'],
    ['the old escape', { __expr: '1' }, 'no longer supported'],
    ['an escape beside other keys', { __entity: { type: 'A', id: 'x' }, y: 1 }, 'only key'],
    ['two escapes', { __entity: { type: 'A', id: 'x' }, __extn: { fn: 'ip', arg: '::' } }, 'only key'],
    ['an entity without id', { __entity: { type: 'A' } }, 'a `type` and an `id`'],
    ['an entity that is no object', { __entity: 'A' }, 'a `type` and an `id`'],
    ['an escape inside an escape', { __entity: { __entity: { type: 'A', id: 'x' } } }, 'a `type` and an `id`'],
    ['a type with a quotation mark', { __entity: { type: 'A"', id: 'x' } }, 'not an entity type name'],
    ['an empty type', { __entity: { type: '', id: 'x' } }, 'not an entity type name'],
    ['a type ending in colons', { __entity: { type: 'A::', id: 'x' } }, 'not an entity type name'],
    ['a type that starts with a digit', { __entity: { type: '1A', id: 'x' } }, 'not an entity type name'],
    ['an unknown function', { __extn: { fn: 'nope', arg: 1 } }, '`nope` does not exist'],
    ['a function without name', { __extn: { arg: 1 } }, '`__extn` needs `fn`'],
    ['an extension that is no object', { __extn: null }, '`__extn` needs `fn`'],
    ['a function without argument', { __extn: { fn: 'ip' } }, 'undefined is not a Cedar value'],
    ['a function with two arguments for one', call('ip', '::', '::'), '`ip` takes 1 argument(s)'],
    ['a function with one argument for two', call('offset', '::'), '`offset` takes 2 argument(s)'],
    ['an argument of the wrong type', call('ip', 1), 'expected string, got long'],
    ['a text that is no address', call('ip', 'x'), 'not a valid IP address'],
    ['records nested too deep', nested(122), 'nested more than 120 levels deep'],
    ['sets nested too deep', nested(122, asSet), 'nested more than 120 levels deep'],
    ['calls nested too deep', nested(122, asCall, call('datetime', '1970-01-01')), 'nested more than 120 levels deep'],
  ])('refuse %s', (_, value, message) => {
    expect(() => parseValue(value)).toThrow(message);
    expect(() => parseValue(value)).toThrow(InvalidInput);
  });

  it('may be nested as deep as Cedar takes them', () => {
    expect(parseValue(nested(121))).toBeInstanceOf(CedarRecord);
  });

  it.each([[null], [[]], ['x'], [undefined]])('refuse %j as a record', (value) => {
    expect(() => parseRecord(value)).toThrow('a record must be a JSON object');
  });

  it.each(['true', 'false', 'if', 'then', 'else', 'in', 'is', 'like', 'has', '__cedar'])(
    'refuse the word `%s` in the name of a type, but not as a part of a word',
    (word) => {
      for (const type of [word, `${word}::A`, `A::${word}`, `A::${word}::B`]) {
        expect(() => parseEntityUid({ type, id: 'x' })).toThrow(`\`${type}\` is not an entity type name`);
      }
      const type = `${word}A::${word}_::A${word}`;
      expect(parseEntityUid({ type, id: 'x' }).type).toBe(type);
    },
  );

  it('read an entity plain or escaped', () => {
    expect(parseEntityUid({ type: 'A::_b1', id: '' }).key).toBe('A::_b1::""');
    expect(parseEntityUid({ __entity: { type: 'A', id: 'x"y' } }).key).toBe('A::"x"y"');
    expect(() => parseEntityUid('A')).toThrow(InvalidInput);
    expect(() => parseEntityUid(null)).toThrow(InvalidInput);
    expect(() => parseEntityUid({ type: 'A', id: 1 })).toThrow(InvalidInput);
    expect(() => parseEntityUid({ type: ['A'], id: 'x' })).toThrow(InvalidInput);
  });
});

describe('equality by key', () => {
  it('cannot be deceived by content that imitates structure', () => {
    const pairs = [
      [['a', 'b'], ['a1:b']],
      [['s1:a'], ['a']],
      [[1], ['i1;']],
      [[true], ['t']],
      [[true], []],
      [[false], []],
      [[true, false], ['tf']],
      [[12], [1, 2]],
      [{ a: 'b' }, { 'a1:b': '' }],
      [[{ __entity: { type: 'A', id: '1:x' } }], [{ __entity: { type: 'A', id: 'x' } }]],
      [[[1], [2]], [[1, 2]]],
      [[{}], [[]]],
      [[{ a: 1 }, { b: 2 }], [{ a: 1, b: 2 }]],
    ];
    for (const [left, right] of pairs) expect(areEqual(parseValue(left), parseValue(right))).toBe(false);
  });

  it('grows with the size of a value, not with its depth', () => {
    let value: unknown = 'x'.repeat(10);
    for (let depth = 0; depth < 100; depth++) value = [value];
    expect((parseValue(value) as CedarSet).key.length).toBeLessThan(1_000);
  });
});
