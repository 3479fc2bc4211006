import { Temporal } from 'temporal-polyfill';
import { type EpochMs, HOUR, isLocalDate, SECOND } from './instant';

/** The calendar of a receiving authority; made by {@link workCalendar}. */
export interface WorkCalendar {
  /** IANA zone of the authority. */
  readonly zone: string;
  /** Weekly days off, ISO weekday numbers: 1 is Monday, 7 is Sunday. At least one weekday is not among them. */
  readonly restDays: readonly number[];
  /** Public holidays, as days since 1970-01-01, so that long periods are counted without date arithmetic. */
  readonly holidays: ReadonlySet<EpochDay>;
}

/** A local calendar date: days since 1970-01-01, a whole number. */
export type EpochDay = number;

const SATURDAY = 6;
const SUNDAY = 7;
const DAY = 24 * HOUR;

/**
 * A calendar with Saturday and Sunday off and the given public holidays, as local dates `YYYY-MM-DD`.
 * @throws RangeError on an unknown zone, a holiday that is no such date, or rest days that leave no working day.
 */
export function workCalendar(
  zone: string,
  holidays: Iterable<string> = [],
  restDays: readonly number[] = [SATURDAY, SUNDAY],
): WorkCalendar {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  const areWeekdays = restDays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  if (!areWeekdays || new Set(restDays).size === 7) throw new RangeError('rest days must leave a working day');
  return { zone, restDays, holidays: new Set([...holidays].map(holidayOf)) };
}

/** The day a local date is. */
export function epochDayOf(date: Temporal.PlainDate): EpochDay {
  return date.toZonedDateTime('UTC').epochMilliseconds / DAY;
}

/** Whether nobody is expected to work on this day. */
export function isDayOff(day: EpochDay, { restDays, holidays }: WorkCalendar): boolean {
  return restDays.includes(weekdayOf(day)) || holidays.has(day);
}

/** The working day that is `count` working days after the day; the day itself is not counted. `count` 1 or more. */
export function workingDayAfter(day: EpochDay, count: number, calendar: WorkCalendar): EpochDay {
  let last = day;
  for (let left = count; left > 0;) {
    last += 1;
    if (!isDayOff(last, calendar)) left -= 1;
  }
  return last;
}

/** A local time on a day: the time after a skip, or the first of two when it is repeated. */
export function localTime(day: EpochDay, time: Temporal.PlainTime, zone: string): EpochMs {
  return dateOf(day).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

/** The last whole second of a local day, also where the clock changes at midnight. */
export function endOfDay(day: EpochDay, zone: string): EpochMs {
  return dateOf(day + 1).toZonedDateTime(zone).epochMilliseconds - SECOND;
}

function dateOf(day: EpochDay): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(day * DAY)
    .toZonedDateTimeISO('UTC')
    .toPlainDate();
}

/** 1970-01-01 was a Thursday, weekday 4. */
function weekdayOf(day: EpochDay): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function holidayOf(text: string): EpochDay {
  if (!isLocalDate(text)) throw new RangeError(`${text} is not a date`);
  return epochDayOf(Temporal.PlainDate.from(text));
}
