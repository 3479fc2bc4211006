import { EvaluationError } from './evaluation-error';

/**
 * A Cedar Long: a signed 64-bit integer, −2⁶³ … 2⁶³−1.
 *
 * Canonical form: a `number` when it is a safe integer, otherwise a `bigint`, so `===` compares longs exactly
 * and the common case never allocates. `-0` never occurs.
 */
export type Long = number | bigint;

export const MIN_LONG = -(2n ** 63n);
export const MAX_LONG = 2n ** 63n - 1n;

/** Whether `value` is a long; any `number` among policy values is one. */
export function isLong(value: unknown): value is Long {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Whether `value` lies in −2⁶³ … 2⁶³−1. */
export function fitsLong(value: bigint): boolean {
  return value >= MIN_LONG && value <= MAX_LONG;
}

/** The canonical form of an integer already known to be in range. */
export function canonicalLong(value: bigint): Long {
  const narrow = Number(value);
  return Number.isSafeInteger(narrow) ? narrow : value;
}

/** `left + right`; throws `EvaluationError('overflow')` outside 64 bits. */
export function addLongs(left: Long, right: Long): Long {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return checked(BigInt(left) + BigInt(right), () => `add \`${left}\` and \`${right}\``);
}

/** `left − right`; throws `EvaluationError('overflow')` outside 64 bits. */
export function subtractLongs(left: Long, right: Long): Long {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return checked(BigInt(left) - BigInt(right), () => `subtract \`${right}\` from \`${left}\``);
}

/** `left × right`; throws `EvaluationError('overflow')` outside 64 bits. */
export function multiplyLongs(left: Long, right: Long): Long {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    // Adding zero turns −0 into 0, which keeps the canonical form unique.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return checked(BigInt(left) * BigInt(right), () => `multiply \`${left}\` by \`${right}\``);
}

/** `−value`; throws `EvaluationError('overflow')` for −2⁶³. */
export function negateLong(value: Long): Long {
  return subtractLongs(0, value);
}

/** `value ÷ divisor` rounded towards zero; `divisor` is positive, so it cannot overflow. */
export function truncateQuotient(value: Long, divisor: number): Long {
  if (typeof value === 'number') return Math.trunc(value / divisor) + 0;
  return canonicalLong(value / BigInt(divisor));
}

function checked(exact: bigint, describe: () => string): Long {
  if (fitsLong(exact)) return canonicalLong(exact);
  throw new EvaluationError('overflow', `integer overflow: cannot ${describe()}`);
}
