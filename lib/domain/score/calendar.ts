/**
 * Calendar arithmetic on day numbers (whole days since 1970-01-01) in the proleptic Gregorian calendar, after
 * Howard Hinnant's "chrono-compatible low-level date algorithms". The domain knows no `Date`.
 */

/** The same day of the month `months` later, or that month's last day when it has no such day. */
export function addMonths(day: number, months: number): number {
  const from = civilFromDay(day);
  const monthIndex = from.year * 12 + (from.month - 1) + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return dayFromCivil(year, month, Math.min(from.dayOfMonth, daysInMonth(year, month)));
}

/** Day number of a date; month 1–12, day of month 1–31. */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): number {
  // Years begin in March here, so that the leap day is the last day of a year.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day number. */
export function civilFromDay(day: number): { year: number; month: number; dayOfMonth: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** A day number as `YYYY-MM-DD`. */
export function isoDate(day: number): string {
  const { year, month, dayOfMonth } = civilFromDay(day);
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(dayOfMonth)].join('-');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, month + 1, 1);
  return next - dayFromCivil(year, month, 1);
}
