import { Temporal } from 'temporal-polyfill';
import type { Duration, Roll } from './duration';
import type { EpochMs } from './instant';
import {
  endOfDay,
  epochDayOf,
  type EpochDay,
  isDayOff,
  localTime,
  type WorkCalendar,
  workingDayAfter,
} from './work-calendar';

/** The period a deadline ends: counted from an instant. */
export interface Period {
  readonly from: EpochMs;
  readonly duration: Duration;
}

/**
 * The last instant the law allows for a deadline that falls on `dueAt`; never before it.
 *
 * With `next_working_day_noon` a deadline on a day off may be kept until the noon of the next working day. With
 * `next_working_day_end` Article 3 of Regulation 1182/71 counts: a period not expressed in hours ends with the last hour
 * of its last day (paragraph 2), or of the next working day if that is a day off (4), and one of two days or more holds
 * two working days at least (5). Periods in hours are none of it, and no template that is read rolls them so; should one
 * come all the same, it stays at its hour unless that is on a day off.
 * @param period what `dueAt` ends; null for a date somebody set, which moves only from a day off.
 * @throws RangeError on an unknown zone or an instant out of range.
 */
export function lastInstantAllowed(dueAt: EpochMs, roll: Roll, period: Period | null, calendar: WorkCalendar): EpochMs {
  if (roll === 'none') return dueAt;
  const dueOn = dayOf(dueAt, calendar);
  const workday = isDayOff(dueOn, calendar) ? workingDayAfter(dueOn, 1, calendar) : dueOn;
  if (roll === 'next_working_day_noon') return workday === dueOn ? dueAt : noonOf(workday, calendar);
  const isInDays = period !== null && period.duration.unit !== 'hours';
  if (workday === dueOn && !isInDays) return dueAt;
  const lastDay = isInDays ? Math.max(workday, earliestLastDay(period, calendar)) : workday;
  return Math.max(dueAt, endOfDay(lastDay, calendar.zone));
}

/** The day on which a period has held two working days, or the one of a single day; the day it runs from never counts. */
function earliestLastDay({ from, duration }: Period, calendar: WorkCalendar): EpochDay {
  const isOneDay = duration.n === 1 && duration.unit !== 'calendar_months';
  return workingDayAfter(dayOf(from, calendar), isOneDay ? 1 : 2, calendar);
}

function noonOf(day: EpochDay, { zone }: WorkCalendar): EpochMs {
  return localTime(day, Temporal.PlainTime.from({ hour: 12 }), zone);
}

function dayOf(at: EpochMs, { zone }: WorkCalendar): EpochDay {
  return epochDayOf(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate());
}
