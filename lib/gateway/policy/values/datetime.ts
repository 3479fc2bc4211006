import { Duration, MILLISECONDS } from './duration';
import { EvaluationError } from './evaluation-error';
import { addLongs, type Long, subtractLongs } from './long';

/**
 * Cedar's `datetime`: an instant, signed 64-bit milliseconds since 1970-01-01T00:00:00Z.
 *
 * Source: Cedar language reference, "datetime and duration" (RFC 80).
 */
export class Datetime {
  readonly typeName = 'datetime';

  constructor(readonly epochMilliseconds: Long) {}

  get key(): string {
    return `datetime(${this.epochMilliseconds})`;
  }
}

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})/;
const TIME = /^T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?(?:Z|([+-])([0-9]{2})([0-9]{2}))$/;

/**
 * Parses `YYYY-MM-DD`, optionally followed by `Thh:mm:ss`, milliseconds as `.SSS`, and `Z` or `±hhmm`.
 *
 * Years 0000–9999, real calendar days, no leap seconds, offsets below 24 hours; a date alone is midnight UTC.
 * Throws `EvaluationError('extension')` for anything else.
 */
export function parseDatetime(text: string): Datetime {
  const date = DATE.exec(text);
  const rest = text.slice(date?.[0].length);
  const milliseconds = date && (rest === '' ? 0 : timeOfDay(rest));
  const midnight = date && midnightOf(Number(date[1]), Number(date[2]), Number(date[3]));
  if (typeof milliseconds !== 'number' || typeof midnight !== 'number') {
    throw new EvaluationError('extension', `\`${text}\` is not a well-formed datetime`);
  }
  return new Datetime(midnight + milliseconds);
}

/** `start + distance`; throws `EvaluationError('overflow')` outside 64 bits. */
export function offsetDatetime(start: Datetime, distance: Duration): Datetime {
  return new Datetime(addLongs(start.epochMilliseconds, distance.milliseconds));
}

/** The duration from `earlier` to `later`; throws `EvaluationError('overflow')` outside 64 bits. */
export function durationSince(later: Datetime, earlier: Datetime): Duration {
  return new Duration(subtractLongs(later.epochMilliseconds, earlier.epochMilliseconds));
}

/** Midnight UTC of the same day; throws `EvaluationError('overflow')` in the first day of the range. */
export function toDate(instant: Datetime): Datetime {
  return new Datetime(subtractLongs(instant.epochMilliseconds, toTime(instant).milliseconds));
}

/** Time since midnight UTC, 0 … 86,399,999 ms, also before 1970. */
export function toTime(instant: Datetime): Duration {
  const milliseconds = instant.epochMilliseconds;
  const remainder =
    typeof milliseconds === 'number'
      ? milliseconds % MILLISECONDS.day
      : Number(milliseconds % BigInt(MILLISECONDS.day));
  return new Duration(remainder < 0 ? remainder + MILLISECONDS.day : remainder + 0);
}

function midnightOf(year: number, month: number, day: number): number | undefined {
  const longest = month === 2 && isLeapYear(year) ? 29 : DAYS_OF_MONTHS[month - 1];
  if (longest === undefined || day < 1 || day > longest) return undefined;
  // Date.UTC takes years below 100 as of the 20th century; the calendar is the same 400 years later.
  return Date.UTC(year + 400, month - 1, day) - MILLISECONDS_OF_400_YEARS;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const MILLISECONDS_OF_400_YEARS = 146_097 * MILLISECONDS.day;

function timeOfDay(text: string): number | undefined {
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [offsetHours, offsetMinutes] = [Number(parts[6] ?? 0), Number(parts[7] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offset = offsetHours * MILLISECONDS.hour + offsetMinutes * MILLISECONDS.minute;
  return (
    hour * MILLISECONDS.hour +
    minute * MILLISECONDS.minute +
    second * MILLISECONDS.second +
    Number(parts[4] ?? 0) -
    (parts[5] === '-' ? -offset : offset)
  );
}
