/**
 * The exact floor of log2(n), for n from 1 to 2^53 − 1. `Math.log2` rounds up just below large powers of two,
 * and 32-bit operators end at 2^31.
 */
export function binaryLevel(n: number): number {
  let level = 0;
  for (let power = 2; power <= n; power *= 2) level += 1;
  return level;
}

/** Largest power of two that is not greater than n, for n from 1 to 2^53 − 1. */
export function powerAtMost(n: number): number {
  return 2 ** binaryLevel(n);
}

/** Largest power of two smaller than n (RFC 6962 §2.1), for n from 2 to 2^53 − 1. */
export function powerBelow(n: number): number {
  return powerAtMost(n - 1);
}
