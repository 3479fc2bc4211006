import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, dayText, lastSecondOf, monthOf, monthToClose } from './month';

describe('the month to close', () => {
  test.each([
    ['2026-10-31', '2026-10'],
    ['2026-11-01', '2026-10'],
    ['2026-11-07', '2026-10'],
    ['2026-12-31', '2026-12'],
    ['2027-01-01', '2026-12'],
    ['2028-02-28', null],
    ['2028-02-29', '2028-02'],
    ['2027-02-28', '2027-02'],
    ['2026-11-08', null],
    ['2026-11-29', null],
  ])('on %s is %s', (day, month) => {
    expect(monthToClose(dayNumber(day))).toBe(month);
  });

  test('is asked for on every last day and for a week after it, so that no month is missed', () => {
    const asked = new Set(
      Array.from({ length: 800 }, (_, offset) => monthToClose(dayNumber('2026-01-01') + offset)).filter(
        (month) => month !== null,
      ),
    );
    expect(asked.size).toBe(27);
  });
});

test('day numbers and dates are each other’s inverse, as the runtime’s own calendar has them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => {
      expect(dayText(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      expect(dayNumber(dayText(day))).toBe(day);
      expect(monthOf(day)).toBe(dayText(day).slice(0, 7));
    }),
  );
});

test.each([
  ['2026-10', 'Europe/Berlin', '2026-10-31T22:59:59.000Z'],
  ['2026-12', 'UTC', '2026-12-31T23:59:59.000Z'],
  ['2026-03', 'Europe/Athens', '2026-03-31T20:59:59.000Z'],
])('the last second of %s in %s', (month, zone, instant) => {
  expect(new Date(lastSecondOf(month, zone)).toISOString()).toBe(instant);
});
