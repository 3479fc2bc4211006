/**
 * An exact decimal number, `units / 10^scale`. Legal thresholds are shares such as 5 % or 0.1 %, which binary
 * floating point cannot hold: 0.07 × 100 is 7.000000000000001 there, and a loss of exactly 7 % would pass as lower.
 */
export interface Decimal {
  readonly units: bigint;
  /** Digits behind the point, 0 or more. */
  readonly scale: number;
}

/**
 * Reads a number by its shortest decimal notation, which is what a person or a JSON file wrote.
 * @throws RangeError if the number is not finite.
 */
export function decimalOf(value: number): Decimal {
  const notation = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!notation) throw new RangeError(`${value} is not a finite number`);
  const [, sign, whole = '0', fraction = '', exponent = '0'] = notation;
  const units = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

/** The exact product. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** The exact sum. */
export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: atScale(left, scale) + atScale(right, scale), scale };
}

/** Exact order of two decimals: negative, zero or positive. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = atScale(left, scale) - atScale(right, scale);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The nearest double, for showing a number to people. */
export function numberOf(value: Decimal): number {
  return Number(`${value.units}e-${value.scale}`);
}

function atScale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}
