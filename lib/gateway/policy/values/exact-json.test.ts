import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson, stringifyExactJson } from './exact-json';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('long:', '_long:', 'long:12', '1234567890123456789', '"', '\\', '\u0000'),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe('exact JSON', () => {
  it('comes back as it was, with every digit of every integer', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(parseExactJson(stringifyExactJson(value))).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('writes integers, not strings', () => {
    expect(stringifyExactJson({ a: [2n ** 63n - 1n], b: -(2n ** 63n), c: 1n })).toBe(
      '{"a":[9223372036854775807],"b":-9223372036854775808,"c":1}',
    );
  });

  it('leaves fractions, exponents and digits in strings alone', () => {
    const source =
      '{"a":0.1234567890123456789,"b":12345678901234567e2,"c":"12345678901234567","d":1e1000000000000000000000}';
    expect(parseExactJson(source)).toEqual(JSON.parse(source));
  });

  it('is not deceived by a string whose escapes spell its own mark', () => {
    expect(parseExactJson(String.raw`["\u006cong:12", 9007199254740993, "long:1"]`)).toEqual([
      'long:12',
      9_007_199_254_740_993n,
      'long:1',
    ]);
  });

  it('refuses what is no JSON', () => {
    expect(() => parseExactJson('{')).toThrow(SyntaxError);
    expect(() => parseExactJson('9007199254740993x')).toThrow(SyntaxError);
  });
});
