import { z } from 'zod';
import { hint } from './errors';

/** Days outside are typing errors, and years the database or JavaScript cannot hold would fail later and less clearly. */
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2199;

const isNear = (text: string) => {
  const year = Number(text.slice(0, 4));
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR;
};

/** A day of the calendar, `2026-11-23`, between 1900 and 2199. */
export const day = z.iso.date(hint('field.date')).refine(isNear, hint('field.date'));

/** A month, `2026-11`, between 1900 and 2199. */
export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, hint('field.month'))
  .refine(isNear, hint('field.month'));

/** A point in time with its offset, `2026-12-01T08:00:00+01:00`, between 1900 and 2199. */
export const instant = z.iso
  .datetime({ offset: true, error: hint('field.instant') })
  .refine(isNear, hint('field.instant'));

/** Where the next page begins. What we did not hand out is refused: an empty page would look like the end of the list. */
export const idCursor = z.uuid(hint('field.cursor')).optional();

/** The cursor of a list sorted by a day and then by id: `2026-11-23~0197…`. */
export const dayCursor = pairCursor((text) => day.safeParse(text).success);

/** The cursor of a list sorted by a control and then by id: `GOV-01~0197…`. */
export const controlCursor = pairCursor((text) => /^[A-Z0-9-]{2,20}$/.test(text));

function pairCursor(isFirst: (text: string) => boolean) {
  return z
    .string()
    .max(80, hint('field.cursor'))
    .refine((text) => {
      const [first = '', id = '', ...more] = text.split('~');
      return more.length === 0 && isFirst(first) && z.uuid().safeParse(id).success;
    }, hint('field.cursor'))
    .optional();
}
