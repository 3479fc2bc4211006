import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from './instant';
import { SECOND } from './instant';

/** The calendar of a receiving authority. */
export interface WorkCalendar {
  /** IANA zone of the authority. */
  readonly zone: string;
  /** Weekly days off, ISO weekday numbers: 1 is Monday, 7 is Sunday. At least one weekday is not among them. */
  readonly restDays: readonly number[];
  /** Public holidays as local dates, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>;
}

const SATURDAY = 6;
const SUNDAY = 7;

/**
 * A calendar with Saturday and Sunday off and the given public holidays.
 * @throws RangeError on an unknown zone or a holiday that is not a `YYYY-MM-DD` date.
 */
export function workCalendar(
  zone: string,
  holidays: Iterable<string> = [],
  restDays: readonly number[] = [SATURDAY, SUNDAY],
): WorkCalendar {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  const dates = new Set([...holidays].map((date) => checkedDate(date)));
  const areWeekdays = restDays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  if (!areWeekdays || new Set(restDays).size === 7) throw new RangeError('rest days must leave a working day');
  return { zone, restDays, holidays: dates };
}

/** Whether nobody is expected to work on this local date. */
export function isDayOff(date: Temporal.PlainDate, calendar: WorkCalendar): boolean {
  return calendar.restDays.includes(date.dayOfWeek) || calendar.holidays.has(date.toString());
}

/** The working day that is `count` working days after the date; the date itself is not counted. `count` 1 or more. */
export function workingDayAfter(date: Temporal.PlainDate, count: number, calendar: WorkCalendar): Temporal.PlainDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = day.add({ days: 1 });
    if (!isDayOff(day, calendar)) left -= 1;
  }
  return day;
}

/** The last whole second of a local day, also where the clock changes at midnight. */
export function endOfDay(date: Temporal.PlainDate, zone: string): EpochMs {
  return date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - SECOND;
}

/** Noon of a local day. */
export function noon(date: Temporal.PlainDate, zone: string): EpochMs {
  return date.toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).epochMilliseconds;
}

function checkedDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`${text} is not a date`);
  return Temporal.PlainDate.from(text).toString();
}
