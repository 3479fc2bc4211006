import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvaluationError } from './evaluation-error';
import {
  addLongs,
  canonicalLong,
  type Long,
  MAX_LONG,
  MIN_LONG,
  multiplyLongs,
  negateLong,
  subtractLongs,
  truncateQuotient,
} from './long';

const edges = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 31n, 3_037_000_499n, 3_037_000_500n, MAX_LONG].flatMap(
  (edge) => [edge, -edge, -edge - 1n],
);
const exact = fc.oneof(
  fc.constantFrom(...edges),
  fc.bigInt({ min: MIN_LONG, max: MAX_LONG }),
  fc.bigInt({ min: -100n, max: 100n }),
);

/** The result as BigInt computes it, or an overflow. */
function expected(compute: () => bigint): Long | 'overflow' {
  const value = compute();
  return value >= MIN_LONG && value <= MAX_LONG ? canonicalLong(value) : 'overflow';
}

function actual(compute: () => Long): Long | 'overflow' {
  try {
    return compute();
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'overflow') return 'overflow';
    throw error;
  }
}

describe('longs', () => {
  it('add, subtract, multiply, negate and divide as 64-bit integers do, in canonical form', () => {
    fc.assert(
      fc.property(exact, exact, fc.constantFrom(1, 1_000, 86_400_000), (a, b, divisor) => {
        const [left, right] = [canonicalLong(a), canonicalLong(b)];
        expect(actual(() => addLongs(left, right))).toBe(expected(() => a + b));
        expect(actual(() => subtractLongs(left, right))).toBe(expected(() => a - b));
        expect(actual(() => multiplyLongs(left, right))).toBe(expected(() => a * b));
        expect(actual(() => negateLong(left))).toBe(expected(() => -a));
        expect(truncateQuotient(left, divisor)).toBe(canonicalLong(a / BigInt(divisor)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never yields minus zero', () => {
    const zeros = [multiplyLongs(0, -5), negateLong(0), truncateQuotient(-1, 2), addLongs(0, 0)];
    expect(zeros.some((zero) => Object.is(zero, -0))).toBe(false);
  });

  it('is a number exactly while a number is exact', () => {
    expect(addLongs(Number.MAX_SAFE_INTEGER, 1)).toBe(9_007_199_254_740_992n);
    expect(subtractLongs(9_007_199_254_740_992n, 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(addLongs(Number.MIN_SAFE_INTEGER, -1)).toBe(-9_007_199_254_740_992n);
  });

  it('says which operation overflowed', () => {
    expect(() => addLongs(MAX_LONG, 1)).toThrow('cannot add `9223372036854775807` and `1`');
    expect(() => subtractLongs(MIN_LONG, 1)).toThrow('cannot subtract `1` from `-9223372036854775808`');
    expect(() => multiplyLongs(MAX_LONG, 2)).toThrow('cannot multiply `9223372036854775807` by `2`');
  });
});
