import { Temporal } from 'temporal-polyfill';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type EpochMs = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/**
 * Reads an instant such as `2026-10-24T20:00:00+02:00`. Finer parts than a millisecond are cut off.
 * @throws RangeError if the text is not RFC 3339 or has no offset: a naive time is nobody's time.
 */
export function parseInstant(text: string): EpochMs {
  return Temporal.Instant.from(text).epochMilliseconds;
}

/** Whether the runtime knows this IANA time zone, for example `Europe/Brussels`. Offsets such as `+02:00` are not zones. */
export function isTimeZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** An instant as people read it: the authority's local time with its offset, and the same in UTC. */
export interface ShownInstant {
  /** For example `2026-10-25T19:00:00+01:00`. */
  readonly local: string;
  /** For example `2026-10-25T18:00:00Z`. */
  readonly utc: string;
  readonly zone: string;
}

/** Writes an instant in a zone and in UTC, to the second. @throws RangeError on an unknown zone. */
export function showInstant(at: EpochMs, zone: string): ShownInstant {
  const instant = Temporal.Instant.fromEpochMilliseconds(at);
  const local = instant.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
  return { local, utc: instant.toString({ smallestUnit: 'second' }), zone };
}

/**
 * Whether an instant lies after another by the second that people are shown: a report sent at 23:59:59.400 keeps a limit
 * of 23:59:59.
 */
export function isAfterSecond(at: EpochMs, limit: EpochMs): boolean {
  return Math.floor(at / SECOND) > Math.floor(limit / SECOND);
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** The calendar date in a zone, `YYYY-MM-DD`. @throws RangeError on an unknown zone. */
export function localDate(at: EpochMs, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}
