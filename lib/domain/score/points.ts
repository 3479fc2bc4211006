/**
 * Basis points as the number people read: 0–100 with one decimal.
 *
 * Rounded to the nearest tenth, but never up into the next whole point. Every band of the method begins at a whole
 * point, so what is printed can never stand in a higher band than the score itself, and "59 of 100" never sits
 * beside "60.0".
 */
export function toPoints(basisPoints: number): number {
  const lastTenthOfThePoint = Math.floor(basisPoints / 100) * 10 + 9;
  return Math.min(Math.round(basisPoints / 10), lastTenthOfThePoint) / 10;
}

/** Basis points as whole points 0–100, rounded down, for sentences: "can prove 59 of 100". */
export function toWholePoints(basisPoints: number): number {
  return Math.floor(basisPoints / 100);
}
