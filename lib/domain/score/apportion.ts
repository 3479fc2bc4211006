/** One line of an explanation before rounding. */
export interface ExactLine<T> {
  readonly line: T;
  /** Breaks ties, so that the result does not depend on the order of the lines. */
  readonly key: string;
  /** Basis points with fraction; losses are negative. */
  readonly exact: number;
}

/**
 * Rounds lines to whole basis points so that they add up to `total` exactly (largest remainder): every line is
 * rounded down, then the basis points still missing go to the lines that lost most. No line moves by a whole basis
 * point or more, and a line of exactly 0 stays 0.
 *
 * @param total the sum of the exact values, rounded down to a whole number
 */
export function apportion<T extends object>(
  lines: readonly ExactLine<T>[],
  total: number,
): (T & { readonly basisPoints: number })[] {
  const rounded = lines.map(({ line, key, exact }) => {
    const whole = Math.floor(exact);
    return { line, key, whole, remainder: exact - whole };
  });
  const missing = total - rounded.reduce((sum, row) => sum + row.whole, 0);
  const ranked = rounded.toSorted((a, b) => b.remainder - a.remainder || (a.key < b.key ? -1 : 1));
  const lifted = new Set(ranked.slice(0, Math.max(0, missing)));
  // Exact values that add up to a whole number may sum a hair above it in floating point and round to one more.
  const lowered = new Set(missing < 0 ? ranked.slice(missing) : []);
  return rounded.map((row) => ({
    ...row.line,
    basisPoints: row.whole + (lifted.has(row) ? 1 : 0) - (lowered.has(row) ? 1 : 0),
  }));
}
