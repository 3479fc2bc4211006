import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, CanonicalJsonError, type JsonValue, parseCanonicalJson } from './canonical-json';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const anyJson = fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<JsonValue>;
const wellFormed = fc.string({ unit: 'binary' });

/** The number that has these 64 bits. */
function numberOf(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE();
}

/**
 * ECMA-262 Number::toString, written from its text: the shortest digits that give the number back, then the five layouts.
 */
function ecmaNumber(x: number): string {
  if (x === 0) return '0';
  if (x < 0) return `-${ecmaNumber(-x)}`;
  let precision = 1;
  while (Number(x.toPrecision(precision)) !== x) precision += 1;
  const [mantissa = '', exponent = ''] = x.toExponential(precision - 1).split('e');
  const digits = evenIfTied(x, mantissa.replace('.', ''));
  const k = digits.length;
  const n = Number(exponent) + 1;
  if (k <= n && n <= 21) return digits + '0'.repeat(n - k);
  if (0 < n && n <= 21) return `${digits.slice(0, n)}.${digits.slice(n)}`;
  if (-6 < n && n <= 0) return `0.${'0'.repeat(-n)}${digits}`;
  const power = `${n - 1 < 0 ? '-' : '+'}${Math.abs(n - 1)}`;
  return k === 1 ? `${digits}e${power}` : `${digits[0]}.${digits.slice(1)}e${power}`;
}

/**
 * toExponential rounds up where two numbers of so many digits are equally near; RFC 8785 §3.2.2.3 (Note 2 of ECMA-262)
 * wants the even one.
 */
function evenIfTied(x: number, digits: string): string {
  const exact = x.toExponential(100).replace('.', '').slice(0, 101);
  const isTie = /^50*$/.test(exact.slice(digits.length));
  const lower = exact.slice(0, digits.length);
  return isTie && Number(lower.at(-1)) % 2 === 0 ? lower : digits;
}

/** Compares by UTF-16 code units, one by one. */
function compareCodeUnits(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.charCodeAt(i) - b.charCodeAt(i);
  }
  return a.length - b.length;
}

describe('vectors of RFC 8785', () => {
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the number %s is written %s (appendix B)', (bits, text) => {
    expect(canonicalJson(numberOf(bits))).toBe(text);
  });

  test.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('%s is no JSON number', (bits) => {
    expect(() => canonicalJson(numberOf(bits))).toThrow('NaN or an infinity');
  });

  test('the example of §3.2.2', () => {
    const value: JsonValue = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('the sorting example of §3.2.3: by UTF-16 code units, not by code points', () => {
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(names)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });
});

describe('properties', () => {
  test('numbers are written as ECMA-262 says', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(canonicalJson(x)).toBe(ecmaNumber(x));
      }),
      { numRuns: 5_000 },
    );
    for (let exponent = -30; exponent <= 30; exponent++) {
      for (const digits of [1, 1.5, 9.999999999999998, 123.456]) {
        const x = digits * 10 ** exponent;
        expect(canonicalJson(x)).toBe(ecmaNumber(x));
      }
    }
  });

  test('names are in the order of their UTF-16 code units', () => {
    fc.assert(
      fc.property(fc.uniqueArray(wellFormed, { maxLength: 20 }), (names) => {
        const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
        const expected = names.toSorted(compareCodeUnits).map((name) => `${JSON.stringify(name)}:0`);
        expect(text).toBe(`{${expected.join(',')}}`);
      }),
      { numRuns: 1_000 },
    );
  });

  test('the text is JSON for the same value, whatever order its names were in, and is its own canonical form', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(parseCanonicalJson(utf8(text)))).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  test('white space anywhere outside a string is not canonical', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(' ', '\n', '\t', '\r'), (value, space) => {
        const text = canonicalJson(value);
        expect(() => parseCanonicalJson(utf8(space + text))).toThrow(CanonicalJsonError);
        expect(() => parseCanonicalJson(utf8(text + space))).toThrow(CanonicalJsonError);
      }),
    );
  });
});

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([name, item]) => [name, reversed(item as JsonValue)]));
}

describe('what has no canonical form is refused', () => {
  class Point {
    readonly x = 1;
  }
  const sparse = [1];
  sparse[2] = 2;
  test.each([
    ['undefined', undefined, 'type undefined'],
    ['undefined in a list', [undefined], 'type undefined'],
    ['a hole in a list', sparse, 'type undefined'],
    ['bigint', 1n, 'type bigint'],
    ['function', () => 1, 'type function'],
    ['symbol', Symbol('a'), 'type symbol'],
    ['date', { at: new Date(0) }, 'instances of a class'],
    ['bytes', new Uint8Array(1), 'instances of a class'],
    ['class', new Point(), 'instances of a class'],
    ['map', new Map(), 'instances of a class'],
    ['lone high surrogate', 'a\ud83d', 'lone surrogate'],
    ['lone low surrogate', '\ude00b', 'lone surrogate'],
    ['lone surrogate in a name', { '\ud83d': 1 }, 'lone surrogate'],
  ])('%s', (_, value, message) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(message);
    expect(() => canonicalJson(value as JsonValue)).toThrow(CanonicalJsonError);
  });

  test('more than 256 levels', () => {
    const nested = (levels: number): JsonValue => (levels === 0 ? 0 : [nested(levels - 1)]);
    expect(canonicalJson(nested(256))).toBe(`${'['.repeat(256)}0${']'.repeat(256)}`);
    expect(() => canonicalJson(nested(257))).toThrow('deeper than 256 levels');
    const deep = utf8(`${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`);
    expect(() => parseCanonicalJson(deep)).toThrow(CanonicalJsonError);
  });

  test('properties that are undefined are left out; objects without a prototype are fine', () => {
    const bare = Object.assign(Object.create(null) as Record<string, JsonValue>, { b: 1, a: [] });
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
    expect(canonicalJson({ z: undefined })).toBe('{}');
    expect(canonicalJson(bare)).toBe('{"a":[],"b":1}');
  });
});

describe('reading', () => {
  test.each([
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a":1, "b":2}',
    '[1.0]',
    '1e3',
    '-0',
    '"\\u0041"',
    '"\\/"',
    '"\\u000A"',
    '',
    'nul',
    '{"a":1}x',
    '\ufeff1',
  ])('%j is not canonical', (text) => {
    expect(() => parseCanonicalJson(utf8(text))).toThrow(CanonicalJsonError);
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(() => parseCanonicalJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow('JSON is UTF-8');
    expect(() => parseCanonicalJson(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toThrow('JSON is UTF-8');
  });

  test('a name that is special in JavaScript is a name like any other', () => {
    const text = '{"__proto__":{"a":1},"constructor":2}';
    expect(canonicalJson(parseCanonicalJson(utf8(text)))).toBe(text);
  });
});
