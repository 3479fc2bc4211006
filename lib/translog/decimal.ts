/** Reads a tree size or position: ASCII decimal without leading zeroes, at most 2^53 − 1; null for anything else. */
export function parseDecimal(text: string): number | null {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
