/** The dates of one evidence item that decide what it is worth. Days are whole days since 1970-01-01. */
export interface EvidenceDates {
  readonly collectedDay: number;
  readonly validityDays: number;
  readonly validUntilDay?: number | null;
}

export interface Freshness {
  /** fresh: full worth · ageing: past its validity, worth less every day · stale: worth nothing · future: dated ahead. */
  readonly state: 'fresh' | 'ageing' | 'stale' | 'future';
  /** What is left of its worth, basis points rounded down. */
  readonly factor: number;
  /** Days until it stops being fresh, counting today as 0; negative once it has. */
  readonly daysLeft: number;
  /** First day on which it is worth nothing. */
  readonly worthlessDay: number;
}

/**
 * Days at full worth: the validity, or less when the item itself ends earlier. Negative when it ended before it
 * was collected, which makes it worthless.
 */
export function effectiveValidityDays(dates: EvidenceDates): number {
  const { collectedDay, validityDays, validUntilDay } = dates;
  return validUntilDay == null ? validityDays : Math.min(validityDays, validUntilDay - collectedDay);
}

/**
 * `amount` reduced by age: all of it while age ≤ validity, then falling linearly to nothing at twice the validity
 * (domain.md §4). Integer, rounded down.
 *
 * @param amount  worth when fresh, a non-negative integer below 10^10
 * @param ageDays whole days since collection, not negative
 */
export function agedWorth(amount: number, ageDays: number, validityDays: number): number {
  if (ageDays <= validityDays) return amount;
  const remainingDays = 2 * validityDays - ageDays;
  return remainingDays <= 0 ? 0 : Math.floor((amount * remainingDays) / validityDays);
}

/** How fresh an item is on `day`, for people to read; the score uses the same {@link agedWorth}. */
export function freshnessOn(dates: EvidenceDates, day: number): Freshness {
  const validity = effectiveValidityDays(dates);
  const age = day - dates.collectedDay;
  const daysLeft = dates.collectedDay + validity - day;
  const worthlessDay = dates.collectedDay + Math.max(2 * validity, validity + 1, 0);
  if (age < 0) return { state: 'future', factor: 0, daysLeft, worthlessDay };
  const factor = agedWorth(10_000, age, validity);
  const state = age <= validity ? 'fresh' : day >= worthlessDay ? 'stale' : 'ageing';
  return { state, factor, daysLeft, worthlessDay };
}
