/** How much a piece of evidence still counts because of its age alone (method R1). */
export interface Freshness {
  state: 'fresh' | 'ends-soon' | 'fading' | 'spent' | 'not-yet';
  /** 0–1: full until the validity ends, then falling in a line to 0 at twice the validity. */
  share: number;
  /** Days until the validity ends; negative once it has ended. */
  daysLeft: number;
}

/** Days before the end from which evidence is shown as ending soon. */
export const SOON_DAYS = 30;

const DAY_MS = 86_400_000;

/**
 * Freshness by calendar days.
 * @param collectedOn `YYYY-MM-DD`, the day the age runs from
 * @param validityDays how long this type of evidence counts in full, > 0
 * @param today `YYYY-MM-DD`
 */
export function freshnessOf(collectedOn: string, validityDays: number, today: string): Freshness {
  const age = Math.round((Date.parse(today) - Date.parse(collectedOn)) / DAY_MS);
  const daysLeft = validityDays - age;
  if (age < 0) return { state: 'not-yet', share: 0, daysLeft };
  if (daysLeft > SOON_DAYS) return { state: 'fresh', share: 1, daysLeft };
  if (daysLeft >= 0) return { state: 'ends-soon', share: 1, daysLeft };
  const share = Math.max(0, 1 + daysLeft / validityDays);
  return { state: share > 0 ? 'fading' : 'spent', share, daysLeft };
}
