import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Datetime, durationSince, offsetDatetime, parseDatetime, toDate, toTime } from './datetime';
import { Duration, MILLISECONDS } from './duration';
import { canonicalLong, MAX_LONG, MIN_LONG } from './long';

const instants = fc
  .oneof(
    fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
    fc.constantFrom('0000-01-01', '0000-02-29', '0099-12-31', '1899-12-31', '1969-12-31', '2000-02-29', '2024-12-31'),
  )
  .map((date) => new Date(date));

describe('datetimes', () => {
  it('are read as `Date` reads them', () => {
    fc.assert(
      fc.property(instants, (date) => {
        const text = date.toISOString();
        expect(parseDatetime(text).epochMilliseconds).toBe(date.getTime());
        expect(parseDatetime(text.slice(0, 10))).toEqual(toDate(new Datetime(date.getTime())));
      }),
    );
  });

  it('are earlier by an offset east of Greenwich, later by one west of it', () => {
    const offsets = fc.tuple(fc.constantFrom('+', '-'), fc.nat({ max: 23 }), fc.nat({ max: 59 }));
    fc.assert(
      fc.property(instants, offsets, (date, [sign, hours, minutes]) => {
        const offset = [hours, minutes].map((part) => String(part).padStart(2, '0')).join('');
        const distance = (hours * 60 + minutes) * MILLISECONDS.minute;
        expect(parseDatetime(date.toISOString().replace('Z', sign + offset)).epochMilliseconds).toBe(
          date.getTime() + (sign === '+' ? -distance : distance),
        );
      }),
    );
  });

  it('have exactly the days of the calendar', () => {
    for (const year of [0, 4, 99, 100, 400, 1900, 2000, 2023, 2024, 9999]) {
      for (let month = 1; month <= 12; month++) {
        const days = Array.from({ length: 32 }, (_, day) => day).filter((day) => isRead(year, month, day));
        const last = new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
        expect(days).toEqual(Array.from({ length: last }, (_, before) => before + 1));
      }
    }
  });

  it('are a date and a time of that day, which is never negative', () => {
    const edges = [0n, 1n, -1n, 86_400_000n, -86_400_000n, -86_399_999n, MAX_LONG, MIN_LONG + 86_400_000n];
    const all = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: MIN_LONG + 86_400_000n, max: MAX_LONG }));
    fc.assert(
      fc.property(all.map(canonicalLong), (milliseconds) => {
        const instant = new Datetime(milliseconds);
        const [date, time] = [toDate(instant), toTime(instant)];
        expect(offsetDatetime(date, time)).toEqual(instant);
        expect(durationSince(instant, date)).toEqual(time);
        expect(toTime(date)).toEqual(new Duration(0));
        expect(Number(time.milliseconds)).toBeGreaterThanOrEqual(0);
        expect(Number(time.milliseconds)).toBeLessThan(MILLISECONDS.day);
      }),
    );
  });
});

function isRead(year: number, month: number, day: number): boolean {
  const digits = (part: number, width: number) => String(part).padStart(width, '0');
  try {
    parseDatetime(`${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`);
    return true;
  } catch {
    return false;
  }
}
