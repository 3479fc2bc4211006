/**
 * The fixed-point scale of method R1: one whole is 10 000 basis points of 180 180 units each.
 *
 * One whole is divisible by every number up to 16, so claims (halves, sixths, eighths, tenths) come out exact;
 * whatever does not is rounded down at that step. Integers keep sums independent of order, and rounding down is
 * monotone, so every "never lowers" property of the method survives the arithmetic. One whole stays below 2^31,
 * which engines store without boxing, and products below 2^53 while the weights of a mean add up to less than a
 * million.
 */
export const UNITS_PER_BASIS_POINT = 180_180;

/** One whole (a value of 1.0) in units. */
export const WHOLE = 10_000 * UNITS_PER_BASIS_POINT;

/** Basis points (0–10 000, integer) to units. */
export function toUnits(basisPoints: number): number {
  return basisPoints * UNITS_PER_BASIS_POINT;
}

/** Units to basis points, rounded down: a score is never shown better than it is. */
export function toBasisPoints(units: number): number {
  return Math.floor(units / UNITS_PER_BASIS_POINT);
}

/** `part / whole` in units, rounded down; 0 when `whole` is 0. Both are non-negative integers below a million. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part * WHOLE) / whole);
}

/**
 * Weighted mean of `value` over `parts` in units, rounded down; 0 when there is nothing to average.
 * `weight` gives positive integers, `value` units between 0 and {@link WHOLE}.
 */
export function weightedMean<T>(parts: readonly T[], weight: (part: T) => number, value: (part: T) => number): number {
  let sum = 0;
  let total = 0;
  for (const part of parts) {
    sum += weight(part) * value(part);
    total += weight(part);
  }
  return total === 0 ? 0 : Math.floor(sum / total);
}
