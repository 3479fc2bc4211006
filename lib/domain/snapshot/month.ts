import { Temporal } from 'temporal-polyfill';
import { addMonths, civilFromDay, dayFromCivil } from '../score/calendar';

/** A month that was missed (the worker was off) is still closed on these days of the next one. */
const LAST_DAY_TO_CATCH_UP = 7;

/**
 * The month to close on a day of the organisation's own calendar: the one that ends with it, or the one before during
 * the first week. Null in between.
 *
 * @param day whole days since 1970-01-01
 */
export function monthToClose(day: number): string | null {
  const { year, month, dayOfMonth } = civilFromDay(day);
  if (civilFromDay(day + 1).month !== month) return monthText(year, month);
  return dayOfMonth <= LAST_DAY_TO_CATCH_UP ? monthOf(addMonths(dayFromCivil(year, month, 1), -1)) : null;
}

/** The month a day lies in, `YYYY-MM`. */
export function monthOf(day: number): string {
  const { year, month } = civilFromDay(day);
  return monthText(year, month);
}

/** The last second of a month in a zone, in milliseconds since 1970-01-01. @throws RangeError on an unknown zone */
export function lastSecondOf(month: string, zone: string): number {
  const next = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 1 });
  return next.toZonedDateTime(zone).epochMilliseconds - 1_000;
}

/** A day number as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  const { year, month, dayOfMonth } = civilFromDay(day);
  return `${monthText(year, month)}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** The day number of `YYYY-MM-DD`. */
export function dayNumber(text: string): number {
  return dayFromCivil(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}

function monthText(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}
